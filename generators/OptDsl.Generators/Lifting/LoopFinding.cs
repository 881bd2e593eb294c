using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Lifting;

/// <summary>Something about a loop that formulas cannot have.</summary>
internal sealed record LoopFinding(string Id, TextSpan Span, string Message);

/// <summary>The ids of what only code can get wrong.</summary>
internal static class LoopIds
{
    public const string CounterStandsStill = "OPT401";
    public const string CounterPerElement = "OPT402";
    public const string IntegerDivision = "OPT403";
}
