using OptDsl.Language.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>The operations of formulas on torch's tensors. Single values are tensors without dimensions, so that no device is waited for.</summary>
/// <param name="element">The type of elements in arithmetic: float32 or float64.</param>
/// <param name="device">Where the tensors are.</param>
internal sealed class TensorArithmetic(ScalarType element, Device device)
{
    /// <summary>The type of single values: double as everywhere in this library, but for Metal, which has none.</summary>
    private readonly ScalarType _single = device.type == DeviceType.MPS ? ScalarType.Float32 : ScalarType.Float64;

    /// <summary>A number as a tensor without dimensions.</summary>
    public Tensor Single(double number) => torch.tensor(number, _single, device);

    /// <summary>A single value as a tensor without dimensions.</summary>
    public Tensor Single(TensorValue value) => value.Tensor is null ? Single(value.Number) : Numeric(value);

    /// <summary>A tensor like another, full of a single value.</summary>
    public Tensor Fill(TensorValue value, Tensor like)
    {
        var result = like.empty_like(element);
        return value.Tensor is { } tensor ? result.copy_(Numeric(tensor)) : WithScalar(value.Number, number => result.fill_(number));
    }

    /// <summary>An operation on elements or single values.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand, if there is one.</param>
    /// <param name="c">The third operand, if there is one.</param>
    /// <param name="writable">The operand that the result may take the place of, if any.</param>
    public TensorValue Apply(Op operation, TensorValue a, TensorValue b, TensorValue c, Tensor? writable)
    {
        if (operation == Op.Select)
            return Select(a, b, c);
        if (a.Tensor is null && b.Tensor is null)
            return OperationTable.Of(operation).Value!(a.Number, b.Number, c.Number);
        return operation switch
        {
            Op.And => Mask(a).logical_and(Mask(b)),
            Op.Or => Mask(a).logical_or(Mask(b)),
            Op.Not => Mask(a).logical_not(),
            _ when a.Tensor is null => FromNumber(operation, a.Number, Numeric(b), ReferenceEquals(b.Tensor, writable)),
            _ when b.Tensor is null => WithNumber(operation, Numeric(a), b.Number, ReferenceEquals(a.Tensor, writable)),
            _ => Binary(operation, Numeric(a), Numeric(b), ReferenceEquals(a.Tensor, writable), ReferenceEquals(b.Tensor, writable)),
        };
    }

    /// <summary>An operation on one tensor.</summary>
    public TensorValue Apply(Op operation, TensorValue a, Tensor? writable)
    {
        if (a.Tensor is null)
            return OperationTable.Of(operation).Value!(a.Number, 0, 0);
        if (operation == Op.Not)
            return Mask(a).logical_not();
        var x = Numeric(a);
        var inPlace = ReferenceEquals(a.Tensor, writable);
        return operation switch
        {
            Op.Copy => x,
            Op.Negate => inPlace ? x.neg_() : x.neg(),
            Op.Sqrt => inPlace ? x.sqrt_() : x.sqrt(),
            Op.Cbrt => Cbrt(x),
            Op.Abs => inPlace ? x.abs_() : x.abs(),
            Op.Sign => x.sign(),
            Op.Exp => inPlace ? x.exp_() : x.exp(),
            Op.Ln => inPlace ? x.log_() : x.log(),
            Op.Sin => inPlace ? x.sin_() : x.sin(),
            Op.Cos => inPlace ? x.cos_() : x.cos(),
            Op.Tanh => inPlace ? x.tanh_() : x.tanh(),
            Op.Erf => inPlace ? x.erf_() : x.erf(),
            Op.Sigmoid => inPlace ? x.sigmoid_() : x.sigmoid(),
            Op.Floor => inPlace ? x.floor_() : x.floor(),
            _ => throw Unknown(operation),
        };
    }

