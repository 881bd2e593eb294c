using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>
/// What memory allows: the streams of a rule with the least arithmetic that cannot be left out, one maximum for each stream
/// that is written. With non-negative values nothing grows, so that it can run for ever.
/// </summary>
internal static class StreamLimit
{
    /// <summary>Reads the parameter, the gradient and the states, and writes the parameter and the states.</summary>
    public static void Step(Tensors tensors, int start, int count, long step)
    {
        var W = tensors.W.Slice(start, count);
        var g = tensors.G.Slice(start, count);
        switch (tensors.StateCount)
        {
            case 0:
                One(ref W[0], ref g[0], (nuint)count);
                break;
            case 1:
                Two(ref W[0], ref g[0], ref tensors.S0[start], (nuint)count);
                break;
            default:
                Three(ref W[0], ref g[0], ref tensors.S0[start], ref tensors.S1[start], (nuint)count);
                break;
        }
    }

    /// <summary>A second pass that reads the parameter and the states and writes the parameter.</summary>
    public static void Apply(Tensors tensors, int start, int count, long step) =>
        Read(ref tensors.W[start], ref tensors.S0[start], ref tensors.S1[start], (nuint)count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(ref float W, ref float g, nuint n)
    {
        var lanes = (nuint)Vector<float>.Count;
        for (nuint i = 0; i + (4 * lanes) <= n; i += 4 * lanes)
        {
            Max(ref W, Vector.LoadUnsafe(ref g, i), i);
            Max(ref W, Vector.LoadUnsafe(ref g, i + lanes), i + lanes);
            Max(ref W, Vector.LoadUnsafe(ref g, i + (2 * lanes)), i + (2 * lanes));
            Max(ref W, Vector.LoadUnsafe(ref g, i + (3 * lanes)), i + (3 * lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(ref float W, ref float g, ref float s0, nuint n)
    {
        var lanes = (nuint)Vector<float>.Count;
        for (nuint i = 0; i + (4 * lanes) <= n; i += 4 * lanes)
        {
            Max(ref W, ref g, ref s0, i);
            Max(ref W, ref g, ref s0, i + lanes);
            Max(ref W, ref g, ref s0, i + (2 * lanes));
            Max(ref W, ref g, ref s0, i + (3 * lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(ref float W, ref float g, ref float s0, ref float s1, nuint n)
    {
        var lanes = (nuint)Vector<float>.Count;
        for (nuint i = 0; i + (4 * lanes) <= n; i += 4 * lanes)
        {
            Max(ref W, ref g, ref s0, ref s1, i);
            Max(ref W, ref g, ref s0, ref s1, i + lanes);
            Max(ref W, ref g, ref s0, ref s1, i + (2 * lanes));
            Max(ref W, ref g, ref s0, ref s1, i + (3 * lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(ref float W, ref float s0, ref float s1, nuint n)
    {
        var lanes = (nuint)Vector<float>.Count;
        for (nuint i = 0; i + (2 * lanes) <= n; i += 2 * lanes)
        {
            Max(ref W, Vector.MaxNative(Vector.LoadUnsafe(ref s0, i), Vector.LoadUnsafe(ref s1, i)), i);
            Max(ref W, Vector.MaxNative(Vector.LoadUnsafe(ref s0, i + lanes), Vector.LoadUnsafe(ref s1, i + lanes)), i + lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Max(ref float written, Vector<float> other, nuint i) =>
        Vector.MaxNative(Vector.LoadUnsafe(ref written, i), other).StoreUnsafe(ref written, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Max(ref float W, ref float g, ref float s0, nuint i)
    {
        var gradient = Vector.LoadUnsafe(ref g, i);
        Max(ref s0, gradient, i);
        Max(ref W, gradient, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Max(ref float W, ref float g, ref float s0, ref float s1, nuint i)
    {
        var gradient = Vector.LoadUnsafe(ref g, i);
        Max(ref s0, gradient, i);
        Max(ref s1, gradient, i);
        Max(ref W, gradient, i);
    }
}
