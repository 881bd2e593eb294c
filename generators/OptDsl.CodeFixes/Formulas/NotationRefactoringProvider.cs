using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Literals;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>Offers to write the formulas in the other notation, with the same meaning.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(NotationRefactoringProvider))]
[Shared]
internal sealed class NotationRefactoringProvider : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var argument = await FormulaArgument.FindAsync(context.Document, context.Span.End, context.CancellationToken).ConfigureAwait(false);
        if (argument is not { IsFormulas: true }
            || FormulaLiteral.TryRead(argument.Expression) is not { } literal
            || argument.Rule.Compile(context.CancellationToken)?.Model is not { } model)
        {
            return;
        }

        var formulas = model.Source.Formulas;
        foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
        {
            var rewritten = NotationRewriter.Rewrite(model, style);
            if (rewritten == formulas)
                continue;
            var change = literal.Replace(new FormulaSpan(0, formulas.Length), rewritten);
            var title = style == NotationStyle.Unicode ? "Write the formulas in Unicode notation" : "Write the formulas in LaTeX notation";
            context.RegisterRefactoring(CodeAction.Create(
                title, cancellation => TextEdits.ApplyAsync(context.Document, [[change]], cancellation), equivalenceKey: title));
        }
    }
}
