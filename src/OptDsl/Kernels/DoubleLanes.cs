using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>
/// The lanes of a block of doubles, each with what rounding lost, kept in registers: all that is done with it is inlined. For
/// generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DoubleLanes
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

    /// <summary>Adds a vector of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="value">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, Vector<double> value)
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

    /// <summary>Adds the products of two vectors of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="left">The first factors.</param>
    /// <param name="right">The second factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, Vector<double> left, Vector<double> right) => Add(position, left * right);

    /// <summary>Writes the sums of the lanes.</summary>
    /// <param name="lanes">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(Span<CompensatedSum> lanes)
    {
        var count = Vector<double>.Count;
        CopyTo(lanes, 0, _a, _aLost);
        CopyTo(lanes, count, _b, _bLost);
        if (count <= 4)
        {
            CopyTo(lanes, 2 * count, _c, _cLost);
            CopyTo(lanes, 3 * count, _d, _dLost);
        }

        if (count <= 2)
        {
            CopyTo(lanes, 4 * count, _e, _eLost);
            CopyTo(lanes, 5 * count, _f, _fLost);
            CopyTo(lanes, 6 * count, _g, _gLost);
            CopyTo(lanes, 7 * count, _h, _hLost);
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

    private static void CopyTo(Span<CompensatedSum> lanes, int start, Vector<double> sums, Vector<double> lost)
    {
        for (var i = 0; i < Vector<double>.Count; i++)
            lanes[start + i] = new CompensatedSum(sums[i], lost[i]);
    }
}
