using System.Runtime.CompilerServices;
using OptDsl.Kernels;

namespace OptDsl.Matrices;

public static partial class MatrixMath
{
    /// <summary>Newton–Schulz steps X := aX + (bA + cA²)X with A = XXᵀ.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">X before the first step, scaled so that no singular value is beyond 1.</param>
    /// <param name="coefficients">The number of a set of coefficients.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="result">Receives the rows of the result; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The result has another size, or shares memory with the matrix.</exception>
    public static void NewtonSchulz<T>(Matrix<T> matrix, double coefficients, double steps, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        Check(matrix, result, workspace);
        Matrices.NewtonSchulz.Run(matrix, coefficients, steps, result, workspace);
    }

    /// <summary>The orthogonal factor of a matrix: all singular values other than 0 made 1. NaN where the matrix is not finite.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="result">Receives the rows of the factor; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The result has another size, or shares memory with the matrix.</exception>
    public static void PolarFactor<T>(Matrix<T> matrix, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        Check(matrix, result, workspace);
        Matrices.PolarFactor.Run(matrix, result, workspace);
    }

    /// <summary>
    /// The inverse root of a symmetric matrix without negative eigenvalues, in the sense of pseudo-inverses: an eigenvalue of 0 stays 0.
    /// NaN where the matrix is not finite.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="order">Which root: 2 for the square root.</param>
    /// <param name="result">Receives the rows of the result; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or the result has another size or shares memory with it.</exception>
    public static void InverseRoot<T>(Matrix<T> matrix, double order, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        CheckSquare(matrix, result, workspace);
        Matrices.InverseRoot.Run(matrix, order, result, workspace);
    }

    /// <summary>
    /// The eigenvectors of a symmetric matrix, as columns, by eigenvalues from the largest down; the largest entry of each is positive.
    /// NaN where the matrix is not finite.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="result">Receives the rows of the result; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or the result has another size or shares memory with it.</exception>
    public static void Eigenvectors<T>(Matrix<T> matrix, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        CheckSquare(matrix, result, workspace);
        var size = matrix.Rows;
        var vectors = workspace.Rent<double>(MatrixWorkspace.Buffer.First, size * size);
        var work = workspace.Rent<double>(MatrixWorkspace.Buffer.Second, Eigensystem.LengthOfWork(size) + size);
        matrix.CopyToSymmetric(vectors);
        Eigensystem.Decompose(vectors, work[..size], work[size..]);
        new Matrix<double>(vectors, size, size).Transposed.CopyTo(result);
    }

    /// <summary>
    /// The orthogonal factor of the QR decomposition of a square matrix whose triangular factor has a positive diagonal. NaN where the
    /// matrix is not finite.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="result">Receives the rows of the factor; shares no memory with the matrix.</param>
    /// <param name="workspace">Who helps, and the memory for what is on the way.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or the result has another size or shares memory with it.</exception>
    public static void Orthogonal<T>(Matrix<T> matrix, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        CheckSquare(matrix, result, workspace);
        OrthogonalColumns.Run(matrix, result, workspace);
    }

    /// <summary>
    /// The permutation that orders numbers from the largest down, equal ones as they are: the product of a matrix and it has the columns of
    /// the matrix in that order.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <param name="result">Receives the rows of the permutation.</param>
    /// <exception cref="ArgumentException">The result has another size.</exception>
    public static void Ordering<T>(ReadOnlySpan<T> values, Span<T> result)
        where T : unmanaged
    {
        if (result.Length != (long)values.Length * values.Length)
            throw new ArgumentException($"The permutation of {values.Length} numbers has not {result.Length} elements.", nameof(result));
        result.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            var place = 0;
            for (var j = 0; j < values.Length; j++)
            {
                // As sorting does, NaN last.
                var comparison = Elements.ToDouble(values[j]).CompareTo(Elements.ToDouble(values[i]));
                if (comparison > 0 || (comparison == 0 && j < i))
                    place++;
            }

            result[(i * values.Length) + place] = Elements.Of<T>(1);
        }
    }

    private static void CheckSquare<T>(Matrix<T> matrix, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        Check(matrix, result, workspace);
        if (matrix.Rows != matrix.Columns)
            throw new ArgumentException($"A matrix of {matrix.Rows} × {matrix.Columns} is not square.", nameof(matrix));
    }

    private static void Check<T>(Matrix<T> matrix, Span<T> result, MatrixWorkspace workspace, [CallerArgumentExpression(nameof(result))] string argument = "")
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (result.Length != matrix.Elements.Length)
            throw new ArgumentException($"The result has {result.Length} elements, and the matrix is {matrix.Rows} × {matrix.Columns}.", argument);
        if (matrix.Elements.Overlaps(result))
            throw new ArgumentException("The result shares memory with the matrix.", argument);
    }
}
