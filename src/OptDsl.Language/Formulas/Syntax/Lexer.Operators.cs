using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads signs of one or two characters.</summary>
internal sealed partial class Lexer
{
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
            ('+' or '⊕', _) => (TokenKind.Plus, 1),
            ('-' or '−' or '–' or '⊖', _) => (TokenKind.Minus, 1),
            ('*' or '·' or '⋅' or '×' or '∗' or '•' or '∘' or '⊙' or '⨀' or '◦', _) => (TokenKind.Times, 1),
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
        if (kind == TokenKind.Underscore && (StartsIdentifier() || EndsIdentifier()))
            _position++;
        else if (length > 0)
            Add(kind, length, kind == TokenKind.Times ? Token.SignOfTimes(Current) : "");
        else
            ReportCharacter();
    }

    /// <summary>The lines before the letters of <c>_eps</c>, a name of a program: nothing stands before them that could have a subscript.</summary>
    private bool StartsIdentifier()
    {
        var end = _position;
        while (end < _text.Length && _text[end] == '_')
            end++;
        return end < _text.Length && Letters.IsLetterAt(_text, end) && (_tokens.Count == 0 || _tokens[_tokens.Count - 1].Kind is TokenKind.NewLine or TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.Comma
            or TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Caret || StatementSplitter.IsAssignment(_tokens[_tokens.Count - 1].Kind));
    }

    /// <summary>The line behind the letters of <c>lambda_</c>, a name of a program that a language keeps for itself without it.</summary>
    private bool EndsIdentifier() => EndsName(_position) && (Peek(1) is '\0' or ' ' or ')' or ',' or ']' or '*' or '+' or '/' or '=' or ';' || (Peek(1) == '-' && Peek(2) != '>') || LineEnds.IsLineEnd(Peek(1)))
        && _tokens[_tokens.Count - 1].Glyphs.Length > 1 && _text.IndexOf('\\') < 0;

    /// <summary>⊗ is the product element by element where the text has ⊘ too, which has no other meaning.</summary>
    private void LexCircledTimes(int length)
    {
        if (_text.Contains("⊘") || _text.Contains("\\oslash"))
        {
            Add(TokenKind.Times, length, Token.Circle);
            return;
        }

        var span = new TextSpan(_position, length);
        _errors.Syntax(span, "⊗ is the product element by element to some, x ⊙ y, and the outer product of two vectors to others, x @ y.T; write which", new ReplaceFix("Write ⊙", span, "⊙"));
        Add(TokenKind.Times, length, Token.Circle);
    }

    private void ReportCharacter()
    {
        if (Current is '⊗' or '⨂')
        {
            LexCircledTimes(1);
            return;
        }

        if (Current == '@')
        {
            if (!TryLexMacro())
                Add(TokenKind.MatrixTimes, 1);
            return;
        }

        if (Current == '.' && (TryLexPoint() || TryLexEndOfSentence()))
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
}
