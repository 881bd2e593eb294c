using System.ComponentModel;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.Unsafe;

namespace OptDsl.Kernels;

// Generated code calls them through the type argument that a pack is.
#pragma warning disable CA1000

/// <summary>One element, with the same bits as in a vector. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The element.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ElementPack<T>(T value) : IPack<ElementPack<T>, T>, IFunctionPack<ElementPack<T>>
    where T : unmanaged
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
    public double Largest => Elements.ToDouble(_value);

    /// <inheritdoc/>
    public double Highest => Elements.ToDouble(_value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ElementPack<T>(double value) => new(Elements.Of<T>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator +(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(BitCast<T, float>(left._value) + BitCast<T, float>(right._value)))
        : new(BitCast<double, T>(BitCast<T, double>(left._value) + BitCast<T, double>(right._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator -(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(BitCast<T, float>(left._value) - BitCast<T, float>(right._value)))
        : new(BitCast<double, T>(BitCast<T, double>(left._value) - BitCast<T, double>(right._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator *(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(BitCast<T, float>(left._value) * BitCast<T, float>(right._value)))
        : new(BitCast<double, T>(BitCast<T, double>(left._value) * BitCast<T, double>(right._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator /(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(BitCast<T, float>(left._value) / BitCast<T, float>(right._value)))
        : new(BitCast<double, T>(BitCast<T, double>(left._value) / BitCast<T, double>(right._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator -(ElementPack<T> value) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(-BitCast<T, float>(value._value)))
        : new(BitCast<double, T>(-BitCast<T, double>(value._value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator <(ElementPack<T> left, ElementPack<T> right) => Condition(typeof(T) == typeof(float)
        ? BitCast<T, float>(left._value) < BitCast<T, float>(right._value)
        : BitCast<T, double>(left._value) < BitCast<T, double>(right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator >(ElementPack<T> left, ElementPack<T> right) => Condition(typeof(T) == typeof(float)
        ? BitCast<T, float>(left._value) > BitCast<T, float>(right._value)
        : BitCast<T, double>(left._value) > BitCast<T, double>(right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator <=(ElementPack<T> left, ElementPack<T> right) => Condition(typeof(T) == typeof(float)
        ? BitCast<T, float>(left._value) <= BitCast<T, float>(right._value)
        : BitCast<T, double>(left._value) <= BitCast<T, double>(right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator >=(ElementPack<T> left, ElementPack<T> right) => Condition(typeof(T) == typeof(float)
        ? BitCast<T, float>(left._value) >= BitCast<T, float>(right._value)
        : BitCast<T, double>(left._value) >= BitCast<T, double>(right._value));

    // A condition is 1 or 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator &(ElementPack<T> left, ElementPack<T> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator |(ElementPack<T> left, ElementPack<T> right) => Condition(IsOn(left + right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> operator ~(ElementPack<T> condition) => 1 - condition;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Equal(ElementPack<T> left, ElementPack<T> right) => Condition(typeof(T) == typeof(float)
        ? BitCast<T, float>(left._value) == BitCast<T, float>(right._value)
        : BitCast<T, double>(left._value) == BitCast<T, double>(right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Select(ElementPack<T> condition, ElementPack<T> whenTrue, ElementPack<T> whenFalse) =>
        IsOn(condition) ? whenTrue : whenFalse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Number(ElementPack<T> condition) => condition;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> MultiplyAdd(ElementPack<T> left, ElementPack<T> right, ElementPack<T> addend) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.MultiplyAddEstimate(BitCast<T, float>(left._value), BitCast<T, float>(right._value), BitCast<T, float>(addend._value))))
        : new(BitCast<double, T>(double.MultiplyAddEstimate(BitCast<T, double>(left._value), BitCast<T, double>(right._value), BitCast<T, double>(addend._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Sign(ElementPack<T> x) => (x > 0) - (x < 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Sqrt(ElementPack<T> x) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.Sqrt(BitCast<T, float>(x._value))))
        : new(BitCast<double, T>(double.Sqrt(BitCast<T, double>(x._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Abs(ElementPack<T> x) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.Abs(BitCast<T, float>(x._value))))
        : new(BitCast<double, T>(double.Abs(BitCast<T, double>(x._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Floor(ElementPack<T> x) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.Floor(BitCast<T, float>(x._value))))
        : new(BitCast<double, T>(double.Floor(BitCast<T, double>(x._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Min(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.Min(BitCast<T, float>(left._value), BitCast<T, float>(right._value))))
        : new(BitCast<double, T>(double.Min(BitCast<T, double>(left._value), BitCast<T, double>(right._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> Max(ElementPack<T> left, ElementPack<T> right) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.Max(BitCast<T, float>(left._value), BitCast<T, float>(right._value))))
        : new(BitCast<double, T>(double.Max(BitCast<T, double>(left._value), BitCast<T, double>(right._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> AtMost(ElementPack<T> x, ElementPack<T> bound) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.MinNative(BitCast<T, float>(bound._value), BitCast<T, float>(x._value))))
        : new(BitCast<double, T>(double.MinNative(BitCast<T, double>(bound._value), BitCast<T, double>(x._value))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> AtLeast(ElementPack<T> x, ElementPack<T> bound) => typeof(T) == typeof(float)
        ? new(BitCast<float, T>(float.MaxNative(BitCast<T, float>(bound._value), BitCast<T, float>(x._value))))
        : new(BitCast<double, T>(double.MaxNative(BitCast<T, double>(bound._value), BitCast<T, double>(x._value))));

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
    public static void AddTo(ElementPack<T> value, ref double sums, nuint index) => Unsafe.Add(ref sums, index) += Elements.ToDouble(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquareTo(ElementPack<T> value, ref double sums, nuint index)
    {
        ref var sum = ref Unsafe.Add(ref sums, index);
        var x = Elements.ToDouble(value._value);
        sum = double.MultiplyAddEstimate(x, x, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RaiseTo(ElementPack<T> value, ref double maxima, nuint index)
    {
        ref var maximum = ref Unsafe.Add(ref maxima, index);
        maximum = Math.Max(maximum, Elements.ToDouble(value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementPack<T> LoadBFloat16(ref ushort source, nuint index) => new(Elements.Of<T>(BFloat16Lanes.Load(ref source, index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBFloat16(ref ushort destination, nuint index, uint counter, bool low) =>
        Unsafe.Add(ref destination, index) = BFloat16Lanes.Round(Elements.ToSingle(_value), RoundingKey.Bits(counter, low));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearestBFloat16(ref ushort destination, nuint index) =>
        Unsafe.Add(ref destination, index) = BFloat16Lanes.RoundNearest(Elements.ToSingle(_value));

    /// <inheritdoc/>
    public static ElementPack<T> Map<TFunction>(ElementPack<T> x)
        where TFunction : struct, IElementFunction<TFunction>
    {
        var value = Elements.ToDouble(x._value);
        return new(Elements.Of<T>(typeof(T) == typeof(float) ? TFunction.OfSingle(value) : TFunction.Of(value)));
    }

    /// <inheritdoc/>
    public static ElementPack<T> Map<TFunction>(ElementPack<T> x, ElementPack<T> y)
        where TFunction : struct, IElementFunction2 =>
        new(Elements.Of<T>(TFunction.Of(Elements.ToDouble(x._value), Elements.ToDouble(y._value))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOn(ElementPack<T> condition) => typeof(T) == typeof(float)
        ? BitCast<T, float>(condition._value) != 0
        : BitCast<T, double>(condition._value) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ElementPack<T> Condition(bool holds) => holds ? 1 : default(ElementPack<T>);
}
