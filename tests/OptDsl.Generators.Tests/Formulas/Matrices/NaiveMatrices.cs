using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>Evaluates a model of matrices by walking its expressions, each a two-dimensional array, with other algorithms than the interpreter's.</summary>
internal sealed class NaiveMatrices
{
    private readonly RuleModel _model;
    private readonly int _rows;
    private readonly int _columns;
    private readonly Dictionary<Symbol, double[,]> _stored = [];
    private readonly Dictionary<Definition, double[,]> _values = [];
    private double[,] _gradient = new double[0, 0];
    private int _step;

    public NaiveMatrices(RuleModel model, int rows, int columns, double[] start)
    {
        (_model, _rows, _columns) = (model, rows, columns);
        _stored[model.Parameter] = Of(start);
        foreach (var state in model.States)
            _stored[state] = Full(Evaluate(model.Initials[state.Index]), Size(state.Cardinality.Height()), Size(state.Cardinality.Width()));
    }

    public IEnumerable<double> Parameter => _stored[_model.Parameter].Cast<double>();

    public void Step(double[] gradient)
    {
        (_gradient, _step) = (Of(gradient), _step + 1);
        foreach (var definition in _model.Definitions)
            _values[definition] = Full(Evaluate(definition.Value), Size(definition.Cardinality.Height()), Size(definition.Cardinality.Width()));
        foreach (var symbol in _stored.Keys.OfType<StoredSymbol>().ToList())
        {
            if (_model.Final(symbol) is { } final)
                _stored[symbol] = _values[final];
        }
    }

    private double[,] Evaluate(Expr expression) => expression switch
    {
        NumberExpr number => One(number.Value),
        StepExpr => One(_step),
        GradientExpr => _gradient,
        OldExpr old => _stored[old.Symbol],
        DefinedExpr defined => _values[defined.Definition],
        UnaryExpr unary => Each(unary.Operator, Evaluate(unary.Operand)),
        BinaryExpr binary => Each(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        CallExpr call => Each(call.Function, [.. call.Arguments.Select(Evaluate)]),
        ConditionalExpr choice => Each(Op.Select, Evaluate(choice.Condition), Evaluate(choice.WhenTrue), Evaluate(choice.WhenFalse)),
        DimensionExpr { Dimension: Op.Rows } => One(_rows),
        DimensionExpr { Dimension: Op.Columns } => One(_columns),
        DimensionExpr => One(2),
        ReduceExpr { Reduction: Op.Count } => One(_rows * _columns),
        ReduceExpr { Reduction: Op.Norm } reduce => One(Math.Sqrt(Evaluate(reduce.Arguments[0]).Cast<double>().Sum(value => value * value))),
        ReduceExpr { Reduction: Op.Sum } reduce => One(Evaluate(reduce.Arguments[0]).Cast<double>().Sum()),
        MatrixExpr matrix => OfMatrices(matrix, [.. matrix.Arguments.Select(Evaluate)]),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name),
    };

