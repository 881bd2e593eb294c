namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads which norm bars mean.</summary>
internal sealed partial class Parser
{
    /// <summary>A norm with the subscript that says which, before or behind an exponent.</summary>
    private NormSyntax WithOrder(NormSyntax norm)
    {
        if (Current.Kind != TokenKind.Underscore)
            return norm;
        Advance();
        var start = Current;
        var isBraced = start.Kind == TokenKind.OpenBrace;
        if (isBraced)
            Advance();
        while (Current.Kind == TokenKind.Command && LatexCommands.Typefaces.Contains(Current.Text) && Next.Kind == TokenKind.OpenBrace)
        {
            // \mathrm{F} is F.
            Advance();
            norm = WithMark(norm, isBraced: true);
            if (isBraced)
                Expect(TokenKind.CloseBrace, "}");
            return norm with { Span = TextSpan.Cover(norm.Span, Previous) };
        }

        norm = WithMark(norm, isBraced: false);
        if (isBraced)
            Expect(TokenKind.CloseBrace, "}");
        return norm with { Span = TextSpan.Cover(norm.Span, Previous) };
    }

    private NormSyntax WithMark(NormSyntax norm, bool isBraced)
    {
        if (isBraced)
            Advance();
        var token = Current;
        if (token.Kind == TokenKind.Name && token.Name is "L" or "l" && Next.Kind == TokenKind.Underscore)
        {
            // The norm of the space L_1.
            Advance();
            Advance();
            token = Current;
        }

        norm = (token.Kind, token.Text, token.Name) switch
        {
            (TokenKind.Number, "0", _) => norm with { Kind = NormKind.NonZeros },
            (TokenKind.Number, "1", _) or (TokenKind.Name, _, "L1" or "l1") => norm with { Kind = NormKind.SumOfAbsolutes },
            (TokenKind.Number, "2", _) or (TokenKind.Name, _, "F" or "fro" or "L2" or "l2") => norm with { Kind = NormKind.Euclidean },
            (TokenKind.Infinity, _, _) or (TokenKind.Name, _, "inf" or "max") => norm with { Kind = NormKind.LargestAbsolute },
            (TokenKind.Number, _, _) => norm with { Kind = NormKind.Powers, Order = Number(token) },
            (TokenKind.Name, _, var name) when _names.RoleOf(name) is NameRole.Hyper or NameRole.Assigned => norm with { Kind = NormKind.Powers, Order = new NameSyntax(token.Span, token.Glyphs, [], null) },
            _ => throw Error(
                token.Span, $"the norm marked {Describe(token)} is none that formulas know; those over all elements are ‖x‖ (2 or F), ‖x‖_1, ‖x‖_∞ and ‖x‖_p with a number or a hyper-parameter p"),
        };
        Advance();
        if (isBraced)
            Expect(TokenKind.CloseBrace, "}");
        return norm;
    }
}
