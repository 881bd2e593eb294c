namespace OptDsl.Matrices;

/// <summary>
/// The inverse root of a symmetric matrix by its eigenvalues, of which the magnitudes count: what is negative is so by rounding. An
/// eigenvalue of 0 stays 0.
/// </summary>
internal static class InverseRoot
{
    public static void Run<T>(Matrix<T> source, double order, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        var size = source.Rows;
        var vectors = workspace.Rent<double>(MatrixWorkspace.Buffer.First, size * size);
        var work = workspace.Rent<double>(MatrixWorkspace.Buffer.Second, Eigensystem.LengthOfWork(size) + size);
        var values = work[..size];
        source.CopyToSymmetric(vectors);
        Eigensystem.Decompose(vectors, values, work[size..]);
        for (var i = 0; i < size; i++)
            DoubleRows.Scale(vectors.Slice(i * size, size), values[i] == 0 ? 0 : Math.Pow(Math.Abs(values[i]), -0.5 / order));
        var root = work.Slice(size, size * size);
        MatrixMath.MultiplyByTranspose(1, new Matrix<double>(vectors, size, size).Transposed, 0, [], root, workspace);
        new Matrix<double>(root, size, size).CopyTo(result);
    }
}
