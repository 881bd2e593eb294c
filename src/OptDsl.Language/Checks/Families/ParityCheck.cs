using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322. Proves: weights and gradients of the opposite signs do not make the opposite step. No rule prefers positive weights to
/// negative ones, but for those that keep them in a domain: projections (past whose edge gradients do nothing) and multiplicative
/// steps (which do not move zero) are left out.
/// </summary>
internal sealed class ParityCheck : Check
{
    private const int Steps = 6;
    private const double Tolerance = 0.05;
    private static readonly (double Weight, double Size)[] s_situations = [(0, 0.03), (1, 0.03), (1, 3), (30, 0.03), (30, 3), (0, 300), (30, 300)];

    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.Homogeneity, LintIds.MissingSquare];

    public override ImmutableArray<Type> After => [typeof(IdleDecayCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Domain != WeightDomain.All || !MovesZero(context) || context.Experiments.IsProjected()
            || !context.Dependence.Reads(context.Model.Final(context.Model.Parameter)!).Contains(context.Model.Parameter))
            return;
        foreach (var (weight, size) in s_situations)
        {
            var (plain, opposite) = (Displacement(context, weight, size, 1), Displacement(context, weight, size, -1));
            if (!(Math.Abs(plain + opposite) > Tolerance * Math.Max(Math.Abs(plain), Math.Abs(opposite))))
                continue;
            var (name, gradient) = (context.Model.Parameter.Name, context.Model.Source.Gradient);
            context.Report(
                LintIds.Homogeneity, context.Model.Final(context.Model.Parameter)!.StatementSpan,
                $"opposite weights and gradients do not make opposite steps: from {name} = {Numbers.Of(weight)} gradients around {Numbers.Of(size)} move it by {Numbers.Of(plain)}, and the opposite ones from {Numbers.Of(-weight)} by {Numbers.Of(opposite)}, so that a sign or a size of {name} or {gradient} is missing or too many");
            return;
        }
    }

    private static bool MovesZero(LintContext context) =>
        context.Experiments.Moves(Situation.Constant(1, 2) with { Weight = 0 })[1] != 0;

    /// <summary>How far irregular gradients move three elements of different weights, the first of them.</summary>
    private static double Displacement(LintContext context, double weight, double size, double sign)
    {
        double[] weights = [sign * weight, sign * weight / 2, -sign * weight / 3], gradient = new double[3];
        var run = context.Experiments.Start(weights, context.Typical);
        for (var step = 0; step < Steps; step++)
        {
            for (var element = 0; element < gradient.Length; element++)
                gradient[element] = sign * size * Scenario.Wave(step + (20 * element));
            run.Step(gradient);
        }

        return run.Parameter[0] - (sign * weight);
    }
}
