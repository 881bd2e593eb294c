using OptDsl.Kernels;

namespace OptDsl;

/// <summary>The states of a slice that are <see cref="Storage.BFloat16"/> in memory.</summary>
public readonly ref struct PackedStates
{
    private readonly ref ushort _first;

    /// <summary>States.</summary>
    /// <param name="first">The slice's first element of the first of them.</param>
    /// <param name="stride">The distance in elements from one's element to the next one's.</param>
    /// <param name="packing">Which states they are, and how values are rounded.</param>
    public PackedStates(ref ushort first, nint stride, StatePacking packing)
    {
        _first = ref first;
        Stride = stride;
        Packing = packing;
    }

    /// <summary>Which states they are, and how values are rounded.</summary>
    public StatePacking Packing { get; }

    internal ref ushort First => ref _first;

    internal nint Stride { get; }
}
