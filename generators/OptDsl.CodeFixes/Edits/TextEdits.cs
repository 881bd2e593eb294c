using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.CodeFixes.Edits;

/// <summary>Edits of a document's text, and the layout they follow.</summary>
internal static class TextEdits
{
    /// <summary>
    /// Applies fixes that were each computed on the same text: an edit that two share once, insertions at one place one after the
    /// other. A fix that overlaps one before it is left for the next time, and as a whole: half of it may mean anything.
    /// </summary>
    public static async Task<Document> ApplyAsync(Document document, IEnumerable<ImmutableArray<TextChange>> fixes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var applied = new List<TextChange>();
        foreach (var fix in fixes)
        {
            var added = fix.Where(change => !applied.Contains(change)).ToArray();
            if (!added.Any(change => applied.Any(other => change.Span.Start < other.Span.End && other.Span.Start < change.Span.End)))
                applied.AddRange(added);
        }

        var changes = applied.GroupBy(change => change.Span)
            .OrderBy(place => place.Key.Start).ThenBy(place => place.Key.End)
            .Select(place => new TextChange(place.Key, string.Concat(place.Select(change => change.NewText))));
        return document.WithText(text.WithChanges(changes));
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

    /// <summary>The edit that removes one of several arguments of an attribute.</summary>
    public static TextChange Remove(AttributeArgumentSyntax argument)
    {
        var arguments = ((AttributeArgumentListSyntax)argument.Parent!).Arguments;
        var index = arguments.IndexOf(argument);
        return index > 0
            ? Delete(TextSpan.FromBounds(arguments[index - 1].Span.End, argument.Span.End))
            : Delete(TextSpan.FromBounds(argument.SpanStart, arguments[1].SpanStart));
    }

    private static TextChange Delete(TextSpan span) => new(span, "");
}
