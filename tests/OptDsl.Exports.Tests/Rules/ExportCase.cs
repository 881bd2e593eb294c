using System.Reflection;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>A rule of the library with options, run by its kernels: what every export must compute.</summary>
internal sealed record ExportCase(Type Rule, string Option, IReadOnlyDictionary<string, double> Hypers)
{
    public const int Steps = 6;

    /// <summary>The elements of each tensor of the group.</summary>
    public static readonly int[] Lengths = [5, 12];

    /// <summary>Every rule with its defaults, with each switch turned, and with each option that is 0 set.</summary>
    public static IReadOnlyList<ExportCase> All { get; } = [.. DeclaredRule.All.SelectMany(Of)];

    public string Name => $"{Rule.Name} {Option}";

    public static double[] Parameter(int tensor) => [.. Enumerable.Range(0, Lengths[tensor]).Select(i => Math.Cos(1.7 * i + tensor) * 0.8)];

    public static double[] Gradient(int tensor, int step) =>
        [.. Enumerable.Range(0, Lengths[tensor]).Select(i => Math.Sin(0.9 * i * i + 2.3 * step + tensor) * (1 + 0.3 * i) * (i == 3 ? 0 : 1))];

    /// <summary>The parameters after every step, tensor by tensor.</summary>
    public IReadOnlyList<double[]> Expected()
    {
        var rule = Activator.CreateInstance(Rule)!;
        foreach (var (property, value) in Hypers)
            Set(rule, Rule.GetProperty(property)!, value);
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

    private static IEnumerable<ExportCase> Of(Type rule)
    {
        var defaults = Activator.CreateInstance(rule)!;
        var values = DeclaredRule.Hypers(rule).ToDictionary(hyper => hyper.Name, hyper => DeclaredRule.ValueAt(defaults, hyper, 1));
        yield return new ExportCase(rule, "defaults", values);
        foreach (var hyper in DeclaredRule.Hypers(rule))
        {
            var other = hyper.PropertyType == typeof(bool) ? 1 - values[hyper.Name] : values[hyper.Name] == 0 && hyper.GetCustomAttribute<HyperAttribute>()!.Max > 0 ? 0.1 : double.NaN;
            if (!double.IsNaN(other))
                yield return new ExportCase(rule, hyper.Name, new Dictionary<string, double>(values) { [hyper.Name] = other });
        }
    }

    private static void Set(object rule, PropertyInfo property, double value) => property.SetValue(
        rule, property.PropertyType == typeof(bool) ? value != 0 : property.PropertyType == typeof(Schedule) ? (Schedule)value : (object)value);

    public override string ToString() => Name;
}
