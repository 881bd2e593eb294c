using System.Collections.Concurrent;
using System.Numerics;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Tests.Rules;

/// <summary>
/// A rule run by the interpreter in place of its kernel: what is wrong here is wrong in the formulas, and what is wrong only in
/// the kernel is the compiler's. For optimizers of one thread, tensors of one chunk, and groups of one tensor.
/// </summary>
internal sealed class InterpretedRule : IUpdateRule<float>, IUpdateRule<double>
{
    private static readonly ConcurrentDictionary<Type, RuleProgram> s_programs = new();

    private readonly object _rule;
    private readonly RuleProgram _program;
    private readonly int[] _elementStates;
    private readonly int[] _tensorStates;
    private readonly int[] _groupStates;
    private readonly int[] _scalarStates;
    private double[] _newScalarStates = [];

    public InterpretedRule(object rule)
    {
        _rule = rule;
        _program = s_programs.GetOrAdd(rule.GetType(), Compile);
        var states = _program.Model.States;
        _elementStates = Of(Cardinality.PerElement);
        _tensorStates = Of(Cardinality.PerTensor);
        _groupStates = Of(Cardinality.PerGroup);
        _scalarStates = [.. _tensorStates, .. _groupStates];
        Description = new RuleDescription
        {
            Name = rule.GetType().Name,
            Formulas = _program.Model.Source.Formulas,
            Hash = rule.GetType().Name,
            States = [.. states.Select(state => new StateDescription(state.Source.Symbol, state.Source.Initial, state.Cardinality switch { Cardinality.PerGroup => Per.Group, Cardinality.PerTensor => Per.Tensor, _ => Per.Element }, state.Source.Output))],
            Hypers = [.. _program.Model.Hypers.Select(hyper => new HyperDescription(hyper.Source.Symbol, hyper.Source.Property, hyper.Source.Default, hyper.Source.Min, hyper.Source.Max))],
            Passes = [new PassDescription(["W", "g", .. _elementStates.Select(Symbol)], ["W", .. _elementStates.Select(Symbol)], [])],
            ScalarCount = 1 + _scalarStates.Length,
        };

        int[] Of(Cardinality shape) => [.. Enumerable.Range(0, states.Length).Where(index => states[index].Cardinality == shape)];
    }

    public RuleDescription Description { get; }

    public double HyperAt(int index, RuleStep step) => HypersAt(step.Count)[index];

    public void BeginStep(RuleStep step, Span<double> scalars) => scalars[0] = step.Count;

    public void BeforePass(int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
    {
        if (pass == 0)
        {
            tensorStates.CopyTo(scalars[1..]);
            groupStates.CopyTo(scalars[(1 + _tensorStates.Length)..]);
        }
        else
        {
            _newScalarStates.AsSpan(0, _tensorStates.Length).CopyTo(tensorStates);
            _newScalarStates.AsSpan(_tensorStates.Length).CopyTo(groupStates);
        }
    }

    public double InitialTensorState(int state, RuleStep step) => Initial([0], ElementFormat.Double, _tensorStates[state])[0];

    public double InitialGroupState(int state, RuleStep step) => Initial([0], ElementFormat.Double, _groupStates[state])[0];

    public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination) =>
        Initialize<float>(state, parameter, destination);

    public void Initialize(int state, RuleStep step, ReadOnlySpan<double> parameter, Span<double> destination) =>
        Initialize<double>(state, parameter, destination);

    public void RunPass(int pass, in PassSlice<float> slice) => Run(slice);

    public void RunPass(int pass, in PassSlice<double> slice) => Run(slice);

    private static RuleProgram Compile(Type rule)
    {
        var source = DeclaredRule.Source(rule);
        var compiled = FormulaCompiler.Compile(source);
        Assert.True(
            compiled.Model is not null,
            $"{rule.Name}: {string.Join("; ", compiled.Errors.Select(error => $"{error.Id} at {error.Span.Start}: {error.Message}"))}");
        return RuleProgram.Compile(compiled.Model);
    }

    private static ElementFormat Format<T>() => typeof(T) == typeof(float) ? ElementFormat.Single : ElementFormat.Double;

    private string Symbol(int state) => _program.Model.States[state].Source.Symbol;

    private double[] HypersAt(long step) => [.. DeclaredRule.Hypers(_rule.GetType()).Select(hyper => DeclaredRule.ValueAt(_rule, hyper, step))];

    private double[] Initial(double[] parameter, ElementFormat format, int state) =>
        new RuleRun(_program, parameter, HypersAt(step: 1), format).State(state);

    private void Initialize<T>(int state, ReadOnlySpan<T> parameter, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Store(Initial(Load(parameter), Format<T>(), _elementStates[state]), destination);

    private void Run<T>(in PassSlice<T> slice)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var step = (long)slice.Scalars[0];
        var run = new RuleRun(_program, Load<T>(slice.Parameter), HypersAt(step), Format<T>()) { StepCount = step - 1 };
        for (var i = 0; i < _elementStates.Length; i++)
            Load<T>(slice.State(i)).CopyTo(run.State(_elementStates[i]), 0);
        for (var i = 0; i < _scalarStates.Length; i++)
            run.State(_scalarStates[i])[0] = slice.Scalars[1 + i];

        run.Step(Load<T>(slice.Gradient));

        Store(run.Parameter, slice.Parameter);
        for (var i = 0; i < _elementStates.Length; i++)
            Store(run.State(_elementStates[i]), slice.State(i));
        _newScalarStates = [.. _scalarStates.Select(state => run.State(state)[0])];
    }

    private static double[] Load<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = double.CreateTruncating(values[i]);
        return result;
    }

    private static void Store<T>(double[] values, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
            destination[i] = T.CreateTruncating(values[i]);
    }
}
