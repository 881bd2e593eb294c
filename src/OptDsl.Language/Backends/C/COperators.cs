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
        Op.And => CodeText.Infix(condition(binary.Left), "&&", condition(binary.Right), Tightness.And),
        Op.Or => new($"{condition(binary.Left).Within(Tightness.And + 1)} || {condition(binary.Right).Within(Tightness.And + 1)}", Tightness.Or),
        _ => CodeText.Infix(value(binary.Left), Sign(binary.Operator), value(binary.Right), Level(binary.Operator)),
    };

    public static CodeText Call(CallExpr call, Func<Expr, CodeText> value)
    {
        var template = OperationTable.Of(call.Function).Foreign!.C;
        return call.Arguments.Length == 1
            ? CodeText.Template(template, value(call.Arguments[0]))
            : call.Arguments.Skip(1).Aggregate(value(call.Arguments[0]), (left, right) => CodeText.Template(template, left, value(right)));
    }

    /// <summary>A choice; nested ones are easier to read in brackets.</summary>
    public static CodeText Choose(CodeText condition, CodeText whenTrue, CodeText whenFalse) =>
        new($"{condition.Within(Tightness.Or)} ? {whenTrue.Within(Tightness.Or)} : {whenFalse.Within(Tightness.Conditional)}", Tightness.Conditional);

    /// <summary>True for what is 1 or 0.</summary>
    public static bool IsTruth(Expr expression) =>
        expression is BinaryExpr { Operator: >= Op.Less and <= Op.Or } or UnaryExpr { Operator: Op.Not } or HyperExpr { Symbol.Source.Type: HyperType.Boolean };

    private static CodeText Square(CodeText operand) => operand.Tightness == Tightness.Atom && operand.Text.All(c => char.IsLetterOrDigit(c) || c is '_' or '[' or ']')
        ? CodeText.Infix(operand, "*", operand, Tightness.Product)
        : CodeText.Call("SQUARE", operand);

    private static Tightness Level(Op op) => op switch
    {
        Op.Add or Op.Subtract => Tightness.Sum,
        Op.Multiply or Op.Divide => Tightness.Product,
        _ => Tightness.Comparison,
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
