using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The built-in functions: their names, how many arguments they take, and a line of help for each.</summary>
internal static class FunctionTable
{
    /// <summary>The function that takes a function of the whole tensor over all tensors of the group.</summary>
    public const string Group = "group";

    public static readonly IReadOnlyDictionary<string, Function> All = new[]
    {
        new Function("sqrt", 1, 1, "square root of each element", Op.Sqrt),
        new Function("cbrt", 1, 1, "cube root of each element", Op.Cbrt),
        new Function("rsqrt", 1, 1, "1 / √x"),
        new Function("square", 1, 1, "x²"),
        new Function("abs", 1, 1, "magnitude |x|", Op.Abs),
        new Function("sign", 1, 1, "-1, 0 or 1", Op.Sign),
        new Function("sgn", 1, 1, "-1, 0 or 1", Op.Sign),
        new Function("exp", 1, 1, "e to the power x", Op.Exp),
        new Function("log", 1, 1, "natural logarithm", Op.Ln),
        new Function("ln", 1, 1, "natural logarithm", Op.Ln),
        new Function("sin", 1, 1, "sine of radians", Op.Sin),
        new Function("cos", 1, 1, "cosine of radians", Op.Cos),
        new Function("tanh", 1, 1, "hyperbolic tangent", Op.Tanh),
        new Function("sigmoid", 1, 1, "1 / (1 + exp(-x))", Op.Sigmoid),
        new Function("floor", 1, 1, "largest whole number not above x", Op.Floor),
        new Function("atan2", 2, 2, "angle of the point (x, y): atan2(y, x)", Op.Atan2),
        new Function("min", 2, int.MaxValue, "the smallest argument, element by element", Op.Min),
        new Function("max", 2, int.MaxValue, "the largest argument, element by element", Op.Max),
        new Function("clamp", 3, 3, "x kept between low and high: clamp(x, low, high)"),
        new Function("clip", 3, 3, "x kept between low and high: clip(x, low, high)"),
        new Function("where", 3, 3, "where(condition, a, b): a where the condition holds, else b"),
        new Function("pow", 2, 2, "x to the power y"),
        new Function("sum", 1, 1, "sum over the whole tensor") { IsReduction = true },
        new Function("mean", 1, 1, "mean over the whole tensor") { IsReduction = true },
        new Function("norm", 1, 1, "Euclidean norm of the whole tensor, ‖x‖") { IsReduction = true },
        new Function("norm1", 1, 1, "sum of magnitudes over the whole tensor") { IsReduction = true },
        new Function("maxabs", 1, 1, "largest magnitude in the whole tensor") { IsReduction = true },
        new Function("dot", 2, 2, "sum of products over the whole tensor") { IsReduction = true },
        new Function("rms", 1, 1, "root of the mean of squares over the whole tensor") { IsReduction = true },
        new Function("count", 1, 1, "number of elements of the tensor") { IsReduction = true },
        new Function(Group, 1, 1, "a function of the whole tensor, taken over all tensors of the group: group(norm(x))"),
    }.ToDictionary(function => function.Name);

    /// <summary>Constants, where the name is not declared.</summary>
    public static readonly IReadOnlyDictionary<string, double> Constants = new Dictionary<string, double>
    {
        ["π"] = Math.PI,
        ["e"] = Math.E,
    };
}

/// <summary>A built-in function.</summary>
/// <param name="Name">How it is written.</param>
/// <param name="FewestArguments">How many arguments it needs.</param>
/// <param name="MostArguments">How many it takes.</param>
/// <param name="Help">What it computes, in a line.</param>
/// <param name="Element">The element-wise function it is, if it is one directly.</param>
internal sealed record Function(string Name, int FewestArguments, int MostArguments, string Help, Op? Element = null)
{
    /// <summary>True for a function of the whole tensor.</summary>
    public bool IsReduction { get; init; }
}
