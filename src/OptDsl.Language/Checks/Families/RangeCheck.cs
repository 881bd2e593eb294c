using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 and OPT324 for rules that are of one degree for small gradients and of another for large ones. Measures the degree of the
/// step decade by decade, with the guards against zero out of the way. Proves one of: however large gradients are, larger ones make
/// smaller steps, although small ones do not; or small ones make steps in proportion to their square.
/// </summary>
internal sealed class RangeCheck : Check
{
    private const int Steps = 12;
    private static readonly double[] s_sizes = [1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6];

    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity, LintIds.MissingRoot];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.Homogeneity, LintIds.MissingRoot, LintIds.MissingSquare];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update)
            return;
        // What starts away from zero is beside small gradients large and beside large ones small, until it has settled.
        if (context.Model.States.Any(state => context.Dependence.IsDriven(state) && context.InitialValue(state) is not 0)
            || context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.SettledDecay >= 1 && context.Liveness.IsLive(recurrence.Final)))
            return;
        var degrees = Degrees(context);
        if (degrees.Any(double.IsNaN))
            return;
        var last = degrees.Length - 1;
        if (degrees[last] < -0.3 && degrees[last - 1] < -0.3 && degrees.Max() > 0.7 && !Redescends(context) && !IsOfLoss(context))
        {
            var (small, large) = (s_sizes[last - 1], s_sizes[last]);
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"gradients of {Numbers.Of(large)} make steps {Numbers.Ratio(Math.Pow(small / large, degrees[last]))} times as small as gradients of {Numbers.Of(small)}: what bounds or divides the step grows faster than the gradient",
                Roots(context));
        }
        else if (degrees[last] is > 1.7 and < 3 && degrees[last - 1] > 1.7 && degrees[0] is > -0.1 and < 1.1 && IsBounded(context))
        {
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"large gradients make steps that grow with the power {Numbers.Of(degrees[last])} of them: what was to bound the step makes it longer");
        }
        else if (degrees[0] > 1.7 && degrees[1] > 1.7 && degrees[last] is > -0.1 and < 1.1)
        {
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"small gradients make steps that grow with the power {Numbers.Of(degrees[0])} of them: gradients of {Numbers.Of(s_sizes[0])} hardly move {context.Model.Parameter.Name} at all",
                DegreeFixes.Factor(context));
        }
    }

    /// <summary>
    /// A value over 1 plus a square of it: an influence that is to fade for what lies outside, as in robust statistics.
    /// </summary>
    private static bool Redescends(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(quotient =>
            quotient is { Operator: Op.Divide, Right: BinaryExpr { Operator: Op.Add, Left: NumberExpr { Value: 1 }, Cardinality: Cardinality.PerElement } sum }
            && context.Dependence.IsDriven(quotient.Left) && context.Dependence.IsDriven(sum.Right));

    /// <summary>
    /// No hyper-parameter scales small steps and large ones alike, so that none is the step size: the large ones are as long as a loss
    /// and the gradient make them, as Polyak's are.
    /// </summary>
    private static bool IsOfLoss(LintContext context) => !Enumerable.Range(0, context.Undecayed.Length).Any(index =>
        context.Undecayed[index] != 0 && new[] { s_sizes[0], s_sizes[s_sizes.Length - 1] }.All(size => Math.Abs(Math.Log(Move(context, size, index, 2) / Move(context, size, index, 1), 2) - 1) < Tolerances.Power));

    private static double Move(LintContext context, double size, int hyper, double factor) =>
        Math.Abs(context.Experiments.Moves(Situation.Irregular(size, Steps) with { Hypers = context.Undecayed.SetItem(hyper, context.Undecayed[hyper] * factor) })[Steps - 1]);

    private static double[] Degrees(LintContext context)
    {
        var hypers = context.Undecayed;
        foreach (var hyper in context.Model.Hypers.Where(hyper => Epsilons.IsSmall(context, hyper) && context.Typical[hyper.Index] <= 1e-4 && Epsilons.IsGuard(context, hyper)))
            hypers = hypers.SetItem(hyper.Index, hypers[hyper.Index] * 1e-12);
        var moves = s_sizes.Select(size => context.Experiments.Moves(Situation.Irregular(size, Steps) with { Hypers = hypers })[Steps - 1]).ToArray();
        return [.. moves.Skip(1).Select((move, index) => Math.Log(Math.Abs(move / moves[index])) / Math.Log(s_sizes[index + 1] / s_sizes[index]))];
    }

    /// <summary>Something is there to bound the step.</summary>
    private static bool IsBounded(LintContext context) => context.Domain == WeightDomain.All
        && context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).Any(node => node is CallExpr { Function: Op.Max or Op.Min });

    private static FormulaFix[] Roots(LintContext context)
    {
        var text = new FormulaText(context);
        return
        [
            .. context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
                .Where(node => node is { Operator: Op.Power, Right: NumberExpr { Value: 2 } } && context.Dependence.IsDriven(node.Left))
                .Select(node => new ReplaceFix($"Leave out the square of '{text.Of(node.Left)}'", node.Span, text.Of(node.Left))),
            .. ScalingFixes.Norms(context),
        ];
    }
}
