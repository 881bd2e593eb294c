namespace OptDsl;

/// <summary>How a value becomes one that a narrower <see cref="Storage"/> has.</summary>
public enum Rounding
{
    /// <summary>
    /// To one of the two neighbours, the likelier the nearer, so that the value is right on average: an average that changes by less than
    /// the distance of neighbours still moves. What decides is a function of <see cref="Optimizer{T}.RoundingSeed"/>, the parameter's
    /// name, the step, the state and the element, and of nothing else: the same for any threads, chunks, ranks, and after a resume.
    /// </summary>
    Stochastic,

    /// <summary>To the nearest neighbour, or to the even one between two. A moving average may stall: OPT305 says when.</summary>
    Nearest,
}
