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

    private static readonly Dictionary<string, Op> Calls = All
        .SelectMany(entry => (entry.Value.Sign?.Calls ?? []).Select(call => (call, entry.Key))).ToDictionary(pair => pair.call, pair => pair.Key);

    /// <summary>The operation that array libraries write as a call, where formulas have a sign; null for none.</summary>
    public static (Op Op, int Arity)? Called(string name) => Calls.TryGetValue(name, out var op) ? (op, Of(op).Arity) : null;

    // An operation that lacks an entry is an error (CS8509); numbers that are no operation are nobody's.
#pragma warning disable CS8524
    private static Operation Entry(Op op) => op switch
    {
        Op.Negate => Arithmetic(1, (a, _, _) => -a, ErrorRules.OfSlopeOne, roundings: 0, degree: 1, new("-", "-", Precedence.Product) { Calls = ["neg", "negative"] }),
        Op.Add => Arithmetic(2, (a, b, _) => a + b, ErrorRules.OfSum, roundings: 1, degree: 1, new("+", "+", Precedence.Sum) { Calls = ["add"] }),
        Op.Subtract => Arithmetic(2, (a, b, _) => a - b, ErrorRules.OfSum, roundings: 1, degree: 1, new("-", "-", Precedence.Sum) { Calls = ["sub", "subtract"] }),
        Op.Multiply => Arithmetic(2, (a, b, _) => a * b, ErrorRules.OfProduct, roundings: 1, degree: 2, new("·", "\\cdot", Precedence.Term) { Calls = ["mul", "multiply"] }),
        Op.Divide => Arithmetic(2, (a, b, _) => a / b, ErrorRules.OfQuotient, roundings: 3, degree: 0, new("/", "/", Precedence.Term) { Calls = ["div", "divide", "truedivide"] }),
        Op.Power => Arithmetic(
            2, (a, b, _) => RealFunctions.Power(a, b), inherited: null, OfFunction, degree: null, new("^", "^", Precedence.Power),
            new("Math.Pow", "Pow")),

        Op.Less => Comparison((a, b) => a < b, new("<", "<", Precedence.Comparison) { Calls = ["lt", "less"] }),
        Op.LessOrEqual => Comparison((a, b) => a <= b, new("≤", "\\le", Precedence.Comparison) { Calls = ["le", "lessequal"] }),
        Op.Greater => Comparison((a, b) => a > b, new(">", ">", Precedence.Comparison) { Calls = ["gt", "greater"] }),
        Op.GreaterOrEqual => Comparison((a, b) => a >= b, new("≥", "\\ge", Precedence.Comparison) { Calls = ["ge", "greaterequal"] }),
        Op.Equal => Comparison((a, b) => a == b, new("==", "==", Precedence.Comparison) { Calls = ["eq", "equal"] }),
        Op.NotEqual => Comparison((a, b) => a != b, new("≠", "\\ne", Precedence.Comparison) { Calls = ["ne", "notequal"] }),
        Op.Not => Logic(1, (a, _) => a == 0, new("not", "\\lnot", Precedence.Not) { Calls = ["logicalnot"] }),
        Op.And => Logic(2, (a, b) => a != 0 && b != 0, new("and", "\\land", Precedence.And) { Calls = ["logicaland"] }),
        Op.Or => Logic(2, (a, b) => a != 0 || b != 0, new("or", "\\lor", Precedence.Or) { Calls = ["logicalor"] }),
        Op.Select => new Operation
        {
            Kind = OperationKind.Choice,
            Arity = 3,
            Value = (a, b, c) => a != 0 ? b : c,
            Inherited = ErrorRules.OfChoice,
            Roundings = 0,
            Least = -Infinity,
            Largest = Infinity,
            Degree = 1,
        },

        Op.Sqrt => Function(
            x => Math.Sqrt(x), inherited: null, roundings: 1, least: 0, Infinity, degree: 0.5,
            new(["sqrt"], [], ["square_root", "sqrtf"], "square root of each element"),
            new("Math.Sqrt", "Sqrt") { IsMember = true, IsWide = true },
            new("math.sqrt({0})", "torch.sqrt({0})", "jnp.sqrt({0})", "sqrt({0})") { Foreach = "torch._foreach_sqrt({0})" }),
        Op.Cbrt => Function(
            RealFunctions.Cbrt, inherited: null, OfFunction, -Infinity, Infinity, degree: 1 / 3.0,
            new(["cbrt"], [], [], "cube root of each element"),
            new("Math.Cbrt", "Cbrt"),
            new("(math.copysign(1, {0}) * abs({0}) ** (1 / 3))", "(torch.sign({0}) * torch.abs({0}) ** (1 / 3))", "jnp.cbrt({0})", "cbrt({0})")),
        Op.Abs => Function(
            Math.Abs, ErrorRules.OfSlopeOne, roundings: 0, least: 0, Infinity, degree: 1,
            new(["abs"], [], ["absolute", "fabs", "fabsf"], "magnitude |x|"),
            new("Math.Abs", "Abs") { IsMember = true, IsWide = true },
            new("abs({0})", "torch.abs({0})", "jnp.abs({0})", "fabs({0})") { Foreach = "torch._foreach_abs({0})" }),
        Op.Sign => Function(
            RealFunctions.Sign, ErrorRules.OfSign, roundings: 0, least: -1, largest: 1, degree: 0,
            new(["sign", "sgn"], ["sign"], ["signum"], "-1, 0 or 1"),
            new("ElementMath.Sign", "Sign") { IsMember = true, IsWide = true },
            new("(({0} > 0) - ({0} < 0))", "torch.sign({0})", "jnp.sign({0})", "SIGN({0})")),
        Op.Exp => Function(
            Math.Exp, inherited: null, OfFunction, least: 0, Infinity, degree: null,
            new(["exp"], ["exp"], [], "e to the power x"),
            new("Math.Exp", "Exp"),
            new("math.exp({0})", "torch.exp({0})", "jnp.exp({0})", "exp({0})") { Foreach = "torch._foreach_exp({0})" }),
        Op.Ln => Function(
            Math.Log, inherited: null, OfFunction, -Infinity, Infinity, degree: null,
            new(["log", "ln"], ["log", "ln"], [], "natural logarithm"),
            new("Math.Log", "Ln"),
            new("math.log({0})", "torch.log({0})", "jnp.log({0})", "log({0})") { Foreach = "torch._foreach_log({0})" }),
        Op.Sin => Function(
            Math.Sin, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["sin"], ["sin"], [], "sine of radians"),
            new("Math.Sin", "Sin"),
            new("math.sin({0})", "torch.sin({0})", "jnp.sin({0})", "sin({0})") { Foreach = "torch._foreach_sin({0})" }),
        Op.Cos => Function(
            Math.Cos, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["cos"], ["cos"], [], "cosine of radians"),
            new("Math.Cos", "Cos"),
            new("math.cos({0})", "torch.cos({0})", "jnp.cos({0})", "cos({0})") { Foreach = "torch._foreach_cos({0})" }),
        Op.Tanh => Function(
            Math.Tanh, ErrorRules.OfSlopeOne, OfFunction, least: -1, largest: 1, degree: null,
            new(["tanh"], ["tanh"], [], "hyperbolic tangent"),
            new("Math.Tanh", "Tanh"),
            new("math.tanh({0})", "torch.tanh({0})", "jnp.tanh({0})", "tanh({0})") { Foreach = "torch._foreach_tanh({0})" }),
        Op.Sigmoid => Function(
            RealFunctions.Sigmoid, ErrorRules.OfSlopeOne, OfFunction, least: 0, largest: 1, degree: null,
            new(["sigmoid"], [], ["expit"], "1 / (1 + exp(-x))"),
            new("ElementMath.Sigmoid", "Sigmoid"),
            new("(1 / (1 + math.exp(-({0}))))", "torch.sigmoid({0})", "jax.nn.sigmoid({0})", "SIGMOID({0})") { Foreach = "torch._foreach_sigmoid({0})" }),
        Op.Erf => Function(
            RealFunctions.Erf, inherited: null, OfFunction, least: -1, largest: 1, degree: null,
            new(["erf"], [], [], "error function, 2/√π times the integral of exp(-s²) from 0 to x"),
            new("ElementMath.Erf", "Erf"),
            new("math.erf({0})", "torch.erf({0})", "jax.lax.erf({0})", "erf({0})") { Foreach = "torch._foreach_erf({0})" }),
        Op.Floor => Function(
            Math.Floor, ErrorRules.OfFloor, roundings: 0, -Infinity, Infinity, degree: null,
            new(["floor"], [], [], "largest whole number not above x"),
            new("Math.Floor", "Floor") { IsMember = true, IsWide = true },
            new("math.floor({0})", "torch.floor({0})", "jnp.floor({0})", "floor({0})") { Foreach = "torch._foreach_floor({0})" }),
        Op.Atan2 => FunctionOfTwo(
            Math.Atan2, ErrorRules.OfAngle, OfFunction, -Math.PI, Math.PI, degree: 0,
            new(["atan2"], [], ["arctan2"], "angle of the point (x, y): atan2(y, x)"),
            new("Math.Atan2", "Atan2"),
            new("math.atan2({0}, {1})", "torch.atan2({0}, {1})", "jnp.arctan2({0}, {1})", "atan2({0}, {1})")),
        Op.Min => FunctionOfTwo(
            Math.Min, ErrorRules.OfPick, roundings: 0, -Infinity, Infinity, degree: 1,
            new(["min"], ["min"], ["minimum", "fmin", "fminf"], "the smallest argument, element by element") { TakesMore = true },
            new("Math.Min", "Min") { IsMember = true, IsWide = true },
            new("min({0}, {1})", "torch.minimum({0}, {1})", "jnp.minimum({0}, {1})", "MIN({0}, {1})") { Foreach = "torch._foreach_minimum({0}, {1})" }),
        Op.Max => FunctionOfTwo(
            Math.Max, ErrorRules.OfPick, roundings: 0, -Infinity, Infinity, degree: 1,
            new(["max"], ["max"], ["maximum", "fmax", "fmaxf"], "the largest argument, element by element") { TakesMore = true },
            new("Math.Max", "Max") { IsMember = true, IsWide = true },
            new("max({0}, {1})", "torch.maximum({0}, {1})", "jnp.maximum({0}, {1})", "MAX({0}, {1})") { Foreach = "torch._foreach_maximum({0}, {1})" }),

        Op.Sum => Reduction(1, Reductions.Sum, -Infinity, degree: 1, new(["sum"], [], ["reduce_sum"], "sum over the whole tensor")),
        Op.Dot => Reduction(2, Reductions.Dot, -Infinity, degree: 2, new(["dot"], [], ["vdot", "inner"], "sum of products over the whole tensor")),
        Op.Norm => Reduction(1, Reductions.Norm, least: 0, degree: 1, new(["norm"], [], ["l2norm"], "Euclidean norm of the whole tensor, ‖x‖")),
        Op.MaxAbs => Reduction(1, Reductions.MaxAbs, least: 0, degree: 1, new(["maxabs"], [], [], "largest magnitude in the whole tensor")),
        Op.Count => Reduction(1, Reductions.Count, least: 0, degree: 0, new(["count"], [], ["numel", "size"], "number of elements of the tensor")),

        Op.Rows => Dimension(new(["rows"], [], ["nrows"], "how many rows the tensor has as a matrix: its first dimension")),
        Op.Columns => Dimension(new(["columns"], [], ["cols", "ncols"], "how many columns the tensor has as a matrix: all dimensions but the first; of a vector 1")),
        Op.Rank => Dimension(new(["rank"], [], ["ndim", "ndims"], "how many dimensions the tensor has: 1 for a vector, 2 for a matrix")),
        Op.Identity => Form(0) with { Least = 0, Largest = 1, Degree = 0 },
        Op.MatrixProduct => Matrix(2, Matrices.Product, degree: 2) with { Sign = new("@", "@", Precedence.Term) { Calls = ["matmul", "mm"] } },
        Op.Transpose => Matrix(1, Matrices.Transpose, degree: 1) with { Names = new(["transpose"], [], [], "the transposed matrix, Xᵀ") },
        Op.RowSum => Matrix(1, Matrices.OfRows(Reductions.Sum), degree: 1) with { Names = new(["rowsum"], [], [], "sum of each row of a matrix") },
        Op.RowNorm => Matrix(1, Matrices.OfRows(Reductions.Norm), degree: 1) with { Least = 0, Names = new(["rownorm"], [], [], "Euclidean norm of each row of a matrix") },
        Op.RowMax => Matrix(1, Matrices.OfRows(Matrices.Largest), degree: 1) with { Names = new(["rowmax"], [], [], "largest value of each row of a matrix") },
        Op.ColumnSum => Matrix(1, Matrices.OfColumns(Reductions.Sum), degree: 1) with { Names = new(["colsum"], [], ["columnsum"], "sum of each column of a matrix") },
        Op.ColumnNorm => Matrix(1, Matrices.OfColumns(Reductions.Norm), degree: 1) with { Least = 0, Names = new(["colnorm"], [], ["columnnorm"], "Euclidean norm of each column of a matrix") },
        Op.ColumnMax => Matrix(1, Matrices.OfColumns(Matrices.Largest), degree: 1) with { Names = new(["colmax"], [], ["columnmax"], "largest value of each column of a matrix") },
        Op.Trace => Matrix(1, Matrices.Trace, degree: 1) with { Names = new(["trace"], [], ["tr"], "sum of the diagonal of a square matrix") },
        Op.Diagonal => Matrix(1, Matrices.Diagonal, degree: 1) with { Names = new(["diag"], [], ["diagonal"], "the diagonal of a square matrix, as a column of numbers") },
        Op.PolarFactor => Matrix(1, Matrices.PolarFactor, degree: 0) with
        {
            Least = -1,
            Largest = 1,
            Names = new(["msign"], [], ["matrix_sign", "orthogonalize", "polar_factor"], "the nearest orthogonal matrix, UVᵀ of the singular value decomposition USVᵀ"),
        },
        Op.NewtonSchulz => Matrix(3, Matrices.NewtonSchulz, degree: null) with
        {
            Names = new(["newtonschulz"], [], ["newton_schulz"], "Newton–Schulz steps: newtonschulz(X, coefficients, steps), with X scaled so that no singular value is beyond 1"),
        },
        Op.InverseRoot => Matrix(2, Matrices.InverseRoot, degree: null) with
        {
            Names = new(["inverseroot"], [], ["inverse_pth_root", "matrix_inverse_root"], "inverse root of a symmetric matrix, L^{-1/p}: inverseroot(L, p)"),
        },
        Op.Eigenvectors => Matrix(1, Matrices.Eigenvectors, degree: 0) with
        {
            Least = -1,
            Largest = 1,
            Names = new(["eigvecs"], [], ["eigenvectors"], "eigenvectors of a symmetric matrix as columns, by eigenvalues from the largest down"),
        },
        Op.Orthogonal => Matrix(1, Matrices.Orthogonal, degree: 0) with
        {
            Least = -1,
            Largest = 1,
            Names = new(["qr"], [], [], "the orthogonal factor of the QR decomposition of a square matrix"),
        },
        Op.Ordering => Matrix(1, Matrices.Ordering, degree: 0) with
        {
            Least = 0,
            Largest = 1,
            Names = new(["ordering"], [], [], "the permutation P with which M @ P orders the columns of M by the numbers, the largest first: ordering(diag(L))"),
        },

        Op.Copy => Form(1) with { Value = (a, _, _) => a, Inherited = ErrorRules.OfSlopeOne, Degree = 1 },
        Op.MultiplyAdd => Form(3) with { Value = (a, b, c) => (a * b) + c },
        Op.New => Form(1),
        Op.Linear or Op.Product or Op.Constant or Op.Hyper or Op.Step or Op.Gradient or Op.Old => Form(0),
    };
