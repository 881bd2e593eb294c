using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Finds the operators whose sign decides where a rule goes.</summary>
internal static class DirectionFixes
{
    /// <summary>Turns the sign between the parameter and its step.</summary>
    public static FormulaFix[] Flip(LintContext context, Definition update) =>
        [.. Expressions.Nodes(update.Value).OfType<BinaryExpr>()
            .Where(sum => sum.Operator is Op.Add or Op.Subtract && context.Dependence.IsDriven(sum.Right))
            .SelectMany(sum => FlipOperator(context, sum))];

    /// <summary>Turns a sign in the statement or in one that reads it.</summary>
    public static FormulaFix[] FlipReaders(LintContext context, Definition statement) =>
        [.. context.Model.Definitions.Where(definition => definition == statement || Expressions.ReadsDefinition(definition.Value, statement))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Where(sum => sum.Operator is Op.Add or Op.Subtract)
            .SelectMany(sum => FlipOperator(context, sum))];

    /// <summary>The product that holds the parameter in a sum with something that is not the parameter itself.</summary>
    public static Expr? DecayTerm(LintContext context) => DecaySums(context).Select(sum => sum.Term).FirstOrDefault();

    /// <summary>The sums that add a decay to something else, and the decay.</summary>
    public static IEnumerable<(BinaryExpr Sum, Expr Term)> AddedDecays(LintContext context) =>
        DecaySums(context).Where(sum => sum.Sum.Operator == Op.Add).Select(sum => (sum.Sum, sum.Term));

    public static FormulaFix[] FlipDecay(LintContext context) =>
        [.. DecaySums(context).Where(sum => sum.IsRight).SelectMany(sum => FlipOperator(context, sum.Sum)), .. Factors(context)];

    /// <summary>Sums of 1 and something small that scale the parameter.</summary>
    private static IEnumerable<FormulaFix> Factors(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Where(sum => sum is { Operator: Op.Add or Op.Subtract, Left: NumberExpr { Value: 1 }, Cardinality: Cardinality.PerStep })
            .SelectMany(sum => FlipOperator(context, sum));

    private static IEnumerable<(BinaryExpr Sum, Expr Term, bool IsRight)> DecaySums(LintContext context)
    {
        foreach (var definition in context.Model.Definitions.Where(context.Liveness.IsLive))
        {
            foreach (var sum in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node.Operator is Op.Add or Op.Subtract))
            {
                if (IsDecay(sum.Right))
                    yield return (sum, sum.Right, true);
                else if (IsDecay(sum.Left))
                    yield return (sum, sum.Left, false);
            }
        }

        bool IsDecay(Expr term)
        {
            while (term is BinaryExpr { Operator: Op.Multiply or Op.Divide } product)
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

    /// <summary>Turns the sign that is written between the two sides.</summary>
    public static FormulaFix[] FlipOperator(LintContext context, BinaryExpr sum)
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
