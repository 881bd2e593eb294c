using System.Globalization;

namespace OptDsl;

/// <summary>
/// Lookahead (Zhang et al. 2019): the rule runs ahead on the weights, and every few steps slow weights follow,
/// <c>slow += weight (W - slow)</c>, and the rule goes on from there, <c>W = slow</c>.
/// </summary>
public sealed record Lookahead
{
    /// <summary>Lookahead.</summary>
    /// <param name="every">The slow weights follow at every step whose number divides by this.</param>
    /// <param name="weight">How far they follow: 0.5 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 step, or a weight outside of 0 to 1.</exception>
    public Lookahead(int every = 5, double weight = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (!(weight is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The value must be from 0 to 1.");
        Every = every;
        Weight = weight;
    }

    /// <summary>The slow weights follow at every step whose number divides by this.</summary>
    public int Every { get; }

    /// <summary>How far they follow.</summary>
    public double Weight { get; }

    /// <summary>
    /// False, as in the paper, for slow weights that start as the weights before the first step; true, as in common
    /// implementations, for slow weights that start as those of the first time they would follow, which then changes nothing.
    /// </summary>
    public bool StartsAtFirstSync { get; init; }

    /// <summary>The settings.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Lookahead({Every}, {Weight}){(StartsAtFirstSync ? $" {{ {nameof(StartsAtFirstSync)} = true }}" : "")}");
}
