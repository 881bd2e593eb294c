using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>
/// Reads through what sets formulas apart from a page: cards' <c>[$$]…[/$$]</c>, templates' <c>{% … %}</c>, strings with doubled
/// backslashes, code within a sentence, cells of a table, numbers in circles. Each formula comes to stand on a row of its own.
/// </summary>
internal sealed class Islands
{
    private static readonly Regex Card = new(@"\[/?(?:\$\$?|latex|math|tex)\]|</?anki-mathjax[^<>]*>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Wiki = new(@"^[:*#;]+[ \t]*(?=<math)|</?math(?:\s+display=""?[a-z]+""?)?>", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private static readonly Regex InWords = new(@"(?<=[^\s:*#;>][ \t]*)<math>(?<content>[^<>\n]*)</math>|<math>(?<content>[^<>\n]*)</math>(?=[ \t]*\p{L})", RegexOptions.CultureInvariant);

    private static readonly Regex Inline = new(@"(?<!\\)\\\([^\n$\\]*(?:\\[^()\n][^\n$\\]*)*\\\)", RegexOptions.CultureInvariant);

    private static readonly Regex WikiWords = new(@"\{\{[^{}\n]*\}\}|'{3}", RegexOptions.CultureInvariant);

    private static readonly Regex Doxygen = new(@"[@\\]f(?:[$\[\]()]|\{[a-zA-Z]+\*?\}\{?|\})|\{@(?:code|literal)(?=\s)|^[ \t]*\*?[ \t]*\}[ \t]*(?=</pre>)", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private static readonly Regex Stars = new(@"\A(?:[ \t]*(?<star>\*)(?:[ \t][^\n]*)?(?:\n|\z)|[ \t]*\r?\n)+\s*\z", RegexOptions.CultureInvariant);

    private static readonly Regex Template = new(@"\{%-?(?<content>.*?)-?%\}", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static readonly Regex Bracketed = new(@"(?<open>\[)[ \t]*\$(?<content>[^$\n]*)\$[ \t]*(?<close>\])", RegexOptions.CultureInvariant);

    private static readonly Regex Quoted = new(@"""(?<content>(?:[^""\\\n]|\\.)*)""", RegexOptions.CultureInvariant);

    private static readonly Regex Doubled = new(@"(?<!\\)\\\\(?=[a-zA-Z]{2,}|[,;!{}|])", RegexOptions.CultureInvariant);

    private static readonly Regex Single = new(@"(?<!\\)\\[a-zA-Z]", RegexOptions.CultureInvariant);

    private static readonly Regex Code = new(@"(?<!`)`(?<content>[^`\n]*(?:=|←|:=)[^`\n]*)`(?!`)", RegexOptions.CultureInvariant);

    private static readonly Regex Words = new(@"(?<![\\\p{L}])\p{L}{2,}[ \t]+\p{L}{2,}", RegexOptions.CultureInvariant);

    private static readonly Regex Circled = new(@"(?<![\p{L}\d_^])[①-⑳❶-❿⓵-⓾➀-➓][ \t.、:)]*", RegexOptions.CultureInvariant);

    private static readonly Regex Footnote = new(@"(?<=[.:,;])[⁰¹²³⁴-⁹†‡]+(?=[ \t]*\r?$)", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private static readonly Regex Hyphenated = new(@"(?<=(?:^|[ \t])\p{L}+[ \t]+\p{L}{2,20})-[ \t]*\r?\n[ \t]*(?=\p{Ll}{2,})", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private static readonly Regex Cells = new(@"^[ \t]*\|.*\|[ \t]*\r?$", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private readonly string _text;
    private readonly string?[] _instead;
    private bool _found;

    private Islands(string text) => (_text, _instead) = (text, new string?[text.Length]);

    /// <summary>The text with its formulas on rows of their own, or null where nothing sets them apart.</summary>
    public static PlainText? Read(string text)
    {
        var islands = new Islands(text);
        islands.Find();
        return islands._found ? islands.Write() : null;
    }

    private void Find()
    {
        if (_text.IndexOf('[') >= 0)
        {
            foreach (Match match in Card.Matches(_text))
                Replace(match.Index, match.Length, "\n");
            foreach (Match match in Bracketed.Matches(_text))
            {
                Replace(match.Groups["open"].Index, 1, "\n");
                Replace(match.Groups["close"].Index, 1, "\n");
            }
        }

        if (_text.Contains("<math") && !_text.Contains("<mi") && !_text.Contains("<mrow") && !_text.Contains("<mo"))
        {
            FindWiki();
            FindAll(WikiWords, " ");
        }

        if (_text.Contains("\\(") && _text.IndexOf('$') < 0)
            FindInline();
        if (_text.Contains("@f") || _text.Contains("\\f") || _text.Contains("{@"))
            FindAll(Doxygen, "\n");
        if (_text.TrimStart().StartsWith("*", StringComparison.Ordinal) && Stars.Match(_text) is { Success: true } starred)
        {
            foreach (Capture star in starred.Groups["star"].Captures)
                Replace(star.Index, 1, " ");
        }

        if (_text.Contains("{%"))
            FindTemplates();
        if (_text.IndexOf('"') >= 0 && Doubled.IsMatch(_text) && !Single.IsMatch(Doubled.Replace(_text, "")))
            FindStrings();
        if (_text.IndexOf('`') >= 0 && !_text.Contains("```"))
            FindCode();
        foreach (Match match in Circled.Matches(_text))
            Replace(match.Index, match.Length, "\n");
        foreach (Match match in Footnote.Matches(_text))
            Replace(match.Index, match.Length, "");
        foreach (Match match in Hyphenated.Matches(_text))
            Replace(match.Index, match.Length, "");
        if (_text.IndexOf('|') >= 0 && _text.IndexOf('$') >= 0 && !_text.Contains("---"))
            FindCells();
    }

    private void FindAll(Regex form, string instead)
    {
        foreach (Match match in form.Matches(_text))
            Replace(match.Index, match.Length, instead);
    }

    /// <summary>A wiki's formulas; one that assigns nothing within a line is spoken of there.</summary>
    private void FindWiki()
    {
        foreach (Match match in InWords.Matches(_text))
        {
            if (match.Groups["content"].Value.IndexOf('=') >= 0 || match.Groups["content"].Value.Contains("\\leftarrow") || match.Groups["content"].Value.Contains("\\gets"))
                continue;
            Replace(match.Index, match.Groups["content"].Index - match.Index, "$");
            var end = match.Groups["content"].Index + match.Groups["content"].Length;
            Replace(end, match.Index + match.Length - end, "$");
        }

        foreach (Match match in Wiki.Matches(_text))
        {
            if (_instead[match.Index] is null)
                Replace(match.Index, match.Length, "\n");
        }
    }

    /// <summary><c>\( … \)</c> within a line is what <c>$ … $</c> is.</summary>
    private void FindInline()
    {
        foreach (Match match in Inline.Matches(_text))
        {
            Replace(match.Index, 2, "$");
            Replace(match.Index + match.Length - 2, 2, "$");
        }
    }

    private void FindTemplates()
    {
        foreach (Match match in Template.Matches(_text))
        {
            var content = match.Groups["content"];
            if (content.Value.IndexOfAny(['=', '\\', '←']) < 0)
            {
                Replace(match.Index, match.Length, "\n");
                continue;
            }

            Replace(match.Index, content.Index - match.Index, "\n");
            Replace(content.Index + content.Length, match.Index + match.Length - content.Index - content.Length, "\n");
        }
    }

    /// <summary>Strings of a program that hold LaTeX; what stands between them belongs to the program.</summary>
    private void FindStrings()
    {
        var position = 0;
        foreach (Match match in Quoted.Matches(_text))
        {
            var content = match.Groups["content"];
            var isFormula = content.Value.IndexOfAny(['=', '←']) >= 0 || Doubled.IsMatch(content.Value);
            Replace(position, (isFormula ? content.Index : match.Index + match.Length) - position, "\n");
            position = isFormula ? content.Index + content.Length : match.Index + match.Length;
            if (!isFormula)
                continue;
            foreach (Match slash in Doubled.Matches(content.Value))
                Replace(content.Index + slash.Index, 1, "");
        }

        Replace(position, _text.Length - position, "\n");
    }

    /// <summary>Assignments that a sentence holds as code.</summary>
    private void FindCode()
    {
        var (lineEnd, isSentence) = (-1, false);
        foreach (Match match in Code.Matches(_text))
        {
            if (match.Index > lineEnd)
            {
                var line = LineEnds.StartOfLine(_text, match.Index);
                lineEnd = _text.IndexOf('\n', match.Index) is >= 0 and var end ? end : _text.Length;
                isSentence = Words.IsMatch(Code.Replace(_text.Substring(line, lineEnd - line), " "));
            }

            if (!isSentence)
                continue;
            Replace(match.Index, 1, "\n");
            var behind = match.Index + match.Length;
            Replace(behind - 1, 1, "\n");
            if (behind < _text.Length && _text[behind] is '?' or '.' or '!' or ',' or ';' or ':')
                Replace(behind, 1, "\n");
        }
    }

    /// <summary>A row of a table without its head: the cells that hold formulas.</summary>
    private void FindCells()
    {
        foreach (Match row in Cells.Matches(_text))
        {
            var bars = BarsIn(row.Index, row.Index + row.Length);
            if (bars.Count < 3)
                continue;
            for (var i = 0; i < bars.Count; i++)
            {
                Replace(bars[i], 1, "\n");
                var end = i + 1 < bars.Count ? bars[i + 1] : bars[i];
                if (end > bars[i] + 1 && _text.IndexOfAny(['=', '←', '\\', '$'], bars[i] + 1, end - bars[i] - 1) < 0)
                    Replace(bars[i] + 1, end - bars[i] - 1, " ");
            }
        }
    }

    /// <summary>The bars outside of dollar signs.</summary>
    private List<int> BarsIn(int start, int end)
    {
        var (bars, isMath) = (new List<int>(), false);
        for (var i = start; i < end; i++)
        {
            isMath ^= _text[i] == '$';
            if (_text[i] == '|' && !isMath)
                bars.Add(i);
        }

        return bars;
    }

    private void Replace(int start, int length, string text)
    {
        for (var i = start; i < start + length; i++)
            _instead[i] = i == start ? text : _instead[i] is "\n" ? "\n" : "";
        _found |= length > 0;
    }

    private PlainText Write()
    {
        var writer = new PlainTextWriter(_text);
        for (var i = 0; i < _text.Length; i++)
        {
            if (_instead[i] is { } text)
                writer.Write(text, new TextSpan(i, 1));
            else
                writer.Copy(i, i + 1);
        }

        return writer.ToPlainText();
    }
}
