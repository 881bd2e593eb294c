using System.Numerics;

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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTarget : unmanaged, IBinaryFloatingPointIeee754<TTarget>
    {
        var source = matrix.Elements;
        if (!matrix.IsTransposed)
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = TTarget.CreateTruncating(source[i]);
            return;
        }

        var (rows, columns) = (matrix.Rows, matrix.Columns);
        for (var block = 0; block < rows; block += BlockLength)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var row = block; row < Math.Min(block + BlockLength, rows); row++)
                    target[(row * columns) + column] = TTarget.CreateTruncating(source[(column * rows) + row]);
            }
        }
    }

    /// <summary>Copies a square matrix and makes it symmetric: each element the mean of it and its mirror image.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="target">Receives its rows.</param>
    public static void CopyToSymmetric<T>(this Matrix<T> matrix, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = matrix.Elements;
        var size = matrix.Rows;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var (below, above) = (double.CreateTruncating(source[(row * size) + column]), double.CreateTruncating(source[(column * size) + row]));
                target[(row * size) + column] = target[(column * size) + row] = (0.5 * below) + (0.5 * above);
            }
        }
    }
}
