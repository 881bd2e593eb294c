using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.CodeFixes.Edits;

/// <summary>Edits of a document's text, and the layout they follow.</summary>
internal static class TextEdits
{
    /// <summary>
    /// Applies edits that were each computed on the same text: equal ones once, insertions at one place one after the other; an
    /// edit that overlaps one before it is left for the next time.
    /// </summary>
    public static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var applied = new List<TextChange>();
        foreach (var change in changes.Distinct().OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End))
        {
            var last = applied.Count > 0 ? applied[applied.Count - 1] : default;
            if (applied.Count > 0 && last.Span.IsEmpty && last.Span == change.Span)
                applied[applied.Count - 1] = new TextChange(change.Span, last.NewText + change.NewText);
            else if (applied.Count == 0 || change.Span.Start >= last.Span.End)
                applied.Add(change);
        }

        return document.WithText(text.WithChanges(applied));
    }

    /// <summary>The line break that the document uses.</summary>
    public static string LineBreak(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>The white space before the first token of the line.</summary>
    public static string Indentation(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var content = line.ToString();
        return content.Substring(0, content.Length - content.TrimStart(' ', '\t').Length);
    }

    /// <summary>The edit that removes an attribute, with the brackets and the line that would be left empty.</summary>
    public static TextChange Remove(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            var index = list.Attributes.IndexOf(attribute);
            return index > 0
                ? Delete(TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End))
                : Delete(TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart));
        }

        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        var isAlone = list.Span.End <= line.End && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart)))
            && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(list.Span.End, line.End)));
        return Delete(isAlone ? line.SpanIncludingLineBreak : TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart));
    }

    private static TextChange Delete(TextSpan span) => new(span, "");
}
