namespace OptDsl.Benchmarks.Contestants;

/// <summary>A rule's step in double, which contestants are held against.</summary>
/// <param name="W">The parameter.</param>
/// <param name="g">The gradient.</param>
/// <param name="states">The states.</param>
/// <param name="step">The step, 1 for the first.</param>
internal delegate void ReferenceStep(double[] W, double[] g, double[][] states, long step);
