using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>
/// The operations, one entry each. What a part of the compiler has to know of an operation stands here and is read from here; the
/// C# compiler refuses an operation without an entry, and an entry that leaves something out.
/// </summary>
internal static class OperationTable
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>What a function takes that an implementation may compute in several ways.</summary>
    private const int OfFunction = 6;

    private static readonly ImmutableArray<Operation> Entries = [.. Enum.GetValues(typeof(Op)).Cast<Op>().Select(Entry)];

    /// <summary>Every operation, in the order of <see cref="Op"/>.</summary>
    public static IEnumerable<KeyValuePair<Op, Operation>> All => Entries.Select((entry, op) => new KeyValuePair<Op, Operation>((Op)op, entry));

    public static Operation Of(Op op) => Entries[(int)op];

    // An operation that lacks an entry is an error (CS8509); numbers that are no operation are nobody's.
#pragma warning disable CS8524
    private static Operation Entry(Op op) => op switch
    {
        Op.Negate => Arithmetic(1, (a, _, _) => -a, ErrorRules.OfSlopeOne, roundings: 0, degree: 1, new("-", "-", Precedence.Product)),
        Op.Add => Arithmetic(2, (a, b, _) => a + b, ErrorRules.OfSum, roundings: 1, degree: 1, new("+", "+", Precedence.Sum)),
        Op.Subtract => Arithmetic(2, (a, b, _) => a - b, ErrorRules.OfSum, roundings: 1, degree: 1, new("-", "-", Precedence.Sum)),
        Op.Multiply => Arithmetic(2, (a, b, _) => a * b, ErrorRules.OfProduct, roundings: 1, degree: 2, new("·", "\\cdot", Precedence.Term)),
        Op.Divide => Arithmetic(2, (a, b, _) => a / b, ErrorRules.OfQuotient, roundings: 3, degree: 0, new("/", "/", Precedence.Term)),
        Op.Power => Arithmetic(
            2, (a, b, _) => RealFunctions.Power(a, b), inherited: null, OfFunction, degree: null, new("^", "^", Precedence.Power),
            new("Math.Pow", "Pow")),

        Op.Less => Comparison((a, b) => a < b, new("<", "<", Precedence.Comparison)),
        Op.LessOrEqual => Comparison((a, b) => a <= b, new("≤", "\\le", Precedence.Comparison)),
        Op.Greater => Comparison((a, b) => a > b, new(">", ">", Precedence.Comparison)),
        Op.GreaterOrEqual => Comparison((a, b) => a >= b, new("≥", "\\ge", Precedence.Comparison)),
        Op.Equal => Comparison((a, b) => a == b, new("==", "==", Precedence.Comparison)),
        Op.NotEqual => Comparison((a, b) => a != b, new("≠", "\\ne", Precedence.Comparison)),
        Op.Not => Logic(1, (a, _) => a == 0, new("not", "\\lnot", Precedence.Not)),
        Op.And => Logic(2, (a, b) => a != 0 && b != 0, new("and", "\\land", Precedence.And)),
        Op.Or => Logic(2, (a, b) => a != 0 || b != 0, new("or", "\\lor", Precedence.Or)),
        Op.Select => new Operation
        {
            Kind = OperationKind.Choice, Arity = 3, Value = (a, b, c) => a != 0 ? b : c, Inherited = ErrorRules.OfChoice, Roundings = 0,
            Least = -Infinity, Largest = Infinity, Degree = 1,
        },

        Op.Sqrt => Function(
            x => Math.Sqrt(x), inherited: null, roundings: 1, least: 0, Infinity, degree: 0.5,
            new(["sqrt"], [], ["square_root"], "square root of each element"),
            new("Math.Sqrt", "Sqrt") { IsMember = true, VectorElement = "SquareRoot", IsWide = true }),
        Op.Cbrt => Function(
            RealFunctions.Cbrt, inherited: null, OfFunction, -Infinity, Infinity, degree: 1 / 3.0,
            new(["cbrt"], [], [], "cube root of each element"),
            new("Math.Cbrt", "Cbrt")),
        Op.Abs => Function(
            Math.Abs, ErrorRules.OfSlopeOne, roundings: 0, least: 0, Infinity, degree: 1,
            new(["abs"], [], ["absolute", "fabs"], "magnitude |x|"),
            new("Math.Abs", "Abs") { IsMember = true, IsWide = true }),
        Op.Sign => Function(
            RealFunctions.Sign, ErrorRules.OfSign, roundings: 0, least: -1, largest: 1, degree: 0,
            new(["sign", "sgn"], ["sign"], ["signum"], "-1, 0 or 1"),
            new("ElementMath.Sign", "Sign") { IsWide = true }),
        Op.Exp => Function(
            Math.Exp, inherited: null, OfFunction, least: 0, Infinity, degree: null,
            new(["exp"], ["exp"], [], "e to the power x"),
            new("Math.Exp", "Exp")),
        Op.Ln => Function(
            Math.Log, inherited: null, OfFunction, -Infinity, Infinity, degree: null,
            new(["log", "ln"], ["log", "ln"], [], "natural logarithm"),
            new("Math.Log", "Ln")),
        Op.Sin => Function(
            Math.Sin, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["sin"], ["sin"], [], "sine of radians"),
            new("Math.Sin", "Sin")),
        Op.Cos => Function(
            Math.Cos, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["cos"], ["cos"], [], "cosine of radians"),
            new("Math.Cos", "Cos")),
        Op.Tanh => Function(
            Math.Tanh, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["tanh"], ["tanh"], [], "hyperbolic tangent"),
            new("Math.Tanh", "Tanh")),
        Op.Sigmoid => Function(
            RealFunctions.Sigmoid, ErrorRules.OfSlopeOne, OfFunction, least: 0, largest: 1, degree: null,
            new(["sigmoid"], [], ["expit"], "1 / (1 + exp(-x))"),
            new("ElementMath.Sigmoid", "Sigmoid")),
        Op.Erf => Function(
            RealFunctions.Erf, inherited: null, OfFunction, least: -1, largest: 1, degree: null,
            new(["erf"], [], [], "error function, 2/√π times the integral of exp(-s²) from 0 to x"),
            new("ElementMath.Erf", "Erf")),
        Op.Floor => Function(
            Math.Floor, ErrorRules.OfFloor, roundings: 0, -Infinity, Infinity, degree: null,
            new(["floor"], [], [], "largest whole number not above x"),
            new("Math.Floor", "Floor") { IsMember = true, IsWide = true }),
        Op.Atan2 => FunctionOfTwo(
            Math.Atan2, ErrorRules.OfAngle, OfFunction, -Math.PI, Math.PI, degree: 0,
            new(["atan2"], [], ["arctan2"], "angle of the point (x, y): atan2(y, x)"),
            new("Math.Atan2", "Atan2")),
        Op.Min => FunctionOfTwo(
            Math.Min, ErrorRules.OfPick, roundings: 0, -Infinity, Infinity, degree: 1,
            new(["min"], ["min"], ["minimum", "fmin"], "the smallest argument, element by element") { TakesMore = true },
            new("Math.Min", "Min") { IsMember = true, IsWide = true }),
        Op.Max => FunctionOfTwo(
            Math.Max, ErrorRules.OfPick, roundings: 0, -Infinity, Infinity, degree: 1,
            new(["max"], ["max"], ["maximum", "fmax"], "the largest argument, element by element") { TakesMore = true },
            new("Math.Max", "Max") { IsMember = true, IsWide = true }),

        Op.Sum => Reduction(1, Reductions.Sum, -Infinity, degree: 1, new(["sum"], [], ["reduce_sum"], "sum over the whole tensor")),
        Op.Dot => Reduction(2, Reductions.Dot, -Infinity, degree: 2, new(["dot"], [], ["vdot", "inner"], "sum of products over the whole tensor")),
        Op.Norm => Reduction(1, Reductions.Norm, least: 0, degree: 1, new(["norm"], [], ["l2norm"], "Euclidean norm of the whole tensor, ‖x‖")),
        Op.MaxAbs => Reduction(1, Reductions.MaxAbs, least: 0, degree: 1, new(["maxabs"], [], [], "largest magnitude in the whole tensor")),
        Op.Count => Reduction(1, Reductions.Count, least: 0, degree: 0, new(["count"], [], ["numel", "size"], "number of elements of the tensor")),

        Op.Copy => Form(1) with { Value = (a, _, _) => a, Inherited = ErrorRules.OfSlopeOne, Degree = 1 },
        Op.MultiplyAdd => Form(3) with { Value = (a, b, c) => (a * b) + c },
        Op.New => Form(1),
        Op.Linear or Op.Product or Op.Constant or Op.Hyper or Op.Step or Op.Gradient or Op.Old => Form(0),
    };
