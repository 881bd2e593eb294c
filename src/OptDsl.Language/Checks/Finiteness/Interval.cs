namespace OptDsl.Language.Checks.Finiteness;

/// <summary>All numbers between two, both included. Results are rounded outwards, so that they hold what any rounding makes of the exact ones.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Some roundings of a double, with room for those of the functions of the system.</summary>
    private const double Slack = 1e-14;

    public static Interval Of(double value) => new(value, value);

    public static Interval Around(double size) => new(-size, size);

    public static Interval Zero { get; } = new(0, 0);

    public static Interval One { get; } = new(1, 1);

    public double Size => Math.Max(Math.Abs(Low), Math.Abs(High));

    public bool IsZero => Low == 0 && High == 0;

    public bool IsFinite => !double.IsNaN(Low) && !double.IsNaN(High) && !double.IsInfinity(Low) && !double.IsInfinity(High);

    public bool Contains(double value) => Low <= value && value <= High;

    public bool IsWithin(Interval other) => other.Low <= Low && High <= other.High;

    public Interval Join(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>What lies in both; either where rounding has left nothing.</summary>
    public Interval Meet(Interval other)
    {
        var (low, high) = (Math.Max(Low, other.Low), Math.Min(High, other.High));
        return low <= high ? new(low, high) : this;
    }

    public Interval Magnitude() => Low >= 0 ? this : High <= 0 ? -this : new(0, Size);

    /// <summary>Wider by a part of each bound and by an amount; what is not negative stays so, since rounding never turns a sign.</summary>
    public Interval Widen(double part, double amount)
    {
        var (low, high) = (Low - (Math.Abs(Low) * part) - amount, High + (Math.Abs(High) * part) + amount);
        return new(Low >= 0 ? Math.Max(0, low) : low, High <= 0 ? Math.Min(0, high) : high);
    }

    /// <summary>The image under a function that never falls.</summary>
    public Interval Map(Func<double, double> rising) => new Interval(rising(Low), rising(High)).Outward();

    public static Interval operator -(Interval value) => new(-value.High, -value.Low);

    public static Interval operator +(Interval left, Interval right) => new Interval(left.Low + right.Low, left.High + right.High).Outward();

    public static Interval operator -(Interval left, Interval right) => left + -right;

    public static Interval operator *(Interval left, Interval right) =>
        Hull(Product(left.Low, right.Low), Product(left.Low, right.High), Product(left.High, right.Low), Product(left.High, right.High)).Outward();

    /// <summary>One over a value that cannot be zero.</summary>
    public Interval Reciprocal() => new Interval(1 / High, 1 / Low).Outward();

    public Interval Square() => Low >= 0 || High <= 0 ? Hull(Low * Low, High * High).Outward() : new Interval(0, Size * Size).Outward();

    /// <summary>A power of numbers that are not negative.</summary>
    public Interval Power(Interval exponent)
    {
        var result = Hull(Math.Pow(Low, exponent.Low), Math.Pow(Low, exponent.High), Math.Pow(High, exponent.Low), Math.Pow(High, exponent.High)).Outward();
        // Rounding to nearest does not go past 1.
        if ((High <= 1 && exponent.Low >= 0) || (Low >= 1 && exponent.High <= 0))
            return result with { High = Math.Min(1, result.High) };
        return (Low >= 1 && exponent.Low >= 0) || (High <= 1 && exponent.High <= 0) ? result with { Low = Math.Max(1, result.Low) } : result;
    }

    private static double Product(double left, double right) => left == 0 || right == 0 ? 0 : left * right;

    private static Interval Hull(params double[] values) => values.Any(double.IsNaN) ? new(double.NaN, double.NaN) : new(values.Min(), values.Max());

    private Interval Outward()
    {
        var exact = Low == High && (Low == 0 || Math.Abs(Low) == 1);
        return exact ? this : Widen(Slack, double.Epsilon);
    }
}
