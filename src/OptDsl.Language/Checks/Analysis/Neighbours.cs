using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// Finds the known rule that a rule is one slip away from, by the way it moves. It accuses nobody: it is asked where a check has found
/// something, and tells what its author probably meant. A rule that is known itself has no neighbours.
/// </summary>
/// <param name="known">The known rules.</param>
internal sealed class Neighbours(IReadOnlyList<NamedRule> known)
{
    /// <summary>More edits than these are not tried.</summary>
    private const int Most = 300;

    /// <summary>True where there is nothing to find.</summary>
    public bool IsEmpty => known.Count == 0;

    /// <summary>The ways of the known rules with the hyper-parameters of a rule.</summary>
    public KnownPaths Paths(RuleModel rule, CancellationToken cancellation) => new(known, rule, cancellation);

    /// <summary>The one edit that makes a known rule of a rule, with all that is declared in use; null where there is none, or several that disagree.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="findings">What the checks say about it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public Neighbour? Nearest(RuleModel rule, ImmutableArray<Finding> findings, CancellationToken cancellation)
    {
        if (IsEmpty || rule.UsesMatrices || rule.Source.Kind != RuleKind.UpdateRule || findings.All(finding => LintIds.IsNote(finding.Id)))
            return null;
        var found = All(rule, cancellation).ToList();

        // What is found where a check points at is meant rather than what is found elsewhere.
        var pointed = found.Where(neighbour => findings.Any(finding => finding.Declaration is null && neighbour.Place.Start <= finding.Span.End && finding.Span.Start <= neighbour.Place.End)).ToList();
        var likely = pointed.Count > 0 ? pointed : found;
        return likely.Select(neighbour => neighbour.Rule.Name).Distinct().Count() == 1 ? likely[0] : null;
    }

    /// <summary>Every edit that makes a known rule of a rule; none of one that is known.</summary>
    public IEnumerable<Neighbour> All(RuleModel rule, CancellationToken cancellation)
    {
        var paths = Paths(rule, cancellation);
        if (paths.IsKnown(rule))
            yield break;
        foreach (var edit in Edits(rule, cancellation).Where(edit => !OnlyDeletes(edit, rule.Source.Formulas)).Take(Most))
        {
            if (EditedRule.Apply(edit, rule.Source, cancellation) is { } edited && paths.Find(edited) is { } other)
                yield return new Neighbour(edit, other, edit is EditsFix edits ? edits.Edits[0].Span : ((ReplaceFix)edit).Span);
        }
    }

    private static IEnumerable<FormulaFix> Edits(RuleModel rule, CancellationToken cancellation)
    {
        var context = new LintContext(rule, LintOptions.Default, cancellation);
        return SlipEdits.Find(context).Cast<FormulaFix>().Concat(Tied(context));
    }

    /// <summary>One hyper-parameter for another throughout a statement, as a decay and its complement.</summary>
    private static IEnumerable<FormulaFix> Tied(LintContext context)
    {
        foreach (var reads in context.Model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value).OfType<HyperExpr>().OrderBy(read => read.Span.Start).GroupBy(read => read.Symbol).Where(reads => reads.Count() > 1)))
        {
            foreach (var other in context.Model.Hypers.Where(other => !other.Equals(reads.Key) && !Specialisation.IsOption(other)))
                yield return new EditsFix($"Change '{context.Text(reads.First())}' to '{other.Source.Symbol}' throughout", [.. reads.Select(read => new FormulaEdit(read.Span, other.Source.Symbol))]);
        }
    }

    /// <summary>What is left out makes a simpler rule of many, which may be none that was meant.</summary>
    private static bool OnlyDeletes(FormulaFix edit, string text) =>
        edit is ReplaceFix replace && replace.NewText.Length < replace.Span.Length && text.Substring(replace.Span.Start, replace.Span.Length).Contains(replace.NewText);
}

/// <summary>A known rule that is one edit away.</summary>
/// <param name="Edit">The edit that makes it.</param>
/// <param name="Rule">The known rule.</param>
/// <param name="Place">The first characters that the edit changes.</param>
internal sealed record Neighbour(FormulaFix Edit, NamedRule Rule, TextSpan Place);
