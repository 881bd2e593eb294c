using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>The lanes of a block that vectors are added to. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct VectorLanes<T> : IBlockLanes<VectorPack<T>>
    where T : unmanaged
{
    private Vector<double> _a;
    private Vector<double> _b;
    private Vector<double> _c;
    private Vector<double> _d;
    private Vector<double> _e;
    private Vector<double> _f;
    private Vector<double> _g;
    private Vector<double> _h;
    private Vector<double> _aLost;
    private Vector<double> _bLost;
    private Vector<double> _cLost;
    private Vector<double> _dLost;
    private Vector<double> _eLost;
    private Vector<double> _fLost;
    private Vector<double> _gLost;
    private Vector<double> _hLost;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, VectorPack<T> value)
    {
        if (typeof(T) == typeof(double))
        {
            AddDoubles(position, value.Value.As<T, double>());
            return;
        }

        Vector.Widen(value.Value.As<T, float>(), out var low, out var high);
        switch (position)
        {
            case 0:
                _a += low;
                _b += high;
                break;
            case 1:
                _c += low;
                _d += high;
                break;
            case 2:
                _e += low;
                _f += high;
                break;
            default:
                _g += low;
                _h += high;
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, VectorPack<T> left, VectorPack<T> right)
    {
        if (typeof(T) == typeof(double))
        {
            AddDoubles(position, (left * right).Value.As<T, double>());
            return;
        }

        Vector.Widen(left.Value.As<T, float>(), out var low, out var high);
        Vector.Widen(right.Value.As<T, float>(), out var rightLow, out var rightHigh);
        switch (position)
        {
            case 0:
                _a = Vector.MultiplyAddEstimate(low, rightLow, _a);
                _b = Vector.MultiplyAddEstimate(high, rightHigh, _b);
                break;
            case 1:
                _c = Vector.MultiplyAddEstimate(low, rightLow, _c);
                _d = Vector.MultiplyAddEstimate(high, rightHigh, _d);
                break;
            case 2:
                _e = Vector.MultiplyAddEstimate(low, rightLow, _e);
                _f = Vector.MultiplyAddEstimate(high, rightHigh, _f);
                break;
            default:
                _g = Vector.MultiplyAddEstimate(low, rightLow, _g);
                _h = Vector.MultiplyAddEstimate(high, rightHigh, _h);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(scoped Span<double> lanes)
    {
        // Without the calls that a copy would be, as a loop of many statements inlines no more.
        ref var first = ref MemoryMarshal.GetReference(lanes);
        var count = Vector<double>.Count;
        _a.StoreUnsafe(ref first);
        _b.StoreUnsafe(ref first, (nuint)count);
        if (count <= 4)
        {
            _c.StoreUnsafe(ref first, (nuint)(2 * count));
            _d.StoreUnsafe(ref first, (nuint)(3 * count));
        }

        if (count <= 2)
        {
            _e.StoreUnsafe(ref first, (nuint)(4 * count));
            _f.StoreUnsafe(ref first, (nuint)(5 * count));
            _g.StoreUnsafe(ref first, (nuint)(6 * count));
            _h.StoreUnsafe(ref first, (nuint)(7 * count));
        }

        if (typeof(T) == typeof(double))
            CopyLostTo(ref Unsafe.Add(ref first, BlockSum.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void CopyLostTo(ref double first)
    {
        var count = Vector<double>.Count;
        _aLost.StoreUnsafe(ref first);
        _bLost.StoreUnsafe(ref first, (nuint)count);
        if (count <= 4)
        {
            _cLost.StoreUnsafe(ref first, (nuint)(2 * count));
            _dLost.StoreUnsafe(ref first, (nuint)(3 * count));
        }

        if (count <= 2)
        {
            _eLost.StoreUnsafe(ref first, (nuint)(4 * count));
            _fLost.StoreUnsafe(ref first, (nuint)(5 * count));
            _gLost.StoreUnsafe(ref first, (nuint)(6 * count));
            _hLost.StoreUnsafe(ref first, (nuint)(7 * count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddDoubles(int position, Vector<double> value)
    {
        switch (position)
        {
            case 0:
                Add(ref _a, ref _aLost, value);
                break;
            case 1:
                Add(ref _b, ref _bLost, value);
                break;
            case 2:
                Add(ref _c, ref _cLost, value);
                break;
            case 3:
                Add(ref _d, ref _dLost, value);
                break;
            case 4:
                Add(ref _e, ref _eLost, value);
                break;
            case 5:
                Add(ref _f, ref _fLost, value);
                break;
            case 6:
                Add(ref _g, ref _gLost, value);
                break;
            default:
                Add(ref _h, ref _hLost, value);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector<double> total, ref Vector<double> lost, Vector<double> value)
    {
        var sum = total + value;
        var added = sum - total;
        lost += (total - (sum - added)) + (value - added);
        total = sum;
    }
}
