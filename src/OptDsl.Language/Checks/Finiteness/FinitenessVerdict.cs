using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>Whether steps of a rule stay finite in an element type.</summary>
/// <param name="Box">The widest box that was proven; null where none was.</param>
/// <param name="Obstacle">What stands in the way of a proof for a wider box, as the formulas write it; empty where nothing wider was tried.</param>
/// <param name="Refutation">Gradients within the narrowest box that make it infinite, where there is no proof and some were found.</param>
internal sealed record FinitenessVerdict(FiniteBox? Box, string Obstacle, FinitenessRefutation? Refutation)
{
    private const double Weight = 1e4;

    /// <summary>The sizes of gradients that are tried, from the smallest.</summary>
    private static readonly double[] s_gradients = [1, 1e2, 1e4, 1e6, 1e9, 1e12, 1e15, 1e18];

    /// <summary>The step sizes and the numbers of steps that are tried in turn.</summary>
    private static readonly (double? StepSize, long Steps)[] s_ranges = [(1, 1_000_000), (null, 1_000_000), (1, 10_000), (null, 10_000)];

    /// <summary>Proves what can be proven of a rule with its defaults, or looks for what refutes it.</summary>
    public static FinitenessVerdict Of(RuleModel model, ElementFormat format, CancellationToken cancellation = default)
    {
        var rule = OptionVariants.Of(model, cancellation).First().Model;
        var obstacle = "";
        foreach (var (stepSize, steps) in s_ranges)
        {
            var proven = default(FiniteBox?);
            foreach (var gradient in s_gradients)
            {
                cancellation.ThrowIfCancellationRequested();
                var box = new FiniteBox(gradient, Weight, stepSize, steps);
                if (FinitenessProof.Find(rule, box, format) is { } found)
                {
                    obstacle = found.Span.Length > 0 ? rule.Source.Formulas.Substring(found.Span.Start, found.Span.Length) : "";
                    break;
                }

                proven = box;
            }

            if (proven is not null)
                return new(proven, obstacle, null);
        }

        return new(null, obstacle, FinitenessRefutation.Find(rule, new FiniteBox(s_gradients[0], Weight, null, s_ranges[0].Steps), format, cancellation));
    }
}
