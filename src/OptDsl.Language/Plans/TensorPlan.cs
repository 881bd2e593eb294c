using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>The parameter, the gradient, a state, or what is computed on the way through a step: values in memory.</summary>
/// <param name="Name">What the formulas call it.</param>
/// <param name="Symbol">The parameter or the state, or null for the gradient and for what is computed on the way.</param>
/// <param name="Cardinality">Whether it has a value for each element, row or column, or one for a tensor or a group.</param>
/// <param name="Type">What each value is in memory.</param>
internal sealed record TensorPlan(string Name, StoredSymbol? Symbol, Cardinality Cardinality, ElementType Type)
{
    /// <summary>Of a state, its value before the first step, in the parameter, hyper-parameters and constants; else null.</summary>
    public Node? Initial { get; init; }

    /// <summary>The conditions while which it exists.</summary>
    public Guard When { get; init; } = Guard.Always;

    /// <summary>True for a state that the rule gives a new value.</summary>
    public bool IsChanged { get; init; }

    public bool IsGradient => Symbol is null && Scratch is null;

    /// <summary>Of what is computed on the way, where it is kept: the position among the tensors that there is memory for; else null.</summary>
    public int? Scratch { get; init; }

    /// <summary>True for a state that has a value for each element.</summary>
    public bool IsElementState => Symbol is StateSymbol && Cardinality == Cardinality.PerElement;

    /// <summary>The number of bytes of a value in memory.</summary>
    /// <param name="elementSize">That of an element.</param>
    public int SizeOf(int elementSize) => Type switch
    {
        ElementType.OfTensor => elementSize,
        ElementType.BFloat16 => 2,
        ElementType.Block8 => 1,
        _ => 8,
    };
}

/// <summary>What a value is in memory.</summary>
internal enum ElementType
{
    /// <summary>Binary32 or binary64, whichever the tensors of the caller are: values of elements are computed in it too.</summary>
    OfTensor,

    /// <summary>Binary64, in which everything is computed that is the same for all elements of a tensor.</summary>
    Double,

    /// <summary>The upper half of a binary32; computed in as an element is.</summary>
    BFloat16,

    /// <summary>A code of 8 bits, with a scale for a block of them, in an optimizer, which gives passes elements; steps over spans take elements.</summary>
    Block8,
}
