using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas.Model;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>
/// Replaces a loop over the elements of arrays by a call of a rule that is declared behind the type. The arrays, the count of the
/// steps and the hyper-parameters stay where they are, and are handed over at every call.
/// </summary>
internal sealed class LoopConversion
{
    private readonly LiftedLoop _loop;
    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly SourceText _text;
    private readonly ImmutableDictionary<string, TensorAccess> _tensors;
    private readonly ImmutableArray<ElementRange> _ranges;
    private readonly HashSet<string> _usings = ["OptDsl"];

    private LoopConversion(LiftedLoop loop, SyntaxNode root, SemanticModel model, SourceText text, ImmutableDictionary<string, TensorAccess> tensors, ImmutableArray<ElementRange> ranges) =>
        (_loop, _root, _model, _text, _tensors, _ranges) = (loop, root, model, text, tensors, ranges);

    private StatementSyntax Statement => _ranges[0].Statement;

    /// <summary>The edits, or nothing where the loop does more than a call of the rule would.</summary>
    public static ImmutableArray<TextChange> Plan(LiftedLoop loop, SyntaxNode root, SemanticModel model, SourceText text, CancellationToken cancellation)
    {
        if (!loop.Findings.IsEmpty || loop.Model.States.Any(state => state.IsScalar) || loop.Roles.Count(role => role.Kind == RoleKind.Gradient) != 1)
            return [];
        var tensors = ImmutableDictionary.CreateBuilder<string, TensorAccess>();
        foreach (var symbol in loop.Model.States.Select(state => state.Source.Symbol).Append(loop.Source.Parameter).Append(loop.Source.Gradient))
        {
            if (TensorAccess.Of(loop, symbol, root, model) is not { } access)
                return [];
            tensors[symbol] = access;
        }

        var indices = tensors[loop.Source.Parameter].Indices;
        if (indices.IsEmpty)
            return [];
        var inside = root.FindNode(loop.Site ?? loop.Update, getInnermostNodeForTie: true);
        var ranges = indices.Select(index => ElementRange.Of(index, inside, model)).OfType<ElementRange>().ToImmutableArray();
        var isNested = ranges.Length == indices.Length && ranges.Zip(ranges.Skip(1), (outer, inner) => inner.Statement == outer.Body || (outer.Body is BlockSyntax { Statements: [var only] } && only == inner.Statement)).All(nested => nested);
        return isNested && tensors.Values.All(access => IsOver(access, ranges, model)) && ConvertedStatements.Of(loop, root, model, ranges[0] with { Body = ranges[ranges.Length - 1].Body, Index = ranges[ranges.Length - 1].Index }) is { } statements
            ? new LoopConversion(loop, root, model, text, tensors.ToImmutable(), ranges).Plan(statements, cancellation) : [];
    }

    /// <summary>True for elements that the loops run over, or others that run as far.</summary>
    private static bool IsOver(TensorAccess access, ImmutableArray<ElementRange> ranges, SemanticModel model) => access.Indices.IsEmpty || (access.Indices.Length == ranges.Length
        && access.Indices.Zip(ranges, (index, range) => SymbolEqualityComparer.Default.Equals(index, range.Index)
            || (ElementRange.Of(index, access.Inside, model) is { } other && SyntaxFactory.AreEquivalent(other.Limit, range.Limit))).All(isSame => isSame));

