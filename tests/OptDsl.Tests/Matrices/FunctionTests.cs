using OptDsl.Execution;
using OptDsl.Matrices;
using static OptDsl.Tests.Matrices.PlainMatrices;

namespace OptDsl.Tests.Matrices;

/// <summary>Functions of matrices against what defines them.</summary>
public sealed class FunctionTests
{
    private static readonly MatrixWorkspace s_workspace = new();

    /// <summary>The published coefficients, by the numbers that formulas choose them by; and whether they start again after the last or stay with it.</summary>
    private static readonly ((double A, double B, double C)[] Triples, bool Repeats)[] s_sets =
    [
        ([(3.4445, -4.775, 2.0315)], true),
        ([(4.0848, -6.8946, 2.927), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012)], true),
        (
            [
                (8.2051, -22.9019, 16.4607), (4.0664, -2.8612, 0.5184), (3.9096, -2.8234, 0.525), (3.2856, -2.4153, 0.4853), (2.2779, -1.6198, 0.3985),
                (1.8726, -1.2307, 0.3585), (1.8564, -1.2132, 0.3568), (1.875, -1.25, 0.375),
            ],
            false),
        ([(8.4703, -25.1081, 18.6293), (4.1828, -3.1087, 0.5806), (3.9619, -2.9541, 0.563), (3.2866, -2.4647, 0.5074), (2.2737, -1.6447, 0.4162)], false),
        ([(4.0098, -7.0585, 2.4635), (3.4585, -5.5479, 2.5959), (2.7573, -3.2939, 1.4254), (2.7215, -3.0494, 1.3169)], true),
        ([.. Enumerable.Repeat((3.4445, -4.775, 2.0315), 8), (2, -1.5, 0.5)], false),
        ([(3.3656576, -3.3420992, 0), (2.5744352, -1.4957376, 0), (2.5368962, -1.4312570, 0), (2.4418906, -1.2764040, 0), (2.2230472, -0.9630650, 0)], false),
    ];

    /// <summary>Symmetric matrices without negative eigenvalues: well and ill conditioned, of low rank, repeated, zero.</summary>
    public static IEnumerable<TheoryDataRow<string, int>> Symmetric =>
        from size in (int[])[1, 2, 3, 5, 8, 17, 33, 64, 100]
        from kind in (string[])["random", "graded", "clustered", "rank one", "half rank", "identity", "zero", "tiny", "huge", "diagonal"]
        select new TheoryDataRow<string, int>(kind, size);

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void Eigenvectors_are_orthogonal_and_rebuild_the_matrix(string kind, int size)
    {
        var matrix = Make(kind, size, out _);
        var vectors = new double[size * size];
        MatrixMath.Eigenvectors<double>(new(matrix, size, size), vectors, s_workspace);
        Assert.True(DistanceFromOrthogonal(vectors, size) < 1e-13 * size, $"{DistanceFromOrthogonal(vectors, size)}");

        // VᵀAV is diagonal, from the largest down.
        var turned = Product(Transpose(vectors, size, size), Product(matrix, vectors, size, size, size), size, size, size);
        var scale = Largest(matrix);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (row != column)
                    Assert.Equal(0, turned[(row * size) + column] / Positive(scale), 1e-13 * size);
            }

            if (row > 0)
                Assert.True(turned[(row * size) + row] <= turned[((row - 1) * size) + row - 1] + (1e-13 * size * scale));
        }

        for (var column = 0; column < size; column++)
        {
            var entries = Enumerable.Range(0, size).Select(row => vectors[(row * size) + column]).ToArray();
            Assert.True(entries.MaxBy(Math.Abs) > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void An_inverse_root_to_its_power_inverts_the_matrix(string kind, int size)
    {
        if (kind is "rank one" or "half rank" && size > 1)
            return;
        var matrix = Make(kind, size, out var condition);
        foreach (var order in (double[])[1, 2, 4, 3, 6])
        {
            var root = new double[size * size];
            MatrixMath.InverseRoot<double>(new(matrix, size, size), order, root, s_workspace);
            if (kind == "zero")
            {
                Assert.All(root, element => Assert.Equal(0, element));
                continue;
            }

            var power = matrix;
            for (var i = 0; i < order; i++)
                power = Product(power, root, size, size, size);
            Assert.True(DistanceFromIdentity(power, size) < 1e-14 * size * condition * order, $"order {order}: {DistanceFromIdentity(power, size)}");
        }
    }

    [Fact]
    public void An_eigenvalue_of_zero_stays_zero_in_an_inverse_root()
    {
        var root = new double[9];
        MatrixMath.InverseRoot<double>(new([4, 0, 0, 0, 0, 0, 0, 0, 16], 3, 3), 2, root, s_workspace);
        Assert.Equal([0.5, 0, 0, 0, 0, 0, 0, 0, 0.25], root.Select(element => Math.Round(element, 14)));
    }

    [Fact]
    public void A_polar_factor_has_orthogonal_rows_and_leaves_a_symmetric_rest()
    {
        var random = new Random(6);
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (1, 7), (7, 1), (4, 4), (5, 9), (9, 5), (40, 64), (64, 40), (50, 50)])
        {
            foreach (var grade in (double[])[1, 1e-3, 1e-9])
            {
                var matrix = Draw(random, rows * columns);
                for (var i = 0; i < matrix.Length; i++)
                    matrix[i] *= Math.Pow(grade, (double)(i / columns) / rows);
                var factor = new double[rows * columns];
                MatrixMath.PolarFactor<double>(new(matrix, rows, columns), factor, s_workspace);
                var size = Math.Min(rows, columns);
                var square = rows <= columns
                    ? Product(factor, Transpose(factor, rows, columns), rows, columns, rows)
                    : Product(Transpose(factor, rows, columns), factor, columns, rows, columns);
                Assert.True(DistanceFromIdentity(square, size) < 1e-13 * size, $"{rows} × {columns}, {grade}: {DistanceFromIdentity(square, size)}");

                // M = H Q with H = M Qᵀ symmetric.
                var rest = rows <= columns
                    ? Product(matrix, Transpose(factor, rows, columns), rows, columns, rows)
                    : Product(Transpose(factor, rows, columns), matrix, columns, rows, columns);
                for (var row = 0; row < size; row++)
                {
                    for (var column = 0; column < row; column++)
                        Assert.Equal(rest[(row * size) + column], rest[(column * size) + row], 1e-13 * size * Largest(matrix));
                }
            }
        }
    }

    [Fact]
    public void A_polar_factor_of_rank_one_is_that_of_the_two_vectors_and_of_zeros_zero()
    {
        double[] left = [0.6, 0.8, 0];
        double[] right = [0, 1, 0, 0];
        var matrix = Product(left, right, 3, 1, 4).Select(element => element * 3e-9).ToArray();
        var factor = new double[12];
        MatrixMath.PolarFactor<double>(new(matrix, 3, 4), factor, s_workspace);
        var expected = Product(left, right, 3, 1, 4);
        for (var i = 0; i < 12; i++)
            Assert.Equal(expected[i], factor[i], 1e-14);
        MatrixMath.PolarFactor<double>(new(new double[12], 3, 4), factor, s_workspace);
        Assert.All(factor, element => Assert.Equal(0, element));
    }

    [Fact]
    public void Newton_Schulz_steps_are_the_polynomial_of_the_singular_values()
    {
        var random = new Random(7);
        for (var set = 0; set < s_sets.Length; set++)
        {
            foreach (var (rows, columns) in ((int, int)[])[(1, 1), (3, 8), (8, 3), (20, 20), (33, 70)])
            {
                foreach (var steps in (int[])[0, 1, 2, 5, 9])
                {
                    var matrix = Draw(random, rows * columns);
                    var norm = Math.Sqrt(matrix.Sum(element => element * element));
                    matrix = [.. matrix.Select(element => element / norm)];
                    var (result, expected) = (new double[matrix.Length], (double[])matrix.Clone());
                    MatrixMath.NewtonSchulz<double>(new(matrix, rows, columns), set, steps, result, s_workspace);
                    for (var step = 0; step < steps; step++)
                    {
                        var (triples, repeats) = s_sets[set];
                        var (a, b, c) = triples[repeats ? step % triples.Length : Math.Min(step, triples.Length - 1)];
                        var cube = Product(Product(expected, Transpose(expected, rows, columns), rows, columns, rows), expected, rows, rows, columns);
                        var fifth = Product(Product(expected, Transpose(expected, rows, columns), rows, columns, rows), cube, rows, rows, columns);
                        expected = [.. expected.Select((x, i) => (a * x) + (b * cube[i]) + (c * fifth[i]))];
                    }

                    for (var i = 0; i < result.Length; i++)
                        Assert.Equal(expected[i], result[i], 1e-10);
                }
            }
        }
    }

    [Fact]
    public void Floats_are_as_near_as_floats_can_be()
    {
        var random = new Random(8);
        var matrix = Draw(random, 24 * 40);
        var norm = Math.Sqrt(matrix.Sum(element => element * element));
        matrix = [.. matrix.Select(element => (double)(float)(element / norm))];
        float[] single = [.. matrix.Select(element => (float)element)];
        var (ofDoubles, ofFloats) = (new double[matrix.Length], new float[matrix.Length]);
        MatrixMath.NewtonSchulz<double>(new(matrix, 24, 40), 2, 8, ofDoubles, s_workspace);
        MatrixMath.NewtonSchulz<float>(new(single, 24, 40), 2, 8, ofFloats, s_workspace);
        Assert.True(ofDoubles.Zip(ofFloats).Max(pair => Math.Abs(pair.First - pair.Second)) < 2e-6);
        MatrixMath.PolarFactor<double>(new(matrix, 24, 40), ofDoubles, s_workspace);
        MatrixMath.PolarFactor<float>(new(single, 24, 40), ofFloats, s_workspace);
        Assert.True(ofDoubles.Zip(ofFloats).Max(pair => Math.Abs(pair.First - pair.Second)) < 1e-7);
    }

    [Fact]
    public void The_factor_of_QR_is_orthogonal_and_leaves_a_triangle()
    {
        var random = new Random(9);
        foreach (var size in (int[])[1, 2, 5, 16, 61])
        {
            var matrix = Draw(random, size * size);
            if (size > 2)
            {
                // Two columns that are the same, and one of zeros.
                for (var row = 0; row < size; row++)
                    (matrix[(row * size) + 1], matrix[(row * size) + 2]) = (matrix[row * size], 0);
            }

            var factor = new double[size * size];
            MatrixMath.Orthogonal<double>(new(matrix, size, size), factor, s_workspace);
            Assert.True(DistanceFromOrthogonal(factor, size) < 1e-13 * size);
            var triangle = Product(Transpose(factor, size, size), matrix, size, size, size);
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < row; column++)
                    Assert.Equal(0, triangle[(row * size) + column], 1e-13 * size);
                Assert.True(triangle[(row * size) + row] > -1e-13 * size);
            }
        }

        var zeros = new double[9];
        MatrixMath.Orthogonal<double>(new(new double[9], 3, 3), zeros, s_workspace);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], zeros);
    }

    [Fact]
    public void An_ordering_moves_the_columns()
    {
        var permutation = new double[16];
        MatrixMath.Ordering<double>([2, double.NaN, 5, 2], permutation);
        Assert.Equal([5, 2, 2, double.NaN], Columns([2, double.NaN, 5, 2]));
        Assert.Equal([2, 0, 3, 1], Columns([0, 1, 2, 3]));

        double[] Columns(double[] row) => [.. Enumerable.Range(0, 4).Select(column => Enumerable.Range(0, 4).Where(i => permutation[(i * 4) + column] == 1).Select(i => row[i]).Single())];
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_gives_no_number_and_ends(double value)
    {
        foreach (var size in (int[])[1, 4, 33])
        {
            var matrix = new double[size * size];
            matrix[^1] = value;
            var result = new double[size * size];
            MatrixMath.Eigenvectors<double>(new(matrix, size, size), result, s_workspace);
            Assert.All(result, element => Assert.Equal(double.NaN, element));
            MatrixMath.InverseRoot<double>(new(matrix, size, size), 4, result, s_workspace);
            Assert.All(result, element => Assert.Equal(double.NaN, element));
            MatrixMath.PolarFactor<double>(new(matrix, size, size), result, s_workspace);
            Assert.All(result, element => Assert.Equal(double.NaN, element));
            MatrixMath.Orthogonal<double>(new(matrix, size, size), result, s_workspace);
            Assert.All(result, element => Assert.Equal(double.NaN, element));
            MatrixMath.NewtonSchulz<double>(new(matrix, size, size), 0, 5, result, s_workspace);
            Assert.Equal(double.NaN, result[^1]);
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var (six, result) = (new double[6], new double[6]);
        Assert.Throws<ArgumentException>(() => MatrixMath.Eigenvectors<double>(new(six, 2, 3), result, s_workspace));
        Assert.Throws<ArgumentException>(() => MatrixMath.InverseRoot<double>(new(six, 2, 3), 2, result, s_workspace));
        Assert.Throws<ArgumentException>(() => MatrixMath.Orthogonal<double>(new(six, 2, 3), result, s_workspace));
        Assert.Throws<ArgumentException>(() => MatrixMath.PolarFactor<double>(new(six, 2, 3), new double[5], s_workspace));
        Assert.Throws<ArgumentException>(() => MatrixMath.NewtonSchulz<double>(new(six, 2, 3), 0, 5, six, s_workspace));
        Assert.Throws<ArgumentException>(() => MatrixMath.Ordering<double>(six, result));
    }

    [Fact]
    public void Functions_have_the_same_bits_for_every_number_of_threads_and_allocate_nothing_again()
    {
        const int Size = 150;
        var random = new Random(11);
        var matrix = Draw(random, Size * Size).Select(element => (float)(element / Size)).ToArray();
        var square = new float[Size * Size];
        MatrixMath.MultiplyByTranspose<float>(1, new(matrix, Size, Size), 0, [], square, s_workspace);
        var workspaces = ((int[])[1, 2, 7]).Select(threads => new MatrixWorkspace(new Crew(), threads)).ToArray();
        foreach (var function in (Action<float[], MatrixWorkspace>[])
        [
            (result, workspace) => MatrixMath.NewtonSchulz<float>(new(matrix, Size, Size), 2, 5, result, workspace),
            (result, workspace) => MatrixMath.InverseRoot<float>(new(square, Size, Size), 4, result, workspace),
            (result, workspace) => MatrixMath.PolarFactor<float>(new(matrix, Size, Size), result, workspace),
            (result, workspace) => MatrixMath.Eigenvectors<float>(new(square, Size, Size), result, workspace),
            (result, workspace) => MatrixMath.Orthogonal<float>(new(matrix, Size, Size), result, workspace),
        ])
        {
            var results = workspaces.Select(workspace =>
            {
                var result = new float[Size * Size];
                function(result, workspace);
                return result;
            }).ToArray();
            Assert.All(results, result => Assert.Equal(results[0], result));
            Assert.Equal(0, Allocation.Least(() => function(results[0], workspaces[0])));
        }
    }
}