    private double[,] OfMatrices(MatrixExpr matrix, double[][,] operands) => matrix.Function switch
    {
        Op.Identity => Make(Size(matrix.Cardinality.Height()), Size(matrix.Cardinality.Width()), (i, j) => i == j ? 1 : 0),
        Op.MatrixProduct => Product(operands[0], operands[1]),
        Op.Transpose => Make(operands[0].GetLength(1), operands[0].GetLength(0), (i, j) => operands[0][j, i]),
        Op.RowSum => Make(operands[0].GetLength(0), 1, (i, _) => Row(operands[0], i).Sum()),
        Op.RowNorm => Make(operands[0].GetLength(0), 1, (i, _) => Math.Sqrt(Row(operands[0], i).Sum(value => value * value))),
        Op.RowMax => Make(operands[0].GetLength(0), 1, (i, _) => Row(operands[0], i).Max()),
        Op.ColumnSum => Make(1, operands[0].GetLength(1), (_, j) => Column(operands[0], j).Sum()),
        Op.ColumnNorm => Make(1, operands[0].GetLength(1), (_, j) => Math.Sqrt(Column(operands[0], j).Sum(value => value * value))),
        Op.ColumnMax => Make(1, operands[0].GetLength(1), (_, j) => Column(operands[0], j).Max()),
        Op.Trace => One(Enumerable.Range(0, operands[0].GetLength(0)).Sum(i => operands[0][i, i])),
        Op.Diagonal => Make(operands[0].GetLength(0), 1, (i, _) => operands[0][i, i]),
        Op.NewtonSchulz => NewtonSchulz(operands[0], (int)operands[2][0, 0]),
        Op.InverseRoot => InverseRoot(operands[0], operands[1][0, 0]),
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix.Function.ToString()),
    };

    /// <summary>The coefficients of the set "quintic".</summary>
    private static readonly (double A, double B, double C)[] s_quintic =
        [(4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012)];

    private static double[,] NewtonSchulz(double[,] x, int steps)
    {
        foreach (var (a, b, c) in s_quintic.Take(steps))
        {
            // By the columns' products: X(aI + bB + cB²) with B = XᵀX.
            var square = Product(Make(x.GetLength(1), x.GetLength(0), (i, j) => x[j, i]), x);
            var fourth = Product(square, square);
            x = Product(x, Make(square.GetLength(0), square.GetLength(0), (i, j) => (i == j ? a : 0) + (b * square[i, j]) + (c * fourth[i, j])));
        }

        return x;
    }

    /// <summary>The coupled Newton iteration of A^{-1/p}, of a symmetric matrix scaled to eigenvalues below 1.</summary>
    private static double[,] InverseRoot(double[,] matrix, double order)
    {
        var size = matrix.GetLength(0);
        var scale = Math.Sqrt(matrix.Cast<double>().Sum(value => value * value));
        if (!double.IsFinite(scale))
            return Make(size, size, (_, _) => double.NaN);
        var p = (int)order;
        var z = (1 + p) / (2 * scale);
        var m = Make(size, size, (i, j) => matrix[i, j] * z);
        var x = Make(size, size, (i, j) => i == j ? Math.Pow(z, 1.0 / p) : 0);
        for (var step = 0; step < 200; step++)
        {
            var next = Make(size, size, (i, j) => ((i == j ? p + 1 : 0) - m[i, j]) / p);
            x = Product(x, next);
            for (var power = 0; power < p; power++)
                m = Product(next, m);
        }

        return x;
    }

    private static double[,] Each(Op op, params double[][,] operands)
    {
        var (rows, columns) = (operands.Max(operand => operand.GetLength(0)), operands.Max(operand => operand.GetLength(1)));
        double At(int index, int i, int j) => index >= operands.Length ? 0 : operands[index][operands[index].GetLength(0) == 1 ? 0 : i, operands[index].GetLength(1) == 1 ? 0 : j];
        return Make(rows, columns, (i, j) => OperationTable.Of(op).Value!(At(0, i, j), At(1, i, j), At(2, i, j)));
    }

    private static double[,] Product(double[,] left, double[,] right) =>
        Make(left.GetLength(0), right.GetLength(1), (i, j) => Enumerable.Range(0, left.GetLength(1)).Sum(k => left[i, k] * right[k, j]));

    private static double[,] Full(double[,] value, int rows, int columns) => Make(rows, columns, (i, j) => value[value.GetLength(0) == 1 ? 0 : i, value.GetLength(1) == 1 ? 0 : j]);

    private static IEnumerable<double> Row(double[,] value, int i) => Enumerable.Range(0, value.GetLength(1)).Select(j => value[i, j]);

    private static IEnumerable<double> Column(double[,] value, int j) => Enumerable.Range(0, value.GetLength(0)).Select(i => value[i, j]);

    private double[,] Of(double[] values) => Make(_rows, _columns, (i, j) => values[(i * _columns) + j]);

    private int Size(Extent extent) => extent == Extent.Rows ? _rows : extent == Extent.Columns ? _columns : 1;

    private static double[,] One(double value) => Make(1, 1, (_, _) => value);

    private static double[,] Make(int rows, int columns, Func<int, int, double> value)
    {
        var result = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                result[i, j] = value(i, j);
        }

        return result;
    }
}
