using System.ComponentModel;

namespace OptDsl.Matrices;

/// <summary>A matrix in memory, row by row, to be read as it is or transposed. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Matrix<T>
    where T : unmanaged
{
    /// <summary>A matrix as it is in memory.</summary>
    /// <param name="elements">Its elements, row by row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentException">There are not as many elements.</exception>
    public Matrix(ReadOnlySpan<T> elements, int rows, int columns)
        : this(elements, rows, columns, isTransposed: false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (elements.Length != (long)rows * columns)
            throw new ArgumentException($"A matrix of {rows} × {columns} has {(long)rows * columns} elements, not {elements.Length}.", nameof(elements));
    }

    private Matrix(ReadOnlySpan<T> elements, int rows, int columns, bool isTransposed)
    {
        Elements = elements;
        Rows = rows;
        Columns = columns;
        IsTransposed = isTransposed;
    }

    /// <summary>The elements as they are in memory.</summary>
    public ReadOnlySpan<T> Elements { get; }

    /// <summary>The number of rows, as the matrix is read.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, as the matrix is read.</summary>
    public int Columns { get; }

    /// <summary>True where the elements are in memory column by column.</summary>
    public bool IsTransposed { get; }

    /// <summary>The transpose, of the same elements.</summary>
    public Matrix<T> Transposed => new(Elements, Columns, Rows, !IsTransposed);
}
