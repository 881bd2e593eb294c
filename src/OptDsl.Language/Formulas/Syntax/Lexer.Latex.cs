using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads LaTeX commands.</summary>
internal sealed partial class Lexer
{
    private void LexCommand()
    {
        var start = _position;
        var end = start + 1;
        while (end < _text.Length && _text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            end++;
        if (end == start + 1)
            LexCommandSymbol();
        else
            LexNamedCommand(_text.Substring(start + 1, end - start - 1), TextSpan.FromBounds(start, end));
    }

    private void LexCommandSymbol()
    {
        switch (Peek(1))
        {
            case '\\':
                Add(TokenKind.NewLine, 2);
                if (Current == '[')
                    SkipPast(']');
                break;
            case '|':
                Add(TokenKind.DoubleBar, 2);
                break;
            case '{' when !StartsRow && TryOpenTable():
                break;
            case '{':
                Add(TokenKind.OpenParenthesis, 2);
                break;
            case '}':
                Add(TokenKind.CloseParenthesis, 2);
                break;
            case '[' or ']':
                Add(TokenKind.NewLine, 2);
                break;
            case '*' or '+' or '=':
                // Markdown's escapes.
                _position++;
                break;
            case ',' or ';' or ':' or '!' or ' ' or '>' or '(' or ')' or '\t':
            case var end when LineEnds.IsLineEnd(end):
                _position += 2;
                break;
            case '_':
                LexEscapedUnderscore();
                break;
            case '%' or '#' or '$' or '&':
                _tokens.Add(new Token(TokenKind.Prose, new TextSpan(_position, 2), _text.Substring(_position + 1, 1)));
                _position += 2;
                break;
            default:
                _errors.Syntax(new TextSpan(_position, 1), "a backslash starts a LaTeX command, such as \\beta or \\frac");
                _position++;
                break;
        }
    }

    private void LexNamedCommand(string name, TextSpan span)
    {
        _position = span.End;
        if (Keywords.OfCommand(name) is { } keyword)
        {
            _tokens.Add(new Token(TokenKind.NewLine, new TextSpan(span.Start, 0)));
            _tokens.Add(new Token(TokenKind.Keyword, span, keyword));
            return;
        }

        if (LexListingCommand(name, span))
            return;
        if (LatexCommands.LetterNames.TryGetValue(name, out var letter))
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph(letter, span)], ""));
        }
        else if (Functions.IsCommand(name))
        {
            _tokens.Add(new Token(TokenKind.Name, span, [.. name.Select(c => new Glyph(c.ToString(), span))], ""));
        }
        else if (name is "top" or "intercal" or "transpose")
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph("⊤", span)], ""));
        }
        else if (name is "bmod" or "mod" or "pmod")
        {
            _tokens.Add(new Token(TokenKind.Name, span, [.. Functions.Remainder.Select(letter => new Glyph(letter.ToString(), span))], ""));
        }
        else if (name is "sum" or "prod")
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph(name == "sum" ? Parser.SumSign : Parser.ProductSign, span)], ""));
        }
        else if (name == "prime")
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph("'", span)], ""));
        }
        else if (name is "otimes" or "bigotimes")
        {
            _position = span.Start;
            LexCircledTimes(span.Length);
        }
        else if (name == "star")
        {
            _tokens.Add(new Token(TokenKind.Times, span));
        }
        else if (LatexCommands.Symbols.TryGetValue(name, out var symbol))
        {
            _tokens.Add(new Token(symbol, span, name is "odot" or "circ" ? Token.Circle : name == "ast" ? Token.Star : name == "cdot" ? Token.Dot : ""));
        }
        else if (LatexCommands.Remarks.TryGetValue(name, out var remark))
        {
            _tokens.Add(new Token(TokenKind.Prose, span, remark));
        }
        else if (LatexCommands.Gaps.Contains(name))
        {
            // At the start of a line it is how far that is indented.
            if (!StartsRow)
                _tokens.Add(new Token(TokenKind.Gap, span));
        }
        else if (LatexCommands.Layout.Contains(name))
        {
            SkipInvisibleDelimiter(name, span);
        }
        else if (LatexCommands.Colours.Contains(name))
        {
            SkipColour();
        }
        else if (name == "begin" && !StartsRow && TryOpenCases(span.Start))
        {
        }
        else if (LatexCommands.LayoutWithArgument.Contains(name))
        {
            SkipArgument();
            if (name is "begin" or "end")
                Add(TokenKind.NewLine, 0);
        }
        else if (name is "stackrel" or "overset" or "underset")
        {
            LexStacked();
        }
        else if ((LatexCommands.Typefaces.Contains(name) || LatexCommands.Accents.ContainsKey(name)) && (StartsWith(_position, @"{\nabla}") || StartsWith(_position, @"\nabla")))
        {
            var length = Current == '{' ? @"{\nabla}".Length : @"\nabla".Length;
            _tokens.Add(new Token(TokenKind.Nabla, TextSpan.FromBounds(span.Start, _position + length)));
            _position += length;
        }
        else if (LatexCommands.Switches.Contains(name) && (Current != '{' || !LatexCommands.Typefaces.Contains(name)))
        {
            LexSwitch(span);
        }
        else if (LatexCommands.Typefaces.Contains(name) && Current is '{' or '*' or ' ' && LexWords(name, span))
        {
            return;
        }
        else if (IsArgumentCommand(name))
        {
            _tokens.Add(new Token(TokenKind.Command, span, name));
        }
        else if (OfAuthor(name) is { } shorthand)
        {
            _tokens.Add(shorthand == "∇" ? new Token(TokenKind.Nabla, span) : new Token(TokenKind.Name, span, [new Glyph(Letters.Normalize(shorthand), span)], ""));
        }
        else if (IsOutside(span.Start))
        {
            // Of the page, and not of a formula.
            while (Current == '{' && EndOfBraces(_position) is var end && _text[end - 1] == '}' && _text.IndexOf('=', _position, end - _position) < 0)
                _position = end;
            _tokens.Add(new Token(TokenKind.Prose, TextSpan.FromBounds(span.Start, _position), name));
        }
        else
        {
            UnknownCommands.Report(_errors, span, name);
        }
    }

    private static readonly string[] Shorthands = ["v", "m", "rv", "b", "bf", "bm", "bs", "vec", "mat"];

    /// <summary>The letter that a command of a paper's own sets in bold: <c>\vx</c>, <c>\vtheta</c>, <c>\mW</c>, and the gradient as <c>\grad</c>. Null for others.</summary>
    private static string? OfAuthor(string name)
    {
        if (name is "grad" or "gradient" or "nab")
            return "∇";
        if (name is "E" or "EE" or "R")
            return name.Substring(0, 1);
        foreach (var prefix in Shorthands)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var rest = name.Substring(prefix.Length);
            if (rest.Length == 1 && char.IsLetter(rest[0]))
                return rest;
            if (LatexCommands.LetterNames.TryGetValue(rest, out var letter))
                return letter;
        }

        return null;
    }

    private static bool IsArgumentCommand(string name) =>
        name == LatexCommands.SquareRoot || LatexCommands.Fractions.Contains(name)
        || LatexCommands.Typefaces.Contains(name) || LatexCommands.Accents.ContainsKey(name);

    /// <summary><c>\left.</c> and <c>\right.</c> draw nothing.</summary>
    private void SkipInvisibleDelimiter(string name, TextSpan span)
    {
        if (name is not ("left" or "right"))
            return;
        if (Current == '.')
            _position++;
        else
            _delimiterStart = span.Start;
    }

    /// <summary>True where nothing stands before on the row: cases there are a system of equations.</summary>
    private bool StartsRow => _tokens.Count == 0 || _tokens[_tokens.Count - 1].Kind is TokenKind.NewLine;

    private void SkipColour()
    {
        if (Current == '[')
            SkipPast(']');
        if (Current == '{')
            SkipPast('}');

        // The braces of what is coloured group nothing: \color{red}{+ x}.
        if (Current != '{')
            return;
        var end = EndOfBraces(_position);
        if (_text[end - 1] != '}' || _text.IndexOf('=', _position, end - _position) >= 0)
            return;
        _invisible.Add(end - 1);
        _position++;
    }

    /// <summary>Skips <c>{aligned}</c>, <c>*{5mm}</c> or <c>{array}{rcl}</c>, on the same line.</summary>
    private void SkipArgument()
    {
        if (Current == '*')
            _position++;
        while (Current is '{' or '[')
            SkipPast(Current == '{' ? '}' : ']');
    }

    private void SkipPast(char close)
    {
        var end = _position;
        while (end < _text.Length && !LineEnds.IsLineEnd(_text[end]) && _text[end] != close)
            end++;
        _position = end < _text.Length && _text[end] == close ? end + 1 : end;
    }
}
