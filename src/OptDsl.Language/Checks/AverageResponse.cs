using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// The step that a rule takes at an age, were its averages filled by one and the same gradient since the first step: the
/// question that bias correction answers, put to the model itself. An average can be taken at its settled value instead, as if
/// it had been corrected.
/// </summary>
internal sealed class AverageResponse
{
    private const int SettledAge = 5000;
    private readonly LintContext _context;
    private readonly Prober _prober;
    private readonly Dictionary<string, Dictionary<int, double[]>> _recorded = [];
    private Dictionary<int, double[]> _scalarStates = [];
    private readonly double[] _hypers;
    private readonly ImmutableArray<StateSymbol> _copies;
    private readonly bool[] _isPlain;
    private double[] _decays;
    private (double Value, double Opposite)[] _settled = [];
    private double _settledOf;

    public AverageResponse(LintContext context)
    {
        _context = context;
        Averages = [.. context.Recurrences.Where(recurrence => recurrence.Driven && recurrence.Forgets && StartsAtZero(context, recurrence.State))];
        _prober = new Prober(context, Averages.Select(average => average.Final), isMirrored: true);
        _hypers = [.. context.Undecayed];
        _prober.SetHypers(_hypers);
        _decays = [.. Averages.Select(average => average.SettledDecay)];
        Ages = [1, 2, 3, 5, 8, 15, 40, 120, 300, 1000, 5000];
        _copies = [.. context.Model.States.Where(state => context.Dependence.IsDriven(state) && !context.Dependence.Reads(context.Model.Final(state)!).Contains(state))];
        RecordScalarStates();
        _isPlain = [.. Averages.Select(IsPlain)];
        if (Averages.Length > 0 && context.Model.Final(context.Model.Parameter) is not null && context.Dependence.Reads(context.Model.Final(context.Model.Parameter)!).Contains(Dependence.Step))
            LeaveOutTheEnd();
    }

    /// <summary>The states that are decaying sums from zero, in the order of the declaration.</summary>
    public ImmutableArray<Recurrence> Averages { get; }

    /// <summary>The steps that are worth looking at.</summary>
    public ImmutableArray<int> Ages { get; private set; }

    private static bool StartsAtZero(LintContext context, StateSymbol state) =>
        context.InitialValue(state) is < Tolerances.Fit and > -1e-3;

    /// <summary>Ages at which a schedule is over and nothing moves any more say nothing.</summary>
    private void LeaveOutTheEnd()
    {
        var steps = Steps(1, settled: 0);
        var length = steps.Length;
        while (length > 0 && steps[length - 1] == 0)
            length--;
        if (length > 5)
            Ages = Ages.RemoveRange(length, Ages.Length - length);
    }

    /// <summary>Other values of hyper-parameters, from now on.</summary>
    public void Vary(IEnumerable<int> hypers, double factor)
    {
        foreach (var index in hypers)
            _prober.SetHyper(index, _hypers[index] = SampleValues.Moved(_context.Undecayed[index], factor));
        RecordScalarStates();
        MeasureDecays();
    }

    public void Restore()
    {
        for (var index = 0; index < _hypers.Length; index++)
            _prober.SetHyper(index, _hypers[index] = _context.Undecayed[index]);
        RecordScalarStates();
        _decays = [.. Averages.Select(average => average.SettledDecay)];
        _settledOf = 0;
    }

    /// <summary>The step at every age, with the averages of a set (by position, as bits) at their settled values.</summary>
    public double[] Steps(double gradient, int settled, Tweak tweak = default) => [.. Ages.Select(age => Step(age, gradient, settled, tweak))];

    /// <summary>How far the parameter moves with the gradient at an age.</summary>
    public double Step(int age, double gradient, int settled, Tweak tweak = default)
    {
        var full = SettledValues(gradient);
        Prepare(age, gradient);
        for (var index = 0; index < Averages.Length; index++)
        {
            var isSettled = (settled & (1 << index)) != 0;
            var factor = index == tweak.Average ? tweak.Factor : 1;
            var now = isSettled ? factor : factor * Fill(index, age);
            var before = isSettled || tweak.OldAsNew ? now : age == 1 ? 0 : factor * Fill(index, age - 1);
            _prober.SetHeld(Averages[index].Final, full[index].Value * now, full[index].Opposite * now);
            _prober.SetOld(Averages[index].State, full[index].Value * before, full[index].Opposite * before);
        }

        return _prober.Step(age, parameter: 1, gradient);
    }

    /// <summary>What expressions come to at each of some ages, with every average as full as it is then.</summary>
    public double[][] Values(IReadOnlyList<Expr> expressions, int[] ages, double gradient)
    {
        var values = expressions.Select(_ => new double[ages.Length]).ToArray();
        for (var age = 0; age < ages.Length; age++)
        {
            Step(ages[age], gradient, settled: 0);
            for (var index = 0; index < expressions.Count; index++)
                values[index][age] = _prober.Value(expressions[index]);
        }

        return values;
    }

