using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

// Generated code calls them through the type argument that a pack is.
#pragma warning disable CA1000

/// <summary>As many elements as a vector of 512 bits holds. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The elements.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WidePack<T>(Vector512<T> value) : IPack<WidePack<T>, T>
    where T : unmanaged
{
    // The one field, so that the just-in-time compiler treats a pack as the vector that it is.
    private readonly Vector512<T> _value = value;

    internal Vector512<T> Value => _value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    public ElementPack<T> First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_value.ToScalar());
    }

    /// <inheritdoc/>
    public double Highest
    {
        get
        {
            var highest = Elements.ToDouble(_value[0]);
            for (var i = 1; i < Vector512<T>.Count; i++)
                highest = Math.Max(highest, Elements.ToDouble(_value[i]));
            return highest;
        }
    }

    /// <inheritdoc/>
    public double Largest
    {
        get
        {
            var largest = 0.0;
            for (var i = 0; i < Vector512<T>.Count; i++)
                largest = Math.Max(largest, Elements.ToDouble(_value[i]));
            return largest;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator WidePack<T>(double value) =>
        new(typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator +(WidePack<T> left, WidePack<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator -(WidePack<T> left, WidePack<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator *(WidePack<T> left, WidePack<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator /(WidePack<T> left, WidePack<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator -(WidePack<T> value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator <(WidePack<T> left, WidePack<T> right) => new(Vector512.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator >(WidePack<T> left, WidePack<T> right) => new(Vector512.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator <=(WidePack<T> left, WidePack<T> right) => new(Vector512.LessThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator >=(WidePack<T> left, WidePack<T> right) => new(Vector512.GreaterThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator &(WidePack<T> left, WidePack<T> right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator |(WidePack<T> left, WidePack<T> right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> operator ~(WidePack<T> condition) => new(~condition._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Equal(WidePack<T> left, WidePack<T> right) => new(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Select(WidePack<T> condition, WidePack<T> whenTrue, WidePack<T> whenFalse) =>
        new(Vector512.ConditionalSelect(condition._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Number(WidePack<T> condition) => new(condition._value & Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> MultiplyAdd(WidePack<T> left, WidePack<T> right, WidePack<T> addend) =>
        new(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(left._value.As<T, float>(), right._value.As<T, float>(), addend._value.As<T, float>()).As<float, T>()
        : Vector512.MultiplyAddEstimate(left._value.As<T, double>(), right._value.As<T, double>(), addend._value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Sign(WidePack<T> x) => new(Vector512.ConditionalSelect(
        Vector512.GreaterThan(x._value, Vector512<T>.Zero),
        Vector512<T>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(x._value, Vector512<T>.Zero), -Vector512<T>.One, Vector512<T>.Zero)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Sqrt(WidePack<T> x) => new(Vector512.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Abs(WidePack<T> x) => new(Vector512.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Floor(WidePack<T> x) =>
        new(typeof(T) == typeof(float)
        ? Vector512.Floor(x._value.As<T, float>()).As<float, T>()
        : Vector512.Floor(x._value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Min(WidePack<T> left, WidePack<T> right) => new(Vector512.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Max(WidePack<T> left, WidePack<T> right) => new(Vector512.Max(left._value, right._value));

    /// <inheritdoc/>
    // One instruction, which gives its second operand where either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> AtMost(WidePack<T> x, WidePack<T> bound) => new(Vector512.MinNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> AtLeast(WidePack<T> x, WidePack<T> bound) => new(Vector512.MaxNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Repeat(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> Load(ref T source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => _value.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(WidePack<T> value, ref double sums, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector512.LoadUnsafe(ref sums, index) + value._value.As<T, double>();
            all.StoreUnsafe(ref sums, index);
            return;
        }

        var (low, high) = Vector512.Widen(value._value.As<T, float>());
        var first = Vector512.LoadUnsafe(ref sums, index) + low;
        var second = Vector512.LoadUnsafe(ref sums, index + (nuint)Vector512<double>.Count) + high;
        first.StoreUnsafe(ref sums, index);
        second.StoreUnsafe(ref sums, index + (nuint)Vector512<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquareTo(WidePack<T> value, ref double sums, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector512.MultiplyAddEstimate(value._value.As<T, double>(), value._value.As<T, double>(), Vector512.LoadUnsafe(ref sums, index));
            all.StoreUnsafe(ref sums, index);
            return;
        }

        var (low, high) = Vector512.Widen(value._value.As<T, float>());
        var first = Vector512.MultiplyAddEstimate(low, low, Vector512.LoadUnsafe(ref sums, index));
        var second = Vector512.MultiplyAddEstimate(high, high, Vector512.LoadUnsafe(ref sums, index + (nuint)Vector512<double>.Count));
        first.StoreUnsafe(ref sums, index);
        second.StoreUnsafe(ref sums, index + (nuint)Vector512<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RaiseTo(WidePack<T> value, ref double maxima, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector512.Max(Vector512.LoadUnsafe(ref maxima, index), value._value.As<T, double>());
            all.StoreUnsafe(ref maxima, index);
            return;
        }

        var (low, high) = Vector512.Widen(value._value.As<T, float>());
        var first = Vector512.Max(Vector512.LoadUnsafe(ref maxima, index), low);
        var second = Vector512.Max(Vector512.LoadUnsafe(ref maxima, index + (nuint)Vector512<double>.Count), high);
        first.StoreUnsafe(ref maxima, index);
        second.StoreUnsafe(ref maxima, index + (nuint)Vector512<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePack<T> LoadBFloat16(ref ushort source, nuint index)
    {
        if (typeof(T) == typeof(float))
            return new(BFloat16Lanes.Load512(ref source, index).As<float, T>());
        var singles = BFloat16Lanes.Load256(ref source, index);
        return new(Vector512.Create(Vector256.WidenLower(singles), Vector256.WidenUpper(singles)).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBFloat16(ref ushort destination, nuint index, uint counter, bool low)
    {
        if (typeof(T) == typeof(float))
            BFloat16Lanes.Store(_value.As<T, float>(), BFloat16Lanes.Random512(counter, low), ref destination, index);
        else
            BFloat16Lanes.Store(Singles, BFloat16Lanes.Random256(counter, low), ref destination, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearestBFloat16(ref ushort destination, nuint index)
    {
        if (typeof(T) == typeof(float))
            BFloat16Lanes.StoreNearest(_value.As<T, float>(), ref destination, index);
        else
            BFloat16Lanes.StoreNearest(Singles, ref destination, index);
    }

    /// <summary>Doubles as floats.</summary>
    private Vector256<float> Singles
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Narrow(_value.As<T, double>().GetLower(), _value.As<T, double>().GetUpper());
    }
}
