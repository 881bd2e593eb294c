namespace OptDsl.Matrices;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: by Householder's reflections to three diagonals, then by implicit QL steps, which
/// turn the eigenvectors along with them.
/// </summary>
/// <remarks>Errors are of the size of rounding of the largest eigenvalue. It ends for any input; of one that is not finite all is NaN.</remarks>
internal static class Eigensystem
{
    // Two or three steps are usual.
    private const int MostStepsOfAnEigenvalue = 60;

    private const double Roundoff = 1.1102230246251565e-16;

    // Beside what is scaled to 1.
    private const double Nothing = 1e-290;

    /// <summary>The number of doubles beside the matrix that <see cref="Decompose"/> works with.</summary>
    public static int LengthOfWork(int size) => (size * size) + (3 * size);

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">The matrix, of which the part above the diagonal counts; becomes the eigenvectors, a row each, the largest entry of each positive.</param>
    /// <param name="values">Receives the eigenvalues, from the largest down.</param>
    /// <param name="work">As long as <see cref="LengthOfWork"/> says; overwritten.</param>
    public static void Decompose(Span<double> matrix, Span<double> values, Span<double> work)
    {
        var size = values.Length;
        var scale = ScaleOf(matrix);
        if (scale == 0)
        {
            values.Fill(double.NaN);
            matrix.Fill(double.NaN);
            return;
        }

        DoubleRows.Scale(matrix, scale);
        var beside = work.Slice(size * size, size);
        var factors = work.Slice((size * size) + size, size);
        var vectors = work[..(size * size)];
        Tridiagonalize(matrix, values, beside, factors, work.Slice((size * size) + (2 * size), size));
        Accumulate(matrix, factors, vectors, work.Slice((size * size) + (2 * size), size));
        DoubleRows.Transpose(vectors, size);
        Diagonalize(values, beside, vectors);
        Order(values, vectors, matrix, beside, scale);
    }

