using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Plots;

/// <summary>How large the steps of all ages are under a constant gradient, beside the last one.</summary>
internal static class Transient
{
    private const int Steps = 10_000;

    public static IReadOnlyList<double> Of(LoadedRule rule)
    {
        var run = new RuleRun(RuleProgram.Compile(rule.Model), [1, 1], rule.Defaults);
        var steps = new double[Steps];
        for (var i = 0; i < Steps; i++)
        {
            // Each step from the same point: the two opposite elements cancel what decay does.
            run.Parameter[0] = run.Parameter[1] = 1;
            run.Step([1, -1]);
            steps[i] = Math.Abs(run.Parameter[0] - run.Parameter[1]) / 2;
        }

        var settled = steps[^1];
        return settled > 0 ? [.. steps.Select(step => step / settled)] : steps;
    }
}
