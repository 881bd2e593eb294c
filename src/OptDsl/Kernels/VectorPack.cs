using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

// Generated code calls them through the type argument that a pack is.
#pragma warning disable CA1000

/// <summary>As many elements as a vector of the machine's usual width holds. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The elements.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VectorPack<T>(Vector<T> value) : IPack<VectorPack<T>, T>, IFunctionPack<VectorPack<T>>
    where T : unmanaged
{
    // The one field, so that the just-in-time compiler treats a pack as the vector that it is.
    private readonly Vector<T> _value = value;

    internal Vector<T> Value => _value;

    /// <inheritdoc/>
    public static int Count => Vector<T>.Count;

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
            for (var i = 1; i < Vector<T>.Count; i++)
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
            for (var i = 0; i < Vector<T>.Count; i++)
                largest = Math.Max(largest, Elements.ToDouble(_value[i]));
            return largest;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator VectorPack<T>(double value) =>
        new(typeof(T) == typeof(float) ? Vector.Create((float)value).As<float, T>() : Vector.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator +(VectorPack<T> left, VectorPack<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator -(VectorPack<T> left, VectorPack<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator *(VectorPack<T> left, VectorPack<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator /(VectorPack<T> left, VectorPack<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator -(VectorPack<T> value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator <(VectorPack<T> left, VectorPack<T> right) => new(Vector.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator >(VectorPack<T> left, VectorPack<T> right) => new(Vector.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator <=(VectorPack<T> left, VectorPack<T> right) => new(Vector.LessThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator >=(VectorPack<T> left, VectorPack<T> right) => new(Vector.GreaterThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator &(VectorPack<T> left, VectorPack<T> right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator |(VectorPack<T> left, VectorPack<T> right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> operator ~(VectorPack<T> condition) => new(~condition._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Equal(VectorPack<T> left, VectorPack<T> right) => new(Vector.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Select(VectorPack<T> condition, VectorPack<T> whenTrue, VectorPack<T> whenFalse) =>
        new(Vector.ConditionalSelect(condition._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Number(VectorPack<T> condition) => new(condition._value & Vector<T>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> MultiplyAdd(VectorPack<T> left, VectorPack<T> right, VectorPack<T> addend) =>
        new(typeof(T) == typeof(float)
        ? Vector.MultiplyAddEstimate(left._value.As<T, float>(), right._value.As<T, float>(), addend._value.As<T, float>()).As<float, T>()
        : Vector.MultiplyAddEstimate(left._value.As<T, double>(), right._value.As<T, double>(), addend._value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Sign(VectorPack<T> x) => new(Vector.ConditionalSelect(
        Vector.GreaterThan(x._value, Vector<T>.Zero),
        Vector<T>.One,
        Vector.ConditionalSelect(Vector.LessThan(x._value, Vector<T>.Zero), -Vector<T>.One, Vector<T>.Zero)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Sqrt(VectorPack<T> x) => new(Vector.SquareRoot(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Abs(VectorPack<T> x) => new(Vector.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Floor(VectorPack<T> x) =>
        new(typeof(T) == typeof(float)
        ? Vector.Floor(x._value.As<T, float>()).As<float, T>()
        : Vector.Floor(x._value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Min(VectorPack<T> left, VectorPack<T> right) => new(Vector.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Max(VectorPack<T> left, VectorPack<T> right) => new(Vector.Max(left._value, right._value));

    /// <inheritdoc/>
    // One instruction, which gives its second operand where either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> AtMost(VectorPack<T> x, VectorPack<T> bound) => new(Vector.MinNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> AtLeast(VectorPack<T> x, VectorPack<T> bound) => new(Vector.MaxNative(bound._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Repeat(T value) => new(Vector.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Load(ref T source, nuint index) => new(Vector.LoadUnsafe(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => _value.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(VectorPack<T> value, ref double sums, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector.LoadUnsafe(ref sums, index) + value._value.As<T, double>();
            all.StoreUnsafe(ref sums, index);
            return;
        }

        Vector.Widen(value._value.As<T, float>(), out var low, out var high);
        var first = Vector.LoadUnsafe(ref sums, index) + low;
        var second = Vector.LoadUnsafe(ref sums, index + (nuint)Vector<double>.Count) + high;
        first.StoreUnsafe(ref sums, index);
        second.StoreUnsafe(ref sums, index + (nuint)Vector<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquareTo(VectorPack<T> value, ref double sums, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector.MultiplyAddEstimate(value._value.As<T, double>(), value._value.As<T, double>(), Vector.LoadUnsafe(ref sums, index));
            all.StoreUnsafe(ref sums, index);
            return;
        }

        Vector.Widen(value._value.As<T, float>(), out var low, out var high);
        var first = Vector.MultiplyAddEstimate(low, low, Vector.LoadUnsafe(ref sums, index));
        var second = Vector.MultiplyAddEstimate(high, high, Vector.LoadUnsafe(ref sums, index + (nuint)Vector<double>.Count));
        first.StoreUnsafe(ref sums, index);
        second.StoreUnsafe(ref sums, index + (nuint)Vector<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RaiseTo(VectorPack<T> value, ref double maxima, nuint index)
    {
        if (typeof(T) == typeof(double))
        {
            var all = Vector.Max(Vector.LoadUnsafe(ref maxima, index), value._value.As<T, double>());
            all.StoreUnsafe(ref maxima, index);
            return;
        }

        Vector.Widen(value._value.As<T, float>(), out var low, out var high);
        var first = Vector.Max(Vector.LoadUnsafe(ref maxima, index), low);
        var second = Vector.Max(Vector.LoadUnsafe(ref maxima, index + (nuint)Vector<double>.Count), high);
        first.StoreUnsafe(ref maxima, index);
        second.StoreUnsafe(ref maxima, index + (nuint)Vector<double>.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> LoadBFloat16(ref ushort source, nuint index) => Vector<byte>.Count switch
    {
        16 when typeof(T) == typeof(float) => new(BFloat16Lanes.Load128(ref source, index).AsVector().As<float, T>()),
        32 when typeof(T) == typeof(float) => new(BFloat16Lanes.Load256(ref source, index).AsVector().As<float, T>()),
        64 when typeof(T) == typeof(float) => new(BFloat16Lanes.Load512(ref source, index).AsVector().As<float, T>()),
        16 => new(Vector128.Create(BFloat16Lanes.Load(ref source, index), (double)BFloat16Lanes.Load(ref source, index + 1)).AsVector().As<double, T>()),
        32 => new(Doubles(BFloat16Lanes.Load128(ref source, index)).AsVector().As<double, T>()),
        _ => new(Doubles(BFloat16Lanes.Load256(ref source, index)).AsVector().As<double, T>()),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBFloat16(ref ushort destination, nuint index, uint counter, bool low)
    {
        switch (Vector<byte>.Count)
        {
            case 16 when typeof(T) == typeof(float):
                BFloat16Lanes.Store(_value.As<T, float>().AsVector128(), BFloat16Lanes.Random128(counter, low), ref destination, index);
                break;
            case 32 when typeof(T) == typeof(float):
                BFloat16Lanes.Store(_value.As<T, float>().AsVector256(), BFloat16Lanes.Random256(counter, low), ref destination, index);
                break;
            case 64 when typeof(T) == typeof(float):
                BFloat16Lanes.Store(_value.As<T, float>().AsVector512(), BFloat16Lanes.Random512(counter, low), ref destination, index);
                break;
            case 16:
                new ElementPack<T>(_value[0]).StoreBFloat16(ref destination, index, counter, low);
                new ElementPack<T>(_value[1]).StoreBFloat16(ref destination, index + 1, unchecked(counter + RoundingKey.Stride), low);
                break;
            case 32:
                BFloat16Lanes.Store(Singles(_value.As<T, double>().AsVector256()), BFloat16Lanes.Random128(counter, low), ref destination, index);
                break;
            default:
                BFloat16Lanes.Store(Singles(_value.As<T, double>().AsVector512()), BFloat16Lanes.Random256(counter, low), ref destination, index);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearestBFloat16(ref ushort destination, nuint index)
    {
        switch (Vector<byte>.Count)
        {
            case 16 when typeof(T) == typeof(float):
                BFloat16Lanes.StoreNearest(_value.As<T, float>().AsVector128(), ref destination, index);
                break;
            case 32 when typeof(T) == typeof(float):
                BFloat16Lanes.StoreNearest(_value.As<T, float>().AsVector256(), ref destination, index);
                break;
            case 64 when typeof(T) == typeof(float):
                BFloat16Lanes.StoreNearest(_value.As<T, float>().AsVector512(), ref destination, index);
                break;
            case 16:
                new ElementPack<T>(_value[0]).StoreNearestBFloat16(ref destination, index);
                new ElementPack<T>(_value[1]).StoreNearestBFloat16(ref destination, index + 1);
                break;
            case 32:
                BFloat16Lanes.StoreNearest(Singles(_value.As<T, double>().AsVector256()), ref destination, index);
                break;
            default:
                BFloat16Lanes.StoreNearest(Singles(_value.As<T, double>().AsVector512()), ref destination, index);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Doubles(Vector128<float> singles) => Vector256.Create(Vector128.WidenLower(singles), Vector128.WidenUpper(singles));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Doubles(Vector256<float> singles) => Vector512.Create(Vector256.WidenLower(singles), Vector256.WidenUpper(singles));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Singles(Vector256<double> doubles) => Vector128.Narrow(doubles.GetLower(), doubles.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Singles(Vector512<double> doubles) => Vector256.Narrow(doubles.GetLower(), doubles.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Map<TFunction>(VectorPack<T> x)
        where TFunction : struct, IElementFunction<TFunction>
    {
        if (typeof(T) == typeof(double))
            return new(TFunction.Of(x._value.As<T, double>()).As<double, T>());
        Vector.Widen(x._value.As<T, float>(), out var low, out var high);
        return new(Vector.Narrow(TFunction.OfSingles(low), TFunction.OfSingles(high)).As<float, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPack<T> Map<TFunction>(VectorPack<T> x, VectorPack<T> y)
        where TFunction : struct, IElementFunction2
    {
        Span<T> results = stackalloc T[Vector<T>.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = Elements.Of<T>(TFunction.Of(Elements.ToDouble(x._value[i]), Elements.ToDouble(y._value[i])));
        return new(new Vector<T>(results));
    }
}
