namespace OptDsl.Language;

/// <summary>What mends a <see cref="Remark"/>.</summary>
/// <param name="Title">What it does, for a menu.</param>
/// <param name="Definition">The declaration after it.</param>
/// <param name="Edits">The characters that it changes, which do not overlap; empty where it changes only what is declared beside the texts.</param>
public sealed record RuleFix(string Title, RuleDefinition Definition, IReadOnlyList<RuleEdit> Edits);

/// <summary>Characters of a text of a declaration, and what replaces them.</summary>
/// <param name="Place">The text that <paramref name="Start"/> counts in.</param>
/// <param name="Symbol">The symbol of the state that the text belongs to; empty for the formulas.</param>
/// <param name="Start">The first character.</param>
/// <param name="Length">The number of characters; 0 for an insertion.</param>
/// <param name="NewText">What stands there instead.</param>
public sealed record RuleEdit(RemarkPlace Place, string Symbol, int Start, int Length, string NewText);
