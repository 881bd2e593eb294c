namespace OptDsl.Language.Checks.Finiteness;

/// <summary>What a proof presumes.</summary>
/// <param name="Gradient">The largest magnitude of an element of the gradient.</param>
/// <param name="Weight">The largest magnitude of a starting weight.</param>
/// <param name="StepSize">The largest step size that a schedule may come to, the smallest being 0; null for the default at every step.</param>
/// <param name="Steps">How many steps.</param>
internal readonly record struct FiniteBox(double Gradient, double Weight, double? StepSize, long Steps);