    /// <summary>start + factor · x.</summary>
    public Tensor AddScaled(TensorValue start, TensorValue x, double factor, Tensor? writable)
    {
        var (a, b) = (Numeric(start), Numeric(x));
        return WithScalar(factor, alpha => ReferenceEquals(start.Tensor, writable) ? a.add_(b, alpha) : a.add(b, alpha));
    }

    /// <summary>start + factor · x · y.</summary>
    public Tensor AddProduct(TensorValue start, TensorValue x, TensorValue y, double factor, Tensor? writable)
    {
        var (a, b, c) = (Numeric(start), Numeric(x), Numeric(y));
        return WithScalar(factor, value => ReferenceEquals(start.Tensor, writable) ? a.addcmul_(b, c, value) : a.addcmul(b, c, value));
    }

    /// <summary>start + factor · x / y.</summary>
    public Tensor AddQuotient(TensorValue start, TensorValue x, TensorValue y, double factor, Tensor? writable)
    {
        var (a, b, c) = (Numeric(start), Numeric(x), Numeric(y));
        return WithScalar(factor, value => ReferenceEquals(start.Tensor, writable) ? a.addcdiv_(b, c, value) : a.addcdiv(b, c, value));
    }

    /// <summary>A function of all elements.</summary>
    public Tensor Reduce(Op operation, TensorValue first, TensorValue second)
    {
        var x = Numeric(first);
        return operation switch
        {
            Op.Sum => x.sum(_single),
            Op.Dot => x.mul(Numeric(second)).sum(_single),
            Op.MaxAbs => x.abs().max().to(_single),
            Op.Norm => Norm(x),
            _ => throw Unknown(operation),
        };
    }

    /// <summary>What the same function of each of some tensors makes together.</summary>
    public TensorValue Combine(Op operation, IEnumerable<TensorValue> parts)
    {
        Tensor[] tensors = [.. parts.Select(part => Single(part).to(device))];
        using var all = torch.stack(tensors);
        return operation switch
        {
            Op.MaxAbs => all.max(),
            Op.Norm => Norm(all),
            _ => all.sum(),
        };
    }

    /// <summary>Comparisons give masks, which count as 1 and 0 in arithmetic.</summary>
    public Tensor Numeric(TensorValue value)
    {
        var tensor = value.Tensor ?? Single(value.Number);
        return tensor.dtype == ScalarType.Bool ? tensor.to_type(tensor.dim() == 0 ? _single : element) : tensor;
    }

    /// <summary>A value in the type of elements: a parameter without dimensions may have been computed with single values.</summary>
    public Tensor Element(TensorValue value)
    {
        var tensor = Numeric(value);
        return tensor.dtype == element ? tensor : tensor.to_type(element);
    }

    /// <summary>A copy of a tensor in the type and on the device of this arithmetic, outside all dispose scopes.</summary>
    public Tensor Keep(Tensor tensor, bool perElement) => tensor.to(perElement ? element : _single, device, copy: true).DetachFromDisposeScope();

    private Tensor Mask(TensorValue value)
    {
        var tensor = value.Tensor ?? Single(value.Number);
        return tensor.dtype == ScalarType.Bool ? tensor : WithScalar(0, zero => tensor.ne(zero));
    }

    private TensorValue Select(TensorValue condition, TensorValue whenTrue, TensorValue whenFalse) =>
        condition.Tensor is null
            ? condition.Number != 0 ? whenTrue : whenFalse
            : torch.where(Mask(condition), Numeric(whenTrue), Numeric(whenFalse));

    private static Tensor Binary(Op operation, Tensor a, Tensor b, bool intoA, bool intoB) => operation switch
    {
        Op.Add => intoA ? a.add_(b) : intoB ? b.add_(a) : a.add(b),
        Op.Subtract => intoA ? a.sub_(b) : a.sub(b),
        Op.Multiply => intoA ? a.mul_(b) : intoB ? b.mul_(a) : a.mul(b),
        Op.Divide => intoA ? a.div_(b) : a.div(b),
        Op.Power => a.pow(b),
        Op.Less => a.lt(b),
        Op.LessOrEqual => a.le(b),
        Op.Greater => a.gt(b),
        Op.GreaterOrEqual => a.ge(b),
        Op.Equal => a.eq(b),
        Op.NotEqual => a.ne(b),
        Op.Min => a.minimum(b),
        Op.Max => a.maximum(b),
        Op.Atan2 => a.atan2(b),
        _ => throw Unknown(operation),
    };

