using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.C;

/// <summary>What operators and functions are called in C, of numbers as of elements.</summary>
internal static class COperators
{
    public static CodeText Infix(BinaryExpr binary, Func<Expr, CodeText> value, Func<Expr, CodeText> condition) => binary.Operator switch
    {
        Op.Power when binary.Right is NumberExpr { Value: 2 } => Square(value(binary.Left)),
        Op.Power when binary.Right is NumberExpr { Value: 0.5 } => CodeText.Call("sqrt", value(binary.Left)),
        Op.Power => CodeText.Call("pow", value(binary.Left), value(binary.Right)),
        Op.And => CodeText.Infix(condition(binary.Left), "&&", condition(binary.Right), Precedence.And),
        Op.Or => new($"{condition(binary.Left).Within(Precedence.And + 1)} || {condition(binary.Right).Within(Precedence.And + 1)}", Precedence.Or),
        _ => CodeText.Infix(value(binary.Left), Sign(binary.Operator), value(binary.Right), Level(binary.Operator)),
    };

    public static CodeText Call(CallExpr call, Func<Expr, CodeText> value)
    {
        var first = value(call.Arguments[0]);
        return call.Function switch
        {
            Op.Min or Op.Max => call.Arguments.Skip(1).Aggregate(first, (left, right) =>
                CodeText.Call(call.Function == Op.Min ? "MIN" : "MAX", left, value(right))),
            Op.Atan2 => CodeText.Call("atan2", first, value(call.Arguments[1])),
            Op.Abs => CodeText.Call("fabs", first),
            Op.Sign => CodeText.Call("SIGN", first),
            Op.Sigmoid => CodeText.Call("SIGMOID", first),
            Op.Ln => CodeText.Call("log", first),
            var function => CodeText.Call(Name(function), first),
        };
    }

    /// <summary>A choice; nested ones are easier to read in brackets.</summary>
    public static CodeText Choose(CodeText condition, CodeText whenTrue, CodeText whenFalse) =>
        new($"{condition.Within(Precedence.Or)} ? {whenTrue.Within(Precedence.Or)} : {whenFalse.Within(Precedence.Conditional)}", Precedence.Conditional);

    /// <summary>True for what is 1 or 0.</summary>
    public static bool IsTruth(Expr expression) =>
        expression is BinaryExpr { Operator: >= Op.Less and <= Op.Or } or UnaryExpr { Operator: Op.Not } or HyperExpr { Symbol.Source.Type: HyperType.Boolean };

    private static CodeText Square(CodeText operand) => operand.Precedence == Precedence.Atom && operand.Text.All(c => char.IsLetterOrDigit(c) || c is '_' or '[' or ']')
        ? CodeText.Infix(operand, "*", operand, Precedence.Product)
        : CodeText.Call("SQUARE", operand);

    private static string Name(Op function) => function.ToString().ToLowerInvariant();

    private static Precedence Level(Op op) => op switch
    {
        Op.Add or Op.Subtract => Precedence.Sum,
        Op.Multiply or Op.Divide => Precedence.Product,
        _ => Precedence.Comparison,
    };

    private static string Sign(Op op) => op switch
    {
        Op.Add => "+",
        Op.Subtract => "-",
        Op.Multiply => "*",
        Op.Divide => "/",
        Op.Less => "<",
        Op.LessOrEqual => "<=",
        Op.Greater => ">",
        Op.GreaterOrEqual => ">=",
        Op.Equal => "==",
        _ => "!=",
    };
}
