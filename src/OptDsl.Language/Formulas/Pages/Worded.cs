using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>Reads the words that Typst, AsciiMath and plain text have for accents and signs: <c>hat(m)_t</c>, <c>nabla</c>, <c>quad</c>.</summary>
internal static class Worded
{
    private static readonly Regex Accent = new(@"(?<![\\\w.])(?<name>hat|tilde|bar|overline|widehat|bold|upright|cal)\((?<letters>[^\W\d_]{1,8}(?:_[^\W_]{1,4})?)\)(?=[_^\s/*),=+\-]|$)", RegexOptions.CultureInvariant);

    private static readonly Regex Word = new(@"(?<![\\\w.])(?:(?<nabla>nabla)(?=_|[ ]?[A-Za-z]{1,2}(?:_\w+)?\()|(?<quad>(?<=[,.;][ \t]*)q?quad)(?=[ \t])|(?<dot>dot\.(?:op|c)|times\.circle|dot\.(?:o|circle))(?=[ \t])|(?<larr>arrow\.l|larr)(?=[ \t]))", RegexOptions.CultureInvariant);

    private static readonly Regex LineEnd = new(@"[ \t]\\[ \t]*(?=\r?\n)", RegexOptions.CultureInvariant);

    /// <summary>The text with signs for words, or null where it has none.</summary>
    public static PlainText? Read(string text)
    {
        var changes = new List<(TextSpan Span, string Text)>();
        if (text.IndexOf('(') >= 0)
        {
            var functions = new Dictionary<string, bool>();
            foreach (Match match in Accent.Matches(text))
            {
                var name = match.Groups["name"].Value;
                if (!functions.TryGetValue(name, out var isFunction))
                    functions[name] = isFunction = DefinesFunction(text, name);
                if (isFunction)
                    continue;
                changes.Add((TextSpan.FromBounds(match.Index, match.Groups["letters"].Index), $"\\{CommandOf(match.Groups["name"].Value)}{{"));
                changes.Add((new TextSpan(match.Index + match.Length - 1, 1), "}"));
            }
        }

        foreach (Match match in Word.Matches(text))
            changes.Add((new TextSpan(match.Index, match.Length), match.Groups["nabla"].Success ? "∇" : match.Groups["quad"].Success ? "\\quad" : match.Groups["larr"].Success ? "←" : match.Value.Contains("circle") || match.Value == "dot.o" ? "⊙" : "·"));
        if (text.IndexOf('\\') >= 0 && text.IndexOf('$') >= 0)
        {
            foreach (Match match in LineEnd.Matches(text))
                changes.Add((new TextSpan(match.Index, match.Length), "\n"));
        }

        if (changes.Count == 0)
            return null;
        var writer = new PlainTextWriter(text);
        var position = 0;
        foreach (var (span, replacement) in changes.OrderBy(change => change.Span.Start))
        {
            if (span.Start < position)
                continue;
            writer.Copy(position, span.Start);
            writer.Write(replacement, span);
            position = span.End;
        }

        writer.Copy(position, text.Length);
        return writer.ToPlainText();
    }

    private static string CommandOf(string word) => word switch
    {
        "bold" => "mathbf",
        "upright" => "mathrm",
        "cal" => "mathcal",
        _ => word,
    };

    /// <summary>True for a text that has a function of that name, or takes it of numbers.</summary>
    private static bool DefinesFunction(string text, string name) => Regex.IsMatch(text, $@"\bdef {name}\b|(?<![\w\\]){name}\([^()]*[-+*/ ,][^()]*\)", RegexOptions.CultureInvariant);
}
