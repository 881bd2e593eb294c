namespace OptDsl.Language.Operations;

/// <summary>Decompositions of matrices by Jacobi's rotations, which are slow and as exact as double allows.</summary>
internal static class Decompose
{
    private const int MostSweeps = 60;

    /// <summary>Eigenvalues from the largest down, and the eigenvectors as columns, of each the largest entry positive.</summary>
    public static (double[] Values, MatrixValue Vectors) Symmetric(MatrixValue matrix)
    {
        var size = matrix.Rows;
        var a = MatrixValue.Of(size, size, (row, column) => (matrix[row, column] + matrix[column, row]) / 2);
        var vectors = MatrixValue.Identity(size);
        for (var (sweep, rotates) = (0, true); rotates && sweep < MostSweeps; sweep++)
        {
            rotates = false;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                    rotates |= Annihilate(a, vectors, p, q);
            }
        }

        var order = Enumerable.Range(0, size).OrderByDescending(index => a[index, index]).ToArray();
        return (
            [.. order.Select(index => a[index, index])],
            MatrixValue.Of(size, size, (row, column) => vectors[row, order[column]] * SignOf(vectors, order[column])));
    }

    /// <summary>Columns of the lengths of the singular values, orthogonal to one another, and the right singular vectors as columns.</summary>
    public static (MatrixValue Scaled, MatrixValue Right) Singular(MatrixValue matrix)
    {
        var a = MatrixValue.Of(matrix.Rows, matrix.Columns, (row, column) => matrix[row, column]);
        var right = MatrixValue.Identity(matrix.Columns);
        for (var (sweep, rotates) = (0, true); rotates && sweep < MostSweeps; sweep++)
        {
            rotates = false;
            for (var p = 0; p < matrix.Columns; p++)
            {
                for (var q = p + 1; q < matrix.Columns; q++)
                    rotates |= Separate(a, right, p, q);
            }
        }

        return (a, right);
    }

    private static bool Annihilate(MatrixValue a, MatrixValue vectors, int p, int q)
    {
        if (!(Math.Abs(a[p, q]) > 1e-17 * Math.Sqrt(Math.Abs(a[p, p]) * Math.Abs(a[q, q]))) || Math.Abs(a[p, q]) < 1e-300)
            return false;
        var (cosine, sine) = Rotation(a[p, p], a[q, q], a[p, q]);
        for (var i = 0; i < a.Rows; i++)
            (a[i, p], a[i, q]) = ((cosine * a[i, p]) - (sine * a[i, q]), (sine * a[i, p]) + (cosine * a[i, q]));
        for (var i = 0; i < a.Rows; i++)
            (a[p, i], a[q, i]) = ((cosine * a[p, i]) - (sine * a[q, i]), (sine * a[p, i]) + (cosine * a[q, i]));
        (a[p, q], a[q, p]) = (0, 0);
        Rotate(vectors, p, q, cosine, sine);
        return true;
    }

    private static bool Separate(MatrixValue a, MatrixValue right, int p, int q)
    {
        var (first, second) = (a.Column(p), a.Column(q));
        var product = Reductions.Dot(first, second, first.Length);
        var (above, below) = (Reductions.Dot(first, first, first.Length), Reductions.Dot(second, second, first.Length));
        if (!(Math.Abs(product) > 1e-16 * Math.Sqrt(above) * Math.Sqrt(below)))
            return false;
        var (cosine, sine) = Rotation(above, below, product);
        Rotate(a, p, q, cosine, sine);
        Rotate(right, p, q, cosine, sine);
        return true;
    }

    private static (double Cosine, double Sine) Rotation(double first, double second, double between)
    {
        var theta = (second - first) / (2 * between);
        var tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        return (cosine, tangent * cosine);
    }

    private static void Rotate(MatrixValue columns, int p, int q, double cosine, double sine)
    {
        for (var i = 0; i < columns.Rows; i++)
            (columns[i, p], columns[i, q]) = ((cosine * columns[i, p]) - (sine * columns[i, q]), (sine * columns[i, p]) + (cosine * columns[i, q]));
    }

    private static double SignOf(MatrixValue vectors, int column)
    {
        var largest = vectors.Column(column).OrderByDescending(Math.Abs).First();
        return largest < 0 ? -1 : 1;
    }
}
