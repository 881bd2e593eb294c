using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Matrices;

/// <summary>Rows of doubles, with the same bits on every machine that contracts.</summary>
internal static class DoubleRows
{
    /// <summary>The sum of the products, in sixteen lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector256<double> a = default, b = default, c = default, d = default;
        nuint i = 0;
        for (var end = (nuint)(x.Length & ~15); i < end; i += 16)
        {
            a = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i), a);
            b = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref left, i + 4), Vector256.LoadUnsafe(ref right, i + 4), b);
            c = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref left, i + 8), Vector256.LoadUnsafe(ref right, i + 8), c);
            d = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref left, i + 12), Vector256.LoadUnsafe(ref right, i + 12), d);
        }

        var rest = 0.0;
        for (; i < (nuint)x.Length; i++)
            rest = double.MultiplyAddEstimate(Unsafe.Add(ref left, i), Unsafe.Add(ref right, i), rest);
        var sums = a + b + (c + d);
        return sums[0] + sums[1] + (sums[2] + sums[3]) + rest;
    }

    /// <summary>The Euclidean norm of a row whose squares neither overflow nor vanish.</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>y := y + factor · x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        ref var target = ref MemoryMarshal.GetReference(y);
        ref var source = ref MemoryMarshal.GetReference(x[..y.Length]);
        var factors = Vector256.Create(factor);
        nuint i = 0;
        for (var end = (nuint)(y.Length & ~7); i < end; i += 8)
        {
            Vector256.MultiplyAddEstimate(factors, Vector256.LoadUnsafe(ref source, i), Vector256.LoadUnsafe(ref target, i)).StoreUnsafe(ref target, i);
            Vector256.MultiplyAddEstimate(factors, Vector256.LoadUnsafe(ref source, i + 4), Vector256.LoadUnsafe(ref target, i + 4)).StoreUnsafe(ref target, i + 4);
        }

        for (; i < (nuint)y.Length; i++)
            Unsafe.Add(ref target, i) = double.MultiplyAddEstimate(factor, Unsafe.Add(ref source, i), Unsafe.Add(ref target, i));
    }

    /// <summary>x := factor · x</summary>
    public static void Scale(Span<double> x, double factor)
    {
        foreach (ref var element in x)
            element *= factor;
    }

    /// <summary>(x, y) := (cosine · x - sine · y, sine · x + cosine · y)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(y[..x.Length]);
        var (cosines, sines) = (Vector256.Create(cosine), Vector256.Create(sine));
        nuint i = 0;
        for (var end = (nuint)(x.Length & ~3); i < end; i += 4)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref first, i), Vector256.LoadUnsafe(ref second, i));
            Vector256.MultiplyAddEstimate(cosines, a, -(sines * b)).StoreUnsafe(ref first, i);
            Vector256.MultiplyAddEstimate(cosines, b, sines * a).StoreUnsafe(ref second, i);
        }

        for (; i < (nuint)x.Length; i++)
        {
            var (a, b) = (Unsafe.Add(ref first, i), Unsafe.Add(ref second, i));
            Unsafe.Add(ref first, i) = double.MultiplyAddEstimate(cosine, a, -(sine * b));
            Unsafe.Add(ref second, i) = double.MultiplyAddEstimate(cosine, b, sine * a);
        }
    }

    /// <summary>Transposes a square matrix where it is.</summary>
    public static void Transpose(Span<double> matrix, int size)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++)
                (matrix[(row * size) + column], matrix[(column * size) + row]) = (matrix[(column * size) + row], matrix[(row * size) + column]);
        }
    }
}