    private Tensor WithNumber(Op operation, Tensor a, double b, bool inPlace) => operation switch
    {
        Op.Power when b == 2 => inPlace ? a.mul_(a) : a.mul(a),
        Op.Power when b == 1 => a,
        Op.Atan2 => a.atan2(Single(b)),
        _ => WithScalar(b, number => operation switch
        {
            Op.Add => inPlace ? a.add_(number) : a.add(number),
            Op.Subtract => inPlace ? a.sub_(number) : a.sub(number),
            Op.Multiply => inPlace ? a.mul_(number) : a.mul(number),
            Op.Divide => inPlace ? a.div_(number) : a.div(number),
            Op.Power => inPlace ? a.pow_(number) : a.pow(number),
            Op.Less => a.lt(number),
            Op.LessOrEqual => a.le(number),
            Op.Greater => a.gt(number),
            Op.GreaterOrEqual => a.ge(number),
            Op.Equal => a.eq(number),
            Op.NotEqual => a.ne(number),
            Op.Min => inPlace ? a.clamp_max_(number) : a.clamp_max(number),
            Op.Max => inPlace ? a.clamp_min_(number) : a.clamp_min(number),
            _ => throw Unknown(operation),
        }),
    };

    private Tensor FromNumber(Op operation, double a, Tensor b, bool inPlace) => operation switch
    {
        Op.Add or Op.Multiply or Op.Min or Op.Max or Op.Equal or Op.NotEqual => WithNumber(operation, b, a, inPlace),
        Op.Subtract => WithScalar(a, number => inPlace ? b.neg_().add_(number) : b.neg().add_(number)),
        Op.Less => WithNumber(Op.Greater, b, a, inPlace),
        Op.LessOrEqual => WithNumber(Op.GreaterOrEqual, b, a, inPlace),
        Op.Greater => WithNumber(Op.Less, b, a, inPlace),
        Op.GreaterOrEqual => WithNumber(Op.LessOrEqual, b, a, inPlace),
        _ => Binary(operation, Single(a), b, intoA: false, intoB: false),
    };

    /// <summary>Scaled by the largest magnitude, so that no square overflows or vanishes; a float's cannot in double.</summary>
    private Tensor Norm(Tensor x)
    {
        if (x.dtype != _single)
            return WithScalar(2, two => x.to(_single).pow_(two)).sum().sqrt();
        var largest = x.abs().max();
        var scale = torch.where(largest.isfinite().logical_and(WithScalar(0, zero => largest.gt(zero))), largest, torch.ones_like(largest));
        var norm = WithScalar(2, two => x.div(scale).pow_(two)).sum().sqrt_().mul_(scale);
        return torch.where(largest.isfinite(), norm, largest);
    }

    /// <summary>A power, polished by one Newton step.</summary>
    private static Tensor Cbrt(Tensor x)
    {
        var size = x.abs();
        var root = WithScalar(1.0 / 3, third => size.pow(third));
        var polished = WithScalar(3, three => root.sub(root.sub(size.div(root.mul(root))).div_(three)));
        return torch.where(size.isfinite().logical_and(WithScalar(0, zero => size.gt(zero))), polished.mul_(x.sign()), x);
    }

    private static Tensor WithScalar(double number, Func<Scalar, Tensor> action)
    {
        using var scalar = number.ToScalar();
        return action(scalar);
    }

    private static ArgumentOutOfRangeException Unknown(Op operation) => new(nameof(operation), operation, "Not an operation on tensors.");
}
