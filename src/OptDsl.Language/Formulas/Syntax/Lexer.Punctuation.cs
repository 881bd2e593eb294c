using System.Text.RegularExpressions;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads comments, remarks and the ends of sentences and lines.</summary>
internal sealed partial class Lexer
{
    /// <summary><c>%</c> and <c>//</c> start a comment, but are operators of programs too: of a single operand behind them nobody can tell.</summary>
    private void LexDoubtfulComment(int length)
    {
        var sign = new TextSpan(_position, length);
        var start = _position;
        SkipToLineEnd();
        if (length == 1 && _openBrackets > 0 && ClosesBracket(start + length))
        {
            _errors.Syntax(
                sign, "'%' can start a comment, and within brackets that its line closes it is an operator of programs: the remainder, or the product of elements in Armadillo; write which",
                new ReplaceFix("Write the remainder: mod", sign, " mod "), new ReplaceFix("Write the product of elements: ⊙", sign, "⊙"));
            Add(TokenKind.Times, 0);
            _position = start + length;
            return;
        }

        var isOperand = _tokens.Count > 0 && _tokens[_tokens.Count - 1].Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseParenthesis or TokenKind.CloseBracket;
        if (!isOperand || !Operand.IsMatch(_text.Substring(start + length, _position - start - length)))
            return;
        var shown = _text.Substring(sign.Start, length);
        _errors.Syntax(
            sign, $"'{shown}' can start a comment or be an operator of programs ({(length == 1 ? "the remainder, x - n·floor(x / n) here" : "the quotient rounded down, floor(x / n) here")}); write which",
            [new ReplaceFix("Write a comment: '#'", sign, "#"), .. length == 1 ? new[] { new ReplaceFix("Write the remainder: mod", sign, " mod ") } : []]);
    }

    /// <summary>True where the rest of a line closes a bracket that it does not open.</summary>
    private bool ClosesBracket(int position)
    {
        var depth = 0;
        for (; position < _text.Length && !LineEnds.IsLineEnd(_text[position]) && depth >= 0; position++)
            depth += _text[position] is '(' or '[' ? 1 : _text[position] is ')' or ']' ? -1 : 0;
        return depth < 0;
    }

    private static readonly Regex Operand = new(@"^\s*(\d+|\p{L}\w?)\s*($|[=+\-*/)<>?:!,;])", RegexOptions.CultureInvariant);

    private void SkipToLineEnd()
    {
        while (_position < _text.Length && !LineEnds.IsLineEnd(Current))
            _position++;
    }

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

    /// <summary>A full stop behind a value, before a sentence or a bracket: what follows is said about the formula.</summary>
    private bool TryLexEndOfSentence()
    {
        var next = _position + 1;
        while (next < _text.Length && _text[next] is ' ' or '$' or '\t')
            next++;
        if (next == _position + 1 || next >= _text.Length)
            return false;

        // β . v is a product, as no sentence ends with a blank before its stop, but in print: "η v_t . Then we".
        if (_position > 0 && _text[_position - 1] is ' ' or '\t' && _position > 1 && !StartsSentence.IsMatch(_text, next))
        {
            Add(TokenKind.Times, 1);
            return true;
        }

        if (!(char.IsUpper(_text[next]) || _text[next] == '('))
            return false;
        Add(TokenKind.Prose, 1, ".");
        return true;
    }

    private static readonly Regex StartsSentence = new(@"\G(?:\p{Lu}\p{Ll}*[ ,]+\p{Ll}{2,}|\([\d.]+[a-z]?\)[ \t]*(?:\r?\n|\\|\z))", RegexOptions.CultureInvariant);

    /// <summary><c>Done!</c>: behind a word, on a line that assigns nothing, the mark ends a sentence; a factorial is taken of a letter or a number.</summary>
    private bool EndsExclamation()
    {
        var word = _position;
        while (word > 0 && char.IsLetter(_text[word - 1]))
            word--;
        var isBehindMark = word == _position && word > 0 && _text[word - 1] is '$' or '`' or ')' or '*' or '"';
        if ((_position - word < 3 && !isBehindMark) || (word > 0 && _text[word - 1] is '\\' or '_') || !(_position + 1 >= _text.Length || char.IsWhiteSpace(_text[_position + 1])))
            return false;
        if (_position > _exclamations.End || _position < _exclamations.Start)
        {
            var line = LineEnds.StartOfLine(_text, _position);
            var end = line;
            while (end < _text.Length && !LineEnds.IsLineEnd(_text[end]))
                end++;
            _exclamations = (line, end, _text.IndexOfAny(['=', '←'], line, end - line) >= 0, TwoWords.IsMatch(_text.Substring(line, end - line)));
        }

        return !_exclamations.Assigns && (!isBehindMark || _exclamations.HasWords);
    }

    /// <summary>The last line with a mark of exclamation, and whether it assigns, so that none is looked through twice.</summary>
    private (int Start, int End, bool Assigns, bool HasWords) _exclamations = (-1, -1, false, false);

    private static readonly Regex TwoWords = new(@"(?<![\p{L}\\])\p{L}{2,}[ \t]+\p{L}{2,}[ \t]+\p{L}{2,}", RegexOptions.CultureInvariant);

    /// <summary>One dollar sign, or two that stand for one.</summary>
    private void LexDollar()
    {
        _isInDollars = !_isInDollars;
        _position += Peek(1) == '$' ? 2 : 1;
    }

    private bool _isInDollars;
    private (int Start, int End) _dollarLine = (-1, -1);
    private bool? _anyDollars;
    private bool _hasDollars;

    /// <summary>True outside of the dollar signs of a line that has pairs of them.</summary>
    private bool IsOutside(int position)
    {
        _anyDollars ??= _text.IndexOf('$') >= 0;
        if (!_anyDollars.Value)
            return false;
        if (position > _dollarLine.End || position < _dollarLine.Start)
        {
            var line = LineEnds.StartOfLine(_text, position);
            var (signs, end) = (0, line);
            for (; end < _text.Length && !LineEnds.IsLineEnd(_text[end]); end++)
            {
                if (_text[end] == '$' && !(end > 0 && _text[end - 1] is '$' or '\\'))
                    signs++;
            }

            (_dollarLine, _hasDollars) = ((line, end), signs >= 2 && signs % 2 == 0);
        }

        return _hasDollars && !_isInDollars;
    }

    private const string Remarks = "∈∉∼∀∃…⋯→⇒⇔⟺≈∝⊂⊆∴∵✓□■—";

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
            || StartsWith(position, @"\\") || StartsWith(position, @"\]") || StartsWith(position, @"\end{")
            || StartsWith(position, @"\label{") || StartsWith(position, @"\tag{") || StartsWith(position, @"\nonumber") || StartsWith(position, @"\notag");
        _punctuation = (start, position, endsLine);
        return endsLine;
    }

    /// <summary>The last run of punctuation and layout that was looked through, so that none is twice.</summary>
    private (int Start, int End, bool EndsLine) _punctuation = (-1, -1, false);
}
