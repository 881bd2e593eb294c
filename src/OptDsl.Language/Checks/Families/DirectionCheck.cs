using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT321. Proves: under a constant gradient the parameter ends up on the wrong side of where it would be without one, whatever the
/// size of the gradient, or goes there in the first step; an average of such gradients turns the step against it; or without a
/// gradient the parameter moves away from zero.
/// </summary>
internal sealed class DirectionCheck : Check
{
    private const int Steps = 300;

    /// <summary>Steps after which averages are settled enough to jump to later ones.</summary>
    private const int Early = 40;

    public override ImmutableArray<string> Owns => [LintIds.Ascent];

    public override ImmutableArray<Type> After => [typeof(FiniteCheck)];

    public override bool NeedsUpdate => true;

    public override bool SeesChoices => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update)
            return;
        if (Climbs(context, 1) && Climbs(context, 0.01))
        {
            var goal = context.Model.Source.Maximize ? "the objective is to grow, but a constant gradient of 1 lowers" : "a constant gradient of 1 raises";
            var flips = DirectionFixes.Flip(context, update);
            context.Report(
                LintIds.Ascent, Place(update.StatementSpan, SlipPlaces.Find(context, flips, edited => !Climbs(edited, 1) && !Climbs(edited, 0.01))),
                $"the step goes the wrong way: {goal} {context.Model.Parameter.Name} by {Numbers.Short(Math.Abs(Drift(context, 1, 10)))} in 10 steps", flips);
            return;
        }

        if (ReportFirstStep(context, update) || ReportLate(context, update) || ReportContribution(context, update))
            return;
        if (GrowsWeights(context, update))
        {
            FormulaFix[] flips = [.. DirectionFixes.FlipDecay(context), .. DirectionFixes.Flip(context, update)];
            var sign = SlipPlaces.Find(context, flips, edited => edited.Model.Final(edited.Model.Parameter) is { } final && !GrowsWeights(edited, final));
            context.Report(
                LintIds.Ascent, Place(DirectionFixes.DecayTerm(context)?.Span ?? update.StatementSpan, sign),
                $"the decay grows the weights: without gradients {context.Model.Parameter.Name} = 1 {Grown(Decayed(context, 100)[0])} 100 steps", flips);
        }
    }

    private static bool GrowsWeights(LintContext context, Definition update) =>
        (Grows(context, 2) && Grows(context, 5)) || (IsOfPositions(context, update) && Grows(context, 24) && Grows(context, 48));

    /// <summary>The sign that is turned where it stands elsewhere, and together with the term behind it.</summary>
    private static TextSpan Place(TextSpan usual, TextSpan? sign) => sign is not { } found || (usual.Start <= found.Start && found.End <= usual.End) ? usual
        : found.End <= usual.Start && usual.Start - found.End <= 1 ? TextSpan.Cover(found, usual) : found;

    private static string Grown(double value) => double.IsNaN(value) || double.IsInfinity(value) ? "is out of range after" : $"becomes {(Numbers.Factor(value))} in";

    private static bool ReportFirstStep(LintContext context, Definition update)
    {
        if (!IsUphill(context, Drift(context, 1, 1)) || !IsUphill(context, Drift(context, 0.01, 1)))
            return false;
        context.Report(
            LintIds.Ascent, update.StatementSpan,
            $"the first step goes the wrong way: a gradient of 1 moves {context.Model.Parameter.Name} by {Numbers.Short(Drift(context, 1, 1))}, and later ones take it back",
            DirectionFixes.Flip(context, update));
        return true;
    }

    /// <summary>A schedule that goes on below zero turns the step around when it is over.</summary>
    private static bool ReportLate(LintContext context, Definition update)
    {
        if (!context.Dependence.Reads(update).Contains(Dependence.Step))
            return false;
        ImmutableArray<long> ages = [.. Enumerable.Range(1, Early).Select(age => (long)age), .. context.Experiments.FarAges.SelectMany(age => new[] { age, age + 1, age + 2 })];
        var moves = context.Experiments.Moves(Situation.Constant(1, ages.Length) with { Ages = ages });
        if (!IsDownhill(moves[0]) || !IsDownhill(moves[Early - 1]))
            return false;
        for (var step = Early + 2; step < ages.Length; step += 3)
        {
            if (!IsUphill(context, moves[step]) || !IsUphill(context, moves[step - 1]))
                continue;
            context.Report(
                LintIds.Ascent, update.StatementSpan,
                $"late steps go the wrong way: with a constant gradient of 1 the step at {context.StepAt(ages[step])} moves {context.Model.Parameter.Name} by {Numbers.Of(moves[step])}, that at {context.StepAt(Early)} by {Numbers.Of(moves[Early - 1])}: what falls with {context.Model.Source.Step} goes on below zero",
                DirectionFixes.KeepAboveZero(context, ages[step]));
            return true;
        }

        return false;

        bool IsDownhill(double move) => move != 0 && !IsUphill(context, move);
    }

    /// <summary>Of averages that all hold the same gradient one opposes the step.</summary>
    private static bool ReportContribution(LintContext context, Definition update)
    {
        var response = new AverageResponse(context);
        var last = response.Ages[response.Ages.Length - 1];
        var step = response.Step(last, 1, settled: 0);
        for (var position = 0; position < response.Averages.Length; position++)
        {
            var average = response.Averages[position];
            if (!average.Odd || step == 0 || IsSubtracted(context, average.Final) || IsFedByOther(average))
                continue;
            var share = Math.Min(Share(last, position), Share(1, position));
            if (!(share < -0.05))
                continue;
            context.Report(
                LintIds.Ascent, Reaches.NewReads(context.Model, average.Final).FirstOrDefault()?.Span ?? average.Final.StatementSpan,
                $"{average.State.Name} works against its gradient: with a constant gradient its share of the step is {Numbers.Short(100 * share, "0")} %",
                [.. DirectionFixes.Flip(context, update), .. DirectionFixes.FlipReaders(context, average.Final)]);
            return true;
        }

        return false;

        // The lag of an average is made good by what an average of it is behind, as in a double exponential average.
        bool IsFedByOther(Recurrence average) => Reaches.Definitions(average.Final.Value) is var read
            && response.Averages.Any(other => other.Odd && other.Final != average.Final && read.Contains(other.Final));

        double Share(int age, int position)
        {
            var whole = response.Step(age, 1, settled: 0);
            return (whole - response.Step(age, 1, settled: 0, new(position, -1))) / (2 * whole);
        }
    }

    /// <summary>What is wanted is the difference of two averages, one of which forgets faster, beside the slower one itself.</summary>
    private static bool IsSubtracted(LintContext context, Definition average) => Reaches.NewReads(context.Model, average).Skip(1).Any()
        && context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).Any(node =>
            node is BinaryExpr { Operator: Op.Subtract, Left: DefinedExpr left, Right: DefinedExpr right } && right.Definition == average
            && context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.Final == left.Definition));

    private static bool IsUphill(LintContext context, double drift) => context.Model.Source.Maximize ? drift < 0 : drift > 0;

    private static bool Climbs(LintContext context, double gradient)
    {
        var drift = Drift(context, gradient, Steps);
        return IsUphill(context, drift);
    }

    /// <summary>What a constant gradient adds, half the difference to its opposite.</summary>
    private static double Drift(LintContext context, double gradient, int steps)
    {
        var weights = context.Experiments.Finish(Situation.Constant(gradient, steps) with { PutsBack = false, Hypers = context.Typical }).Parameter;
        return (weights[0] - weights[1]) / 2;
    }

    /// <summary>From either side of zero.</summary>
    private static bool Grows(LintContext context, int steps)
    {
        var weights = Decayed(context, steps);
        return weights[0] > 1 + Tolerances.Exact && weights[1] < -1 - Tolerances.Exact;
    }

    /// <summary>Nothing that gradients fill has a part in it, so that none of it can be empty.</summary>
    private static bool IsOfPositions(LintContext context, Definition update) => !context.Model.States.Any(state =>
        context.Dependence.Reads(update).Contains(state) && context.Dependence.IsDriven(state) && context.InitialValue(state) is not null);

    /// <summary>What 1 and -1 become without gradients.</summary>
    private static double[] Decayed(LintContext context, int steps) => context.Experiments.Rest([1, -1], steps);
}
