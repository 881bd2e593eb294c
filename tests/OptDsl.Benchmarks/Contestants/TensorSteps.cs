using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>
/// The rules composed of <see cref="TensorPrimitives"/>, with as few operations as its functions allow and two temporary rows.
/// </summary>
internal static class TensorSteps
{
    public static void Sgd(double[] h, Span<float> W, ReadOnlySpan<float> g) => TensorPrimitives.MultiplyAdd(g, (float)-h[0], W, W);

    public static void Momentum(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> v)
    {
        TensorPrimitives.MultiplyAdd(v, (float)h[1], g, v);
        TensorPrimitives.MultiplyAdd(v, (float)-h[0], W, W);
    }

    public static void RmsProp(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> v, Span<float> temporary)
    {
        var x = temporary[..W.Length];
        TensorPrimitives.Multiply(g, (float)(1 - h[1]), x);
        TensorPrimitives.Multiply(x, g, x);
        TensorPrimitives.MultiplyAdd(v, (float)h[1], x, v);
        TensorPrimitives.Sqrt(v, x);
        TensorPrimitives.Add(x, (float)h[2], x);
        TensorPrimitives.Divide(g, x, x);
        TensorPrimitives.MultiplyAdd(x, (float)-h[0], W, W);
    }

    public static void AdamW(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> m, Span<float> v, long step, Span<float> temporary)
    {
        var x = temporary[..W.Length];
        Moments(h, g, m, v, x);
        var root = Math.Sqrt(1 - Math.Pow(h[2], step));
        TensorPrimitives.Sqrt(v, x);
        TensorPrimitives.Add(x, (float)(h[3] * root), x);
        TensorPrimitives.Divide(m, x, x);
        TensorPrimitives.Multiply(W, (float)(1 - (h[0] * h[4])), W);
        TensorPrimitives.MultiplyAdd(x, (float)(-h[0] * root / (1 - Math.Pow(h[1], step))), W, W);
    }

    public static void Lion(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> m, Span<float> temporary)
    {
        var x = temporary[..W.Length];
        TensorPrimitives.Multiply(g, (float)(1 - h[1]), x);
        TensorPrimitives.MultiplyAdd(m, (float)h[1], x, x);

        // Signs come as integers only.
        var signs = MemoryMarshal.Cast<float, int>(temporary.Slice(W.Length, W.Length));
        TensorPrimitives.Sign<float>(x, signs);
        TensorPrimitives.ConvertTruncating<int, float>(signs, x);
        TensorPrimitives.Multiply(W, (float)(1 - (h[0] * h[3])), W);
        TensorPrimitives.MultiplyAdd(x, (float)-h[0], W, W);
        TensorPrimitives.Multiply(g, (float)(1 - h[2]), x);
        TensorPrimitives.MultiplyAdd(m, (float)h[2], x, m);
    }

    public static void Lamb(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> m, Span<float> v, long step, Span<float> temporary)
    {
        var x = temporary[..W.Length];
        var u = temporary.Slice(W.Length, W.Length);
        Moments(h, g, m, v, x);
        var root = Math.Sqrt(1 - Math.Pow(h[2], step));
        TensorPrimitives.Sqrt(v, x);
        TensorPrimitives.Add(x, (float)(h[3] * root), x);
        TensorPrimitives.Divide(m, x, x);
        TensorPrimitives.Multiply(x, (float)(root / (1 - Math.Pow(h[1], step))), x);
        TensorPrimitives.Multiply(W, (float)h[4], u);
        TensorPrimitives.Add(x, u, u);
        var (weights, updates) = (TensorPrimitives.Norm<float>(W), TensorPrimitives.Norm<float>(u));
        TensorPrimitives.MultiplyAdd(u, (float)-h[0] * (weights > 0 && updates > 0 ? weights / updates : 1), W, W);
    }

    private static void Moments(double[] h, ReadOnlySpan<float> g, Span<float> m, Span<float> v, Span<float> x)
    {
        TensorPrimitives.Multiply(g, (float)(1 - h[1]), x);
        TensorPrimitives.MultiplyAdd(m, (float)h[1], x, m);
        TensorPrimitives.Multiply(g, (float)(1 - h[2]), x);
        TensorPrimitives.Multiply(x, g, x);
        TensorPrimitives.MultiplyAdd(v, (float)h[2], x, v);
    }
}
