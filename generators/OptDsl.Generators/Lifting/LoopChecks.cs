using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using CodeSpan = Microsoft.CodeAnalysis.Text.TextSpan;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Lifting;

/// <summary>What the analyses of formulas say about a loop, at its characters in the code.</summary>
internal static class LoopChecks
{
    private static readonly Regex Name = new(@"\b[\p{L}_]\w*", RegexOptions.CultureInvariant);

    /// <param name="loop">The loop.</param>
    /// <param name="recognition">Tells which rule a loop is but for a slip; null to leave that out.</param>
    /// <param name="cancellation">To stop.</param>
    public static ImmutableArray<LoopProblem> Check(LiftedLoop loop, Recognition? recognition, CancellationToken cancellation)
    {
        var problems = ImmutableArray.CreateBuilder<LoopProblem>();
        foreach (var finding in loop.Findings)
            problems.Add(new LoopProblem(finding.Id, finding.Span, finding.Message, null) { IsCertain = true });
        // A quotient that is not what it looks like makes another rule of the loop; first things first.
        if (!loop.IsClear || problems.Any(problem => problem.Id == LoopIds.IntegerDivision))
            return problems.ToImmutable();
        var (model, findings) = Analyze(loop, cancellation);
        foreach (var finding in Certain(loop, findings, cancellation).Where(finding => !LintIds.IsNote(finding.Id) && finding.Id is not (LintIds.UnusedHyper or LintIds.WithoutInfluence) && finding.Declaration is not HyperSymbol))
        {
            if (Locate(loop, finding) is not { } span)
                continue;
            var fixes = new FixTrial(model, findings, LintOptions.Default, cancellation) { IsAlone = true }.Find(finding);
            var meant = recognition is null ? null : fixes.Select(fix => EditedRule.Apply(fix, model.Source, cancellation)).OfType<RuleModel>()
                .Select(mended => recognition.Find(mended, cancellation)).FirstOrDefault(known => known is not null);
            // Of what does not fit anywhere in particular the place is where it is mended.
            if ((finding.Id == LintIds.WrongBiasCorrection || (finding.Id == LintIds.Ascent && meant is not null)) && fixes.FirstOrDefault() is { } first && Edited(first) is { } edited && loop.Map.Find(edited) is { } place)
                span = place;
            var message = Name.Replace(finding.Message, name => loop.NamesInCode.GetValueOrDefault(name.Value, name.Value));
            problems.Add(new LoopProblem(finding.Id, span, meant is null ? message : $"{message}; but for this the loop computes {meant.Type.Name}", finding) { IsCertain = meant is not null, Fixes = fixes });
        }

        var found = Slip(loop, problems, recognition, cancellation) is { } slip ? [.. problems.Where(problem => problem.Finding is null), slip] : problems.ToImmutable();
        return found.RemoveAll(problem => loop.ForeignSites.Contains(problem.Span));
    }

    /// <summary>
    /// Where no fix of what was found makes a ready-made rule, but one edit does, that is the slip, and what was found its symptoms: it is
    /// reported where it stands.
    /// </summary>
    private static LoopProblem? Slip(LiftedLoop loop, IReadOnlyList<LoopProblem> problems, Recognition? recognition, CancellationToken cancellation)
    {
        var symptoms = problems.Where(problem => problem.Finding is not null).ToList();
        var model = loop.Model;
        if (symptoms.Count == 0 || symptoms.Any(problem => problem.IsCertain || problem.Id is LintIds.StateNeverUpdated or LintIds.WithoutInfluence) || symptoms.All(problem => problem.Id == LintIds.MissingBiasCorrection))
            return null;
        var (edit, name) = Obvious(model, cancellation) is { } obvious ? (obvious, null) : recognition?.FindEdit(model, cancellation) is var (known, rule) ? (known, rule.Type.Name) : (null, null);
        if (edit is null || loop.Map.Find(edit.Span) is not { } span)
            return null;
        var meant = name is null ? char.ToLowerInvariant(edit.Title[0]) + edit.Title.Substring(1) : $"but for this the loop computes {name}";
        return symptoms[0] with { Span = span, Message = $"{symptoms[0].Message}; {meant}", IsCertain = true, Fixes = [edit] };
    }

