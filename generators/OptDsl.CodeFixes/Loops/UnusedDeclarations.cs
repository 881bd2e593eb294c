using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Variables that only a replaced loop used.</summary>
internal static class UnusedDeclarations
{
    /// <summary>Their declarations before the loop, which do nothing but to declare them.</summary>
    public static IReadOnlyList<StatementSyntax> Of(IReadOnlyList<StatementSyntax> replaced, string call, SemanticModel model)
    {
        if (replaced[0].Parent is not BlockSyntax block || replaced[0].FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return [];
        var kept = new HashSet<string>(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseStatement(call).DescendantTokens().Select(token => token.ValueText));
        var removed = new List<StatementSyntax>(replaced);
        foreach (var declaration in block.Statements.TakeWhile(statement => statement != replaced[0]).OfType<LocalDeclarationStatementSyntax>().Reverse())
        {
            if (ConvertedStatements.IsPure(declaration) && declaration.Declaration.Variables.All(variable => IsUnused(variable)))
                removed.Add(declaration);
        }

        return removed.Skip(replaced.Count).ToList();

        bool IsUnused(VariableDeclaratorSyntax variable)
        {
            var name = variable.Identifier.ValueText;
            var uses = member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use).Symbol, model.GetDeclaredSymbol(variable))).ToList();
            return !kept.Contains(name) && uses.Count > 0 && uses.All(use => removed.Any(statement => statement.Span.Contains(use.Span)));
        }
    }
}