    private ImmutableArray<TextChange> Plan(ConvertedStatements statements, CancellationToken cancellation)
    {
        if (StepCode() is not { } step || Statement.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault() is not { } outermost)
            return [];
        var name = FreeName(outermost, cancellation);
        var arguments = new List<string> { step };
        foreach (var symbol in new[] { _loop.Source.Parameter, _loop.Source.Gradient }.Concat(_loop.Model.States.Select(state => state.Source.Symbol)))
        {
            if (ArrayCode(_tensors[symbol]) is not { } array)
                return [];
            arguments.Add(array);
        }

        var values = new List<string>();
        foreach (var hyper in _loop.Model.Hypers)
        {
            if (HyperCode(hyper) is not { } value)
                return [];
            values.Add($"{RuleDeclarationText.PropertyOf(hyper)} = {value}");
        }

        var call = $"new {name}{(values.Count == 0 ? "()" : $" {{ {string.Join(", ", values)} }}")}.Update({string.Join(", ", arguments)});";
        var (first, last) = (statements.Statements[0], statements.Statements[statements.Statements.Count - 1]);
        if (statements.ClearsGradient)
            call += LineBreak + TextEdits.Indentation(_text, first.SpanStart) + ClearCode(arguments[2]);
        if (statements.ClearsGradient && Statement.Parent is not BlockSyntax)
            return [];
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        if (_root is CompilationUnitSyntax unit)
        {
            var start = unit.Usings.FirstOrDefault()?.SpanStart ?? 0;
            foreach (var space in _usings.Where(space => !unit.Usings.Any(directive => directive.Name?.ToString() == space)).OrderBy(space => space, StringComparer.Ordinal))
                changes.Add(new TextChange(new TextSpan(start, 0), $"using {space};" + LineBreak));
        }

        changes.AddRange(UnusedDeclarations.Of(statements.Statements, call, _model).Select(declaration => LoopPlaces.Remove(declaration, _text)));
        changes.Add(new TextChange(TextSpan.FromBounds(first.SpanStart, last.Span.End), call));
        changes.Add(new TextChange(new TextSpan(outermost.Span.End, 0), RuleDeclarationText.Write(_loop, name, Comments(statements.Statements), outermost, _text)));
        return changes.ToImmutable();
    }

    private string LineBreak => TextEdits.LineBreak(_text);

