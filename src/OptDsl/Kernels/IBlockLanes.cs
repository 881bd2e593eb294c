using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>The lanes of a block that is summed, see <see cref="BlockSum"/>, kept in registers: all that is done with it is inlined. For generated code.</summary>
/// <remarks>Floats are summed in double; doubles with what rounding lost.</remarks>
/// <typeparam name="TPack">What is added.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBlockLanes<TPack>
    where TPack : struct, IPack<TPack>
{
    /// <summary>Adds elements.</summary>
    /// <param name="position">Which of the packs that make up the lanes it is; a constant, unless a pack is one element.</param>
    /// <param name="value">The elements.</param>
    void Add(int position, TPack value);

    /// <summary>Adds products of elements; products of floats are exact in double.</summary>
    /// <param name="position">Which of the packs that make up the lanes it is; a constant, unless a pack is one element.</param>
    /// <param name="left">The first factors.</param>
    /// <param name="right">The second factors.</param>
    void AddProduct(int position, TPack left, TPack right);

    /// <summary>Writes the sums of the lanes and, of doubles, after all of them what they lost.</summary>
    /// <param name="lanes">Receives them.</param>
    void CopyTo(scoped Span<double> lanes);
}
