using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Lifting;

/// <summary>Says from the text alone where an optimizer may be, so that other code costs a look at its tokens and no binding.</summary>
internal static class LoopGate
{
    private static readonly ConcurrentDictionary<string, bool> s_words = new(StringComparer.Ordinal);

    /// <summary>The bodies of a type, or of the statements of a program, that may be part of an optimizer's step; none where nothing is one.</summary>
    public static IReadOnlyList<SyntaxNode> Bodies(SyntaxNode container)
    {
        var isContext = container is TypeDeclarationSyntax type && Words.IsContext(type.Identifier.ValueText);
        var bodies = new List<SyntaxNode>();
        var isCandidate = false;
        foreach (var member in Members(container))
        {
            var (moves, loops, word) = Look(member);
            if (moves || loops)
                bodies.Add(member);
            isCandidate |= moves && (word || isContext);
        }

        return isCandidate ? bodies : [];
    }

    private static IEnumerable<SyntaxNode> Members(SyntaxNode container) => container switch
    {
        TypeDeclarationSyntax type => type.Members.Where(member => member is BaseMethodDeclarationSyntax),
        CompilationUnitSyntax unit => unit.Members.Any(member => member is GlobalStatementSyntax) ? [unit] : [],
        _ => [],
    };

    private static (bool Moves, bool Loops, bool Word) Look(SyntaxNode member)
    {
        var (moves, loops, word) = (false, false, false);
        foreach (var node in member.DescendantNodesAndTokens(node => node == member || node is not TypeDeclarationSyntax))
        {
            switch (node.Kind())
            {
                case SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression:
                    moves = true;
                    break;
                case SyntaxKind.SimpleAssignmentExpression or SyntaxKind.ReturnStatement or SyntaxKind.ArrowExpressionClause:
                    moves |= node.AsNode()!.ChildNodes().LastOrDefault() is BinaryExpressionSyntax or ConditionalExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax;
                    break;
                case SyntaxKind.InvocationExpression:
                    moves |= ((InvocationExpressionSyntax)node.AsNode()!).Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "TensorPrimitives" } };
                    break;
                case SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement or SyntaxKind.SimpleLambdaExpression:
                    loops = true;
                    break;
                case SyntaxKind.IdentifierToken:
                    word = word || s_words.GetOrAdd(node.AsToken().ValueText, static name => Words.IsGradient(name) || Words.IsParameter(name) || Words.IsRate(name) || Words.IsContext(name));
                    break;
            }
        }

        return (moves, loops, word);
    }
}
