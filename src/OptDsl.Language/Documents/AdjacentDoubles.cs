namespace OptDsl.Language.Documents;

/// <summary>The doubles beside a bound that is left out.</summary>
internal static class AdjacentDoubles
{
    public static double Above(double value) => double.IsInfinity(value) ? value : value < 0 ? -Down(-value) : Up(value);

    public static double Below(double value) => -Above(-value);

    private static double Up(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value + 0.0) + 1);

    private static double Down(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) - 1);
}
