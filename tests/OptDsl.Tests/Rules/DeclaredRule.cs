using System.Collections.Immutable;
using System.Reflection;
using OptDsl.Language.Formulas;

namespace OptDsl.Tests.Rules;

/// <summary>The rules of the library and their declarations, read by reflection: what users see, and not what was generated.</summary>
internal static class DeclaredRule
{
    /// <summary>The rules of the library that treat a tensor element by element or as a whole, by name.</summary>
    public static IReadOnlyList<Type> All { get; } = In("OptDsl.Rules");

    /// <summary>The rules of the library that treat a tensor as a matrix, by name.</summary>
    public static IReadOnlyList<Type> OfMatrices { get; } = In("OptDsl.Rules.Matrices");

    /// <summary>The hyper-parameters in the order of their declaration.</summary>
    public static IEnumerable<PropertyInfo> Hypers(Type rule) =>
        rule.GetProperties().Where(property => property.IsDefined(typeof(HyperAttribute))).OrderBy(property => property.MetadataToken);

    /// <summary>The value of a hyper-parameter at a step.</summary>
    public static double ValueAt(object rule, PropertyInfo hyper, long step) => hyper.GetValue(rule) switch
    {
        Schedule schedule => schedule.At(step),
        bool flag => flag ? 1 : 0,
        double number => number,
        var other => throw new InvalidOperationException($"{hyper.Name} is {other}."),
    };

    /// <summary>What the front end compiles.</summary>
    public static RuleSource Source(Type rule)
    {
        var declared = rule.GetCustomAttribute<UpdateRuleAttribute>()!;
        var defaults = Activator.CreateInstance(rule)!;
        return new RuleSource(
            RuleKind.UpdateRule, declared.Formulas, declared.Parameter, declared.Gradient, declared.Step, declared.Maximize,
            rule.GetCustomAttributes<StateAttribute>()
                .Select(state => new StateSource(state.Symbol, state.Initial, state.Per switch { Per.Group => Cardinality.PerGroup, Per.Tensor => Cardinality.PerTensor, _ => Cardinality.PerElement }, state.Output) { When = state.When, Meaning = state.Meaning })
                .ToImmutableArray(),
            Hypers(rule)
                .Select(hyper => Hyper(hyper, hyper.GetCustomAttribute<HyperAttribute>()!, ValueAt(defaults, hyper, step: 1)))
                .ToImmutableArray());
    }

    private static IReadOnlyList<Type> In(string space) =>
    [
        .. typeof(UpdateRuleAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == space && type.GetCustomAttribute<UpdateRuleAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static HyperSource Hyper(PropertyInfo property, HyperAttribute hyper, double value) => new(
        hyper.Symbol,
        property.Name,
        property.PropertyType == typeof(Schedule) ? HyperType.Schedule : property.PropertyType == typeof(bool) ? HyperType.Boolean : HyperType.Double,
        hyper.Min, hyper.Max, value);
}
