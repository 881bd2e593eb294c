namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads the words of a paper around its formulas.</summary>
internal sealed partial class Lexer
{
    /// <summary>The commands of algorithm listings: <c>\State</c>, <c>\For{…}</c>, <c>\Comment{…}</c>.</summary>
    private bool LexListingCommand(string name, TextSpan span)
    {
        if (ListingCommands.Settings.Contains(name))
            return true;
        if (ListingCommands.CommentSigns.Contains(name))
        {
            SkipToRowEnd();
            return true;
        }

        // The packages write one command in capitals and the other with one; a lower-case one of these names is another command.
        var word = name.ToLowerInvariant();
        var isListing = char.IsUpper(name[0]) || name is "item" or "par" or "newline" or "cr" or "caption" or "tcp" or "tcc" or "intertext" or "shortintertext";
        if (!isListing)
            return false;
        if (ListingCommands.Comments.Contains(word))
        {
            if (Current == '*')
                _position++;
            if (Current == '{')
                _position = EndOfBraces(_position);
            return true;
        }

        if (ListingCommands.Lines.Contains(word))
        {
            if (word == "item" && Current == '<')
                SkipPast('>');
            if (word == "item" && Current == '[')
                SkipPast(']');
            _tokens.Add(new Token(TokenKind.NewLine, span));
            if (Current == '{' && EndOfBraces(_position) is var close && _text[close - 1] == '}')
            {
                _invisible.Add(close - 1);
                _position++;
            }

            return true;
        }

        if (word is "if" or "else" or "elsif" or "elseif" or "endif")
        {
            _tokens.Add(new Token(TokenKind.NewLine, new TextSpan(span.Start, 0)));
            LexWord(word is "elsif" or "elseif" ? "elif" : word, span);
            return true;
        }

        if (!ListingCommands.Scaffolding.Contains(word))
            return false;
        _tokens.Add(new Token(TokenKind.NewLine, new TextSpan(span.Start, 0)));
        LexWord(word, span);
        if (Current != '{')
            return true;
        var end = EndOfBraces(_position);
        _tokens.Add(new Token(TokenKind.Prose, TextSpan.FromBounds(_position, end), _text.Substring(_position + 1, Math.Max(0, end - _position - 2))));
        _position = end;
        _tokens.Add(new Token(TokenKind.NewLine, new TextSpan(_position, 0)));
        return true;
    }

    /// <summary>
    /// The argument of a typeface command if it is no name: <c>\text{ if }</c> and <c>\textbf{for}</c> are words as they stand,
    /// and several words, or words with punctuation, are prose.
    /// </summary>
    private bool LexWords(string command, TextSpan span)
    {
        var open = _position;
        while (open < _text.Length && _text[open] is ' ' or '*')
            open++;
        if (open >= _text.Length || _text[open] != '{')
        {
            if (_text[_position] == '*')
                _position++;
            return false;
        }

        var end = EndOfBraces(open);
        if (_text[end - 1] != '}')
            return false;
        var content = _text.Substring(open + 1, Math.Max(0, end - open - 2)).Replace("\\ ", " ").Replace("~", " ").Trim();
        var whole = TextSpan.FromBounds(span.Start, end);
        if (content.Length == 0 || content.All(character => char.IsPunctuation(character) && character is not ('\\' or '{' or '}' or '_')))
        {
            _position = end;
            return true;
        }

        if (content is "and" or "or" or "not")
        {
            _tokens.Add(new Token(content == "and" ? TokenKind.And : content == "or" ? TokenKind.Or : TokenKind.Not, whole));
            _position = end;
            return true;
        }

        if (ListingWords.IsWord(content.TrimEnd(':', '.')) && command != "operatorname")
        {
            LexWord(content.TrimEnd(':', '.'), whole);
            return true;
        }

        var isText = command.StartsWith("text", StringComparison.Ordinal) || command is "mbox" or "emph" or "mathrm" or "rm" or "bf" or "mathbf";
        if (_cases.Count > 0 && Keywords.LengthAt(content.TrimStart(',', ' ')) is > 0 and var length)
        {
            // The word, and then what stands behind it in the same argument.
            var word = _text.IndexOf(content.TrimStart(',', ' ').Substring(0, length), open, StringComparison.Ordinal);
            LexWord(_text.Substring(word, length), new TextSpan(word, length));
            _invisible.Add(end - 1);
            return true;
        }

        if (!isText || !content.Any(character => character is ' ' or '(' or ')' or ',' or ':') || content.Contains('\\') && !content.Contains("$"))
            return false;
        if (content.All(char.IsLetterOrDigit))
            return false;
        _tokens.Add(new Token(TokenKind.Prose, whole, content));
        _position = end;
        return true;
    }

    /// <summary><c>{\rm sign}</c> is <c>\mathrm{sign}</c>.</summary>
    private void LexSwitch(TextSpan span)
    {
        var last = _tokens.Count - 1;
        var end = _position;
        while (end < _text.Length && _text[end] is ' ' or '_' or '\\' || (end < _text.Length && char.IsLetterOrDigit(_text[end])))
            end++;
        if (last >= 0 && _tokens[last] is { Kind: TokenKind.OpenBrace } brace && end < _text.Length && _text[end] == '}')
            _tokens.Insert(last, new Token(TokenKind.Command, new TextSpan(brace.Span.Start, 0), "mathrm"));
    }

    /// <summary><c>\stackrel{\text{def}}{=}</c> is the sign that it stacks something on.</summary>
    private void LexStacked()
    {
        if (Current != '{')
            return;
        _position = EndOfBraces(_position);
        if (Current != '{')
            return;
        var end = EndOfBraces(_position);
        var sign = _text.Substring(_position + 1, Math.Max(0, end - _position - 2)).Trim();
        if (sign is not ("=" or ":=" or "\\leftarrow" or "\\gets"))
            return;
        _tokens.Add(new Token(TokenKind.Assign, TextSpan.FromBounds(_position, end)));
        _position = end;
    }

    /// <summary><c>\_</c> between letters is a part of the word: <c>learning\_rate</c>.</summary>
    private void LexEscapedUnderscore()
    {
        var start = _position;
        _position += 2;
        if (Current == '{')
        {
            _tokens.Add(new Token(TokenKind.Underscore, new TextSpan(start, 2)));
            return;
        }

        if (_position >= _text.Length || !(Letters.IsLetterAt(_text, _position) || IsDigit(Current)))
            return;
        _tokens.Add(new Token(TokenKind.Underscore, new TextSpan(start, 2)));
        _tokens.Add(new Token(TokenKind.OpenBrace, new TextSpan(_position, 0)));
        if (IsDigit(Current))
            LexNumber();
        else
            LexName();
        _tokens.Add(new Token(TokenKind.CloseBrace, new TextSpan(_position, 0)));
    }

    private const int LongestArgument = 400;

    /// <summary>Behind the brace that closes the one at a position, or the end of the line where none does.</summary>
    private int EndOfBraces(int open)
    {
        var end = open;
        while (end < _text.Length && end < open + LongestArgument && !LineEnds.IsLineEnd(_text[end]))
            end++;
        return Braces.Closing(_text, open, end) is { } close ? close + 1 : end;
    }
}
