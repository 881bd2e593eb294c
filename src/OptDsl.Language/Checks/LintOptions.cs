using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Language.Checks;

/// <summary>What the analyses assume about how a rule is run.</summary>
/// <param name="Format">The narrowest element type that an epsilon must survive in; rules compile for float and double.</param>
/// <param name="FirstStep">The step count of the first step.</param>
internal sealed record LintOptions(ElementFormat Format, int FirstStep)
{
    public static LintOptions Default { get; } = new(ElementFormat.Single, 1);
}
