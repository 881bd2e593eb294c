using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks;

/// <summary>Finds what a state takes in.</summary>
internal static class Inputs
{
    /// <summary>The term of a state's statement that is neither its old value nor a factor of one value a step; null where none is single.</summary>
    public static Expr? Of(LintContext context, Definition statement)
    {
        var state = (StoredSymbol)statement.Target;
        var node = statement.Value;
        while (true)
        {
            switch (node)
            {
                case BinaryExpr { Operator: Op.Add or Op.Subtract } sum when Mentions(sum.Left) != Mentions(sum.Right):
                    node = Mentions(sum.Left) ? sum.Right : sum.Left;
                    break;
                case BinaryExpr { Operator: Op.Add or Op.Subtract } sum when Mentions(sum.Left):
                    node = context.Dependence.Reads(sum.Left).Contains(Dependence.Gradient) ? sum.Left : sum.Right;
                    break;
                case BinaryExpr { Operator: Op.Multiply } product when product.Left.Cardinality == Cardinality.PerStep:
                    node = product.Right;
                    break;
                case BinaryExpr { Operator: Op.Multiply or Op.Divide } product when product.Right.Cardinality == Cardinality.PerStep:
                    node = product.Left;
                    break;
                default:
                    return Mentions(node) ? null : node;
            }
        }

        bool Mentions(Expr expression) => context.Dependence.Reads(expression).Contains(state);
    }
}
