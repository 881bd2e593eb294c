using OptDsl.Kernels;

namespace OptDsl;

/// <summary>The states of a slice that are not elements in memory.</summary>
public readonly unsafe ref struct PackedStates
{
    private readonly ref ushort _first;
    private readonly ref byte _window;

    /// <summary>States of <see cref="Storage.BFloat16"/>.</summary>
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

    /// <summary>With states of <see cref="Storage.Block8"/>, which are elements while the pass runs.</summary>
    /// <param name="halves">The others.</param>
    /// <param name="window">The slice's first element of the first of them.</param>
    /// <param name="windowStride">The distance in bytes from one's element to the next one's.</param>
    /// <param name="windowed">A bit for each state: set for one of them.</param>
    internal PackedStates(PackedStates halves, ref byte window, nint windowStride, ulong windowed)
    {
        this = halves;
        _window = ref window;
        WindowStride = windowStride;
        Windowed = windowed;
    }

    /// <summary>With states of <see cref="Storage.Block8"/> that the pass reads and writes itself.</summary>
    /// <param name="halves">The others.</param>
    /// <param name="run">Where they are.</param>
    internal PackedStates(PackedStates halves, BlockRun* run)
    {
        this = halves;
        Run = run;
    }

    internal BlockRun* Run { get; }

    /// <summary>True where there are none.</summary>
    internal bool IsNone => Packing.IsNone && Windowed == 0 && Run is null;

    internal ref byte Window => ref _window;

    internal nint WindowStride { get; }

    internal ulong Windowed { get; }

    internal ref ushort First => ref _first;

    internal nint Stride { get; }
}
