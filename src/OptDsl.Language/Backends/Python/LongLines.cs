namespace OptDsl.Language.Backends.Python;

/// <summary>
/// Breaks long statements as Python's formatters do: what stands between the last brackets comes on lines of its own. Text without
/// string literals only.
/// </summary>
internal static class LongLines
{
    private const string Indent = "    ";

    /// <param name="line">A statement, indented as it stands.</param>
    /// <param name="columns">As many as a line may have.</param>
    public static IEnumerable<string> Break(string line, int columns)
    {
        if (line.Length <= columns || OpeningOfLast(line) is not { } opening)
            return [line];
        var margin = line.Substring(0, line.Length - line.TrimStart().Length);
        var content = line.Substring(opening + 1, line.Length - opening - 2);
        var items = Split(content, " for ", keeps: "for ") is { Count: > 1 } loop ? loop
            : Split(content, ", ") is { Count: > 1 } listed ? [.. listed.Select(item => item + ",")]
            : [content];
        return [line.Substring(0, opening + 1), .. items.SelectMany(item => Break(margin + Indent + item, columns)), margin + line[line.Length - 1]];
    }

    /// <summary>Where the bracket opens that the line ends with; null where it ends otherwise.</summary>
    private static int? OpeningOfLast(string line)
    {
        var depth = 0;
        for (var i = line.Length - 1; i >= 0; i--)
        {
            depth += line[i] is ')' or ']' ? 1 : line[i] is '(' or '[' ? -1 : 0;
            if (depth == 0)
                return i < line.Length - 1 ? i : null;
        }

        return null;
    }

    /// <summary>The parts between separators that stand in no brackets.</summary>
    private static List<string> Split(string text, string separator, string keeps = "")
    {
        var (parts, start, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (depth != 0 || string.CompareOrdinal(text, i, separator, 0, separator.Length) != 0)
                continue;
            parts.Add((parts.Count > 0 ? keeps : "") + text.Substring(start, i - start));
            start = i + separator.Length;
        }

        parts.Add((parts.Count > 0 ? keeps : "") + text.Substring(start));
        return parts;
    }
}
