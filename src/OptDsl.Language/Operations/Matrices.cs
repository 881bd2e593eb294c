namespace OptDsl.Language.Operations;

/// <summary>The functions of matrices in double, by the plainest exact algorithms: the reference for kernels, and not fast.</summary>
internal static class Matrices
{
    public static MatrixValue Product(params MatrixValue[] operands)
    {
        var (left, right) = (operands[0], operands[1]);
        return MatrixValue.Of(left.Rows, right.Columns, (row, column) =>
        {
            var sum = new NeumaierSum();
            for (var i = 0; i < left.Columns; i++)
                sum.Add(left[row, i] * right[i, column]);
            return sum.Value;
        });
    }

    public static MatrixValue Transpose(params MatrixValue[] operands) =>
        MatrixValue.Of(operands[0].Columns, operands[0].Rows, (row, column) => operands[0][column, row]);

    /// <summary>What a function makes of each row.</summary>
    public static MatrixFunction OfRows(TensorFunction function) => operands =>
        MatrixValue.Of(operands[0].Rows, 1, (row, _) => operands[0].Row(row) is var values ? function(values, values, values.Length) : 0);

    /// <summary>What a function makes of each column.</summary>
    public static MatrixFunction OfColumns(TensorFunction function) => operands =>
        MatrixValue.Of(1, operands[0].Columns, (_, column) => operands[0].Column(column) is var values ? function(values, values, values.Length) : 0);

    public static double Largest(double[] values, double[] unused, int count)
    {
        var largest = double.NegativeInfinity;
        for (var index = 0; index < count; index++)
            largest = Math.Max(largest, Reductions.At(values, index));
        return largest;
    }

    public static MatrixValue Trace(params MatrixValue[] operands)
    {
        var sum = new NeumaierSum();
        for (var i = 0; i < operands[0].Rows; i++)
            sum.Add(operands[0][i, i]);
        return new MatrixValue(1, 1, [sum.Value]);
    }

    public static MatrixValue Diagonal(params MatrixValue[] operands) => MatrixValue.Of(operands[0].Rows, 1, (row, _) => operands[0][row, row]);

    public static MatrixValue Ordering(params MatrixValue[] operands)
    {
        var values = operands[0].Values;
        var order = Enumerable.Range(0, values.Length).OrderByDescending(index => values[index]).ToArray();
        return MatrixValue.Of(values.Length, values.Length, (row, column) => order[column] == row ? 1 : 0);
    }

    public static MatrixValue NewtonSchulz(params MatrixValue[] operands)
    {
        var x = operands[0];
        var isTall = x.Rows > x.Columns;
        if (isTall)
            x = Transpose(x);
        var steps = Math.Max(0, Math.Min(MostSteps, (int)operands[2].Values[0]));
        for (var step = 0; step < steps; step++)
        {
            var (a, b, c) = NewtonSchulzCoefficients.Of(operands[1].Values[0], step);
            var square = Product(x, Transpose(x));
            var fourth = Product(square, square);
            var factor = MatrixValue.Of(x.Rows, x.Rows, (row, column) => (b * square[row, column]) + (c * fourth[row, column]));
            var change = Product(factor, x);
            var last = x;
            x = MatrixValue.Of(x.Rows, x.Columns, (row, column) => (a * last[row, column]) + change[row, column]);
        }

        return isTall ? Transpose(x) : x;
    }

    /// <summary>More steps than this do nothing.</summary>
    private const int MostSteps = 1000;

    /// <summary>Every singular value other than 0 made 1.</summary>
    public static MatrixValue PolarFactor(params MatrixValue[] operands)
    {
        if (!operands[0].Values.All(IsFinite))
            return MatrixValue.Of(operands[0].Rows, operands[0].Columns, (_, _) => double.NaN);
        if (operands[0].Rows < operands[0].Columns)
            return Transpose(PolarFactor(Transpose(operands[0])));
        var (scaled, right) = Decompose.Singular(operands[0]);
        var lengths = Enumerable.Range(0, scaled.Columns).Select(column => Length(scaled.Column(column))).ToArray();
        var least = lengths.DefaultIfEmpty(0).Max() * scaled.Rows * Roundoff;
        return MatrixValue.Of(scaled.Rows, scaled.Columns, (row, column) =>
        {
            var sum = new NeumaierSum();
            for (var i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] > least)
                    sum.Add(scaled[row, i] / lengths[i] * right[column, i]);
            }

            return sum.Value;
        });
    }

    /// <summary>Of each eigenvalue the magnitude counts: what is negative is so by rounding. An eigenvalue of 0 stays 0.</summary>
    public static MatrixValue InverseRoot(params MatrixValue[] operands)
    {
        var (values, vectors) = Decompose.Symmetric(operands[0]);
        var power = -1 / operands[1].Values[0];
        var roots = values.Select(value => value == 0 ? 0 : Math.Pow(Math.Abs(value), power)).ToArray();
        return MatrixValue.Of(operands[0].Rows, operands[0].Rows, (row, column) =>
        {
            var sum = new NeumaierSum();
            for (var i = 0; i < roots.Length; i++)
                sum.Add(vectors[row, i] * roots[i] * vectors[column, i]);
            return sum.Value;
        });
    }

    public static MatrixValue Eigenvectors(params MatrixValue[] operands) => Decompose.Symmetric(operands[0]).Vectors;

    /// <summary>
    /// The columns made orthogonal to those before them, twice, so that rounding leaves nothing, and of length 1. A column that the ones
    /// before it span becomes the first axis that they do not.
    /// </summary>
    public static MatrixValue Orthogonal(params MatrixValue[] operands)
    {
        var matrix = operands[0];
        var result = new MatrixValue(matrix.Rows, matrix.Columns);
        for (var column = 0; column < matrix.Columns; column++)
        {
            var vector = matrix.Column(column);
            var rest = Rest(vector, result, column);
            for (var axis = 0; !(Length(rest) > Length(vector) * matrix.Rows * Roundoff) && axis < matrix.Rows && vector.All(IsFinite); axis++)
            {
                vector = [.. Enumerable.Range(0, matrix.Rows).Select(row => row == axis ? 1.0 : 0)];
                rest = Rest(vector, result, column);
                if (Length(rest) > 1 / Math.Sqrt(2 * matrix.Rows))
                    break;
            }

            var length = Length(rest);
            for (var row = 0; row < matrix.Rows; row++)
                result[row, column] = rest[row] / length;
        }

        return result;
    }

    private static double[] Rest(double[] vector, MatrixValue basis, int count)
    {
        var rest = (double[])vector.Clone();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                var along = basis.Column(i);
                var projection = Reductions.Dot(rest, along, rest.Length);
                for (var row = 0; row < rest.Length; row++)
                    rest[row] -= projection * along[row];
            }
        }

        return rest;
    }

    private static double Length(double[] vector) => Reductions.Norm(vector, vector, vector.Length);

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    private const double Roundoff = 1.1102230246251565e-16;
}
