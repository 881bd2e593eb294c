using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT204 where a hyper-parameter is read and cancels out. Shows: whatever its value, from a third to thirty, varying gradients make the
/// same steps. Rules with branches are left out: what a branch uses may only matter later than a few steps show.
/// </summary>
internal sealed class InfluenceCheck : Check
{
    private const int Steps = 12;
    private const double Tolerance = 1e-11;

    public override ImmutableArray<string> Borrows => [LintIds.UnusedHyper];

    public override ImmutableArray<string> SilencedBy => [LintIds.StateNeverUpdated];

    public override void Run(LintContext context)
    {
        // What a state that stays at zero is multiplied by has no influence either, but is not to blame.
        if (HasBranch(context.Model))
            return;
        var path = Path(context, context.Typical);
        // Nor is it where the parameter does not move at all.
        if (IsStill(context, path))
            return;
        foreach (var hyper in context.Model.Hypers.Where(hyper => hyper.Source.Type != HyperType.Boolean && context.Liveness.IsLive(hyper)))
        {
            var typical = context.Typical[hyper.Index];
            double[] others = [typical * 0.5, 0.3, 3, 30];
            if (others.All(other => IsSame(path, Path(context, context.Typical.SetItem(hyper.Index, other)))))
                context.Report(LintIds.UnusedHyper, hyper, $"the hyper-parameter {hyper.Name} ({hyper.Source.Property}) cancels out: steps are the same whatever its value");
        }
    }

    private static bool IsStill(LintContext context, List<double> path)
    {
        double[] start = [1, -2, 0.5];
        return !context.Model.States.Any(state => state.Source.Output) && !path.Where((value, index) => value != start[index % start.Length]).Any();
    }

    private static bool HasBranch(RuleModel model) => Expressions.Nodes(model).Any(node => node is ConditionalExpr
        or CallExpr { Function: Op.Floor }
        or BinaryExpr { Operator: Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal or Op.NotEqual });

    /// <summary>The parameter and the outputs, step by step.</summary>
    private static List<double> Path(LintContext context, IReadOnlyList<double> hypers)
    {
        var run = context.Experiments.Start([1, -2, 0.5], hypers);
        var outputs = context.Model.States.Where(state => state.Source.Output).ToArray();
        var path = new List<double>();
        for (var step = 0; step < Steps; step++)
        {
            var size = (step % 3) switch { 0 => 1, 1 => 0.01, _ => 100 };
            run.Step([size * Scenario.Wave(step), size * Scenario.Wave(step + 20), 0]);
            path.AddRange(run.Parameter);
            foreach (var output in outputs)
                path.AddRange(run.State(output.Index));
        }
        return path;
    }

    private static bool IsSame(List<double> first, List<double> second)
    {
        for (var index = 0; index < first.Count; index++)
        {
            if (!(Math.Abs(first[index] - second[index]) <= Tolerance * Math.Max(1, Math.Abs(first[index]))))
                return false;
        }
        return true;
    }
}
