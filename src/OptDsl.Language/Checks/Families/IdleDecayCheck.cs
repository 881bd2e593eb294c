using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 for a decay that decays nothing. Proves: a multiple of the parameter is added to the gradient, and without gradients the
/// parameter stays where it is: the sum goes only where it scales the step, as into an average of squares.
/// </summary>
internal sealed class IdleDecayCheck : Check
{
    /// <summary>What is smaller guards a quotient.</summary>
    private const double SmallestDecay = 1e-5;

    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.WithoutInfluence, LintIds.Homogeneity];

    public override ImmutableArray<Type> After => [typeof(MemoryCheck)];

    /// <summary>Weights without gradients stay where they are, also beside elements that have some.</summary>
    private static bool Rests(LintContext context)
    {
        if (!context.Experiments.Rest([1, -1], 5).SequenceEqual([1.0, -1.0]))
            return false;
        var run = context.Experiments.Start([1, -1, 1], context.Typical);
        for (var step = 0; step < 5; step++)
            run.Step([1, -0.5, 0]);
        return run.Parameter[2] == 1;
    }

    /// <summary>A small part of a value is added to that value itself, where a decay adds a small part of the parameter.</summary>
    private static bool ReportEcho(LintContext context)
    {
        foreach (var sum in context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Where(node => node.Operator == Op.Add))
        {
            if (sum.Right is not BinaryExpr { Operator: Op.Multiply, Left: HyperExpr part } echo || context.Typical[part.Symbol.Index] is not (> 0 and < 0.3)
                || !IsSame(sum.Left, echo.Right) || !context.Dependence.IsDriven(sum.Left)
                || Expressions.Nodes(context.Model).Count(node => node is HyperExpr other && other.Symbol.Equals(part.Symbol)) != 1)
                continue;
            var text = new FormulaText(context);
            context.Report(
                LintIds.Homogeneity, echo.Span,
                $"'{context.Text(echo)}' adds to '{context.Text(sum.Left)}' a part of itself: it only makes the step {Numbers.Of(1 + context.Typical[part.Symbol.Index])} times as long, and decays nothing",
                new ReplaceFix($"Change '{text.Of(echo.Right)}' to '{context.Model.Source.Parameter}'", echo.Right.Span, context.Model.Source.Parameter));
            return true;
        }

        return false;

        static bool IsSame(Expr first, Expr second) => (first, second) switch
        {
            (DefinedExpr left, DefinedExpr right) => left.Definition == right.Definition,
            (GradientExpr, GradientExpr) => true,
            _ => false,
        };
    }

    /// <summary>A part of the weights' norm is added to the gradient's, as where both decay, and nothing decays the weights.</summary>
    private static bool ReportRatio(LintContext context)
    {
        var sum = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().FirstOrDefault(node =>
            node is { Operator: Op.Add, Left: ReduceExpr { Reduction: Op.Norm } gradient, Right: BinaryExpr { Operator: Op.Multiply, Left: HyperExpr decay, Right: ReduceExpr { Reduction: Op.Norm } weights } }
            && gradient.Arguments[0] is GradientExpr && weights.Arguments[0] is OldExpr { Symbol: ParameterSymbol } && context.Typical[decay.Symbol.Index] > SmallestDecay);
        if (sum is null || !Rests(context))
            return false;
        var text = new FormulaText(context);
        var ratio = (BinaryExpr)sum.Right;
        context.Report(
            LintIds.Homogeneity, sum.Right.Span,
            $"'{context.Text(sum.Right)}' decays nothing: without gradients {context.Model.Parameter.Name} stays where it is, since '{context.Text(sum)}' only scales the step",
            [
                .. context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
                    .Where(product => product is { Operator: Op.Multiply, Right: GradientExpr })
                    .Select(product => new ReplaceFix(
                        $"Add '{text.Product(text.Of(ratio.Left), context.Model.Source.Parameter)}' to '{text.Of(product.Right)}'",
                        product.Right.Span, $"({text.Of(product.Right)} + {text.Product(text.Of(ratio.Left), context.Model.Source.Parameter)})")),
            ]);
        return true;
    }

    public override void Run(LintContext context)
    {
        if (ReportEcho(context) || context.Domain != WeightDomain.All || ReportRatio(context))
            return;
        var (sum, term) = DirectionFixes.AddedDecays(context).FirstOrDefault(added => IsGradient(ReferenceEquals(added.Sum.Left, added.Term) ? added.Sum.Right : added.Sum.Left));
        if (sum is null || !Rests(context))
            return;
        context.Report(
            LintIds.Homogeneity, term!.Span,
            $"'{context.Text(term)}' decays nothing: without gradients {context.Model.Parameter.Name} stays where it is, since '{context.Text(sum)}' only scales the step");

        bool IsGradient(Expr other) => context.Dependence.Reads(other).Contains(Dependence.Gradient)
            && !context.Dependence.Reads(other).OfType<StateSymbol>().Any(state => context.InitialValue(state) is null);
    }
}
