namespace OptDsl.Execution;

/// <summary>Where all of a tensor lies that a pass reads and writes.</summary>
/// <param name="Value">The elements.</param>
/// <param name="Gradient">The gradient's.</param>
/// <param name="States">What holds the states of the type of the elements; null where there are none.</param>
/// <param name="FirstState">The position in it of the first of them.</param>
/// <param name="Stride">The distance from one state to the next.</param>
/// <param name="Halves">The states of <see cref="Storage.BFloat16"/>; null where there are none.</param>
/// <param name="RoundingSeed">What decides, with the seed of the group and the step, how values are rounded.</param>
internal readonly record struct BatchTensor<T>(
    Memory<T> Value, Memory<T> Gradient, T[]? States, int FirstState, nint Stride, AlignedArray<ushort>? Halves, ulong RoundingSeed)
    where T : unmanaged;
