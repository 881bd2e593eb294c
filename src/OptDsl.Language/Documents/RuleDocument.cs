using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Documents;

/// <summary>A rule as one text: a header that declares roles, states and hyper-parameters, one a line, and below it the formulas.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Name">What the header calls the rule.</param>
/// <param name="Source">What it declares; may hold more than the header does, where missing declarations were added.</param>
/// <param name="FormulasStart">Where the formulas begin.</param>
/// <param name="Entries">The lines that declare states and hyper-parameters, in their order.</param>
/// <param name="Problems">What is wrong in the header.</param>
internal sealed record RuleDocument(
    string Text, string Name, RuleSource Source, int FormulasStart, ImmutableArray<HeaderEntry> Entries, ImmutableArray<HeaderProblem> Problems)
{
    /// <param name="text">The document.</param>
    /// <param name="name">The name of a rule whose header gives none.</param>
    public static RuleDocument Read(string text, string name) => new HeaderReader(text).Read(name);

    /// <summary>The place of a span of the formulas, or of an argument of a state.</summary>
    public TextSpan Place(TextOrigin origin, TextSpan span)
    {
        if (origin.State is not { } state)
            return new TextSpan(FormulasStart + span.Start, span.Length);
        var written = Entries.Where(entry => !entry.IsHyper).Skip(state).FirstOrDefault();
        var part = origin.Argument switch { "Initial" => written?.Value, "When" => written?.When, _ => written?.Symbol };
        return part is { } place ? new TextSpan(place.Start + span.Start, span.Length) : written?.Symbol ?? default;
    }

    /// <summary>The line that declares a state or hyper-parameter, or null where none does.</summary>
    public HeaderEntry? Entry(string symbol, bool isHyper) =>
        Entries.FirstOrDefault(entry => entry.IsHyper == isHyper && Text.Substring(entry.Symbol.Start, entry.Symbol.Length) == symbol);

    /// <summary>The text after edits that do not overlap.</summary>
    public string With(IEnumerable<DocumentEdit> edits)
    {
        var text = Text;
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start).ThenByDescending(edit => edit.Span.End))
            text = text.Substring(0, edit.Span.Start) + edit.NewText + text.Substring(edit.Span.End);
        return text;
    }
}

/// <summary>Characters of a document and what replaces them.</summary>
internal readonly record struct DocumentEdit(TextSpan Span, string NewText);
