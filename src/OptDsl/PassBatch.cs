using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl;

/// <summary>Whole tensors that a pass updates one after the other with the same numbers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct PassBatch<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<BatchTensor<T>> _tensors;
    private readonly ReadOnlySpan<double> _scalars;
    private readonly StateLayout _layout;
    private readonly ulong _nearest;
    private readonly ulong _seed;
    private readonly long _step;

    /// <summary>Tensors of one cohort.</summary>
    /// <param name="tensors">The tensors, of which no state is <see cref="Storage.Block8"/>.</param>
    /// <param name="cohort">The cohort, in the step that has begun.</param>
    /// <param name="transform">What happens to the gradients on their way in.</param>
    internal PassBatch(ReadOnlySpan<BatchTensor<T>> tensors, Cohort<T> cohort, GradientTransform transform)
    {
        _tensors = tensors;
        _scalars = cohort.Scalars;
        _layout = cohort.Layout;
        _nearest = cohort.Group.NearestStates;
        _seed = cohort.Group.RoundingSeed;
        _step = cohort.StepsTaken + 1;
        Transform = transform;
    }

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Length;

    /// <summary>What happens to the gradients on their way in.</summary>
    public GradientTransform Transform { get; }

    /// <summary>True where all states are of the type of the elements.</summary>
    internal bool HasElementStates => _layout.BFloat16Count == 0;

    /// <summary>A tensor as a slice.</summary>
    /// <param name="index">Its position.</param>
    public PassSlice<T> this[int index]
    {
        get
        {
            var slice = Begin();
            Move(ref slice, index);
            return slice;
        }
    }

    /// <summary>What all tensors have in common, to be moved from one to the next.</summary>
    internal PassSlice<T> Begin() => new(default, default, ref Unsafe.NullRef<T>(), 0, _scalars, default, Transform, _layout.Rows, PackedOf(0));

    /// <summary>Moves a slice to a tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Move(ref PassSlice<T> slice, int index)
    {
        ref readonly var tensor = ref _tensors[index];
        var value = tensor.Value.Span;
        ref var states = ref tensor.States is null
            ? ref MemoryMarshal.GetReference(value)
            : ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(tensor.States), tensor.FirstState);
        slice.MoveTo(value, tensor.Gradient.Span, ref states, tensor.Stride);
        if (!HasElementStates)
            slice.MoveTo(PackedOf(index));
    }

    private PackedStates PackedOf(int index) => _tensors[index].Halves is { } halves
        ? new PackedStates(ref halves[0], halves.Stride, _layout.Packing(_nearest, RoundingKey.Of(_tensors[index].RoundingSeed ^ _seed, _step, 0)))
        : default;
}
