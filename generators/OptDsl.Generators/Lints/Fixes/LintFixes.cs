using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;

namespace OptDsl.Generators.Lints.Fixes;

/// <summary>Removes a <c>[Hyper]</c> property.</summary>
internal sealed record RemoveHyperFix(string Title, string Property) : FormulaFix(Title);

/// <summary>Replaces characters of the formula by a text that uses a new hyper-parameter, and declares it.</summary>
internal sealed record ReplaceWithHyperFix(string Title, TextSpan Span, string NewText, string Symbol, double Default) : FormulaFix(Title);
