using System.Globalization;

namespace OptDsl.Torch;

/// <summary>The learning rate of a group, as schedulers and users have set it last: what the function that makes a rule is given.</summary>
/// <remarks>
/// As a <see cref="Schedule"/> the rule reads it at each step. Where a number is wanted, it is the rate of now, and whatever the
/// function makes of that number is made anew when the rate changes: <c>rate => new MyRule { Rate = 2 * rate }</c>.
/// </remarks>
public sealed class GroupRate : Schedule
{
    private readonly double _initial;

    internal GroupRate(double initial) => _initial = initial;

    /// <summary>The group, once it is made.</summary>
    internal RuleGroup? Group { get; set; }

    /// <summary>True once it has been read as a number, which does not change with it.</summary>
    internal bool WasNumber { get; private set; }

    /// <inheritdoc/>
    public override double At(long step) => Group?.LearningRate ?? _initial;

    /// <summary>The rate of now, for hyper-parameters that are numbers.</summary>
    public double ToDouble()
    {
        WasNumber = true;
        return At(1);
    }

    /// <inheritdoc/>
    public override string ToString() => At(1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The rate of now, for hyper-parameters that are numbers.</summary>
    /// <param name="rate">The rate.</param>
    public static implicit operator double(GroupRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return rate.ToDouble();
    }
}
