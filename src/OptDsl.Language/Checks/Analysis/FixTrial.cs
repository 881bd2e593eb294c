using System.Collections.Immutable;
using OptDsl.Language.Checks.Families;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// Tries edits on a rule: one mends a finding if the edited rule compiles, has one finding of its kind less and passes every other
/// check. That takes an analysis per edit, so it waits until somebody asks for fixes. Of several that do, one that makes a known rule comes
/// first and names it: it is what the author probably meant. Where no edit leaves nothing wrong because there is more than one slip, those
/// are offered after which other edits mend the rest.
/// </summary>
internal sealed class FixTrial(RuleModel model, ImmutableArray<Finding> findings, LintOptions options, CancellationToken cancellation, Neighbours? known = null)
{
    /// <summary>More than this many edits of one finding are not tried.</summary>
    private const int Most = 24;

    /// <summary>So many edits that mend are offered.</summary>
    private const int Offered = 2;

    /// <summary>So many are looked for where known rules can tell which of them was meant.</summary>
    private const int Compared = 4;

    /// <summary>More than this many pairs of edits are not tried.</summary>
    private const int MostPairs = 48;

    private readonly Lazy<KnownPaths?> _known = new(() => known is { IsEmpty: false } ? known.Paths(model, cancellation) : null);
    private readonly Lazy<Neighbour?> _nearest = new(() => known?.Nearest(model, findings, cancellation));
    private readonly Preservation _preserved = new(model, options, cancellation);
    private readonly Dictionary<(FormulaFix Fix, Finding Finding), MendedRule?> _tried = [];

    /// <summary>True where each edit has to mend the rule by itself, which takes less time.</summary>
    public bool IsAlone { get; init; }

    /// <summary>
    /// The first two edits that mend the finding. Corrections come in several places at once: where there are several such
    /// findings, or no single edit leaves the rule without one, two edits are made together.
    /// </summary>
    public ImmutableArray<FormulaFix> Find(Finding finding) => [.. Try(finding).OfType<FormulaFix>()];

    /// <summary>The same one by one, with null for each edit that was tried before: whoever has something else to do can do it in between.</summary>
    public IEnumerable<FormulaFix?> Try(Finding finding)
    {
        var single = new List<FormulaFix>();
        foreach (var fix in Edits(finding))
        {
            if (Mends(fix, finding, isWhole: false))
                single.Add(fix);
            if (single.Count(fix => !fix.LosesText) == (known is { IsEmpty: false } ? Compared : Offered))
                break;
            yield return null;
        }

        if (single.Any(fix => !fix.LosesText))
            single.RemoveAll(fix => fix.LosesText);

        if (finding.Id is LintIds.MissingBiasCorrection or LintIds.WrongBiasCorrection && !(Count(findings, finding.Id) == 1 && single.Any(fix => Mends(fix, finding, isWhole: true))))
        {
            foreach (var pair in Pairs(finding).Take(MostPairs))
            {
                if (Mends(pair, finding, isWhole: true))
                {
                    yield return pair;
                    yield break;
                }

                yield return null;
            }
        }

        if (single.Count == 0 && Nearest(finding) is null && !IsAlone)
        {
            foreach (var fix in Obvious(finding) is { } obvious ? [obvious] : Chained(finding))
                yield return fix;
            yield break;
        }

        // What is read in one of several places with equal right was meant for one of them: which, the checks cannot tell.
        var meant = single.Select(fix => (Fix: fix, Name: NameOf(fix))).FirstOrDefault(fix => fix.Name is not null);
        if (meant.Fix is null && Nearest(finding) is { } nearest)
        {
            meant = (nearest.Edit, nearest.Rule.Name);
            single.RemoveAll(fix => AreAlike(fix, nearest.Edit));
        }

        if (finding.Id == LintIds.WithoutInfluence && meant.Fix is null && single.Count > 1 && !AreAlike(single[0], single[1]))
            yield break;
        if (meant.Fix is not null)
            yield return meant.Fix with { Title = $"{meant.Fix.Title}, as in {meant.Name}" };
        foreach (var fix in single.Where(fix => fix != meant.Fix).Take(meant.Fix is null ? Offered : Offered - 1))
            yield return fix;
    }

    /// <summary>The edit that makes a known rule, where it mends the finding and leaves nothing wrong.</summary>
    private Neighbour? Nearest(Finding finding) => _nearest.Value is { } nearest && Mends(nearest.Edit, finding, isWhole: true) ? nearest : null;

    /// <summary>The edits that are tried for a finding.</summary>
    public static IEnumerable<FormulaFix> Edits(Finding finding) => finding.Candidates.Take(Most);

    /// <summary>The rule after an edit that mends the finding, whatever else is wrong with it, as long as nothing of that is new; else null.</summary>
    public MendedRule? Step(FormulaFix fix, Finding finding) => Mended(fix, finding) is { } mended && FixChain.AddsNothing(findings, mended.Findings) ? mended : null;

    /// <summary>The edit of a form that nobody means, wherever it stands, if nothing is wrong then.</summary>
    private ReplaceFix? Obvious(Finding finding) => SlipEdits.Obvious(new LintContext(model, options, cancellation)).FirstOrDefault(fix => Mends(fix, finding, isWhole: true));

