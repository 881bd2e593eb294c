using OptDsl.Language.Formulas;

namespace OptDsl.Language.Checks;

/// <summary>Values of hyper-parameters to run a rule with.</summary>
internal static class SampleValues
{
    /// <summary>What most rules add to a denominator.</summary>
    public const double UsualEpsilon = 1e-8;

    private const double Small = 0.01;

    /// <summary>For one without a default: in the middle of narrow bounds, else small.</summary>
    public static double Assumed(HyperSource hyper)
    {
        if (hyper.Type == HyperType.Boolean)
            return 0;
        return hyper is { Min: >= 0, Max: <= 1 } ? hyper.Min + (0.9 * (hyper.Max - hyper.Min)) : Clamp(hyper, Small);
    }

    /// <summary>The default, unless it is zero and so hides what the hyper-parameter does.</summary>
    public static double Typical(HyperSource hyper, double value) =>
        value != 0 || hyper.Type == HyperType.Boolean ? value : Clamp(hyper, Small);

    /// <summary>A slightly different value of one between 0 and 1: its complement shrinks by the given factor.</summary>
    public static double Moved(double value, double factor) => 1 - ((1 - value) * factor);

    private static double Clamp(HyperSource hyper, double value) => Math.Max(hyper.Min, Math.Min(hyper.Max, value));
}
