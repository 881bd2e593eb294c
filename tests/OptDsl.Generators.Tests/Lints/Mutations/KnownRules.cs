using OptDsl.Language.Checks;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lints.Mutations;

/// <summary>
/// Whether a rule moves like one that is known to be right, so that no analysis could tell it from a rule that somebody means. Compared are
/// the moves under gradients of all sizes, in units of one of them, so that a step size is no difference; of the known rules with their
/// defaults, and with each hyper-parameter at some other values that it may have, among them those of the others.
/// </summary>
internal sealed class KnownRules
{
    private const int Steps = 30;
    private const double Tolerance = 1e-5;
    private static readonly double[] s_start = [1, -2, 0.5];
    private readonly HashSet<string> _rough = [];
    private readonly ILookup<string, double[]> _known;

    public KnownRules(IEnumerable<LabelledRule> rules)
    {
        var moves = rules.Where(rule => rule.IsCorrect).SelectMany(rule => Variants(rule.Compile())).ToArray();
        _known = moves.ToLookup(Rough);
        _rough = [.. _known.Select(group => group.Key)];
    }

    /// <summary>True for a rule that moves like a known one.</summary>
    public bool Has(RuleModel model) => Moves(model, Defaults(model)) is { } moves && Roughs(moves).Where(_rough.Contains).SelectMany(rough => _known[rough])
        .Any(known => known.Zip(moves).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.First))));

    private static IEnumerable<double[]> Variants(RuleModel model)
    {
        var defaults = Defaults(model);
        if (Moves(model, defaults) is { } plain)
            yield return plain;
        for (var hyper = 0; hyper < defaults.Length; hyper++)
        {
            var value = defaults[hyper];
            foreach (var other in defaults.Concat([0, 1, value / 2, value * 2, 1 - value, value * value, Math.Sqrt(Math.Abs(value))]).Where(other => other != value).Distinct())
            {
                double[] changed = [.. defaults];
                changed[hyper] = other;
                if (Moves(model, changed) is { } moves)
                    yield return moves;
            }
        }
    }

    private static double[] Defaults(RuleModel model) => [.. model.Hypers.Select(hyper => hyper.Source.Default ?? 0.5)];

    /// <summary>How far each element moves in each step, in units of a step of the middle; null where that is nothing or no number.</summary>
    private static double[]? Moves(RuleModel model, double[] hypers)
    {
        var run = new RuleRun(RuleProgram.Compile(model), s_start, hypers);
        var moves = new double[Steps * s_start.Length];
        for (var step = 0; step < Steps; step++)
        {
            double[] before = [.. run.Parameter], gradient = [Scenario.Wave(step), 100 * Scenario.Wave(step + 50), 0.01 * Scenario.Wave(step + 90)];
            run.Step(gradient);
            for (var element = 0; element < before.Length; element++)
                moves[(step * before.Length) + element] = run.Parameter[element] - before[element];
            // Weights are put back, so that a step size has no part in the next step.
            s_start.CopyTo(run.Parameter, 0);
        }

        var unit = moves[15 * s_start.Length];
        return unit == 0 || moves.Any(move => double.IsNaN(move / unit) || double.IsInfinity(move / unit)) ? null : [.. moves.Select(move => move / unit)];
    }

    private static string Rough(double[] moves) => Round(moves, 0);

    /// <summary>Both roundings of what lies between two.</summary>
    private static IEnumerable<string> Roughs(double[] moves) => [Round(moves, 0), Round(moves, 1e-4), Round(moves, -1e-4)];

    private static string Round(double[] moves, double shift) => string.Join(" ", new[] { 0, 4, 40, 80 }.Select(index => Math.Round(moves[index] * (1 + shift), 2).ToString("g3", System.Globalization.CultureInfo.InvariantCulture)));
}
