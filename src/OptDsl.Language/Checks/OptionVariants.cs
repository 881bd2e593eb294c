using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// Analyses see a rule with its options decided. These are the rule with its defaults, with each option that the formulas read the
/// other way round, and with such options on or off that each state exists in one of them; there it is a state like any other.
/// </summary>
internal static class OptionVariants
{
    /// <summary>The rule for each choice of options, and what to say of the choice; nothing of the defaults, which come first.</summary>
    public static IEnumerable<OptionVariant> Of(RuleModel model, CancellationToken cancellation)
    {
        var options = model.Hypers.Where(Specialisation.IsOption).ToList();
        var conditions = model.Conditions.OfType<Expr>().ToList();
        if (conditions.Count == 0 && options.Count == 0)
            return [new(model, "", AddsStates: false)];
        var chosen = options.Where(option => Expressions.Nodes(model).Any(node => node is HyperExpr used && used.Symbol.Equals(option))).Select(option => ImmutableArray.Create(option));
        var choices = conditions.Select(condition => (Changed: Choose(condition, model), AddsStates: true)).Concat(chosen.Select(changed => (Changed: changed, AddsStates: false))).Prepend(([], false));
        var variants = new List<OptionVariant>();
        foreach (var group in choices.GroupBy(choice => string.Join(" and ", choice.Changed.Select(option => $"{option.Source.Symbol} is {(IsOn(option) ? "off" : "on")}"))))
        {
            // Where a state comes to exist the formulas are read anew: its statements no longer choose.
            var (changed, addsStates) = group.First();
            var compiled = conditions.Count > 0 && (addsStates || changed.IsEmpty) ? FormulaCompiler.Compile(With(model, changed), cancellation).Model : model;
            if (compiled is null)
                continue;
            var variant = Specialisation.Of(compiled, [.. compiled.Hypers.Select(hyper => changed.Any(option => option.Index == hyper.Index) ? Turn(model.Hypers[hyper.Index]) : hyper with { Source = model.Hypers[hyper.Index].Source })]);
            if (variants.Count == 0 || !IsOpposite(variants[0].Model, variant))
                variants.Add(new OptionVariant(variant, group.Key, addsStates));
        }

        return variants;
    }

    /// <summary>The rule with numbers that only decide choices, as 0 or 1, taken for the options that they are; itself where there are none.</summary>
    public static RuleModel WithSwitches(RuleModel model, CancellationToken cancellation)
    {
        var switches = model.Hypers.Where(hyper => hyper.Source is { Type: HyperType.Double or HyperType.Single, Default: 0 or 1 } && IsSwitch(model, hyper)).ToList();
        if (switches.Count == 0)
            return model;
        var source = model.Source with { Hypers = model.Hypers.Select(hyper => switches.Contains(hyper) ? hyper.Source with { Type = HyperType.Boolean } : hyper.Source).ToImmutableArray() };
        return FormulaCompiler.Compile(source, cancellation).Model ?? model;
    }

    /// <summary>It is read, and only where a choice is made by hyper-parameters alone.</summary>
    private static bool IsSwitch(RuleModel model, HyperSymbol hyper)
    {
        var conditions = Expressions.Nodes(model).OfType<ConditionalExpr>().Select(choice => choice.Condition)
            .Where(condition => condition.Nodes().All(node => node is NumberExpr or UnaryExpr or BinaryExpr or HyperExpr)).SelectMany(condition => condition.Nodes());
        var inside = new HashSet<Expr>(conditions, ByIdentity.Instance);
        var reads = Expressions.Nodes(model).Where(node => node is HyperExpr used && used.Symbol.Equals(hyper)).ToList();
        return reads.Count > 0 && reads.All(inside.Contains) && !model.Initials.Any(initial => initial.Nodes().Any(node => node is HyperExpr used && used.Symbol.Equals(hyper)));
    }

    /// <summary>An option that turns the goal around makes the opposite steps; what there is to say of them has been said.</summary>
    private static bool IsOpposite(RuleModel first, RuleModel second)
    {
        var (up, down) = (Start(first), Start(second));
        for (var step = 0; step < 4; step++)
        {
            double[] gradient = [Scenario.Wave(step), -Scenario.Wave(step)];
            up.Parameter[0] = up.Parameter[1] = down.Parameter[0] = down.Parameter[1] = 0;
            up.Step(gradient);
            down.Step(gradient);
            if (Math.Abs(up.Parameter[0] + down.Parameter[0]) > Tolerances.Exact * Math.Abs(up.Parameter[0]))
                return false;
        }

        return up.Parameter[0] != 0;

        static RuleRun Start(RuleModel model) => new(RuleProgram.Compile(model), [0, 0], [.. model.Hypers.Select(hyper => hyper.Source.Default ?? SampleValues.Assumed(hyper.Source))]);
    }

    /// <summary>The fewest options to change for a condition to hold; none where it holds, or options do not decide it.</summary>
    private static ImmutableArray<HyperSymbol> Choose(Expr condition, RuleModel model)
    {
        var options = model.Hypers.Where(hyper => Specialisation.IsOption(hyper) && condition.Nodes().Any(node => node is HyperExpr used && used.Symbol.Equals(hyper))).ToList();
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

    private static HyperSymbol Turn(HyperSymbol option) => option with { Source = option.Source with { Default = IsOn(option) ? 0 : 1 } };

    private static bool IsOn(HyperSymbol option) => option.Source.Default is not null and not 0;

    private static RuleSource With(RuleModel model, ImmutableArray<HyperSymbol> changed) => model.Source with
    {
        States = model.States.Select(state =>
            model.Conditions[state.Index] is { } condition && Holds(condition, changed) ? state.Source with { When = "" } : state.Source).ToImmutableArray(),
        Hypers = model.Hypers.Select(hyper => changed.Contains(hyper) ? Turn(hyper).Source : hyper.Source).ToImmutableArray(),
    };
}

/// <summary>A rule with its options decided.</summary>
/// <param name="Model">The rule.</param>
/// <param name="Choice">The options that are not at their defaults, in words; empty for the defaults.</param>
/// <param name="AddsStates">True where they were chosen for a state to exist.</param>
internal sealed record OptionVariant(RuleModel Model, string Choice, bool AddsStates);
