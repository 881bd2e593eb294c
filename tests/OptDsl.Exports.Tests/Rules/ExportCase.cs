using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>A rule with values for its hyper-parameters, stepped over the two tensors of a group: what every export must compute.</summary>
/// <param name="Rule">The name of the rule, which exports are called after.</param>
/// <param name="Setting">What is set otherwise than by default.</param>
/// <param name="Model">The rule.</param>
/// <param name="Hypers">The value of each hyper-parameter; of a schedule that of the first step.</param>
internal abstract record ExportCase(string Rule, string Setting, RuleModel Model, ImmutableArray<double> Hypers)
{
    public const int Steps = 6;

    /// <summary>The elements of each tensor of the group.</summary>
    public static readonly int[] Lengths = [5, 12];

    /// <summary>True where schedules fall from step to step.</summary>
    public bool Falls { get; init; }

    public string Name => $"{Rule} {Setting}";

    /// <summary>The parameters after every step, tensor by tensor.</summary>
    public abstract IReadOnlyList<double[]> Expected();

    /// <summary>The value of a hyper-parameter, or of a schedule at another step, at a step that counts from 1.</summary>
    public double At(int index, int step)
    {
        var shifted = index < Hypers.Length ? null : Model.Shifted[index - Hypers.Length];
        var hyper = shifted?.Base ?? Model.Hypers[index];
        return Falls && hyper.Source.Type == HyperType.Schedule ? Fall(Hypers[hyper.Index], Math.Max(1, step + (shifted?.Shift ?? 0))) : Hypers[hyper.Index];
    }

    /// <summary>A schedule that falls from a value.</summary>
    public static double Fall(double first, long step) => first / (1 + (0.1 * (step - 1)));

    public static double[] Parameter(int tensor) => [.. Enumerable.Range(0, Lengths[tensor]).Select(i => Math.Cos((1.7 * i) + tensor) * 0.8)];

    public static double[] Gradient(int tensor, int step) =>
        [.. Enumerable.Range(0, Lengths[tensor]).Select(i => Math.Sin((0.9 * i * i) + (2.3 * step) + tensor) * (1 + (0.3 * i)) * (i == 3 ? 0 : 1))];

    public sealed override string ToString() => Name;
}