    /// <summary>The count of the steps as callers of rules have it, from 1.</summary>
    private string? StepCode()
    {
        var steps = Nodes().OfType<StepExpr>().ToList();
        if (steps.Count == 0)
            return "1";
        foreach (var step in steps)
        {
            if (_loop.Map.FindExact(step.Span) is not { } code || NodeAt(code) is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }) || TypeHere(NodeAt(code)) is not { } type)
                continue;
            var text = _text.ToString(code);
            // Where the code counts from 0 its t + 1 is one step of the model, and t alone is one less.
            text = _loop.Source.FirstStep == 0 && !text.Contains('+') ? text + " + 1" : text;
            if (NumberTypes.IsWhole(type))
                return text;
            if (NumberTypes.IsReal(type) && NodeAt(code) is IdentifierNameSyntax && Words.IsStep(text))
                return $"(long)({text})";
        }

        return null;
    }

    /// <summary>The elements of an array, a list or a span, as many as the loop runs over.</summary>
    private string? ArrayCode(TensorAccess access)
    {
        if (TypeHere(access.Array) is null)
            return null;
        var array = access.Array.ToString();
        switch (access.Type)
        {
            case IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } when _ranges.Length == 1:
                return IsWhole() ? array : $"{array}.{(access.Type is IArrayTypeSymbol ? "AsSpan" : "Slice")}(0, {_ranges[0].Limit})";
            case INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } when _ranges.Length == 1:
                _usings.Add("System.Runtime.InteropServices");
                return $"CollectionsMarshal.AsSpan({array}){(IsWhole() ? "" : $".Slice(0, {_ranges[0].Limit})")}";
            case IArrayTypeSymbol { Rank: var rank } grid when rank == _ranges.Length && IsWholeGrid():
                _usings.Add("System.Runtime.InteropServices");
                _usings.Add("System.Runtime.CompilerServices");
                return $"MemoryMarshal.CreateSpan(ref Unsafe.As<byte, {grid.ElementType.ToDisplayString()}>(ref MemoryMarshal.GetArrayDataReference({array})), {array}.Length)";
            default:
                return null;
        }
    }

    /// <summary>True where the loop ends with one of the arrays, or runs over it.</summary>
    private bool IsWhole()
    {
        var limit = _ranges[0].Limit is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count", Expression: var owner } ? owner : _ranges[0].Limit;
        return _tensors.Values.Any(access => SyntaxFactory.AreEquivalent(access.Array, limit));
    }

    private bool IsWholeGrid() => _ranges.Select((range, dimension) => range.Limit is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetLength", Expression: var owner },
        ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: int at } }],
    } && at == dimension && _tensors.Values.Any(access => SyntaxFactory.AreEquivalent(access.Array, owner))).All(isWhole => isWhole);

    private string ClearCode(string gradient) => _tensors[_loop.Source.Gradient].Type is IArrayTypeSymbol && !gradient.EndsWith(")", StringComparison.Ordinal) ? $"Array.Clear({gradient});" : $"{gradient}.Clear();";

    /// <summary>A name of the hyper-parameter's value that is known where the loop stands.</summary>
    private string? HyperCode(HyperSymbol hyper)
    {
        var place = _loop.Roles.First(role => role.Kind == RoleKind.Hyper && role.Symbol == hyper.Source.Symbol).Place!;
        foreach (var code in Nodes().OfType<HyperExpr>().Where(read => read.Symbol.Equals(hyper)).Select(read => _loop.Map.FindExact(read.Span)).OfType<TextSpan>())
        {
            if (NodeAt(code) is IdentifierNameSyntax or MemberAccessExpressionSyntax && IsHere(NodeAt(code)))
                return _text.ToString(code);
        }

        // What a method got as an argument is known by the name of what it was given.
        var name = place.Path.Split('@')[0];
        return name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.') && _model.GetSpeculativeSymbolInfo(Statement.SpanStart, SyntaxFactory.ParseExpression(name), SpeculativeBindingOption.BindAsExpression).Symbol is { } found
            && SymbolEqualityComparer.Default.Equals(found, place.Symbol) ? name : null;
    }

    /// <summary>True for code that means the same where the loop stands.</summary>
    private bool IsHere(SyntaxNode node) => _model.GetSymbolInfo(node).Symbol is { } symbol
        && SymbolEqualityComparer.Default.Equals(_model.GetSpeculativeSymbolInfo(Statement.SpanStart, (ExpressionSyntax)node, SpeculativeBindingOption.BindAsExpression).Symbol, symbol);

    /// <summary>The type of an expression whose names all mean the same where the loop stands; null where one does not.</summary>
    private ITypeSymbol? TypeHere(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name || IsHere(name)) ? _model.GetTypeInfo(node).Type : null;

    private SyntaxNode NodeAt(TextSpan span) => _root.FindNode(span, getInnermostNodeForTie: true) is var node && node is ArgumentSyntax argument ? argument.Expression : node;

    private IEnumerable<Expr> Nodes() => _loop.Model.Definitions.SelectMany(definition => All(definition.Value));

    private static IEnumerable<Expr> All(Expr expression) => expression.Children().SelectMany(All).Append(expression);

    private string FreeName(BaseTypeDeclarationSyntax outermost, CancellationToken cancellation)
    {
        var owner = Statement.Ancestors().OfType<BaseTypeDeclarationSyntax>().First().Identifier.ValueText;
        var name = $"{owner}Rule";
        for (var number = 2; _model.LookupSymbols(outermost.SpanStart, name: name).Length > 0 && !cancellation.IsCancellationRequested; number++)
            name = $"{owner}Rule{number.ToString(CultureInfo.InvariantCulture)}";
        return name;
    }

    private static IReadOnlyList<string> Comments(IEnumerable<StatementSyntax> statements) => [.. statements.SelectMany((statement, index) => statement.DescendantTrivia().Where(trivia => index > 0 || statement.Span.Contains(trivia.Span)))
        .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(trivia => trivia.ToString().TrimStart('/').Trim())];
}
