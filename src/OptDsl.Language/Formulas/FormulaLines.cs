using System.Globalization;
using System.Text;

namespace OptDsl.Language.Formulas;

/// <summary>Formulas as written, each on one line.</summary>
internal static class FormulaLines
{
    /// <summary>A part of a text.</summary>
    public static string Of(RuleSource source, TextSpan span) => OneLine(source.Formulas.Substring(span.Start, span.Length));

    /// <summary>A whole text, line by line as it stands, without blank lines around it.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var lines = LineEnds.Lines(text).Select(line => OneLine(line)).ToList();
        while (lines.Count > 0 && lines[0].Trim() == "")
            lines.RemoveAt(0);
        while (lines.Count > 0 && lines[lines.Count - 1].Trim() == "")
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>A text for a comment: on one line, and of characters that XML and a reader can take.</summary>
    public static string OneLine(string line)
    {
        // Whatever could end a comment's line becomes a blank, and runs of blanks one; what only directs the layout is left out.
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (text.Length > 0 && text[text.Length - 1] != ' ')
                    text.Append(' ');
            }
            else if (char.IsSurrogatePair(line, i))
            {
                text.Append(c).Append(line[++i]);
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                text.Append(char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? '\uFFFD' : c);
            }
        }

        return text.ToString().TrimEnd();
    }
}
