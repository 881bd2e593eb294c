using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that square a term or take its root.</summary>
internal static class ScalingFixes
{
    public static FormulaFix[] Square(LintContext context, Expr input)
    {
        var text = new FormulaText(context);
        var bare = input is CallExpr { Function: Op.Abs } magnitude ? magnitude.Arguments[0] : input;
        return [new ReplaceFix($"Square '{text.Of(bare)}'", input.Span, text.Square(text.Of(bare)))];
    }

    /// <summary>Takes the root of the part of a denominator that is of the size of squares, and leaves what guards it.</summary>
    public static FormulaFix[] Root(LintContext context, Expr denominator, Func<Expr, bool> isSquared)
    {
        var text = new FormulaText(context);
        var squared = denominator;
        while (true)
        {
            if (squared is DefinedExpr { Definition.Target: LocalSymbol } local && Expressions.Nodes(local.Definition.Value).Any(node => node is BinaryExpr { Operator: Op.Add }))
                squared = local.Definition.Value;
            else if (squared is BinaryExpr { Operator: Op.Add } sum && isSquared(sum.Left) && !context.Dependence.IsDriven(sum.Right))
                squared = sum.Left;
            else if (squared is BinaryExpr { Operator: Op.Add } reversed && isSquared(reversed.Right) && !context.Dependence.IsDriven(reversed.Left))
                squared = reversed.Right;
            else if (squared is BinaryExpr { Operator: Op.Divide, Right: CallExpr { Function: Op.Sqrt, Cardinality: Cardinality.PerStep } } corrected)
                squared = corrected.Left;
            else
                break;
        }
        return [new ReplaceFix($"Take the root of '{text.Of(squared)}'", squared.Span, text.Root(text.Of(squared)))];
    }
}
