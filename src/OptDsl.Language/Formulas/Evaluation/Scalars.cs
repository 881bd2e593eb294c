using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The element-wise operations on numbers, in double.</summary>
internal static class Scalars
{
    public static double Apply(Op operation, double a, double b, double c) => operation switch
    {
        Op.Copy => a,
        Op.Negate => -a,
        Op.Not => a == 0 ? 1 : 0,
        Op.Add => a + b,
        Op.Subtract => a - b,
        Op.Multiply => a * b,
        Op.Divide => a / b,
        Op.Power => Power(a, b),
        Op.Less => a < b ? 1 : 0,
        Op.LessOrEqual => a <= b ? 1 : 0,
        Op.Greater => a > b ? 1 : 0,
        Op.GreaterOrEqual => a >= b ? 1 : 0,
        Op.Equal => a == b ? 1 : 0,
        Op.NotEqual => a != b ? 1 : 0,
        Op.And => a != 0 && b != 0 ? 1 : 0,
        Op.Or => a != 0 || b != 0 ? 1 : 0,
        Op.Sqrt => Math.Sqrt(a),
        Op.Cbrt => Cbrt(a),
        Op.Abs => Math.Abs(a),
        Op.Sign => a > 0 ? 1 : a < 0 ? -1 : 0,
        Op.Exp => Math.Exp(a),
        Op.Ln => Math.Log(a),
        Op.Sin => Math.Sin(a),
        Op.Cos => Math.Cos(a),
        Op.Tanh => Math.Tanh(a),
        Op.Sigmoid => Sigmoid(a),
        Op.Floor => Math.Floor(a),
        Op.Atan2 => Math.Atan2(a, b),
        Op.Min => Math.Min(a, b),
        Op.Max => Math.Max(a, b),
        Op.Select => a != 0 ? b : c,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an element-wise operation."),
    };

    /// <summary>Small whole powers by multiplication, as kernels compute them.</summary>
    private static double Power(double a, double b) => b switch
    {
        1 => a,
        2 => a * a,
        -1 => 1 / a,
        _ => Math.Pow(a, b),
    };

    /// <summary>The framework's cube root is missing from the platform that generators target: a power, polished by one Newton step.</summary>
    private static double Cbrt(double value)
    {
        if (value == 0 || double.IsNaN(value) || double.IsInfinity(value))
            return value;
        var root = Math.Pow(Math.Abs(value), 1.0 / 3);
        root -= (root - Math.Abs(value) / (root * root)) / 3;
        return value < 0 ? -root : root;
    }

    /// <summary>Of either sign by the exponential that cannot overflow.</summary>
    private static double Sigmoid(double value)
    {
        var decay = Math.Exp(-Math.Abs(value));
        return (value >= 0 ? 1 : decay) / (1 + decay);
    }
}
