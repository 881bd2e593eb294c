using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>
/// Drives a generated rule over one tensor as an optimizer does, in chunks, with every buffer at an odd offset. States that do
/// not exist have no memory: touching them throws.
/// </summary>
internal sealed class KernelRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Offset = 3;
    private const ulong Seed = 77;

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
    private readonly ushort[] _halves;
    private readonly Narrowing _narrowing;
    private long _step;

    public KernelRun(object rule, double[] parameter, int chunk = int.MaxValue, long firstStep = 1, Narrowing? narrowing = null)
    {
        _narrowing = narrowing ?? new Narrowing(0, 0, Packs: false);
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
        _layout = StateLayout.Of(
            [.. description.States.Where(state => state.Per == Per.Element)], state => _rule.HasState(state, scalars), state => _narrowing.Packs && _narrowing.Has(state) ? Storage.BFloat16 : Storage.Element);
        _states = new T[(_layout.ElementCount * _stride) + Offset];
        _halves = new ushort[(_layout.BFloat16Count * _stride) + Offset];
        for (var k = 0; k < description.ElementStateCount; k++)
        {
            if (!Exists(k))
                continue;
            var initial = new T[_length];
            _rule.Initialize(k, 1, Parameter, initial);
            if (_layout.StorageOf(k) == Storage.BFloat16)
            {
                BFloat16Bits.Narrow<T>(initial, Halves(k));
                continue;
            }

            if (_narrowing.Has(k))
            {
                var halves = new ushort[_length];
                BFloat16Bits.Narrow<T>(initial, halves);
                BFloat16Bits.Widen<T>(halves, initial);
            }

            initial.CopyTo(Elements(k));
        }

        _tensorStates = [.. Enumerable.Range(0, description.TensorStateCount).Select(state => _rule.InitialTensorState(state, 1))];
        _groupStates = [.. Enumerable.Range(0, description.GroupStateCount).Select(state => _rule.InitialGroupState(state, 1))];
    }

    public Span<T> Parameter => _parameter.AsSpan(Offset, _length);

    public ReadOnlySpan<double> TensorStates => _tensorStates;

    public ReadOnlySpan<double> GroupStates => _groupStates;

    public bool Exists(int state) => _layout.Has(state);

    /// <summary>The values of a state: in the kernel's memory where it is of the type of the elements.</summary>
    public Span<T> State(int index)
    {
        if (_layout.StorageOf(index) == Storage.Element)
            return Elements(index);
        var values = new T[_length];
        BFloat16Bits.Widen<T>(Halves(index), values);
        return values;
    }

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
                if (!_narrowing.Packs)
                    RoundStates(description, pass);
            }

            first += reductions.Count;
        }

        _rule.BeforePass(description.Passes.Count, _length, _length, totals, scalars, _tensorStates, _groupStates);
    }

    /// <summary>True when nothing outside the tensors has been written.</summary>
    public bool IsBorderIntact() =>
        new[] { _parameter, _gradient }.All(buffer => IsZero(buffer.AsSpan(0, Offset)) && IsZero(buffer.AsSpan(Offset + _length)))
        && Enumerable.Range(0, _layout.ElementCount).All(row => IsZero(_states.AsSpan((row * _stride) + Offset + _length).Slice(0, row == _layout.ElementCount - 1 ? 0 : Offset)))
        && Enumerable.Range(0, _layout.BFloat16Count).All(row => !_halves.AsSpan((row * _stride) + Offset + _length).Slice(0, row == _layout.BFloat16Count - 1 ? 0 : Offset).ContainsAnyExcept((ushort)0));

    private Span<T> Elements(int state) => _states.AsSpan(Offset + (_layout.Row(state) * _stride), _length);

    private Span<ushort> Halves(int state) => _halves.AsSpan(Offset + (_layout.Row(state) * _stride), _length);

    /// <summary>What a kernel does that writes narrower states, one element after the other.</summary>
    private void RoundStates(RuleDescription description, int pass)
    {
        var states = description.States.Where(state => state.Per == Per.Element).ToList();
        var key = RoundingKey.Of(Seed, _step, 0);
        foreach (var (k, _) in states.Index().Where(state => _narrowing.Has(state.Index) && Exists(state.Index) && description.Passes[pass].Writes.Contains(state.Item.Symbol)))
        {
            foreach (ref var value in Elements(k))
            {
                var element = (nuint)(Unsafe.ByteOffset(ref Elements(k)[0], ref value) / Unsafe.SizeOf<T>());
                var single = float.CreateTruncating(value);
                var bits = _narrowing.IsNearest(k) ? BFloat16Bits.FromSingle(single) : BFloat16Lanes.Round(single, RoundingKey.Bits(key.At(k, element), RoundingKey.TakesLow(k)));
                value = T.CreateTruncating(BFloat16Bits.ToSingle(bits));
            }
        }
    }

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
                Parameter.Slice(start, count), _gradient.AsSpan(Offset + start, count), ref states, _stride, scalars, partials, transform, _layout.Rows,
                new PackedStates(ref _halves[Math.Min(Offset + start, _halves.Length - 1)], _stride, _layout.Packing(_narrowing.Nearest, RoundingKey.Of(Seed, _step, start)))));
            for (var k = 0; k < partials.Length; k++)
                trees[k].Add(partials[k], reductions[k].Kind);
            start += count;
        }
        while (start < _length);
        for (var k = 0; k < partials.Length; k++)
            totals[k] = trees[k].Result(reductions[k].Kind);
    }
}
