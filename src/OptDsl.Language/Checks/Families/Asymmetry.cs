using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 and OPT323. Proves: gradients turned around do not turn the step around, not even small ones. Rules may favour a side
/// for the sake of the weights (projections, multiplicative steps, a decay that is divided by the gradients), but not with and
/// without weights, and not where the step is small beside them.
/// </summary>
internal static class Asymmetry
{
    /// <summary>Without weights, where nothing decays, and with some, where no projection is at its edge.</summary>
    private static readonly (double Weight, double Size)[] s_situations = [(0, 0.03), (0, 3), (1, 0.03), (1, 3)];

    /// <returns>True if something was found.</returns>
    public static bool Run(LintContext context)
    {
        // Multiplicative steps do not move zero.
        var asymmetries = s_situations.Select(situation => Skew(context, situation.Weight, situation.Size)).ToArray();
        if (!asymmetries.Skip(2).All(asymmetry => asymmetry > 0.5) || !asymmetries.All(asymmetry => asymmetry > 0.5 || double.IsNaN(asymmetry)) || context.Experiments.IsBoxed())
            return false;
        var roots = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value))
            .Where(node => node is CallExpr { Function: Op.Sqrt } or BinaryExpr { Operator: Op.Power, Right.Cardinality: Cardinality.PerStep });
        foreach (var root in roots)
        {
            var read = Reaches.Definitions(root);
            var signed = context.Recurrences.FirstOrDefault(recurrence => recurrence is { Driven: true, Odd: true, Degree: 1 } && read.Contains(recurrence.Final));
            if (signed is null || Inputs.Of(context, signed.Final) is not { } input)
                continue;
            context.Report(
                LintIds.MissingSquare, input.Span, $"'{context.Text(input)}' is not squared, but a power is taken of what {signed.State.Name} leads to: gradients of one sign make it zero",
                ScalingFixes.Square(context, input));
            return true;
        }

        context.Report(
            LintIds.Homogeneity, context.Model.Final(context.Model.Parameter)!.StatementSpan,
            "the same gradients with the opposite sign do not make the opposite step: something that takes the size of the gradient keeps its sign");
        return true;
    }

    /// <summary>By how much two opposite gradients' steps differ, less what moves without gradients; 0 is none, 1 as much as they are.</summary>
    private static double Skew(LintContext context, double weight, double size)
    {
        double[] origin = [weight, weight, weight], gradient = new double[3];
        var run = context.Experiments.Start(origin, context.Typical);
        for (var step = 0; step < 12; step++)
        {
            Array.Copy(origin, run.Parameter, origin.Length);
            gradient[0] = size * Math.Abs(Scenario.Wave(step));
            gradient[1] = -gradient[0];
            run.Step(gradient);
        }

        var (first, second) = (run.Parameter[0] - run.Parameter[2], run.Parameter[1] - run.Parameter[2]);
        return Math.Abs(first + second) / Math.Max(Math.Abs(first), Math.Abs(second));
    }
}
