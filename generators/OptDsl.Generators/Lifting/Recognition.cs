using System.Collections.Immutable;
using OptDsl.Generators.Declarations;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Lifting;

/// <summary>Finds the ready-made rule that a loop computes, whatever it calls its hyper-parameters.</summary>
internal sealed class Recognition(IReadOnlyList<LibraryRule> library)
{
    /// <summary>More hyper-parameters than these are matched by their names alone.</summary>
    private const int MostMatched = 4;

    /// <summary>More edits than these are not tried.</summary>
    private const int MostEdits = 300;

    /// <summary>The rule, or null where the library has none that makes the same steps.</summary>
    public LibraryRule? Find(RuleModel model, CancellationToken cancellation) => library
        .SelectMany(known => Names(model, known.Model).Select(named => (Known: known, Comparison: new Conformance(new ComparableRule(named), known.Rule))))
        .Where(pair => pair.Comparison.CoversRule)
        .OrderBy(pair => pair.Comparison.Unmatched).ThenBy(pair => pair.Known.Model.States.Length)
        .FirstOrDefault(pair => pair.Comparison.Find(cancellation) is null).Known;

    /// <summary>The one edit after which a loop computes a ready-made rule, with all that it reads, and that rule; null where there is none.</summary>
    public (ReplaceFix Edit, LibraryRule Rule)? FindEdit(RuleModel model, CancellationToken cancellation)
    {
        var likely = new Recognition([.. library.Where(known => known.Model.States.Length >= model.States.Length)]);
        if (likely.IsEmpty)
            return null;
        var read = Reads(model);
        foreach (var edit in SlipEdits.Find(new LintContext(model, LintOptions.Default, cancellation)).Take(MostEdits))
        {
            // An edit that leaves a state or a decay without effect makes a simpler rule of many.
            if (EditedRule.Apply(edit, model.Source, cancellation) is { } edited && read.IsSubsetOf(Reads(edited)) && IsFinite(edited, cancellation) && likely.Find(edited, cancellation) is { } rule)
                return (edit, rule);
        }

        return null;
    }

    private bool IsEmpty => library.Count == 0;

    /// <summary>What the new parameter is made of.</summary>
    private static HashSet<string> Reads(RuleModel model) => model.Final(model.Parameter) is { } final ? [.. new Dependence(model).Reads(final).Select(symbol => symbol.Name)] : [];

    /// <summary>What is no number equals everything that is none.</summary>
    private static bool IsFinite(RuleModel model, CancellationToken cancellation)
    {
        var context = new LintContext(model, LintOptions.Default, cancellation);
        var run = context.Experiments.Start([1, -2, 0.5], context.Typical);
        for (var step = 0; step < 12; step++)
            run.Step([Scenario.Wave(step), 30 * Scenario.Wave(step + 50), 0.3]);
        return run.Parameter.All(value => !double.IsNaN(value) && !double.IsInfinity(value));
    }

    /// <summary>The model with its hyper-parameters named after those of another, in every way that there is.</summary>
    private static IEnumerable<RuleModel> Names(RuleModel model, RuleModel known)
    {
        yield return model;
        var own = model.Source.Hypers.Items;
        var theirs = known.Hypers.Where(hyper => hyper.Source.Type is HyperType.Double or HyperType.Single or HyperType.Schedule).Select(hyper => hyper.Source.Property).ToList();
        if (own.Length > MostMatched || own.Any(hyper => hyper.Type == HyperType.Boolean))
            yield break;
        var fixedNames = own.Select(hyper => theirs.Contains(hyper.Property) ? hyper.Property : null).ToArray();
        if (fixedNames.All(name => name is not null))
            yield break;
        foreach (var names in Assign(fixedNames, [.. theirs.Except(fixedNames.OfType<string>())], 0))
        {
            var source = model.Source with { Hypers = own.Select((hyper, index) => hyper with { Property = names[index] }).ToImmutableArray() };
            if (FormulaCompiler.Compile(source).Model is { } named)
                yield return named;
        }
    }

    private static IEnumerable<string[]> Assign(string?[] names, ImmutableArray<string> left, int index)
    {
        if (index == names.Length)
            return [[.. names.Select(name => name!)]];
        if (names[index] is not null)
            return Assign(names, left, index + 1);
        return left.SelectMany(name =>
        {
            string?[] chosen = [.. names];
            chosen[index] = name;
            return Assign(chosen, left.Remove(name), index + 1);
        });
    }
}
