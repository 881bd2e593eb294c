using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>Reads the gradient as it is in memory. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PlainGradient<T> : IGradientReader<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> LoadVector(ref T gradient, nuint index) => Vector.LoadUnsafe(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> LoadVector512(ref T gradient, nuint index) => Vector512.LoadUnsafe(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadElement(ref T gradient, nuint index) => Unsafe.Add(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector(ref T gradient, nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector512(ref T gradient, nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseElement(ref T gradient, nuint index)
    {
    }
}

/// <summary>Reads the gradient scaled and then clipped to a largest magnitude. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="transform">The scale and the magnitude.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaledGradient<T>(GradientTransform transform) : IGradientReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // One instruction each; where the gradient is NaN they give their second operand, and so the NaN.
    private readonly Vector<T> _scale = new(T.CreateTruncating(transform.Scale));
    private readonly Vector<T> _limit = new(T.CreateTruncating(transform.Clip));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> LoadVector(ref T gradient, nuint index) =>
        Vector.MinNative(_limit, Vector.MaxNative(-_limit, _scale * Vector.LoadUnsafe(ref gradient, index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> LoadVector512(ref T gradient, nuint index)
    {
        var limit = Vector512.Create(_limit.ToScalar());
        return Vector512.MinNative(limit, Vector512.MaxNative(-limit, _scale.ToScalar() * Vector512.LoadUnsafe(ref gradient, index)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadElement(ref T gradient, nuint index) =>
        T.MinNative(_limit.ToScalar(), T.MaxNative(-_limit.ToScalar(), _scale.ToScalar() * Unsafe.Add(ref gradient, index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector(ref T gradient, nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector512(ref T gradient, nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseElement(ref T gradient, nuint index)
    {
    }
}

/// <summary>Reads the gradient like <see cref="ScaledGradient{T}"/> and leaves zeros in its place. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="transform">The scale and the magnitude.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConsumedGradient<T>(GradientTransform transform) : IGradientReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ScaledGradient<T> _scaled = new(transform);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> LoadVector(ref T gradient, nuint index) => _scaled.LoadVector(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> LoadVector512(ref T gradient, nuint index) => _scaled.LoadVector512(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadElement(ref T gradient, nuint index) => _scaled.LoadElement(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector(ref T gradient, nuint index) => Vector<T>.Zero.StoreUnsafe(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseVector512(ref T gradient, nuint index) => Vector512<T>.Zero.StoreUnsafe(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseElement(ref T gradient, nuint index) => Unsafe.Add(ref gradient, index) = T.Zero;
}
