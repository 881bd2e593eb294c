namespace OptDsl.Language.Checks.Finiteness;

/// <summary>
/// What is known of a value: that it is a·s + r, with s the old value of one stored symbol, and that it lies in a range. Both hold at once;
/// the range is the narrower of the two ways to find it.
/// </summary>
/// <param name="Factor">All that a can be.</param>
/// <param name="Rest">All that r can be.</param>
/// <param name="Range">All that the value can be.</param>
internal readonly record struct Form(Interval Factor, Interval Rest, Interval Range)
{
    public static Form Free(Interval range) => new(Interval.Zero, range, range);

    public bool IsFree => Factor.IsZero;
}
