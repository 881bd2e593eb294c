using System.ComponentModel;

namespace OptDsl.Matrices;

/// <summary>
/// Products and functions of matrices: the same bits for every number of threads and every width of vectors that can contract. For
/// generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class MatrixMath
{
    /// <summary>result = left · right</summary>
    /// <inheritdoc cref="MultiplyAdd{T}"/>
    public static void Multiply<T>(Matrix<T> left, Matrix<T> right, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged => MultiplyAdd(1, left, right, 0, [], result, workspace);

    /// <summary>result = factor · left · right + weight · addend</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">What the product is multiplied by.</param>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="weight">What the addend is multiplied by.</param>
    /// <param name="addend">What is added, as large as the result; may be the result itself, or empty for nothing.</param>
    /// <param name="result">Receives the rows of the result; shares no memory with the factors.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The dimensions do not fit, or the result shares memory with a factor.</exception>
    public static void MultiplyAdd<T>(
        double factor, Matrix<T> left, Matrix<T> right, double weight, ReadOnlySpan<T> addend, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged => Run(factor, left, right, weight, addend, result, workspace, isSymmetric: false);

    /// <summary>result = factor · matrix · matrixᵀ + weight · addend, at half the work of a product.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">What the product is multiplied by.</param>
    /// <param name="matrix">The matrix; its transpose for matrixᵀ · matrix, and a symmetric one for its square.</param>
    /// <param name="weight">What the addend is multiplied by.</param>
    /// <param name="addend">What is added, symmetric; may be the result itself, or empty for nothing.</param>
    /// <param name="result">Receives the rows of the result, which is symmetric to the bit; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The dimensions do not fit, or the result shares memory with the matrix.</exception>
    public static void MultiplyByTranspose<T>(double factor, Matrix<T> matrix, double weight, ReadOnlySpan<T> addend, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged => Run(factor, matrix, matrix.Transposed, weight, addend, result, workspace, isSymmetric: true);

    private static unsafe void Run<T>(
        double factor, Matrix<T> left, Matrix<T> right, double weight, ReadOnlySpan<T> addend, Span<T> result, MatrixWorkspace workspace, bool isSymmetric)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (left.Columns != right.Rows)
            throw new ArgumentException($"A matrix of {left.Columns} columns cannot be multiplied by one of {right.Rows} rows.", nameof(right));
        var length = (long)left.Rows * right.Columns;
        if (result.Length != length)
            throw new ArgumentException($"The result has {result.Length} elements, and the product {left.Rows} × {right.Columns}.", nameof(result));
        if (!addend.IsEmpty && addend.Length != length)
            throw new ArgumentException($"The addend has {addend.Length} elements, and the product {left.Rows} × {right.Columns}.", nameof(addend));
        if (left.Elements.Overlaps(result) || right.Elements.Overlaps(result))
            throw new ArgumentException("The result shares memory with a factor.", nameof(result));
        if (length == 0)
            return;

        fixed (T* leftElements = left.Elements, rightElements = right.Elements, target = result, added = addend)
        {
            nint stride = right.Columns;
            workspace.Product<T>().Run(
                workspace,
                new Operand<T>(leftElements, left.IsTransposed ? left.Rows : left.Columns, runsAlongLines: !left.IsTransposed),
                new Operand<T>(rightElements, right.IsTransposed ? right.Rows : right.Columns, runsAlongLines: right.IsTransposed),
                left.Columns,
                new TileOutput<T>(factor, weight, target, stride, added, stride, left.Rows, right.Columns),
                isSymmetric);
        }
    }
}
