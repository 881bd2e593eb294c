namespace OptDsl.Language.Operations;

/// <summary>A value and how far the true one may be from it.</summary>
internal readonly record struct Approximate(double Value, double Error)
{
    public double Low => Value - Error;

    public double High => Value + Error;
}
