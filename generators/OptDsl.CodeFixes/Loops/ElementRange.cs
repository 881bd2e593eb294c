using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.CodeFixes.Loops;

/// <summary>A loop that runs once over elements that are counted from 0.</summary>
/// <param name="Statement">The loop.</param>
/// <param name="Body">What it does for each element.</param>
/// <param name="Index">What counts.</param>
/// <param name="Limit">How many elements there are.</param>
internal sealed record ElementRange(StatementSyntax Statement, SyntaxNode Body, ISymbol Index, ExpressionSyntax Limit)
{
    /// <summary>The loop that a variable counts, or null where it does not count all elements from 0, once each.</summary>
    public static ElementRange? Of(ISymbol index, SyntaxNode inside, SemanticModel model)
    {
        foreach (var node in inside.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax))
        {
            var found = node switch
            {
                ForStatementSyntax loop => For(loop, index, model),
                WhileStatementSyntax loop => While(loop, index, model),
                ForEachVariableStatementSyntax loop => ForEach(loop, index, model),
                ForEachStatementSyntax loop => Counted(loop, index, model),
                LambdaExpressionSyntax lambda => Parallel(lambda, index, model),
                _ => null,
            };
            if (found is not null)
                return found;
        }

        return index is IParameterSymbol { ContainingSymbol: IMethodSymbol function } ? Named(function, index, inside.SyntaxTree.GetRoot(), model) : null;
    }

    /// <summary><c>Parallel.For(0, n, Step)</c>, where nothing else calls the function.</summary>
    private static ElementRange? Named(IMethodSymbol function, ISymbol index, SyntaxNode root, SemanticModel model)
    {
        if (function is not { Parameters.Length: 1, DeclaringSyntaxReferences: [var reference] } || reference.SyntaxTree != root.SyntaxTree)
            return null;
        var body = reference.GetSyntax() switch
        {
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
            MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
            _ => null,
        };
        var uses = root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == function.Name && Is(model.GetSymbolInfo(name).Symbol, function)).ToList();
        return body is not null && uses is [{ Parent: ArgumentSyntax argument }] && For(argument) is var (statement, limit) ? new ElementRange(statement, body, index, limit) : null;
    }

    /// <summary>The statement and the limit of <c>Parallel.For</c> from 0, of which an argument is the function.</summary>
    private static (StatementSyntax Statement, ExpressionSyntax Limit)? For(ArgumentSyntax function) => function is
    {
        Parent.Parent: InvocationExpressionSyntax
        {
            Parent: ExpressionStatementSyntax statement,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "For" },
            ArgumentList.Arguments: [{ Expression: var first }, { Expression: var limit }, _],
        },
    } && IsZero(first) ? (statement, limit) : null;

    private static ElementRange? For(ForStatementSyntax loop, ISymbol index, SemanticModel model)
    {
        if (loop is not { Declaration.Variables: [{ Initializer.Value: var first } variable], Incrementors: [var step] } || !Is(model.GetDeclaredSymbol(variable), index) || loop.Condition is not BinaryExpressionSyntax condition
            || !IsIndex(condition.Left, index, model))
        {
            return null;
        }

        var isUp = step switch
        {
            PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) ? true : unary.IsKind(SyntaxKind.PostDecrementExpression) ? false : (bool?)null,
            PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) ? true : unary.IsKind(SyntaxKind.PreDecrementExpression) ? false : null,
            AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: 1 } } assignment => assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? true : assignment.IsKind(SyntaxKind.SubtractAssignmentExpression) ? false : null,
            _ => null,
        };
        var limit = isUp == true && IsZero(first) ? LimitOf(condition) : isUp == false && condition.IsKind(SyntaxKind.GreaterThanOrEqualExpression) && IsZero(condition.Right) ? LessOne(first) : null;
        return limit is null ? null : new ElementRange(loop, loop.Statement, index, limit);
    }

    private static ElementRange? While(WhileStatementSyntax loop, ISymbol index, SemanticModel model)
    {
        if (loop is not { Condition: BinaryExpressionSyntax condition, Statement: BlockSyntax body, Parent: BlockSyntax outer } || !IsIndex(condition.Left, index, model) || LimitOf(condition) is not { } limit
            || body.Statements.Count(statement => IsStep(statement, index, model)) != 1 || !IsStep(body.Statements.Last(), index, model))
        {
            return null;
        }

        // It begins at 0, and nothing comes between.
        var before = outer.Statements.TakeWhile(statement => statement != loop).LastOrDefault();
        var begins = before is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var first } variable] } && Is(model.GetDeclaredSymbol(variable), index) && IsZero(first);
        return begins ? new ElementRange(loop, body, index, limit) : null;
    }

    /// <summary><c>foreach (var (g, i) in gradients.Select((g, i) => (g, i)))</c>.</summary>
    private static ElementRange? ForEach(ForEachVariableStatementSyntax loop, ISymbol index, SemanticModel model) =>
        loop.Variable.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Any(variable => Is(model.GetDeclaredSymbol(variable), index))
            && loop.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" or "Index", Expression: var collection } }
            ? new ElementRange(loop, loop.Statement, index, collection) : null;

    /// <summary>A loop over a collection beside which a variable counts.</summary>
    private static ElementRange? Counted(ForEachStatementSyntax loop, ISymbol index, SemanticModel model)
    {
        if (loop is not { Statement: BlockSyntax body, Parent: BlockSyntax outer } || body.Statements.Count(statement => IsStep(statement, index, model)) != 1 || !IsStep(body.Statements.Last(), index, model))
            return null;
        var before = outer.Statements.TakeWhile(statement => statement != loop).LastOrDefault();
        return before is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var first } variable] } && Is(model.GetDeclaredSymbol(variable), index) && IsZero(first)
            ? new ElementRange(loop, body, index, loop.Expression) : null;
    }

    private static ElementRange? Parallel(LambdaExpressionSyntax lambda, ISymbol index, SemanticModel model)
    {
        var parameter = lambda switch { SimpleLambdaExpressionSyntax simple => simple.Parameter, ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only, _ => null };
        return parameter is not null && Is(model.GetDeclaredSymbol(parameter), index) && lambda.Parent is ArgumentSyntax argument && For(argument) is var (statement, limit)
            ? new ElementRange(statement, lambda.Body, index, limit) : null;
    }

    public static bool IsStep(StatementSyntax statement, ISymbol index, SemanticModel model) => statement is ExpressionStatementSyntax { Expression: var step } && step switch
    {
        PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) && IsIndex(unary.Operand, index, model),
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) && IsIndex(unary.Operand, index, model),
        AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: 1 } } assignment => assignment.IsKind(SyntaxKind.AddAssignmentExpression) && IsIndex(assignment.Left, index, model),
        _ => false,
    };

    private static ExpressionSyntax? LimitOf(BinaryExpressionSyntax condition) => condition.Kind() switch
    {
        SyntaxKind.LessThanExpression or SyntaxKind.NotEqualsExpression => condition.Right,
        SyntaxKind.LessThanOrEqualExpression => LessOne(condition.Right),
        _ => null,
    };

    private static ExpressionSyntax? LessOne(ExpressionSyntax? value) => value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression, Right: LiteralExpressionSyntax { Token.Value: 1 } } difference ? difference.Left : null;

    private static bool IsZero(ExpressionSyntax? value) => value is LiteralExpressionSyntax { Token.Value: 0 };

    private static bool IsIndex(ExpressionSyntax expression, ISymbol index, SemanticModel model) => expression is IdentifierNameSyntax && Is(model.GetSymbolInfo(expression).Symbol, index);

    private static bool Is(ISymbol? found, ISymbol index) => SymbolEqualityComparer.Default.Equals(found, index);
}
