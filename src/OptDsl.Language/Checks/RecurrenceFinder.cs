using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// Finds the states that are linear in their own past by measuring: a state is, if in several situations its new value moves by
/// the same amount for every unit of its old value. Proves nothing about situations not tried, which for the formulas of an
/// optimizer would have to conspire.
/// </summary>
internal sealed class RecurrenceFinder
{
    private const double Tolerance = 1e-7;
    private static readonly int[] s_ages = [1, 2, 3, 10, 100, 1000];

    private readonly LintContext _context;
    private readonly Prober _prober;
    private readonly ImmutableArray<StateSymbol> _updated;

    private RecurrenceFinder(LintContext context)
    {
        _context = context;
        // Of the options under analysis: a state that they leave out stays as it is, and remembers nothing.
        _updated = [.. context.Model.States.Where(state => !state.IsConditional && context.Model.Final(state) is not null)];
        _prober = new Prober(context, _updated.Select(state => context.Model.Final(state)!));
    }

    public static ImmutableArray<Recurrence> Find(LintContext context)
    {
        var finder = new RecurrenceFinder(context);
        return [.. finder._updated.Select(finder.TryFind).OfType<Recurrence>()];
    }

    private Recurrence? TryFind(StateSymbol state)
    {
        var final = _context.Model.Final(state)!;
        var situations = Enumerable.Range(0, 3).Select(index => Response(state, final, index, age: 7)).ToArray();
        if (situations.Any(response => response is null || Math.Abs(response.Value.Slope - situations[0]!.Value.Slope) > Tolerance))
            return null;

        var (decays, inputs) = OverAges(state, final);
        if (decays is null)
            return null;
        var lastAge = decays.Length > 2 ? decays.Length : 7;
        var (weight, degree, odd) = GradientTerm(state, final, lastAge);
        return new Recurrence(
            state, final, decays, inputs!, weight, degree, odd, _context.Dependence.IsDriven(state),
            Sensitive(() => Response(state, final, 0, lastAge)?.Slope ?? double.NaN),
            Sensitive(() => GradientTerm(state, final, lastAge).Weight));
    }

    /// <summary>How the new value responds to the old: slope and value at zero; null where the response is not straight.</summary>
    private (double Slope, double AtZero)? Response(StateSymbol state, Definition final, int situation, int age)
    {
        Arrange(situation);
        double[] values = [At(0), At(1), At(2)];
        var slope = values[1] - values[0];
        var scale = Math.Max(1, values.Max(Math.Abs));
        return Math.Abs(values[2] - values[1] - slope) <= Tolerance * scale ? (slope, values[0]) : null;

        double At(double old)
        {
            _prober.SetOld(state, old);
            _prober.Step(age, parameter: 0.4 - (0.7 * situation), gradient: Sample(situation * 13));
            return _prober.Result(final);
        }
    }

    private (double[]? Decays, double[]? Inputs) OverAges(StateSymbol state, Definition final)
    {
        var sparse = s_ages.Select(age => Response(state, final, 0, age)).ToArray();
        if (sparse.Any(response => response is null))
            return (null, null);
        var last = sparse[sparse.Length - 1]!.Value;
        if (sparse.All(response => Same(response!.Value, last)))
            return ([last.Slope], [1]);
        if (sparse.Skip(1).All(response => Same(response!.Value, last)))
            return ([sparse[0]!.Value.Slope, last.Slope], [Ratio(sparse[0]!.Value.AtZero, last.AtZero), 1]);

        var dense = Enumerable.Range(1, Recurrence.LongestTransient).Select(age => Response(state, final, 0, age) ?? (double.NaN, double.NaN)).ToArray();
        var end = dense[dense.Length - 1];
        return ([.. dense.Select(response => response.Item1)], [.. dense.Select(response => Ratio(response.Item2, end.Item2))]);

        static bool Same((double Slope, double AtZero) first, (double Slope, double AtZero) second) =>
            Math.Abs(first.Slope - second.Slope) <= Tolerance && Math.Abs(first.AtZero - second.AtZero) <= Tolerance * Math.Abs(second.AtZero);
    }

    private static double Ratio(double value, double unit) => unit == 0 ? (value == 0 ? 1 : double.NaN) : value / unit;

    /// <summary>The term that the gradient of this step adds, with all other tensors at zero: coefficient, degree and parity.</summary>
    private (double Weight, double Degree, bool Odd) GradientTerm(StateSymbol state, Definition final, int age)
    {
        foreach (var other in _updated)
            _prober.SetHeld(_context.Model.Final(other)!, 0);
        foreach (var other in _context.Model.States)
            _prober.SetOld(other, 0);
        var atZero = At(0);
        var (unit, twice, negative) = (At(1) - atZero, At(2) - atZero, At(-1) - atZero);
        var degree = Math.Log(twice / unit, 2);
        var pure = Math.Abs(degree - Math.Round(degree)) < Tolerances.Measured && Math.Abs(At(4) - atZero - (unit * Math.Pow(4, degree))) < Tolerances.Measured * Math.Abs(At(4) - atZero);
        var odd = Math.Abs(negative + unit) <= Tolerance * Math.Abs(unit);
        return pure ? (unit, Math.Round(degree), odd) : (double.NaN, double.NaN, odd);

        double At(double gradient)
        {
            _prober.SetOld(state, 0);
            _prober.Step(age, parameter: 0, gradient);
            return _prober.Result(final);
        }
    }

    private List<int> Sensitive(Func<double> measure)
    {
        var hypers = new List<int>();
        var before = measure();
        for (var index = 0; index < _context.Typical.Length && !double.IsNaN(before); index++)
        {
            if (_context.Model.Hypers[index].Source.Type == Formulas.HyperType.Boolean)
                continue;
            _prober.SetHyper(index, _context.Typical[index] * 0.97);
            var after = measure();
            _prober.SetHyper(index, _context.Typical[index]);
            if (!(Math.Abs(after - before) <= Tolerance * Math.Abs(before)))
                hypers.Add(index);
        }

        return hypers;
    }

    private void Arrange(int situation)
    {
        foreach (var state in _context.Model.States)
        {
            _prober.SetOld(state, Math.Abs(Sample((situation * 17) + (state.Index * 3) + 1)));
            if (_context.Model.Final(state) is { } final)
                _prober.SetHeld(final, Math.Abs(Sample((situation * 29) + (state.Index * 5) + 2)));
        }
    }

    /// <summary>A fixed irregular sequence of values between 0.2 and 1 in magnitude, of both signs.</summary>
    private static double Sample(int index)
    {
        var wave = Math.Sin((index * 12.9898) + 4.1414) * 437.585;
        var fraction = wave - Math.Floor(wave);
        return (0.2 + (0.8 * fraction)) * (index % 2 == 0 ? 1 : -1);
    }
}
