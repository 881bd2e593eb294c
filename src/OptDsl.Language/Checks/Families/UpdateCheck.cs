using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT201 to OPT204 by dependence alone. Proves: a parameter without a statement stays; a state that no statement writes, or
/// whose old value nothing reads, remembers nothing; what no chain of reads leads from cannot influence the result.
/// </summary>
internal sealed class UpdateCheck : Check
{
    private static readonly int[] s_ages = [2, 30, 10_000];
    private static readonly double[] s_levels = [0.5, 1000];

    public override ImmutableArray<string> Owns => [LintIds.ParameterNeverUpdated, LintIds.StateNeverUpdated, LintIds.WithoutInfluence, LintIds.UnusedHyper];

    public override ImmutableArray<string> Borrows => [LintIds.ReadOrder];

    public override void Run(LintContext context)
    {
        var model = context.Model;
        var hasOutput = model.States.Any(state => state.Source.Output && model.Final(state) is not null);
        if (model.Final(model.Parameter) is null && !hasOutput)
        {
            context.Report(
                LintIds.ParameterNeverUpdated, model.Definitions.LastOrDefault()?.StatementSpan ?? default,
                $"no statement assigns {model.Parameter.Name}, so the rule never changes the parameter{Unapplied(context)}");
            return;
        }

        foreach (var state in model.States)
            ExamineState(context, state);
        foreach (var definition in model.Definitions.Where(definition => definition.Target is LocalSymbol && !context.Liveness.IsLive(definition)))
        {
            context.ReportIdle(
                LintIds.WithoutInfluence, definition.StatementSpan,
                $"{definition.Target.Name} is computed but influences neither {model.Parameter.Name} nor an output",
                InfluenceFixes.Read(context, definition));
        }

        foreach (var hyper in model.Hypers.Where(hyper => !context.Liveness.IsLive(hyper)))
        {
            context.ReportIdle(
                LintIds.UnusedHyper, hyper, $"the hyper-parameter {hyper.Name} ({hyper.Source.Property}) has no influence on the step",
                Mend(context, hyper));
        }
    }

    /// <summary>What a program gives its caller to apply: the last value, if nothing reads it.</summary>
    private static string Unapplied(LintContext context)
    {
        var model = context.Model;
        if (model.Definitions.LastOrDefault() is not { Target: var target } || target is ParameterSymbol)
            return "";
        var (parameter, step) = (model.Parameter.Name, target.Name);
        return $"; if {step} is the step that a program returns, apply it in a statement, {parameter} = {parameter} - {step}, or {parameter} + {step} where the sign is in it already";
    }

    /// <summary>
    /// A zero that something is multiplied by stands where the hyper-parameter was to stand. Where none does, and the formulas never
    /// name it, it can go.
    /// </summary>
    private static FormulaFix[] Mend(LintContext context, HyperSymbol hyper)
    {
        var zeros = Expressions.Nodes(context.Model).OfType<BinaryExpr>()
            .Where(node => node is { Operator: Op.Multiply, Left: NumberExpr { Value: 0 }, Left.Span.Length: > 0 } && node.Right.Cardinality != Cardinality.PerStep).ToArray();
        if (zeros.Length == 0)
            return InfluenceFixes.Weigh(context, hyper) is { Length: > 0 } places ? places : [new RemoveHyperFix($"Remove '{hyper.Source.Property}'", hyper.Source.Property)];
        return zeros.Length == 1 && context.Model.Hypers.Count(other => !context.Liveness.IsLive(other)) == 1
            ? [new ReplaceFix($"Change '0' to '{hyper.Source.Symbol}'", zeros[0].Left.Span, hyper.Source.Symbol)]
            : [];
    }

