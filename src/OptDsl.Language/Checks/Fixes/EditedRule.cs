using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Makes edits on a rule.</summary>
internal static class EditedRule
{
    /// <summary>The rule after the edit, or null where it no longer compiles.</summary>
    public static RuleModel? Apply(FormulaFix fix, RuleSource source, CancellationToken cancellation) =>
        FormulaCompiler.Compile(Edited(fix, source), cancellation).Model;

    /// <summary>The declaration after an edit that an analysis suggests.</summary>
    public static RuleSource Edited(FormulaFix fix, RuleSource source) => fix switch
    {
        ReplaceFix replace => source with { Formulas = Replace(source.Formulas, [new FormulaEdit(replace.Span, replace.NewText)]) },
        EditsFix edits => source with { Formulas = Replace(source.Formulas, edits.Edits), Hypers = WithNew(source.Hypers, edits.Declares) },
        RemoveHyperFix remove => source with { Hypers = source.Hypers.Items.RemoveAll(hyper => hyper.Property == remove.Property) },
        ChangeDefaultFix change => WithHyper(source, change.Property, hyper => hyper with { Default = change.Default }),
        ChangeBoundFix change => WithHyper(source, change.Property, hyper => change.Bound == "Min" ? hyper with { Min = change.Value } : hyper with { Max = change.Value }),
        _ => throw new ArgumentException($"An analysis does not suggest a {fix.GetType().Name}.", nameof(fix)),
    };

    private static RuleSource WithHyper(RuleSource source, string property, Func<HyperSource, HyperSource> change) =>
        source with { Hypers = source.Hypers.Items.Select(hyper => hyper.Property == property ? change(hyper) : hyper).ToImmutableArray() };

    private static EquatableArray<HyperSource> WithNew(EquatableArray<HyperSource> hypers, NewHyper? added) => added is null
        ? hypers
        : hypers.Items.Add(new HyperSource(added.Symbol, added.Symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, added.Default));

    /// <summary>From the end on, so that places stay where they are.</summary>
    public static string Replace(string text, ImmutableArray<FormulaEdit> edits)
    {
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start).ThenByDescending(edit => edit.Span.End))
            text = text.Substring(0, edit.Span.Start) + edit.NewText + text.Substring(edit.Span.End);
        return text;
    }
}
