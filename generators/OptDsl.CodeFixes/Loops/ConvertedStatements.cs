using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Lifting;

namespace OptDsl.CodeFixes.Loops;

/// <summary>The statements that a call of the rule replaces, if they do nothing else.</summary>
internal sealed class ConvertedStatements
{
    private readonly LiftedLoop _loop;
    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly ElementRange _range;
    private readonly List<StatementSyntax> _statements = [];

    private ConvertedStatements(LiftedLoop loop, SyntaxNode root, SemanticModel model, ElementRange range) => (_loop, _root, _model, _range) = (loop, root, model, range);

    /// <summary>What is replaced, in order: the loop over the elements, and those before and behind it that are part of the step.</summary>
    public IReadOnlyList<StatementSyntax> Statements => _statements;

    /// <summary>True where the gradient is set to zero behind the step.</summary>
    public bool ClearsGradient { get; private set; }

    /// <summary>The statements of a step, or null where they do more than the rule.</summary>
    public static ConvertedStatements? Of(LiftedLoop loop, SyntaxNode root, SemanticModel model, ElementRange range)
    {
        var statements = new ConvertedStatements(loop, root, model, range);
        return statements.Collect() && statements.AreWhole() ? statements : null;
    }

    private bool Collect()
    {
        if (_range.Statement.Parent is not BlockSyntax block)
        {
            _statements.Add(_range.Statement);
            return true;
        }

        var steps = block.Statements.Where(statement => IsLoop(statement) && IsOfStep(statement)).ToList();
        _statements.AddRange(block.Statements.SkipWhile(statement => statement != steps.FirstOrDefault()).TakeWhile(statement => statement.SpanStart <= steps[steps.Count - 1].SpanStart));
        return _statements.Contains(_range.Statement);
    }

    private static bool IsLoop(StatementSyntax statement) => statement is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax || statement.DescendantNodes().OfType<LambdaExpressionSyntax>().Any();

    private bool AreWhole() => _statements.All(statement => statement == _range.Statement ? IsWhole(_range.Body) : IsLoop(statement) ? IsSameRange(statement) : IsWhole(statement)) && _loop.Sites.All(IsWholeMethod) && HasNoOtherTarget();

    /// <summary>Another loop over the same elements.</summary>
    private bool IsSameRange(StatementSyntax statement) => statement is ForStatementSyntax { Declaration.Variables: [var variable], Statement: var body } && _model.GetDeclaredSymbol(variable) is { } index
        && ElementRange.Of(index, body, _model) is { } range && SyntaxFactory.AreEquivalent(range.Limit, _range.Limit) && IsWhole(body);

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
                return IsOfStep(declaration) || IsPure(declaration);
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax clear } when IsClear(clear):
                ClearsGradient = true;
                return true;
            case ExpressionStatementSyntax statement:
                return IsOfStep(statement) || ElementRange.IsStep(statement, _range.Index, _model);
            case ExpressionSyntax expression:
                return IsOfStep(expression);
            default:
                return false;
        }
    }

    private bool IsWholeMethod(Microsoft.CodeAnalysis.Text.TextSpan site) =>
        _root.FindNode(site, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && _model.GetSymbolInfo(call).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax() switch
        {
            MethodDeclarationSyntax { Body: { } body } => IsWholeBody(body),
            MethodDeclarationSyntax { ExpressionBody.Expression: { } value } => IsOfStep(value) || IsPure(value),
            LocalFunctionStatementSyntax { Body: { } body } => IsWholeBody(body),
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } value } => IsOfStep(value) || IsPure(value),
            _ => false,
        };

    private bool IsWholeBody(BlockSyntax body) => body.Statements.All(statement => statement is ReturnStatementSyntax result ? result.Expression is null || IsPure(result.Expression) : IsWhole(statement));

    private bool IsOfStep(SyntaxNode node) => _loop.Statements.Concat(_loop.Sites).Any(span => node.Span.Contains(span));

    /// <summary>True where nothing is changed but what is declared.</summary>
    public static bool IsPure(SyntaxNode node) => !node.DescendantNodesAndSelf().Any(part => part is AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax
        || part.IsKind(SyntaxKind.PostIncrementExpression) || part.IsKind(SyntaxKind.PostDecrementExpression) || part.IsKind(SyntaxKind.PreIncrementExpression) || part.IsKind(SyntaxKind.PreDecrementExpression)
        || (part is InvocationExpressionSyntax call && call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" or "MathF" } or PredefinedTypeSyntax }));

    private bool IsClear(AssignmentExpressionSyntax assignment) => assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: LiteralExpressionSyntax { Token.Value: { } value } }
        && NumberTypes.ToDouble(value) == 0 && IsGradient(assignment.Left);

    private bool IsGradient(ExpressionSyntax target) => _loop.Accesses[_loop.Source.Gradient].Any(span => _root.FindNode(span, getInnermostNodeForTie: true) is var read && SyntaxFactory.AreEquivalent(Unwrapped(read), target));

    private static SyntaxNode Unwrapped(SyntaxNode node) => node is ArgumentSyntax argument ? argument.Expression : node;

    /// <summary>Nothing is assigned but the parameter, the states, a gradient that is then cleared, and variables that nothing reads afterwards.</summary>
    private bool HasNoOtherTarget()
    {
        var places = new HashSet<Microsoft.CodeAnalysis.Text.TextSpan>(_loop.Model.States.Select(state => state.Source.Symbol).Append(_loop.Source.Parameter).SelectMany(symbol => _loop.Accesses[symbol]));
        foreach (var assignment in _statements.SelectMany(statement => statement.DescendantNodes().OfType<AssignmentExpressionSyntax>()))
        {
            if (places.Contains(assignment.Left.Span) || (ClearsGradient && IsGradient(assignment.Left)))
                continue;
            if (Root(assignment.Left) is not { } name || _model.GetSymbolInfo(name).Symbol is not ILocalSymbol local || IsReadBehind(local))
                return false;
        }

        return true;
    }

    private bool IsReadBehind(ILocalSymbol local)
    {
        var end = _statements[_statements.Count - 1].Span.End;
        var isAround = !_statements.Any(statement => statement.Span.Contains(local.Locations[0].SourceSpan));
        var member = _range.Statement.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        // Where the step stands in a loop, what is read before it is read again.
        var isRepeated = _range.Statement.Ancestors().TakeWhile(node => !node.Span.Contains(local.Locations[0].SourceSpan)).Any(node => node is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax);
        return isAround && (member is null || isRepeated || member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart >= end && name.Identifier.ValueText == local.Name));
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name,
        ElementAccessExpressionSyntax element => Root(element.Expression),
        _ => null,
    };
}
