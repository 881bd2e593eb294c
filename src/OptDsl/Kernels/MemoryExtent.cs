using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>Where an argument of a rule lies in memory. For generated code.</summary>
/// <param name="Argument">Its position among the arguments.</param>
/// <param name="Start">The address of its first byte; it counts until the next collection.</param>
/// <param name="Length">How many bytes it has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MemoryExtent(int Argument, nint Start, nint Length);
