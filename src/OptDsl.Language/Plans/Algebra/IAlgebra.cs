using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>How the operations of formulas become nodes: as written, or simplified.</summary>
internal interface IAlgebra
{
    Node Apply(Op op, Node operand);

    Node Apply(Op op, Node first, Node second);

    /// <summary>A reduction of values per element, over a tensor or over all tensors of the group.</summary>
    Node Reduce(Op op, Cardinality cardinality, Node operand);

    /// <summary>A reduction of the products of values per element.</summary>
    Node Dot(Cardinality cardinality, Node first, Node second);

    Node Select(Node condition, Node whenTrue, Node whenFalse);

    /// <summary>Says that a value is used in more than one place, so that dissolving it would cost its work twice.</summary>
    void Share(Node node);
}
