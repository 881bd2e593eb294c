using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>A sum of doubles that also keeps what rounding lost. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>A sum with what it lost.</summary>
    /// <param name="sum">The rounded sum.</param>
    /// <param name="lost">What rounding took away, to be added.</param>
    public CompensatedSum(double sum, double lost)
    {
        _sum = sum;
        _lost = lost;
    }

    /// <summary>The sum.</summary>
    public readonly double Value => double.IsFinite(_lost) ? _sum + _lost : _sum;

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        var sum = _sum + value;
        var added = sum - _sum;
        _lost += (_sum - (sum - added)) + (value - added);
        _sum = sum;
    }

    /// <summary>Adds another sum with what it lost.</summary>
    /// <param name="other">The other sum.</param>
    public void Add(CompensatedSum other)
    {
        Add(other._sum);
        _lost += other._lost;
    }
}
