using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Lifting;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>The statements that calls of rules replace, if they do nothing else.</summary>
internal sealed class ConvertedStatements
{
    private readonly IReadOnlyList<LiftedLoop> _loops;
    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly ElementRange? _range;
    private readonly List<StatementSyntax> _statements = [];

    private ConvertedStatements(IReadOnlyList<LiftedLoop> loops, SyntaxNode root, SemanticModel model, ElementRange? range) => (_loops, _root, _model, _range) = (loops, root, model, range);

    /// <summary>What is replaced, in order: the loop over the elements, and those before and behind it that are part of the step.</summary>
    public IReadOnlyList<StatementSyntax> Statements => _statements;

    /// <summary>The loops whose gradient is set to zero behind the step.</summary>
    public HashSet<LiftedLoop> Cleared { get; } = [];

    /// <summary>Why a call cannot take the place of the statements.</summary>
    public string? Refusal { get; private set; }

    /// <param name="loops">The steps, of which each has a parameter of its own.</param>
    /// <param name="root">Of the document.</param>
    /// <param name="model">Of the document.</param>
    /// <param name="range">The loop over the elements; null for operations on whole spans.</param>
    public static ConvertedStatements Of(IReadOnlyList<LiftedLoop> loops, SyntaxNode root, SemanticModel model, ElementRange? range)
    {
        var statements = new ConvertedStatements(loops, root, model, range);
        statements.Refusal = statements.Collect() && statements.AreWhole() && statements.IsNothingLeft() ? statements.OtherTarget() : statements.Refusal ?? "the code does more than the step";
        return statements;
    }

    private StatementSyntax? Statement => _range?.Statement ?? _root.FindNode(_loops[0].Update, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionStatementSyntax>();

    /// <summary>The statements beside one, in order.</summary>
    public static List<StatementSyntax> Beside(StatementSyntax statement)
    {
        IEnumerable<StatementSyntax> beside = statement.Parent switch
        {
            BlockSyntax block => block.Statements.AsEnumerable(),
            SwitchSectionSyntax section => section.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
            _ => Enumerable.Repeat(statement, 1),
        };
        return [.. beside];
    }

    /// <summary>The member that a node is in; the whole document for statements of a program.</summary>
    public static SyntaxNode MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax and not BaseNamespaceDeclarationSyntax) ?? node.SyntaxTree.GetRoot();

    private bool Collect()
    {
        if (Statement is not { } main)
            return false;
        var beside = Beside(main);
        var steps = beside.Where(statement => statement == main || (IsLoop(statement) && IsOfStep(statement))).ToList();
        _statements.AddRange(beside.SkipWhile(statement => statement != steps[0]).TakeWhile(statement => statement.SpanStart <= steps[steps.Count - 1].SpanStart));
        return _statements.Contains(main);
    }

