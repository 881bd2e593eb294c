using System.Reflection;

namespace OptDsl.Torch.Tests.Infrastructure;

/// <summary>All ready-made rules but those of matrices, and what their options make of them.</summary>
internal static class LibraryRules
{
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Rules.Sgd).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(Rules.Sgd).Namespace && type.GetCustomAttribute<UpdateRuleAttribute>() is not null).OrderBy(type => type.Name)];

    public static IUpdateRule Create(string name) => (IUpdateRule)Activator.CreateInstance(Types.Single(type => type.Name == name))!;

    /// <summary>
    /// A rule with its defaults, with each option turned, with each number that is 0 unless set to something, and with all of that.
    /// </summary>
    public static IEnumerable<(string Name, Action<IUpdateRule> Set)> Variants(string name)
    {
        yield return ("defaults", Nothing);
        var changes = Changes(name).ToList();
        foreach (var change in changes)
            yield return change;
        if (changes.Count > 1)
            yield return ("all", rule => changes.ForEach(change => change.Set(rule)));
    }

    private static void Nothing(IUpdateRule rule)
    {
    }

    private static IEnumerable<(string Name, Action<IUpdateRule> Set)> Changes(string name)
    {
        var rule = Create(name);
        foreach (var hyper in rule.Description.Hypers)
        {
            var property = rule.GetType().GetProperty(hyper.Property)!;
            if (property.PropertyType == typeof(bool))
                yield return (hyper.Property, target => property.SetValue(target, !(bool)property.GetValue(rule)!));
            else if (property.PropertyType == typeof(double) && (double)property.GetValue(rule)! == 0 && hyper.Max >= 0.1)
                yield return ($"{hyper.Property} = 0.1", target => property.SetValue(target, 0.1));
        }
    }
}
