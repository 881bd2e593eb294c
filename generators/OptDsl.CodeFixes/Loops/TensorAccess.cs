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
    /// <summary>Where in the array the elements begin; null at its start.</summary>
    public ExpressionSyntax? Offset { get; init; }

    /// <summary>How many elements a row has, where two indices make one: <c>w[row * width + column]</c>.</summary>
    public ExpressionSyntax? Width { get; init; }

    /// <summary>True for a whole span that an operation of <c>TensorPrimitives</c> is given.</summary>
    public bool IsWholeSpan { get; init; }

    /// <summary>The same elements for one row: the innermost loop over them alone.</summary>
    public TensorAccess OfRow => Width is null ? this : this with { Indices = [Indices[Indices.Length - 1]], Offset = Row, Width = null };

    /// <summary>Where a row begins.</summary>
    private ExpressionSyntax? Row { get; init; }

    /// <summary>What an element is: <c>float</c> or <c>double</c>.</summary>
    public ITypeSymbol? Element => Type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        IPointerTypeSymbol pointer => pointer.PointedAtType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>The accesses to what a symbol of the rule stands for, by way of the variables, arguments and collections that stand for it in the code.</summary>
    public static TensorAccess? Of(LiftedLoop loop, string symbol, SyntaxNode root, SemanticModel model) => !loop.Accesses.TryGetValue(symbol, out var spans) ? null
        : spans.Select(span => Resolve(root.FindNode(span, getInnermostNodeForTie: true), span, loop, root, model, 0)).FirstOrDefault(access => access is not null);

    private static TensorAccess? Resolve(SyntaxNode node, TextSpan span, LiftedLoop loop, SyntaxNode root, SemanticModel model, int depth)
    {
        while (node is ArgumentSyntax or RefExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or EqualsValueClauseSyntax)
            node = node switch { ArgumentSyntax argument => argument.Expression, CastExpressionSyntax cast => cast.Expression, _ => node.ChildNodes().First() };
        if (depth > 4)
            return null;
        if (node is ExpressionSyntax whole && node.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax operation } && IsOverSpans(operation, model) && model.GetTypeInfo(whole).Type is { } spanned)
            return new TensorAccess(whole, spanned, [], operation) { IsWholeSpan = true };
        switch (node)
        {
            case ElementAccessExpressionSyntax element:
                return ElementOf(element, loop, root, model);
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

    /// <summary>True for an operation of <c>TensorPrimitives</c>.</summary>
    public static bool IsOverSpans(InvocationExpressionSyntax call, SemanticModel model) => model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "TensorPrimitives" };

    private static TensorAccess? ElementOf(ElementAccessExpressionSyntax element, LiftedLoop loop, SyntaxNode root, SemanticModel model)
    {
        if (element.ArgumentList.Arguments is [{ Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum }] && model.GetTypeInfo(element.Expression).Type is { } flat)
            return Flat(element, sum, flat, model);
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

    /// <summary><c>w[row * width + column]</c>, and <c>w[start + index]</c>.</summary>
    private static TensorAccess? Flat(ElementAccessExpressionSyntax element, BinaryExpressionSyntax sum, ITypeSymbol type, SemanticModel model)
    {
        foreach (var (start, column) in new[] { (sum.Left, sum.Right), (sum.Right, sum.Left) })
        {
            if (Index(column) is not { } inner || ElementRange.Of(inner, element, model) is not { } range)
                continue;
            if (Product(start) is { } product)
            {
                foreach (var (row, width) in new[] { (product.Left, product.Right), (product.Right, product.Left) })
                {
                    if (SyntaxFactory.AreEquivalent(width, range.Limit) && Index(row) is { } outer && ElementRange.Of(outer, range.Statement, model) is not null)
                        return new TensorAccess(element.Expression, type, [outer, inner], element) { Width = width, Row = start };
                }
            }

            return new TensorAccess(element.Expression, type, [inner], element) { Offset = start };
        }

        return null;

        ISymbol? Index(ExpressionSyntax code) => code is IdentifierNameSyntax ? model.GetSymbolInfo(code).Symbol : null;

        // The start of a row may have a name.
        BinaryExpressionSyntax? Product(ExpressionSyntax code)
        {
            while (code is ParenthesizedExpressionSyntax parenthesized)
                code = parenthesized.Expression;
            if (code is IdentifierNameSyntax && model.GetSymbolInfo(code).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value })
                code = value;
            return code is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product ? product : null;
        }
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
