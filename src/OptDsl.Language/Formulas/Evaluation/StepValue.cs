using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The values of expressions that have one a step.</summary>
internal static class StepValue
{
    /// <summary>The value of an expression over hyper-parameters and constants.</summary>
    public static double Of(Expr expression, Func<HyperSymbol, double> hyper)
    {
        return Value(expression);

        double Value(Expr part) => part is HyperExpr leaf ? hyper(leaf.Symbol) : Of(part, Value);
    }

    /// <summary>The value of an operation or a number, from the values of its parts; of a choice only what is chosen is asked for.</summary>
    public static double Of(Expr expression, Func<Expr, double> part) => expression switch
    {
        NumberExpr number => number.Value,
        UnaryExpr unary => OperationTable.Of(unary.Operator).Value!(part(unary.Operand), 0, 0),
        BinaryExpr binary => OperationTable.Of(binary.Operator).Value!(part(binary.Left), part(binary.Right), 0),
        CallExpr call => OperationTable.Of(call.Function).Value!(part(call.Arguments[0]), call.Arguments.Length > 1 ? part(call.Arguments[1]) : 0, 0),
        ConditionalExpr choice => part(choice.Condition) != 0 ? part(choice.WhenTrue) : part(choice.WhenFalse),
        _ => throw new ArgumentException($"{expression.GetType().Name} has no value that its parts decide.", nameof(expression)),
    };
}
