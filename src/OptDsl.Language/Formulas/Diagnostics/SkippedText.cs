using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Words the information about what of a pasted text was left out.</summary>
internal static class SkippedText
{
    private const int MostShown = 6;
    private const int LongestShown = 40;

    public static FormulaError? Describe(string text, ImmutableArray<TextSpan> skipped)
    {
        if (skipped.Length == 0)
            return null;
        var shown = skipped.Take(MostShown).Select(span => $"'{Shorten(text.Substring(span.Start, span.Length))}'");
        var more = skipped.Length > MostShown ? $" and {skipped.Length - MostShown} more" : "";
        return new FormulaError(
            FormulaErrorIds.Skipped, TextOrigin.Formulas, skipped[0],
            $"left out, since it is no formula of the step: {string.Join(", ", shown)}{more}", []);
    }

    private static string Shorten(string words)
    {
        var line = string.Join(" ", words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestShown ? line : line.Substring(0, LongestShown - 1) + "…";
    }
}
