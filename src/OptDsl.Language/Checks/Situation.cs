using System.Collections.Immutable;

namespace OptDsl.Language.Checks;

/// <summary>
/// What two elements of a tensor go through: they start at the same weight, and their gradients are opposite at every step, so
/// that half the difference between them is what the gradient does and neither a decay nor a mean of the tensor has a part in it.
/// </summary>
/// <param name="Gradient">The gradient of the first element at a step that counts from 0.</param>
/// <param name="Steps">How many steps.</param>
internal sealed record Situation(Func<int, double> Gradient, int Steps)
{
    /// <summary>The weight that both start from.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>True to put the weights back before every step: only the states remember.</summary>
    public bool PutsBack { get; init; } = true;

    /// <summary>The values of the hyper-parameters; those of <see cref="LintContext.Undecayed"/> where none are given.</summary>
    public IReadOnlyList<double>? Hypers { get; init; }

    /// <summary>How old the rule is at each step, from 1; one step older each time where nothing is said. Long ages are reached by jumps.</summary>
    public ImmutableArray<long> Ages { get; init; }

    /// <summary>The same gradient at every step.</summary>
    public static Situation Constant(double size, int steps) => new(_ => size, steps);

    /// <summary>Gradients of both signs and about one size.</summary>
    public static Situation Irregular(double size, int steps) =>
        new(step => size * (step % 3 == 1 ? -1 : 1) * (0.4 + (0.6 * Math.Abs(Scenario.Wave(step)))), steps);

    /// <summary>One gradient, and none after it.</summary>
    public static Situation Spike(double size, int steps) => new(step => step == 0 ? size : 0, steps);
}
