namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads the gradient as a paper writes it.</summary>
internal sealed partial class Parser
{
    /// <summary>
    /// The gradient in any of its forms: <c>∇f(θ)</c>, <c>∇_θ J</c>, <c>∇θ_t</c>. What stands behind the sign says of what and
    /// where; the caller gives it, so only the place "here" is possible.
    /// </summary>
    private NablaSyntax ParseNabla()
    {
        var start = Current.Span;
        Advance();
        SkipSubscripts();
        NameSyntax? function = null;
        if (IsLetters(Current))
        {
            function = ParseLetters(null, single: false);
            SkipSubscripts();
        }

        if (Current.Kind == TokenKind.OpenParenthesis)
            SkipPoint();
        return new NablaSyntax(TextSpan.Cover(start, Previous), function);
    }

    private void SkipSubscripts()
    {
        while (Current.Kind == TokenKind.Underscore)
            ParseSubscript(new NameSyntax(Current.Span, [], [], null));
    }

    private void SkipPoint()
    {
        var open = Current.Span;
        var depth = 0;
        do
        {
            switch (Current.Kind)
            {
                case TokenKind.OpenParenthesis:
                    depth++;
                    Advance();
                    break;
                case TokenKind.CloseParenthesis:
                    depth--;
                    Advance();
                    break;
                case TokenKind.Underscore:
                    SkipSubscripts();
                    break;
                case TokenKind.Caret:
                    Advance();
                    ParseExponent();
                    break;
                case TokenKind.Name or TokenKind.Comma or TokenKind.Command:
                    Advance();
                    break;
                case TokenKind.OpenBrace or TokenKind.CloseBrace:
                    Advance();
                    break;
                case TokenKind.End:
                    Expect(TokenKind.CloseParenthesis, ")");
                    break;
                default:
                    throw Error(
                        TextSpan.Cover(open, Current.Span),
                        "the gradient is the one that the caller computed at the current parameter; a gradient at another point cannot be written here");
            }
        }
        while (depth > 0);
    }
}
