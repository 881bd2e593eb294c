using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Removes a <c>[Hyper]</c> property.</summary>
internal sealed record RemoveHyperFix(string Title, string Property) : FormulaFix(Title);

/// <summary>Changes the default of a <c>[Hyper]</c> property.</summary>
internal sealed record ChangeDefaultFix(string Title, string Property, double Default) : FormulaFix(Title);

/// <summary>Replaces a bound of a <c>[Hyper]</c> property by a constant of the attribute.</summary>
internal sealed record ChangeBoundFix(string Title, string Property, string Bound, string Constant, double Value) : FormulaFix(Title);

/// <summary>Edits several places of the formula; they do not overlap, and insertions come in their order.</summary>
internal sealed record EditsFix(string Title, ImmutableArray<FormulaEdit> Edits) : FormulaFix(Title)
{
    /// <summary>A hyper-parameter that the edited formula uses and that is to be declared.</summary>
    public NewHyper? Declares { get; init; }

    /// <summary>Two edits at once, where they are of different places and declare nothing.</summary>
    public static EditsFix? Both(FormulaFix first, FormulaFix second)
    {
        var (left, right) = (Places(first), Places(second));
        if (left.IsEmpty || right.IsEmpty || left.Any(edit => right.Any(other => edit.Span.Start < other.Span.End && other.Span.Start < edit.Span.End)))
            return null;
        return new EditsFix($"{first.Title}, {char.ToLowerInvariant(second.Title[0])}{second.Title.Substring(1)}", [.. left, .. right]);
    }

    private static ImmutableArray<FormulaEdit> Places(FormulaFix fix) => fix switch
    {
        ReplaceFix replace => [new FormulaEdit(replace.Span, replace.NewText)],
        EditsFix { Declares: null } edits => edits.Edits,
        _ => [],
    };
}

/// <summary>Characters of the formula and what replaces them.</summary>
internal readonly record struct FormulaEdit(TextSpan Span, string NewText);

/// <summary>A hyper-parameter to declare.</summary>
internal sealed record NewHyper(string Symbol, double Default);
