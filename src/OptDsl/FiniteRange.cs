using System.Globalization;

namespace OptDsl;

/// <summary>
/// Gradients for which the steps of a rule are proven to stay finite, with the defaults of its hyper-parameters. Whatever the
/// gradients within the range and their order, no weight and no state becomes infinite or NaN.
/// </summary>
/// <param name="ElementType">The type of the elements: <c>float</c> or <c>double</c>.</param>
/// <param name="LargestGradient">The largest magnitude of an element of the gradients.</param>
/// <param name="LargestWeight">The largest magnitude of a weight before the first step.</param>
/// <param name="LargestStepSize">The largest step size, for any schedule from 0 on; null where the proof is of the default step size.</param>
/// <param name="Steps">How many steps the proof reaches.</param>
public sealed record FiniteRange(string ElementType, double LargestGradient, double LargestWeight, double? LargestStepSize, long Steps)
{
    /// <summary>The range in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"finite in {ElementType} for {Steps:N0} steps of gradients up to {LargestGradient:0.#e0}, from weights up to {LargestWeight:0.#e0}, with {(LargestStepSize is { } largest ? $"step sizes up to {largest}" : "the default step size")}");
}
