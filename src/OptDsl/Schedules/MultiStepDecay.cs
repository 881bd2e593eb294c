using System.Globalization;

namespace OptDsl.Schedules;

/// <summary>
/// Multiplies the value by a factor after each of any number of milestones (PyTorch's MultiStepLR): <c>η γ^p</c>, where <c>p</c>
/// counts the milestones that are over. A milestone given twice counts twice.
/// </summary>
public sealed class MultiStepDecay : Schedule
{
    private long[] _milestones = [];

    /// <summary>The value at the first step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double Initial
    {
        get;
        set => field = double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(Initial), value, "The value must be a number.") : value;
    }
    = 0.1;

    /// <summary>The factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Factor
    {
        get;
        set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Factor), value, "The factor must be at least 0.");
    }
    = 0.1;

    /// <summary>The numbers of steps after which the value drops, in any order.</summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A milestone is negative.</exception>
    public IReadOnlyList<long> Milestones
    {
        get => _milestones;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Milestones));
            long[] sorted = [.. value.Order()];
            if (sorted.Length > 0)
                ArgumentOutOfRangeException.ThrowIfNegative(sorted[0], nameof(Milestones));
            _milestones = sorted;
        }
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var over = 0;
        while (over < _milestones.Length && _milestones[over] <= step - 1)
            over++;
        return Initial * Math.Pow(Factor, over);
    }

    /// <inheritdoc/>
    protected override string DescribeSettings() =>
        string.Create(CultureInfo.InvariantCulture, $"Initial = {Initial}, Factor = {Factor}, Milestones = [{string.Join(", ", _milestones)}]");
}
