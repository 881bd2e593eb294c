using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

internal static class SyntaxTree
{
    /// <summary>The expressions directly below one.</summary>
    public static ImmutableArray<ExprSyntax> Children(this ExprSyntax syntax) => syntax switch
    {
        GroupSyntax group => [group.Inner],
        ApplySyntax apply => apply.Arguments.Insert(0, apply.Name),
        CallSyntax call => call.Arguments,
        HelperCallSyntax call => call.Arguments,
        ProductSyntax product => product.Factors,
        PowerSyntax power => [power.Base, power.Exponent],
        TransposeSyntax transpose => [transpose.Operand],
        RootSyntax root => root.Degree is null ? [root.Operand] : [root.Operand, root.Degree],
        AbsoluteSyntax absolute => [absolute.Inner],
        NormSyntax norm => norm.Order is null ? [norm.Inner] : [norm.Inner, norm.Order],
        UnarySyntax unary => [unary.Operand],
        BinarySyntax binary => [binary.Left, binary.Right],
        ConditionalSyntax conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
        _ => [],
    };

    /// <summary>An expression and all below it.</summary>
    public static IEnumerable<ExprSyntax> Nodes(this ExprSyntax syntax)
    {
        var pending = new Stack<ExprSyntax>();
        pending.Push(syntax);
        while (pending.Count > 0)
        {
            var node = pending.Pop();
            yield return node;
            foreach (var child in node.Children())
                pending.Push(child);
        }
    }
}
