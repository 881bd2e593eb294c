using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>
/// The published coefficients of Newton–Schulz steps X := aX + (bA + cA²)X with A = XXᵀ, which bring all singular values up to 1
/// near 1. A set has a number, by which formulas choose it, and a name.
/// </summary>
internal sealed record NewtonSchulzCoefficients(string Name, ImmutableArray<(double A, double B, double C)> Triples, bool Repeats)
{
    /// <summary>
    /// The sets, by their numbers. Of those that repeat, more steps than triples start again from the first one; of the others the last
    /// one goes on.
    /// </summary>
    public static ImmutableArray<NewtonSchulzCoefficients> All { get; } =
    [
        new("original", [(3.4445, -4.7750, 2.0315)], Repeats: true),
        new("quintic", [(4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012)], Repeats: true),
        new(
            "polarexpress",
            [
                (8.2051, -22.9019, 16.4607), (4.0664, -2.8612, 0.5184), (3.9096, -2.8234, 0.5250), (3.2856, -2.4153, 0.4853),
                (2.2779, -1.6198, 0.3985), (1.8726, -1.2307, 0.3585), (1.8564, -1.2132, 0.3568), (1.8750, -1.2500, 0.3750),
            ],
            Repeats: false),
        new("cans", [(8.4703, -25.1081, 18.6293), (4.1828, -3.1087, 0.5806), (3.9619, -2.9541, 0.5630), (3.2866, -2.4647, 0.5074), (2.2737, -1.6447, 0.4162)], Repeats: false),
        new("aol", [(4.0098, -7.0585, 2.4635), (3.4585, -5.5479, 2.5959), (2.7573, -3.2939, 1.4254), (2.7215, -3.0494, 1.3169)], Repeats: true),
        new("deepseek", [.. Enumerable.Repeat((3.4445, -4.7750, 2.0315), 8), (2, -1.5, 0.5)], Repeats: false),
        new(
            "cubic",
            [(3.3656576, -3.3420992, 0), (2.5744352, -1.4957376, 0), (2.5368962, -1.4312570, 0), (2.4418906, -1.2764040, 0), (2.2230472, -0.9630650, 0)],
            Repeats: false),
    ];

    /// <summary>The set of a name, in any spelling; null for none.</summary>
    public static int? Find(string name)
    {
        var plain = name.Replace("_", "").Replace("-", "").ToLowerInvariant();
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Name == plain)
                return i;
        }

        return plain switch
        {
            "simple" => 0,
            "deepseekv4" => 5,
            "cubic5" => 6,
            _ => null,
        };
    }

    /// <summary>The coefficients of a step of the set with a number; the nearest set for a number that is none.</summary>
    public static (double A, double B, double C) Of(double number, int step)
    {
        var set = All[double.IsNaN(number) ? 0 : (int)Math.Max(0, Math.Min(All.Length - 1, Math.Round(number)))];
        return set.Triples[set.Repeats ? step % set.Triples.Length : Math.Min(step, set.Triples.Length - 1)];
    }
}
