namespace OptDsl;

/// <summary>What a step does when a gradient is infinite or NaN, in memory or once it has been scaled: clipping is no cure.</summary>
public enum NonFinitePolicy
{
    /// <summary>
    /// Nothing is checked, and such numbers reach the weights. Costs nothing; the other policies read all gradients once more
    /// unless the norm that clipping needs is computed anyway.
    /// </summary>
    LetThrough,

    /// <summary>
    /// The whole step is left out and counted in <see cref="Optimizer{T}.SkippedSteps"/>: weights, states and step counts stay.
    /// </summary>
    Skip,

    /// <summary>The step throws <see cref="NonFiniteGradientException"/>: weights, gradients, states and step counts stay.</summary>
    Throw,
}
