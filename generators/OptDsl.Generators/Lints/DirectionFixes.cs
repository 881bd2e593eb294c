using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Formulas;

namespace OptDsl.Generators.Lints;

/// <summary>Finds the operators whose sign decides where a rule goes.</summary>
internal static class DirectionFixes
{
    /// <summary>Turns the sign between the parameter and its step.</summary>
    public static FormulaFix[] Flip(LintContext context, Definition update) =>
        update.Value is BinaryExpr { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum && Expressions.ReadsOld(sum.Left, context.Model.Parameter)
            ? FlipOperator(context, sum) : [];

    /// <summary>The product that holds the parameter in a sum with something that is not the parameter itself.</summary>
    public static Expr? DecayTerm(LintContext context) => DecaySums(context).Select(sum => sum.Term).FirstOrDefault();

    public static FormulaFix[] FlipDecay(LintContext context) =>
        DecaySums(context).Select(sum => sum.IsRight ? FlipOperator(context, sum.Sum) : []).FirstOrDefault() ?? [];

    private static IEnumerable<(BinaryExpr Sum, Expr Term, bool IsRight)> DecaySums(LintContext context)
    {
        foreach (var definition in context.Model.Definitions.Where(context.Liveness.IsLive))
        {
            foreach (var sum in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node.Operator is BinaryOperator.Add or BinaryOperator.Subtract))
            {
                if (IsDecay(sum.Right))
                    yield return (sum, sum.Right, true);
                else if (IsDecay(sum.Left))
                    yield return (sum, sum.Left, false);
            }
        }

        bool IsDecay(Expr term)
        {
            while (term is BinaryExpr { Operator: BinaryOperator.Multiply or BinaryOperator.Divide } product)
            {
                var (inner, factor) = Expressions.ReadsOld(product.Right, context.Model.Parameter) ? (product.Right, product.Left) : (product.Left, product.Right);
                if (context.Dependence.IsDriven(factor))
                    return false;
                if (inner is OldExpr { Symbol: ParameterSymbol })
                    return true;
                term = inner;
            }
            return false;
        }
    }

    private static FormulaFix[] FlipOperator(LintContext context, BinaryExpr sum)
    {
        var between = TextSpan.FromBounds(sum.Left.Span.End, sum.Right.Span.Start);
        if (between.Length <= 0)
            return [];
        var text = context.Text(between);
        var at = text.IndexOfAny(['+', '-', '−']);
        if (at < 0)
            return [];
        var sign = text[at] == '+' ? "-" : "+";
        return [new ReplaceFix($"Change '{text[at]}' to '{sign}'", new TextSpan(between.Start + at, 1), sign)];
    }
}
