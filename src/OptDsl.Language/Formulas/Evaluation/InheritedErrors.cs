using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>A value and how far the true one may be from it.</summary>
internal readonly record struct Approximate(double Value, double Error)
{
    public double Low => Value - Error;

    public double High => Value + Error;
}

/// <summary>How far the result of an exact operation may move when its operands do.</summary>
internal static class InheritedErrors
{
    public static double Of(Op operation, Approximate a, Approximate b, Approximate c)
    {
        switch (operation)
        {
            case Op.Copy or Op.Negate or Op.Abs or Op.Sin or Op.Cos or Op.Tanh or Op.Sigmoid:
                return a.Error;
            case Op.Add or Op.Subtract:
                return a.Error + b.Error;
            case Op.Multiply:
                return (Math.Abs(a.Value) * b.Error) + (Math.Abs(b.Value) * a.Error) + (a.Error * b.Error);
            case Op.Min or Op.Max:
                return Math.Max(a.Error, b.Error);
            case Op.Divide:
                var margin = Math.Abs(b.Value) - b.Error;
                return a.Error == 0 && b.Error == 0 ? 0
                    : margin > 0 ? (a.Error + (Math.Abs(a.Value / b.Value) * b.Error)) / margin
                    : double.PositiveInfinity;
            case Op.Select:
                var chosen = a.Value != 0 ? b : c;
                return a.Error == 0 ? chosen.Error : Math.Abs(b.Value - c.Value) + Math.Max(b.Error, c.Error);
            case Op.Sign:
                return Math.Abs(a.Value) > a.Error || a.Error == 0 ? 0 : 2;
            case Op.Floor:
                return Math.Floor(a.High) - Math.Floor(a.Low);
            case Op.Not or Op.And or Op.Or:
                return a.Error == 0 && b.Error == 0 ? 0 : 1;
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal or Op.NotEqual:
                return Math.Abs(a.Value - b.Value) > a.Error + b.Error || a.Error + b.Error == 0 ? 0 : 1;
            case Op.Atan2:
                var distance = Math.Sqrt((a.Value * a.Value) + (b.Value * b.Value)) - a.Error - b.Error;
                return a.Error + b.Error == 0 ? 0
                    : distance <= 0 || (b.Value < 0 && Math.Abs(a.Value) <= a.Error) ? 2 * Math.PI
                    : (a.Error + b.Error) / distance;
            default:
                return OfCorners(operation, a, b);
        }
    }

    /// <summary>Monotone in each operand (an even power on each side of zero): the extremes lie at the ends.</summary>
    private static double OfCorners(Op operation, Approximate a, Approximate b)
    {
        if (a.Error == 0 && b.Error == 0)
            return 0;
        var centre = Scalars.Apply(operation, a.Value, b.Value, 0);
        var error = 0.0;
        foreach (var first in new[] { a.Low, a.High })
        {
            foreach (var second in new[] { b.Low, b.High })
            {
                var distance = Math.Abs(Scalars.Apply(operation, first, second, 0) - centre);
                error = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(error, distance);
            }
        }
        return a.Low < 0 && a.High > 0 ? Math.Max(error, Math.Abs(centre)) : error;
    }
}
