using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OptDsl.Rules;

// A program of its own, compiled ahead of time and just in time: nanoseconds a step of some library rules, a line each.
const int Rounds = 41;
Console.WriteLine($"bits {(Vector512.IsHardwareAccelerated ? 512 : Vector<float>.Count * 32)}");
foreach (var length in (int[])[1 << 10, 1 << 14, 1 << 18])
{
    Time("Sgd", length, new Sgd(), (rule, t, x) => rule.Update(t, x.W, x.G));
    Time("ClassicMomentum", length, new ClassicMomentum(), (rule, t, x) => rule.Update(t, x.W, x.G, x.M));
    Time("RmsProp", length, new RmsProp(), (rule, t, x) => rule.Update(t, x.W, x.G, x.V));
    Time("AdamW", length, new AdamW(), (rule, t, x) => rule.Update(t, x.W, x.G, x.M, x.V));
    Time("Lion", length, new Lion(), (rule, t, x) => rule.Update(t, x.W, x.G, x.M));
}

static void Time<TRule>(string name, int length, TRule rule, Action<TRule, long, Tensors> step)
{
    var tensors = new Tensors(length);
    var steps = Math.Max(4, 200_000 / length);

    // As long as the just-in-time compiler takes to give its best.
    for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since).TotalMilliseconds < 250;)
        step(rule, 1, tensors);
    var times = new double[Rounds];
    foreach (ref var time in times.AsSpan())
    {
        var start = Stopwatch.GetTimestamp();
        for (var t = 1; t <= steps; t++)
            step(rule, t, tensors);
        time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / steps;
    }

    Array.Sort(times);
    Console.WriteLine(FormattableString.Invariant($"{name} {length} {times[Rounds / 2]:0.0}"));
}

internal sealed unsafe class Tensors(int length)
{
    private readonly float*[] _tensors = [New(length), New(length), New(length), New(length)];

    public Span<float> W => new(_tensors[0], length);

    public Span<float> G => new(_tensors[1], length);

    public Span<float> M => new(_tensors[2], length);

    public Span<float> V => new(_tensors[3], length);

    private static float* New(int length)
    {
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        for (var i = 0; i < length; i++)
            memory[i] = 1 / (1f + (i % 13));
        return memory;
    }
}
