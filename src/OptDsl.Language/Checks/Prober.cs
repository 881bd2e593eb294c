using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// A single step of a rule as a function of everything that it reads: old values, gradient, hyper-parameters, step count, and
/// the new values of the states that are held. A mirrored one has two elements whose gradients are opposite, so that half the
/// difference between them is what the gradient does, and the mean of the gradients is zero.
/// </summary>
internal sealed class Prober
{
    private readonly LintContext _context;
    private readonly RuleRun _run;
    private readonly double[][] _saved;
    private readonly double[] _gradient;
    private readonly Dictionary<Expr, int> _expressions;

    public Prober(LintContext context, IEnumerable<Definition> held, bool isMirrored = false)
    {
        _context = context;
        (var program, _expressions) = context.Hold(held);
        _run = context.Start(new double[isMirrored ? 2 : 1], context.Typical, program: program);
        _gradient = new double[_run.Parameter.Length];
        _saved = [.. context.Model.States.Select(state => new double[_run.State(state.Index).Length])];
        InitialStates = [.. context.Model.States.Select(state => _run.State(state.Index)[0])];
    }

    /// <summary>The initial values of the states where the parameter is zero.</summary>
    public ImmutableArray<double> InitialStates { get; }

    public void SetHypers(IReadOnlyList<double> values)
    {
        for (var index = 0; index < values.Count; index++)
            _run.SetHyper(index, values[index]);
    }

    public void SetHyper(int index, double value) => _run.SetHyper(index, value);

    public void SetOld(StateSymbol state, double value) => SetOld(state, value, value);

    public void SetOld(StateSymbol state, double value, double opposite) => Fill(_run.State(state.Index), value, opposite);

    public void SetHeld(Definition definition, double value) => SetHeld(definition, value, value);

    public void SetHeld(Definition definition, double value, double opposite) => Fill(_run.Held(definition.Index), value, opposite);

    public void ResetStates()
    {
        foreach (var state in _context.Model.States)
            SetOld(state, InitialStates[state.Index]);
    }

    /// <summary>Runs the step of an age (1 is the first); the stored values stay what they were.</summary>
    /// <returns>How far the gradient moves the parameter; of one that is not mirrored the new parameter.</returns>
    public double Step(int age, double parameter, double gradient)
    {
        for (var index = 0; index < _saved.Length; index++)
            Array.Copy(_run.State(index), _saved[index], _saved[index].Length);
        Fill(_run.Parameter, parameter, parameter);
        _run.StepCount = age + _context.Options.FirstStep - 2;
        Fill(_gradient, gradient, -gradient);
        _run.Step(_gradient);
        for (var index = 0; index < _saved.Length; index++)
            Array.Copy(_saved[index], _run.State(index), _saved[index].Length);
        return _run.Parameter.Length == 1 ? _run.Parameter[0] : (_run.Parameter[0] - _run.Parameter[1]) / 2;
    }

    /// <summary>What a statement computed in the last step.</summary>
    public double Result(Definition definition) => _run.Value(definition.Index)[0];

    /// <summary>The same for the element with the opposite gradient.</summary>
    public double OppositeResult(Definition definition)
    {
        var values = _run.Value(definition.Index);
        return values[values.Length - 1];
    }

    /// <summary>What an expression came to in the last step.</summary>
    public double Value(Expr expression) => _run.Register(_expressions[expression])[0];

    private static void Fill(double[] values, double value, double opposite)
    {
        values[0] = value;
        if (values.Length > 1)
            values[1] = opposite;
    }
}
