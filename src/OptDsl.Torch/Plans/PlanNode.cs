using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Torch.Plans;

/// <summary>One value of a plan. Operands are the numbers of nodes before it; -1 for one that it does not have.</summary>
internal sealed record PlanNode(NodeKind Kind, Op Operation = Op.Copy, int First = -1, int Second = -1, int Third = -1)
{
    /// <summary>The expression of a <see cref="NodeKind.Step"/>; the factor of a fused sum, null for 1.</summary>
    public Expr? Scalar { get; init; }

    /// <summary>True where a fused sum subtracts.</summary>
    public bool Subtracts { get; init; }

    /// <summary>What a <see cref="NodeKind.Stored"/> reads.</summary>
    public StoredSymbol? Symbol { get; init; }

    /// <summary>True for a reduction or count over all tensors of the group.</summary>
    public bool OverGroup { get; init; }

    /// <summary>True for a tensor shaped like the parameter, false for a single value.</summary>
    public bool PerElement { get; init; }

    /// <summary>The operands that the node has.</summary>
    public IEnumerable<int> Operands
    {
        get
        {
            if (First >= 0)
                yield return First;
            if (Second >= 0)
                yield return Second;
            if (Third >= 0)
                yield return Third;
        }
    }
}

/// <summary>Where the value of a node comes from.</summary>
internal enum NodeKind
{
    /// <summary>One number a step, known before it.</summary>
    Step,

    /// <summary>The parameter or a state before the step.</summary>
    Stored,

    /// <summary>The gradient.</summary>
    Gradient,

    /// <summary>The number of elements.</summary>
    Count,

    /// <summary>An operation on each element, or on single values.</summary>
    Elements,

    /// <summary>A function of all elements.</summary>
    Reduction,

    /// <summary>A single value, to stand for a tensor full of it.</summary>
    Fill,

    /// <summary>first + factor · second.</summary>
    AddScaled,

    /// <summary>first + factor · second · third.</summary>
    AddProduct,

    /// <summary>first + factor · second / third.</summary>
    AddQuotient,
}
