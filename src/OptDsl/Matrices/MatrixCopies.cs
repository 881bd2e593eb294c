using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>Copies of matrices, row by row, in another type too.</summary>
internal static class MatrixCopies
{
    // Of a row and of a column as many elements as the first cache holds of both.
    private const int BlockLength = 32;

    /// <summary>Copies the elements as the matrix is read.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="target">Receives its rows.</param>
    public static void CopyTo<T, TTarget>(this Matrix<T> matrix, Span<TTarget> target)
        where T : unmanaged
        where TTarget : unmanaged
    {
        var source = matrix.Elements;
        if (!matrix.IsTransposed)
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = Elements.Of<TTarget>(Elements.ToDouble(source[i]));
            return;
        }

        var (rows, columns) = (matrix.Rows, matrix.Columns);
        for (var block = 0; block < rows; block += BlockLength)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var row = block; row < Math.Min(block + BlockLength, rows); row++)
                    target[(row * columns) + column] = Elements.Of<TTarget>(Elements.ToDouble(source[(column * rows) + row]));
            }
        }
    }

    /// <summary>Copies a square matrix and makes it symmetric: each element the mean of it and its mirror image.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="target">Receives its rows.</param>
    public static void CopyToSymmetric<T>(this Matrix<T> matrix, Span<double> target)
        where T : unmanaged
    {
        var source = matrix.Elements;
        var size = matrix.Rows;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var (below, above) = (Elements.ToDouble(source[(row * size) + column]), Elements.ToDouble(source[(column * size) + row]));
                target[(row * size) + column] = target[(column * size) + row] = (0.5 * below) + (0.5 * above);
            }
        }
    }
}
