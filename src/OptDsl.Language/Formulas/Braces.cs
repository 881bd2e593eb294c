namespace OptDsl.Language.Formulas;

/// <summary>Braces of LaTeX in a text; one behind a backslash is a letter.</summary>
internal static class Braces
{
    /// <summary>Where the brace is closed that is opened at a position, or null where it is not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="open">The position of the opening brace.</param>
    /// <param name="end">Where the search ends; at the end of the text unless given.</param>
    public static int? Closing(string text, int open, int end = int.MaxValue)
    {
        var depth = 0;
        for (var i = open; i < Math.Min(end, text.Length); i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        }

        return null;
    }
}
