using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.Python;

/// <summary>Writes expressions.</summary>
internal sealed class PythonExpressions(PythonNames names, PythonDialect dialect)
{
    public CodeText Value(Expr expression) => expression switch
    {
        NumberExpr number => CodeText.Number(number.Value, "math.inf"),
        HyperExpr { Symbol.Source.Type: HyperType.Boolean } flag => CodeText.Call("float", CodeText.Atom(names.Hypers[flag.Symbol.Index])),
        HyperExpr hyper => CodeText.Atom(names.Hypers[hyper.Symbol.Index]),
        StepExpr => CodeText.Atom(names.Step),
        GradientExpr => CodeText.Atom(names.Gradient),
        OldExpr old => CodeText.Atom(names.Old(old.Symbol)),
        DefinedExpr defined => CodeText.Atom(names.Of(defined.Definition)),
        UnaryExpr { Operator: Op.Negate } negation => new("-" + Value(negation.Operand).Within(Tightness.Unary), Tightness.Unary),
        BinaryExpr binary when IsCondition(binary) => Truth(binary),
        UnaryExpr not => Truth(not),
        BinaryExpr binary => Arithmetic(binary),
        CallExpr call => Call(call),
        ConditionalExpr choice => Choose(choice),
        ReduceExpr { OverGroup: true } total => CodeText.Atom(names.Total(total)),
        ReduceExpr reduce => Reduce(reduce.Reduction, reduce.Arguments[0], reduce.Arguments.Length > 1 ? reduce.Arguments[1] : null),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown expression."),
    };

    /// <summary>An expression where its truth is asked for.</summary>
    public CodeText Condition(Expr expression) => expression switch
    {
        HyperExpr { Symbol.Source.Type: HyperType.Boolean } flag => CodeText.Atom(names.Hypers[flag.Symbol.Index]),
        UnaryExpr { Operator: Op.Not } not => dialect.IsArray(not)
            ? new("~" + Condition(not.Operand).Within(Tightness.Unary), Tightness.Unary)
            : new("not " + Condition(not.Operand).Within(Tightness.Not), Tightness.Not),
        BinaryExpr { Operator: Op.And or Op.Or } junction => Join(junction),
        BinaryExpr comparison when IsCondition(comparison) =>
            CodeText.Infix(Value(comparison.Left), Sign(comparison.Operator), Value(comparison.Right), Tightness.Comparison),
        _ => CodeText.Infix(Value(expression), "!=", CodeText.Atom("0"), Tightness.Comparison),
    };

    /// <summary>What a tensor adds to a function over its group, and what then becomes of all of these.</summary>
    public (CodeText Part, string Combination) Part(ReduceExpr total) => total.Reduction switch
    {
        Op.MaxAbs => (Reduce(Op.MaxAbs, total.Arguments[0], null), "max"),
        Op.Norm => (Reduce(Op.Dot, total.Arguments[0], total.Arguments[0]), "sum"),
        _ => (Reduce(total.Reduction, total.Arguments[0], total.Arguments.Length > 1 ? total.Arguments[1] : null), "sum"),
    };

    /// <summary>True where the sum over a group is not yet what its function is.</summary>
    public static bool IsRootOfSum(ReduceExpr total) => total.Reduction == Op.Norm;

    private static bool IsCondition(BinaryExpr binary) => binary.Operator.IsCondition();

    private CodeText Truth(Expr condition) => dialect.IsArray(condition)
        ? dialect.AsNumbers(Condition(condition), names.Parameter)
        : CodeText.Call("float", Condition(condition));

    private CodeText Join(BinaryExpr junction)
    {
        var isAnd = junction.Operator == Op.And;
        return dialect.IsArray(junction)
            ? CodeText.Infix(Condition(junction.Left), isAnd ? "&" : "|", Condition(junction.Right), isAnd ? Tightness.BitAnd : Tightness.BitOr)
            : CodeText.Infix(Condition(junction.Left), isAnd ? "and" : "or", Condition(junction.Right), isAnd ? Tightness.And : Tightness.Or);
    }

    private CodeText Arithmetic(BinaryExpr binary) => binary.Operator switch
    {
        Op.Add => CodeText.Infix(Value(binary.Left), "+", Value(binary.Right), Tightness.Sum),
        Op.Subtract => CodeText.Infix(Value(binary.Left), "-", Value(binary.Right), Tightness.Sum),
        Op.Multiply => CodeText.Infix(Factor(binary.Left), "*", Factor(binary.Right), Tightness.Product),
        Op.Divide when MeanOf(binary) is { } operand => Value(operand).Method("mean"),
        Op.Divide => CodeText.Infix(Value(binary.Left), "/", Value(binary.Right), Tightness.Product),
        _ => new($"{Value(binary.Left).Within(Tightness.Atom)} ** {Value(binary.Right).Within(Tightness.Unary)}", Tightness.Power),
    };

