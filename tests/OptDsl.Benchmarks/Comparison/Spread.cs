using System.Globalization;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>The middle of some figures and the quarters beside it.</summary>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return new Spread(Quantile(0.25), Quantile(0.5), Quantile(0.75));

        double Quantile(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Lower:0.00}–{Upper:0.00})");
}
