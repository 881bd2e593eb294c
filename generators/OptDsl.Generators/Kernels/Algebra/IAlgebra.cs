using OptDsl.Generators.Kernels.Graph;

namespace OptDsl.Generators.Kernels.Algebra;

/// <summary>How the operations of formulas become nodes: as written, or simplified.</summary>
internal interface IAlgebra
{
    Node Apply(Op op, Node operand);

    Node Apply(Op op, Node first, Node second);

    Node Select(Node condition, Node whenTrue, Node whenFalse);

    /// <summary>Says that a value is used in more than one place, so that dissolving it would cost its work twice.</summary>
    void Share(Node node);
}
