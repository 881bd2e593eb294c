using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Something wrong in a formula text, at its exact characters.</summary>
/// <param name="Id">OPT101 to OPT112, or OPT020.</param>
/// <param name="Text">Which of the declaration's texts <paramref name="Span"/> is in.</param>
/// <param name="Span">The characters.</param>
/// <param name="Message">What is wrong and what to write instead, in one sentence without a final full stop.</param>
/// <param name="Fixes">Edits that each mend it.</param>
internal sealed record FormulaError(
    string Id, TextOrigin Text, TextSpan Span, string Message, ImmutableArray<FormulaFix> Fixes);

/// <summary>Which text of a declaration a span is in: the formulas, or an argument of the state at an index.</summary>
internal readonly record struct TextOrigin(int? State, string? Argument)
{
    public static TextOrigin Formulas => default;

    public static TextOrigin SymbolOf(int state) => new(state, null);

    public static TextOrigin InitialOf(int state) => new(state, "Initial");

    public static TextOrigin WhenOf(int state) => new(state, "When");

    public static TextOrigin StorageOf(int state) => new(state, "Storage");
}

/// <summary>An edit that mends an error.</summary>
/// <param name="Title">What it does, for the menu.</param>
internal abstract record FormulaFix(string Title)
{
    /// <summary>Something that the author wrote is gone afterwards: where another edit mends as well, that one was meant.</summary>
    public bool LosesText { get; init; }
}

/// <summary>Replaces characters of the formula.</summary>
internal sealed record ReplaceFix(string Title, TextSpan Span, string NewText) : FormulaFix(Title);

/// <summary>Adds a <c>[Hyper]</c> property.</summary>
internal sealed record DeclareHyperFix(string Title, string Symbol) : FormulaFix(Title);

/// <summary>Adds a <c>[State]</c>, or several whose symbols stand on a line each.</summary>
internal sealed record DeclareStateFix(string Title, string Symbol) : FormulaFix(Title);
