using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>
/// The orthogonal factor of a matrix, every singular value other than 0 made 1. The rows, or columns where they are fewer, are turned
/// until they are orthogonal to each other, first by the eigenvectors of their products, then in pairs, which is exact for small ones
/// too; then they are made equally long and turned back.
/// </summary>
internal static class PolarFactor
{
    private const int MostSweeps = 60;

    private const double Roundoff = 1.1102230246251565e-16;

    public static void Run<T>(Matrix<T> source, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        var isTall = source.Rows > source.Columns;
        var matrix = isTall ? source.Transposed : source;
        var (size, length) = (matrix.Rows, matrix.Columns);
        var rows = workspace.Rent<double>(MatrixWorkspace.Buffer.First, size * length);
        matrix.CopyTo(rows);
        var scale = Eigensystem.ScaleOf(rows);
        if (scale == 0)
        {
            result.Fill(Elements.Of<T>(double.NaN));
            return;
        }

        DoubleRows.Scale(rows, scale);
        var turns = workspace.Rent<double>(MatrixWorkspace.Buffer.Second, size * size);
        var turned = workspace.Rent<double>(MatrixWorkspace.Buffer.Third, size * length);
        var work = workspace.Rent<double>(MatrixWorkspace.Buffer.Fourth, Eigensystem.LengthOfWork(size) + size);
        MatrixMath.MultiplyByTranspose(1, new Matrix<double>(rows, size, length), 0, [], turns, workspace);
        Eigensystem.Decompose(turns, work[..size], work[size..]);
        MatrixMath.Multiply<double>(new(turns, size, size), new(rows, size, length), turned, workspace);
        Separate(turned, turns, size, length);
        MakeEquallyLong(turned, size, length);
        MatrixMath.Multiply<double>(new Matrix<double>(turns, size, size).Transposed, new(turned, size, length), rows, workspace);
        var factor = new Matrix<double>(rows, size, length);
        (isTall ? factor.Transposed : factor).CopyTo(result);
    }

    /// <summary>Turns the rows in pairs until all are orthogonal to each other.</summary>
    private static void Separate(Span<double> rows, Span<double> turns, int size, int length)
    {
        for (var (sweep, isDone) = (0, false); !isDone && sweep < MostSweeps; sweep++)
        {
            isDone = true;
            for (var i = 0; i < size; i++)
            {
                for (var j = i + 1; j < size; j++)
                    isDone &= AreSeparate(rows.Slice(i * length, length), rows.Slice(j * length, length), turns.Slice(i * size, size), turns.Slice(j * size, size));
            }
        }
    }

    private static bool AreSeparate(Span<double> first, Span<double> second, Span<double> turnOfFirst, Span<double> turnOfSecond)
    {
        var product = DoubleRows.Dot(first, second);
        var (above, below) = (DoubleRows.Dot(first, first), DoubleRows.Dot(second, second));
        if (!(Math.Abs(product) > 2 * Roundoff * Math.Sqrt(above) * Math.Sqrt(below)))
            return true;
        var ratio = (below - above) / (2 * product);
        var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(ratio, 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        DoubleRows.Rotate(first, second, cosine, tangent * cosine);
        DoubleRows.Rotate(turnOfFirst, turnOfSecond, cosine, tangent * cosine);
        return false;
    }

    private static void MakeEquallyLong(Span<double> rows, int size, int length)
    {
        var longest = 0.0;
        for (var i = 0; i < size; i++)
            longest = Math.Max(longest, DoubleRows.Norm(rows.Slice(i * length, length)));
        for (var i = 0; i < size; i++)
        {
            var row = rows.Slice(i * length, length);
            var norm = DoubleRows.Norm(row);
            DoubleRows.Scale(row, norm > longest * length * Roundoff ? 1 / norm : 0);
        }
    }
}
