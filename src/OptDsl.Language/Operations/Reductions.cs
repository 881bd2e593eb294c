namespace OptDsl.Language.Operations;

/// <summary>The functions of a whole tensor, in double with compensated sums.</summary>
internal static class Reductions
{
    /// <summary>An element; one of a tensor with a single element stands for a tensor full of it.</summary>
    public static double At(double[] values, int index) => values[values.Length == 1 ? 0 : index];

    public static double Sum(double[] values, double[] unused, int count) => Sum(values, null, 1, count);

    public static double Dot(double[] first, double[] second, int count) => Sum(first, second, 1, count);

    /// <summary>Scaled by a power of two near the largest magnitude, so that no square overflows or vanishes.</summary>
    public static double Norm(double[] values, double[] unused, int count)
    {
        var largest = MaxAbs(values, unused, count);
        if (largest == 0 || double.IsNaN(largest) || double.IsInfinity(largest))
            return largest;
        var scale = Math.Pow(2, -Math.Max(-1000, Math.Min(1000, Math.Floor(Math.Log(largest, 2)))));
        return Math.Sqrt(Sum(values, values, scale, count)) / scale;
    }

    public static double MaxAbs(double[] values, double[] unused, int count)
    {
        var largest = 0.0;
        for (var index = 0; index < count; index++)
            largest = Math.Max(largest, Math.Abs(At(values, index)));
        return largest;
    }

    public static double Count(double[] values, double[] unused, int count) => count;

    private static double Sum(double[] first, double[]? second, double scale, int count)
    {
        var sum = new NeumaierSum();
        for (var index = 0; index < count; index++)
        {
            var value = At(first, index) * scale;
            sum.Add(second is null ? value : value * (At(second, index) * scale));
        }

        return sum.Value;
    }
}
