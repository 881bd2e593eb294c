namespace OptDsl.Language.Formulas.Model;

/// <summary>How many values an expression has. Larger shapes take in smaller ones.</summary>
internal enum Shape
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

internal static class ShapeWords
{
    /// <summary>What there is one value of, to stand after "one value".</summary>
    public static string Of(this Shape shape) => shape switch
    {
        Shape.PerStep => "a step",
        Shape.PerGroup => "a group",
        Shape.PerTensor => "a tensor",
        _ => "an element",
    };
}
