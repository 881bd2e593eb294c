using OptDsl.Language.Operations;

namespace OptDsl.Matrices;

/// <summary>Steps X := aX + (bA + cA²)X with A = XXᵀ, or AᵀA and from the right where X is tall, which is the same at less work.</summary>
internal static class NewtonSchulz
{
    /// <summary>As many steps as the reference takes at most.</summary>
    private const double MostSteps = 1000;

    public static void Run<T>(Matrix<T> source, double coefficients, double steps, Span<T> result, MatrixWorkspace workspace)
        where T : unmanaged
    {
        // A step writes where the one before it does not read, and the last one to the result.
        var count = steps >= 1 ? (int)Math.Min(steps, MostSteps) : 0;
        var (rows, columns) = (source.Rows, source.Columns);
        var size = Math.Min(rows, columns);
        var aside = workspace.Rent<T>(MatrixWorkspace.Buffer.First, rows * columns);
        var square = workspace.Rent<T>(MatrixWorkspace.Buffer.Second, size * size);
        var polynomial = workspace.Rent<T>(MatrixWorkspace.Buffer.Third, size * size);
        var last = count % 2 == 0 ? result : aside;
        source.CopyTo(last);
        for (var step = 0; step < count; step++)
        {
            var next = (count - step) % 2 == 1 ? result : aside;
            var (a, b, c) = NewtonSchulzCoefficients.Of(coefficients, step);
            var x = new Matrix<T>(last, rows, columns);
            MatrixMath.MultiplyByTranspose(1, rows > columns ? x.Transposed : x, 0, [], square, workspace);
            var factor = new Matrix<T>(square, size, size);
            var weight = b;
            if (c != 0)
            {
                MatrixMath.MultiplyByTranspose(c, factor, b, square, polynomial, workspace);
                factor = new(polynomial, size, size);
                weight = 1;
            }

            if (rows > columns)
                MatrixMath.MultiplyAdd(weight, x, factor, a, last, next, workspace);
            else
                MatrixMath.MultiplyAdd(weight, factor, x, a, last, next, workspace);
            last = next;
        }
    }
}