#pragma warning restore CS8524

    private static Operation Arithmetic(
        int arity, Func<double, double, double, double> value, ErrorRule? inherited, int roundings, double? degree, SignSpelling sign, KernelFunction? kernel = null) => new()
        {
            Kind = OperationKind.Arithmetic, Arity = arity, Value = value, Inherited = inherited ?? ErrorRules.OfMonotone(value), Roundings = roundings,
            Least = -Infinity, Largest = Infinity, Degree = degree, Sign = sign, Kernel = kernel,
        };

    private static Operation Comparison(Func<double, double, bool> value, SignSpelling sign) => new()
    {
        Kind = OperationKind.Comparison, Arity = 2, Value = (a, b, _) => value(a, b) ? 1 : 0, Inherited = ErrorRules.OfComparison, Roundings = 0,
        Least = 0, Largest = 1, Degree = 0, Sign = sign,
    };

    private static Operation Logic(int arity, Func<double, double, bool> value, SignSpelling sign) => new()
    {
        Kind = OperationKind.Logic, Arity = arity, Value = (a, b, _) => value(a, b) ? 1 : 0, Inherited = ErrorRules.OfLogic, Roundings = 0,
        Least = 0, Largest = 1, Degree = 0, Sign = sign,
    };

    private static Operation Function(
        Func<double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree, NameSpelling names, KernelFunction kernel) =>
        Function(1, (a, _, _) => value(a), inherited, roundings, least, largest, degree, names, kernel);

    private static Operation FunctionOfTwo(
        Func<double, double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree, NameSpelling names, KernelFunction kernel) =>
        Function(2, (a, b, _) => value(a, b), inherited, roundings, least, largest, degree, names, kernel);

    private static Operation Function(
        int arity, Func<double, double, double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree,
        NameSpelling names, KernelFunction kernel) => new()
        {
            Kind = OperationKind.Function, Arity = arity, Value = value, Inherited = inherited ?? ErrorRules.OfMonotone(value), Roundings = roundings,
            Least = least, Largest = largest, Degree = degree, Names = names, Kernel = kernel,
        };

    private static Operation Reduction(int arity, TensorFunction total, double least, double degree, NameSpelling names) => new()
    {
        Kind = OperationKind.Reduction, Arity = arity, Value = null, Total = total, Inherited = null, Roundings = 0,
        Least = least, Largest = Infinity, Degree = degree, Names = names,
    };

    private static Operation Form(int arity) => new()
    {
        Kind = OperationKind.Form, Arity = arity, Value = null, Inherited = null, Roundings = 0, Least = -Infinity, Largest = Infinity, Degree = null,
    };
}
