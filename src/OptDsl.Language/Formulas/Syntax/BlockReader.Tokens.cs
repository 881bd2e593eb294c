namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the reader of blocks that looks ahead.</summary>
internal sealed partial class BlockReader
{
    /// <summary>True at a brace that statements stand in, and not a part of an expression.</summary>
    private bool OpensBlock()
    {
        if (Current.Kind != TokenKind.OpenBrace || (_position > 0 && _tokens[_position - 1].Kind is TokenKind.Caret or TokenKind.Underscore or TokenKind.Command))
            return false;
        var close = ClosingBrace(_position);
        var isEmpty = true;
        for (var i = _position + 1; i < close; i++)
        {
            if (StatementSplitter.IsAssignment(_tokens[i].Kind) || _tokens[i].Kind == TokenKind.Keyword)
                return true;
            isEmpty &= _tokens[i].Kind == TokenKind.NewLine;
        }

        return isEmpty;
    }

    private int ClosingBrace(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Length; i++)
        {
            depth += _tokens[i].Kind == TokenKind.OpenBrace ? 1 : _tokens[i].Kind == TokenKind.CloseBrace ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return _tokens.Length - 1;
    }

    private bool StartsWithKeyword(int newLine)
    {
        while (_tokens[newLine].Kind == TokenKind.NewLine)
            newLine++;
        return _tokens[LabelEnd(newLine) ?? newLine].Kind == TokenKind.Keyword;
    }

    /// <summary>What stands behind the number of a line: <c>7:</c>, <c>(7)</c>; null where there is none.</summary>
    private int? LabelEnd(int start)
    {
        var isOpen = _tokens[start].Kind == TokenKind.OpenParenthesis;
        var number = isOpen ? start + 1 : start;
        if (number + 1 >= _tokens.Length || _tokens[number].Kind != TokenKind.Number)
            return null;
        var isClosed = isOpen ? _tokens[number + 1].Kind == TokenKind.CloseParenthesis : _tokens[number + 1].Kind is TokenKind.Colon or TokenKind.CloseParenthesis;
        return isClosed ? number + 2 : isOpen ? null : number + 1;
    }

    /// <summary>Passes over ends of lines, and the number of a line whose first word is a keyword.</summary>
    private void SkipLineEnds()
    {
        while (Current.Kind == TokenKind.NewLine)
            _position++;
        if (_position > 0 && _tokens[_position - 1].Kind == TokenKind.NewLine && LabelEnd(_position) is { } labelled && _tokens[labelled].Kind == TokenKind.Keyword)
            _position = labelled;
    }

    private bool IsSemicolon(Token newLine) => _indentation.IsSemicolon(newLine);
}
