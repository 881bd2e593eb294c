using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>What formulas can call: the operations that are written as calls, and what is made of them.</summary>
internal static class Functions
{
    /// <summary>The function that takes a function of the whole tensor over all tensors of the group.</summary>
    public const string Group = "group";

    /// <summary>The function that may stand between its arguments: <c>t mod k</c>.</summary>
    public const string Remainder = "mod";

    private static readonly Meaning Mean = Meaning.Of(Op.Divide, Meaning.Of(Op.Sum, Meaning.X), Meaning.Of(Op.Count, Meaning.X));

    private static readonly Meaning Variance = Meaning.Of(
        Op.Divide, Meaning.Of(Op.Sum, Meaning.Of(Op.Power, Meaning.Of(Op.Subtract, Meaning.X, Mean), 2)), Meaning.Of(Op.Count, Meaning.X));

    /// <summary>The steps of Muon's code.</summary>
    private static Meaning Muon(Meaning steps) =>
        Meaning.Of(Op.NewtonSchulz, Meaning.Of(Op.Divide, Meaning.X, Meaning.Of(Op.Add, Meaning.Of(Op.Norm, Meaning.X), 1e-7)), 0, steps);

    private static readonly ImmutableArray<Function> Composed =
    [
        new("relu", 1, Meaning.Of(Op.Max, Meaning.X, 0), "x where it is positive, else 0"),
        new("ceil", 1, Meaning.Of(Op.Negate, Meaning.Of(Op.Floor, Meaning.Of(Op.Negate, Meaning.X))), "smallest whole number not below x"),
        new("reciprocal", 1, Meaning.Of(Op.Divide, 1, Meaning.X), "1 / x"),
        new("log2", 1, Meaning.Of(Op.Divide, Meaning.Of(Op.Ln, Meaning.X), Math.Log(2)), "logarithm to base 2"),
        new("log10", 1, Meaning.Of(Op.Divide, Meaning.Of(Op.Ln, Meaning.X), Math.Log(10)), "logarithm to base 10"),
        new("rsqrt", 1, Meaning.Of(Op.Divide, 1, Meaning.Of(Op.Sqrt, Meaning.X)), "1 / √x"),
        new("square", 1, Meaning.Of(Op.Power, Meaning.X, 2), "x²") { Python = ["abs2"] },
        .. Named(["clamp", "clip"], name => new Function(
            name, 3, Meaning.Of(Op.Min, Meaning.Of(Op.Max, Meaning.X, Meaning.Y), Meaning.Z), $"x kept between low and high: {name}(x, low, high)")
            {
                HasCommand = name == "clip",
            }),
        new("where", 3, Meaning.Of(Op.Select, Meaning.X, Meaning.Y, Meaning.Z), "where(condition, a, b): a where the condition holds, else b"),
        new("pow", 2, Meaning.Of(Op.Power, Meaning.X, Meaning.Y), "x to the power y") { Python = ["power", "float_power", "powf", "powi"] },
        new(Remainder, 2, Meaning.Of(Op.Subtract, Meaning.X, Meaning.Of(Op.Multiply, Meaning.Y, Meaning.Of(Op.Floor, Meaning.Of(Op.Divide, Meaning.X, Meaning.Y)))), "remainder, x - y·floor(x / y): x mod y, or mod(x, y)")
        {
            Python = ["remainder", "fmod"],
        },
        new("mean", 1, Mean, "mean over the whole tensor") { IsReduction = true, Python = ["average", "reduce_mean"] },
        new("var", 1, Variance, "variance over the whole tensor: the mean of (x - mean(x))², over all elements") { IsReduction = true, Python = ["variance", "reduce_variance"] },
        new("std", 1, Meaning.Of(Op.Sqrt, Variance), "standard deviation over the whole tensor, the root of var(x)") { IsReduction = true, Python = ["stddev", "reduce_std"] },
        new("norm1", 1, Meaning.Of(Op.Sum, Meaning.Of(Op.Abs, Meaning.X)), "sum of magnitudes over the whole tensor") { IsReduction = true },

        // The norm does not overflow where the mean of squares does.
        new("rms", 1, Meaning.Of(Op.Divide, Meaning.Of(Op.Norm, Meaning.X), Meaning.Of(Op.Sqrt, Meaning.Of(Op.Count, Meaning.X))), "root of the mean of squares over the whole tensor")
        {
            IsReduction = true,
        },
        new("newtonschulz5", 1, Muon(5), "Muon's five Newton–Schulz steps with the original coefficients, of x / (‖x‖ + 1e-7)") { Python = ["newton_schulz5", "zeropower_via_newtonschulz5"] },
        new("rowmean", 1, Meaning.Of(Op.Divide, Meaning.Of(Op.RowSum, Meaning.X), Meaning.Of(Op.Columns, Meaning.X)), "mean of each row of a matrix"),
        new("colmean", 1, Meaning.Of(Op.Divide, Meaning.Of(Op.ColumnSum, Meaning.X), Meaning.Of(Op.Rows, Meaning.X)), "mean of each column of a matrix") { Python = ["columnmean"] },
        new("rowmin", 1, Meaning.Of(Op.Negate, Meaning.Of(Op.RowMax, Meaning.Of(Op.Negate, Meaning.X))), "smallest value of each row of a matrix"),
        new("colmin", 1, Meaning.Of(Op.Negate, Meaning.Of(Op.ColumnMax, Meaning.Of(Op.Negate, Meaning.X))), "smallest value of each column of a matrix") { Python = ["columnmin"] },
        new(Group, 1, Meaning.X, "a function of the whole tensor, taken over all tensors of the group: group(norm(x))"),
    ];

