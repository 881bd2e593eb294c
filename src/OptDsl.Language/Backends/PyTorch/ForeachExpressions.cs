using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.PyTorch;

/// <summary>
/// Writes expressions for the tensors of a group at once, in those functions of lists that every PyTorch since 1.13 has; the terms
/// and factors of a formula become one call where there is one for them.
/// </summary>
/// <param name="single">Expressions of one tensor.</param>
/// <param name="dialect">What is an array.</param>
/// <param name="loop">A list by the expression of one tensor and its text.</param>
internal sealed class ForeachExpressions(PythonExpressions single, PythonDialect dialect, Func<Expr, string, string> loop)
{
    /// <summary>What stands for each tensor of a list.</summary>
    public const string Each = "each";

    /// <summary>A list with an element for each tensor; null where only a loop over the tensors can say it.</summary>
    public CodeText? List(Expr expression) => expression switch
    {
        GradientExpr or OldExpr or DefinedExpr => single.Value(expression),
        UnaryExpr { Operator: Op.Negate } negation => Negated(negation.Operand),
        BinaryExpr { Operator: Op.Add or Op.Subtract } sum => Sum(sum),
        BinaryExpr { Operator: Op.Multiply or Op.Divide } product => Product(product),
        BinaryExpr { Operator: Op.Power } power => Power(power),
        CallExpr call => Function(call),
        ConditionalExpr choice => Choice(choice),
        ReduceExpr reduce => Reduction(reduce),
        _ => null,
    };

    private CodeText? Sum(BinaryExpr sum)
    {
        var (left, right, subtracts) = (sum.Left, sum.Right, sum.Operator == Op.Subtract);
        if (!dialect.IsArray(right))
            return Call(subtracts ? "sub" : "add", List(left), single.Value(right));
        if (!dialect.IsArray(left))
            return Call("add", subtracts ? Negated(right) : List(right), single.Value(left));
        if (!subtracts && Term.Of(left, dialect).Factor is not null && Term.Of(right, dialect).Factor is null)
            (left, right) = (right, left);
        var term = Term.Of(right, dialect);
        var factor = term.Factor is { } given ? single.Value(given) : CodeText.Atom("1");
        var signed = subtracts ? Minus(factor) : factor;
        return Fused(term.Rest) is var (function, first, second) && AreOfElements(left, first, second)
            ? Call(function, [List(left), List(first), List(second), .. Option("value", signed)])
            : Call(subtracts ? "sub" : "add", [List(left), List(term.Rest), .. Option("alpha", factor)]);
    }

    private CodeText? Negated(Expr expression) => Term.Of(expression, dialect) is { Factor: { } factor } term
        ? Call("mul", List(term.Rest), Minus(single.Value(factor)))
        : Call("neg", List(expression));

    private static CodeText Minus(CodeText number) => new("-" + number.Within(Tightness.Unary), Tightness.Unary);

    /// <summary>A product or quotient that is added in one call.</summary>
    private (string Function, Expr First, Expr Second)? Fused(Expr term) => term switch
    {
        BinaryExpr { Operator: Op.Multiply } product when AreArrays(product) => ("addcmul", product.Left, product.Right),
        BinaryExpr { Operator: Op.Divide } quotient when AreArrays(quotient) => ("addcdiv", quotient.Left, quotient.Right),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square when IsName(square.Left) => ("addcmul", square.Left, square.Left),
        _ => null,
    };

    private CodeText? Product(BinaryExpr product)
    {
        if (PythonExpressions.MeanOf(product) is { } mean)
            return ForEach(mean, each => each.Method("mean"));
        if (Term.Of(product, dialect) is { Factor: { } factor } term)
            return Call("mul", List(term.Rest), single.Value(factor));
        var name = product.Operator == Op.Multiply ? "mul" : "div";
        return AreArrays(product) ? Call(name, List(product.Left), List(product.Right))
            : dialect.IsArray(product.Left) ? Call(name, List(product.Left), single.Value(product.Right))
            : product.Left is NumberExpr { Value: 1 } ? Call("reciprocal", List(product.Right))
            : Call("mul", Call("reciprocal", List(product.Right)), single.Value(product.Left));
    }

    /// <summary>A factor as an argument, left out where it is 1.</summary>
    private static CodeText?[] Option(string name, CodeText factor) => factor.Text == "1" ? [] : [CodeText.Atom($"{name}={factor.Text}")];

    private CodeText? Power(BinaryExpr power) => power switch
    {
        { Right: NumberExpr { Value: 2 } } when IsName(power.Left) => Call("mul", List(power.Left), List(power.Left)),
        _ when dialect.IsArray(power.Right) => null,
        _ => ForEach(power.Left, each => new($"{each.Text} ** {single.Value(power.Right).Within(Tightness.Unary)}", Tightness.Power)),
    };

