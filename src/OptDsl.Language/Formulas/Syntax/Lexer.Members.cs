using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads what programs write behind a point.</summary>
internal sealed partial class Lexer
{
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
}
