using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The functions of a whole tensor, in double with compensated sums.</summary>
internal static class Reductions
{
    /// <summary>An operand with a single value stands for a tensor full of it.</summary>
    public static double Apply(Op operation, double[] first, double[] second, int count) => operation switch
    {
        Op.Sum => Sum(first, null, 1, count),
        Op.Dot => Sum(first, second, 1, count),
        Op.Norm => Norm(first, count),
        Op.MaxAbs => MaxAbs(first, count),
        Op.Count => count,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a reduction."),
    };

    public static double At(double[] values, int index) => values[values.Length == 1 ? 0 : index];

    private static double Sum(double[] first, double[]? second, double scale, int count)
    {
        var sum = new CompensatedSum();
        for (var index = 0; index < count; index++)
        {
            var value = At(first, index) * scale;
            sum.Add(second is null ? value : value * (At(second, index) * scale));
        }
        return sum.Value;
    }

    /// <summary>Scaled by a power of two near the largest magnitude, so that no square overflows or vanishes.</summary>
    private static double Norm(double[] values, int count)
    {
        var largest = MaxAbs(values, count);
        if (largest == 0 || double.IsNaN(largest) || double.IsInfinity(largest))
            return largest;
        var scale = Math.Pow(2, -Math.Max(-1000, Math.Min(1000, Math.Floor(Math.Log(largest, 2)))));
        return Math.Sqrt(Sum(values, values, scale, count)) / scale;
    }

    private static double MaxAbs(double[] values, int count)
    {
        var largest = 0.0;
        for (var index = 0; index < count; index++)
            largest = Math.Max(largest, Math.Abs(At(values, index)));
        return largest;
    }
}