    /// <summary>A power of two that brings the largest magnitude near 1, or 1 of zeros; 0 of what is not finite.</summary>
    public static double ScaleOf(ReadOnlySpan<double> elements)
    {
        var largest = 0.0;
        foreach (var element in elements)
        {
            if (!double.IsFinite(element))
                return 0;
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest == 0 ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }

    /// <summary>
    /// Leaves the diagonal and what is beside it, and in each row right of the diagonal the vector of the reflection that made it so:
    /// I - factor · v · vᵀ.
    /// </summary>
    private static void Tridiagonalize(Span<double> matrix, Span<double> diagonal, Span<double> beside, Span<double> factors, Span<double> image)
    {
        var size = diagonal.Length;
        for (var k = 0; k < size; k++)
        {
            diagonal[k] = matrix[(k * size) + k];
            beside[k] = factors[k] = 0;
            if (k + 1 == size)
                return;
            var first = k + 1;
            var vector = matrix.Slice((k * size) + first, size - first);
            beside[k] = vector[0];
            if (vector.Length == 1)
                continue;
            factors[k] = Reflect(vector, out beside[k]);
            if (factors[k] == 0)
                continue;

            var rest = image[first..];
            for (var row = first; row < size; row++)
                rest[row - first] = factors[k] * DoubleRows.Dot(matrix.Slice((row * size) + first, size - first), vector);
            DoubleRows.AddScaled(rest, -0.5 * factors[k] * DoubleRows.Dot(rest, vector), vector);
            for (var row = first; row < size; row++)
            {
                var elements = matrix.Slice((row * size) + first, size - first);
                DoubleRows.AddScaled(elements, -vector[row - first], rest);
                DoubleRows.AddScaled(elements, -rest[row - first], vector);
            }
        }
    }

    /// <summary>Makes of a vector the one that reflects it on the first axis; 0 where it lies there.</summary>
    private static double Reflect(Span<double> vector, out double length)
    {
        length = vector[0];
        if (vector[1..].IndexOfAnyExcept(0.0) < 0)
            return 0;

        // Scaled, so that squares of small numbers do not vanish.
        var scale = ScaleOf(vector);
        DoubleRows.Scale(vector, scale);
        var norm = Math.CopySign(DoubleRows.Norm(vector), length);
        length = -norm / scale;
        vector[0] += norm;
        return 2 / DoubleRows.Dot(vector, vector);
    }

    /// <summary>The product of all reflections.</summary>
    private static void Accumulate(ReadOnlySpan<double> reflections, ReadOnlySpan<double> factors, Span<double> product, Span<double> image)
    {
        var size = factors.Length;
        product.Clear();
        for (var i = 0; i < size; i++)
            product[(i * size) + i] = 1;
        for (var k = size - 2; k >= 0; k--)
        {
            if (factors[k] == 0)
                continue;
            var first = k + 1;
            var vector = reflections.Slice((k * size) + first, size - first);
            var row = image[first..];
            row.Clear();
            for (var i = first; i < size; i++)
                DoubleRows.AddScaled(row, vector[i - first], product.Slice((i * size) + first, size - first));
            for (var i = first; i < size; i++)
                DoubleRows.AddScaled(product.Slice((i * size) + first, size - first), -factors[k] * vector[i - first], row);
        }
    }

    /// <summary>Turns the rows until nothing is left beside the diagonal.</summary>
    private static void Diagonalize(Span<double> diagonal, Span<double> beside, Span<double> vectors)
    {
        var size = diagonal.Length;
        for (var low = 0; low < size; low++)
        {
            for (var step = 0; step < MostStepsOfAnEigenvalue; step++)
            {
                var high = low;
                while (high + 1 < size && !IsNothing(beside[high], diagonal[high], diagonal[high + 1]))
                    high++;
                if (high == low)
                    break;
                TakeStep(diagonal, beside, vectors, low, high);
            }
        }
    }

    private static bool IsNothing(double beside, double above, double below) =>
        Math.Abs(beside) <= (Roundoff * (Math.Abs(above) + Math.Abs(below))) + Nothing;

    /// <summary>An implicit QL step with Wilkinson's shift on the rows from low to high.</summary>
    private static void TakeStep(Span<double> diagonal, Span<double> beside, Span<double> vectors, int low, int high)
    {
        var size = diagonal.Length;
        var ratio = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
        var bulge = diagonal[high] - diagonal[low] + (beside[low] / (ratio + Math.CopySign(double.Hypot(ratio, 1), ratio)));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        for (var i = high - 1; i >= low; i--)
        {
            var (leaving, staying) = (sine * beside[i], cosine * beside[i]);
            var radius = double.Hypot(leaving, bulge);
            beside[i + 1] = radius;
            if (radius == 0)
            {
                diagonal[i + 1] -= shift;
                beside[high] = 0;
                return;
            }

            (sine, cosine) = (leaving / radius, bulge / radius);
            var rest = diagonal[i + 1] - shift;
            radius = ((diagonal[i] - rest) * sine) + (2 * cosine * staying);
            shift = sine * radius;
            diagonal[i + 1] = rest + shift;
            bulge = (cosine * radius) - staying;
            DoubleRows.Rotate(vectors.Slice(i * size, size), vectors.Slice((i + 1) * size, size), cosine, sine);
        }

        diagonal[low] -= shift;
        beside[low] = bulge;
        beside[high] = 0;
    }

    private static void Order(Span<double> values, ReadOnlySpan<double> vectors, Span<double> ordered, Span<double> order, double scale)
    {
        var size = values.Length;
        for (var i = 0; i < size; i++)
            (values[i], order[i]) = (values[i] / scale, i);

        for (var place = 0; place < size; place++)
        {
            var best = place;
            for (var i = place + 1; i < size; i++)
            {
                if (values[i] > values[best])
                    best = i;
            }

            (values[place], values[best]) = (values[best], values[place]);
            (order[place], order[best]) = (order[best], order[place]);
        }

        for (var place = 0; place < size; place++)
        {
            var row = ordered.Slice(place * size, size);
            vectors.Slice((int)order[place] * size, size).CopyTo(row);
            if (row[IndexOfLargest(row)] < 0)
                DoubleRows.Scale(row, -1);
        }
    }

    private static int IndexOfLargest(ReadOnlySpan<double> row)
    {
        var largest = 0;
        for (var i = 1; i < row.Length; i++)
        {
            if (Math.Abs(row[i]) > Math.Abs(row[largest]))
                largest = i;
        }

        return largest;
    }
}