    /// <summary>A condition of arrays multiplies as it is.</summary>
    private CodeText Factor(Expr factor) => factor is BinaryExpr { Operator: >= Op.Less and <= Op.Or } && dialect.IsArray(factor) ? Condition(factor) : Value(factor);

    /// <summary>What a quotient is the mean of, where it is one of a whole tensor.</summary>
    public static Expr? MeanOf(BinaryExpr quotient) =>
        quotient is { Operator: Op.Divide, Left: ReduceExpr { Reduction: Op.Sum, OverGroup: false } sum, Right: ReduceExpr { Reduction: Op.Count, OverGroup: false } }
        && sum.Arguments[0].Cardinality == Cardinality.PerElement
            ? sum.Arguments[0]
            : null;

    private CodeText Call(CallExpr call)
    {
        var foreign = OperationTable.Of(call.Function).Foreign!;
        if (call.Function is not (Op.Min or Op.Max))
        {
            return dialect.IsArray(call)
                ? CodeText.Template(dialect.Template(foreign), [.. call.Arguments.Select(argument => Side(argument, isArray: true))])
                : CodeText.Template(foreign.Number, [.. call.Arguments.Select(Value)]);
        }

        var (first, isArray) = (Value(call.Arguments[0]), dialect.IsArray(call.Arguments[0]));
        foreach (var argument in call.Arguments.Skip(1))
        {
            first = isArray || dialect.IsArray(argument)
                ? dialect.Extreme(call.Function, first, isArray, Value(argument), dialect.IsArray(argument))
                : CodeText.Call(call.Function == Op.Min ? "min" : "max", first, Value(argument));
            isArray |= dialect.IsArray(argument);
        }

        return first;
    }

    private CodeText Choose(ConditionalExpr choice)
    {
        var (condition, isArray) = (Condition(choice.Condition), dialect.IsArray(choice));
        var (whenTrue, whenFalse) = (Side(choice.WhenTrue, isArray), Side(choice.WhenFalse, isArray));
        return dialect.IsArray(choice.Condition)
            ? dialect.Where(condition, whenTrue, whenFalse)
            : new($"{whenTrue.Within(Tightness.Or)} if {condition.Within(Tightness.Or)} else {whenFalse.Within(Tightness.Conditional)}", Tightness.Conditional);
    }

    /// <summary>An array where what stands beside it may be one.</summary>
    public CodeText Side(Expr side, bool isArray) => isArray && !dialect.IsArray(side) ? dialect.Single(names.Parameter, Value(side)) : Value(side);

    /// <summary>A function of a whole tensor; a value that is the same for all elements counts once for each of them.</summary>
    private CodeText Reduce(Op reduction, Expr first, Expr? second) => reduction switch
    {
        Op.Count => dialect.Count(names.Parameter),
        Op.Sum when IsTensor(first) => Value(first).Method("sum"),
        Op.Sum => Times(Value(first), dialect.Count(names.Parameter)),
        Op.Dot when IsTensor(first) || IsTensor(second!) => IsTensor(first) && IsTensor(second!)
            ? Times(Value(first), Value(second!)).Method("sum")
            : Times(IsTensor(first) ? Value(first).Method("sum") : Value(first), IsTensor(second!) ? Value(second!).Method("sum") : Value(second!)),
        Op.Dot => Times(Times(Value(first), Value(second!)), dialect.Count(names.Parameter)),
        Op.Norm when IsTensor(first) => dialect.Norm(Value(first)),
        Op.Norm => Times(Magnitude(first), new($"{dialect.Count(names.Parameter).Within(Tightness.Atom)} ** 0.5", Tightness.Power)),
        _ when IsTensor(first) => Magnitude(first).Method("max"),
        _ => Magnitude(first),
    };

    private CodeText Magnitude(Expr operand) => CodeText.Call("abs", Value(operand));

    private static CodeText Times(CodeText left, CodeText right) => CodeText.Infix(left, "*", right, Tightness.Product);

    private static bool IsTensor(Expr expression) => expression.Cardinality == Cardinality.PerElement;

    private static string Sign(Op comparison) => comparison switch
    {
        Op.Less => "<",
        Op.LessOrEqual => "<=",
        Op.Greater => ">",
        Op.GreaterOrEqual => ">=",
        Op.Equal => "==",
        _ => "!=",
    };
}
