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

    /// <summary>What is larger is more than a guard against zero.</summary>
    private const double SmallGuard = 1e-4;

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
        if (degrees.Max() < -0.3 && degrees[0] - degrees[last] > 0.5 && !IsOfLoss(context))
        {
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"the larger the gradients, the smaller the steps, and ever more so: small ones make steps of the power {Numbers.Power(degrees[0])}, large ones of the power {Numbers.Power(degrees[last])}, where a step grows with its gradient or does not depend on its size");
        }
        else if (degrees[last] < -0.3 && degrees[last - 1] < -0.3 && degrees.Max() > 0.7 && !Redescends(context) && !IsDamped(context) && !IsOfLoss(context))
        {
            var (small, large) = (s_sizes[last - 1], s_sizes[last]);
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"gradients of {Numbers.Of(large)} make steps {Numbers.Ratio(Math.Pow(small / large, degrees[last]))} times as small as gradients of {Numbers.Of(small)}: what bounds or divides the step grows faster than the gradient",
                Roots(context));
        }
        else if (degrees.Take(3).Any(degree => Math.Abs(degree) < 0.1) && degrees[0] < 0.5 && degrees.Skip(last - 1).All(degree => Math.Abs(degree - 1) < 0.1) && Raised(context) is { } raised)
        {
            context.Report(
                LintIds.Homogeneity, raised.Span,
                $"'{context.Text(raised)}' makes small gradients longer and leaves large ones as they are: a bound takes the smaller of the two",
                Smaller(context, raised));
        }
        else if (degrees[last] is > 1.7 and < 3 && degrees[last - 1] > 1.7 && degrees[0] is > -0.1 and < 1.1 && IsBounded(context))
        {
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"large gradients make steps that grow with the power {Numbers.Power(degrees[last])} of them: what was to bound the step makes it longer");
        }
        else if (degrees[0] > 1.7 && degrees[1] > 1.7 && degrees[last] is > -0.1 and < 1.1)
        {
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                double.IsInfinity(degrees[0])
                    ? $"gradients of {Numbers.Of(s_sizes[0])} do not move {context.Model.Parameter.Name} at all"
                    : $"small gradients make steps that grow with the power {Numbers.Power(degrees[0])} of them: gradients of {Numbers.Of(s_sizes[0])} hardly move {context.Model.Parameter.Name} at all",
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
    /// Newton's step with curvatures in place of squares: they are damped by far more than what keeps a denominator from zero, and, as
    /// no part of a step of one length, not corrected for their start.
    /// </summary>
    private static bool IsDamped(LintContext context)
    {
        return context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(quotient =>
            quotient is { Operator: Op.Divide, Right: BinaryExpr { Operator: Op.Add } sum }
            && ((IsDamping(sum.Right) && IsCurvature(sum.Left)) || (IsDamping(sum.Left) && IsCurvature(sum.Right))));

        bool IsDamping(Expr term) => term is HyperExpr hyper && context.Typical[hyper.Symbol.Index] > SmallGuard;

        bool IsCurvature(Expr term) => context.Recurrences.Any(recurrence => recurrence is { Driven: true, Odd: false, Degree: 2 }
            && (term is DefinedExpr defined ? defined.Definition == recurrence.Final : term is OldExpr old && old.Symbol.Equals(recurrence.State)));
    }

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
        foreach (var hyper in context.Model.Hypers.Where(hyper => Epsilons.IsSmall(context, hyper) && context.Typical[hyper.Index] <= SmallGuard && Epsilons.IsGuard(context, hyper)))
            hypers = hypers.SetItem(hyper.Index, hypers[hyper.Index] * 1e-12);
        var moves = s_sizes.Select(size => context.Experiments.Moves(Situation.Irregular(size, Steps) with { Hypers = hypers })[Steps - 1]).ToArray();
        return [.. moves.Skip(1).Select((move, index) => Math.Log(Math.Abs(move / moves[index])) / Math.Log(s_sizes[index + 1] / s_sizes[index]))];
    }

    /// <summary>The larger of 1 and a quotient that falls with the size of the gradients, where nothing takes the smaller of two.</summary>
    private static CallExpr? Raised(LintContext context)
    {
        var calls = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<CallExpr>().ToArray();
        return calls.Any(call => call.Function == Op.Min) ? null : calls.FirstOrDefault(call =>
            call is { Function: Op.Max, Cardinality: Cardinality.PerTensor, Arguments.Length: 2 } && call.Arguments.Any(argument => argument is NumberExpr)
            && call.Arguments.Any(argument => argument is BinaryExpr { Operator: Op.Divide, Left.Cardinality: Cardinality.PerStep } quotient && context.Dependence.IsDriven(quotient.Right)));
    }

    private static FormulaFix[] Smaller(LintContext context, CallExpr call)
    {
        var at = context.Text(call).IndexOf("max", StringComparison.Ordinal);
        return at < 0 ? [] : [new ReplaceFix("Change 'max' to 'min'", new TextSpan(call.Span.Start + at, 3), "min")];
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
