using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Lifting;

namespace OptDsl.CodeFixes.Loops;

/// <summary>A step that a rule can make: its arrays, and the loops over their elements.</summary>
internal sealed class ConvertedStep
{
    private ConvertedStep(LiftedLoop loop, string? refusal) => (Loop, Refusal) = (loop, refusal);

    public LiftedLoop Loop { get; }

    /// <summary>Why no rule can.</summary>
    public string? Refusal { get; }

    /// <summary>The arrays, by the symbols of the rule.</summary>
    public ImmutableDictionary<string, TensorAccess> Tensors { get; private init; } = ImmutableDictionary<string, TensorAccess>.Empty;

    /// <summary>The loops over the elements, from the outermost; none where operations run over whole spans.</summary>
    public ImmutableArray<ElementRange> Ranges { get; private init; } = [];

    /// <summary>The outermost of the loops, with the body of the innermost.</summary>
    public ElementRange? Range => Ranges.IsEmpty ? null : Ranges[0] with { Body = Ranges[Ranges.Length - 1].Body, Index = Ranges[Ranges.Length - 1].Index };

    /// <param name="loop">The step.</param>
    /// <param name="isRow">True for one row of what is kept in one array.</param>
    /// <param name="root">Of the document.</param>
    /// <param name="model">Of the document.</param>
    public static ConvertedStep Of(LiftedLoop loop, bool isRow, SyntaxNode root, SemanticModel model)
    {
        if (!loop.Findings.IsEmpty)
            return new ConvertedStep(loop, "what is said of the loop is to be mended first");
        if (loop.Model.States.FirstOrDefault(state => state.IsScalar) is { } scalar)
            return new ConvertedStep(loop, $"'{scalar.Source.Symbol}' is one number that the step keeps for all elements");
        if (loop.Roles.Count(role => role.Kind == RoleKind.Gradient) != 1)
            return new ConvertedStep(loop, "the gradient is made of several arrays");
        var tensors = ImmutableDictionary.CreateBuilder<string, TensorAccess>();
        foreach (var symbol in loop.Model.States.Select(state => state.Source.Symbol).Append(loop.Source.Parameter).Append(loop.Source.Gradient))
        {
            if (TensorAccess.Of(loop, symbol, root, model) is not { } access)
                return new ConvertedStep(loop, $"'{symbol}' is no array of numbers");
            tensors[symbol] = isRow ? access.OfRow : access;
        }

        var parameter = tensors[loop.Source.Parameter];
        if (parameter.Element?.SpecialType is not (SpecialType.System_Single or SpecialType.System_Double) || tensors.Values.Any(access => !SymbolEqualityComparer.Default.Equals(access.Element, parameter.Element)))
            return new ConvertedStep(loop, "the arrays are not all of float, or all of double");
        if (tensors.Values.All(access => access.IsWholeSpan))
            return new ConvertedStep(loop, null) { Tensors = tensors.ToImmutable() };
        if (parameter.Indices.IsEmpty)
            return new ConvertedStep(loop, "no loop counts the elements");
        var ranges = RangesAt(loop.Site ?? loop.Update);
        if (ranges.IsEmpty && loop.Site is { } site && IsOnlyCall(site, root, model))
            ranges = RangesAt(loop.Update);
        if (ranges.Length != parameter.Indices.Length || !ranges.Zip(ranges.Skip(1), IsWithin).All(nested => nested))
            return new ConvertedStep(loop, "the loop does not count every element once, from 0");
        if (tensors.FirstOrDefault(pair => !IsOver(pair.Value, ranges, model)) is { Key: { } other })
            return new ConvertedStep(loop, $"the loops do not run over '{other}' as they do over '{loop.Source.Parameter}'");
        return new ConvertedStep(loop, null) { Tensors = tensors.ToImmutable(), Ranges = ranges };

        ImmutableArray<ElementRange> RangesAt(Microsoft.CodeAnalysis.Text.TextSpan span) =>
            [.. parameter.Indices.Select(index => ElementRange.Of(index, root.FindNode(span, getInnermostNodeForTie: true), model)).OfType<ElementRange>()];
    }

    /// <summary>True for a call of a local function that nothing else calls: what it is given is what the loop in it has.</summary>
    private static bool IsOnlyCall(Microsoft.CodeAnalysis.Text.TextSpan site, SyntaxNode root, SemanticModel model) =>
        root.FindNode(site, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && model.GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } function
        && root.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == function.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, function)) == 1;

    /// <summary>True for a loop that is all that another does, but to declare variables.</summary>
    private static bool IsWithin(ElementRange outer, ElementRange inner) => inner.Statement == outer.Body
        || (outer.Body is BlockSyntax { Statements: { Count: > 0 } statements } && statements[statements.Count - 1] == inner.Statement
            && statements.Take(statements.Count - 1).All(statement => statement is LocalDeclarationStatementSyntax && ConvertedStatements.IsPure(statement)));

    /// <summary>True for elements that the loops run over, or others that run as far.</summary>
    private static bool IsOver(TensorAccess access, ImmutableArray<ElementRange> ranges, SemanticModel model) => !access.IsWholeSpan && (access.Indices.IsEmpty || (access.Indices.Length == ranges.Length
        && access.Indices.Zip(ranges, (index, range) => SymbolEqualityComparer.Default.Equals(index, range.Index)
            || (ElementRange.Of(index, access.Inside, model) is { } other && SyntaxFactory.AreEquivalent(other.Limit, range.Limit))).All(isSame => isSame)
        && (access.Width is null || SyntaxFactory.AreEquivalent(access.Width, ranges[ranges.Length - 1].Limit))));
}
