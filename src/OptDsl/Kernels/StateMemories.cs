using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>States in the type of the elements. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ElementStates : IStateMemory
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack, T>(int state, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged => TPack.Load(ref memory, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TPack, T>(int state, TPack value, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged => value.Store(ref memory, index);
}

/// <summary>States that are all <see cref="Storage.BFloat16"/>, with <see cref="Rounding.Stochastic"/>. For generated code.</summary>
/// <param name="key">What decides how values are rounded in this step of this tensor.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BFloat16States(RoundingKey key) : IStateMemory
{
    private readonly RoundingKey _key = key;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack, T>(int state, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged => TPack.LoadBFloat16(ref Unsafe.As<T, ushort>(ref memory), index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TPack, T>(int state, TPack value, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged =>
        value.StoreBFloat16(ref Unsafe.As<T, ushort>(ref memory), index, _key.At(state, index), RoundingKey.TakesLow(state));
}

/// <summary>States of which each has its own <see cref="Storage"/> and <see cref="Rounding"/>. For generated code.</summary>
/// <param name="packing">What they are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MixedStates(StatePacking packing) : IStateMemory
{
    private readonly StatePacking _packing = packing;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(nuint index)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack, T>(int state, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged =>
        _packing.IsBFloat16(state) ? TPack.LoadBFloat16(ref Unsafe.As<T, ushort>(ref memory), index) : TPack.Load(ref memory, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TPack, T>(int state, TPack value, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged
    {
        if (!_packing.IsBFloat16(state))
            value.Store(ref memory, index);
        else if (_packing.IsNearest(state))
            value.StoreNearestBFloat16(ref Unsafe.As<T, ushort>(ref memory), index);
        else
            value.StoreBFloat16(ref Unsafe.As<T, ushort>(ref memory), index, _packing.Key.At(state, index), RoundingKey.TakesLow(state));
    }
}
