namespace OptDsl;

/// <summary>
/// Declares a settable property of type <see cref="double"/>, <see cref="float"/>, <see cref="bool"/> or <see cref="Schedule"/>
/// to be a hyper-parameter of the rule. Its constant initialiser is the default that the analyzers reason with.
/// </summary>
/// <param name="symbol">The symbol of the hyper-parameter in the formulas.</param>
/// <remarks>
/// Checked at every step, before anything is written: a value that is NaN or outside <see cref="Min"/> and <see cref="Max"/>
/// throws <see cref="ArgumentOutOfRangeException"/> naming the property. Infinity is a number here, "never" as a count of steps
/// for example: a <see cref="Max"/> refuses it.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class HyperAttribute(string symbol) : Attribute
{
    /// <summary>The largest double below 1: the <see cref="Max"/> of a decay whose formulas divide by 1-β.</summary>
    public const double BelowOne = 0.99999999999999989;

    /// <summary>The smallest double above 0: the <see cref="Min"/> of an epsilon, or of anything that formulas divide by.</summary>
    public const double AboveZero = double.Epsilon;

    /// <summary>The symbol of the hyper-parameter in the formulas.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The smallest legal value, itself included; unbounded unless set.</summary>
    public double Min { get; set; } = double.NegativeInfinity;

    /// <summary>The largest legal value, itself included; unbounded unless set.</summary>
    public double Max { get; set; } = double.PositiveInfinity;
}
