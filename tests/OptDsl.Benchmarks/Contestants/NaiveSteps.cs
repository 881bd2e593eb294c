using System.Numerics;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>
/// The rules as an indexed loop over elements, as one writes them first. In double they are what every contestant is verified
/// against.
/// </summary>
internal static class NaiveSteps
{
    public static void Sgd<T>(T[] h, Span<T> W, ReadOnlySpan<T> g)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < W.Length; i++)
            W[i] -= h[0] * g[i];
    }

    public static void Momentum<T>(T[] h, Span<T> W, ReadOnlySpan<T> g, Span<T> v)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < W.Length; i++)
        {
            v[i] = h[1] * v[i] + g[i];
            W[i] -= h[0] * v[i];
        }
    }

    public static void RmsProp<T>(T[] h, Span<T> W, ReadOnlySpan<T> g, Span<T> v)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < W.Length; i++)
        {
            v[i] = h[1] * v[i] + (T.One - h[1]) * g[i] * g[i];
            W[i] -= h[0] * g[i] / (T.Sqrt(v[i]) + h[2]);
        }
    }

    public static void AdamW<T>(T[] h, Span<T> W, ReadOnlySpan<T> g, Span<T> m, Span<T> v, long step)
        where T : IFloatingPointIeee754<T>
    {
        var (c1, c2) = (Correction(h[1], step), Correction(h[2], step));
        for (var i = 0; i < W.Length; i++)
        {
            m[i] = h[1] * m[i] + (T.One - h[1]) * g[i];
            v[i] = h[2] * v[i] + (T.One - h[2]) * g[i] * g[i];
            W[i] -= h[0] * (m[i] / c1 / (T.Sqrt(v[i] / c2) + h[3]) + h[4] * W[i]);
        }
    }

    public static void Lion<T>(T[] h, Span<T> W, ReadOnlySpan<T> g, Span<T> m)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < W.Length; i++)
        {
            var c = h[1] * m[i] + (T.One - h[1]) * g[i];
            var sign = c > T.Zero ? T.One : c < T.Zero ? -T.One : T.Zero;
            W[i] -= h[0] * (sign + h[3] * W[i]);
            m[i] = h[2] * m[i] + (T.One - h[2]) * g[i];
        }
    }

    public static void Lamb<T>(T[] h, Span<T> W, ReadOnlySpan<T> g, Span<T> m, Span<T> v, Span<T> u, long step)
        where T : IFloatingPointIeee754<T>
    {
        var (c1, c2) = (Correction(h[1], step), Correction(h[2], step));
        var (weights, updates) = (0.0, 0.0);
        for (var i = 0; i < W.Length; i++)
        {
            m[i] = h[1] * m[i] + (T.One - h[1]) * g[i];
            v[i] = h[2] * v[i] + (T.One - h[2]) * g[i] * g[i];
            u[i] = m[i] / c1 / (T.Sqrt(v[i] / c2) + h[3]) + h[4] * W[i];
            weights += double.CreateTruncating(W[i] * W[i]);
            updates += double.CreateTruncating(u[i] * u[i]);
        }

        var ratio = weights > 0 && updates > 0 ? T.CreateTruncating(Math.Sqrt(weights / updates)) : T.One;
        for (var i = 0; i < W.Length; i++)
            W[i] -= h[0] * ratio * u[i];
    }

    private static T Correction<T>(T decay, long step)
        where T : IFloatingPointIeee754<T> => T.CreateTruncating(1 - Math.Pow(double.CreateTruncating(decay), step));
}
