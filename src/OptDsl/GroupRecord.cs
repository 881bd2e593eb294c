namespace OptDsl;

/// <summary>What was measured of a step, over the parameters of one group that it updated; see <see cref="ParameterGroup{T}.LastStep"/>.</summary>
/// <param name="Step">The step of the optimizer, 1 for the first.</param>
/// <param name="LearningRate">
/// The learning rate of the parameters that have stepped the most; NaN where the rule has none.
/// </param>
/// <param name="GradientNorm">The Euclidean norm of the gradient, scaled (loss scale, mean) but not clipped.</param>
/// <param name="UpdateNorm">
/// The Euclidean norm of what the rule added to the weights; NaN where it writes the weights in several passes.
/// </param>
/// <param name="WeightNorm">The Euclidean norm of the weights after the rule; NaN like <paramref name="UpdateNorm"/>.</param>
public readonly record struct GroupRecord(long Step, double LearningRate, double GradientNorm, double UpdateNorm, double WeightNorm)
{
    /// <summary>The size of the update in relation to the weights: about 1e-3 where training goes well.</summary>
    public double UpdateRatio => UpdateNorm / WeightNorm;
}
