using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Lifting;

/// <summary>Says from the text alone where an optimizer may be, so that other code costs a look at its tokens and no binding.</summary>
internal static class LoopGate
{
    private static readonly ConcurrentDictionary<string, Meaning> s_words = new(StringComparer.Ordinal);

    /// <summary>What a member has of what a step has.</summary>
    [Flags]
    private enum Signs
    {
        None = 0,
        Loops = 1,

        /// <summary>Something is added to what was there, or taken from it.</summary>
        Sums = 2,

        /// <summary>Something is scaled.</summary>
        Products = 4,

        /// <summary>An operation over whole spans.</summary>
        Spans = 8,
        Root = 16,
        Gradient = 32,
        Parameter = 64,
        Rate = 128,
        Context = 256,

        /// <summary>Something is moved, in so many words.</summary>
        Moves = 512,

        /// <summary>A letter that may be a gradient or a parameter.</summary>
        Letter = 1024,
    }

    /// <summary>The bodies of a type, or of the statements of a program, that may be part of an optimizer's step; none where nothing is one.</summary>
    public static IReadOnlyList<SyntaxNode> Bodies(SyntaxNode container)
    {
        var bodies = new List<SyntaxNode>();
        var (isStep, all) = (false, Names(container));
        foreach (var member in Members(container))
        {
            var signs = Look(member);
            isStep |= IsStep(signs);
            if (!IsStep(signs) && (signs & Signs.Loops) == 0)
                continue;
            bodies.Add(member);
            all |= signs;
        }

        return isStep && IsNamed(all) ? bodies : [];
    }

    private static bool IsStep(Signs signs) => (signs & (Signs.Spans | Signs.Moves)) != 0 || ((signs & Signs.Sums) != 0 && (signs & Signs.Products) != 0);

    /// <summary>The names without which <see cref="Evidence"/> takes nothing for an optimizer.</summary>
    private static bool IsNamed(Signs signs)
    {
        var isOther = (signs & (Signs.Parameter | Signs.Rate | Signs.Context)) != 0;
        return (Has(Signs.Gradient) && (isOther || Has(Signs.Root) || Has(Signs.Letter))) || (Has(Signs.Letter) && (Has(Signs.Rate) || Has(Signs.Context))) || (Has(Signs.Root) && isOther) || (Has(Signs.Parameter) && (Has(Signs.Rate) || Has(Signs.Letter)));

        bool Has(Signs sign) => (signs & sign) != 0;
    }

    /// <summary>What the type and what it stands in are called.</summary>
    private static Signs Names(SyntaxNode container) => container.AncestorsAndSelf().Aggregate(Signs.None, (signs, node) => signs | node switch
    {
        BaseTypeDeclarationSyntax type => Of(type.Identifier.ValueText),
        BaseNamespaceDeclarationSyntax space => space.Name.ToString().Split('.').Aggregate(Signs.None, (words, word) => words | Of(word)),
        _ => Signs.None,
    } & Signs.Context);

    private static IEnumerable<SyntaxNode> Members(SyntaxNode container) => container switch
    {
        TypeDeclarationSyntax type => type.Members.Where(member => member is BaseMethodDeclarationSyntax),
        CompilationUnitSyntax unit => unit.Members.Any(member => member is GlobalStatementSyntax) ? [unit] : [],
        _ => [],
    };

    /// <summary>One way through a member, without what would have to be compiled first: most types end here.</summary>
    private static Signs Look(SyntaxNode member)
    {
        var signs = member is MethodDeclarationSyntax method ? Word(method.Identifier.ValueText) : Signs.None;
        foreach (var node in member.DescendantNodes(node => node == member || node is not TypeDeclarationSyntax))
        {
            switch (node.Kind())
            {
                case SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression:
                    signs |= ((AssignmentExpressionSyntax)node).Right is LiteralExpressionSyntax ? Signs.None : Signs.Sums | Signs.Moves;
                    break;
                case SyntaxKind.AddExpression or SyntaxKind.SubtractExpression:
                    signs |= Signs.Sums;
                    break;
                case SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.MultiplyAssignmentExpression or SyntaxKind.DivideAssignmentExpression:
                    signs |= Signs.Products;
                    break;
                case SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement
                    or SyntaxKind.SimpleLambdaExpression or SyntaxKind.ParenthesizedLambdaExpression:
                    signs |= Signs.Loops;
                    break;
                case SyntaxKind.IdentifierName:
                    signs |= Word(((IdentifierNameSyntax)node).Identifier.ValueText);
                    break;
            }
        }

        return signs;
    }

    private static Signs Word(string name)
    {
        if (!s_words.TryGetValue(name, out var word))
            s_words[name] = word = new Meaning(Of(name));
        return word.Signs;
    }

    private static Signs Of(string name) => name == "TensorPrimitives" ? Signs.Spans : name is "g" or "b" or "W" or "B" or "p" ? Signs.Letter
        : (Lifting.Words.IsGradient(name) ? Signs.Gradient : 0) | (Lifting.Words.IsParameter(name) ? Signs.Parameter : 0) | (Lifting.Words.IsRate(name) ? Signs.Rate : 0)
        | (Lifting.Words.IsContext(name) ? Signs.Context : 0) | (name.IndexOf("Sqrt", StringComparison.Ordinal) >= 0 || name == "Pow" ? Signs.Root : 0);

    /// <summary>What a name says.</summary>
    private sealed record Meaning(Signs Signs);
}
