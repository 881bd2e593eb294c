using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace OptDsl.CodeFixes.Edits;

/// <summary>A provider whose fixes are text edits of one document.</summary>
internal abstract class TextFixProvider : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => TextFixAllProvider.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellation => TextEdits.ApplyAsync(context.Document, [fix.Changes], cancellation), fix.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>The fixes of a diagnostic, in the order in which they are offered.</summary>
    public abstract Task<IReadOnlyList<TextFix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation);
}