    /// <summary>The edit of a form that nobody means, if nothing is wrong then.</summary>
    private static ReplaceFix? Obvious(RuleModel model, CancellationToken cancellation) => SlipEdits.Obvious(new LintContext(model, LintOptions.Default, cancellation))
        .FirstOrDefault(edit => EditedRule.Apply(edit, model.Source, cancellation) is { } edited && RuleLints.Analyze(edited, LintOptions.Default, cancellation).All(finding => LintIds.IsNote(finding.Id)));

    /// <summary>What is found whatever the values are that the code leaves open: bounds and terms, of which nobody knows how large they are.</summary>
    private static IEnumerable<Finding> Certain(LiftedLoop loop, ImmutableArray<Finding> findings, CancellationToken cancellation)
    {
        var open = loop.Source.Hypers.Items.Select((hyper, index) => (hyper, index)).Where(pair => pair.hyper is { Type: HyperType.Double, Default: null, Max: > 1 } && !Words.IsRate(pair.hyper.Property)).Select(pair => pair.index).ToList();
        if (open.Count == 0 || findings.IsEmpty)
            return findings;
        var found = new[] { open, Enumerable.Reverse(open).ToList() }.Select(order =>
        {
            var hypers = loop.Source.Hypers.Items.Select((hyper, index) => order.IndexOf(index) is >= 0 and var rank ? hyper with { Default = 1e-8 * Math.Pow(100, rank) } : hyper).ToImmutableArray();
            return FormulaCompiler.Compile(loop.Source with { Hypers = hypers }, cancellation).Model is { } model ? Analyze(loop with { Model = model }, cancellation).Findings : findings;
        }).ToList();
        var symbols = open.Select(index => loop.Source.Hypers.Items[index].Symbol).ToList();
        return findings.Where(finding => !(finding.Id == LintIds.StateNeverUpdated && Reads(loop.Model, finding, symbols)) && found.All(others => others.Any(other => other.Id == finding.Id && other.Span == finding.Span)));
    }

    /// <summary>Whether a state remembers anything may depend on how large what bounds and scales it is.</summary>
    private static bool Reads(RuleModel model, Finding finding, List<string> hypers) => model.Definitions.Where(definition => definition.StatementSpan.Start <= finding.Span.Start && finding.Span.End <= definition.StatementSpan.End)
        .SelectMany(definition => Nodes(definition.Value)).Any(node => node is HyperExpr read && hypers.Contains(read.Symbol.Source.Symbol));

    /// <summary>The findings; where nobody can know which way is down, those of the direction in which the step goes.</summary>
    private static (RuleModel Model, ImmutableArray<Finding> Findings) Analyze(LiftedLoop loop, CancellationToken cancellation)
    {
        var findings = RuleLints.Analyze(loop.Model, LintOptions.Default, cancellation);
        if (loop.KnowsDirection || findings.All(finding => finding.Id != LintIds.Ascent))
            return (loop.Model, findings);
        if (FormulaCompiler.Compile(loop.Source with { Maximize = true }, cancellation).Model is not { } upward)
            return (loop.Model, findings);
        var turned = RuleLints.Analyze(upward, LintOptions.Default, cancellation);
        return turned.Any(finding => finding.Id == LintIds.Ascent) ? (loop.Model, findings) : (upward, turned);
    }

    private static IEnumerable<Expr> Nodes(Expr expression) => expression.Children().SelectMany(Nodes).Append(expression);

    private static FormulaSpan? Edited(FormulaFix fix) => fix switch
    {
        ReplaceFix replace => replace.Span,
        EditsFix { Edits: [var edit, ..] } => edit.Span,
        _ => null,
    };

    private static CodeSpan? Locate(LiftedLoop loop, Finding finding) => finding.Declaration switch
    {
        StateSymbol state when loop.LostStates.TryGetValue(state.Source.Symbol, out var lost) => lost,
        { } => loop.Update,
        null => loop.Map.Find(finding.Span),
    };
}

/// <summary>A problem of a loop.</summary>
/// <param name="Id">Of the diagnostic.</param>
/// <param name="Span">The characters of the code.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Finding">What the analyses of formulas found, where they did.</param>
internal sealed record LoopProblem(string Id, CodeSpan Span, string Message, Finding? Finding)
{
    /// <summary>True where nothing else can be meant: a warning, and not a suggestion.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The edits of the formulas that mend it.</summary>
    public ImmutableArray<FormulaFix> Fixes { get; init; } = [];
}
