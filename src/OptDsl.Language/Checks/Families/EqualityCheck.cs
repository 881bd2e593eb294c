using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT203 for a state that another one repeats, and OPT202 for one that never changes. Shows: with hyper-parameters that all differ
/// and gradients of every size, at early and at late ages, the two are equal at every step, or the one is what it was at first.
/// </summary>
internal sealed class EqualityCheck : Check
{
    private static readonly ImmutableArray<long> s_ages = [.. Enumerable.Range(1, 24).Select(age => (long)age), 100, 101, 1000, 1001, 10_000, 10_001, 1_000_000, 1_000_001];

    public override ImmutableArray<string> Borrows => [LintIds.StateNeverUpdated, LintIds.WithoutInfluence];

    public override ImmutableArray<string> SilencedBy => [LintIds.StateNeverUpdated];

    public override ImmutableArray<Type> After => [typeof(ParityCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        var states = context.Model.States.Where(state =>
            context.Model.Final(state) is { } final && context.Liveness.IsLive(state) && context.Liveness.IsLive(final)
            && !state.IsConditional && context.Dependence.IsDriven(state)).ToArray();
        if (states.Length == 0)
            return;
        var paths = Paths(context, states, Apart(context));
        var typical = Paths(context, states, context.Typical);
        for (var index = 0; index < states.Length; index++)
        {
            var final = context.Model.Final(states[index])!;
            if (IsConstant(paths[index]) && IsConstant(typical[index]) && IsConstantUnderConstant(context, states[index]))
            {
                context.Report(
                    LintIds.StateNeverUpdated, final.StatementSpan,
                    $"{states[index].Name} stays {Numbers.Of(paths[index][0])} whatever the gradients: no statement gives it another value",
                    EpsilonFixes.Start(context, states[index]));
                return;
            }

            for (var other = 0; other < index; other++)
            {
                if (states[index].IsScalar || states[index].Cardinality != states[other].Cardinality || !AreEqual(paths[index], paths[other])
                    || KeepsForLater(context, states[index], states[other]) || KeepsForLater(context, states[other], states[index]))
                    continue;
                context.Report(
                    LintIds.WithoutInfluence, final.StatementSpan,
                    $"{states[index].Name} is always equal to {states[other].Name}: one of the two was to be something else, or is not needed",
                    InfluenceFixes.TakeIn(context, final));
                return;
            }
        }
    }

    private static bool AreEqual(List<double> first, List<double> second) => first.SequenceEqual(second) && !first.Any(double.IsNaN);

    /// <summary>It keeps what the other one was for statements that come after the other's own: there the other's name means the new value.</summary>
    private static bool KeepsForLater(LintContext context, StateSymbol keeper, StateSymbol other) =>
        context.Model.Final(keeper)!.Value is DefinedExpr defined && defined.Definition == context.Model.Final(other)
        && context.Model.Definitions.Where(context.Liveness.IsLive).Any(definition => definition.Index > defined.Definition.Index && Expressions.ReadsOld(definition.Value, keeper));

    /// <summary>Values that differ from hyper-parameter to hyper-parameter, so that only what is equal for all values is equal.</summary>
    private static ImmutableArray<double> Apart(LintContext context) =>
        [.. context.Model.Hypers.Select((hyper, index) => hyper.Source.Type == HyperType.Boolean ? context.Typical[index] : context.Typical[index] * (1 - (0.001 * (index + 1))))];

    /// <summary>The values of each state of the first element and then the second, before the first step and after each.</summary>
    private static List<double>[] Paths(LintContext context, StateSymbol[] states, ImmutableArray<double> hypers)
    {
        var situation = new Situation(Gradient, s_ages.Length) { Weight = 1, PutsBack = false, Ages = s_ages, Hypers = hypers };
        var run = context.Experiments.Start([1.5, -0.7], hypers);
        var paths = states.Select(_ => new List<double>()).ToArray();
        Record();
        for (var step = 0; step < situation.Steps; step++)
        {
            context.Experiments.Advance(run, situation, step);
            Record();
        }

        return paths;

        void Record()
        {
            for (var index = 0; index < states.Length; index++)
                paths[index].AddRange(run.State(states[index].Index));
        }
    }

    /// <summary>Also where a constant gradient of unequal elements drives the parameter away from where it started.</summary>
    private static bool IsConstantUnderConstant(LintContext context, StateSymbol state)
    {
        var run = context.Experiments.Start([1, -2, 0.5], context.Typical);
        double[] before = [.. run.State(state.Index)];
        for (var step = 0; step < 200; step++)
        {
            run.Step([0.5, -1, 0.01]);
            if (!run.State(state.Index).SequenceEqual(before))
                return false;
        }

        return true;
    }

    private static double Gradient(int step) => Scenario.Wave(step) * ((step % 4) switch { 0 => 1, 1 => 0.001, 2 => 100, _ => 0.1 });

    private static bool IsConstant(List<double> path)
    {
        var half = path.Count % 2 == 0 && path.Count > s_ages.Length + 1 ? 2 : 1;
        for (var index = half; index < path.Count; index++)
        {
            if (!path[index].Equals(path[index - half]))
                return false;
        }

        return true;
    }
}
