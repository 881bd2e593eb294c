using System.Collections.Immutable;
namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads functions which papers write with signs: <c>(x)_+</c>, <c>clip_{[a,b]}(x)</c>, <c>\overline{x}</c>.</summary>
internal sealed partial class Parser
{
    /// <summary><c>(x)_+</c> and <c>[x]^+</c>: x where it is positive, else 0. Null where nothing of the kind stands behind a value.</summary>
    private ApplySyntax? ParsePositivePart(ExprSyntax value)
    {
        if (value is not GroupSyntax || _rest is not null || Current.Kind is not (TokenKind.Underscore or TokenKind.Caret))
            return null;
        var isBraced = Next.Kind == TokenKind.OpenBrace;
        var sign = At(isBraced ? 2 : 1);
        if (sign.Kind is not (TokenKind.Plus or TokenKind.Minus) || (isBraced ? At(3).Kind != TokenKind.CloseBrace : StartsFactor(At(2).Kind) && At(2).Span.Start == sign.Span.End))
            return null;
        if (sign.Kind == TokenKind.Minus)
        {
            throw Error(
                TextSpan.Cover(value.Span, sign.Span), "the negative part is min(x, 0) to some and max(-x, 0) to others; write which");
        }

        MoveTo(_index + (isBraced ? 4 : 2));
        var span = TextSpan.Cover(value.Span, Previous);
        return Checked(Call("max", span, sign.Span, value, new NumberSyntax(sign.Span, 0)));
    }

    /// <summary>True before brackets of which the positive or negative part is taken: what stands before them is a factor.</summary>
    private bool HasSignBehind()
    {
        if (_rest is not null || Labels.Closing(_tokens, _index) is not (> 0 and var close) || close + 2 >= _tokens.Length || _tokens[close + 1].Kind is not (TokenKind.Underscore or TokenKind.Caret))
            return false;
        var sign = _tokens[close + 2].Kind == TokenKind.OpenBrace ? close + 3 : close + 2;
        return sign + 1 < _tokens.Length && _tokens[sign].Kind is TokenKind.Plus or TokenKind.Minus && (_tokens[sign + 1].Kind == TokenKind.CloseBrace || !StartsFactor(_tokens[sign + 1].Kind));
    }

    /// <summary><c>clip_{[a,b]}(x)</c> and <c>Π_{[a,b]}(x)</c>: x kept in an interval. Null where no interval stands below a name.</summary>
    private ApplySyntax? ParseClipTo(NameSyntax name)
    {
        if (_rest is not null || Current.Kind != TokenKind.Underscore || At(1).Kind != TokenKind.OpenBrace || At(2).Kind != TokenKind.OpenBracket
            || name.Letters.ToLowerInvariant() is not ("clip" or "clamp" or "proj" or "π" or ProductSign) || _names.IsKnown(name.Letters))
        {
            return null;
        }

        MoveTo(_index + 3);
        var low = InsideBrackets(ParseExpression);
        Expect(TokenKind.Comma, ",");
        var high = InsideBrackets(ParseExpression);
        Expect(TokenKind.CloseBracket, "]");
        Expect(TokenKind.CloseBrace, "}");
        if (Current.Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket))
            throw Error(TextSpan.Cover(name.Span, Previous), "what is kept in this interval stands behind it in brackets: clip(x, low, high)");
        var value = Current.Kind == TokenKind.OpenParenthesis ? ParseGroup(TokenKind.CloseParenthesis, ")") : ParseGroup(TokenKind.CloseBracket, "]");
        return Checked(Call("clip", TextSpan.Cover(name.Span, Previous), name.Span, value, low, high));
    }

    /// <summary><c>\overline{g²}</c> of anything but a name is its mean over the tensor. Null for names.</summary>
    private ApplySyntax? ParseMean()
    {
        if (_rest is not null || Current.Kind != TokenKind.Command || Current.Text is not ("overline" or "bar") || Next.Kind != TokenKind.OpenBrace
            || Labels.Closing(_tokens, _index + 1) is not (> 0 and var close) || LooksLikeSymbol(_index + 2, close))
        {
            return null;
        }

        var command = Current.Span;
        Advance();
        var value = ParseGroup(TokenKind.CloseBrace, "}");
        return Checked(Call("mean", TextSpan.Cover(command, Previous), command, value));
    }

    /// <summary>True for letters with subscripts, which a bar makes another name.</summary>
    private bool LooksLikeSymbol(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_tokens[i].Kind == TokenKind.Underscore)
                i = BehindAtom(_tokens, i + 1) - 1;
            else if (!IsLetters(_tokens[i]) && _tokens[i].Kind is not (TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Number))
                return false;
        }

        return true;
    }

    /// <summary><c>\mathbb{1}</c> and <c>\mathbf{1}</c> are the number, before a condition in brackets as elsewhere. Null for names.</summary>
    private ExprSyntax? ParseOne()
    {
        if (_rest is not null || Current.Kind != TokenKind.Command || !LatexCommands.Typefaces.Contains(Current.Text))
            return null;
        var start = Current.Span;
        var isBraced = Next.Kind == TokenKind.OpenBrace;
        var number = isBraced ? At(2) : Next;
        if (Current.Text is "mathbb" or "mathbf" or "mathds" && number.Name is "I" or "1" && isBraced && At(3).Kind == TokenKind.CloseBrace && !_names.IsKnown("I") && ConditionFollows(4))
        {
            // The indicator of a condition is its value.
            MoveTo(_index + 4);
            return ParsePrimary();
        }

        if (number.Kind != TokenKind.Number || (isBraced && At(3).Kind != TokenKind.CloseBrace))
            return null;
        MoveTo(_index + (isBraced ? 4 : 2));
        var value = Ones(Number(number) with { Span = TextSpan.Cover(start, Previous) }, number);
        if (!value.IsOnes && number.Text == "1" && !ConditionFollows(1) && Current.Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace))
            value = value with { IsOnes = true };
        if (value.IsOnes || number.Text != "1" || Current.Kind != TokenKind.Underscore || Next.Kind != TokenKind.OpenBrace)
            return value;
        Advance();
        return ParseGroup(TokenKind.CloseBrace, "}");
    }

    /// <summary>True where brackets hold a comparison.</summary>
    private bool ConditionFollows(int offset)
    {
        if (At(offset).Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace) || Labels.Closing(_tokens, _index + offset) is not (> 0 and var close))
            return false;
        return ImmutableArray.Create(_tokens, _index + offset, close - _index - offset).Any(token => token.Kind is TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual or TokenKind.Equal or TokenKind.NotEqual);
    }

    private static ApplySyntax Call(string function, TextSpan span, TextSpan place, params ExprSyntax[] arguments) =>
        new(span, new NameSyntax(place, [.. function.Select(letter => new Glyph(letter.ToString(), place))], [], null), [.. arguments]);
}
