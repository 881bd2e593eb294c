using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads names and numbers, and what stands above and below them.</summary>
internal sealed partial class Lexer
{
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

        var name = new Token(TokenKind.Name, TextSpan.FromBounds(start, _position), glyphs.ToImmutable(), IsOutside(start) ? Token.Outside : "");
        var isPart = Current == '_' || (_tokens.Count > 0 && _tokens[_tokens.Count - 1] is { Kind: TokenKind.Underscore } joined && joined.Span.End == start)
            || (Current is ',' or '}' && start > 0 && _text[start - 1] is ',' or '{');
        _tokens.Add(isPart ? name : name.Name switch
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

    /// <summary>A word under another spelling than it has in the text.</summary>
    private void LexWord(string word, TextSpan span)
    {
        var glyphs = word.Select((letter, i) => new Glyph(letter.ToString(), word.Length == span.Length ? new TextSpan(span.Start + i, 1) : span));
        _tokens.Add(new Token(TokenKind.Name, span, [.. glyphs], ""));
        _position = span.End;
    }

    private void LexNumber()
    {
        var start = _position;
        var afterUnderscore = _tokens.Count > 0 && _tokens[_tokens.Count - 1].Kind == TokenKind.Underscore;
        SkipDigits();
        if (!afterUnderscore)
        {
            if (Current == '.' && (IsDigit(Peek(1)) || (Peek(1) is 'f' or 'F' && !(char.IsLetterOrDigit(Peek(2)) || Peek(2) is '_' or '(')) || (!AtLineEnd(_position + 1) && Peek(1) != '.' && !char.IsLetter(Peek(1)) && !IsBeforeNumberOfEquation())))
            {
                _position++;
                SkipDigits();
            }

            else if (Current == ',' && _openBrackets == 0 && IsDigit(Peek(1)) && _hasAssigned && !IsList(start))
            {
                // The comma of a decimal number: outside of brackets nothing else can stand between two digits.
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
        var digits = _text.Substring(span.Start, span.Length).Replace('−', '-').Replace(',', '.');

        // 1.0f is a number of a program; 2f is a product.
        if (!afterUnderscore && Current is 'f' or 'F' && digits.Any(digit => digit is '.' or 'e') && !(char.IsLetterOrDigit(Peek(1)) || Peek(1) is '_' or '('))
            span = TextSpan.FromBounds(span.Start, ++_position);
        if (!afterUnderscore && Suffix.Match(_text, _position) is { Success: true } suffix)
            span = TextSpan.FromBounds(span.Start, _position += suffix.Length);
        _tokens.Add(new Token(TokenKind.Number, span, digits));
    }

    /// <summary>The type of a number of Rust.</summary>
    private static readonly Regex Suffix = new(@"\G_?f(?:32|64)(?![\w(])", RegexOptions.CultureInvariant);

    /// <summary><c>x - 1. (4)</c>: a full stop, and the number of the equation.</summary>
    private bool IsBeforeNumberOfEquation() => NumberOfEquation.IsMatch(_text, _position);

    private static readonly Regex NumberOfEquation = new(@"\G\.[ \t]+\(\d{1,3}(?:\.\d{1,3})?[a-z]?\)[ \t]*(?:\r?\n|\z|\\)", RegexOptions.CultureInvariant);

    /// <summary><c>k = 1,2,3, …</c>: whole numbers that commas set apart.</summary>
    private bool IsList(int start) => NumbersInList.IsMatch(_text, start);

    private static readonly Regex NumbersInList = new(@"\G\d+(?:,[ \t]*\d+)+,[ \t]*(?:\\|…|\.\.|\d|\p{L}|\z)|\G\d+,\d+,\d", RegexOptions.CultureInvariant);

    private void SkipDigits()
    {
        while (IsDigit(Current))
            _position++;
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
}
