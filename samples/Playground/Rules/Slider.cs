using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Playground.Rules;

/// <summary>A hyper-parameter as a slider from 0 to 100: near 1 for decays, over powers of ten for sizes.</summary>
internal static class Slider
{
    private const double Positions = 100, Least = -10, Decades = 12, Nines = 5, Reach = 2;

    public static double Position(HyperSource hyper)
    {
        var value = Defaults.Of(hyper);
        return Math.Clamp(IsDecay(hyper) ? -Math.Log10(1 - Math.Min(value, 1 - 1e-9)) / Nines * Positions
            : hyper.Min >= 0 ? value <= 0 ? 0 : (Math.Log10(value) - Least) / Decades * Positions
            : (value + Reach) / (2 * Reach) * Positions, 0, Positions);
    }

    public static HyperSource At(HyperSource hyper, double position)
    {
        var value = IsDecay(hyper) ? 1 - Math.Pow(10, -Nines * position / Positions)
            : hyper.Min >= 0 ? position <= 0 && hyper.Min <= 0 ? 0 : Math.Pow(10, Least + Decades * position / Positions)
            : 2 * Reach * position / Positions - Reach;
        return Set(hyper, IsDecay(hyper) ? 1 - Rounded(1 - value) : Rounded(value));
    }

    public static HyperSource Set(HyperSource hyper, double value) => hyper with { Default = Math.Clamp(value, hyper.Min, hyper.Max) };

    public static string Text(HyperSource hyper) => Defaults.Of(hyper).ToString("G6", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);

    private static bool IsDecay(HyperSource hyper) => hyper is { Min: >= 0, Max: <= 1 };

    private static double Rounded(double value) => double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
