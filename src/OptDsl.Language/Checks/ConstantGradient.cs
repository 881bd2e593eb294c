using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>How large the steps of a rule are under a constant gradient, from the first on, and how large a settled one is.</summary>
internal sealed class ConstantGradient
{
    private const long Old = 10_000_000_000;
    private readonly RuleModel _model;
    private readonly RuleRun _run;

    /// <param name="model">The rule.</param>
    /// <param name="hypers">A value per hyper-parameter.</param>
    /// <param name="count">How many steps.</param>
    public ConstantGradient(RuleModel model, IReadOnlyList<double> hypers, int count)
    {
        _model = model;
        _run = new RuleRun(RuleProgram.Compile(model), [1, 1], hypers);
        var steps = new double[count];
        var states = new List<double[][]>();
        for (var i = 0; i < count; i++)
        {
            steps[i] = Step();
            if ((i + 1) % Math.Max(1, count / 3) == 0)
                states.Add(States());
        }

        Steps = [.. steps];
        Settled = states.Count >= 3 ? SettledOf(states[0], states[1], states[2]) : null;
    }

    /// <summary>The size of each step.</summary>
    public ImmutableArray<double> Steps { get; }

    /// <summary>The size of a step of any later age; null where steps never cease to change, as of a rule that sums up squares.</summary>
    public double? Settled { get; }

    /// <summary>Each step beside the settled one; where nothing settles beside the last.</summary>
    public IReadOnlyList<double> Response => Reference is > 0 and var reference ? [.. Steps.Select(step => step / reference)] : Steps;

    /// <summary>What <see cref="Response"/> is relative to; 0 where the steps come to nothing.</summary>
    public double Reference => Settled ?? Steps[Steps.Length - 1];

    /// <summary>Each step from the same point: the two opposite elements cancel what decay does.</summary>
    private double Step()
    {
        _run.Parameter[0] = _run.Parameter[1] = 1;
        _run.Step([1, -1]);
        return Math.Abs(_run.Parameter[0] - _run.Parameter[1]) / 2;
    }

    private double[][] States() => [.. _model.States.Select(state => (double[])_run.State(state.Index).Clone())];

    /// <summary>Averages come geometrically near what they tend to, and so tell it long before they are there.</summary>
    private double? SettledOf(double[][] first, double[][] second, double[][] third)
    {
        var limits = third.Select((state, i) => state.Select((value, k) => Limit(first[i][k], second[i][k], value)).ToArray()).ToArray();
        if (limits.Any(state => state.Any(double.IsNaN)))
            return null;
        var step = StepAt(Old, limits);
        var stays = States().Zip(limits, (now, limit) => now.Zip(limit, (a, b) => Math.Abs(a - b) <= Tolerances.Measured * Math.Abs(b)).All(same => same)).All(same => same);
        return stays && Math.Abs(StepAt(100 * Old, limits) - step) <= Tolerances.Exact * step ? step : null;
    }

    private double StepAt(long age, double[][] states)
    {
        for (var i = 0; i < states.Length; i++)
            states[i].CopyTo(_run.State(i), 0);
        _run.StepCount = age;
        return Step();
    }

    /// <summary>What three values at equal distances tend to; NaN where they do not come nearer to anything.</summary>
    private static double Limit(double first, double second, double third)
    {
        var (before, after) = (second - first, third - second);
        if (Math.Abs(after) <= 1e-13 * Math.Abs(third))
            return third;
        var ratio = after / before;
        return Math.Abs(ratio) < 1 - 1e-9 ? third + (after * ratio / (1 - ratio)) : double.NaN;
    }
}
