using System.Text;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>
/// A source whose expected diagnostics are marked in its text: <c>[|…|]</c> for the analyzer's only diagnostic,
/// <c>{|OPT101:…|}</c> for one by name. Marks nest; an empty mark is a position.
/// </summary>
internal sealed record MarkedSource(SourceFile File, IReadOnlyList<MarkedSpan> Spans)
{
    public static MarkedSource Parse(SourceFile file, string? onlyId)
    {
        var (text, spans, open) = (new StringBuilder(), new List<MarkedSpan>(), new Stack<(string Id, int Start)>());
        for (var i = 0; i < file.Text.Length; i++)
        {
            var rest = file.Text.AsSpan(i);
            if (rest.StartsWith("[|"))
            {
                open.Push((onlyId ?? throw new InvalidOperationException("[|…|] needs an analyzer with one diagnostic."), text.Length));
                i++;
            }
            else if (rest.StartsWith("{|") && rest.IndexOf(':') is > 0 and var colon)
            {
                open.Push((rest[2..colon].ToString(), text.Length));
                i += colon;
            }
            else if (open.Count > 0 && (rest.StartsWith("|]") || rest.StartsWith("|}")))
            {
                var (id, start) = open.Pop();
                spans.Add(new MarkedSpan(id, file.Name, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(file.Text[i]);
            }
        }

        return open.Count == 0
            ? new MarkedSource(file with { Text = text.ToString() }, spans)
            : throw new InvalidOperationException($"A mark of {open.Peek().Id} is not closed.");
    }

    /// <summary>The text with marks for spans of it.</summary>
    public static string Mark(SourceFile file, IEnumerable<MarkedSpan> spans)
    {
        var inserts = spans.Where(span => span.File == file.Name)
            .SelectMany(span => new[] { (At: span.Span.Start, Order: span.Span.Length > 0 ? 2 : 1, Text: $"{{|{span.Id}:"), (At: span.Span.End, Order: span.Span.Length > 0 ? 0 : 1, Text: "|}") })
            .GroupBy(insert => insert.At)
            .OrderByDescending(group => group.Key);
        var text = file.Text;
        foreach (var group in inserts)
            text = text.Insert(group.Key, string.Concat(group.OrderBy(insert => insert.Order).Select(insert => insert.Text)));
        return text;
    }
}

/// <summary>A diagnostic at characters of a file.</summary>
internal sealed record MarkedSpan(string Id, string File, TextSpan Span);
