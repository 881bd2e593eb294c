using System.Collections.Immutable;
using System.Reflection;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>A rule of the library, run by its kernels.</summary>
internal sealed record LibraryCase(Type Type, string Setting, RuleModel Model, ImmutableArray<double> Hypers) : ExportCase(Type.Name, Setting, Model, Hypers)
{
    /// <summary>Every rule with its defaults, with schedules that fall, with each switch turned, and with each option that is 0 set.</summary>
    public static IReadOnlyList<LibraryCase> All { get; } = [.. DeclaredRule.All.SelectMany(Of)];

    public override IReadOnlyList<double[]> Expected()
    {
        var rule = Activator.CreateInstance(Type)!;
        foreach (var (hyper, property) in Model.Hypers.Zip(DeclaredRule.Hypers(Type)))
            property.SetValue(rule, Value(property.PropertyType, Hypers[hyper.Index]));
        var parameters = Lengths.Select((length, i) => new Parameter<double>($"p{i}", Parameter(i), new double[length])).ToArray();
        var optimizer = new Optimizer<double>();
        optimizer.Add((IUpdateRule<double>)rule, parameters);
        var results = new List<double[]>();
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < parameters.Length; i++)
                Gradient(i, step).CopyTo(parameters[i].Gradient);
            optimizer.Step();
            results.AddRange(parameters.Select(parameter => parameter.Value.ToArray()));
        }

        return results;
    }

    private object Value(Type type, double value) => type == typeof(bool) ? value != 0
        : type != typeof(Schedule) ? (object)value
        : Falls ? Schedule.From(step => Fall(value, step))
        : Schedule.FromDouble(value);

    private static IEnumerable<LibraryCase> Of(Type rule)
    {
        var model = FormulaCompiler.Compile(DeclaredRule.Source(rule)).Model!;
        var properties = DeclaredRule.Hypers(rule).ToArray();
        var defaults = new LibraryCase(rule, "defaults", model, [.. model.Hypers.Select(hyper => hyper.Source.Default!.Value)]);
        yield return defaults;
        if (properties.Any(property => property.PropertyType == typeof(Schedule)))
            yield return defaults with { Setting = "schedules", Falls = true };
        foreach (var (property, index) in properties.Select((property, index) => (property, index)))
        {
            var value = defaults.Hypers[index];
            var other = property.PropertyType == typeof(bool) ? 1 - value : value == 0 && property.GetCustomAttribute<HyperAttribute>()!.Max > 0 ? 0.1 : double.NaN;
            if (!double.IsNaN(other))
                yield return defaults with { Setting = property.Name, Hypers = defaults.Hypers.SetItem(index, other) };
        }
    }
}