    private static void ExamineState(LintContext context, StateSymbol state)
    {
        var model = context.Model;
        if (model.Final(state) is not { } final)
        {
            if (state.Source.Constant && context.Liveness.IsLive(state))
                return;
            if (!context.Liveness.IsLive(state))
                context.ReportIdle(LintIds.StateNeverUpdated, state, $"no statement assigns the state {state.Name}, and nothing reads it");
            else if (!Expressions.ReadsOld(model.Initials[state.Index], model.Parameter) || IsAveragedAside(context, state) || IsReadNowAndThen(context, state))
                context.ReportIdle(LintIds.StateNeverUpdated, state, $"no statement assigns the state {state.Name}: it keeps its initial value {model.Source.States[state.Index].Initial} for ever{Shadow(context, state)}", InfluenceFixes.Assign(context, state));
            return;
        }

        if (!context.Liveness.IsLive(state))
        {
            if (!context.Liveness.IsLive(final))
                context.ReportIdle(LintIds.WithoutInfluence, final.StatementSpan, $"the state {state.Name} influences neither {model.Parameter.Name} nor an output", InfluenceFixes.Read(context, final));
            else if (!state.Source.Output && !IsWeightedZero(context, state, final))
                ReportForgetful(context, state, final);
            return;
        }

        if (Cancels(context, state, final) && !IsKeptByChoice(context, state, final))
            context.Report(LintIds.StateNeverUpdated, final.StatementSpan, $"each step forgets the last {state.Name}: its old value cancels out of '{context.Text(final.StatementSpan)}'");
        else if (NeverMoves(context, state))
            context.Report(LintIds.StateNeverUpdated, final.StatementSpan, $"the new {state.Name} is always the old one: nothing that happens in a step reaches it");
    }

    /// <summary>It is computed every so many steps, or by an option, and kept between; with the usual values that is every step.</summary>
    private static bool IsKeptByChoice(LintContext context, StateSymbol state, Definition final) =>
        Expressions.Nodes(final.Value).OfType<ConditionalExpr>().Any(choice =>
            new[] { choice.WhenTrue, choice.WhenFalse }.Any(branch => branch is OldExpr old && old.Symbol.Equals(state))
            && !context.Dependence.IsDriven(choice.Condition) && context.Dependence.Reads(choice.Condition).Count > 0);

    /// <summary>A sum or an average with the decay 0 on purpose: the old value is there with the weight 0, the new term with 1.</summary>
    private static bool IsWeightedZero(LintContext context, StateSymbol state, Definition final) =>
        Expressions.ReadsOld(final.Value, state)
        && context.Recurrences.Any(recurrence => recurrence.State.Equals(state) && recurrence.SettledDecay == 0 && Math.Abs(recurrence.Weight - 1) < Tolerances.Exact);

    /// <summary>
    /// A copy of the parameter may stay what it was, as the origin of dual averaging. But a local that weights it and the position
    /// of now with weights that sum to one, most of it on the copy, is an average that the next step should find.
    /// </summary>
    private static bool IsAveragedAside(LintContext context, StateSymbol state)
    {
        foreach (var local in context.Model.Definitions.Where(definition => definition.Target is LocalSymbol && Expressions.ReadsOld(definition.Value, state)))
        {
            var prober = context.Experiments.Probe();
            var slope = At(1, 0, 0) - At(0, 0, 0);
            if (slope is >= 0.5 and < 1 - Tolerances.Exact && Math.Abs(At(1, 1, 1) - At(0, 0, 0) - 1) < 0.05)
                return true;

            double At(double copy, double others, double parameter)
            {
                prober.ResetStates();
                foreach (var other in context.Model.States.Where(other => context.InitialValue(other) is null))
                    prober.SetOld(other, other.Equals(state) ? copy : others);
                prober.Step(9, parameter, gradient: 0);
                return prober.Result(local);
            }
        }

        return false;
    }

    /// <summary>A copy of the parameter that is read every so many steps only, as the slow weights of a look ahead, is there to be renewed then.</summary>
    private static bool IsReadNowAndThen(LintContext context, StateSymbol state)
    {
        var branches = Expressions.Nodes(context.Model).OfType<ConditionalExpr>().Where(choice => IsPeriodic(choice.Condition))
            .SelectMany(choice => Expressions.Nodes(choice.WhenTrue).Concat(Expressions.Nodes(choice.WhenFalse)));
        var inside = new HashSet<Expr>(branches, ByIdentity.Instance);
        return Expressions.Nodes(context.Model).Where(node => node is OldExpr old && old.Symbol.Equals(state)).All(inside.Contains);

        bool IsPeriodic(Expr condition) => !context.Dependence.IsDriven(condition) && context.Dependence.Reads(condition).Contains(Dependence.Step)
            && Expressions.Nodes(condition).Any(node => node is CallExpr { Function: Op.Floor });
    }

