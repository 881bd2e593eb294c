using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Lifting;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>An element of an array as a loop has it.</summary>
/// <param name="Array">The array, as it is called where the loop stands.</param>
/// <param name="Type">Its type.</param>
/// <param name="Indices">What counts its elements.</param>
/// <param name="Inside">Where it stands.</param>
internal sealed record TensorAccess(ExpressionSyntax Array, ITypeSymbol Type, ImmutableArray<ISymbol> Indices, SyntaxNode Inside)
{
    /// <summary>The accesses to what a symbol of the rule stands for, by way of the variables, arguments and collections that stand for it in the code.</summary>
    public static TensorAccess? Of(LiftedLoop loop, string symbol, SyntaxNode root, SemanticModel model) => !loop.Accesses.TryGetValue(symbol, out var spans) ? null
        : spans.Select(span => Resolve(root.FindNode(span, getInnermostNodeForTie: true), span, loop, root, model, 0)).FirstOrDefault(access => access is not null);

    private static TensorAccess? Resolve(SyntaxNode node, TextSpan span, LiftedLoop loop, SyntaxNode root, SemanticModel model, int depth)
    {
        while (node is ArgumentSyntax or RefExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or EqualsValueClauseSyntax)
            node = node switch { ArgumentSyntax argument => argument.Expression, CastExpressionSyntax cast => cast.Expression, _ => node.ChildNodes().First() };
        if (depth > 4)
            return null;
        switch (node)
        {
            case ElementAccessExpressionSyntax element:
                return Element(element, loop, root, model);
            case VariableDeclaratorSyntax { Initializer.Value: var value }:
                return Resolve(value, span, loop, root, model, depth + 1);
            case IdentifierNameSyntax name when model.GetSymbolInfo(name).Symbol is { DeclaringSyntaxReferences: [var reference] } variable:
                return reference.GetSyntax() switch
                {
                    VariableDeclaratorSyntax { Initializer.Value: var value } => Resolve(value, span, loop, root, model, depth + 1),
                    ForEachStatementSyntax each => Collection(each.Expression, each, model),
                    SingleVariableDesignationSyntax designation when designation.FirstAncestorOrSelf<ForEachVariableStatementSyntax>() is { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var collection } } } each =>
                        Collection(collection, each, model),
                    ParameterSyntax when variable is IParameterSymbol parameter && Argument(parameter, loop, root, model) is { } argument => Resolve(argument, span, loop, root, model, depth + 1),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static TensorAccess? Element(ElementAccessExpressionSyntax element, LiftedLoop loop, SyntaxNode root, SemanticModel model)
    {
        var indices = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var argument in element.ArgumentList.Arguments)
        {
            if (argument.Expression is not IdentifierNameSyntax || model.GetSymbolInfo(argument.Expression).Symbol is not { } index)
                return null;
            if (index is IParameterSymbol parameter && Argument(parameter, loop, root, model) is { } given)
                index = given is IdentifierNameSyntax && model.GetSymbolInfo(given).Symbol is { } outer ? outer : index;
            indices.Add(index);
        }

        return model.GetTypeInfo(element.Expression).Type is { } type ? new TensorAccess(element.Expression, type, indices.ToImmutable(), element) : null;
    }

    /// <summary>The element of a collection at which a loop is has the index that the other arrays have there.</summary>
    private static TensorAccess? Collection(ExpressionSyntax collection, SyntaxNode loop, SemanticModel model) =>
        model.GetTypeInfo(collection).Type is { } type ? new TensorAccess(collection, type, [], loop) : null;

    /// <summary>What a call of the loop passes for a parameter.</summary>
    private static ExpressionSyntax? Argument(IParameterSymbol parameter, LiftedLoop loop, SyntaxNode root, SemanticModel model)
    {
        foreach (var site in loop.Sites)
        {
            if (root.FindNode(site, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && model.GetSymbolInfo(call).Symbol is IMethodSymbol method
                && SymbolEqualityComparer.Default.Equals(method, parameter.ContainingSymbol))
            {
                var arguments = call.ArgumentList.Arguments;
                var named = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name);
                return (named ?? (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal] : null))?.Expression;
            }
        }

        return null;
    }
}
