using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OptDsl.Language.Formulas.Pages;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Reads through what pages, word processors and browsers put around the characters of a formula: entities and tags, soft hyphens, full
/// width, glyphs of private fonts, prompts and bullets. Every character of the plain text knows where it stood.
/// </summary>
internal sealed partial class Clipboard
{
    private readonly string _text;
    private readonly StringBuilder _plain = new();
    private readonly List<TextSpan> _places = [];
    private readonly Dictionary<int, string> _dropped = [];

    private Clipboard(string text) => _text = text;

    /// <summary>The text without such things, or null where it has none.</summary>
    public static PlainText? Read(string text)
    {
        var clipboard = new Clipboard(text);
        clipboard.FindLayout();
        return clipboard.Run() ? new PlainText(clipboard._plain.ToString(), [.. clipboard._places], text.Length) : null;
    }

    private bool Run()
    {
        var changed = _dropped.Count > 0;
        for (var i = 0; i < _text.Length;)
        {
            var start = i;
            if (_dropped.TryGetValue(i, out var instead))
            {
                Add(instead, start, ++i);

                // What a page broke in two is one: the characters before and behind the break touch.
                if (instead == "" && char.IsWhiteSpace(_text[start]) && _places.Count > 0 && _places[_places.Count - 1].End == start)
                    _places[_places.Count - 1] = TextSpan.FromBounds(_places[_places.Count - 1].Start, i);
                continue;
            }

            var (replacement, length) = At(i);
            i += Math.Max(1, length);
            changed |= replacement is not null;
            Add(replacement ?? _text.Substring(start, 1), start, i);
        }

        return changed;
    }

    private void Add(string text, int start, int end)
    {
        foreach (var character in text)
        {
            _plain.Append(character);
            _places.Add(TextSpan.FromBounds(start, end));
        }
    }

    /// <summary>What stands for the characters at a place, and how many they are; null where they stand for themselves.</summary>
    private (string? Replacement, int Length) At(int i)
    {
        var c = _text[i];
        if (c < '\u0080')
        {
            return c switch
            {
                '&' => Entity(i),
                '<' => Tag(i),
                ' ' => SpaceBeforeMark(i),
                _ => (null, 1),
            };
        }

        return c switch
        {
            // Hyphenation, and characters of no width.
            '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\uFE0E' or '\uFE0F' => ("", 1),
            '\u00A0' or '\u2007' or '\u202F' => SpaceBeforeMark(i) is ({ } attached, var length) ? (attached, length) : (" ", 1),
            >= '\uFF01' and <= '\uFF5E' => (((char)(c - 0xFEE0)).ToString(), 1),
            '。' => (".", 1),
            '、' => (",", 1),
            '〖' => ("{", 1),
            '〗' => ("}", 1),
            '\u2010' or '\u2011' or '\u2012' or '﹣' => ("-", 1),
            '﹢' => ("+", 1),
            '∆' => ("Δ", 1),
            '▽' => ("∇", 1),
            'ǫ' or '∊' or 'ɛ' or 'є' => ("ε", 1),
            '⁎' or '✕' or '✖' or '⋆' => ("*", 1),
            '″' => ("''", 1),
            'ﬀ' => ("ff", 1),
            'ﬁ' => ("fi", 1),
            'ﬂ' => ("fl", 1),
            'ﬃ' => ("ffi", 1),
            'ﬄ' => ("ffl", 1),
            '⬅' or '⇽' => ("←", 1),
            >= '\uF020' and <= '\uF0FF' => (SymbolFont.Of(c), 1),
            >= '\u2500' and <= '\u257F' => (c is '│' or '┃' or '║' && !StandsAtEdge(i) ? "|" : " ", 1),
            '\uD83C' or '\uD83D' or '\uD83E' when i + 1 < _text.Length && char.IsLowSurrogate(_text[i + 1]) => (" ", 2),
            '\uD835' when i + 1 < _text.Length && _text[i + 1] is >= '\uDFCE' and <= '\uDFFF' => (((char)('0' + ((_text[i + 1] - 0xDFCE) % 10))).ToString(), 2),
            _ => (null, 1),
        };
    }

    /// <summary>True for a character that nothing but blanks stand beside on its line.</summary>
    private bool StandsAtEdge(int i)
    {
        var (start, end) = (i - 1, i + 1);
        while (start >= 0 && _text[start] is ' ' or '\t')
            start--;
        while (end < _text.Length && _text[end] is ' ' or '\t' or '\r')
            end++;
        return start < 0 || LineEnds.IsLineEnd(_text[start]) || end >= _text.Length || LineEnds.IsLineEnd(_text[end]);
    }

    /// <summary>Word processors set an accent behind the letter and a blank.</summary>
    private (string? Replacement, int Length) SpaceBeforeMark(int i)
    {
        if (i == 0 || !(char.IsLetter(_text[i - 1]) || char.IsLowSurrogate(_text[i - 1])))
            return (null, 1);
        var next = i;
        while (next < _text.Length && _text[next] is ' ' or '\u00A0')
            next++;
        return next < _text.Length && LetterForms.IsMark(_text[next]) ? ("", next - i) : (null, 1);
    }

