using System.Numerics;
using OptDsl.Execution;
using OptDsl.Matrices;

namespace OptDsl.Tests.Matrices;

/// <summary>Products of matrices against three loops in double.</summary>
public sealed class ProductTests
{
    private static readonly MatrixWorkspace s_alone = new();

    [Fact]
    public void Products_of_every_small_size_are_right()
    {
        var random = new Random(1);
        for (var size = 0; size <= 70; size++)
        {
            foreach (var (rows, columns, depth) in ((int, int, int)[])[(size, size, size), (size, 70 - size, 13), (7, size, 70 - size), (70 - size, 33, size)])
            {
                Check<float>(random, rows, columns, depth, s_alone);
                Check<double>(random, rows, columns, depth, s_alone);
            }
        }
    }

    [Fact]
    public void Products_of_large_sizes_are_right()
    {
        var random = new Random(2);
        foreach (var (rows, columns, depth) in ((int, int, int)[])[(200, 300, 600), (1, 2100, 257), (2100, 1, 256), (401, 65, 1025), (13, 4100, 3)])
        {
            Check<float>(random, rows, columns, depth, s_alone);
            Check<double>(random, rows, columns, depth, s_alone);
        }
    }

    [Fact]
    public void Products_have_the_same_bits_for_every_number_of_threads()
    {
        var random = new Random(3);
        var crew = new Crew();
        foreach (var (rows, columns, depth) in ((int, int, int)[])[(256, 256, 256), (61, 2500, 300), (517, 97, 128), (24, 3000, 40)])
        {
            Compare<float>(rows, columns, depth);
            Compare<double>(rows, columns, depth);
        }

        void Compare<T>(int rows, int columns, int depth)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var (left, right) = (Draw<T>(random, rows * depth), Draw<T>(random, depth * columns));
            var (product, square) = (new T[rows * columns], new T[rows * rows]);
            Compute(s_alone, product, square);
            foreach (var threads in (int[])[2, 3, 5, 16])
            {
                var (otherProduct, otherSquare) = (new T[rows * columns], new T[rows * rows]);
                Compute(new MatrixWorkspace(crew, threads), otherProduct, otherSquare);
                Assert.Equal(product, otherProduct);
                Assert.Equal(square, otherSquare);
            }

            void Compute(MatrixWorkspace workspace, T[] product, T[] square)
            {
                MatrixMath.Multiply<T>(new(left, rows, depth), new(right, depth, columns), product, workspace);
                MatrixMath.MultiplyByTranspose<T>(1, new(left, rows, depth), 0, [], square, workspace);
            }
        }
    }

    [Fact]
    public void A_square_is_the_lower_half_of_the_product_to_the_bit()
    {
        var random = new Random(4);
        foreach (var (rows, depth) in ((int, int)[])[(1, 1), (5, 9), (64, 64), (131, 300), (300, 17)])
        {
            var elements = Draw<float>(random, rows * depth);
            foreach (var matrix in (Func<Matrix<float>>[])[() => new(elements, rows, depth), () => new Matrix<float>(elements, depth, rows).Transposed])
            {
                var (square, product) = (new float[rows * rows], new float[rows * rows]);
                MatrixMath.MultiplyByTranspose(1, matrix(), 0, [], square, s_alone);
                MatrixMath.Multiply(matrix(), matrix().Transposed, product, s_alone);
                for (var row = 0; row < rows; row++)
                {
                    for (var column = 0; column <= row; column++)
                    {
                        Assert.Equal(product[(row * rows) + column], square[(row * rows) + column]);
                        Assert.Equal(square[(row * rows) + column], square[(column * rows) + row]);
                    }
                }
            }
        }
    }

    [Fact]
    public void What_is_no_number_stays_in_its_row_and_column()
    {
        var left = new float[7 * 5];
        var right = new float[5 * 9];
        Array.Fill(left, 1);
        Array.Fill(right, 1);
        left[(2 * 5) + 3] = float.NaN;
        right[(1 * 9) + 8] = float.PositiveInfinity;
        var result = new float[7 * 9];
        Array.Fill(result, float.NaN);
        MatrixMath.Multiply<float>(new(left, 7, 5), new(right, 5, 9), result, s_alone);
        for (var row = 0; row < 7; row++)
        {
            for (var column = 0; column < 9; column++)
                Assert.Equal(row == 2 ? float.NaN : column == 8 ? float.PositiveInfinity : 5f, result[(row * 9) + column]);
        }
    }

    [Fact]
    public void Nothing_is_allocated_again()
    {
        var random = new Random(5);
        var (left, right, result) = (Draw<float>(random, 300 * 200), Draw<float>(random, 200 * 100), new float[300 * 100]);
        Multiply();
        Assert.Equal(0, Allocation.Least(Multiply));

        void Multiply() => MatrixMath.Multiply<float>(new(left, 300, 200), new(right, 200, 100), result, s_alone);
    }

    [Fact]
    public void Dimensions_that_do_not_fit_are_refused()
    {
        var (six, four) = (new double[6], new double[4]);
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => MatrixMath.Multiply<double>(new(six, 2, 3), new(four, 2, 2), new double[4], s_alone)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MatrixMath.Multiply<double>(new(six, 2, 3), new(six, 3, 2), new double[5], s_alone));
        Assert.Throws<ArgumentException>(() => MatrixMath.MultiplyAdd<double>(1, new(six, 2, 3), new(six, 3, 2), 1, new double[3], new double[4], s_alone));
        Assert.Throws<ArgumentException>(() => MatrixMath.Multiply<double>(new(four, 2, 2), new(six, 2, 3), six, s_alone));
        Assert.Throws<ArgumentException>(() => new Matrix<double>(six, 2, 2).Rows);
    }

    private static void Check<T>(Random random, int rows, int columns, int depth, MatrixWorkspace workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (left, right, addend) = (Draw<T>(random, rows * depth), Draw<T>(random, depth * columns), Draw<T>(random, rows * columns));
        var (sums, magnitudes) = (new double[rows * columns], new double[rows * columns]);
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < depth; k++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var product = double.CreateTruncating(left[(row * depth) + k]) * double.CreateTruncating(right[(k * columns) + column]);
                    sums[(row * columns) + column] += product;
                    magnitudes[(row * columns) + column] += Math.Abs(product);
                }
            }
        }

        var epsilon = typeof(T) == typeof(float) ? Math.Pow(2, -24) : Math.Pow(2, -53);
        var result = new T[rows * columns];
        for (var way = 0; way < 4; way++)
        {
            var (a, b) = (Stored(left, rows, depth, way % 2 == 1), Stored(right, depth, columns, way / 2 == 1));
            Array.Fill(result, T.NaN);
            MatrixMath.MultiplyAdd(0.5, Read(a, rows, depth, way % 2 == 1), Read(b, depth, columns, way / 2 == 1), way == 1 ? 0 : -2, way == 1 ? [] : addend, result, workspace);
            for (var i = 0; i < result.Length; i++)
            {
                var added = way == 1 ? 0 : -2 * double.CreateTruncating(addend[i]);
                Assert.Equal((0.5 * sums[i]) + added, double.CreateTruncating(result[i]), (depth + 4) * epsilon * (magnitudes[i] + Math.Abs(added)));
            }
        }
    }

    private static T[] Draw<T>(Random random, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var elements = new T[length];
        for (var i = 0; i < length; i++)
            elements[i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
        return elements;
    }

    /// <summary>The elements in memory, of the matrix or of its transpose.</summary>
    private static T[] Stored<T>(T[] elements, int rows, int columns, bool isTransposed)
    {
        if (!isTransposed)
            return elements;
        var stored = new T[elements.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                stored[(column * rows) + row] = elements[(row * columns) + column];
        }

        return stored;
    }

    private static Matrix<T> Read<T>(T[] stored, int rows, int columns, bool isTransposed)
        where T : unmanaged => isTransposed ? new Matrix<T>(stored, columns, rows).Transposed : new Matrix<T>(stored, rows, columns);
}
