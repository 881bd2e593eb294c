using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>
/// How a generated pass reads the gradient, as a type argument: what is not asked for costs nothing. For generated code.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGradientReader<T>
    where T : unmanaged
{
    /// <summary>The gradient of a vector of elements.</summary>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The first element to read.</param>
    Vector<T> LoadVector(ref T gradient, nuint index);

    /// <inheritdoc cref="LoadVector"/>
    Vector512<T> LoadVector512(ref T gradient, nuint index);

    /// <summary>The gradient of one element, with the same bits as in a vector.</summary>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The element to read.</param>
    T LoadElement(ref T gradient, nuint index);

    /// <summary>Ends the use of a vector of elements.</summary>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The first element that was read.</param>
    void ReleaseVector(ref T gradient, nuint index);

    /// <inheritdoc cref="ReleaseVector"/>
    void ReleaseVector512(ref T gradient, nuint index);

    /// <summary>Ends the use of one element.</summary>
    /// <param name="gradient">The first element of the gradient.</param>
    /// <param name="index">The element that was read.</param>
    void ReleaseElement(ref T gradient, nuint index);
}
