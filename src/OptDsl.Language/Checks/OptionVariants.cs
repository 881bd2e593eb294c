using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// Analyses run with the defaults, where an option that is off hides the states that it adds. These are the rule with its
/// defaults, and with such options on or off that each state exists in one of them; there it is a state like any other.
/// </summary>
internal static class OptionVariants
{
    /// <summary>The rule for each choice of options, and what to say of the choice; nothing of the defaults, which come first.</summary>
    public static IEnumerable<(RuleModel Model, string Choice)> Of(RuleModel model, CancellationToken cancellation)
    {
        var conditions = model.Conditions.OfType<Expr>().ToList();
        if (conditions.Count == 0)
            return [(model, "")];
        var choices = conditions.Select(condition => Choose(condition, model)).Prepend(ImmutableArray<HyperSymbol>.Empty);
        return
            from changed in choices.GroupBy(changed => string.Join(" and ", changed.Select(option => $"{option.Source.Symbol} is {(IsOn(option) ? "off" : "on")}")))
            let variant = FormulaCompiler.Compile(With(model, changed.First()), cancellation).Model
            where variant is not null
            select (variant, changed.Key);
    }

    /// <summary>The fewest options to change for a condition to hold; none where it holds, or options do not decide it.</summary>
    private static ImmutableArray<HyperSymbol> Choose(Expr condition, RuleModel model)
    {
        var options = model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Boolean && condition.Nodes().Any(node => node is HyperExpr used && used.Symbol.Equals(hyper))).ToList();
        var choices =
            from bits in Enumerable.Range(0, 1 << options.Count)
            let changed = options.Where((_, i) => ((bits >> i) & 1) != 0).ToImmutableArray()
            orderby changed.Length
            select changed;
        return choices.FirstOrDefault(changed => Holds(condition, changed)) is { IsDefault: false } first ? first : [];
    }

    private static bool Holds(Expr condition, ImmutableArray<HyperSymbol> changed) => StepValue.Of(
        condition,
        hyper => changed.Contains(hyper) ? (IsOn(hyper) ? 0 : 1)
            : SampleValues.Typical(hyper.Source, hyper.Source.Default ?? SampleValues.Assumed(hyper.Source))) != 0;

    private static bool IsOn(HyperSymbol option) => option.Source.Default is not null and not 0;

    private static RuleSource With(RuleModel model, ImmutableArray<HyperSymbol> changed) => model.Source with
    {
        States = model.States.Select(state =>
            model.Conditions[state.Index] is { } condition && Holds(condition, changed) ? state.Source with { When = "" } : state.Source).ToImmutableArray(),
        Hypers = model.Hypers.Select(hyper => changed.Contains(hyper) ? hyper.Source with { Default = IsOn(hyper) ? 0 : 1 } : hyper.Source).ToImmutableArray(),
    };
}
