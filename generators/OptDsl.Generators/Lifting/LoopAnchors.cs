using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Expressions of which every step has one: products, quotients, and sums with what another method returns. The host finds them on its
/// own way through the code, so that there is nothing to search. What is wrong with a step is reported at one of its own, as hosts
/// analyse the method again that is edited, and no more.
/// </summary>
internal static class LoopAnchors
{
    public static ImmutableArray<SyntaxKind> Kinds { get; } =
    [
        SyntaxKind.MultiplyExpression, SyntaxKind.DivideExpression, SyntaxKind.MultiplyAssignmentExpression, SyntaxKind.DivideAssignmentExpression,
        SyntaxKind.AddAssignmentExpression, SyntaxKind.SubtractAssignmentExpression,
    ];

    public static bool Is(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression => ((BinaryExpressionSyntax)node) is var product && !IsOfWhole(product.Left, product.Right) && !IsOfWhole(product.Right, product.Left),
        SyntaxKind.MultiplyAssignmentExpression or SyntaxKind.DivideAssignmentExpression => ((AssignmentExpressionSyntax)node) is var scaling && !IsOfWhole(scaling.Right, scaling.Left),
        SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression => ((AssignmentExpressionSyntax)node) is { Left: ElementAccessExpressionSyntax or MemberAccessExpressionSyntax, Right: InvocationExpressionSyntax },
        SyntaxKind.InvocationExpression => ((InvocationExpressionSyntax)node).Expression is MemberAccessExpressionSyntax { Expression: var owner } && (owner is IdentifierNameSyntax name ? name : (owner as MemberAccessExpressionSyntax)?.Name) is { Identifier.ValueText: "TensorPrimitives" },
        _ => false,
    };

    /// <summary>True for a number times a variable, as in the digits of a number or a hash, of which no step consists.</summary>
    private static bool IsOfWhole(ExpressionSyntax factor, ExpressionSyntax other) => factor is LiteralExpressionSyntax { Token.Value: int or long or uint or ulong }
        && other is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" };

    /// <summary>The type of whose methods an expression is a part, or the file for statements without a type; null for one that is no part of a method.</summary>
    public static SyntaxNode? ContainerOf(SyntaxNode node)
    {
        for (var ancestor = node.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case BaseMethodDeclarationSyntax { Parent: TypeDeclarationSyntax type }:
                    return type;
                case GlobalStatementSyntax { Parent: { } unit }:
                    return unit;
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The expression at which a step is reported: the first of its assignments', else the first around it.</summary>
    public static TextSpan Of(LiftedLoop loop, SyntaxNode container)
    {
        var own = loop.Statements.Where(container.Span.Contains).OrderBy(span => span.Start).Select(span => container.FindNode(span, getInnermostNodeForTie: true));
        var update = container.FindNode(loop.Site ?? loop.Update, getInnermostNodeForTie: true);
        return own.Append(update).Concat(update.Ancestors().TakeWhile(node => container.Span.Contains(node.Span)))
            .SelectMany(node => node.DescendantNodesAndSelf()).First(node => Is(node) && ContainerOf(node) == container).Span;
    }
}
