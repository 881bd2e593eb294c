using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

// Generated code calls them through the type argument that a pack is.
#pragma warning disable CA1000

/// <summary>As many elements as a vector of the machine's usual width holds. For generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The elements.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VectorPack<T>(Vector<T> value) : IPack<VectorPack<T>, T>, IFunctionPack<VectorPack<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
    public double Largest
    {
        get
        {
            var largest = T.Zero;
            for (var i = 0; i < Vector<T>.Count; i++)
                largest = T.Max(largest, _value[i]);
            return double.CreateTruncating(largest);
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
            results[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(x._value[i]), double.CreateTruncating(y._value[i])));
        return new(new Vector<T>(results));
    }
}