    /// <summary>The edits of a finding from which the fewest others lead to a rule with nothing wrong, with null for each that was tried before.</summary>
    private IEnumerable<FormulaFix?> Chained(Finding finding)
    {
        var chain = new FixChain(options, cancellation);
        var steps = new List<(FormulaFix Fix, MendedRule Rule)>();
        foreach (var fix in Edits(finding).OrderBy(fix => fix.LosesText))
        {
            if (Step(fix, finding) is { } step)
                steps.Add((fix, step));
            yield return null;
        }

        for (var edits = 1; edits < FixChain.Longest; edits++)
        {
            var offered = 0;
            foreach (var (fix, rule) in steps)
            {
                var leads = offered < Offered && chain.LeadsOn(rule, edits);
                offered += leads ? 1 : 0;
                yield return leads ? fix : null;
            }

            if (offered > 0)
                yield break;
        }
    }

    private IEnumerable<FormulaFix> Pairs(Finding finding)
    {
        if (IsDelayed())
            yield break;
        var others = findings.Where(other => other.Id == finding.Id && other != finding).SelectMany(other => other.Candidates).Where(fix => !fix.LosesText).Take(Most).ToArray();
        var own = finding.Candidates.Where(fix => !fix.LosesText).Take(Most).ToArray();
        for (var first = 0; first < own.Length; first++)
        {
            for (var second = others.Length > 0 ? 0 : first + 1; second < (others.Length > 0 ? others.Length : own.Length); second++)
            {
                if (EditsFix.Both(own[first], others.Length > 0 ? others[second] : own[second]) is { } both)
                    yield return both;
            }
        }
    }

    /// <summary>An average of gradients of the step before is a step younger than its count: which exponents fit it, two edits at once do not show.</summary>
    private bool IsDelayed() => model.Definitions.Any(definition => definition.Target is StateSymbol && !Expressions.Nodes(definition.Value).Any(node => node is GradientExpr)
        && Expressions.Nodes(definition.Value).Any(node => node is OldExpr { Symbol: StateSymbol past } && !past.Equals(definition.Target) && model.Final(past)?.Value is GradientExpr));

    private bool Mends(FormulaFix fix, Finding finding, bool isWhole) =>
        Mended(fix, finding) is { } mended && mended.Wrong.All(other => other.Id == finding.Id && !isWhole);

    /// <summary>The rule after an edit that mends the finding and leaves alone what it is not about; else null.</summary>
    private MendedRule? Mended(FormulaFix fix, Finding finding)
    {
        if (_tried.TryGetValue((fix, finding), out var tried))
            return tried;
        return _tried[(fix, finding)] = EditedRule.Apply(fix, model.Source, cancellation) is { } edited && Keeps(edited, fix, finding)
            && RuleLints.Analyze(edited, options, cancellation) is var after && Count(after, finding.Id) < Count(findings, finding.Id)
                ? new MendedRule(edited, after)
                : null;
    }

    private bool Keeps(RuleModel edited, FormulaFix fix, Finding finding)
    {
        if (finding.Id == LintIds.WrongBiasCorrection && !BiasCorrection.IsCorrected(new LintContext(edited, options, cancellation)))
            return false;
        if (!_preserved.IsKept(edited, finding))
            return false;
        if (finding.Id == LintIds.ReadOrder && Reacts(model) && !Reacts(edited))
            return false;
        return fix is not RemoveHyperFix || model.Source.Kind != RuleKind.UpdateRule || IsComplete();
    }

    /// <summary>The gradient of a step moves the parameter in that step.</summary>
    private bool Reacts(RuleModel rule)
    {
        return After(0.5) != After(-0.5);

        double After(double last)
        {
            var context = new LintContext(rule, options, cancellation);
            var run = context.Experiments.Start([1], context.Typical);
            for (var step = 0; step < 5; step++)
                run.Step([step < 4 ? Scenario.Wave(step) : last]);
            return run.Parameter[0];
        }
    }

    /// <summary>The known rule that an edit makes of this one, if any.</summary>
    private string? NameOf(FormulaFix fix) => fix is ReplaceFix or EditsFix { Declares: null } && _known.Value is { } paths && EditedRule.Apply(fix, model.Source, cancellation) is { } edited
        ? paths.Find(edited)?.Name : null;

    /// <summary>The two make the same rule.</summary>
    private bool AreAlike(FormulaFix first, FormulaFix second) =>
        EditedRule.Apply(first, model.Source, cancellation) is { } left && EditedRule.Apply(second, model.Source, cancellation) is { } right
        && Experiments.AreSame(Path(left), Path(right), Tolerances.Measured);

    private double[] Path(RuleModel edited)
    {
        var context = new LintContext(edited, options, cancellation);
        var run = context.Experiments.Start([1, -2, 0.5], context.Typical);
        for (var step = 0; step < 12; step++)
            run.Step([Scenario.Wave(step), 100 * Scenario.Wave(step + 50), 0.3]);
        return run.Parameter;
    }

    private static int Count(IEnumerable<Finding> findings, string id) => findings.Count(other => other.Id == id);

    /// <summary>Something else scales the step, and nothing else is wrong: then what is not used is not missing anywhere.</summary>
    private bool IsComplete() =>
        findings.All(other => other.Id == LintIds.UnusedHyper || LintIds.IsNote(other.Id)) && new LintContext(model, options, cancellation).Experiments.HasStepSize();
}
