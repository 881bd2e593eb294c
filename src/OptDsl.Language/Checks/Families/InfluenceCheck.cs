using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT204 where a hyper-parameter is read and cancels out. Shows: whatever its value, from a third to thirty, varying gradients make the
/// same steps. Rules that branch by the step are left out, since what a branch uses may only matter later than a few steps show; those that
/// branch by their gradients go through long runs of one sign and of both.
/// </summary>
internal sealed class InfluenceCheck : Check
{
    private const int Steps = 12;
    private const int BranchedSteps = 60;
    private const double Tolerance = 1e-11;

    public override ImmutableArray<string> Borrows => [LintIds.UnusedHyper];

    public override ImmutableArray<string> SilencedBy => [LintIds.StateNeverUpdated];

    public override void Run(LintContext context)
    {
        // What a state that stays at zero is multiplied by has no influence either, but is not to blame.
        if (BranchesByStep(context))
            return;
        var path = Path(context, context.Typical);
        // Nor is it where the parameter does not move at all.
        if (IsStill(context, path))
            return;
        foreach (var hyper in context.Model.Hypers.Where(hyper => hyper.Source.Type != HyperType.Boolean && context.Liveness.IsLive(hyper)))
        {
            var typical = context.Typical[hyper.Index];
            // A decay of more than 1 lets states grow until nothing but rounding is left of the rest.
            double[] others = typical is > 0.3 and < 1 ? [typical * 0.5, 0.3, 0.1, 0.7] : [typical * 0.5, 0.3, 3, 30];
            // A bound that is reached late is reached at once where it is small.
            if (HasBranch(context.Model))
                others = [.. others, typical * 1e-6];
            if (others.All(other => IsSame(path, Path(context, context.Typical.SetItem(hyper.Index, other)))))
                context.Report(LintIds.UnusedHyper, hyper, $"the hyper-parameter {hyper.Name} ({hyper.Source.Property}) cancels out: steps are the same whatever its value");
        }
    }

    private static bool IsStill(LintContext context, List<double> path)
    {
        double[] start = [1, -2, 0.5];
        return !context.Model.States.Any(state => state.Source.Output) && !path.Where((value, index) => value != start[index % start.Length]).Any();
    }

    private static bool HasBranch(RuleModel model) => Expressions.Nodes(model).Any(IsBranch);

    internal static bool IsBranch(Expr node) => node is ConditionalExpr
        or CallExpr { Function: Op.Floor }
        or BinaryExpr { Operator: Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal or Op.NotEqual };

    /// <summary>Something else than gradients makes a choice: the step, what counts steps, or hyper-parameters.</summary>
    private static bool BranchesByStep(LintContext context)
    {
        return Expressions.Nodes(context.Model).Where(IsBranch).Any(node => node switch
        {
            ConditionalExpr choice => IsOfStep(choice.Condition),
            BinaryExpr comparison => IsOfStep(comparison),
            _ => true,
        });

        bool IsOfStep(Expr condition) => !context.Dependence.IsDriven(condition)
            || context.Dependence.Reads(condition) is var reads && (reads.Contains(Dependence.Step) || reads.OfType<StateSymbol>().Any(state => !context.Dependence.IsDriven(state)));
    }

    /// <summary>The parameter and the outputs, step by step.</summary>
    private static List<double> Path(LintContext context, IReadOnlyList<double> hypers)
    {
        var run = context.Experiments.Start([1, -2, 0.5], hypers);
        var outputs = context.Model.States.Where(state => state.Source.Output).ToArray();
        var path = new List<double>();
        var steps = HasBranch(context.Model) ? BranchedSteps : Steps;
        for (var step = 0; step < steps; step++)
        {
            // Long runs of one sign, and then of both.
            var size = (step % 3) switch { 0 => 1, 1 => 0.01, _ => 100 };
            var wave = step < Steps ? Scenario.Wave(step) : Math.Abs(Scenario.Wave(step)) * (step % (2 * Steps) < Steps ? 1 : -1);
            run.Step([size * wave, size * Scenario.Wave(step + 20), 0]);
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
