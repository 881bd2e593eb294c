using System.Collections.Immutable;
using OptDsl.Generators.Declarations;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
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

    /// <summary>The rule, or null where the library has none that makes the same steps.</summary>
    public LibraryRule? Find(RuleModel model, CancellationToken cancellation) => library
        .SelectMany(known => Names(model, known.Model).Select(named => (Known: known, Comparison: new Conformance(new ComparableRule(named), known.Rule))))
        .Where(pair => pair.Comparison.CoversRule)
        .OrderBy(pair => pair.Comparison.Unmatched).ThenBy(pair => pair.Known.Model.States.Length)
        .FirstOrDefault(pair => pair.Comparison.Find(cancellation) is null).Known;

    /// <summary>The one edit after which a loop computes a ready-made rule, with all that it reads, and that rule; null where there is none.</summary>
    public (ReplaceFix Edit, LibraryRule Rule)? FindEdit(RuleModel model, CancellationToken cancellation)
    {
        var neighbours = new Neighbours([.. library.Select(known => new NamedRule(known.Type.Name, known.Rule))]);
        return neighbours.All(model, cancellation).Where(neighbour => neighbour.Edit is ReplaceFix).FirstOrDefault() is { } nearest
            ? ((ReplaceFix)nearest.Edit, library.First(known => known.Type.Name == nearest.Rule.Name)) : null;
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