    private bool IsLoop(StatementSyntax statement) => statement is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax || statement.DescendantNodes().OfType<LambdaExpressionSyntax>().Any()
        || (_range is null && statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax });

    private bool AreWhole() => _statements.All(statement => statement == _range?.Statement ? IsWhole(_range.Body) : _range is not null && IsLoop(statement) ? IsSameRange(statement) : IsWhole(statement))
        && _loops.SelectMany(loop => loop.Sites).All(IsWholeMethod);

    /// <summary>Another loop over the same elements.</summary>
    private bool IsSameRange(StatementSyntax statement) => statement is ForStatementSyntax { Declaration.Variables: [var variable], Statement: var body } && _model.GetDeclaredSymbol(variable) is { } index
        && ElementRange.Of(index, body, _model) is { } range && SyntaxFactory.AreEquivalent(range.Limit, _range!.Limit) && IsWhole(body);

    /// <summary>What the step does outside of the statements stays there: only variables may be computed, which the rule computes as well.</summary>
    private bool IsNothingLeft()
    {
        var body = _range?.Body.Span;
        foreach (var span in _loops.SelectMany(loop => loop.Statements).Where(span => span.End <= _root.FullSpan.End && !_statements.Any(statement => statement.Span.Contains(span)) && body?.Contains(span) != true))
        {
            var node = _root.FindNode(span, getInnermostNodeForTie: true);
            if (_loops.Any(loop => loop.ForeignSites.Contains(span)) || IsWithinMethod(span) || node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Initializer.Value: var value } && IsPure(value))
                continue;
            if (node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Left: IdentifierNameSyntax name, Right: var assigned } && _model.GetSymbolInfo(name).Symbol is ILocalSymbol local && IsPure(assigned)
                && !_loops.Any(loop => loop.Roles.Any(role => role.Kind == RoleKind.Hyper && SymbolEqualityComparer.Default.Equals(role.Place?.Symbol, local))))
            {
                continue;
            }

            Refusal = $"'{Shortened(node)}' is part of the step, and stands elsewhere";
            return false;
        }

        return true;
    }

    /// <summary>True within a method that the step calls.</summary>
    private bool IsWithinMethod(TextSpan span) => _loops.SelectMany(loop => loop.Sites).Any(site => MethodAt(site) is { } method && method.SyntaxTree == _root.SyntaxTree && method.Span.Contains(span));

    private SyntaxNode? MethodAt(TextSpan site) => _root.FindNode(site, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && _model.GetSymbolInfo(call).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] } ? reference.GetSyntax() : null;

    /// <summary>True for a statement of which every part is one of the step.</summary>
    private bool IsWhole(SyntaxNode node)
    {
        switch (node)
        {
            case BlockSyntax block:
                return block.Statements.All(IsWhole);
            case IfStatementSyntax choice:
                return IsWhole(choice.Statement) && (choice.Else is null || IsWhole(choice.Else.Statement));
            case ForStatementSyntax inner:
                return IsWhole(inner.Statement);
            case ContinueStatementSyntax or EmptyStatementSyntax:
                return true;
            case LocalDeclarationStatementSyntax declaration:
                return IsOfStep(declaration) || IsPure(declaration) || Other(declaration);
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax clear } when ClearedBy(clear) is { } cleared:
                Cleared.Add(cleared);
                return true;
            case ExpressionStatementSyntax statement:
                return IsOfStep(statement) || (_range is not null && ElementRange.IsStep(statement, _range.Index, _model)) || Other(statement);
            case ExpressionSyntax expression:
                return IsOfStep(expression) || Other(expression);
            default:
                return Other(node);
        }
    }

    private bool Other(SyntaxNode node)
    {
        Refusal ??= $"'{Shortened(node)}' is no part of the step";
        return false;
    }

    private static string Shortened(SyntaxNode node)
    {
        var line = node.ToString().Split('\n')[0].Trim();
        return line.Length > 60 ? line.Substring(0, 57) + "..." : line;
    }

    private bool IsWholeMethod(TextSpan site) => MethodAt(site) switch
    {
        { } method when method.SyntaxTree != _root.SyntaxTree => IsFunction(method) || Other(_root.FindNode(site)),
        MethodDeclarationSyntax { Body: { } body } => IsWholeBody(body),
        MethodDeclarationSyntax { ExpressionBody.Expression: { } value } => IsOfStep(value) || IsPure(value),
        LocalFunctionStatementSyntax { Body: { } body } => IsWholeBody(body),
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } value } => IsOfStep(value) || IsPure(value),
        _ => false,
    };

    /// <summary>A method of another file that only computes what it returns.</summary>
    private static bool IsFunction(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax { ExpressionBody.Expression: { } value } => IsPure(value),
        MethodDeclarationSyntax { Body: { } body } => IsPure(body),
        _ => false,
    };

    private bool IsWholeBody(BlockSyntax body) => body.Statements.All(statement => statement is ReturnStatementSyntax result ? result.Expression is null || IsPure(result.Expression) : IsWhole(statement));

    private bool IsOfStep(SyntaxNode node) => _loops.SelectMany(loop => loop.Statements.Concat(loop.Sites)).Any(span => node.Span.Contains(span));

    /// <summary>True where nothing is changed but what is declared.</summary>
    public static bool IsPure(SyntaxNode node) => !node.DescendantNodesAndSelf().Any(part => part is AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax
        || part.IsKind(SyntaxKind.PostIncrementExpression) || part.IsKind(SyntaxKind.PostDecrementExpression) || part.IsKind(SyntaxKind.PreIncrementExpression) || part.IsKind(SyntaxKind.PreDecrementExpression)
        || (part is InvocationExpressionSyntax call && call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" or "MathF" } or PredefinedTypeSyntax }));

    private LiftedLoop? ClearedBy(AssignmentExpressionSyntax assignment) => assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: LiteralExpressionSyntax { Token.Value: { } value } }
        && NumberTypes.ToDouble(value) == 0 ? _loops.FirstOrDefault(loop => IsGradient(loop, assignment.Left)) : null;

    private bool IsGradient(LiftedLoop loop, ExpressionSyntax target) =>
        loop.Accesses[loop.Source.Gradient].Any(span => _root.FindNode(span, getInnermostNodeForTie: true) is var read && SyntaxFactory.AreEquivalent(Unwrapped(read), target));

    private static SyntaxNode Unwrapped(SyntaxNode node) => node is ArgumentSyntax argument ? argument.Expression : node;

    /// <summary>What is assigned besides the parameter, the states, a gradient that is then cleared, and variables that nothing reads afterwards; null where there is no such thing.</summary>
    private string? OtherTarget()
    {
        var places = new HashSet<TextSpan>(_loops.SelectMany(loop => loop.Model.States.Select(state => state.Source.Symbol).Append(loop.Source.Parameter).SelectMany(symbol => loop.Accesses[symbol])));
        var nodes = _statements.Cast<SyntaxNode>().Concat(_range is { Body: var body } && !_statements.Any(statement => statement.Span.Contains(body.Span)) ? [body] : []).SelectMany(node => node.DescendantNodes()).ToList();
        var targets = nodes.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left)
            .Concat(nodes.OfType<InvocationExpressionSyntax>().Where(call => TensorAccess.IsOverSpans(call, _model)).Select(call => call.ArgumentList.Arguments.LastOrDefault()?.Expression).OfType<ExpressionSyntax>());
        foreach (var target in targets)
        {
            if (places.Contains(target.Span) || Cleared.Any(loop => IsGradient(loop, target)))
                continue;
            if (Root(target) is { } name && _model.GetSymbolInfo(name).Symbol is { } symbol && (symbol is ILocalSymbol local ? !IsReadBehind(local) : IsScratch(symbol)))
                continue;
            return $"'{target}' is left changed";
        }

        return null;
    }

    /// <summary>A private field that nothing else uses, but to declare and to make it.</summary>
    private bool IsScratch(ISymbol symbol) => symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var reference], ContainingType.DeclaringSyntaxReferences.Length: 1 }
        && reference.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == symbol.Name)
            .All(name => _statements.Any(statement => statement.Span.Contains(name.Span)) || (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name && name.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null));

    private bool IsReadBehind(ILocalSymbol local)
    {
        var end = _statements[_statements.Count - 1].Span.End;
        var isAround = !_statements.Any(statement => statement.Span.Contains(local.Locations[0].SourceSpan)) && _range?.Body.Span.Contains(local.Locations[0].SourceSpan) != true;
        // Where the step stands in a loop, what is read before it is read again.
        var isRepeated = _statements[0].Ancestors().TakeWhile(node => !node.Span.Contains(local.Locations[0].SourceSpan)).Any(node => node is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
        return isAround && (isRepeated || MemberOf(_statements[0]).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart >= end && name.Identifier.ValueText == local.Name));
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name,
        ElementAccessExpressionSyntax element => Root(element.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "Slice", Expression: var whole } } => Root(whole),
        _ => null,
    };
}
