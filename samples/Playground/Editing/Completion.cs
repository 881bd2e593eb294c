using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Playground.Editing;

/// <summary>Letters and accents by their commands: <c>\be</c> offers β.</summary>
internal static class Completion
{
    private const int Most = 8;

    /// <summary>What fits the command before the caret.</summary>
    public static IReadOnlyList<CompletionEntry> Find(string text, int caret)
    {
        var start = Math.Clamp(caret, 0, text.Length);
        while (start > 0 && char.IsAsciiLetter(text[start - 1]))
            start--;
        if (start == 0 || text[start - 1] != '\\')
            return [];
        var typed = text[start..Math.Clamp(caret, start, text.Length)];
        return
        [
            .. LatexCommands.LetterNames.Concat(LatexCommands.Accents)
                .Where(pair => pair.Value[0] > 127 && pair.Key.StartsWith(typed, StringComparison.Ordinal))
                .OrderBy(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(Most).Select(pair => new CompletionEntry("\\" + pair.Key, pair.Value, start - 1)),
        ];
    }
}

/// <param name="Command">What is typed.</param>
/// <param name="Letter">What it becomes.</param>
/// <param name="Start">Where the command begins.</param>
internal sealed record CompletionEntry(string Command, string Letter, int Start)
{
    /// <summary>The letter as it can stand alone: an accent sits on a dotted circle.</summary>
    public string Shown => Letters.IsMarkAt(Letter, 0) ? "◌" + Letter : Letter;
}
