using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>
/// How a generated pass reads and writes the element-wise states, as a type argument: what is not asked for costs nothing. For generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStateMemory
{
    /// <summary>Says that the pass goes on from an element on; said at least of every multiple of 256, in order, before the states are read there.</summary>
    /// <param name="index">The element.</param>
    void MoveTo(nuint index);

    /// <summary>Reads elements of a state.</summary>
    /// <typeparam name="TPack">As many elements as are treated together.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="state">Its position among the element-wise states.</param>
    /// <param name="memory">Where it begins.</param>
    /// <param name="index">The first element to read.</param>
    TPack Load<TPack, T>(int state, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged;

    /// <summary>Writes elements of a state.</summary>
    /// <typeparam name="TPack">As many elements as are treated together.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="state">Its position among the element-wise states.</param>
    /// <param name="value">The elements.</param>
    /// <param name="memory">Where it begins.</param>
    /// <param name="index">The first element to write.</param>
    void Store<TPack, T>(int state, TPack value, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged;
}
