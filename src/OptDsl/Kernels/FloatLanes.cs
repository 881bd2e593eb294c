using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>
/// The lanes of a block of floats, summed in double and kept in registers: all that is done with it is inlined. For generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct FloatLanes
{
    private Vector<double> _a;
    private Vector<double> _b;
    private Vector<double> _c;
    private Vector<double> _d;
    private Vector<double> _e;
    private Vector<double> _f;
    private Vector<double> _g;
    private Vector<double> _h;

    /// <summary>Adds a vector of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="value">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, Vector<float> value)
    {
        Vector.Widen(value, out var low, out var high);
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

    /// <summary>Adds the products of two vectors of elements; products of floats are exact in double.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="left">The first factors.</param>
    /// <param name="right">The second factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, Vector<float> left, Vector<float> right)
    {
        Vector.Widen(left, out var low, out var high);
        Vector.Widen(right, out var rightLow, out var rightHigh);
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

    /// <summary>Writes the sums of the lanes.</summary>
    /// <param name="lanes">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(Span<double> lanes)
    {
        var count = Vector<double>.Count;
        _a.CopyTo(lanes);
        _b.CopyTo(lanes[count..]);
        if (count <= 4)
        {
            _c.CopyTo(lanes[(2 * count)..]);
            _d.CopyTo(lanes[(3 * count)..]);
        }

        if (count <= 2)
        {
            _e.CopyTo(lanes[(4 * count)..]);
            _f.CopyTo(lanes[(5 * count)..]);
            _g.CopyTo(lanes[(6 * count)..]);
            _h.CopyTo(lanes[(7 * count)..]);
        }
    }
}
