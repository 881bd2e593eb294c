using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>Reads the gradient as it is in memory. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PlainGradient<T> : IGradientReader<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T> => TPack.Load(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
    {
    }
}

/// <summary>Reads the gradient scaled and then clipped to a largest magnitude. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="transform">The scale and the magnitude.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaledGradient<T>(GradientTransform transform) : IGradientReader<T>
    where T : unmanaged
{
    private readonly double _scale = transform.Scale;
    private readonly double _limit = transform.Clip;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T> => TPack.AtMost(TPack.AtLeast(_scale * TPack.Load(ref gradient, index), -_limit), _limit);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
    {
    }
}

/// <summary>Reads the gradient like <see cref="ScaledGradient{T}"/> and leaves zeros in its place. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="transform">The scale and the magnitude.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConsumedGradient<T>(GradientTransform transform) : IGradientReader<T>
    where T : unmanaged
{
    private readonly ScaledGradient<T> _scaled = new(transform);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T> => _scaled.Load<TPack>(ref gradient, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T> => ((TPack)0).Store(ref gradient, index);
}
