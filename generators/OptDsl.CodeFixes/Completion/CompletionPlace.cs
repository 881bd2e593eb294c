using Microsoft.CodeAnalysis.Text;

namespace OptDsl.CodeFixes.Completion;

/// <summary>What can stand where the caret is in a text of formulas.</summary>
internal enum CompletionPlace
{
    /// <summary>A comment: nothing.</summary>
    Comment,

    /// <summary>A letter by its command, behind a backslash.</summary>
    Command,

    /// <summary>The name that a statement assigns.</summary>
    StartOfStatement,

    /// <summary>A value.</summary>
    Value,
}

/// <summary>Tells the place from the characters before it.</summary>
internal static class CompletionPlaces
{
    /// <param name="text">The file.</param>
    /// <param name="start">Where the literal starts.</param>
    /// <param name="word">Where the word starts that is typed.</param>
    public static CompletionPlace Find(SourceText text, int start, int word)
    {
        var line = Math.Max(start, text.Lines.GetLineFromPosition(word).Start);
        var before = text.ToString(TextSpan.FromBounds(line, word));
        var lineBreak = before.LastIndexOf("\\n", StringComparison.Ordinal);
        var row = lineBreak < 0 ? before : before.Substring(lineBreak + 2);
        if (row.IndexOfAny(['#', '%', '▷']) >= 0 || row.Contains("//"))
            return CompletionPlace.Comment;
        if (word < text.Length && text[word] == '\\')
            return CompletionPlace.Command;
        var statement = row.Substring(row.LastIndexOf(';') + 1);
        return statement.All(character => char.IsWhiteSpace(character) || character is '"' or '@' or '$')
            ? CompletionPlace.StartOfStatement
            : CompletionPlace.Value;
    }
}
