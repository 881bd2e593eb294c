using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <content>Functions of matrices.</content>
internal sealed partial class GraphBuilder
{
    private Node OfMatrices(MatrixExpr matrix)
    {
        var arguments = matrix.Arguments.Select(argument => argument.Cardinality.IsSingle() ? Translate(argument) : Shaped(Translate(argument), argument.Cardinality)).ToImmutableArray();
        var result = matrix.Function switch
        {
            Op.Transpose => Transposed(arguments[0]),
            Op.MatrixProduct => Product(matrix, arguments[0], arguments[1]),
            Op.Trace => _algebra.Reduce(Op.Sum, Cardinality.PerTensor, _table.Shaped(Op.Diagonal, Shapes.Of(arguments[0].Cardinality.Height(), Extent.One), arguments[0])),
            Op.RowSum or Op.ColumnSum or Op.RowNorm or Op.ColumnNorm or Op.RowMax or Op.ColumnMax => AlongAxis(matrix, arguments[0]),
            _ => _table.Shaped(matrix.Function, matrix.Cardinality, arguments),
        };
        _reductions.AddRange(Traversal.InOrder([result], node => node.Op.IsReduction() || node.Op.IsWritten() ? [] : node.Operands)
            .Where(node => node.Op.IsReduction() || node.Op.IsWritten()).Select(node => new KeyValuePair<Expr, Node>(matrix, node)));
        return result;
    }

    private Node Shaped(Node value, Cardinality shape) => value.Cardinality == shape ? value : _table.Shaped(Op.Copy, shape, value);

    private Node Transposed(Node value) => value.Op == Op.Transpose ? value.Operands[0] : _table.Shaped(Op.Transpose, value.Cardinality.Transposed(), value);

    /// <summary>A product of a column and a row of numbers has a factor for each element; one of a row and a column is a sum.</summary>
    private Node Product(MatrixExpr matrix, Node left, Node right)
    {
        var (leftFactor, leftCore) = Scaled(left);
        var (rightFactor, rightCore) = Scaled(right);
        return left.Cardinality.Width() == Extent.One ? Shaped(_algebra.Apply(Op.Multiply, left, right), matrix.Cardinality)
            : matrix.Cardinality.IsSingle() ? _algebra.Dot(Cardinality.PerTensor, Transposed(left), right)
            : _algebra.Apply(Op.Multiply, _algebra.Apply(Op.Multiply, leftFactor, rightFactor), _table.Shaped(Op.MatrixProduct, matrix.Cardinality, leftCore, rightCore));
    }

    /// <summary>A factor of a matrix leaves its products: what is multiplied is in memory then, and no copy of it has to be scaled.</summary>
    private Term Scaled(Node value)
    {
        if (value.Op == Op.Transpose)
        {
            var (factor, core) = Scaled(value.Operands[0]);
            return new Term(factor, Transposed(core));
        }

        return value.Op == Op.Linear && value.Operands.Length == 3 && value.Offset.Is(0) && value.Operands[2].Cardinality == value.Cardinality
            ? new Term(value.Operands[1], value.Operands[2])
            : new Term(_table.Constant(1), value);
    }

    /// <summary>What is taken along rows or columns; of one value, the value itself.</summary>
    private Node AlongAxis(MatrixExpr matrix, Node value)
    {
        var extent = matrix.Function.IsOfRows() ? value.Cardinality.Width() : value.Cardinality.Height();
        return (extent == Extent.One, matrix.Function) switch
        {
            (true, Op.RowNorm or Op.ColumnNorm) => _algebra.Apply(Op.Abs, value),
            (true, _) => value,
            (_, Op.RowSum or Op.ColumnSum) when matrix.Cardinality.IsSingle() => _algebra.Reduce(Op.Sum, Cardinality.PerTensor, value),
            (_, Op.RowNorm or Op.ColumnNorm) when matrix.Cardinality.IsSingle() => _algebra.Reduce(Op.Norm, Cardinality.PerTensor, value),
            _ => _table.Shaped(matrix.Function, matrix.Cardinality, value),
        };
    }
}
