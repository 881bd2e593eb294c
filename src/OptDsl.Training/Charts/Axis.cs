namespace OptDsl.Training.Charts;

/// <summary>One direction of a panel: which values it spans, and how they are marked.</summary>
public sealed class Axis
{
    /// <summary>The share of the extent that an axis around values leaves free on each side.</summary>
    private const double Room = 0.04;

    private readonly bool _logarithmic;

    private Axis(double min, double max, string label, bool logarithmic)
    {
        if (!(min < max) || (logarithmic && min <= 0))
            throw new ArgumentException($"An axis from {min} to {max} has no extent.");
        (Min, Max, Label, _logarithmic) = (min, max, label, logarithmic);
    }

    /// <summary>The smallest value shown.</summary>
    public double Min { get; }

    /// <summary>The largest value shown.</summary>
    public double Max { get; }

    /// <summary>What the axis measures.</summary>
    public string Label { get; }

    /// <summary>The values to mark, with their labels.</summary>
    public IEnumerable<(double Value, string Label)> Ticks => _logarithmic ? Decades() : RoundSteps();

    /// <summary>An axis with equal steps.</summary>
    /// <param name="min">The smallest value shown.</param>
    /// <param name="max">The largest.</param>
    /// <param name="label">What the axis measures.</param>
    /// <exception cref="ArgumentException">The values have no extent.</exception>
    public static Axis Linear(double min, double max, string label = "") => new(min, max, label, logarithmic: false);

    /// <summary>An axis with equal ratios.</summary>
    /// <param name="min">The smallest value shown, above 0.</param>
    /// <param name="max">The largest.</param>
    /// <param name="label">What the axis measures.</param>
    /// <exception cref="ArgumentException">The values have no extent, or are not positive.</exception>
    public static Axis Logarithmic(double min, double max, string label = "") => new(min, max, label, logarithmic: true);

    /// <summary>The axis that shows values, from the smallest to the largest with a little room; those that are not finite do not count.</summary>
    /// <param name="values">The values; with equal ratios only those above 0 count.</param>
    /// <param name="label">What the axis measures.</param>
    /// <param name="isLogarithmic">True for equal ratios.</param>
    public static Axis Around(IEnumerable<double> values, string label = "", bool isLogarithmic = false)
    {
        var shown = values.Where(value => double.IsFinite(value) && (!isLogarithmic || value > 0)).DefaultIfEmpty(1).ToList();
        var (min, max) = (shown.Min(), shown.Max());
        if (isLogarithmic)
        {
            var room = max > min ? Math.Pow(max / min, Room) : 2;
            return Logarithmic(min / room, max * room, label);
        }

        var margin = max > min ? Room * (max - min) : Math.Max(1, Math.Abs(min)) / 2;
        return Linear(min - margin, max + margin, label);
    }

    /// <summary>The place of a value, 0 at the smallest and 1 at the largest; what a logarithm cannot show lies far below.</summary>
    /// <param name="value">The value.</param>
    public double Map(double value)
    {
        if (!_logarithmic)
            return (value - Min) / (Max - Min);
        return value > 0 ? (Math.Log10(value) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min)) : -1e6;
    }

    private IEnumerable<(double Value, string Label)> RoundSteps()
    {
        var rough = (Max - Min) / 5;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / magnitude) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * magnitude;
        var last = Math.Floor(Max / step + 1e-9);
        for (var i = Math.Ceiling(Min / step - 1e-9); i <= last; i++)
            yield return (i * step, ChartText.Number(i * step));
    }

    private IEnumerable<(double Value, string Label)> Decades()
    {
        var first = (int)Math.Ceiling(Math.Log10(Min) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(Max) + 1e-9);
        var step = Math.Max(1, (last - first + 5) / 6);
        var isNearOne = first >= -2 && last <= 4;
        for (var exponent = first; exponent <= last; exponent += step)
        {
            var value = Math.Pow(10, exponent);
            yield return (value, isNearOne ? ChartText.Number(value) : "10" + ChartText.Superscript(exponent));
        }
    }
}
