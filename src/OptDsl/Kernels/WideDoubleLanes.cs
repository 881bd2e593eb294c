using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>As <see cref="DoubleLanes"/>, with vectors of 512 bits, two of which hold all lanes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WideDoubleLanes
{
    private Vector512<double> _a;
    private Vector512<double> _b;
    private Vector512<double> _aLost;
    private Vector512<double> _bLost;

    /// <summary>Adds a vector of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="value">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, Vector512<double> value)
    {
        if (position == 0)
            Add(ref _a, ref _aLost, value);
        else
            Add(ref _b, ref _bLost, value);
    }

    /// <summary>Adds the products of two vectors of elements.</summary>
    /// <param name="position">Which of the vectors that make up the lanes it is; a constant.</param>
    /// <param name="left">The first factors.</param>
    /// <param name="right">The second factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, Vector512<double> left, Vector512<double> right) => Add(position, left * right);

    /// <summary>Writes the sums of the lanes.</summary>
    /// <param name="lanes">Receives them.</param>
    public readonly void CopyTo(Span<CompensatedSum> lanes)
    {
        for (var i = 0; i < Vector512<double>.Count; i++)
        {
            lanes[i] = new CompensatedSum(_a[i], _aLost[i]);
            lanes[Vector512<double>.Count + i] = new CompensatedSum(_b[i], _bLost[i]);
        }
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
