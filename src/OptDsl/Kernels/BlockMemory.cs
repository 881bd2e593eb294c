using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>Memory of a thread for passes over states of <see cref="Storage.Block8"/>, which stays in its cache.</summary>
internal static unsafe class BlockMemory
{
    [ThreadStatic]
    private static byte[]? t_memory;

    /// <summary>Room for a run and the places of some states, on the boundary of a line.</summary>
    public static BlockRun* For(int states)
    {
        const int line = 64;
        var size = sizeof(BlockRun) + (states * sizeof(BlockPlace)) + line;
        var memory = t_memory is { } there && there.Length >= size ? there : t_memory = GC.AllocateArray<byte>(size, pinned: true);
        var first = (nuint)Unsafe.AsPointer(ref memory[0]);
        return (BlockRun*)((first + line - 1) / line * line);
    }
}