    private CodeText? Function(CallExpr call)
    {
        var (foreign, arguments) = (OperationTable.Of(call.Function).Foreign!, call.Arguments);
        if (arguments.Length == 1)
            return foreign.Foreach is null ? ForEach(arguments[0], each => CodeText.Template(foreign.Torch, each)) : Filled(foreign.Foreach, List(arguments[0]));
        if (arguments.Length > 2)
            return null;
        var (first, second) = (arguments[0], arguments[1]);
        if (dialect.IsArray(first) && dialect.IsArray(second))
            return foreign.Foreach is null || !AreOfElements(first, second) ? null : Filled(foreign.Foreach, List(first), List(second));
        var (tensor, bound) = dialect.IsArray(first) ? (first, second) : (second, first);
        return call.Function is Op.Min or Op.Max ? ForEach(tensor, each => dialect.Extreme(call.Function, each, true, single.Value(bound), false)) : null;
    }

    /// <summary>A choice that is the same for all tensors is made once; each side may need a loop of its own.</summary>
    private CodeText? Choice(ConditionalExpr choice)
    {
        if (dialect.IsArray(choice.Condition))
            return null;
        var (whenTrue, whenFalse) = (List(choice.WhenTrue), List(choice.WhenFalse));
        return new($"{whenTrue.Within(Tightness.Or)} if {single.Condition(choice.Condition).Within(Tightness.Or)} else {whenFalse.Within(Tightness.Conditional)}", Tightness.Conditional);

        CodeText List(Expr side) => (dialect.IsArray(side) ? this.List(side) : null) ?? CodeText.Atom(loop(side, single.Side(side, isArray: true).Text));
    }

    private CodeText? Reduction(ReduceExpr reduce) => reduce.Arguments.All(argument => argument.Cardinality == Cardinality.PerElement)
        ? reduce.Reduction switch
        {
            Op.Sum => ForEach(reduce.Arguments[0], each => each.Method("sum")),
            Op.Norm => Call("norm", List(reduce.Arguments[0])),
            Op.Dot => ForEach(Call("mul", List(reduce.Arguments[0]), List(reduce.Arguments[1])), each => each.Method("sum")),
            Op.MaxAbs => ForEach(Call("abs", List(reduce.Arguments[0])), each => each.Method("max")),
            _ => null,
        }
        : null;

    private CodeText? ForEach(Expr list, Func<CodeText, CodeText> write) => ForEach(List(list), write);

    private static CodeText? ForEach(CodeText? list, Func<CodeText, CodeText> write) =>
        list is { } text ? CodeText.Atom($"[{write(CodeText.Atom(Each)).Text} for {Each} in {text.Within(Tightness.Or)}]") : null;

    private bool AreArrays(BinaryExpr binary) => dialect.IsArray(binary.Left) && dialect.IsArray(binary.Right);

    /// <summary>Functions of three lists, and some of two, take no scalars for their tensors.</summary>
    private static bool AreOfElements(params Expr[] operands) => operands.All(operand => operand.Cardinality == Cardinality.PerElement);

    private static bool IsName(Expr expression) => expression is GradientExpr or OldExpr or DefinedExpr;

    private static CodeText? Filled(string template, params CodeText?[] operands) =>
        operands.Any(operand => operand is null) ? null : CodeText.Template(template, [.. operands.Select(operand => operand!.Value)]);

    private static CodeText? Call(string function, params CodeText?[] operands) =>
        operands.Any(operand => operand is null) ? null : CodeText.Call("torch._foreach_" + function, [.. operands.Select(operand => operand!.Value)]);

    /// <summary>A number times what is left: <c>η m / d</c> is <c>η</c> times <c>m / d</c>.</summary>
    private readonly record struct Term(Expr? Factor, Expr Rest)
    {
        public static Term Of(Expr expression, PythonDialect dialect)
        {
            if (expression is not BinaryExpr { Operator: Op.Multiply or Op.Divide } binary)
                return new(null, expression);
            var (left, right) = (dialect.IsArray(binary.Left), dialect.IsArray(binary.Right));
            if (left && right)
                return Of(binary.Left, dialect) is { Factor: { } factor } term ? new(factor, binary with { Left = term.Rest }) : new(null, expression);
            if (binary.Operator == Op.Divide)
                return new(null, expression);
            var (number, list) = left ? (binary.Right, binary.Left) : (binary.Left, binary.Right);
            return Of(list, dialect) is { Factor: { } inner } deeper ? new(binary with { Left = number, Right = inner }, deeper.Rest) : new(number, list);
        }
    }
}
