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
            case '{':
                Add(TokenKind.OpenParenthesis, 2);
                break;
            case '}':
                Add(TokenKind.CloseParenthesis, 2);
                break;
            case ',' or ';' or ':' or '!' or ' ' or '>' or '[' or ']' or '(' or ')' or '\t':
            case var end when LineEnds.IsLineEnd(end):
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
        if (LatexCommands.LetterNames.TryGetValue(name, out var letter))
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph(letter, span)], ""));
        }
        else if (Functions.IsCommand(name))
        {
            _tokens.Add(new Token(TokenKind.Name, span, [.. name.Select(c => new Glyph(c.ToString(), span))], ""));
        }
        else if (name == "prime")
        {
            _tokens.Add(new Token(TokenKind.Name, span, [new Glyph("'", span)], ""));
        }
        else if (LatexCommands.Symbols.TryGetValue(name, out var symbol))
        {
            _tokens.Add(new Token(symbol, span));
        }
        else if (LatexCommands.NewLines.Contains(name))
        {
            _tokens.Add(new Token(TokenKind.NewLine, span));
        }
        else if (LatexCommands.Layout.Contains(name))
        {
            SkipInvisibleDelimiter(name, span);
        }
        else if (name == "begin" && StartsWith(_position, "{cases}"))
        {
            _errors.Syntax(TextSpan.FromBounds(span.Start, _position + "{cases}".Length), "cases are written 'condition ? value : other value'");
            SkipArgument();
        }
        else if (LatexCommands.LayoutWithArgument.Contains(name))
        {
            SkipArgument();
        }
        else if (IsArgumentCommand(name))
        {
            _tokens.Add(new Token(TokenKind.Command, span, name));
        }
        else
        {
            _errors.UnknownCommand(span, name);
        }
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

    /// <summary>Skips <c>{aligned}</c>, or <c>{array}{rcl}</c>, on the same line.</summary>
    private void SkipArgument()
    {
        while (Current == '{')
            SkipPast('}');
    }

    private void SkipPast(char close)
    {
        var end = _position;
        while (end < _text.Length && !LineEnds.IsLineEnd(_text[end]) && _text[end] != close)
            end++;
        _position = end < _text.Length && _text[end] == close ? end + 1 : end;
    }
}
