using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 for a decay that decays nothing. Proves: a multiple of the parameter is added to the gradient, and without gradients the
/// parameter stays where it is: the sum goes only where it scales the step, as into an average of squares.
/// </summary>
internal sealed class IdleDecayCheck : Check
{
    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.WithoutInfluence, LintIds.Homogeneity];

    public override ImmutableArray<Type> After => [typeof(MemoryCheck)];

    public override void Run(LintContext context)
    {
        if (context.Domain != WeightDomain.All)
            return;
        var (sum, term) = DirectionFixes.AddedDecays(context).FirstOrDefault(added => IsGradient(ReferenceEquals(added.Sum.Left, added.Term) ? added.Sum.Right : added.Sum.Left));
        if (sum is null || !context.Experiments.Rest([1, -1], 5).SequenceEqual([1.0, -1.0]) || !Rests(context))
            return;
        context.Report(
            LintIds.Homogeneity, term!.Span,
            $"'{context.Text(term)}' decays nothing: without gradients {context.Model.Parameter.Name} stays where it is, since '{context.Text(sum)}' only scales the step");

        // Nor beside elements that have some.
        static bool Rests(LintContext context)
        {
            var run = context.Experiments.Start([1, -1, 1], context.Typical);
            for (var step = 0; step < 5; step++)
                run.Step([1, -0.5, 0]);
            return run.Parameter[2] == 1;
        }

        bool IsGradient(Expr other) => context.Dependence.Reads(other).Contains(Dependence.Gradient)
            && !context.Dependence.Reads(other).OfType<StateSymbol>().Any(state => context.InitialValue(state) is null);
    }
}
