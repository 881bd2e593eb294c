using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>A run without rounding, in some steps of which a state has the values beside its own that its memory has.</summary>
internal sealed class RoundingTrial
{
    // A divisor that is smaller by this than any of the run is none of the rule's.
    private const double Collapse = 100;

    // More steps say nothing new, and fill all but the slowest averages.
    private const int MostSteps = 2000;

    // How far gradients are from their mean, relative to it; infinite for gradients of both signs.
    private static readonly double[] s_deviations = [double.PositiveInfinity, 0.3, 0.1, 0.03, 0.01];
    private static readonly double[] s_means = [1, -1.3, 1.7];

    private readonly LintContext _context;
    private readonly IReadOnlyList<StateSymbol> _states;
    private readonly IReadOnlyList<Expr> _operands;
    private readonly Trial _trial;
    private readonly double[] _weights;
    private readonly double[][] _least;
    private readonly double[] _longest;
    private readonly Dictionary<StateSymbol, (int Element, string Message)> _found = [];

    private RoundingTrial(LintContext context, IReadOnlyList<StateSymbol> states, IReadOnlyList<Expr> operands)
    {
        (_context, _states, _operands) = (context, states, operands);
        var count = s_deviations.Length * s_means.Length;
        _weights = [.. Enumerable.Range(0, count).Select(element => context.Domain == WeightDomain.All ? (element % 2 == 0 ? 1 : -0.5) : 1.0 / count)];
        _trial = context.Experiments.Observe(_weights, context.Typical);
        _least = [.. operands.Select(_ => Enumerable.Repeat(double.PositiveInfinity, count).ToArray())];
        _longest = new double[count];
    }

    /// <summary>For each state that breaks a step, what there is to say of it.</summary>
    /// <param name="context">The rule.</param>
    /// <param name="states">The states.</param>
    /// <param name="operands">What is divided by, and what roots and logarithms are taken of.</param>
    public static IEnumerable<(StateSymbol State, string Message)> Run(LintContext context, IReadOnlyList<StateSymbol> states, IReadOnlyList<Expr> operands)
    {
        var trial = new RoundingTrial(context, states, operands);
        trial.Run();
        return states.Where(trial._found.ContainsKey).Select(state => (state, trial._found[state].Message));
    }

    private void Run()
    {
        var slowest = _context.Recurrences.Where(recurrence => recurrence.Forgets && _states.Contains(recurrence.State)).Select(recurrence => recurrence.SettledDecay).DefaultIfEmpty(0.9).Max();
        var steps = (int)Math.Min(MostSteps, 4 + (6 / (1 - slowest)));
        int[] looks = [1, 2, 4, steps / 4, steps / 2, steps - 1];
        for (var step = 0; step < steps; step++)
        {
            var (gradient, before) = (Gradient(step), looks.Contains(step) ? Save() : null);
            Step(gradient);
            if (!_trial.IsFinite)
                return;
            Measure();
            if (before is null)
                continue;
            var (exact, moves, after) = (Values(), Moves(), Save());
            foreach (var state in _states)
            {
                foreach (var upwards in state.Source.Rounding == StateRounding.Nearest ? new bool?[] { null } : [false, true])
                {
                    Restore(before, step);
                    var values = _trial.Run.State(state.Index);
                    for (var element = 0; element < values.Length; element++)
                        values[element] = Neighbour(values[element], Format(state).Bits, upwards);
                    var rounded = (double[])values.Clone();
                    Step(gradient);
                    Judge(state, before[state.Index], rounded, exact, moves);
                }
            }

            Restore(after, step + 1);
        }
    }

    private static double[] Gradient(int step) =>
    [
        .. s_deviations.SelectMany((deviation, index) => s_means.Select((mean, place) =>
        {
            var wave = Scenario.Wave(step + (31 * index) + (7 * place));
            return mean * (double.IsInfinity(deviation) ? wave : 1 + (deviation * wave));
        })),
    ];

