using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas.Notation;
using NotationStyle = OptDsl.Language.Formulas.Syntax.NotationStyle;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Offers to make a rule of an optimizer that is written as a loop, and to write its formulas above it.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(LoopRefactoringProvider))]
[Shared]
internal sealed class LoopRefactoringProvider : CodeRefactoringProvider
{
    internal const string Convert = "Make an update rule of this loop";
    internal const string Explain = "Write what this loop computes above it, as LaTeX";

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindToken(context.Span.Start).Parent is not { } node || ContainerOf(node) is not { } container || LoopGate.Bodies(container).Count == 0
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var readings in LoopScan.Readings(container, model, context.CancellationToken))
        {
            if (readings.Select(reading => OutermostLoop(root, reading)).FirstOrDefault(loop => loop.Span.IntersectsWith(context.Span)) is not { } statement)
                continue;
            if (readings.Select(reading => LoopConversion.Plan(reading, root, model, text, context.CancellationToken)).FirstOrDefault(plan => !plan.IsDefaultOrEmpty) is { IsDefaultOrEmpty: false } changes)
                Register(Convert, changes);
            Register(Explain, [new TextChange(new TextSpan(statement.SpanStart, 0), Comment(readings[0], statement, text))]);
            return;
        }

        void Register(string title, System.Collections.Immutable.ImmutableArray<TextChange> changes) => context.RegisterRefactoring(
            CodeAction.Create(title, cancellation => TextEdits.ApplyAsync(context.Document, [changes], cancellation), equivalenceKey: title));
    }

    private static SyntaxNode? ContainerOf(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.FirstAncestorOrSelf<CompilationUnitSyntax>() as SyntaxNode;

    /// <summary>The outermost of the loops over the elements, or the statement where there is none.</summary>
    private static SyntaxNode OutermostLoop(SyntaxNode root, LiftedLoop loop)
    {
        var update = root.FindNode(loop.Site ?? loop.Update, getInnermostNodeForTie: true);
        var statements = update.AncestorsAndSelf().TakeWhile(node => node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax)).OfType<StatementSyntax>().ToList();
        var loops = statements.Where(statement => statement is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax
            || (statement is ExpressionStatementSyntax && statement.DescendantNodes().OfType<LambdaExpressionSyntax>().Any(lambda => lambda.Span.Contains(update.Span)))).Take(Math.Max(loop.Depth, 1)).ToList();
        return loops.LastOrDefault() ?? statements.FirstOrDefault() ?? update;
    }

    private static string Comment(LiftedLoop loop, SyntaxNode statement, SourceText text)
    {
        var indentation = TextEdits.LineBreak(text) + TextEdits.Indentation(text, statement.SpanStart);
        return string.Concat(loop.Model.WriteFormulas(NotationStyle.Latex).Select(line => $"// {line}{indentation}"));
    }
}
