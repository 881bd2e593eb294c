namespace OptDsl.Benchmarks.Contestants;

/// <summary>A parameter, its gradient and the states of a rule: one set for all contestants, so that all meet the same memory.</summary>
internal sealed unsafe class Tensors : IDisposable
{
    // A prime number of values that repeats: numbers of both signs, and an exact zero now and then.
    private static readonly float[] Pattern = [.. Enumerable.Range(0, 10_007).Select(Value)];

    private readonly AlignedMemory[] _all;

    public Tensors(int length, int states)
    {
        Length = length;
        _all = [.. Enumerable.Range(0, 2 + states).Select(_ => new AlignedMemory(length))];
        Reset();
    }

    public int Length { get; }

    public int StateCount => _all.Length - 2;

    public AlignedMemory Parameter => _all[0];

    public AlignedMemory Gradient => _all[1];

    public Span<float> W => _all[0].GetSpan();

    public Span<float> G => _all[1].GetSpan();

    public Span<float> S0 => _all[2].GetSpan();

    public Span<float> S1 => _all[3].GetSpan();

    public Span<float> S2 => _all[4].GetSpan();

    public AlignedMemory State(int index) => _all[2 + index];

    /// <summary>The first element of a tensor from an offset on, or null where the rule has no such state.</summary>
    public float* Pointer(int tensor, int offset) => tensor < _all.Length ? _all[tensor].Pointer + offset : null;

    /// <summary>The values before the first step.</summary>
    public void Reset()
    {
        Fill(W, 0);
        Fill(G, 17);
        foreach (var state in _all.Skip(2))
            state.GetSpan().Clear();
    }

    public void Dispose()
    {
        foreach (IDisposable memory in _all)
            memory.Dispose();
    }

    private static void Fill(Span<float> values, int shift)
    {
        Pattern.AsSpan(shift, Math.Min(values.Length, Pattern.Length - shift)).CopyTo(values);
        for (var done = Pattern.Length - shift; done < values.Length; done += Pattern.Length)
            Pattern.AsSpan(0, Math.Min(Pattern.Length, values.Length - done)).CopyTo(values[done..]);
    }

    private static float Value(int index)
    {
        var angle = 0.7390851 * index;
        return index % 101 == 0 ? 0 : (float)(Math.Sin(angle) + (0.25 * Math.Sin(13.1 * angle)));
    }
}
