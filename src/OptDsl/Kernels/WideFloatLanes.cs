using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>As <see cref="FloatLanes"/>, with vectors of 512 bits, one of which holds all lanes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WideFloatLanes
{
    private Vector512<double> _low;
    private Vector512<double> _high;

    /// <summary>Adds a vector of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is: 0, there is but one.</param>
    /// <param name="value">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, Vector512<float> value)
    {
        var (low, high) = Vector512.Widen(value);
        _low += low;
        _high += high;
    }

    /// <summary>Adds the products of two vectors of elements; products of floats are exact in double.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is: 0, there is but one.</param>
    /// <param name="left">The first factors.</param>
    /// <param name="right">The second factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, Vector512<float> left, Vector512<float> right)
    {
        var (low, high) = Vector512.Widen(left);
        var (rightLow, rightHigh) = Vector512.Widen(right);
        _low = Vector512.MultiplyAddEstimate(low, rightLow, _low);
        _high = Vector512.MultiplyAddEstimate(high, rightHigh, _high);
    }

    /// <summary>Writes the sums of the lanes.</summary>
    /// <param name="lanes">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyTo(Span<double> lanes)
    {
        _low.CopyTo(lanes);
        _high.CopyTo(lanes[Vector512<double>.Count..]);
    }
}
