using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// What the step's symbol stands for. Everything after the binder counts steps from 1; where a rule counts from 0, its symbol is
/// one less.
/// </summary>
internal static class StepCount
{
    public static Expr In(RuleSource source, TextSpan span) => Shifted(span, source.FirstStep - 1);

    /// <summary><c>k + 1</c> of a rule that counts from 0 is the step itself.</summary>
    public static Expr Fold(BinaryExpr sum) => (sum.Operator, OffsetOf(sum.Left), sum.Right, OffsetOf(sum.Right), sum.Left) switch
    {
        (Op.Add, { } offset, NumberExpr { Value: var added }, _, _) => Shifted(sum.Span, offset + added),
        (Op.Subtract, { } offset, NumberExpr { Value: var taken }, _, _) => Shifted(sum.Span, offset - taken),
        (Op.Add, _, _, { } offset, NumberExpr { Value: var added }) => Shifted(sum.Span, offset + added),
        _ => sum,
    };

    /// <summary>What was taken off the step by <see cref="In"/>.</summary>
    private static double? OffsetOf(Expr expression) => expression is BinaryExpr
    {
        Operator: Op.Subtract, Left: StepExpr { Span: var step }, Right: NumberExpr { Value: 1, Span: var one },
    } && step == one ? -1 : null;

    private static Expr Shifted(TextSpan span, double offset) => offset switch
    {
        0 => new StepExpr(span),
        < 0 => new BinaryExpr(span, Op.Subtract, new StepExpr(span), new NumberExpr(span, -offset)),
        _ => new BinaryExpr(span, Op.Add, new StepExpr(span), new NumberExpr(span, offset)),
    };
}
