using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>
/// The orthogonal factor of the QR decomposition of a square matrix: each column made orthogonal to those before it, twice, so that
/// rounding leaves nothing, and of length 1. A column that those before it span becomes the first axis that they do not.
/// </summary>
internal static class OrthogonalColumns
{
    private const double Roundoff = 1.1102230246251565e-16;

    public static void Run<T>(Matrix<T> source, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        var size = source.Rows;
        var columns = workspace.Rent<double>(MatrixWorkspace.Buffer.First, size * size);
        source.Transposed.CopyTo(columns);
        var scale = Eigensystem.ScaleOf(columns);
        if (scale == 0)
        {
            result.Fill(Elements.Of<T>(double.NaN));
            return;
        }

        for (var i = 0; i < size; i++)
        {
            var column = columns.Slice(i * size, size);
            DoubleRows.Scale(column, Eigensystem.ScaleOf(column));
            var whole = DoubleRows.Norm(column);
            MakeOrthogonal(column, columns, i);
            for (var axis = 0; !(DoubleRows.Norm(column) > whole * size * Roundoff) && axis < size; axis++)
            {
                column.Clear();
                column[axis] = 1;
                MakeOrthogonal(column, columns, i);
                whole = DoubleRows.Norm(column) > 1 / Math.Sqrt(2.0 * size) ? 0 : double.PositiveInfinity;
            }

            DoubleRows.Scale(column, 1 / DoubleRows.Norm(column));
        }

        new Matrix<double>(columns, size, size).Transposed.CopyTo(result);
    }

    private static void MakeOrthogonal(Span<double> column, ReadOnlySpan<double> columns, int count)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                var other = columns.Slice(i * column.Length, column.Length);
                DoubleRows.AddScaled(column, -DoubleRows.Dot(column, other), other);
            }
        }
    }
}
