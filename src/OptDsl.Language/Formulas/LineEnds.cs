namespace OptDsl.Language.Formulas;

/// <summary>The characters that end a line: those of C#, where the texts stand and into whose comments they go.</summary>
internal static class LineEnds
{
    private static readonly char[] All = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    public static bool IsLineEnd(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Where the line begins that a position is on.</summary>
    public static int StartOfLine(string text, int position) => position == 0 ? 0 : text.LastIndexOfAny(All, position - 1) + 1;

    /// <summary>The lines of a text.</summary>
    public static string[] Lines(string text) => text.Replace("\r\n", "\n").Split(All);

    /// <summary>A text on one line: blanks stand where lines ended.</summary>
    public static string Joined(string text) => text.IndexOfAny(All) < 0 ? text : string.Join(" ", text.Split(All));
}
