using System.Text;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Formulas as written, for comments: each on one line.</summary>
internal static class FormulaText
{
    public static string Line(RuleModel model, Definition definition) => Line(model.Source, definition.StatementSpan);

    public static string Line(RuleSource source, TextSpan span)
    {
        var text = source.Formulas.Substring(span.Start, span.Length);
        return OneLine(text);
    }

    /// <summary>A whole text, line by line as it stands, without blank lines around it.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => OneLine(line)).ToList();
        while (lines.Count > 0 && lines[0].Trim() == "")
            lines.RemoveAt(0);
        while (lines.Count > 0 && lines[lines.Count - 1].Trim() == "")
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>A text without line ends.</summary>
    public static string OneLine(string line)
    {
        // Whatever could end a comment's line becomes a blank, and runs of blanks one.
        var text = new StringBuilder();
        foreach (var c in line)
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank)
                text.Append(c);
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }
}
