namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The element-wise operations on numbers, in double.</summary>
internal static class Scalars
{
    public static double Apply(Operation operation, double a, double b, double c) => operation switch
    {
        Operation.Copy => a,
        Operation.Negate => -a,
        Operation.Not => a == 0 ? 1 : 0,
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Power => Power(a, b),
        Operation.Less => a < b ? 1 : 0,
        Operation.LessOrEqual => a <= b ? 1 : 0,
        Operation.Greater => a > b ? 1 : 0,
        Operation.GreaterOrEqual => a >= b ? 1 : 0,
        Operation.Equal => a == b ? 1 : 0,
        Operation.NotEqual => a != b ? 1 : 0,
        Operation.And => a != 0 && b != 0 ? 1 : 0,
        Operation.Or => a != 0 || b != 0 ? 1 : 0,
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Cbrt => Cbrt(a),
        Operation.Abs => Math.Abs(a),
        Operation.Sign => a > 0 ? 1 : a < 0 ? -1 : 0,
        Operation.Exp => Math.Exp(a),
        Operation.Ln => Math.Log(a),
        Operation.Sin => Math.Sin(a),
        Operation.Cos => Math.Cos(a),
        Operation.Tanh => Math.Tanh(a),
        Operation.Sigmoid => Sigmoid(a),
        Operation.Floor => Math.Floor(a),
        Operation.Atan2 => Math.Atan2(a, b),
        Operation.Min => Math.Min(a, b),
        Operation.Max => Math.Max(a, b),
        Operation.Select => a != 0 ? b : c,
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