    /// <summary>A step of the power iteration on the columns of Q, put in the order of their eigenvalues first.</summary>
    private static readonly Meaning PowerIteration = Meaning.Of(
        Op.Orthogonal,
        Meaning.Of(
            Op.MatrixProduct,
            Meaning.Of(Op.MatrixProduct, Meaning.X, Meaning.Y),
            Meaning.Of(Op.Ordering, Meaning.Of(Op.Diagonal, Meaning.Of(Op.MatrixProduct, Meaning.Of(Op.MatrixProduct, Meaning.Of(Op.Transpose, Meaning.Y), Meaning.X), Meaning.Y)))));

    /// <summary>What functions compute of more arguments than usual.</summary>
    private static readonly ImmutableArray<Function> Longer =
    [
        new("newtonschulz5", 2, Muon(Meaning.Y), "the same of another number of steps: newtonschulz5(M, steps)"),
        new("eigvecs", 2, PowerIteration, "the eigenvectors of a symmetric matrix, from nearly right ones by one step of the power iteration: eigvecs(L, Q)"),
        new(
            "msign", 3,
            Meaning.Of(Op.NewtonSchulz, Meaning.Of(Op.Divide, Meaning.X, Meaning.Of(Op.Max, Meaning.Of(Op.Norm, Meaning.X), SmallestNorm)), Meaning.Y, Meaning.Z),
            "the same by Newton–Schulz steps: msign(M, coefficients, steps)"),
    ];

    /// <summary>The norm that a matrix of zeros counts as where it is divided by it.</summary>
    private const double SmallestNorm = 1e-30;

    public static readonly IReadOnlyDictionary<string, Function> All = OperationTable.All
        .Where(entry => entry.Value.Names is not null)
        .SelectMany(entry => Named(entry.Value.Names!.Plain, name => Direct(name, entry.Key, entry.Value)))
        .Concat(Composed)
        .Select(function => Longer.FirstOrDefault(longer => longer.Name == function.Name) is { } longer ? function with { Longer = longer } : function)
        .ToDictionary(function => function.Name);

    private static readonly Dictionary<string, Function> ByPythonName =
        All.Values.SelectMany(function => function.Python.Select(name => (name: name.Replace("_", ""), function))).ToDictionary(pair => pair.name, pair => pair.function);

    /// <summary>Constants, where the name is not declared.</summary>
    public static readonly IReadOnlyDictionary<string, double> Constants = new Dictionary<string, double>
    {
        ["π"] = Math.PI,
        ["e"] = Math.E,
    };

    /// <summary>The unit matrix, where the name is not declared.</summary>
    public const string UnitMatrix = "I";

    /// <summary>The functions that LaTeX has a command for, or that are read as if it had.</summary>
    public static IEnumerable<string> Commands => All.Values.Where(function => function.HasCommand).Select(function => function.Name);

    /// <summary>True for <c>\name</c> where that is a function.</summary>
    public static bool IsCommand(string name) => All.TryGetValue(name, out var function) && function.HasCommand;

    /// <summary>The function that array libraries call by a name: the same one, or what it is called here.</summary>
    public static Function? OfPython(string name) =>
        All.TryGetValue(name, out var function) || ByPythonName.TryGetValue(name.Replace("_", ""), out function) ? function : null;

    /// <summary>The function that a word names, in any library's spelling and in capitals or not; underscores make no difference.</summary>
    public static Function? Find(string name) => OfPython(name) ?? OfPython(name.ToLowerInvariant());

    /// <summary>True for the argument of a function that is the name, or the number, of a set of coefficients.</summary>
    public static bool TakesCoefficients(string function, int argument) => argument == 1 && function is ("msign" or "newtonschulz");

    private static Function Direct(string name, Op op, Operation operation)
    {
        var names = operation.Names!;
        ImmutableArray<Meaning> operands = [.. Enumerable.Range(0, operation.Arity).Select(index => new ArgumentMeaning(index))];
        return new Function(name, operation.Arity, Meaning.Of(op, operands), names.Help)
        {
            Accumulates = names.TakesMore,
            IsReduction = operation.Kind == OperationKind.Reduction,
            HasCommand = names.Latex.Contains(name),
            Alias = name == names.Plain[0] || names.Latex.Contains(name) ? null : names.Plain[0],
            Python = name == names.Plain[0] ? names.Python : [],
        };
    }

    private static IEnumerable<Function> Named(ImmutableArray<string> names, Func<string, Function> function) => names.Select(function);
}

/// <summary>A function of formulas.</summary>
/// <param name="Name">How it is written.</param>
/// <param name="Arguments">How many arguments it takes, or the fewest.</param>
/// <param name="Meaning">What it computes of them.</param>
/// <param name="Help">The same, in a line.</param>
internal sealed record Function(string Name, int Arguments, Meaning Meaning, string Help)
{
    /// <summary>True where any more arguments are taken too, one after the other.</summary>
    public bool Accumulates { get; init; }

    /// <summary>True for a function of the whole tensor.</summary>
    public bool IsReduction { get; init; }

    /// <summary>True where <c>\name</c> is a command for it.</summary>
    public bool HasCommand { get; init; }

    /// <summary>The usual name, where this is another one.</summary>
    public string? Alias { get; init; }

    /// <summary>Other names in array libraries.</summary>
    public ImmutableArray<string> Python { get; init; } = [];

    /// <summary>What it computes of more arguments, where that is something else.</summary>
    public Function? Longer { get; init; }

    /// <summary>True for a number of arguments that it takes.</summary>
    public bool Takes(int count) => count == Arguments || count == Longer?.Arguments || (Accumulates && count > Arguments);

    /// <summary>The function that it is of so many arguments.</summary>
    public Function Of(int count) => count == Longer?.Arguments ? Longer : this;
}
