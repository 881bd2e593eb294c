using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas.Model;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>What a call of a rule is given in the place of a loop: the count of the steps, the arrays, and the hyper-parameters.</summary>
/// <param name="step">The step.</param>
/// <param name="statement">Where the call stands.</param>
/// <param name="root">Of the document.</param>
/// <param name="model">Of the document.</param>
/// <param name="text">Of the document.</param>
internal sealed class ConvertedArguments(ConvertedStep step, StatementSyntax statement, SyntaxNode root, SemanticModel model, SourceText text)
{
    private readonly LiftedLoop _loop = step.Loop;
    private string? _gradient;

    /// <summary>The namespaces that the code needs.</summary>
    public HashSet<string> Usings { get; } = [];

    /// <summary>What counts the steps, where only powers did.</summary>
    public List<TextChange> Counts { get; } = [];

    /// <summary>Why there is no call.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The call, or null.</summary>
    /// <param name="name">Of the rule.</param>
    /// <param name="taken">Names that are given away; a count of the steps takes another.</param>
    public string? Call(string name, HashSet<string> taken)
    {
        if (StepCode(taken) is not { } count)
        {
            Refusal ??= "the rule needs the count of the steps, and the code has none where the loop stands";
            return null;
        }

        var arguments = new List<string> { count };
        foreach (var symbol in new[] { _loop.Source.Parameter, _loop.Source.Gradient }.Concat(_loop.Model.States.Select(state => state.Source.Symbol)))
        {
            if (ArrayCode(step.Tensors[symbol]) is not { } array)
            {
                Refusal = $"'{step.Tensors[symbol].Array}' is no array or span that a call can be given where the loop stands";
                return null;
            }

            _gradient = symbol == _loop.Source.Gradient ? array : _gradient;
            arguments.Add(array);
        }

        var values = new List<string>();
        foreach (var hyper in _loop.Model.Hypers)
        {
            if (HyperCode(hyper) is not { } value)
            {
                Refusal = $"'{hyper.Source.Symbol}' has no name where the loop stands";
                return null;
            }

            values.Add($"{RuleDeclarationText.PropertyOf(hyper)} = {value}");
        }

        return $"new {name}{(values.Count == 0 ? "()" : $" {{ {string.Join(", ", values)} }}")}.Update({string.Join(", ", arguments)});";
    }

    public string ClearCode() => step.Tensors[_loop.Source.Gradient].Type is IArrayTypeSymbol && !_gradient!.EndsWith(")", StringComparison.Ordinal) ? $"Array.Clear({_gradient});" : $"{_gradient}.Clear();";

