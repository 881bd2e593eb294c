using OptDsl.Matrices;

namespace OptDsl.Tests.Matrices;

/// <summary>Matrices to try functions on, and plain algorithms to hold them against.</summary>
internal static class PlainMatrices
{
    public static double[] Make(string kind, int size, out double condition)
    {
        var random = new Random(size);
        condition = kind switch { "graded" => 1e10, "clustered" => 1e3, _ => 1 };
        var factor = Draw(random, size * size);
        switch (kind)
        {
            case "zero":
                return new double[size * size];
            case "identity":
                return Diagonal(size, _ => 1);
            case "diagonal":
                condition = size;
                return Diagonal(size, i => 1 + ((i * 7) % size));
            case "rank one":
                return Product(factor[..size], factor[..size], size, 1, size);
            case "half rank":
                return Product(factor, Transpose(factor, size, (size + 1) / 2), size, (size + 1) / 2, size);
        }

        // An orthogonal basis with chosen eigenvalues.
        var basis = new double[size * size];
        MatrixMath.Orthogonal<double>(new(factor, size, size), basis, new MatrixWorkspace());
        var values = Diagonal(size, i => kind switch
        {
            "graded" => Math.Pow(1e-10, (double)i / size),
            "clustered" => i < size / 2 ? 1 : 1e-3 * (1 + (i * 1e-14)),
            "tiny" => 1e-200 * (1 + i),
            "huge" => 1e200 * (1 + i),
            _ => 1 + i,
        });
        if (kind is "random" or "tiny" or "huge")
            condition = size;
        var matrix = Product(Product(basis, values, size, size, size), Transpose(basis, size, size), size, size, size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++)
                matrix[(column * size) + row] = matrix[(row * size) + column];
        }

        return matrix;
    }

    public static double[] Diagonal(int size, Func<int, double> value)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
            matrix[(i * size) + i] = value(i);
        return matrix;
    }

    public static double[] Draw(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];

    public static double[] Product(double[] left, double[] right, int rows, int depth, int columns)
    {
        var result = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < depth; k++)
            {
                for (var column = 0; column < columns; column++)
                    result[(row * columns) + column] += left[(row * depth) + k] * right[(k * columns) + column];
            }
        }

        return result;
    }

    public static double[] Transpose(double[] matrix, int rows, int columns)
    {
        var result = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                result[(column * rows) + row] = matrix[(row * columns) + column];
        }

        return result;
    }

    public static double DistanceFromOrthogonal(double[] matrix, int size) => DistanceFromIdentity(Product(Transpose(matrix, size, size), matrix, size, size, size), size);

    public static double DistanceFromIdentity(double[] matrix, int size) =>
        Enumerable.Range(0, size * size).Max(i => Math.Abs(matrix[i] - (i / size == i % size ? 1 : 0)));

    public static double Largest(double[] matrix) => matrix.Max(Math.Abs);

    public static double Positive(double scale) => scale == 0 ? 1 : scale;
}
