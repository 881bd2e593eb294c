using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>A state of <see cref="Storage.Block8"/> while a pass runs over its blocks: one of them as elements, from where it is written as codes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 17 * 64)]
internal unsafe struct BlockPlace
{
    /// <summary>The elements of the block that the pass writes.</summary>
    public fixed float Values[BlockFrame.Length];

    /// <summary>The codes of the slice.</summary>
    public byte* Codes;

    /// <summary>The scales of its blocks.</summary>
    public float* Scales;

    /// <summary>The magnitude of the scale of the block that the pass reads.</summary>
    public float Factor;

    /// <summary>The bits of its codes: see <see cref="BlockFrame.MaskOf"/>.</summary>
    public uint Mask;
}
