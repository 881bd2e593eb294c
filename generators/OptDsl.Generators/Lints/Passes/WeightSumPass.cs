using System.Globalization;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Lints.Fixes;

namespace OptDsl.Generators.Lints.Passes;

/// <summary>
/// OPT303 where no correction shows it. Proves one of: the new term is weighted with the decay of another average; the gradient is
/// added up without ever being forgotten and the sum is added to the parameter, so that the step grows without bound; a sum
/// that should be an average stands in a denominator.
/// </summary>
internal static class WeightSumPass
{
    public static void Run(LintContext context)
    {
        if (context.Has(LintIds.WeightSum))
            return;
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence.Driven))
        {
            if (BorrowsDecay(context, recurrence) || NeverForgets(context, recurrence) || DividesAsSum(context, recurrence))
                return;
        }
    }

    private static bool BorrowsDecay(LintContext context, Recurrence recurrence)
    {
        var foreign = recurrence.WeightHypers.Except(recurrence.DecayHypers).ToArray();
        if (recurrence.DecayHypers.Count == 0 || foreign.Length != 1 || recurrence.WeightHypers.Intersect(recurrence.DecayHypers).Any())
            return false;
        var hyper = context.Model.Hypers[foreign[0]];
        if (Math.Abs(recurrence.Weight - (1 - context.Typical[foreign[0]])) > 1e-9 || Math.Abs(recurrence.SettledSum - 1) < 1e-6 || !IsMixedElsewhere(context, recurrence, hyper))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} do not sum to 1 but to {Number(recurrence.SettledSum)}: the old value decays with {Name(context, recurrence)}, the new term is weighted with 1-{hyper.Name}",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    /// <summary>The hyper-parameter weights tensors in another statement too, so that it is no factor of its own for this one.</summary>
    private static bool IsMixedElsewhere(LintContext context, Recurrence recurrence, HyperSymbol hyper) =>
        context.Model.Definitions.Where(definition => definition != recurrence.Final && context.Liveness.IsLive(definition))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Any(node => node.Operator == BinaryOperator.Multiply && (Weights(context, hyper, node.Left, node.Right) || Weights(context, hyper, node.Right, node.Left)));

    private static bool Weights(LintContext context, HyperSymbol hyper, Expr factor, Expr tensor) =>
        factor.Shape == Shape.PerStep && tensor.Shape != Shape.PerStep && context.Dependence.Reads(factor).Contains(hyper);

    private static bool NeverForgets(LintContext context, Recurrence recurrence)
    {
        if (recurrence.SettledDecay < 1 - 1e-12 || recurrence.Decays.Length > 1 || !context.Liveness.IsLive(recurrence.Final))
            return false;
        if (recurrence.SettledDecay < 1 + 1e-12 && !(recurrence.Odd && recurrence.Degree is 1 or double.NaN))
            return false;
        var early = Step(context, 20);
        var late = Step(context, 200);
        var growth = Math.Abs(late / early);
        if (!(growth > 8 || (growth < 0.05 && recurrence.SettledDecay > 1 + 1e-12)))
            return false;
        var start = recurrence.SettledDecay > 1 + 1e-12 ? $"{recurrence.State.Name} grows by the factor {Number(recurrence.SettledDecay)} every step" : $"{recurrence.State.Name} adds up every gradient and forgets none";
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"{start}: with a constant gradient the step at t = 200 is {Number(growth)} times the one at t = 20; its old value needs a decay below 1",
            WeightFixes.Forget(context, recurrence));
        return true;
    }

    private static bool DividesAsSum(LintContext context, Recurrence recurrence)
    {
        if (!recurrence.Forgets || recurrence.Decays.Length > 1 || recurrence.Odd || recurrence.Degree != 2 || recurrence.DecayHypers.Count == 0
            || recurrence.WeightHypers.Except(recurrence.DecayHypers).Any() || Math.Abs(recurrence.SettledSum - 1) < 1e-6)
            return false;
        if (context.InitialValue(recurrence.State) is not 0 || !Shrinks(context, recurrence))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} sum to {Number(recurrence.SettledSum)} and not to 1, so the denominator depends on {Name(context, recurrence)}: the settled step is {Number(1 / Math.Sqrt(Math.Abs(recurrence.SettledSum)))} times that of an average",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    /// <summary>A larger value means a smaller step.</summary>
    private static bool Shrinks(LintContext context, Recurrence recurrence)
    {
        var prober = new Prober(context, [recurrence.Final]);
        prober.SetHeld(recurrence.Final, 1);
        var step = prober.Step(50, 1, 1) - prober.Step(50, 1, -1);
        prober.SetHeld(recurrence.Final, 4);
        var smaller = prober.Step(50, 1, 1) - prober.Step(50, 1, -1);
        return Math.Abs(smaller) < 0.9 * Math.Abs(step);
    }

    private static double Step(LintContext context, int age)
    {
        var run = context.Start([0, 0], context.Typical);
        for (var step = 1; step < age; step++)
            run.Step([1, -1]);
        var before = run.Parameter[0] - run.Parameter[1];
        run.Step([1, -1]);
        return run.Parameter[0] - run.Parameter[1] - before;
    }

    private static string Name(LintContext context, Recurrence recurrence) =>
        recurrence.DecayHypers.Count > 0 ? context.Model.Hypers[recurrence.DecayHypers[0]].Name : "decay";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