    /// <summary>The count of the steps as callers of rules have it, from 1.</summary>
    private string? StepCode(HashSet<string> taken)
    {
        var steps = Nodes().OfType<StepExpr>().ToList();
        if (steps.Count == 0)
            return "1";
        foreach (var count in steps)
        {
            if (_loop.Map.FindExact(count.Span) is not { } code || NodeAt(code) is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }) || TypeHere(NodeAt(code)) is not { } type)
                continue;
            var counted = text.ToString(code);
            // Where the code counts from 0 its t + 1 is one step of the model, and t alone is one less.
            counted = _loop.Source.FirstStep == 0 && !counted.Contains('+') ? counted + " + 1" : counted;
            if (NumberTypes.IsWhole(type))
                return counted;
            if (NumberTypes.IsReal(type) && NodeAt(code) is IdentifierNameSyntax variable && Words.IsStep(counted) && !Grows(variable))
                return $"(long)({counted})";
        }

        return RunningCount.Of(steps, _loop, statement, root, model, text, taken) is var (name, changes) ? Counted() : null;

        string Counted()
        {
            Counts.AddRange(changes);
            return name;
        }
    }

    /// <summary>True for a power, which is no count whatever it is called.</summary>
    private bool Grows(IdentifierNameSyntax name) => root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Any(growth => growth.IsKind(SyntaxKind.MultiplyAssignmentExpression) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(growth.Left).Symbol, model.GetSymbolInfo(name).Symbol));

    /// <summary>The elements of an array, a list or a span, as many as the loop runs over.</summary>
    private string? ArrayCode(TensorAccess access)
    {
        if (TypeHere(access.Array) is null || (access.Offset is not null && (TypeHere(access.Offset) is null || !ConvertedStatements.IsPure(access.Offset))))
            return null;
        var array = access.Array.ToString();
        if (access.IsWholeSpan)
            return array;
        var ranges = step.Ranges;
        var isRow = ranges.Length == 1;
        var count = access.Width is null ? ranges[0].Limit.ToString() : $"{Factor(ranges[0].Limit)} * {Factor(access.Width)}";
        if (TypeHere(ranges[0].Limit) is null || (access.Width is not null && TypeHere(access.Width) is null))
            return null;
        switch (access.Type)
        {
            case IPointerTypeSymbol { PointedAtType: var pointed } when isRow:
                return $"new System.Span<{pointed.ToDisplayString()}>({array}{(access.Offset is null ? "" : $" + {access.Offset}")}, {count})";
            case IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } when isRow || access.Width is not null:
                return access.Offset is null && access.Width is null && IsWhole() ? array : $"{array}.{(access.Type is IArrayTypeSymbol ? "AsSpan" : "Slice")}({access.Offset?.ToString() ?? "0"}, {count})";
            case INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } when isRow || access.Width is not null:
                Usings.Add("System.Runtime.InteropServices");
                return $"CollectionsMarshal.AsSpan({array}){(access.Offset is null && access.Width is null && IsWhole() ? "" : $".Slice({access.Offset?.ToString() ?? "0"}, {count})")}";
            case IArrayTypeSymbol { Rank: var rank } grid when rank == ranges.Length && IsWholeGrid():
                Usings.Add("System.Runtime.InteropServices");
                Usings.Add("System.Runtime.CompilerServices");
                return $"MemoryMarshal.CreateSpan(ref Unsafe.As<byte, {grid.ElementType.ToDisplayString()}>(ref MemoryMarshal.GetArrayDataReference({array})), {array}.Length)";
            default:
                return null;
        }
    }

    private static string Factor(ExpressionSyntax code) => code is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax ? code.ToString() : $"({code})";

    /// <summary>True where the loop ends with one of the arrays, or runs over it.</summary>
    private bool IsWhole()
    {
        var limit = step.Ranges[0].Limit is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count", Expression: var owner } ? owner : step.Ranges[0].Limit;
        return step.Tensors.Values.Any(access => access.Offset is null && access.Width is null && SyntaxFactory.AreEquivalent(access.Array, limit));
    }

    private bool IsWholeGrid() => step.Ranges.Select((range, dimension) => range.Limit is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetLength", Expression: var owner },
        ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: int at } }],
    } && at == dimension && step.Tensors.Values.Any(access => SyntaxFactory.AreEquivalent(access.Array, owner))).All(isWhole => isWhole);

    /// <summary>A name of the hyper-parameter's value that is known where the loop stands.</summary>
    private string? HyperCode(HyperSymbol hyper)
    {
        var place = _loop.Roles.First(role => role.Kind == RoleKind.Hyper && role.Symbol == hyper.Source.Symbol).Place!;
        foreach (var code in Nodes().OfType<HyperExpr>().Where(read => read.Symbol.Equals(hyper)).Select(read => _loop.Map.FindExact(read.Span)).OfType<TextSpan>())
        {
            if (NodeAt(code) is IdentifierNameSyntax or MemberAccessExpressionSyntax && TypeHere(NodeAt(code)) is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(NodeAt(code)).Symbol, place.Symbol))
                return text.ToString(code);
        }

        // What a method got as an argument is known by the name of what it was given.
        var name = place.Path.Split('@')[0];
        return name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.') && model.GetSpeculativeSymbolInfo(statement.SpanStart, SyntaxFactory.ParseExpression(name), SpeculativeBindingOption.BindAsExpression).Symbol is { } found
            && SymbolEqualityComparer.Default.Equals(found, place.Symbol) ? name : null;
    }

    /// <summary>True for code that means the same where the loop stands.</summary>
    private bool IsHere(SyntaxNode node) => model.GetSymbolInfo(node).Symbol is { } symbol
        && SymbolEqualityComparer.Default.Equals(model.GetSpeculativeSymbolInfo(statement.SpanStart, (ExpressionSyntax)node, SpeculativeBindingOption.BindAsExpression).Symbol, symbol)
        && !(symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } && reference.Span.Start > statement.SpanStart);

    /// <summary>The type of an expression whose names all mean the same where the loop stands; null where one does not.</summary>
    private ITypeSymbol? TypeHere(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name || IsHere(name)) ? model.GetTypeInfo(node).Type : null;

    private SyntaxNode NodeAt(TextSpan span) => root.FindNode(span, getInnermostNodeForTie: true) is var node && node is ArgumentSyntax argument ? argument.Expression : node;

    private IEnumerable<Expr> Nodes() => _loop.Model.Definitions.SelectMany(definition => All(definition.Value));

    private static IEnumerable<Expr> All(Expr expression) => expression.Children().SelectMany(All).Append(expression);
}
