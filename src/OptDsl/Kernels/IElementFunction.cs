using System.ComponentModel;
using System.Numerics;

namespace OptDsl.Kernels;

/// <summary>
/// A function of elements, in double. It gives an element the same bits alone and in a vector, whatever its neighbours. For generated
/// code.
/// </summary>
/// <typeparam name="TSelf">The function.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IElementFunction<TSelf>
    where TSelf : struct, IElementFunction<TSelf>
{
    /// <summary>The values of a vector.</summary>
    /// <param name="x">The arguments.</param>
    static abstract Vector<double> Of(Vector<double> x);

    /// <summary>The value of one argument.</summary>
    /// <param name="x">The argument.</param>
    static virtual double Of(double x) => TSelf.Of(new Vector<double>(x)).ToScalar();

    /// <summary>The values of arguments that were floats, as exact as floats need them.</summary>
    /// <param name="x">The arguments.</param>
    static virtual Vector<double> OfSingles(Vector<double> x) => TSelf.Of(x);

    /// <summary>The value of one argument that was a float, as exact as a float needs it.</summary>
    /// <param name="x">The argument.</param>
    static virtual double OfSingle(double x) => TSelf.Of(x);
}

/// <summary>A function of two elements, in double. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IElementFunction2
{
    /// <summary>The value.</summary>
    /// <param name="x">The first argument.</param>
    /// <param name="y">The second argument.</param>
    static abstract double Of(double x, double y);
}
