using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Keeps products of elements what they are where a dot between two tensors reads as their inner product too.</summary>
internal static class ProductSigns
{
    /// <summary>A factor in brackets, or what a root is taken of: a product in it is written with a circle, but for one that has a number or was written with a dot.</summary>
    public static ExprSyntax OfElements(ExprSyntax syntax)
    {
        while (syntax is GroupSyntax group)
            syntax = group.Inner;
        return syntax is BinarySyntax { Operator: Op.Multiply, Sign: not Token.Dot, Left: not NumberSyntax, Right: not NumberSyntax } product ? product with { Sign = Token.Circle } : syntax;
    }

    /// <summary>What a root is taken of: of other products than squares a dot says what it is.</summary>
    public static ExprSyntax UnderRoot(ExprSyntax operand, Func<ExprSyntax, string> write)
    {
        var inner = OfElements(operand);
        return inner is BinarySyntax { Operator: Op.Multiply } product && write(product.Left) == write(product.Right) ? inner : operand;
    }
}
