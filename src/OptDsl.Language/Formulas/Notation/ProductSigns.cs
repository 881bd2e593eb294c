using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Keeps products of elements what they are where a dot between two tensors reads as their inner product too.</summary>
internal sealed class ProductSigns(RuleModel model)
{
    private readonly HashSet<string> _numbers = [.. model.Hypers.Select(hyper => hyper.Name), model.Source.Step];

    /// <summary>A factor in brackets: a product of tensors in it is written with a circle, unless the source has a dot and so was clear.</summary>
    public ExprSyntax OfElements(ExprSyntax syntax)
    {
        while (syntax is GroupSyntax group)
            syntax = group.Inner;
        return syntax is BinarySyntax { Operator: Op.Multiply, Sign: not Token.Dot } product && !IsNumber(product.Left) && !IsNumber(product.Right)
            ? product with { Sign = Token.Circle } : syntax;
    }

    /// <summary>What a root is taken of, where only squares need to be told from the square of a norm.</summary>
    public ExprSyntax UnderRoot(ExprSyntax operand, Func<ExprSyntax, string> write)
    {
        var inner = OfElements(operand);
        return inner is BinarySyntax { Operator: Op.Multiply } product && write(product.Left) == write(product.Right) ? inner : operand;
    }

    /// <summary>True for what is made of numbers and hyper-parameters.</summary>
    private bool IsNumber(ExprSyntax syntax) => syntax.Nodes().All(node => node is not NablaSyntax && (node is not NameSyntax name || _numbers.Contains(name.Key(model.Source.Step)) || name.Letters == model.Source.Step));
}
