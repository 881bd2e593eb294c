using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 for mixtures of two terms, wherever they stand: in averages of steps that are normalised already, inside a choice, or in a
/// local. Proves: one term weighs β and the other 1+β, or 1 minus another decay; or the old value of a state, or an average, weighs 1
/// beside a term that weighs 1-β.
/// </summary>
internal sealed class MixtureCheck : Check
{
    public override ImmutableArray<string> Borrows => [LintIds.WeightSum];

    public override ImmutableArray<string> SilencedBy => [LintIds.WeightSum, LintIds.WrongBiasCorrection];

    public override ImmutableArray<Type> After => [typeof(CorrectionChainCheck)];

    public override void Run(LintContext context)
    {
        foreach (var definition in context.Model.Definitions.Where(context.Liveness.IsLive))
        {
            foreach (var sum in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node is { Operator: Op.Add, Cardinality: not Cardinality.PerStep }))
            {
                if (ReportForeign(context, definition, sum, sum.Left, sum.Right) || ReportForeign(context, definition, sum, sum.Right, sum.Left)
                    || ReportWhole(context, definition, sum, sum.Left, sum.Right) || ReportWhole(context, definition, sum, sum.Right, sum.Left)
                    || ReportSum(context, sum, sum.Left, sum.Right) || ReportSum(context, sum, sum.Right, sum.Left))
                    return;
            }
        }
    }

    /// <summary>One term is multiplied by a decay, and the other by one minus another.</summary>
    private static bool ReportForeign(LintContext context, Definition definition, BinaryExpr sum, Expr term, Expr other)
    {
        if (Single(Factors(term).OfType<HyperExpr>(), hyper => IsDecay(context, hyper.Symbol)) is not { } weight
            || Complement(context, other) is not { } complement || Complement(context, term) is not null)
            return false;
        var (own, foreign) = (weight.Symbol, ((HyperExpr)complement.Right).Symbol);
        if (own.Equals(foreign) || context.Typical[own.Index] == context.Typical[foreign.Index]
            || (!BelongsElsewhere(context, definition, own, sum) && !BelongsElsewhere(context, definition, foreign, sum)) || context.Dependence.Reads(other).Contains(context.Model.Parameter))
            return false;
        var total = context.Typical[own.Index] + 1 - context.Typical[foreign.Index];
        var text = new FormulaText(context);
        context.Report(
            LintIds.WeightSum, complement.Span,
            $"'{context.Text(sum)}' mixes two terms with the weights {own.Name} and 1-{foreign.Name}, which sum to {Numbers.Short(total)}; with 1-{own.Name} they sum to 1",
            new ReplaceFix($"Change '{text.Of(complement.Right)}' to '{text.Of(weight)}'", complement.Right.Span, text.Of(weight)),
            new ReplaceFix($"Change '{text.Of(weight)}' to '{text.Of(complement.Right)}'", weight.Span, text.Of(complement.Right)));
        return true;
    }

    /// <summary>The old value, or an average of gradients, is taken whole beside what weighs 1-β.</summary>
    private static bool ReportWhole(LintContext context, Definition definition, BinaryExpr sum, Expr term, Expr other)
    {
        if (Complement(context, other) is not { } complement)
            return false;
        var decay = ((HyperExpr)complement.Right).Symbol;
        var state = term is OldExpr { Symbol: StateSymbol own } && own.Equals(definition.Target) ? own : null;
        var isKept = state is not null && context.InitialValue(state) is not null && !context.Dependence.Reads(other).Contains(state)
            && definition == context.Model.Final(state) && IsDecay(context, decay);
        var isAverage = Rest(other) is GradientExpr && context.Recurrences.Any(recurrence =>
            recurrence is { Driven: true, Odd: true, Degree: 1 } && Math.Abs(recurrence.SettledSum - 1) < Tolerances.Measured && recurrence.DecayHypers.Contains(decay.Index)
            && (term is DefinedExpr defined ? defined.Definition == recurrence.Final : term is OldExpr old && old.Symbol.Equals(recurrence.State) && recurrence.Final != definition));
        if (!isKept && !isAverage)
            return false;
        var text = new FormulaText(context);
        context.Report(
            LintIds.WeightSum, sum.Span,
            isKept
                ? $"{state!.Name} adds up every input with the weight 1-{decay.Name} of an average and forgets none: its old value needs the decay {decay.Name}"
                : $"'{context.Text(sum)}' mixes two terms with the weights 1 and 1-{decay.Name}, which sum to {Numbers.Short(2 - context.Typical[decay.Index])}; with the weight {decay.Name} for '{context.Text(term)}' they sum to 1",
            new ReplaceFix($"Weight '{text.Of(term)}' with '{text.Of(complement.Right)}'", term.Span, $"{text.Of(complement.Right)}*{FormulaText.Atom(text.Of(term))}"));
        return true;
    }

    /// <summary>The gradient with the weight 1-ν is mixed with a sum of gradients with the weight ν, where an average is of its size.</summary>
    private static bool ReportSum(LintContext context, BinaryExpr sum, Expr term, Expr other)
    {
        if (Complement(context, other) is not { Right: HyperExpr share } || Rest(other) is not GradientExpr
            || Single(Factors(term).OfType<HyperExpr>(), factor => factor.Symbol.Equals(share.Symbol)) is null)
            return false;
        var mixed = Rest(term);
        var recurrence = context.Recurrences.FirstOrDefault(recurrence =>
            recurrence is { Driven: true, Odd: true, Degree: 1, Forgets: true } && Math.Abs(recurrence.SettledSum - 1) > Tolerances.Visible && !recurrence.DecayHypers.Contains(share.Symbol.Index)
            && (mixed is DefinedExpr defined ? defined.Definition == recurrence.Final : mixed is OldExpr old && old.Symbol.Equals(recurrence.State)));
        if (recurrence is null)
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"'{context.Text(sum)}' mixes the gradient with {recurrence.State.Name}, whose weights sum to {Numbers.Of(recurrence.SettledSum)} and not to 1: the gradient's share of {Numbers.Of(1 - context.Typical[share.Symbol.Index])} is lost beside it",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    private static bool IsDecay(LintContext context, HyperSymbol hyper) => context.Typical[hyper.Index] is > 0.3 and < 1 && hyper.Source.Type != HyperType.Boolean;

    /// <summary>It is the decay of some average, or mixes two terms elsewhere: no factor of its own.</summary>
    private static bool BelongsElsewhere(LintContext context, Definition definition, HyperSymbol hyper, BinaryExpr sum) =>
        context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.Final != definition && recurrence.DecayHypers.Contains(hyper.Index) && Math.Abs(recurrence.SettledDecay - context.Typical[hyper.Index]) < Tolerances.Exact)
        || context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(node =>
            !ReferenceEquals(node, sum) && node is { Operator: Op.Add, Cardinality: not Cardinality.PerStep }
            && ((Weighs(node.Left, hyper) && IsComplement(context, node.Right, hyper)) || (Weighs(node.Right, hyper) && IsComplement(context, node.Left, hyper))));

    private static bool Weighs(Expr term, HyperSymbol hyper) => Factors(term).OfType<HyperExpr>().Any(factor => factor.Symbol.Equals(hyper));

    private static bool IsComplement(LintContext context, Expr term, HyperSymbol hyper) => Complement(context, term) is { Right: HyperExpr decay } && decay.Symbol.Equals(hyper);

    /// <summary>The factor 1-β of a term, where there is one.</summary>
    private static BinaryExpr? Complement(LintContext context, Expr term) => Single(Factors(term).OfType<BinaryExpr>(), factor =>
        factor is { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr hyper } && (IsDecay(context, hyper.Symbol) || context.Typical[hyper.Symbol.Index] == 1));

    /// <summary>The factors of one value a step.</summary>
    private static IEnumerable<Expr> Factors(Expr term) => term switch
    {
        { Cardinality: Cardinality.PerStep } => [term],
        BinaryExpr { Operator: Op.Multiply } product => Factors(product.Left).Concat(Factors(product.Right)),
        BinaryExpr { Operator: Op.Divide } quotient => Factors(quotient.Left),
        _ => [],
    };

    /// <summary>What the factors of one value a step multiply.</summary>
    private static Expr Rest(Expr term) => term switch
    {
        BinaryExpr { Operator: Op.Multiply, Left.Cardinality: Cardinality.PerStep } product => Rest(product.Right),
        BinaryExpr { Operator: Op.Multiply, Right.Cardinality: Cardinality.PerStep } product => Rest(product.Left),
        _ => term,
    };

    private static T? Single<T>(IEnumerable<T> factors, Func<T, bool> isWanted)
        where T : class
    {
        var wanted = factors.Where(isWanted).Take(2).ToArray();
        return wanted.Length == 1 ? wanted[0] : null;
    }
}
