using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Lifting;

/// <summary>Something about a loop that formulas cannot have.</summary>
internal sealed record LoopFinding(string Id, TextSpan Span, string Message);
