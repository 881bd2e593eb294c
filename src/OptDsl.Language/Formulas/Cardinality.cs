namespace OptDsl.Language.Formulas;

/// <summary>How many values an expression has. Larger shapes take in smaller ones.</summary>
internal enum Cardinality
{
    /// <summary>One value a step: hyper-parameters, the step count, constants.</summary>
    PerStep,

    /// <summary>One value for all tensors of a group: reductions over the group, per-group states.</summary>
    PerGroup,

    /// <summary>One value a tensor: reductions, per-tensor states.</summary>
    PerTensor,

    /// <summary>One value an element: the parameter, the gradient, states.</summary>
    PerElement,
}

internal static class CardinalityWords
{
    /// <summary>What there is one value of, to stand after "one value".</summary>
    public static string Of(this Cardinality cardinality) => cardinality switch
    {
        Cardinality.PerStep => "a step",
        Cardinality.PerGroup => "a group",
        Cardinality.PerTensor => "a tensor",
        _ => "an element",
    };
}
