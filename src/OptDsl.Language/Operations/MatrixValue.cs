namespace OptDsl.Language.Operations;

/// <summary>A matrix of doubles, row after row.</summary>
internal sealed class MatrixValue(int rows, int columns, double[] values)
{
    public MatrixValue(int rows, int columns)
        : this(rows, columns, new double[rows * columns])
    {
    }

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public double[] Values { get; } = values;

    public double this[int row, int column]
    {
        get => Values[(row * Columns) + column];
        set => Values[(row * Columns) + column] = value;
    }

    /// <summary>The matrix of a function of the row and the column.</summary>
    public static MatrixValue Of(int rows, int columns, Func<int, int, double> value)
    {
        var result = new MatrixValue(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                result[row, column] = value(row, column);
        }

        return result;
    }

    public static MatrixValue Identity(int size) => Of(size, size, (row, column) => row == column ? 1 : 0);

    public double[] Row(int row) => [.. Enumerable.Range(0, Columns).Select(column => this[row, column])];

    public double[] Column(int column) => [.. Enumerable.Range(0, Rows).Select(row => this[row, column])];
}

/// <summary>A function of matrices; an operand that is one number is a matrix of one row and one column.</summary>
internal delegate MatrixValue MatrixFunction(params MatrixValue[] operands);
