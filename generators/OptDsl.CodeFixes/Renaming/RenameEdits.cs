using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Literals;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.CodeFixes.Renaming;

/// <summary>A rename as edits of the files that a rule is declared in.</summary>
internal static class RenameEdits
{
    /// <summary>The argument that declares a symbol; null for a temporary, and for what is declared elsewhere.</summary>
    public static ExpressionSyntax? Declaration(AnalyzedRule rule, Symbol symbol, CancellationToken cancellation) => symbol switch
    {
        StateSymbol state => rule.Expression(TextOrigin.SymbolOf(state.Index), cancellation),
        HyperSymbol hyper => rule.Expression(hyper.Source, cancellation),
        _ => null,
    };

    /// <summary>The edits of the formulas, initial values and conditions; null where one of them is no plain literal.</summary>
    public static List<(SyntaxTree Tree, TextChange Change)>? OfTexts(AnalyzedRule rule, SymbolRename rename, CancellationToken cancellation)
    {
        var changes = new List<(SyntaxTree, TextChange)>();
        foreach (var text in rename.Edits.GroupBy(edit => edit.Origin))
        {
            if (rule.Expression(text.Key, cancellation) is not { } expression || FormulaLiteral.TryRead(expression) is not { } literal)
                return null;
            changes.AddRange(text.Select(edit => (expression.SyntaxTree, literal.Replace(edit.Edit.Span, edit.Edit.NewText))));
        }

        return changes;
    }

    /// <summary>The edit of the declaration; null where it is no plain literal.</summary>
    public static (SyntaxTree Tree, TextChange Change)? OfDeclaration(ExpressionSyntax? expression, string declared) =>
        FormulaLiteral.TryRead(expression) is { } literal
            ? (expression!.SyntaxTree, literal.Replace(new(0, literal.Length), declared))
            : null;

    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<(SyntaxTree Tree, TextChange Change)> changes, CancellationToken cancellation)
    {
        foreach (var file in changes.GroupBy(change => change.Tree))
        {
            if (solution.GetDocument(file.Key) is not { } document)
                continue;
            var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentText(document.Id, text.WithChanges(file.Select(change => change.Change).OrderBy(change => change.Span.Start)));
        }

        return solution;
    }
}
