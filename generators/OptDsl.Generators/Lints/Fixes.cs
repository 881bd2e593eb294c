using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;

namespace OptDsl.Generators.Lints;

/// <summary>Removes a <c>[Hyper]</c> property.</summary>
internal sealed record RemoveHyperFix(string Title, string Symbol) : FormulaFix(Title);

/// <summary>Replaces characters of the formula by a text that uses a hyper-parameter, which is declared if it is new.</summary>
internal sealed record ReplaceWithHyperFix(string Title, TextSpan Span, string NewText, string Symbol, double Default) : FormulaFix(Title);
