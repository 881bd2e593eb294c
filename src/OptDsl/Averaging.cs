using System.Globalization;

namespace OptDsl;

/// <summary>How weights are averaged over the steps. The first average is a copy of the weights.</summary>
public sealed record Averaging
{
    private Averaging(double? decay) => Decay = decay;

    /// <summary>The share of the average that stays at each update; null for the mean of all.</summary>
    public double? Decay { get; }

    /// <summary>The first step after which the average is updated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long From
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(From));
            field = value;
        }
    }
    = 1;

    /// <summary>The number of steps from one update to the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Every
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Every));
            field = value;
        }
    }
    = 1;

    /// <summary>An exponential moving average: <c>average = decay average + (1 - decay) W</c>.</summary>
    /// <param name="decay">The share that stays: 0.999.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not from 0 to 1.</exception>
    public static Averaging Exponential(double decay) => decay is >= 0 and <= 1
        ? new Averaging(decay)
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, "The value must be from 0 to 1.");

    /// <summary>The mean of the weights at all updates (stochastic weight averaging).</summary>
    public static Averaging Equal() => new(decay: null);

    /// <summary>The settings.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Decay is { } decay ? string.Create(CultureInfo.InvariantCulture, $"Exponential({decay})") : "Equal()")} {{ From = {From}, Every = {Every} }}");

    /// <summary>True where the average is updated after a step.</summary>
    internal bool IsDueAt(long step) => step >= From && (step - From) % Every == 0;

    /// <summary>How far the average moves to the weights at an update.</summary>
    internal double WeightAt(long updatesBefore) => updatesBefore == 0 ? 1 : 1 - Decay ?? 1.0 / (updatesBefore + 1);
}
