using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>What the divider allows: a square root and a division for each element, out of and into registers and the first cache lines.</summary>
internal static class DividerLimit
{
    private const int Chains = 4;

    // What stays in registers could be computed once.
    private const int Window = 256;

    public static void Step(Tensors tensors, int start, int count, long step)
    {
        if (Vector512.IsHardwareAccelerated)
            Wide(ref tensors.G[0], (nuint)count);
        else
            Usual(ref tensors.G[0], (nuint)count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref float x, nuint n)
    {
        var one = Vector512<float>.One;
        var lanes = (nuint)Vector512<float>.Count;
        var (a, b, c, d) = (one, one, one, one);
        for (nuint i = 0; i + (Chains * lanes) <= n; i += Chains * lanes)
        {
            a += one / Vector512.Sqrt(Vector512.LoadUnsafe(ref x, i % Window) + one);
            b += one / Vector512.Sqrt(Vector512.LoadUnsafe(ref x, (i % Window) + lanes) + one);
            c += one / Vector512.Sqrt(Vector512.LoadUnsafe(ref x, (i % Window) + (2 * lanes)) + one);
            d += one / Vector512.Sqrt(Vector512.LoadUnsafe(ref x, (i % Window) + (3 * lanes)) + one);
        }

        Keep(Vector512.Sum(a + b + c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Usual(ref float x, nuint n)
    {
        var one = Vector<float>.One;
        var lanes = (nuint)Vector<float>.Count;
        var (a, b, c, d) = (one, one, one, one);
        for (nuint i = 0; i + (Chains * lanes) <= n; i += Chains * lanes)
        {
            a += one / Vector.SquareRoot(Vector.LoadUnsafe(ref x, i % Window) + one);
            b += one / Vector.SquareRoot(Vector.LoadUnsafe(ref x, (i % Window) + lanes) + one);
            c += one / Vector.SquareRoot(Vector.LoadUnsafe(ref x, (i % Window) + (2 * lanes)) + one);
            d += one / Vector.SquareRoot(Vector.LoadUnsafe(ref x, (i % Window) + (3 * lanes)) + one);
        }

        Keep(Vector.Sum(a + b + c + d));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(float value) => _ = value;
}
