using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>The lanes of a block that vectors of 512 bits are added to: one of floats, or two of doubles. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WideLanes<T> : IBlockLanes<WidePack<T>>
    where T : unmanaged
{
    private Vector512<double> _a;
    private Vector512<double> _b;
    private Vector512<double> _aLost;
    private Vector512<double> _bLost;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, WidePack<T> value)
    {
        if (typeof(T) == typeof(double))
        {
            AddDoubles(position, value.Value.As<T, double>());
            return;
        }

        var (low, high) = Vector512.Widen(value.Value.As<T, float>());
        _a += low;
        _b += high;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, WidePack<T> left, WidePack<T> right)
    {
        if (typeof(T) == typeof(double))
        {
            AddDoubles(position, (left * right).Value.As<T, double>());
            return;
        }

        var (low, high) = Vector512.Widen(left.Value.As<T, float>());
        var (rightLow, rightHigh) = Vector512.Widen(right.Value.As<T, float>());
        _a = Vector512.MultiplyAddEstimate(low, rightLow, _a);
        _b = Vector512.MultiplyAddEstimate(high, rightHigh, _b);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(scoped Span<double> lanes)
    {
        // Without the calls that a copy would be, as a loop of many statements inlines no more.
        ref var first = ref MemoryMarshal.GetReference(lanes);
        _a.StoreUnsafe(ref first);
        _b.StoreUnsafe(ref first, (nuint)Vector512<double>.Count);
        if (typeof(T) == typeof(double))
        {
            _aLost.StoreUnsafe(ref first, BlockSum.Lanes);
            _bLost.StoreUnsafe(ref first, (nuint)(BlockSum.Lanes + Vector512<double>.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddDoubles(int position, Vector512<double> value)
    {
        if (position == 0)
            Add(ref _a, ref _aLost, value);
        else
            Add(ref _b, ref _bLost, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<double> total, ref Vector512<double> lost, Vector512<double> value)
    {
        var sum = total + value;
        var added = sum - total;
        lost += (total - (sum - added)) + (value - added);
        total = sum;
    }
}
