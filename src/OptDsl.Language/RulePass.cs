namespace OptDsl.Language;

/// <summary>One pass over memory of a step.</summary>
/// <param name="Reads">The symbols of what it reads of each element, in the order of their declaration.</param>
/// <param name="Writes">The symbols of what it writes of each element.</param>
/// <param name="Reductions">What it sums up over whole tensors, as the formulas write it.</param>
/// <param name="When">The condition of a step under which it runs, as the formulas write it; empty for always.</param>
public sealed record RulePass(IReadOnlyList<string> Reads, IReadOnlyList<string> Writes, IReadOnlyList<string> Reductions, string When);
