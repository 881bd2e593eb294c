using System.Globalization;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Tool.Rules;
using OptDsl.Training.Charts;

namespace OptDsl.Tool.Plots;

/// <summary>Pictures of what a rule does with its defaults.</summary>
internal static class RulePlots
{
    public static string Transient(LoadedRule rule, int steps)
    {
        RequireRule(rule, RuleKind.UpdateRule);
        var measured = new ConstantGradient(rule.Model, rule.Defaults, Math.Max(steps, 300));
        var response = measured.Response.Take(steps).Select((size, i) => (X: (double)(i + 1), Y: size)).ToList();
        var reference = measured.Settled is null ? "last" : "settled";
        var figure = new Figure($"{rule.Name}: the first steps", $"The size of the step under a constant gradient, beside that of the {reference} one.");
        var panel = figure.Add("", Axis.Linear(1, Math.Max(2, response.Count), "step"), Axis.Linear(0, Top(response.Select(point => point.Y)), "size of the step"));
        panel.Line([(1, 1), (response.Count, 1)], new Series(1, reference, "4 4", Width: 1));
        panel.Line(response, new Series(0, rule.Name));
        return figure.ToSvg();
    }

    public static string Trajectory(LoadedRule rule, int steps)
    {
        RequireRule(rule, RuleKind.UpdateRule);
        var walk = ValleyWalk.Best(rule.Model, rule.Defaults, steps);
        var rate = walk.StepSize is { } size ? string.Create(CultureInfo.InvariantCulture, $", with the step size {size} that goes lowest") : "";
        var figure = new Figure($"{rule.Name} in a valley", string.Create(CultureInfo.InvariantCulture, $"The path over {walk.Path.Count - 1} steps on f = 0.05x² + y², from (-4.3, -1.7){rate}."));
        var panel = figure.Add("", Axis.Linear(-5, 3, "x"), Axis.Linear(-2.5, 2.5, "y"));
        panel.Contour(new Contours(ValleyWalk.Height, 0.01, 0.05, 0.2, 0.5, 1, 2, 4));
        panel.Line(walk.Path, new Series(0, rule.Name, Markers: steps <= 100));
        panel.Goal(0, 0);
        return figure.ToSvg();
    }

    public static string Schedule(LoadedRule rule, int steps)
    {
        RequireRule(rule, RuleKind.Schedule);
        var run = new ScheduleRun(RuleProgram.Compile(rule.Model), rule.Defaults);
        var first = rule.Source.FirstStep;
        var points = Enumerable.Range(first, steps).Select(step => (X: (double)step, Y: run.At(step))).ToList();
        var figure = new Figure(rule.Name, "The value at each step.");
        figure.Add("", Axis.Linear(first, first + steps - 1, "step"), Axis.Linear(Math.Min(0, points.Min(point => point.Y)), Top(points.Select(point => point.Y)), "value")).Line(points, new Series(0));
        return figure.ToSvg();
    }

    private static double Top(IEnumerable<double> values) => 1.05 * values.Where(double.IsFinite).DefaultIfEmpty(1).Max() is var top && top > 0 ? top : 1;

    private static void RequireRule(LoadedRule rule, RuleKind kind)
    {
        if (rule.Source.Kind != kind)
            throw new ToolException($"{rule.Name} is {(kind == RuleKind.Schedule ? "no schedule" : "a schedule")}: plot {(kind == RuleKind.Schedule ? "its transient or trajectory" : "it as a schedule")}");
    }
}
