using System.Numerics;
using System.Runtime.InteropServices;
using OptDsl.Execution;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>
/// Drives a generated rule over one tensor as an optimizer does, in chunks, with every buffer at an odd offset. States that do
/// not exist have no memory: touching them throws.
/// </summary>
internal sealed class KernelRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Offset = 3;

    private readonly IUpdateRule<T> _rule;
    private readonly int _length;
    private readonly int _chunk;
    private readonly T[] _parameter;
    private readonly T[] _gradient;
    private readonly T[] _states;
    private readonly double[] _tensorStates;
    private readonly double[] _groupStates;
    private readonly int _stride;
    private readonly StateLayout _layout;
    private long _step;

    public KernelRun(object rule, double[] parameter, int chunk = int.MaxValue, long firstStep = 1)
    {
        _step = firstStep - 1;
        _rule = (IUpdateRule<T>)rule;
        _length = parameter.Length;
        _chunk = chunk;
        _parameter = new T[_length + (2 * Offset)];
        _gradient = new T[_length + (2 * Offset)];
        for (var i = 0; i < _length; i++)
            _parameter[Offset + i] = T.CreateTruncating(parameter[i]);
        var description = _rule.Description;
        _stride = _length + Offset;
        var scalars = new double[description.ScalarCount];
        _rule.BeginStep(1, scalars);
        _layout = StateLayout.Of([.. description.States.Where(state => state.Per == Per.Element)], state => _rule.HasState(state, scalars));
        _states = new T[(_layout.RowCount * _stride) + Offset];
        for (var k = 0; k < description.ElementStateCount; k++)
        {
            if (Exists(k))
                _rule.Initialize(k, 1, Parameter, State(k));
        }

        _tensorStates = [.. Enumerable.Range(0, description.TensorStateCount).Select(state => _rule.InitialTensorState(state, 1))];
        _groupStates = [.. Enumerable.Range(0, description.GroupStateCount).Select(state => _rule.InitialGroupState(state, 1))];
    }

    public Span<T> Parameter => _parameter.AsSpan(Offset, _length);

    public ReadOnlySpan<double> TensorStates => _tensorStates;

    public ReadOnlySpan<double> GroupStates => _groupStates;

    public bool Exists(int state) => _layout.Has(state);

    public Span<T> State(int index) => _states.AsSpan(Offset + (_layout.Row(index) * _stride), _length);

    public void Step(double[] gradient, GradientTransform? transform = null)
    {
        for (var i = 0; i < _length; i++)
            _gradient[Offset + i] = T.CreateTruncating(gradient[i]);
        var description = _rule.Description;
        var scalars = new double[description.ScalarCount];
        var totals = new double[description.Reductions.Count()];
        _rule.BeginStep(++_step, scalars);
        var first = 0;
        for (var pass = 0; pass < description.Passes.Count; pass++)
        {
            _rule.BeforePass(pass, _length, _length, totals, scalars, _tensorStates, _groupStates);
            var reductions = description.Passes[pass].Reductions;
            if (!_rule.HasPass(pass, scalars))
            {
                totals.AsSpan(first, reductions.Count).Fill(double.NaN);
                Assert.Empty(description.Passes[pass].Writes);
            }
            else
            {
                RunChunks(pass, scalars, reductions, totals.AsSpan(first, reductions.Count), transform ?? GradientTransform.None);
            }

            first += reductions.Count;
        }

        _rule.BeforePass(description.Passes.Count, _length, _length, totals, scalars, _tensorStates, _groupStates);
    }

    /// <summary>True when nothing outside the tensors has been written.</summary>
    public bool IsBorderIntact() =>
        new[] { _parameter, _gradient }.All(buffer => IsZero(buffer.AsSpan(0, Offset)) && IsZero(buffer.AsSpan(Offset + _length)))
        && Enumerable.Range(0, _layout.RowCount).All(row => IsZero(_states.AsSpan((row * _stride) + Offset + _length).Slice(0, row == _layout.RowCount - 1 ? 0 : Offset)));

    private static bool IsZero(Span<T> elements) => !elements.ContainsAnyExcept(T.Zero);

    private void RunChunks(int pass, double[] scalars, IReadOnlyList<ReductionDescription> reductions, Span<double> totals, GradientTransform transform)
    {
        var trees = new PartialTree[reductions.Count];
        var partials = new double[reductions.Count];
        var start = 0;
        do
        {
            var count = Math.Min(_chunk, _length - start);
            ref var states = ref _states.Length > Offset ? ref _states[Offset + start] : ref MemoryMarshal.GetReference(Parameter);
            _rule.RunPass(pass, new PassSlice<T>(
                Parameter.Slice(start, count), _gradient.AsSpan(Offset + start, count), ref states, _stride, scalars, partials, transform, _layout.Rows));
            for (var k = 0; k < partials.Length; k++)
                trees[k].Add(partials[k], reductions[k].Kind);
            start += count;
        }
        while (start < _length);
        for (var k = 0; k < partials.Length; k++)
            totals[k] = trees[k].Result(reductions[k].Kind);
    }
}