#pragma warning restore CS8524

    private static Operation Arithmetic(
        int arity, Func<double, double, double, double> value, ErrorRule? inherited, int roundings, double? degree, SignSpelling sign, KernelFunction? kernel = null) => new()
        {
            Kind = OperationKind.Arithmetic,
            Arity = arity,
            Value = value,
            Inherited = inherited ?? ErrorRules.OfMonotone(value),
            Roundings = roundings,
            Least = -Infinity,
            Largest = Infinity,
            Degree = degree,
            Sign = sign,
            Kernel = kernel,
        };

    private static Operation Comparison(Func<double, double, bool> value, SignSpelling sign) => new()
    {
        Kind = OperationKind.Comparison,
        Arity = 2,
        Value = (a, b, _) => value(a, b) ? 1 : 0,
        Inherited = ErrorRules.OfComparison,
        Roundings = 0,
        Least = 0,
        Largest = 1,
        Degree = 0,
        Sign = sign,
    };

    private static Operation Logic(int arity, Func<double, double, bool> value, SignSpelling sign) => new()
    {
        Kind = OperationKind.Logic,
        Arity = arity,
        Value = (a, b, _) => value(a, b) ? 1 : 0,
        Inherited = ErrorRules.OfLogic,
        Roundings = 0,
        Least = 0,
        Largest = 1,
        Degree = 0,
        Sign = sign,
    };

    private static Operation Function(
        Func<double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree, NameSpelling names, KernelFunction kernel, ForeignFunction foreign) =>
        Function(1, (a, _, _) => value(a), inherited, roundings, least, largest, degree, names, kernel, foreign);

    private static Operation FunctionOfTwo(
        Func<double, double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree, NameSpelling names, KernelFunction kernel, ForeignFunction foreign) =>
        Function(2, (a, b, _) => value(a, b), inherited, roundings, least, largest, degree, names, kernel, foreign);

    private static Operation Function(
        int arity, Func<double, double, double, double> value, ErrorRule? inherited, int roundings, double least, double largest, double? degree,
        NameSpelling names, KernelFunction kernel, ForeignFunction foreign) => new()
        {
            Kind = OperationKind.Function,
            Arity = arity,
            Value = value,
            Inherited = inherited ?? ErrorRules.OfMonotone(value),
            Roundings = roundings,
            Least = least,
            Largest = largest,
            Degree = degree,
            Names = names,
            Kernel = kernel,
            Foreign = foreign,
        };

    private static Operation Reduction(int arity, TensorFunction total, double least, double degree, NameSpelling names) => new()
    {
        Kind = OperationKind.Reduction,
        Arity = arity,
        Value = null,
        Total = total,
        Inherited = null,
        Roundings = 0,
        Least = least,
        Largest = Infinity,
        Degree = degree,
        Names = names,
    };

    private static Operation Matrix(int arity, MatrixFunction value, double? degree) => Form(arity) with { Kind = OperationKind.Matrix, OfMatrices = value, Degree = degree };

    private static Operation Dimension(NameSpelling names) => Form(1) with { Kind = OperationKind.Dimension, Least = 0, Degree = 0, Names = names };

    private static Operation Form(int arity) => new()
    {
        Kind = OperationKind.Form,
        Arity = arity,
        Value = null,
        Inherited = null,
        Roundings = 0,
        Least = -Infinity,
        Largest = Infinity,
        Degree = null,
    };
}
