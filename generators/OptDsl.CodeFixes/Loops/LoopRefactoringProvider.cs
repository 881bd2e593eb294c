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
        var all = LoopScan.Readings(container, model, context.CancellationToken);
        foreach (var readings in all)
        {
            if (readings.SelectMany(reading => new[] { reading.Site ?? reading.Update, reading.Update }.Select(place => OutermostLoop(root, reading, place))).Concat(readings.SelectMany(reading => Beside(root, reading))).FirstOrDefault(loop => loop.Span.IntersectsWith(context.Span)) is not { } statement)
                continue;
            var plans = readings.Select(reading => LoopConversion.Plan(reading, all.Where(others => others != readings).Select(others => others[0]), root, model, text, context.CancellationToken)).ToList();
            var possible = plans.FirstOrDefault(plan => plan.Refusal is null);
            if (possible is not null)
                Register(Convert, possible.Changes);
            var comment = Comment(readings[0], possible is null ? plans[0].Refusal : null, statement, text);
            if (!text.ToString(TextSpan.FromBounds(0, statement.SpanStart)).EndsWith(comment, StringComparison.Ordinal))
                Register(Explain, [new TextChange(new TextSpan(statement.SpanStart, 0), comment)]);
            return;
        }

        void Register(string title, System.Collections.Immutable.ImmutableArray<TextChange> changes) => context.RegisterRefactoring(
            CodeAction.Create(title, cancellation => TextEdits.ApplyAsync(context.Document, [changes], cancellation), equivalenceKey: title));
    }

    private static SyntaxNode? ContainerOf(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.FirstAncestorOrSelf<CompilationUnitSyntax>() as SyntaxNode;

    /// <summary>The outermost of the loops over the elements, or the statement where there is none.</summary>
    private static SyntaxNode OutermostLoop(SyntaxNode root, LiftedLoop loop, TextSpan place)
    {
        var update = root.FindNode(place, getInnermostNodeForTie: true);
        var statements = update.AncestorsAndSelf().TakeWhile(node => node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax)).OfType<StatementSyntax>().ToList();
        var loops = statements.Where(statement => statement is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax
            || (statement is ExpressionStatementSyntax && statement.DescendantNodes().OfType<LambdaExpressionSyntax>().Any(lambda => lambda.Span.Contains(update.Span)))).Take(Math.Max(loop.Depth, 1)).ToList();
        return loops.LastOrDefault() ?? statements.FirstOrDefault() ?? update;
    }

    /// <summary>The other statements of a step without a loop around them.</summary>
    private static IEnumerable<SyntaxNode> Beside(SyntaxNode root, LiftedLoop loop)
    {
        var update = StatementAt(loop.Update);
        return loop.Statements.Select(StatementAt).OfType<SyntaxNode>().Where(statement => statement.Parent == update?.Parent);

        SyntaxNode? StatementAt(TextSpan span) => root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionStatementSyntax>();
    }

    private static string Comment(LiftedLoop loop, string? refusal, SyntaxNode statement, SourceText text)
    {
        var indentation = TextEdits.LineBreak(text) + TextEdits.Indentation(text, statement.SpanStart);
        var lines = loop.Model.WriteFormulas(NotationStyle.Latex).Concat(refusal is null ? [] : [$"No rule can take its place: {refusal}."]);
        // A statement that is not the first of its line begins one.
        var line = text.Lines.GetLineFromPosition(statement.SpanStart);
        var start = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart))) ? "" : indentation;
        return start + string.Concat(lines.Select(formula => $"// {formula}{indentation}"));
    }
}
