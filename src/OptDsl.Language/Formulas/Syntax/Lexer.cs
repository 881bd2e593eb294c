using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Pages;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Cuts a formula text into tokens. Plain, Unicode and LaTeX notation come out alike: <c>β₁ᵗ</c>, <c>β_1^t</c> and
/// <c>\beta_{1}^{t}</c> are a name, a subscript and an exponent.
/// </summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly ErrorSink _errors;
    private readonly ImmutableArray<Token>.Builder _tokens = ImmutableArray.CreateBuilder<Token>();
    private int _position;

    /// <summary>Where braces end that hold words and formulas together.</summary>
    private readonly HashSet<int> _invisible = [];

    /// <summary>How many brackets are open since the last assignment.</summary>
    private int _openBrackets;

    private bool _hasAssigned;

    /// <summary>Where a <c>\left</c> stands whose bracket comes next: the two are one token.</summary>
    private int? _delimiterStart;

    private Lexer(string text, ErrorSink errors)
    {
        _text = text;
        _errors = errors;
    }

    /// <summary>The tokens of a text, the last one <see cref="TokenKind.End"/>. Characters that mean nothing are reported and passed over.</summary>
    public static ImmutableArray<Token> Lex(string text, ErrorSink errors)
    {
        var page = Page.Read(text);
        if (Clipboard.Read(page?.Text ?? text) is { } cleared)
            page = page is null ? cleared : page.Then(cleared);
        if (page is not { } plain)
            return new Lexer(text, errors).Run();
        var found = errors.Sibling();
        var tokens = new Lexer(plain.Text, found).Run();
        foreach (var error in found.ToImmutable())
            errors.Add(error with { Span = plain.PlaceOf(error.Span), Fixes = [.. error.Fixes.Select(fix => fix is ReplaceFix replace ? replace with { Span = plain.PlaceOf(replace.Span) } : fix)] });
        return [.. tokens.Select(token => token with
        {
            Span = plain.PlaceOf(token.Span),
            Glyphs = [.. token.Glyphs.Select(glyph => glyph with { Span = plain.PlaceOf(glyph.Span) })],
        })];
    }

    private char Current => Peek(0);

    /// <summary>A mark of exclamation apart from what is around it, to the end of the line; before a name or a bracket it says "not".</summary>
    private bool IsFortranComment() => (_position == 0 || char.IsWhiteSpace(_text[_position - 1])) && (Peek(1) is '\0' or '!' || char.IsWhiteSpace(Peek(1)));

    private char Peek(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    private ImmutableArray<Token> Run()
    {
        while (_position < _text.Length)
        {
            var count = _tokens.Count;
            LexOne();
            for (var i = count; i < _tokens.Count; i++)
                _hasAssigned |= StatementSplitter.IsAssignment(_tokens[i].Kind);
            for (var i = count; i < _tokens.Count; i++)
                _openBrackets = StatementSplitter.IsAssignment(_tokens[i].Kind) ? 0 : Math.Max(0, _openBrackets + BracketDepth.Of(_tokens[i].Kind));
            if (_delimiterStart is { } start && _tokens.Count > count)
            {
                _tokens[count] = _tokens[count] with { Span = TextSpan.FromBounds(start, _tokens[count].Span.End) };
                _delimiterStart = null;
            }
        }

        _tokens.Add(new Token(TokenKind.End, new TextSpan(_text.Length, 0)));
        return _tokens.ToImmutable();
    }

    private void LexOne()
    {
        var character = Current;
        if (_cases.Count > 0 && TryLexInCases())
            return;
        if (_invisible.Remove(_position))
        {
            _position++;
            return;
        }

        if (character == '$')
            LexDollar();
        else if (LineEnds.IsLineEnd(character) || character is ';' or '；')
            Add(TokenKind.NewLine, 1, LineEnds.IsLineEnd(character) ? "" : ";");
        else if (char.IsWhiteSpace(character) || character is '&' or '~' or '$' or '\u200B' or '\u2061' or '\u2062' or '\u2063' or '\uFEFF')
            _position++;
        else if (character == '`' && StartsWith(_position, "```"))
            SkipToLineEnd();
        else if (character is '#')
            SkipToLineEnd();
        else if (character is '%' || (character == '/' && Peek(1) == '/'))
            LexDoubtfulComment(character == '%' ? 1 : 2);
        else if (character == '`')
            _position++;
        else if (character is '▷' or '▹' or '⊳')
            SkipToRowEnd();
        else if (character == '!' && EndsExclamation())
            _position++;
        else if (character == '!' && IsFortranComment())
            SkipToLineEnd();
        else if (character == '!' && _position + 1 < _text.Length && (Peek(1) == '(' || Letters.IsLetterAt(_text, _position + 1)))
            Add(TokenKind.Not, 1);
        else if (character == '\\')
            LexCommand();
        else if (IsDigit(character) || (character == '.' && IsDigit(Peek(1))))
            LexNumber();
        else if (character is '.' or ',' && AtLineEnd(_position + 1))
            LexEndOfSentence();
        else if (character is '∑' or '∏' or '⊤')
            LexWord(character.ToString(), new TextSpan(_position, 1));
        else if (Remarks.IndexOf(character) >= 0 || (character == '.' && Peek(1) == '.'))
            LexRemark();
        else if (Scripts.Superscript(character) is not null)
            LexScript(TokenKind.Caret, Scripts.Superscript);
        else if (Scripts.Subscript(character) is not null)
            LexScript(TokenKind.Underscore, Scripts.Subscript);
        else if (Scripts.Fraction(character) is { } fraction)
            Add(TokenKind.Number, 1, fraction.ToString("R", CultureInfo.InvariantCulture));
        else if (Letters.IsLetterAt(_text, _position))
            LexName();
        else if (TryLexKey() || TryLexScope())
            return;
        else if (Letters.IsPrime(character))
            LexPrime();
        else
            LexOperator();
    }

    private void Add(TokenKind kind, int length, string text = "")
    {
        _tokens.Add(new Token(kind, new TextSpan(_position, length), text));
        _position += length;
    }

    private bool StartsWith(int position, string value) => string.CompareOrdinal(_text, position, value, 0, value.Length) == 0;

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
