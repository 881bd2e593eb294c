using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// Bounds on the errors of functions of matrices, whose terms may be summed in any order in the format. Of what iterates or decomposes
/// nothing is known.
/// </summary>
internal static class MatrixBounds
{
    /// <param name="function">The function.</param>
    /// <param name="values">The value of the first operand, and of the second.</param>
    /// <param name="errors">How far each may be from that of another implementation.</param>
    /// <param name="result">The function's value.</param>
    /// <param name="roundoff">The relative error of one rounding.</param>
    public static double[] Of(Op function, (MatrixValue First, MatrixValue Second) values, (MatrixValue First, MatrixValue Second) errors, double[] result, double roundoff) => function switch
    {
        Op.Rows or Op.Columns or Op.Rank or Op.Identity => new double[result.Length],
        Op.Transpose => Matrices.Transpose(errors.First).Values,
        Op.Diagonal => Matrices.Diagonal(errors.First).Values,
        Op.Trace => [Sum(Matrices.Diagonal(values.First).Values, Matrices.Diagonal(errors.First).Values, roundoff)],
        Op.MatrixProduct => Product(values, errors, roundoff),
        Op.RowSum => [.. Enumerable.Range(0, values.First.Rows).Select(row => Sum(values.First.Row(row), errors.First.Row(row), roundoff))],
        Op.RowNorm => [.. Enumerable.Range(0, values.First.Rows).Select(row => Norm(values.First.Row(row), errors.First.Row(row), roundoff))],
        Op.RowMax => [.. Enumerable.Range(0, errors.First.Rows).Select(row => errors.First.Row(row).Max())],
        Op.ColumnSum or Op.ColumnNorm or Op.ColumnMax => Of(
            function switch { Op.ColumnSum => Op.RowSum, Op.ColumnNorm => Op.RowNorm, _ => Op.RowMax },
            (Matrices.Transpose(values.First), values.Second), (Matrices.Transpose(errors.First), errors.Second), result, roundoff),
        _ => [.. result.Select(_ => double.PositiveInfinity)],
    };

    private static double[] Product((MatrixValue First, MatrixValue Second) values, (MatrixValue First, MatrixValue Second) errors, double roundoff) => MatrixValue.Of(
        values.First.Rows, values.Second.Columns, (row, column) =>
        {
            var total = 0.0;
            for (var i = 0; i < values.First.Columns; i++)
            {
                var (left, right) = (new Approximate(values.First[row, i], errors.First[row, i]), new Approximate(values.Second[i, column], errors.Second[i, column]));
                total += ErrorRules.OfProduct(left, right, default) + ((values.First.Columns + 2) * roundoff * Math.Abs(left.Value * right.Value));
            }

            return double.IsNaN(total) ? double.PositiveInfinity : total;
        }).Values;

    private static double Sum(double[] values, double[] errors, double roundoff) => errors.Sum() + ((values.Length + 2) * roundoff * values.Sum(Math.Abs));

    private static double Norm(double[] values, double[] errors, double roundoff) =>
        Reductions.Norm(errors, errors, errors.Length) + ((values.Length + 4) * roundoff * Reductions.Norm(values, values, values.Length));
}
