using OptDsl.Language.Formulas.Evaluation;
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
    public TensorValue Apply(Operation operation, TensorValue a, TensorValue b, TensorValue c, Tensor? writable)
    {
        if (operation == Operation.Select)
            return Select(a, b, c);
        if (a.Tensor is null && b.Tensor is null)
            return Scalars.Apply(operation, a.Number, b.Number, c.Number);
        return operation switch
        {
            Operation.And => Mask(a).logical_and(Mask(b)),
            Operation.Or => Mask(a).logical_or(Mask(b)),
            Operation.Not => Mask(a).logical_not(),
            _ when a.Tensor is null => FromNumber(operation, a.Number, Numeric(b), ReferenceEquals(b.Tensor, writable)),
            _ when b.Tensor is null => WithNumber(operation, Numeric(a), b.Number, ReferenceEquals(a.Tensor, writable)),
            _ => Binary(operation, Numeric(a), Numeric(b), ReferenceEquals(a.Tensor, writable), ReferenceEquals(b.Tensor, writable)),
        };
    }

    /// <summary>An operation on one tensor.</summary>
    public TensorValue Apply(Operation operation, TensorValue a, Tensor? writable)
    {
        if (a.Tensor is null)
            return Scalars.Apply(operation, a.Number, 0, 0);
        if (operation == Operation.Not)
            return Mask(a).logical_not();
        var x = Numeric(a);
        var inPlace = ReferenceEquals(a.Tensor, writable);
        return operation switch
        {
            Operation.Copy => x,
            Operation.Negate => inPlace ? x.neg_() : x.neg(),
            Operation.Sqrt => inPlace ? x.sqrt_() : x.sqrt(),
            Operation.Cbrt => Cbrt(x),
            Operation.Abs => inPlace ? x.abs_() : x.abs(),
            Operation.Sign => x.sign(),
            Operation.Exp => inPlace ? x.exp_() : x.exp(),
            Operation.Ln => inPlace ? x.log_() : x.log(),
            Operation.Sin => inPlace ? x.sin_() : x.sin(),
            Operation.Cos => inPlace ? x.cos_() : x.cos(),
            Operation.Tanh => inPlace ? x.tanh_() : x.tanh(),
            Operation.Sigmoid => inPlace ? x.sigmoid_() : x.sigmoid(),
            Operation.Floor => inPlace ? x.floor_() : x.floor(),
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
    public Tensor Reduce(Operation operation, TensorValue first, TensorValue second)
    {
        var x = Numeric(first);
        return operation switch
        {
            Operation.Sum => x.sum(_single),
            Operation.Dot => x.mul(Numeric(second)).sum(_single),
            Operation.MaxAbs => x.abs().max().to(_single),
            Operation.Norm => Norm(x),
            _ => throw Unknown(operation),
        };
    }

    /// <summary>What the same function of each of some tensors makes together.</summary>
    public TensorValue Combine(Operation operation, IEnumerable<TensorValue> parts)
    {
        Tensor[] tensors = [.. parts.Select(part => Single(part).to(device))];
        using var all = torch.stack(tensors);
        return operation switch
        {
            Operation.MaxAbs => all.max(),
            Operation.Norm => Norm(all),
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

    private static Tensor Binary(Operation operation, Tensor a, Tensor b, bool intoA, bool intoB) => operation switch
    {
        Operation.Add => intoA ? a.add_(b) : intoB ? b.add_(a) : a.add(b),
        Operation.Subtract => intoA ? a.sub_(b) : a.sub(b),
        Operation.Multiply => intoA ? a.mul_(b) : intoB ? b.mul_(a) : a.mul(b),
        Operation.Divide => intoA ? a.div_(b) : a.div(b),
        Operation.Power => a.pow(b),
        Operation.Less => a.lt(b),
        Operation.LessOrEqual => a.le(b),
        Operation.Greater => a.gt(b),
        Operation.GreaterOrEqual => a.ge(b),
        Operation.Equal => a.eq(b),
        Operation.NotEqual => a.ne(b),
        Operation.Min => a.minimum(b),
        Operation.Max => a.maximum(b),
        Operation.Atan2 => a.atan2(b),
        _ => throw Unknown(operation),
    };

    private Tensor WithNumber(Operation operation, Tensor a, double b, bool inPlace) => operation switch
    {
        Operation.Power when b == 2 => inPlace ? a.mul_(a) : a.mul(a),
        Operation.Power when b == 1 => a,
        Operation.Atan2 => a.atan2(Single(b)),
        _ => WithScalar(b, number => operation switch
        {
            Operation.Add => inPlace ? a.add_(number) : a.add(number),
            Operation.Subtract => inPlace ? a.sub_(number) : a.sub(number),
            Operation.Multiply => inPlace ? a.mul_(number) : a.mul(number),
            Operation.Divide => inPlace ? a.div_(number) : a.div(number),
            Operation.Power => inPlace ? a.pow_(number) : a.pow(number),
            Operation.Less => a.lt(number),
            Operation.LessOrEqual => a.le(number),
            Operation.Greater => a.gt(number),
            Operation.GreaterOrEqual => a.ge(number),
            Operation.Equal => a.eq(number),
            Operation.NotEqual => a.ne(number),
            Operation.Min => inPlace ? a.clamp_max_(number) : a.clamp_max(number),
            Operation.Max => inPlace ? a.clamp_min_(number) : a.clamp_min(number),
            _ => throw Unknown(operation),
        }),
    };

    private Tensor FromNumber(Operation operation, double a, Tensor b, bool inPlace) => operation switch
    {
        Operation.Add or Operation.Multiply or Operation.Min or Operation.Max or Operation.Equal or Operation.NotEqual => WithNumber(operation, b, a, inPlace),
        Operation.Subtract => WithScalar(a, number => inPlace ? b.neg_().add_(number) : b.neg().add_(number)),
        Operation.Less => WithNumber(Operation.Greater, b, a, inPlace),
        Operation.LessOrEqual => WithNumber(Operation.GreaterOrEqual, b, a, inPlace),
        Operation.Greater => WithNumber(Operation.Less, b, a, inPlace),
        Operation.GreaterOrEqual => WithNumber(Operation.LessOrEqual, b, a, inPlace),
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

    private static ArgumentOutOfRangeException Unknown(Operation operation) => new(nameof(operation), operation, "Not an operation on tensors.");
}
