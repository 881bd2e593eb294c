using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Plans.Graph;

/// <summary>How values of matrices come about.</summary>
internal static class MatrixOps
{
    /// <summary>True for a value a row, from a pass over the elements of the row.</summary>
    public static bool IsOfRows(this Op op) => op is Op.RowSum or Op.RowNorm or Op.RowMax;

    /// <summary>True for a value a column, from a pass over all rows.</summary>
    public static bool IsOfColumns(this Op op) => op is Op.ColumnSum or Op.ColumnNorm or Op.ColumnMax;

    /// <summary>True for a value a row or a column.</summary>
    public static bool IsAlongAxis(this Op op) => op.IsOfRows() || op.IsOfColumns();

    /// <summary>True for what is computed of whole matrices in memory, between passes.</summary>
    public static bool IsOfWholeMatrices(this Op op) => op is Op.Identity or Op.MatrixProduct or Op.Transpose or Op.Diagonal
        or Op.PolarFactor or Op.NewtonSchulz or Op.InverseRoot or Op.Eigenvectors or Op.Orthogonal or Op.Ordering;

    /// <summary>True for what is known only once it has been written to memory.</summary>
    public static bool IsWritten(this Op op) => op.IsAlongAxis() || op.IsOfWholeMatrices();

    /// <summary>The matrices that an operation reads: of a product, what is transposed is read so.</summary>
    public static ImmutableArray<Node> Inputs(this Node operation) =>
        [.. operation.Operands.Where(operand => !operand.IsScalar).Select(operand => operation.Op == Op.MatrixProduct && operand.Op == Op.Transpose ? operand.Operands[0] : operand)];

    /// <summary>What a pass that reduces some values goes over.</summary>
    public static Cardinality Domain(this Node reduction) =>
        reduction.Operands.Aggregate(Cardinality.PerStep, (shape, operand) => Cardinalities.Larger(shape, operand.Cardinality));

    /// <summary>True for a row or a column of numbers.</summary>
    public static bool IsVector(this Cardinality shape) => !shape.IsSingle() && (shape.Height() == Extent.One || shape.Width() == Extent.One);
}
