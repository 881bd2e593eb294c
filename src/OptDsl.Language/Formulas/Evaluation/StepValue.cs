using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The value of an expression over hyper-parameters and constants.</summary>
internal static class StepValue
{
    public static double Of(Expr expression, Func<HyperSymbol, double> hyper)
    {
        return expression switch
        {
            NumberExpr number => number.Value,
            HyperExpr leaf => hyper(leaf.Symbol),
            UnaryExpr unary => OperationTable.Of(unary.Operator).Value!(At(unary.Operand), 0, 0),
            BinaryExpr binary => OperationTable.Of(binary.Operator).Value!(At(binary.Left), At(binary.Right), 0),
            CallExpr call => OperationTable.Of(call.Function).Value!(At(call.Arguments[0]), call.Arguments.Length > 1 ? At(call.Arguments[1]) : 0, 0),
            ConditionalExpr choice => At(choice.Condition) != 0 ? At(choice.WhenTrue) : At(choice.WhenFalse),
            _ => throw new ArgumentException($"{expression.GetType().Name} has no value outside a step.", nameof(expression)),
        };

        double At(Expr part) => Of(part, hyper);
    }
}