    private void Step(double[] gradient)
    {
        Array.Copy(_weights, _trial.Run.Parameter, _weights.Length);
        _trial.Step(gradient);
    }

    private double[][] Save() => [.. _context.Model.States.Select(state => (double[])_trial.Run.State(state.Index).Clone())];

    private void Restore(double[][] states, int steps)
    {
        foreach (var state in _context.Model.States)
            Array.Copy(states[state.Index], _trial.Run.State(state.Index), states[state.Index].Length);
        _trial.Run.StepCount = _context.Options.FirstStep - 1 + steps;
    }

    private double[] Moves() => [.. _trial.Run.Parameter.Select((value, element) => value - _weights[element])];

    private double[][] Values() => [.. _operands.Select(operand => _weights.Select((_, element) => _trial.Value(operand, element)).ToArray())];

    /// <summary>Keeps what the run has shown so far: the least value of each operand, and the longest step.</summary>
    private void Measure()
    {
        var moves = Moves();
        for (var element = 0; element < _weights.Length; element++)
        {
            _longest[element] = Math.Max(_longest[element], Math.Abs(moves[element]));
            for (var index = 0; index < _operands.Count; index++)
                _least[index][element] = Math.Min(_least[index][element], _trial.Value(_operands[index], element));
        }
    }

    private void Judge(StateSymbol state, double[] stored, double[] rounded, double[][] exact, double[] moves)
    {
        if (_trial.Bad() is { } bad)
        {
            var culprit = RoundedDifferenceCheck.Restricted(_trial.Culprit(bad.Definition, bad.Element));
            for (var index = 0; index < _operands.Count; index++)
            {
                if (ReferenceEquals(_operands[index], culprit))
                    Note(index, bad.Element, "the step is not a number");
            }

            return;
        }

        var broad = Moves();
        for (var element = 0; element < broad.Length; element++)
        {
            var times = broad[element] / moves[element];
            for (var index = 0; index < _operands.Count; index++)
            {
                // What is of both signs without rounding, or comes near zero, is another check's.
                var (least, value) = (_least[index][element], _trial.Value(_operands[index], element));
                if (!(least > 0) || !(value < least / Collapse))
                    continue;
                if (value < 0 && times < 0)
                    Note(index, element, "the step goes the other way");
                else if (Math.Abs(broad[element]) > Collapse / 2 * _longest[element])
                    Note(index, element, $"the step is {Numbers.Ratio(Math.Abs(times))} times as long");
            }
        }

        void Note(int operand, int element, string consequence)
        {
            if (_found.TryGetValue(state, out var known) && known.Element <= element)
                return;
            var deviation = s_deviations[element / s_means.Length];
            var gradients = double.IsInfinity(deviation) ? "gradients of both signs" : $"gradients that vary by {Numbers.Of(100 * deviation)} % about their mean";
            _found[state] = (element,
                $"{state.Name} in {Format(state).Name} leaves nothing of '{FormulaText.Inner(_context.Text(_operands[operand]))}': with {gradients} it is {Numbers.Of(exact[operand][element])}, and with {state.Name} = {Numbers.Of(rounded[element])} "
                    + $"for {Numbers.Of(stored[element])} it is {Numbers.Of(_trial.Value(_operands[operand], element))}, so that {consequence}; either way of rounding gives a neighbour, so leave {state.Name} as wide as the elements");
        }
    }

    private static (string Name, int Bits) Format(StateSymbol state) => state.Source.Storage == StateStorage.BFloat16 ? ("bfloat16", 7) : ("8 bits", 3);

    /// <summary>The number above, below or nearest that has so many bits behind its leading one.</summary>
    private static double Neighbour(double value, int bits, bool? upwards)
    {
        if (value == 0)
            return 0;
        var unit = Math.Pow(2, Math.Floor(Math.Log(Math.Abs(value), 2)) - bits);
        return unit * (upwards is not { } up ? Math.Round(value / unit) : up ? Math.Ceiling(value / unit) : Math.Floor(value / unit));
    }
}
