namespace OptDsl.Language.Operations;

/// <summary>How far the result of an exact operation may move when its operands do.</summary>
internal delegate double ErrorRule(Approximate a, Approximate b, Approximate c);

/// <summary>The rules that more than one operation follows.</summary>
internal static class ErrorRules
{
    /// <summary>No steeper than 1 in its operand.</summary>
    public static double OfSlopeOne(Approximate a, Approximate b, Approximate c) => a.Error;

    public static double OfSum(Approximate a, Approximate b, Approximate c) => a.Error + b.Error;

    public static double OfProduct(Approximate a, Approximate b, Approximate c) =>
        (Math.Abs(a.Value) * b.Error) + (Math.Abs(b.Value) * a.Error) + (a.Error * b.Error);

    public static double OfQuotient(Approximate a, Approximate b, Approximate c)
    {
        var margin = Math.Abs(b.Value) - b.Error;
        return a.Error == 0 && b.Error == 0 ? 0
            : margin > 0 ? (a.Error + (Math.Abs(a.Value / b.Value) * b.Error)) / margin
            : double.PositiveInfinity;
    }

    /// <summary>One of the operands.</summary>
    public static double OfPick(Approximate a, Approximate b, Approximate c) => Math.Max(a.Error, b.Error);

    public static double OfChoice(Approximate a, Approximate b, Approximate c)
    {
        var chosen = a.Value != 0 ? b : c;
        return a.Error == 0 ? chosen.Error : Math.Abs(b.Value - c.Value) + Math.Max(b.Error, c.Error);
    }

    public static double OfSign(Approximate a, Approximate b, Approximate c) => Math.Abs(a.Value) > a.Error || a.Error == 0 ? 0 : 2;

    public static double OfFloor(Approximate a, Approximate b, Approximate c) => Math.Floor(a.High) - Math.Floor(a.Low);

    /// <summary>Of conditions: sure where all operands are.</summary>
    public static double OfLogic(Approximate a, Approximate b, Approximate c) => a.Error == 0 && b.Error == 0 ? 0 : 1;

    public static double OfComparison(Approximate a, Approximate b, Approximate c) =>
        Math.Abs(a.Value - b.Value) > a.Error + b.Error || a.Error + b.Error == 0 ? 0 : 1;

    public static double OfAngle(Approximate a, Approximate b, Approximate c)
    {
        var distance = Math.Sqrt((a.Value * a.Value) + (b.Value * b.Value)) - a.Error - b.Error;
        return a.Error + b.Error == 0 ? 0
            : distance <= 0 || (b.Value < 0 && Math.Abs(a.Value) <= a.Error) ? 2 * Math.PI
            : (a.Error + b.Error) / distance;
    }

    /// <summary>Of a function that is monotone in each operand (an even power on each side of zero): the extremes lie at the ends.</summary>
    public static ErrorRule OfMonotone(Func<double, double, double, double> value) => (a, b, _) =>
    {
        if (a.Error == 0 && b.Error == 0)
            return 0;
        var centre = value(a.Value, b.Value, 0);
        var error = 0.0;
        foreach (var first in new[] { a.Low, a.High })
        {
            foreach (var second in new[] { b.Low, b.High })
            {
                var distance = Math.Abs(value(first, second, 0) - centre);
                error = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(error, distance);
            }
        }

        return a.Low < 0 && a.High > 0 ? Math.Max(error, Math.Abs(centre)) : error;
    };
}
