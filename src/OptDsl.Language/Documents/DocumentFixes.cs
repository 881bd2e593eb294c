using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Documents;

/// <summary>Writes what mends a finding as edits of the document.</summary>
internal static class DocumentFixes
{
    /// <param name="document">The document that the fix was found in.</param>
    /// <param name="fix">The fix.</param>
    /// <param name="origin">The text that a replacement is in.</param>
    public static ImmutableArray<DocumentEdit> Edits(this RuleDocument document, FormulaFix fix, TextOrigin origin = default) => fix switch
    {
        ReplaceFix replace => [new DocumentEdit(document.Place(origin, replace.Span), replace.NewText)],
        EditsFix edits =>
        [
            .. edits.Edits.Select(edit => new DocumentEdit(document.Place(TextOrigin.Formulas, edit.Span), edit.NewText)),
            .. edits.Declares is { } added ? [document.Insert([Usual(document, added.Symbol) with { Default = added.Default }])] : ImmutableArray<DocumentEdit>.Empty,
        ],
        DeclareHyperFix hyper => [document.Insert([Usual(document, hyper.Symbol)])],
        DeclareStateFix state => [document.Insert([.. state.Symbol.Split('\n').Select(symbol => new StateSource(symbol, "0", Cardinality.PerElement, Output: false))])],
        RemoveHyperFix remove => document.Hyper(remove.Property) is { } hyper && document.Entry(hyper.Symbol, isHyper: true) is { } entry ? [document.Remove(entry)] : [],
        ChangeDefaultFix change => document.Hyper(change.Property) is { } hyper ? [document.Change(hyper with { Default = change.Default })] : [],
        ChangeBoundFix change => document.Hyper(change.Property) is { } hyper
            ? [document.Change(change.Bound == "Min" ? hyper with { Min = change.Value } : hyper with { Max = change.Value })]
            : [],
        _ => [],
    };

    /// <summary>The edit that gives a hyper-parameter another default or range; one that the header lacks is added to it.</summary>
    public static DocumentEdit Change(this RuleDocument document, HyperSource hyper) => document.Entry(hyper.Symbol, isHyper: true) is { } entry
        ? new DocumentEdit(entry.Line, HeaderText.Hyper(hyper))
        : document.Insert([hyper]);

    private static HyperSource? Hyper(this RuleDocument document, string property) => document.Source.Hypers.FirstOrDefault(hyper => hyper.Property == property);

    private static HyperSource Usual(RuleDocument document, string symbol) =>
        UsualHypers.For(symbol, document.Source.Hypers.Any(hyper => hyper.Type == HyperType.Schedule));

    private static DocumentEdit Insert(this RuleDocument document, ImmutableArray<HyperSource> hypers) =>
        document.Insert(isHyper: true, hypers.Select(HeaderText.Hyper));

    private static DocumentEdit Insert(this RuleDocument document, ImmutableArray<StateSource> states) =>
        document.Insert(isHyper: false, states.Select(HeaderText.State));

    /// <summary>Below the last line of its kind, or of any; else above the formulas.</summary>
    private static DocumentEdit Insert(this RuleDocument document, bool isHyper, IEnumerable<string> lines)
    {
        var last = document.Entries.LastOrDefault(entry => entry.IsHyper == isHyper) ?? document.Entries.LastOrDefault();
        return last is not null
            ? new DocumentEdit(new TextSpan(last.Line.End, 0), string.Concat(lines.Select(line => "\n" + line)))
            : new DocumentEdit(new TextSpan(document.FormulasStart, 0), string.Concat(lines.Select(line => line + "\n")) + "\n");
    }

    /// <summary>The line with its end.</summary>
    private static DocumentEdit Remove(this RuleDocument document, HeaderEntry entry)
    {
        var end = document.Text.IndexOf('\n', entry.Line.End) is >= 0 and var found ? found + 1 : document.Text.Length;
        return new DocumentEdit(TextSpan.FromBounds(entry.Line.Start, end), "");
    }
}
