using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.Python;

/// <summary>How an array library of Python says what formulas say.</summary>
internal abstract class PythonDialect
{
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

    /// <summary>How a function of arrays is written.</summary>
    public abstract string Template(ForeignFunction function);

    /// <summary>The smaller or larger of two, of which one at least is an array.</summary>
    public abstract CodeText Extreme(Op function, CodeText first, bool firstIsArray, CodeText second, bool secondIsArray);

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

    /// <summary>An array with memory of its own, where arrays can be written.</summary>
    public abstract CodeText Copied(CodeText array);

    private bool IsArray(Definition definition)
    {
        if (!_arrays.TryGetValue(definition, out var isArray))
            _arrays[definition] = isArray = definition.Target is StoredSymbol || IsArray(definition.Value);
        return isArray;
    }
}
