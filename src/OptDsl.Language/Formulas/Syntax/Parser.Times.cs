using System.Globalization;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads the time of a name where it is written above it or in brackets.</summary>
internal sealed partial class Parser
{
    /// <summary><c>^k</c>, <c>^{k+1}</c> or <c>^{t}</c> where a left side has the step so.</summary>
    private Subscript? ParseUpperTime()
    {
        if (Step == "" || _rest is not null || Current.Kind != TokenKind.Caret)
            return null;
        var start = Current.Span;
        if (At(1).Kind == TokenKind.Name && At(1).Name == Step)
        {
            MoveTo(_index + 2);
            return new Subscript(TextSpan.Cover(start, Previous), Step, 0);
        }

        if (At(1).Kind != TokenKind.OpenBrace || OffsetAt(_index + 2) is not { } offset || _tokens[Math.Min(offset.End, _tokens.Length - 1)].Kind != TokenKind.CloseBrace)
            return null;
        MoveTo(offset.End + 1);
        return new Subscript(TextSpan.Cover(start, Previous), Step, offset.Value);
    }

    /// <summary>The index in <c>v(t-1)</c> or <c>v[t]</c>, and where its brackets end.</summary>
    private (int Offset, int End)? TimeInBrackets()
    {
        var close = Current.Kind == TokenKind.OpenBracket ? TokenKind.CloseBracket : TokenKind.CloseParenthesis;
        return _rest is null && OffsetAt(_index + 1) is { } offset && _tokens[Math.Min(offset.End, _tokens.Length - 1)].Kind == close ? (offset.Value, offset.End + 1) : null;
    }

    /// <summary>The index in <c>r(w, t-1)</c>, behind names that r depends on.</summary>
    private (int Offset, int End)? TimeBehindArguments()
    {
        if (_rest is not null || Step == "" || Labels.Closing(_tokens, _index) is not (> 0 and var close))
            return null;
        var comma = close - 1;
        while (comma > _index && _tokens[comma].Kind != TokenKind.Comma)
            comma--;
        if (comma <= _index + 1 || OffsetAt(comma + 1) is not { } offset || offset.End != close)
            return null;
        for (var i = _index + 1; i < comma; i++)
        {
            if (_tokens[i].Kind is not (TokenKind.Name or TokenKind.Comma) || (_tokens[i].Kind == TokenKind.Name && !_names.IsKnown(_tokens[i].Name)))
                return null;
        }

        return (offset.Value, close + 1);
    }

    private Subscript ReadTimeInBrackets((int Offset, int End) time)
    {
        var start = Current.Span;
        MoveTo(time.End);
        return new Subscript(TextSpan.Cover(start, Previous), Step, time.Offset);
    }

    /// <summary>The step and what is added to it, as in <c>t-1</c>, and where it ends.</summary>
    private (int Value, int End)? OffsetAt(int index)
    {
        Token Token(int i) => _tokens[Math.Min(i, _tokens.Length - 1)];
        if (Step == "" || Token(index).Kind != TokenKind.Name || Token(index).Name != Step)
            return null;
        if (Token(index + 1).Kind is not (TokenKind.Plus or TokenKind.Minus))
            return (0, index + 1);
        return Token(index + 2).Kind == TokenKind.Number && int.TryParse(Token(index + 2).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (Token(index + 1).Kind == TokenKind.Plus ? number : -number, index + 3)
            : null;
    }

    /// <summary>The names in <c>r(w, t)</c>, where brackets hold nothing else.</summary>
    private (string Text, int End)? ArgumentNames()
    {
        var close = Labels.Closing(_tokens, _index);
        if (close <= _index + 1 || _rest is not null)
            return null;
        var names = new List<string>();
        for (var i = _index + 1; i < close; i++)
        {
            switch (_tokens[i].Kind)
            {
                case TokenKind.Name when i == _index + 1 || _tokens[i - 1].Kind == TokenKind.Comma:
                    names.Add(_tokens[i].Name);
                    break;
                case TokenKind.Underscore when i + 1 < close && _tokens[i + 1].Kind is TokenKind.Name or TokenKind.Number:
                    i++;
                    break;
                case TokenKind.Underscore when i + 1 < close && _tokens[i + 1].Kind == TokenKind.OpenBrace && Labels.Closing(_tokens, i + 1) is > 0 and var end:
                    i = end;
                    break;
                case TokenKind.Comma when i > _index + 1 && i < close - 1:
                    break;
                default:
                    return null;
            }
        }

        return names.Count > 0 ? (string.Join(",", names), close + 1) : null;
    }
}
