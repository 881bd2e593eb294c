using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>Matrices that are written without any arithmetic. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixFills
{
    // What fits a cache line or two of both matrices.
    private const int Tile = 16;

    /// <summary>Writes a square matrix with one value on its diagonal and another one beside it.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="diagonal">The value on the diagonal.</param>
    /// <param name="other">All others.</param>
    /// <param name="size">The number of rows, and of columns.</param>
    /// <param name="destination">The matrix.</param>
    public static void Diagonal<T>(double diagonal, double other, int size, Span<T> destination)
        where T : unmanaged
    {
        destination.Fill(Elements.Of<T>(other));
        for (var i = 0; i < destination.Length; i += size + 1)
            destination[i] = Elements.Of<T>(diagonal);
    }

    /// <summary>Reads the diagonal of a square matrix.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="destination">Receives a value a row.</param>
    public static void ReadDiagonal<T>(ReadOnlySpan<T> matrix, Span<T> destination)
        where T : unmanaged
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = matrix[i * (destination.Length + 1)];
    }

    /// <summary>Writes the transpose of a matrix.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="columns">The number of its columns.</param>
    /// <param name="destination">Receives the transpose.</param>
    public static void Transpose<T>(ReadOnlySpan<T> matrix, int rows, int columns, Span<T> destination)
        where T : unmanaged
    {
        if (rows == 1 || columns == 1)
        {
            matrix.CopyTo(destination);
            return;
        }

        for (var firstRow = 0; firstRow < rows; firstRow += Tile)
        {
            for (var firstColumn = 0; firstColumn < columns; firstColumn += Tile)
            {
                for (var row = firstRow; row < Math.Min(firstRow + Tile, rows); row++)
                {
                    for (var column = firstColumn; column < Math.Min(firstColumn + Tile, columns); column++)
                        destination[(column * rows) + row] = matrix[(row * columns) + column];
                }
            }
        }
    }
}
