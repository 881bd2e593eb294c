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
        // Of a mean of sizes the sizes are squared, and not the mean.
        if (Expressions.Nodes(input).OfType<ReduceExpr>().SelectMany(reduction => reduction.Arguments).FirstOrDefault(argument => argument is CallExpr { Function: Op.Abs }) is CallExpr size && !ReferenceEquals(size, input))
            return [new ReplaceFix($"Square '{text.Of(size.Arguments[0])}'", size.Span, text.Square(text.Of(size.Arguments[0])))];
        var bare = input is CallExpr { Function: Op.Abs } magnitude ? magnitude.Arguments[0] : input;
        return [new ReplaceFix($"Square '{text.Of(bare)}'", input.Span, text.Square(text.Of(bare)))];
    }

    /// <summary>Takes norms where squares of norms stand.</summary>
    public static IEnumerable<FormulaFix> Norms(LintContext context)
    {
        var text = new FormulaText(context);
        return Live(context).OfType<ReduceExpr>()
            .Where(node => node is { Reduction: Op.Dot, OverGroup: false, Arguments.Length: 2 } && node.Arguments[0] is not NumberExpr && text.Of(node.Arguments[0]) == text.Of(node.Arguments[1]))
            .Select(node => new ReplaceFix($"Take the norm of '{text.Of(node.Arguments[0])}'", node.Span, text.Norm(text.Of(node.Arguments[0]))));
    }

    /// <summary>Squares norms that a state takes in.</summary>
    public static IEnumerable<FormulaFix> SquaredNorms(LintContext context)
    {
        var text = new FormulaText(context);
        return context.Model.Definitions.Where(definition => definition.Target is StateSymbol && context.Liveness.IsLive(definition)).SelectMany(definition => Expressions.Nodes(definition.Value))
            .OfType<ReduceExpr>().Where(node => node is { Reduction: Op.Norm or Op.MaxAbs } && context.Dependence.IsDriven(node))
            .Select(node => new ReplaceFix($"Square '{text.Of(node)}'", node.Span, text.Square(text.Of(node))));
    }

    /// <summary>Leaves out the roots within a statement.</summary>
    public static IEnumerable<FormulaFix> WithoutRoots(LintContext context, Definition statement)
    {
        var text = new FormulaText(context);
        return Expressions.Nodes(statement.Value).OfType<CallExpr>()
            .Where(call => call.Function == Op.Sqrt && context.Dependence.IsDriven(call))
            .Select(call => new ReplaceFix($"Leave out the root of '{text.Of(call.Arguments[0])}'", call.Span, FormulaText.Atom(text.Of(call.Arguments[0]))));
    }

    private static IEnumerable<Expr> Live(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value));

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
