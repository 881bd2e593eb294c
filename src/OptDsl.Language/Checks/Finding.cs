using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>Something about a rule that its author should know.</summary>
/// <param name="Id">OPT201 and up.</param>
/// <param name="Span">The characters of the formulas that it is about.</param>
/// <param name="Message">One sentence with the evidence, without a final full stop.</param>
/// <param name="Candidates">Edits that may each mend it; a trial keeps those that do.</param>
internal sealed record Finding(string Id, TextSpan Span, string Message, ImmutableArray<FormulaFix> Candidates)
{
    /// <summary>The declaration that it is about, where it is about one and not about characters of the formulas.</summary>
    public Symbol? Declaration { get; init; }

    /// <summary>True where it says that nothing reads what it is about.</summary>
    public bool IsIdle { get; init; }
}
