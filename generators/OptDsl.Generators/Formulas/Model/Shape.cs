namespace OptDsl.Generators.Formulas.Model;

/// <summary>How many values an expression has. Larger shapes take in smaller ones.</summary>
internal enum Shape
{
    /// <summary>One value a step: hyper-parameters, the step count, constants.</summary>
    PerStep,

    /// <summary>One value a tensor: reductions, per-tensor states.</summary>
    PerTensor,

    /// <summary>One value an element: the parameter, the gradient, states.</summary>
    PerElement,
}
