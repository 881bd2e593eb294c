using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>Averages that belong together and have weights that do not.</summary>
internal sealed partial class WeightSumCheck
{
    /// <summary>Where the hyper-parameters are the weights of the new terms, and one minus them the decays: the old value has the decay of another.</summary>
    private static bool BorrowsWeight(LintContext context, Recurrence recurrence)
    {
        if (recurrence.Final.Value is not BinaryExpr { Operator: Op.Add } sum || Parts(sum.Left, sum.Right) is not { } parts)
            return false;
        var (own, weight) = parts;
        if (own.Symbol.Equals(weight.Symbol) || context.Typical[own.Symbol.Index] == context.Typical[weight.Symbol.Index]
            || !new[] { own, weight }.All(node => context.Typical[node.Symbol.Index] is > 0 and < 0.5)
            || !context.Recurrences.Any(other => other != recurrence && other.DecayHypers.Contains(own.Symbol.Index)))
            return false;
        var text = new FormulaText(context);
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} do not sum to 1 but to {Numbers.Of(context.Typical[weight.Symbol.Index] / context.Typical[own.Symbol.Index])}: the old value decays with 1-{own.Symbol.Name}, the new term is weighted with {weight.Symbol.Name}",
            Change(own, weight), Change(weight, own));
        return true;

        (HyperExpr Own, HyperExpr Weight)? Parts(Expr first, Expr second) =>
            first is BinaryExpr { Operator: Op.Multiply, Left: BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr decay }, Right: OldExpr old } && old.Symbol.Equals(recurrence.State)
                && second is BinaryExpr { Operator: Op.Multiply, Left: HyperExpr input } ? (decay, input) : null;

        ReplaceFix Change(HyperExpr from, HyperExpr to) => new($"Change '{text.Of(from)}' to '{text.Of(to)}'", from.Span, text.Of(to));
    }

    /// <summary>
    /// Its square is taken from an average of squares, as that of a mean in a variance: an average of a constant gradient leaves 0
    /// of it, and a sum of larger weights less than that.
    /// </summary>
    private static bool ExceedsSquares(LintContext context, Recurrence recurrence)
    {
        if (recurrence is not { Odd: true, Degree: 1, Forgets: true } || !(Math.Abs(recurrence.SettledSum) > 1 + Tolerances.Visible))
            return false;
        var squares = context.Recurrences.Where(other => other is { Driven: true, Odd: false, Degree: 2, Forgets: true } && Math.Abs(other.SettledSum - 1) < Tolerances.Measured).ToArray();
        if (!context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(node =>
            node.Operator == Op.Subtract && squares.Any(other => Is(node.Left, other)) && IsSquare(node.Right)))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} sum to {Numbers.Of(recurrence.SettledSum)} and not to 1, so that its square is larger than the average of squares that it is taken from: nothing is left of the variance",
            WeightFixes.Complement(context, recurrence));
        return true;

        bool IsSquare(Expr node) => node is BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } power ? Is(power.Left, recurrence)
            : node is BinaryExpr { Operator: Op.Multiply } product && Is(product.Left, recurrence) && Is(product.Right, recurrence);

        static bool Is(Expr node, Recurrence recurrence) => node is DefinedExpr defined ? defined.Definition == recurrence.Final : node is OldExpr old && old.Symbol.Equals(recurrence.State);
    }
}
