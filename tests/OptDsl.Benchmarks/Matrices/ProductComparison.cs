using System.Globalization;
using System.Numerics;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Matrices;

namespace OptDsl.Benchmarks.Matrices;

/// <summary>Products of square matrices on one thread, beside OpenBLAS in the same process.</summary>
internal static class ProductComparison
{
    private const string Ours = "ours";
    private const string Square = "square";
    private const string Blas = "OpenBLAS";
    private const string BlasOfTranspose = "OpenBLAS, transposed";
    private const int Rounds = 11;

    /// <summary>A line of a table: GFLOP/s, and ours ÷ OpenBLAS.</summary>
    public static string Run<T>(OpenBlas blas, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new System.Random(1);
        var (left, right, result, expected) = (new T[size * size], new T[size * size], new T[size * size], new T[size * size]);
        foreach (var matrix in (T[][])[left, right])
        {
            for (var i = 0; i < matrix.Length; i++)
                matrix[i] = T.CreateTruncating(random.NextDouble() - 0.5);
        }

        var workspace = new MatrixWorkspace();
        Multiply();
        blas.Multiply<T>(left, right, isRightTransposed: false, expected, size);
        Hold(result, expected, size);
        MultiplyByTranspose();
        blas.Multiply<T>(left, left, isRightTransposed: true, expected, size);
        Hold(result, expected, size);

        var race = Race.Run(
            [
                new Contestant(Ours, _ => Multiply()),
                new Contestant(Square, _ => MultiplyByTranspose()),
                new Contestant(Blas, _ => blas.Multiply<T>(left, right, isRightTransposed: false, expected, size)),
                new Contestant(BlasOfTranspose, _ => blas.Multiply<T>(left, left, isRightTransposed: true, expected, size)),
            ],
            reset: null, Rounds, TimeSpan.FromMilliseconds(20));
        var operations = 2.0 * size * size * size;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {typeof(T).Name} | {size} | {operations / race.Nanoseconds(Ours):0} | {operations / race.Nanoseconds(Blas):0} | {Share(race, Blas, Ours)} | {Share(race, BlasOfTranspose, Square)} |{(race.Disturbed ? " †" : "")}");

        void Multiply() => MatrixMath.Multiply<T>(new(left, size, size), new(right, size, size), result, workspace);

        void MultiplyByTranspose() => MatrixMath.MultiplyByTranspose<T>(1, new(left, size, size), 0, [], result, workspace);
    }

    private static string Share(RaceResult race, string other, string ours) => race.Ratio(other, ours)!.Value.ToString();

    private static void Hold<T>(T[] actual, T[] expected, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tolerance = size * (typeof(T) == typeof(float) ? 1e-7 : 1e-16);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(double.CreateTruncating(actual[i] - expected[i])) <= tolerance))
                throw new InvalidOperationException($"Element {i} of the product of {size} is {actual[i]}, not {expected[i]}.");
        }
    }
}
