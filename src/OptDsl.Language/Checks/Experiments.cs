using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// The one way to run a rule for a check: two elements with opposite gradients (constant, irregular or a single one), and the
/// parameter at rest. What is measured is a double; what rounding leaves of it is below <see cref="Exact"/>.
/// </summary>
internal sealed class Experiments(LintContext context)
{
    /// <summary>Relative differences below it are rounding.</summary>
    public const double Exact = 1e-9;

    /// <summary>Powers closer than this are the same; guards against zero and slow averages bend them by less.</summary>
    public const double Power = 0.03;

    private static readonly double[] s_positive = [0.5, 0.3, 0.2];

    /// <summary>Ages beyond every whole number among the hyper-parameters, where warm-ups are over and schedules at their end.</summary>
    public ImmutableArray<long> FarAges { get; } = [.. context.Typical.Where(value => value is >= 10 and <= 1e6).Select(value => (2 * (long)value) + 7).Append(100_000).OrderBy(age => age)];

    /// <summary>How far the gradient moves the parameter in each step of a situation.</summary>
    public double[] Moves(Situation situation)
    {
        var moves = new double[situation.Steps];
        var run = Start(situation);
        for (var step = 0; step < moves.Length; step++)
        {
            var before = Advance(run, situation, step);
            moves[step] = HalfDifference(run.Parameter) - before;
        }

        return moves;
    }

    /// <summary>The run at the end of a situation.</summary>
    public RuleRun Finish(Situation situation)
    {
        var run = Start(situation);
        for (var step = 0; step < situation.Steps; step++)
            Advance(run, situation, step);
        return run;
    }

    /// <summary>A run before the first step of a situation.</summary>
    public RuleRun Start(Situation situation) => context.Start([situation.Weight, situation.Weight], situation.Hypers ?? context.Undecayed);

    /// <summary>One step of a situation.</summary>
    /// <returns>Where the two elements stood before it, as half their difference.</returns>
    public double Advance(RuleRun run, Situation situation, int step)
    {
        if (situation.PutsBack)
            run.Parameter[0] = run.Parameter[1] = situation.Weight;
        var before = HalfDifference(run.Parameter);
        if (!situation.Ages.IsDefault)
            run.StepCount = situation.Ages[step] + context.Options.FirstStep - 2;
        var gradient = situation.Gradient(step);
        run.Step([gradient, -gradient]);
        return before;
    }

    /// <summary>Single steps as a function of all that they read.</summary>
    public Prober Probe(params Definition[] held) => new(context, held);

    /// <summary>The same of two elements with opposite gradients.</summary>
    public Prober ProbeBothWays() => new(context, [], isMirrored: true);

    /// <summary>A run that can say what every expression came to.</summary>
    public Trial Observe(double[] weights, IReadOnlyList<double> hypers, ElementFormat? format = null) => new(context, weights, hypers, format);

    /// <summary>A run of any number of elements, before its first step.</summary>
    public RuleRun Start(double[] weights, IReadOnlyList<double> hypers) => context.Start(weights, hypers);

    /// <summary>What becomes of weights without gradients.</summary>
    public double[] Rest(double[] weights, int steps, IReadOnlyList<double>? hypers = null)
    {
        var run = context.Start(weights, hypers ?? context.Typical);
        var none = new double[weights.Length];
        for (var step = 0; step < steps; step++)
            run.Step(none);
        return run.Parameter;
    }

    /// <summary>
    /// The hyper-parameters that only make the parameter decay: at zero the gradient moves a parameter at zero as before, and one at
    /// rest moves less.
    /// </summary>
    public ImmutableArray<int> FindDecays()
    {
        var typical = context.Typical;
        var rest = Distance(typical);
        if (!(rest > 0))
            return [];
        var atZero = Situation.Irregular(1, 4) with { Weight = 0, Hypers = typical };
        var loud = Situation.Irregular(1e4, 4) with { Hypers = typical };
        var (moves, loudMoves) = (Moves(atZero), Moves(loud));
        var movesAtZero = moves.All(move => move != 0);
        return
        [
            .. Enumerable.Range(0, typical.Length).Where(index =>
                typical[index] != 0 && context.Model.Hypers[index].Source.Type != HyperType.Boolean
                && typical.SetItem(index, 0) is var without
                && Distance(without) < 0.9 * rest
                && (movesAtZero ? AreSame(moves, Moves(atZero with { Hypers = without }), Exact) : AreSame(loudMoves, Moves(loud with { Hypers = without }), 1e-3))),
        ];

        double Distance(IReadOnlyList<double> hypers)
        {
            var weights = Rest([1, -1], 3, hypers);
            return Math.Abs(weights[0] - 1) + Math.Abs(weights[1] + 1);
        }
    }

    /// <summary>True if the first steps grow in proportion to some hyper-parameter.</summary>
    public bool HasStepSize()
    {
        var situation = Situation.Irregular(1, 3);
        var moves = Moves(situation);
        return Enumerable.Range(0, context.Undecayed.Length).Any(index =>
            context.Undecayed[index] != 0 && AreSame([.. moves.Select(move => move / 2)], Moves(situation with { Hypers = context.Undecayed.SetItem(index, context.Undecayed[index] / 2) }), Power));
    }

    /// <summary>Where the parameter of this rule lives.</summary>
    public WeightDomain FindDomain()
    {
        if (IsFinite(Rest([1, -2, 0.5], 1)) is false && IsFinite(Rest(s_positive, 1)))
            return WeightDomain.Positive;
        double[] larger = [.. s_positive.Select(weight => 10 * weight)];
        var (small, large) = (Rest(s_positive, 1), Rest(larger, 1));
        return IsFinite(small) && context.Dependence.Reads(context.Model.Final(context.Model.Parameter)!).Contains(context.Model.Parameter) && AreSame(small, large, Exact)
            ? WeightDomain.Normalised
            : WeightDomain.All;
    }

    /// <summary>On one side of zero weights respond to gradients and on the other they do not, or weights at rest go far by themselves.</summary>
    public bool IsProjected()
    {
        var (up, down) = (Move(77), Move(-77));
        return (up == 0) != (down == 0) || IsFar(77) || IsFar(-77);

        double Move(double weight) => Moves(Situation.Constant(0.1, 2) with { Weight = weight })[1];
        bool IsFar(double weight) => !(Math.Abs(Rest([weight, weight / 2], 1)[0] - weight) < Math.Abs(weight) / 2);
    }

    /// <summary>Weights far outside come to the edge of a box, however far they are.</summary>
    public bool IsBoxed() => Edge(77) is var above && above == Edge(770) && Edge(-77) is var below && below == Edge(-770) && above != below;

    private double Edge(double weight) => Rest([weight, weight / 2], 1)[0];

    /// <summary>Equal up to a relative difference, element by element.</summary>
    public static bool AreSame(double[] first, double[] second, double tolerance)
    {
        for (var index = 0; index < first.Length; index++)
        {
            if (!(Math.Abs(first[index] - second[index]) <= tolerance * Math.Max(Math.Abs(first[index]), Math.Abs(second[index]))))
                return false;
        }

        return true;
    }

    private static bool IsFinite(double[] values) => !values.Any(value => double.IsNaN(value) || double.IsInfinity(value));

    private static double HalfDifference(double[] values) => (values[0] - values[values.Length - 1]) / 2;
}
