using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.CodeFixes.Edits;

/// <summary>Applies the fixes of one key to all diagnostics of a document at once.</summary>
internal sealed class TextFixAllProvider : DocumentBasedFixAllProvider
{
    public static readonly TextFixAllProvider Instance = new();

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var provider = (TextFixProvider)fixAllContext.CodeFixProvider;
        var all = new List<ImmutableArray<TextChange>>();
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var fixes = await provider.FindAsync(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false);
            all.AddRange(fixes.Where(fix => fix.Key == fixAllContext.CodeActionEquivalenceKey).Select(fix => fix.Changes));
        }

        return await TextEdits.ApplyAsync(document, all, fixAllContext.CancellationToken).ConfigureAwait(false);
    }
}
