using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>
/// Elements that are treated together, with the same operations whether they are one or a vector of them: what the loops of generated
/// code are generic over. For generated code.
/// </summary>
/// <remarks>Comparisons give conditions: packs that <see cref="Select"/>, <see cref="Number"/> and the operators of logic understand, and nothing else.</remarks>
/// <typeparam name="TSelf">The pack.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPack<TSelf>
    where TSelf : struct, IPack<TSelf>
{
    /// <summary>The number of elements.</summary>
    static abstract int Count { get; }

    /// <summary>The largest of elements that are not negative; NaN where one of them is.</summary>
    double Largest { get; }

    /// <summary>The largest element, whatever its sign; NaN where there is one.</summary>
    double Highest { get; }

    /// <summary>A number for each element, rounded to its type.</summary>
    /// <param name="value">The number.</param>
    static abstract implicit operator TSelf(double value);

    /// <summary>The sums.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The differences.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The products.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The quotients.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The elements with the other sign.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Where the left one is less.</summary>
    static abstract TSelf operator <(TSelf left, TSelf right);

    /// <summary>Where the left one is greater.</summary>
    static abstract TSelf operator >(TSelf left, TSelf right);

    /// <summary>Where the left one is less, or both are equal.</summary>
    static abstract TSelf operator <=(TSelf left, TSelf right);

    /// <summary>Where the left one is greater, or both are equal.</summary>
    static abstract TSelf operator >=(TSelf left, TSelf right);

    /// <summary>Where both conditions hold.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Where one of the conditions holds.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Where a condition does not hold.</summary>
    static abstract TSelf operator ~(TSelf condition);

    /// <summary>Where both are equal.</summary>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>The second where a condition holds, else the third.</summary>
    static abstract TSelf Select(TSelf condition, TSelf whenTrue, TSelf whenFalse);

    /// <summary>1 where a condition holds, else 0.</summary>
    static abstract TSelf Number(TSelf condition);

    /// <summary>The product of the first two plus the third, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>-1, 0 or 1 each; 0 for 0 and for NaN.</summary>
    static abstract TSelf Sign(TSelf x);

    /// <summary>The square roots.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The magnitudes.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The largest whole numbers that are not larger.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The smaller of two; NaN where one of them is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger of two; NaN where one of them is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of an element and a bound that is not NaN; NaN for an element that is, and the element where both are zeros.</summary>
    static abstract TSelf AtMost(TSelf x, TSelf bound);

    /// <summary>The larger of an element and a bound that is not NaN; NaN for an element that is, and the element where both are zeros.</summary>
    static abstract TSelf AtLeast(TSelf x, TSelf bound);
}

/// <summary>A pack of elements of a type. For generated code.</summary>
/// <typeparam name="TSelf">The pack.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPack<TSelf, T> : IPack<TSelf>
    where TSelf : struct, IPack<TSelf, T>
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    ElementPack<T> First { get; }

    /// <summary>The same value for each element.</summary>
    /// <param name="value">The value.</param>
    static abstract TSelf Repeat(T value);

    /// <summary>Reads elements.</summary>
    /// <param name="source">The first element of a tensor.</param>
    /// <param name="index">The first element to read.</param>
    static abstract TSelf Load(ref T source, nuint index);

    /// <summary>Writes the elements.</summary>
    /// <param name="destination">The first element of a tensor.</param>
    /// <param name="index">The first element to write.</param>
    void Store(ref T destination, nuint index);

    /// <summary>Adds each element to the sum of its column, in double.</summary>
    /// <param name="value">The elements.</param>
    /// <param name="sums">The first sum.</param>
    /// <param name="index">The column of the first element.</param>
    static abstract void AddTo(TSelf value, ref double sums, nuint index);

    /// <summary>Adds the square of each element, exact for floats, to the sum of its column, in double.</summary>
    /// <param name="value">The elements.</param>
    /// <param name="sums">The first sum.</param>
    /// <param name="index">The column of the first element.</param>
    static abstract void AddSquareTo(TSelf value, ref double sums, nuint index);

    /// <summary>Raises the maximum of each column to an element that is larger; NaN stays.</summary>
    /// <param name="value">The elements.</param>
    /// <param name="maxima">The first maximum.</param>
    /// <param name="index">The column of the first element.</param>
    static abstract void RaiseTo(TSelf value, ref double maxima, nuint index);

    /// <summary>Reads elements of <see cref="Storage.BFloat16"/>.</summary>
    /// <param name="source">The first element of a tensor.</param>
    /// <param name="index">The first element to read.</param>
    static abstract TSelf LoadBFloat16(ref ushort source, nuint index);

    /// <summary>Writes the elements as <see cref="Storage.BFloat16"/>, with <see cref="Rounding.Stochastic"/>: those of doubles by way of floats.</summary>
    /// <param name="destination">The first element of a tensor.</param>
    /// <param name="index">The first element to write.</param>
    /// <param name="counter">The counter of that element: see <see cref="RoundingKey"/>.</param>
    /// <param name="low">True to take the lower random bits.</param>
    void StoreBFloat16(ref ushort destination, nuint index, uint counter, bool low);

    /// <summary>Writes the elements as <see cref="Storage.BFloat16"/>, with <see cref="Rounding.Nearest"/>: those of doubles by way of floats.</summary>
    /// <param name="destination">The first element of a tensor.</param>
    /// <param name="index">The first element to write.</param>
    void StoreNearestBFloat16(ref ushort destination, nuint index);
}