    private static readonly Regex EntityForm = new(@"\G&(?:#(?<code>\d{1,6})|#[xX](?<hex>[0-9a-fA-F]{1,5})|(?<name>[A-Za-z]{2,8}[0-9]?));", RegexOptions.CultureInvariant);

    private (string? Replacement, int Length) Entity(int i)
    {
        var match = EntityForm.Match(_text, i);
        if (!match.Success)
            return (null, 1);
        if (match.Groups["name"].Success)
            return HtmlNames.Entity(match.Groups["name"].Value) is { } named ? (named, match.Length) : (null, 1);
        var code = match.Groups["code"].Success
            ? int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture) : int.Parse(match.Groups["hex"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return code is > 31 and < 0xD800 or > 0xDFFF and <= 0x10FFFF ? (char.ConvertFromUtf32(code) is "\u00A0" or "\u200B" ? " " : char.ConvertFromUtf32(code), match.Length) : (null, 1);
    }

    private static readonly Regex TagForm = new(@"\G<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-zA-Z-]+\s*=\s*(?:""[^""<>]*""|'[^'<>]*'|[^\s""'<>]+))*\s*/?>", RegexOptions.CultureInvariant);

    private (string? Replacement, int Length) Tag(int i)
    {
        var match = TagForm.Match(_text, i);
        return match.Success && HtmlNames.Tag(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["end"].Length > 0) is { } replacement ? (replacement, match.Length) : (null, 1);
    }

    private static readonly Regex Prompt = new(@"^[ \t]*(?:(?:>>>|\.\.\.(?=[ \t])|>+|In \[\d*\]:)[ \t]+|[•▪◦‣●■▸►◆✦][ \t]*)+", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Rule = new(@"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|?)+[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex DisplayStyle = new(@"\{\\(?:display|text|script)style(?![a-zA-Z])", RegexOptions.CultureInvariant);

    /// <summary>What belongs to a line as a whole: prompts, quotations, bullets, tables, and the braces of an image's text.</summary>
    private void FindLayout()
    {
        FindMarkup();
        if (_text.IndexOfAny(['>', '•', '▪', '◦', '‣', '●', '■', '▸', '►', '◆', '✦', '[']) >= 0 || _text.Contains("... "))
        {
            foreach (Match prompt in Prompt.Matches(_text))
            {
                for (var i = prompt.Index; i < prompt.Index + prompt.Length; i++)
                {
                    if (!char.IsWhiteSpace(_text[i]))
                        _dropped[i] = " ";
                }
            }
        }

        if (_text.Contains("|") && _text.Contains("---"))
            FindTables();
        if (!_text.Contains("style"))
            return;
        foreach (Match match in DisplayStyle.Matches(_text))
        {
            if (ClosingBrace(match.Index) is not { } close)
                continue;
            for (var i = match.Index; i < match.Index + match.Length; i++)
                _dropped[i] = " ";
            _dropped[close] = " ";
        }
    }

    /// <summary>Where the brace closes that opens at a place, as <see cref="Braces.Closing"/> has it; each is looked for once.</summary>
    private int? ClosingBrace(int open)
    {
        if (open >= _text.Length || _text[open] != '{' || (open > 0 && _text[open - 1] == '\\'))
            return Braces.Closing(_text, open);
        if (_closings is null)
        {
            _closings = [];
            var opened = new Stack<int>();
            for (var i = 0; i < _text.Length; i++)
            {
                if (_text[i] == '\\')
                    i++;
                else if (_text[i] == '{')
                    opened.Push(i);
                else if (_text[i] == '}' && opened.Count > 0)
                    _closings[opened.Pop()] = i;
            }
        }

        return _closings.TryGetValue(open, out var close) ? close : null;
    }

    private Dictionary<int, int>? _closings;

    /// <summary>The bars between cells, and the rule below the head; bars within dollar signs are magnitudes.</summary>
    private void FindTables()
    {
        foreach (Match rule in Rule.Matches(_text))
        {
            if (!rule.Value.Contains("|") || _dropped.ContainsKey(rule.Index))
                continue;
            for (var i = rule.Index; i < rule.Index + rule.Length; i++)
                _dropped[i] = " ";
            var line = LineEnds.StartOfLine(_text, Math.Max(0, rule.Index - 1));
            while (line < _text.Length && IsRow(line, out var end))
            {
                var (isMath, cell) = (false, line);
                for (var i = line; i <= end && i < _text.Length; i++)
                {
                    isMath ^= _text[i] == '$';
                    if (i < end && (_text[i] != '|' || isMath))
                        continue;
                    DropWords(cell, i);
                    cell = i + 1;
                    if (i < end)
                        _dropped[i] = "\n";
                }

                line = end + 1;
            }
        }
    }

    /// <summary>A cell without mathematics is a heading or a name.</summary>
    private void DropWords(int start, int end)
    {
        if (_text.IndexOfAny(['$', '=', '←', '\\', '`'], start, end - start) >= 0)
            return;
        for (var i = start; i < end; i++)
            _dropped[i] = " ";
    }

    private bool IsRow(int line, out int end)
    {
        end = line;
        while (end < _text.Length && !LineEnds.IsLineEnd(_text[end]))
            end++;
        return _text.Substring(line, end - line).Contains("|") || _dropped.ContainsKey(line);
    }
}
