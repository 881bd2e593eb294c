using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl;

/// <summary>A slice of one tensor with its gradient and states, and the values that a pass over it needs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct PassSlice<T>
    where T : unmanaged
{
    private readonly ref T _states;
    private readonly nint _stride;
    private readonly ReadOnlySpan<int> _rows;

    /// <summary>A slice of a tensor.</summary>
    /// <param name="parameter">The elements of the parameter.</param>
    /// <param name="gradient">The gradient's elements; written only where <paramref name="transform"/> zeroes it.</param>
    /// <param name="states">The slice's first element of the first element-wise state.</param>
    /// <param name="stride">The distance in elements from one state's element to the next state's.</param>
    /// <param name="scalars">What <see cref="IUpdateRule.BeginStep"/> and <see cref="IUpdateRule.BeforePass"/> computed.</param>
    /// <param name="partials">Receives the reductions of the pass over this slice.</param>
    /// <param name="transform">What happens to the gradient on its way in.</param>
    /// <param name="rows">
    /// For each element-wise state how many strides from <paramref name="states"/> it is, -1 for one that does not exist; empty
    /// where all exist, one after the other.
    /// </param>
    public PassSlice(
        Span<T> parameter, Span<T> gradient, ref T states, nint stride,
        ReadOnlySpan<double> scalars, Span<double> partials, GradientTransform transform, ReadOnlySpan<int> rows = default)
    {
        Parameter = parameter;
        Gradient = gradient;
        _states = ref states;
        _stride = stride;
        _rows = rows;
        Scalars = scalars;
        Partials = partials;
        Transform = transform;
    }

    /// <summary>The elements of the parameter.</summary>
    public Span<T> Parameter { get; }

    /// <summary>The elements of the gradient.</summary>
    public Span<T> Gradient { get; }

    /// <summary>The values that are the same for every element.</summary>
    public ReadOnlySpan<double> Scalars { get; }

    /// <summary>Receives the reductions of the pass over this slice, one value each.</summary>
    public Span<double> Partials { get; }

    /// <summary>What happens to the gradient on its way in.</summary>
    public GradientTransform Transform { get; }

    /// <summary>The elements of an element-wise state; empty where it does not exist.</summary>
    /// <param name="index">Its position among the element-wise states.</param>
    public Span<T> State(int index)
    {
        var row = _rows.IsEmpty ? index : _rows[index];
        return row < 0 ? default : MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _states, row * _stride), Parameter.Length);
    }
}
