using System.Globalization;
using System.Text;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Literals;

/// <summary>
/// The value of a string literal with, for every UTF-16 code unit of it, the characters of the literal's text that stand for
/// it. Two units of one escape share its characters.
/// </summary>
internal sealed class DecodedLiteral
{
    private readonly StringBuilder _value = new();
    private readonly List<int> _starts = [];
    private readonly List<int> _ends = [];

    private DecodedLiteral(int contentStart) => ContentStart = contentStart;

    public string Value => _value.ToString();

    /// <summary>Where the first character of the value would stand.</summary>
    public int ContentStart { get; }

    /// <summary>Where the characters of the literal for a unit of the value start.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>Where the characters of the literal for a unit of the value end.</summary>
    public int End(int index) => _ends[index];

    /// <summary>Decodes <c>"…"</c>.</summary>
    public static DecodedLiteral Regular(string text)
    {
        var literal = new DecodedLiteral(contentStart: 1);
        for (var i = 1; i < text.Length - 1;)
            i = text[i] == '\\' ? literal.AddEscape(text, i) : literal.Add(text[i], i, i + 1);
        return literal;
    }

    /// <summary>Decodes <c>@"…"</c>.</summary>
    public static DecodedLiteral Verbatim(string text)
    {
        var literal = new DecodedLiteral(contentStart: 2);
        for (var i = 2; i < text.Length - 1;)
            i = literal.Add(text[i], i, text[i] == '"' ? i + 2 : i + 1);
        return literal;
    }

    /// <summary>Decodes <c>"""…"""</c> on one line.</summary>
    public static DecodedLiteral RawSingleLine(string text)
    {
        var quotes = Quotes(text);
        var literal = new DecodedLiteral(contentStart: quotes);
        literal.AddRange(text, quotes, text.Length - quotes);
        return literal;
    }

    /// <summary>Decodes <c>"""…"""</c> over several lines: without the first and last line break and the indentation.</summary>
    public static DecodedLiteral RawMultiLine(string text)
    {
        var closing = text.Length - Quotes(text);
        var lastLine = LineStart(text, closing);
        var indentation = text.Substring(lastLine, closing - lastLine);
        var line = NextLine(text, 0);
        var literal = new DecodedLiteral(contentStart: line + indentation.Length);
        while (line < lastLine)
        {
            var next = NextLine(text, line);
            var content = string.CompareOrdinal(text, line, indentation, 0, indentation.Length) == 0
                ? line + indentation.Length
                : LineBreak(text, line);
            literal.AddRange(text, content, next < lastLine ? next : LineBreak(text, content));
            line = next;
        }

        return literal;
    }

    private static int Quotes(string text)
    {
        var count = 0;
        while (count < text.Length && text[count] == '"')
            count++;
        return count;
    }

    private static int LineStart(string text, int position)
    {
        while (position > 0 && !LineEnds.IsLineEnd(text[position - 1]))
            position--;
        return position;
    }

    private static int LineBreak(string text, int position)
    {
        while (position < text.Length && !LineEnds.IsLineEnd(text[position]))
            position++;
        return position;
    }

    private static int NextLine(string text, int position)
    {
        position = LineBreak(text, position);
        return position + 1 < text.Length && text[position] == '\r' && text[position + 1] == '\n' ? position + 2 : position + 1;
    }

    private int Add(char c, int start, int end)
    {
        _value.Append(c);
        _starts.Add(start);
        _ends.Add(end);
        return end;
    }

    private void AddRange(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
            Add(text[i], i, i + 1);
    }

    private int AddEscape(string text, int start)
    {
        var digits = text[start + 1] switch
        {
            'u' => 4,
            'U' => 8,
            'x' => HexDigits(text, start + 2),
            _ => 0,
        };
        if (digits == 0)
            return Add(Simple(text[start + 1]), start, start + 2);

        var end = start + 2 + digits;
        var code = int.Parse(text.Substring(start + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (code < 0x10000)
            return Add((char)code, start, end);
        foreach (var unit in char.ConvertFromUtf32(code))
            Add(unit, start, end);
        return end;
    }

    private static int HexDigits(string text, int start)
    {
        var count = 0;
        while (count < 4 && Uri.IsHexDigit(text[start + count]))
            count++;
        return count;
    }

    private static char Simple(char letter) => letter switch
    {
        '0' => '\0',
        'a' => '\a',
        'b' => '\b',
        'e' => '\u001b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => letter,
    };
}
