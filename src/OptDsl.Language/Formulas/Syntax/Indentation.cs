using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// How far the lines of a text are indented: by white space, or where the text sets its layout with commands, as in
/// <c>&amp;\hspace{5mm} \textbf{if}</c>, by these alone.
/// </summary>
internal sealed class Indentation
{
    private const int TabWidth = 4;

    // A point and an inch in millimetres; an em in usual sizes of print.
    private static readonly Dictionary<string, double> Units = new Dictionary<string, double>
    {
        ["mm"] = 1,
        ["cm"] = 10,
        ["pt"] = 0.35,
        ["in"] = 25.4,
        ["em"] = 3.5,
        ["ex"] = 1.5,
    };

    private static readonly Regex Command = new(
        @"\\(?:hspace\*?\s*\{\s*(?<size>\d+(?:\.\d+)?)\s*(?<unit>mm|cm|pt|in|em|ex)\s*\}|(?<quad>q?quad)(?![a-zA-Z]))", RegexOptions.CultureInvariant);

    private readonly ImmutableArray<Token> _tokens;
    private readonly string _text;
    private readonly bool _isSet;

    public Indentation(ImmutableArray<Token> tokens, string text)
    {
        (_tokens, _text) = (tokens, text);
        _isSet = Enumerable.Range(0, tokens.Length).Any(index => StartsLine(index) && Command.IsMatch(Before(index)));
    }

    /// <summary>Of the token that starts a line; null for any other.</summary>
    public double? Of(int index) => StartsLine(index) ? Width(Before(index)) : null;

    /// <summary>Of the line that a token stands in.</summary>
    public double OfLine(int index)
    {
        while (!StartsLine(index))
            index--;
        return Width(Before(index));
    }

    /// <summary>True where a line does not end, but only a statement.</summary>
    public bool IsSemicolon(Token newLine) => newLine.Span.Length == 1 && _text[newLine.Span.Start] is ';' or '；';

    private bool StartsLine(int index) =>
        index == 0 || (_tokens[index - 1].Kind == TokenKind.NewLine && _tokens[index].Kind != TokenKind.NewLine && !IsSemicolon(_tokens[index - 1]));

    private string Before(int index)
    {
        var start = index == 0 ? 0 : _tokens[index - 1].Span.End;
        var end = Math.Max(start, _tokens[index].Span.Start);

        // Behind a comment or other layout only what stands on the last line counts.
        start = Math.Max(start, LineEnds.StartOfLine(_text, end));
        return _text.Substring(start, end - start);
    }

    private double Width(string layout) => _isSet
        ? Command.Matches(layout).Cast<Match>().Sum(match => match.Groups["unit"].Success
            ? double.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture) * Units[match.Groups["unit"].Value]
            : match.Groups["quad"].Value == "quad" ? Units["em"] : 2 * Units["em"])
        : layout.Sum(character => character == '\t' ? TabWidth : char.IsWhiteSpace(character) ? 1 : 0);
}
