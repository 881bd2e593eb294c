using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT325. Proves: how fast an element decays depends on the size of its own gradients, since the decay passes through a
/// denominator that follows them.
/// </summary>
internal sealed class CoupledDecayCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.CoupledDecay];

    public override ImmutableArray<Type> After => [typeof(EqualityCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (DirectionFixes.DecayTerm(context) is not { } term || context.Model.Final(context.Model.Parameter) is not { } update)
            return;
        var (none, quiet, loud) = (Rate(context, 0), Rate(context, 0.1), Rate(context, 10));
        var isDivided = quiet > 5 * loud && loud > Tolerances.Exact;
        if ((!isDivided && !(none > 5 * loud)) || loud < 0)
            return;
        var evidence = isDivided
            ? $"the decay is divided by the size of the gradients: a weight with gradients around 10 decays {Numbers.Ratio(quiet / loud)} times slower than one with gradients around 0.1"
            : "the decay is lost beside the gradients: a weight without gradients decays, and one with gradients around 10 does not";
        context.Report(LintIds.CoupledDecay, term.Span, $"{evidence}; add the decay to the step instead of to the gradient to decouple it", DecayFixes.Decouple(context, update));
    }

    /// <summary>
    /// The decay of one step after some steps with gradients of a size, of the first two elements of a tensor. The others are
    /// large, so that nothing which the whole tensor shares changes with the size.
    /// </summary>
    private static double Rate(LintContext context, double size)
    {
        double[] parameter = [1, -1, 1, 1], gradient = new double[4];
        var run = context.Experiments.Start(parameter, context.Typical);
        var rate = 0.0;
        for (var step = 0; step < 40; step++)
        {
            var sign = step % 2 == 0 ? 1 : -1;
            gradient[0] = gradient[1] = sign * size;
            gradient[2] = gradient[3] = sign * 100;
            Array.Copy(parameter, run.Parameter, parameter.Length);
            run.Step(gradient);
            rate = 1 - ((run.Parameter[0] - run.Parameter[1]) / 2);
        }

        return rate;
    }
}
