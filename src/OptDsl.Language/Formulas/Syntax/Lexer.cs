using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OptDsl.Language.Formulas.Diagnostics;

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

    /// <summary>Where a <c>\left</c> stands whose bracket comes next: the two are one token.</summary>
    private int? _delimiterStart;

    private Lexer(string text, ErrorSink errors)
    {
        _text = text;
        _errors = errors;
    }

    /// <summary>The tokens of a text, the last one <see cref="TokenKind.End"/>. Characters that mean nothing are reported and passed over.</summary>
    public static ImmutableArray<Token> Lex(string text, ErrorSink errors) => new Lexer(text, errors).Run();

    private char Current => Peek(0);

    private char Peek(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    private ImmutableArray<Token> Run()
    {
        while (_position < _text.Length)
        {
            var count = _tokens.Count;
            LexOne();
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

        if (LineEnds.IsLineEnd(character) || character is ';' or '；')
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
        else if (Letters.IsPrime(character))
            LexPrime();
        else
            LexOperator();
    }

    private void LexOperator()
    {
        var (kind, length) = (Current, Peek(1)) switch
        {
            ('+', '=') => (TokenKind.PlusAssign, 2),
            ('-' or '−' or '–', '=') => (TokenKind.MinusAssign, 2),
            ('*' or '·' or '×', '=') => (TokenKind.TimesAssign, 2),
            ('/' or '÷', '=') => (TokenKind.DivideAssign, 2),
            (':', '=') => (TokenKind.Assign, 2),
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('*', '*') => (TokenKind.Caret, 2),
            ('|', '|') => (TokenKind.DoubleBar, 2),
            ('+', _) => (TokenKind.Plus, 1),
            ('-' or '−' or '–', _) => (TokenKind.Minus, 1),
            ('*' or '·' or '⋅' or '×' or '∘' or '⊙' or '∗' or '⨀' or '•', _) => (TokenKind.Times, 1),
            ('/' or '÷' or '⁄' or '∕' or '⊘', _) => (TokenKind.Divide, 1),
            ('^', _) => (TokenKind.Caret, 1),
            ('_', _) => (TokenKind.Underscore, 1),
            ('√', _) => (TokenKind.Root, 1),
            ('∂', _) => (TokenKind.Partial, 1),
            ('∛', _) => (TokenKind.CubeRoot, 1),
            ('∇', _) => (TokenKind.Nabla, 1),
            ('∞', _) => (TokenKind.Infinity, 1),
            ('(', _) => (TokenKind.OpenParenthesis, 1),
            (')', _) => (TokenKind.CloseParenthesis, 1),
            ('[', _) => (TokenKind.OpenBracket, 1),
            (']', _) => (TokenKind.CloseBracket, 1),
            ('{', _) => (TokenKind.OpenBrace, 1),
            ('}', _) => (TokenKind.CloseBrace, 1),
            ('⟨' or '〈', _) => (TokenKind.OpenAngle, 1),
            ('⟩' or '〉', _) => (TokenKind.CloseAngle, 1),
            ('|' or '∣', _) => (TokenKind.Bar, 1),
            ('‖' or '∥', _) => (TokenKind.DoubleBar, 1),
            (',', _) => (TokenKind.Comma, 1),
            ('?', _) => (TokenKind.Question, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('∧', _) => (TokenKind.And, 1),
            ('∨', _) => (TokenKind.Or, 1),
            ('¬', _) => (TokenKind.Not, 1),
            ('<', _) => (TokenKind.Less, 1),
            ('>', _) => (TokenKind.Greater, 1),
            ('≤' or '⩽', _) => (TokenKind.LessOrEqual, 1),
            ('≥' or '⩾', _) => (TokenKind.GreaterOrEqual, 1),
            ('≠', _) => (TokenKind.NotEqual, 1),
            ('=' or '←' or '≔' or '⟵' or '⇐' or '≜' or '≝' or '↦' or '≡' or '≐', _) => (TokenKind.Assign, 1),
            _ => (TokenKind.End, 0),
        };
        if (length > 0)
            Add(kind, length);
        else
            ReportCharacter();
    }

    private void ReportCharacter()
    {
        if (Current == '.' && (TryLexMember() || TryLexEndOfSentence()))
            return;
        var length = Letters.LengthAt(_text, _position);
        var span = new TextSpan(_position, length);
        var code = char.IsSurrogate(_text[_position]) && length == 1
            ? "half of a surrogate pair"
            : $"the character '{_text.Substring(_position, length)}' (U+{char.ConvertToUtf32(_text, _position):X4})";
        var advice = ForeignNotation.OfCharacter(_text.Substring(_position, length)) is { } text ? ": " + text : "";
        _errors.Syntax(span, $"{code} has no meaning in a formula{advice}");
        _position += length;
    }

    /// <summary>The point of <c>np.sqrt</c>, which is the function by itself, and of <c>g.abs</c>, which nothing here is.</summary>
    private bool TryLexMember()
    {
        if (_tokens.Count == 0 || _tokens[_tokens.Count - 1] is not { Kind: TokenKind.Name } owner || owner.Span.End != _position || !Letters.IsLetterAt(_text, _position + 1))
            return false;
        var start = _position + 1;
        var end = start;
        while (end < _text.Length && (Letters.IsLetterAt(_text, end) || IsDigit(_text[end]) || _text[end] == '_'))
            end += Letters.LengthAt(_text, end);
        var member = _text.Substring(start, end - start);
        if (ForeignNotation.IsModule(owner.Name) && !(end < _text.Length && _text[end] == '.' && ForeignNotation.IsModule(member)))
        {
            // What stands for a function or constant of a library is written without the library; the rest is lexed as any name.
            _tokens.RemoveAt(_tokens.Count - 1);
            _position = start;
            if (char.IsUpper(member[0]) && ForeignNotation.IsMathClass(owner.Name))
                LexWord(member.ToLowerInvariant(), TextSpan.FromBounds(start, end));
            return true;
        }

        if (ForeignNotation.IsModule(owner.Name))
        {
            _tokens.RemoveAt(_tokens.Count - 1);
            _position = end + 1;
            return true;
        }

        ForeignNotation.ReportMember(_errors, TextSpan.FromBounds(owner.Span.Start, end), owner.Name, member);
        _position = end;
        return true;
    }

    /// <summary>A full stop behind a value, before a sentence or a bracket: what follows is said about the formula.</summary>
    private bool TryLexEndOfSentence()
    {
        var next = _position + 1;
        while (next < _text.Length && _text[next] is ' ' or '$' or '\t')
            next++;
        if (next == _position + 1 || next >= _text.Length || !(char.IsUpper(_text[next]) || _text[next] == '('))
            return false;
        Add(TokenKind.Prose, 1, ".");
        return true;
    }

    /// <summary>A word under another spelling than it has in the text.</summary>
    private void LexWord(string word, TextSpan span)
    {
        var glyphs = word.Select((letter, i) => new Glyph(letter.ToString(), word.Length == span.Length ? new TextSpan(span.Start + i, 1) : span));
        _tokens.Add(new Token(TokenKind.Name, span, [.. glyphs], ""));
        _position = span.End;
    }

    /// <summary>A letter, then letters, digits, primes and combining marks.</summary>
    private void LexName()
    {
        var start = _position;
        var glyphs = ImmutableArray.CreateBuilder<Glyph>();
        while (_position < _text.Length && Letters.IsLetterAt(_text, _position) && Scripts.Superscript(Current) is null && Scripts.Subscript(Current) is null)
        {
            var glyph = _position;
            _position += Letters.LengthAt(_text, _position);
            while (_position < _text.Length && (IsDigit(Current) || Letters.IsPrime(Current) || Letters.IsMarkAt(_text, _position)))
                _position += Letters.LengthAt(_text, _position);
            var span = TextSpan.FromBounds(glyph, _position);
            glyphs.Add(new Glyph(Letters.Normalize(_text.Substring(span.Start, span.Length)), span));
        }

        var name = new Token(TokenKind.Name, TextSpan.FromBounds(start, _position), glyphs.ToImmutable(), "");
        _tokens.Add(name.Name switch
        {
            "and" => new Token(TokenKind.And, name.Span),
            "or" => new Token(TokenKind.Or, name.Span),
            "not" => new Token(TokenKind.Not, name.Span),
            _ => name,
        });

        // ρ∞ as ρ_∞: nothing else can stand there.
        if (Current == '∞')
            Add(TokenKind.Underscore, 0);
    }

    /// <summary>A prime that stands apart from its letter, as in <c>g₁'</c>: a subscript made of the prime.</summary>
    private void LexPrime()
    {
        var span = new TextSpan(_position++, 1);
        _tokens.Add(new Token(TokenKind.Underscore, new TextSpan(span.Start, 0)));
        _tokens.Add(new Token(TokenKind.OpenBrace, new TextSpan(span.Start, 0)));
        _tokens.Add(new Token(TokenKind.Name, span, [new Glyph("'", span)], ""));
        _tokens.Add(new Token(TokenKind.CloseBrace, new TextSpan(span.End, 0)));
    }

    private void LexNumber()
    {
        var start = _position;
        var afterUnderscore = _tokens.Count > 0 && _tokens[_tokens.Count - 1].Kind == TokenKind.Underscore;
        SkipDigits();
        if (!afterUnderscore)
        {
            if (Current == '.' && (IsDigit(Peek(1)) || (!AtLineEnd(_position + 1) && Peek(1) != '.' && !char.IsLetter(Peek(1)))))
            {
                _position++;
                SkipDigits();
            }

            var sign = Peek(1) is '+' or '-' or '−' ? 1 : 0;
            if (Current is 'e' or 'E' && IsDigit(Peek(1 + sign)))
            {
                _position += 1 + sign;
                SkipDigits();
            }
        }

        var span = TextSpan.FromBounds(start, _position);
        _tokens.Add(new Token(TokenKind.Number, span, _text.Substring(span.Start, span.Length).Replace('−', '-')));
    }

    /// <summary>A run of superscript or subscript characters becomes a script in braces, token by token at its own place.</summary>
    private void LexScript(TokenKind kind, Func<char, char?> meaning)
    {
        Add(kind, 0);
        Add(TokenKind.OpenBrace, 0);
        var first = _tokens.Count;
        while (meaning(Current) is { } plain)
        {
            // g⁽ᵗ⁾² is the square of the value at a time.
            if (kind == TokenKind.Caret && _tokens[_tokens.Count - 1].Kind == TokenKind.CloseParenthesis && first + 1 < _tokens.Count
                && _tokens[first].Kind == TokenKind.OpenParenthesis && _tokens[first + 1].Kind == TokenKind.Name)
            {
                Add(TokenKind.CloseBrace, 0);
                Add(kind, 0);
                Add(TokenKind.OpenBrace, 0);
                first = _tokens.Count;
            }

            var start = _position;
            if (IsDigit(plain))
            {
                var digits = "";
                for (; meaning(Current) is { } digit && IsDigit(digit); _position++)
                    digits += digit;
                _tokens.Add(new Token(TokenKind.Number, TextSpan.FromBounds(start, _position), digits));
                continue;
            }

            _position++;
            var span = new TextSpan(start, 1);
            _tokens.Add(plain switch
            {
                '+' => new Token(TokenKind.Plus, span),
                '-' => new Token(TokenKind.Minus, span),
                '(' => new Token(TokenKind.OpenParenthesis, span),
                ')' => new Token(TokenKind.CloseParenthesis, span),
                _ => new Token(TokenKind.Name, span, [new Glyph(plain.ToString(), span)], ""),
            });
        }

        Add(TokenKind.CloseBrace, 0);
    }

    private void Add(TokenKind kind, int length, string text = "")
    {
        _tokens.Add(new Token(kind, new TextSpan(_position, length), text));
        _position += length;
    }

    private void SkipDigits()
    {
        while (IsDigit(Current))
            _position++;
    }

    private void SkipToLineEnd()
    {
        while (_position < _text.Length && !LineEnds.IsLineEnd(Current))
            _position++;
    }

    /// <summary><c>%</c> and <c>//</c> start a comment, but are operators of programs too: of a single operand behind them nobody can tell.</summary>
    private void LexDoubtfulComment(int length)
    {
        var sign = new TextSpan(_position, length);
        var start = _position;
        SkipToLineEnd();
        var isOperand = _tokens.Count > 0 && _tokens[_tokens.Count - 1].Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseParenthesis or TokenKind.CloseBracket;
        if (!isOperand || !Operand.IsMatch(_text.Substring(start + length, _position - start - length)))
            return;
        var shown = _text.Substring(sign.Start, length);
        _errors.Syntax(
            sign, $"'{shown}' can start a comment or be an operator of programs ({(length == 1 ? "the remainder, x - n·floor(x / n) here" : "the quotient rounded down, floor(x / n) here")}); write which",
            new ReplaceFix("Write a comment: '#'", sign, "#"));
    }

    private static readonly Regex Operand = new(@"^\s*(\d+|\p{L}\w?)\s*($|[=+\-*/)<>?:!,;])", RegexOptions.CultureInvariant);

    /// <summary>Skips a comment within rows: they end at the line's end or at <c>\\\\</c>.</summary>
    private void SkipToRowEnd()
    {
        while (_position < _text.Length && !LineEnds.IsLineEnd(Current) && !(Current == '\\' && Peek(1) == '\\'))
            _position++;
    }

    /// <summary>A comma or a full stop at the end of a line is punctuation, unless brackets are open in which the comma sets values apart.</summary>
    private void LexEndOfSentence()
    {
        if (Current == ',' && _openBrackets > 0)
            Add(TokenKind.Comma, 1);
        else
            _position++;
    }

    private const string Remarks = "∈∉∼∀∃…⋯→⇒≈∝⊂⊆∴∵✓□■";

    private void LexRemark()
    {
        var start = _position;
        while (_position < _text.Length && Current == '.')
            _position++;
        if (_position == start)
            _position++;
        var span = TextSpan.FromBounds(start, _position);
        _tokens.Add(new Token(TokenKind.Prose, span, Current == '.' ? "…" : _text.Substring(start, span.Length)));
    }

    /// <summary>True where only layout follows on the line: the place of a trailing comma or full stop.</summary>
    private bool AtLineEnd(int position)
    {
        if (position >= _punctuation.Start && position <= _punctuation.End)
            return _punctuation.EndsLine;
        var start = position;
        while (position < _text.Length && (_text[position] is ' ' or '\t' or '&' or '$' or ',' or '.'))
            position++;
        var endsLine = position >= _text.Length
            || LineEnds.IsLineEnd(_text[position]) || _text[position] is ';' or '#' or '%'
            || StartsWith(position, @"\\") || StartsWith(position, @"\]") || StartsWith(position, @"\end{");
        _punctuation = (start, position, endsLine);
        return endsLine;
    }

    /// <summary>The last run of punctuation and layout that was looked through, so that none is twice.</summary>
    private (int Start, int End, bool EndsLine) _punctuation = (-1, -1, false);

    private bool StartsWith(int position, string value) => string.CompareOrdinal(_text, position, value, 0, value.Length) == 0;

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
