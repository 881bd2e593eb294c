using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.Python;

/// <summary>How an array library of Python says what formulas say.</summary>
internal abstract class PythonDialect
{
    /// <summary>The module that elementary functions come from.</summary>
    protected abstract string Module { get; }

    private readonly Dictionary<Definition, bool> _arrays = [];

    /// <summary>True for a value that is an array of the library, if only of no dimension; else it is a number of Python.</summary>
    public bool IsArray(Expr expression) => expression switch
    {
        GradientExpr or OldExpr => true,
        ReduceExpr { Reduction: Op.Count } count => count.OverGroup && CountsAreArrays,
        ReduceExpr => true,
        DefinedExpr defined => IsArray(defined.Definition),
        _ => IsTraced(expression) || expression.Children().Any(IsArray),
    };

    /// <summary>True for a value of the step that is an array all the same.</summary>
    protected abstract bool IsTraced(Expr node);

    /// <summary>True where the number of elements of a group is an array.</summary>
    protected abstract bool CountsAreArrays { get; }

    /// <summary>An element-wise function of arrays.</summary>
    public virtual CodeText Apply(Op function, CodeText operand) => CodeText.Call($"{Module}.{Name(function)}", operand);

    /// <summary>The same of numbers.</summary>
    public static CodeText ApplyToNumber(Op function, CodeText operand) => function switch
    {
        Op.Abs => CodeText.Call("abs", operand),
        Op.Ln => CodeText.Call("math.log", operand),
        Op.Cbrt => CodeText.Infix(CodeText.Call("math.copysign", CodeText.Atom("1"), operand), "*", CodeText.Infix(CodeText.Call("abs", operand), "**", CodeText.Atom("(1 / 3)"), Precedence.Power), Precedence.Product),
        Op.Sign => new($"({operand.Within(Precedence.BitOr)} > 0) - ({operand.Within(Precedence.BitOr)} < 0)", Precedence.Sum),
        Op.Sigmoid => new($"1 / (1 + math.exp(-{operand.Within(Precedence.Power)}))", Precedence.Product),
        _ => CodeText.Call($"math.{Name(function)}", operand),
    };

    public abstract CodeText Extreme(Op function, CodeText first, bool firstIsArray, CodeText second, bool secondIsArray);

    public virtual CodeText Atan2(CodeText first, CodeText second) => CodeText.Call($"{Module}.{Name(Op.Atan2)}", first, second);

    /// <summary>A choice for each element.</summary>
    public abstract CodeText Where(CodeText condition, CodeText whenTrue, CodeText whenFalse);

    /// <summary>1 where a condition of arrays holds, else 0, in the parameter's type.</summary>
    public abstract CodeText AsNumbers(CodeText condition, string parameter);

    /// <summary>A norm of a whole tensor.</summary>
    public abstract CodeText Norm(CodeText operand);

    /// <summary>The number of elements.</summary>
    public abstract CodeText Count(string parameter);

    /// <summary>The tensor filled with a number.</summary>
    public abstract CodeText Filled(string parameter, CodeText value);

    /// <summary>An array of no dimension with a number.</summary>
    public abstract CodeText Single(string parameter, CodeText value);

    protected static string Name(Op function) => function switch
    {
        Op.Sqrt => "sqrt",
        Op.Cbrt => "cbrt",
        Op.Abs => "abs",
        Op.Sign => "sign",
        Op.Exp => "exp",
        Op.Ln => "log",
        Op.Sin => "sin",
        Op.Cos => "cos",
        Op.Tanh => "tanh",
        Op.Sigmoid => "sigmoid",
        Op.Floor => "floor",
        Op.Atan2 => "atan2",
        Op.Min => "min",
        Op.Max => "max",
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown function."),
    };

    private bool IsArray(Definition definition)
    {
        if (!_arrays.TryGetValue(definition, out var isArray))
            _arrays[definition] = isArray = definition.Target is StoredSymbol || IsArray(definition.Value);
        return isArray;
    }
}
