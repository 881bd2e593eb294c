using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>
/// How a generated pass reads the gradient, as a type argument: what is not asked for costs nothing. For generated code.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGradientReader<T>
    where T : unmanaged
{
    /// <summary>The gradient of some elements.</summary>
    /// <typeparam name="TPack">As many elements as are treated together.</typeparam>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The first element to read.</param>
    TPack Load<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>;

    /// <summary>Ends the use of some elements.</summary>
    /// <typeparam name="TPack">As many elements as are treated together.</typeparam>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The first element that was read.</param>
    void Release<TPack>(ref T gradient, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>;
}