    /// <summary>Its old value is read for its new one only, and has no part in it.</summary>
    private static bool Cancels(LintContext context, StateSymbol state, Definition final)
    {
        if (!context.Recurrences.Any(recurrence => recurrence.State.Equals(state) && recurrence.Driven && recurrence.Decays.All(decay => Math.Abs(decay) < Tolerances.Rounding)))
            return false;
        var own = Reaches.Definitions(final.Value);
        return !Responds(context, state, final) && !RespondsInTensors(context, state, final) && Expressions.ReadsOld(final.Value, state) && context.Model.Definitions.All(definition =>
            definition == final || own.Contains(definition) || !Expressions.ReadsOld(definition.Value, state));
    }

    /// <summary>Late, or where other states are large, as counters become, the old value has a part after all.</summary>
    private static bool Responds(LintContext context, StateSymbol state, Definition final)
    {
        var prober = context.Experiments.Probe();
        return s_ages.Concat(context.Experiments.FarAges.Where(age => age < int.MaxValue).Select(age => (int)age)).Any(age => s_levels.Any(level => Math.Abs(New(age, level, 1) - New(age, level, 0)) > Tolerances.Exact));

        double New(int age, double level, double old)
        {
            foreach (var other in context.Model.States)
                prober.SetOld(other, other.Equals(state) ? old : level);
            prober.Step(age, parameter: 1, gradient: 0.5);
            return prober.Result(final);
        }
    }

    /// <summary>Of a tensor of one element a mean is the element, and may cancel what of three it does not.</summary>
    private static bool RespondsInTensors(LintContext context, StateSymbol state, Definition final)
    {
        if (!Reaches.Definitions(final.Value).Append(final).Any(definition => Expressions.Nodes(definition.Value).Any(node => node is ReduceExpr)))
            return false;
        return !New(0).SequenceEqual(New(1));

        double[] New(double change)
        {
            var run = context.Experiments.Start([1, -2, 0.5], context.Typical);
            run.Step([0.5, -0.2, 0.9]);
            run.State(state.Index)[0] += change;
            run.Step([-0.4, 0.3, 0.1]);
            return run.State(state.Index);
        }
    }

    private static bool NeverMoves(LintContext context, StateSymbol state)
    {
        if (context.Dependence.Reads(context.Model.Final(state)!).Any(symbol => !symbol.Equals(state) && symbol is not HyperSymbol))
            return false;
        var run = context.Experiments.Start([1], context.Typical);
        var before = run.State(state.Index)[0];
        for (var step = 0; step < 5; step++)
        {
            run.Step([0.5]);
            if (run.State(state.Index)[0] != before)
                return false;
        }

        return true;
    }

    /// <summary>Every read of it comes after its statement, so that it is no more than a local.</summary>
    private static void ReportForgetful(LintContext context, StateSymbol state, Definition final)
    {
        var value = final.Value;
        while (value is DefinedExpr { Definition.Target: LocalSymbol } local)
            value = local.Definition.Value;
        if (value is GradientExpr or OldExpr { Symbol: ParameterSymbol })
        {
            context.Report(
                LintIds.ReadOrder, final.StatementSpan,
                $"{state.Name} is overwritten with {context.Text(final.Value)} before it is read, so no read sees the value of the last step; read it first",
                OrderFixes.Read(context, state));
            return;
        }

        context.Report(
            LintIds.StateNeverUpdated, final.StatementSpan,
            $"each step forgets the last {state.Name}: its old value is never read");
    }

    /// <summary>A local that looks as if it was meant to be the state.</summary>
    private static string Shadow(LintContext context, StateSymbol state)
    {
        var local = context.Model.Definitions.FirstOrDefault(definition => definition.Target is LocalSymbol && Expressions.ReadsOld(definition.Value, state));
        return local is null ? "" : $"; its new value goes into {local.Target.Name}, which is gone after the step";
    }
}
