using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

// Generated code calls them through the type argument that a pack is.
#pragma warning disable CA1000

/// <summary>One element, with the same bits as in a vector. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The element.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ElementPack<T>(T value) : IPack<ElementPack<T>, T>, IFunctionPack<ElementPack<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    internal T Value => _value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public ElementPack<T> First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => this;
    }

    /// <inheritdoc/>
    public double Largest => double.CreateTruncating(_value);

    /// <inheritdoc/>
    public double Highest => double.CreateTruncating(_value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ElementPack<T>(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator +(ElementPack<T> left, ElementPack<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator -(ElementPack<T> left, ElementPack<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator *(ElementPack<T> left, ElementPack<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator /(ElementPack<T> left, ElementPack<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator -(ElementPack<T> value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator <(ElementPack<T> left, ElementPack<T> right) => Condition(left._value < right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator >(ElementPack<T> left, ElementPack<T> right) => Condition(left._value > right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator <=(ElementPack<T> left, ElementPack<T> right) => Condition(left._value <= right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator >=(ElementPack<T> left, ElementPack<T> right) => Condition(left._value >= right._value);

    // A condition is 1 or 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator &(ElementPack<T> left, ElementPack<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator |(ElementPack<T> left, ElementPack<T> right) => Condition(left._value + right._value != T.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator ~(ElementPack<T> condition) => new(T.One - condition._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Equal(ElementPack<T> left, ElementPack<T> right) => Condition(left._value == right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Select(ElementPack<T> condition, ElementPack<T> whenTrue, ElementPack<T> whenFalse) =>
        condition._value != T.Zero ? whenTrue : whenFalse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Number(ElementPack<T> condition) => condition;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> MultiplyAdd(ElementPack<T> left, ElementPack<T> right, ElementPack<T> addend) =>
        new(T.MultiplyAddEstimate(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Sign(ElementPack<T> x) => new((x._value > T.Zero ? T.One : T.Zero) - (x._value < T.Zero ? T.One : T.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Sqrt(ElementPack<T> x) => new(T.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Abs(ElementPack<T> x) => new(T.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Floor(ElementPack<T> x) => new(T.Floor(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Min(ElementPack<T> left, ElementPack<T> right) => new(T.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Max(ElementPack<T> left, ElementPack<T> right) => new(T.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> AtMost(ElementPack<T> x, ElementPack<T> bound) => new(T.MinNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> AtLeast(ElementPack<T> x, ElementPack<T> bound) => new(T.MaxNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Repeat(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Load(ref T source, nuint index) => new(Unsafe.Add(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => Unsafe.Add(ref destination, index) = _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(ElementPack<T> value, ref double sums, nuint index) => Unsafe.Add(ref sums, index) += double.CreateTruncating(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquareTo(ElementPack<T> value, ref double sums, nuint index)
    {
        ref var sum = ref Unsafe.Add(ref sums, index);
        var x = double.CreateTruncating(value._value);
        sum = double.MultiplyAddEstimate(x, x, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RaiseTo(ElementPack<T> value, ref double maxima, nuint index)
    {
        ref var maximum = ref Unsafe.Add(ref maxima, index);
        maximum = Math.Max(maximum, double.CreateTruncating(value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> LoadBFloat16(ref ushort source, nuint index) => new(T.CreateTruncating(BFloat16Lanes.Load(ref source, index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBFloat16(ref ushort destination, nuint index, uint counter, bool low) =>
        Unsafe.Add(ref destination, index) = BFloat16Lanes.Round(float.CreateTruncating(_value), RoundingKey.Bits(counter, low));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearestBFloat16(ref ushort destination, nuint index) =>
        Unsafe.Add(ref destination, index) = BFloat16Lanes.RoundNearest(float.CreateTruncating(_value));

    /// <inheritdoc/>
    public static ElementPack<T> Map<TFunction>(ElementPack<T> x)
        where TFunction : struct, IElementFunction<TFunction>
    {
        var value = double.CreateTruncating(x._value);
        return new(T.CreateTruncating(typeof(T) == typeof(float) ? TFunction.OfSingle(value) : TFunction.Of(value)));
    }

    /// <inheritdoc/>
    public static ElementPack<T> Map<TFunction>(ElementPack<T> x, ElementPack<T> y)
        where TFunction : struct, IElementFunction2 =>
        new(T.CreateTruncating(TFunction.Of(double.CreateTruncating(x._value), double.CreateTruncating(y._value))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ElementPack<T> Condition(bool holds) => holds ? new(T.One) : default;
}
