using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>A count of the steps beside the powers of a decay that code keeps: it is stepped wherever they grow.</summary>
internal static class RunningCount
{
    /// <summary>The name of the count and what puts it there; null where the powers change elsewhere too.</summary>
    public static (string Name, ImmutableArray<TextChange> Changes)? Of(IReadOnlyList<StepExpr> steps, LiftedLoop loop, StatementSyntax statement, SyntaxNode root, SemanticModel model, SourceText text, HashSet<string> taken)
    {
        var powers = loop.Model.Definitions.SelectMany(definition => All(definition.Value)).OfType<BinaryExpr>().Where(power => power is { Operator: Op.Power, Right: StepExpr }).ToList();
        if (powers.Count == 0 || powers.Count != steps.Count)
            return null;
        foreach (var power in powers)
        {
            if (loop.Map.FindExact(power.Right.Span) is not { } code || root.FindNode(code, getInnermostNodeForTie: true) is not IdentifierNameSyntax name
                || model.GetSymbolInfo(name).Symbol is not { DeclaringSyntaxReferences: [var reference] } symbol || symbol is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private })
                || reference.SyntaxTree != root.SyntaxTree || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator)
            {
                continue;
            }

            var uses = root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use).Symbol, symbol)).ToList();
            var grows = uses.Select(use => use.Parent).OfType<AssignmentExpressionSyntax>().Where(growth => growth.IsKind(SyntaxKind.MultiplyAssignmentExpression) && growth.Left is IdentifierNameSyntax left && uses.Contains(left)).ToList();
            var others = uses.Any(use => use.Parent is not AssignmentExpressionSyntax growth ? use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } : growth.Left == use && !grows.Contains(growth));
            if (others || grows is not [{ Parent: ExpressionStatementSyntax { Parent: BlockSyntax } growing } growth1] || Start(initial, growth1.Right, model) is not { } start)
                continue;
            return (FreeName(), [Declaration(), new TextChange(new TextSpan(growing.Span.End, 0), TextEdits.LineBreak(text) + TextEdits.Indentation(text, growing.SpanStart) + $"{FreeName()}++;")]);

            string FreeName()
            {
                var free = symbol is IFieldSymbol ? "_step" : "step";
                var known = new HashSet<string>(root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
                for (var number = 2; known.Contains(free); number++)
                    free = (symbol is IFieldSymbol ? "_step" : "step") + number.ToString(CultureInfo.InvariantCulture);
                return free;
            }

            TextChange Declaration()
            {
                SyntaxNode declaration = declarator.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? (SyntaxNode)declarator.FirstAncestorOrSelf<StatementSyntax>()!;
                var modifiers = symbol is IFieldSymbol field ? field.IsStatic ? "private static " : "private " : "";
                var value = start == 0 && symbol is IFieldSymbol ? "" : $" = {start.ToString(CultureInfo.InvariantCulture)}";
                return new TextChange(new TextSpan(declaration.SpanStart, 0), $"{modifiers}int {FreeName()}{value};{TextEdits.LineBreak(text)}{TextEdits.Indentation(text, declaration.SpanStart)}");
            }
        }

        return null;
    }

    /// <summary>The power with which a product begins: 1 is that of 0, and the decay itself that of 1.</summary>
    private static int? Start(ExpressionSyntax initial, ExpressionSyntax factor, SemanticModel model) =>
        model.GetConstantValue(initial) is { HasValue: true, Value: { } value } && NumberTypes.ToDouble(value) == 1 ? 0
        : SyntaxFactory.AreEquivalent(initial, factor) || (model.GetSymbolInfo(initial).Symbol is { } first && SymbolEqualityComparer.Default.Equals(first, model.GetSymbolInfo(factor).Symbol)) ? 1 : null;

    private static IEnumerable<Expr> All(Expr expression) => expression.Children().SelectMany(All).Append(expression);
}
