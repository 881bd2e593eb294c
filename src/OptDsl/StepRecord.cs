namespace OptDsl;

/// <summary>What was measured of a step, over all parameters that it updated.</summary>
/// <param name="Step">The step, 1 for the first.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient, scaled (loss scale, mean) but not clipped.</param>
/// <param name="UpdateNorm">
/// The Euclidean norm of what the rules added to the weights; NaN where a rule writes the weights in several passes.
/// </param>
/// <param name="WeightNorm">The Euclidean norm of the weights after the rules; NaN like <paramref name="UpdateNorm"/>.</param>
/// <param name="Duration">The time that the step took.</param>
public readonly record struct StepRecord(long Step, double GradientNorm, double UpdateNorm, double WeightNorm, TimeSpan Duration)
{
    /// <summary>The size of the update in relation to the weights: about 1e-3 where training goes well.</summary>
    public double UpdateRatio => UpdateNorm / WeightNorm;
}
