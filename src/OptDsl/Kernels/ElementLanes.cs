using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>The lanes of a block that single elements are added to. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="lanes">The sums of the lanes and, of doubles, after all of them what they lost.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ElementLanes<T>(Span<double> lanes) : IBlockLanes<ElementPack<T>>
    where T : unmanaged
{
    private readonly Span<double> _lanes = lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position, ElementPack<T> value)
    {
        if (typeof(T) == typeof(float))
            _lanes[position] += Elements.ToDouble(value.Value);
        else
            BlockSum.AddTo(ref _lanes[position], ref _lanes[BlockSum.Lanes + position], Elements.ToDouble(value.Value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(int position, ElementPack<T> left, ElementPack<T> right)
    {
        if (typeof(T) == typeof(float))
            _lanes[position] += Elements.ToDouble(left.Value) * Elements.ToDouble(right.Value);
        else
            Add(position, left * right);
    }

    /// <inheritdoc/>
    public void CopyTo(scoped Span<double> lanes) => _lanes.CopyTo(lanes);
}
