using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language;

/// <summary>Makes fixes on declarations.</summary>
internal static class DefinitionFixes
{
    /// <param name="fix">The fix.</param>
    /// <param name="origin">The text that a replacement is in.</param>
    /// <param name="definition">The declaration.</param>
    /// <param name="source">The same as the compiler reads it.</param>
    public static RuleFix Of(FormulaFix fix, TextOrigin origin, RuleDefinition definition, RuleSource source) =>
        new(fix.Title, definition.With(Edited(fix, origin, source)), [.. Edits(fix, origin, source)]);

    private static RuleSource Edited(FormulaFix fix, TextOrigin origin, RuleSource source) => fix switch
    {
        ReplaceFix replace when origin.State is { } index => source with { States = source.States.Items.SetItem(index, Edited(replace, origin, source.States[index])) },
        EditsFix { Declares: { } added } edits => With(EditedRule.Edited(edits with { Declares = null }, source), Usual(added.Symbol, source) with { Default = added.Default }),
        DeclareHyperFix hyper => With(source, Usual(hyper.Symbol, source)),
        DeclareStateFix state => source with { States = source.States.Items.AddRange(state.Symbol.Split('\n').Select(symbol => new StateSource(symbol, "0", Cardinality.PerElement, Output: false))) },
        _ => EditedRule.Edited(fix, source),
    };

    private static StateSource Edited(ReplaceFix replace, TextOrigin origin, StateSource state)
    {
        return origin.Argument switch
        {
            "Initial" => state with { Initial = In(state.Initial) },
            "When" => state with { When = In(state.When) },
            _ => state with { Symbol = In(state.Symbol) },
        };

        string In(string text) => EditedRule.Replace(text, [new FormulaEdit(replace.Span, replace.NewText)]);
    }

    private static IEnumerable<RuleEdit> Edits(FormulaFix fix, TextOrigin origin, RuleSource source)
    {
        var symbol = origin.State is { } index ? source.States[index].Symbol : "";
        return fix switch
        {
            ReplaceFix replace => [new RuleEdit(DefinitionSource.Place(origin), symbol, replace.Span.Start, replace.Span.Length, replace.NewText)],
            EditsFix edits => edits.Edits.Select(edit => new RuleEdit(RemarkPlace.Formulas, "", edit.Span.Start, edit.Span.Length, edit.NewText)),
            _ => [],
        };
    }

    private static RuleSource With(RuleSource source, HyperSource hyper) => source with { Hypers = source.Hypers.Items.Add(hyper) };

    private static HyperSource Usual(string symbol, RuleSource source) => UsualHypers.For(symbol, source.Hypers.Any(hyper => hyper.Type == HyperType.Schedule));
}