    /// <summary>The settled value of an average under a constant gradient.</summary>
    public double SettledValue(int average, double gradient) => SettledValues(gradient)[average].Value;

    /// <summary>The first step takes in the same as later ones once copies of the gradient hold what a constant gradient makes them.</summary>
    private bool IsPlain(Recurrence average)
    {
        if (average.Decays.Length != 2 || Math.Abs(average.Decays[0] - average.SettledDecay) > Tolerances.Exact)
            return false;
        return Math.Abs(Input(1) - Input(SettledAge)) <= Tolerances.Exact * Math.Abs(Input(SettledAge));

        double Input(int age)
        {
            Prepare(age, 1);
            _prober.SetOld(average.State, 0);
            _prober.Step(age, parameter: 1, gradient: 1);
            return _prober.Result(average.Final);
        }
    }

    private double Fill(int index, int age) => _isPlain[index] ? 1 - Math.Pow(_decays[index], age) :
        _decays[index] == Averages[index].SettledDecay || Averages[index].IsSeeded ? Averages[index].Fill(age) : 1 - Math.Pow(_decays[index], age);

    /// <summary>
    /// Averages that are fed by others see them settled. One of a deviation, which a constant gradient settles at zero, gets a
    /// typical value; one of a difference, which it settles at zero too, stays there.
    /// </summary>
    private (double Value, double Opposite)[] SettledValues(double gradient)
    {
        if (_settledOf == gradient)
            return _settled;
        Prepare(SettledAge, gradient);
        var values = new (double Value, double Opposite)[Averages.Length];
        for (var round = 0; round < 2; round++)
        {
            for (var index = 0; index < Averages.Length; index++)
            {
                var average = Averages[index];
                _prober.SetOld(average.State, 0);
                _prober.Step(SettledAge, parameter: 1, gradient);
                var scale = 1 - _decays[index];
                values[index] = (_prober.Result(average.Final) / scale, _prober.OppositeResult(average.Final) / scale);
                if (!average.Odd && !(Math.Abs(values[index].Value) > Tolerances.Measured * gradient * gradient))
                    values[index] = (gradient * gradient / 2, gradient * gradient / 2);
                _prober.SetHeld(average.Final, values[index].Value, values[index].Opposite);
                _prober.SetOld(average.State, values[index].Value, values[index].Opposite);
            }
        }

        (_settled, _settledOf) = (values, gradient);
        return values;
    }

    private void Prepare(int age, double gradient)
    {
        _prober.ResetStates();
        foreach (var state in _copies)
        {
            _prober.Step(age, parameter: 1, gradient);
            var final = _context.Model.Final(state)!;
            _prober.SetOld(state, _prober.Result(final), _prober.OppositeResult(final));
        }

        if (_scalarStates.Count == 0)
            return;
        var values = _scalarStates[Math.Min(age, Ages[Ages.Length - 1])];
        foreach (var state in _context.Model.States.Where(IsScalar))
            _prober.SetOld(state, values[state.Index]);
    }

    private bool IsScalar(StateSymbol state) => !_context.Dependence.IsDriven(state) && _context.Model.Final(state) is not null;

    /// <summary>States that are functions of the step (running products of β) have their true values at each age.</summary>
    private void RecordScalarStates()
    {
        if (!_context.Model.States.Any(IsScalar))
            return;
        Ages = [.. Ages.Where(age => age <= 300)];
        var key = string.Join(" ", _hypers.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        if (_recorded.TryGetValue(key, out var known))
        {
            _scalarStates = known;
            return;
        }

        _recorded[key] = _scalarStates = [];
        var run = _context.Start([0], _hypers);
        for (var age = 1; age <= 300; age++)
        {
            if (Ages.Contains(age))
                _scalarStates[age] = [.. _context.Model.States.Select(state => run.State(state.Index)[0])];
            run.Step([0]);
        }
    }

    private void MeasureDecays()
    {
        _settledOf = 0;
        _prober.ResetStates();
        _decays = [.. Averages.Select(Measure)];

        double Measure(Recurrence average)
        {
            var atZero = At(0);
            return At(1) - atZero;

            double At(double old)
            {
                _prober.SetOld(average.State, old);
                _prober.Step(7, 0, 1);
                return _prober.Result(average.Final);
            }
        }
    }

    /// <summary>One change to the situation.</summary>
    /// <param name="Average">Position of an average to scale; none by default.</param>
    /// <param name="Factor">What it is scaled by.</param>
    /// <param name="OldAsNew">True to show readers of an old value the new one.</param>
    public readonly record struct Tweak(int? Average, double Factor, bool OldAsNew = false);
}
