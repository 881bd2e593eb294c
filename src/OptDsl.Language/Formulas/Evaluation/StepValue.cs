using OptDsl.Language.Formulas.Model;

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
            UnaryExpr unary => Scalars.Apply(unary.Operator, At(unary.Operand), 0, 0),
            BinaryExpr binary => Scalars.Apply(binary.Operator, At(binary.Left), At(binary.Right), 0),
            CallExpr call => Scalars.Apply(call.Function, At(call.Arguments[0]), call.Arguments.Length > 1 ? At(call.Arguments[1]) : 0, 0),
            ConditionalExpr choice => At(choice.Condition) != 0 ? At(choice.WhenTrue) : At(choice.WhenFalse),
            _ => throw new ArgumentException($"{expression.GetType().Name} has no value outside a step.", nameof(expression)),
        };

        double At(Expr part) => Of(part, hyper);
    }
}
