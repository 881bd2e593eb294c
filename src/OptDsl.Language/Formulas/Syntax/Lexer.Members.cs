using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads what programs write: members behind a point, signs with a point before them, keys in brackets.</summary>
internal sealed partial class Lexer
{
    /// <summary>
    /// The point of <c>np.sqrt</c>, which is the function by itself, of <c>g.abs()</c>, of <c>sqrt.(v)</c>, and of the sign <c>.*</c> that says
    /// "element by element".
    /// </summary>
    private bool TryLexPoint()
    {
        if (Peek(1) is '*' or '/' or '^' or '+' or '-' or '=' or '<' or '>' or '÷' or '(' && (Peek(1) != '(' || EndsName(_position)))
        {
            _position++;
            return true;
        }

        if (_position + 1 >= _text.Length || !(Letters.IsLetterAt(_text, _position + 1) || Peek(1) == '_') || _tokens.Count == 0 || _tokens[_tokens.Count - 1] is not { } owner || owner.Span.End != _position)
            return false;
        var start = _position + 1;
        var end = EndOfWord(start);
        var member = _text.Substring(start, end - start);
        if (owner.Kind == TokenKind.Name && ForeignNotation.IsModule(owner.Name))
            return LexOfModule(owner.Name, member, start, end);
        if (owner.Kind is not (TokenKind.Name or TokenKind.Member or TokenKind.CloseParenthesis or TokenKind.CloseBracket))
            return false;
        if (owner.Kind == TokenKind.Name && owner.Name == "T" && end < _text.Length && _text[end] == '(' && end + 1 < _text.Length && _text[end + 1] != ')' && (member == "constant" || Operations.Functions.Find(member) is { Arguments: 1 }))
            return LexOfModule(owner.Name, member, start, end);
        _tokens.Add(new Token(TokenKind.Member, TextSpan.FromBounds(_position, end), member is "addi" or "subi" or "muli" or "divi" ? member.Substring(0, 3) + "_" : member));
        _position = end;
        return true;
    }

    private bool EndsName(int position) => _tokens.Count > 0 && _tokens[_tokens.Count - 1] is { Kind: TokenKind.Name } name && name.Span.End == position;

    private int EndOfWord(int start)
    {
        var end = start;
        while (end < _text.Length && (Letters.IsLetterAt(_text, end) || IsDigit(_text[end]) || _text[end] == '_'))
            end += Letters.LengthAt(_text, end);
        return end;
    }

    /// <summary>What stands for a function or constant of a library is written without the library; the rest is lexed as any name.</summary>
    private bool LexOfModule(string module, string member, int start, int end)
    {
        _tokens.RemoveAt(_tokens.Count - 1);
        if (end < _text.Length && _text[end] == '.' && ForeignNotation.IsModule(member))
        {
            _position = end + 1;
            return true;
        }

        _position = start;
        if (ForeignNotation.IsMathClass(module) && char.IsUpper(member[0]))
            LexWord(member.ToLowerInvariant(), TextSpan.FromBounds(start, end));
        else if (ForeignNotation.DividesByOneLess(module) && member is "std" or "var")
            LexWord(ForeignNotation.SamplePrefix + member, TextSpan.FromBounds(start, end));
        return true;
    }

    /// <summary>The <c>::</c> of <c>std::sqrt</c>.</summary>
    private bool TryLexScope()
    {
        if (Current != ':' || Peek(1) != ':' || !EndsName(_position))
            return false;
        _tokens.RemoveAt(_tokens.Count - 1);
        _position += 2;
        return true;
    }

    /// <summary>The key in <c>group['lr']</c>.</summary>
    private bool TryLexKey()
    {
        if (Current is not ('\'' or '"') || _tokens.Count == 0 || _tokens[_tokens.Count - 1].Kind is not (TokenKind.OpenBracket or TokenKind.OpenParenthesis or TokenKind.Comma))
            return false;
        var end = _position + 1;
        while (end < _text.Length && !LineEnds.IsLineEnd(_text[end]) && _text[end] != Current)
            end++;
        if (end >= _text.Length || _text[end] != Current || end == _position + 1)
            return false;
        _tokens.Add(new Token(TokenKind.Key, TextSpan.FromBounds(_position, end + 1), _text.Substring(_position + 1, end - _position - 1)));
        _position = end + 1;
        return true;
    }

    private static readonly HashSet<string> Macros = ["lazy", "views", "view", "inbounds", "fastmath", "simd", "muladd", "turbo", "avx", "tturbo", "threads", "cuda"];

    /// <summary>The <c>@.</c> before a line of Julia, and <c>@lazy</c> before a value.</summary>
    private bool TryLexMacro()
    {
        var end = _position + 1;
        while (end < _text.Length && (_text[end] == '.' || char.IsLetter(_text[end])))
            end++;
        if (end == _position + 1 || end >= _text.Length || _text[end] != ' ' || !(_text[_position + 1] == '.' || Macros.Contains(_text.Substring(_position + 1, end - _position - 1)) || _tokens.Count == 0 || _tokens[_tokens.Count - 1].Kind == TokenKind.NewLine))
            return false;
        _position = end;
        return true;
    }
}
