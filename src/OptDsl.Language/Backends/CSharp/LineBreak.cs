namespace OptDsl.Language.Backends.CSharp;

/// <summary>Where a line of C# that is too long may be broken.</summary>
internal static class LineBreak
{
    /// <summary>Breaks a line that is longer than a width: before the body of a member, after a comma if that leaves half of it, or at a blank; null where it has none.</summary>
    public static (string Head, string Tail)? Of(string line, int width)
    {
        if (line.StartsWith("//", StringComparison.Ordinal))
            return At(line.LastIndexOf(' ', width));
        var (arrow, comma, blank, quoted, inText) = (-1, -1, -1, -1, false);
        for (var i = 0; i < line.Length && i <= width; i++)
        {
            switch (line[i])
            {
                case '"':
                    inText = !inText;
                    break;
                case '\\' when inText:
                    i++;
                    break;
                case ' ' when inText:
                    if (i <= width - 4)
                        quoted = i + 1;
                    break;

                // A comment at the end stays one.
                case '/' when !inText && line.Substring(i).StartsWith("//", StringComparison.Ordinal):
                    i = line.Length;
                    break;
                case ' ' when !inText:
                    blank = i;
                    if (i > 0 && line[i - 1] == ',')
                        comma = i;
                    else if (i > 2 && line[i - 1] == '>' && line[i - 2] == '=' && line[i - 3] == ' ')
                        arrow = i;
                    break;
            }
        }

        // Text is broken only where nothing else is: its pieces are added up.
        return arrow > 0 ? At(arrow) : comma > width / 2 ? At(comma) : blank > 0 ? At(blank) : quoted > 0 ? (line.Substring(0, quoted) + "\" +", "\"" + line.Substring(quoted)) : null;

        (string, string)? At(int index) => index > 2 ? (line.Substring(0, index), line.Substring(index + 1)) : null;
    }
}
