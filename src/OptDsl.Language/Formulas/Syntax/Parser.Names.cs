using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads names and what is written below and above them.</summary>
internal sealed partial class Parser
{
    /// <summary>A value and, if one is written on it, its exponent.</summary>
    private (ExprSyntax Base, ExprSyntax? Exponent) ParseScripted()
    {
        if (!IsLetters(Current))
        {
            var primary = ParsePrimary();
            var power = ParseExponents();
            if (primary is NablaSyntax)
                SkipSubscripts();
            else if (primary is NormSyntax norm && power is not null)
                primary = norm with { Kind = ParseNormKind(norm.Kind) };
            return (primary, power);
        }

        var name = ParseLetters(null, single: false);
        if (name.Glyphs.Length > MaximumDepth)
            throw Error(name.Span, "this run of letters is too long; separate the names with '·'");
        ExprSyntax? exponent = null;
        while (true)
        {
            if (Current.Kind == TokenKind.Underscore)
            {
                name = ParseSubscript(name);
            }
            else if (Current.Kind == TokenKind.Caret && exponent is null && ParseTimeIndex() is { } index)
            {
                name = name with { TimeIndex = index, Span = TextSpan.Cover(name.Span, index.Span) };
            }
            else if (Current.Kind == TokenKind.Caret && exponent is null)
            {
                Advance();
                exponent = ParseExponent();
            }
            else
            {
                break;
            }
        }

        if (exponent is not null || Current.Kind != TokenKind.OpenParenthesis)
            return (name, exponent);
        var apply = ParseApply(name);
        return (apply, ParseExponents());
    }

    private ApplySyntax ParseApply(NameSyntax name)
    {
        Advance();
        var arguments = ImmutableArray.CreateBuilder<ExprSyntax>();
        var close = InsideBrackets(() =>
        {
            arguments.Add(ParseExpression());
            while (Current.Kind == TokenKind.Comma)
            {
                Advance();
                arguments.Add(ParseExpression());
            }

            Expect(TokenKind.CloseParenthesis, ")");
            return Previous;
        });
        return Checked(new ApplySyntax(TextSpan.Cover(name.Span, close), name, arguments.ToImmutable()));
    }

    private ExprSyntax? ParseExponents()
    {
        if (Current.Kind != TokenKind.Caret)
            return null;
        Advance();
        return ParseExponent();
    }

    private ExprSyntax ParseExponent() => Nested(ParseExponentOnce);

    private ExprSyntax ParseExponentOnce()
    {
        var token = Current;
        if (token.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            Advance();
            var operand = ParseExponent();
            return token.Kind == TokenKind.Plus
                ? operand
                : Checked(new UnarySyntax(TextSpan.Cover(token.Span, operand.Span), Op.Negate, operand));
        }

        var exponent = IsLetters(token) ? ParseExponentName() : ParsePrimary();
        if (Current.Kind != TokenKind.Caret || token.Kind == TokenKind.OpenBrace)
            return exponent;
        Advance();
        var power = ParseExponent();
        return Checked(new PowerSyntax(TextSpan.Cover(exponent.Span, power.Span), exponent, power));
    }

    /// <summary>
    /// A subscript after the exponent belongs to the base, as in <c>β^t_2</c>, unless it is a Unicode subscript. A word directly
    /// before a bracket is a function's name, as in <c>γ^floor(k/n)</c>.
    /// </summary>
    private ExprSyntax ParseExponentName()
    {
        var isWord = Current.Glyphs.Length >= ShortestFunctionName;
        var name = ParseLetters(null, single: _scriptsAreSingle && !(isWord && Next.Kind == TokenKind.OpenParenthesis));
        if (Current is { Kind: TokenKind.Underscore, Span.Length: 0 })
            return ParseSubscript(name);
        return isWord && Current.Kind == TokenKind.OpenParenthesis && Current.Span.Start == name.Span.End ? ParseApply(name) : name;
    }

    private const int ShortestFunctionName = 2;

    private static bool IsLetters(Token token) => token.Kind == TokenKind.Name
        || (token.Kind == TokenKind.Command && (LatexCommands.Typefaces.Contains(token.Text) || LatexCommands.Accents.ContainsKey(token.Text)));

    /// <summary>Letters, plain or as the argument of a typeface or accent command.</summary>
    /// <param name="owner">The command whose argument this is, for messages.</param>
    /// <param name="single">True to take one letter only.</param>
    private NameSyntax ParseLetters(Token? owner, bool single)
    {
        var token = Current;
        if (token.Kind == TokenKind.Name)
        {
            if (single)
                token = TakeSingle();
            else
                Advance();
            return new NameSyntax(token.Span, token.Glyphs, [], null);
        }

        if (!IsLetters(token))
        {
            var command = owner ?? token;
            throw Error(command.Span, $"\\{command.Text} needs a name");
        }

        Advance();
        var name = Nested(() => Current.Kind == TokenKind.OpenBrace ? ParseBracedLetters(token) : ParseLetters(token, single: true));
        name = name with { Span = TextSpan.FromBounds(token.Span.Start, Math.Max(name.Span.End, Previous.End)) };
        return LatexCommands.Accents.TryGetValue(token.Text, out var mark) ? WithMark(name, mark) : name;
    }

    /// <summary>The name in the braces of <c>\hat{m}</c>, <c>\mathrm{lr}</c>, <c>\hat{v_t}</c>.</summary>
    private NameSyntax ParseBracedLetters(Token command)
    {
        Advance();
        var name = ParseLetters(command, single: false);
        while (Current.Kind != TokenKind.CloseBrace)
        {
            if (Current.Kind == TokenKind.Underscore)
            {
                name = ParseSubscript(name);
            }
            else if (Current.Kind == TokenKind.Number && Current.Text.All(char.IsDigit))
            {
                name = WithDigits(name, Current);
                Advance();
            }
            else if (IsLetters(Current))
            {
                var more = ParseLetters(command, single: false);
                name = name with { Glyphs = name.Glyphs.AddRange(more.Glyphs), Subscripts = name.Subscripts.AddRange(more.Subscripts) };
            }
            else
            {
                Expect(TokenKind.CloseBrace, "}");
            }
        }

        Advance();
        return name with { Span = TextSpan.FromBounds(name.Span.Start, Previous.End) };
    }

    private static NameSyntax WithMark(NameSyntax name, string mark)
    {
        var last = name.Glyphs[name.Glyphs.Length - 1];
        var letter = char.IsSurrogate(last.Text[0]) ? 2 : 1;
        var text = Letters.Normalize(last.Text.Insert(Math.Min(letter, last.Text.Length), mark));
        return name with { Glyphs = name.Glyphs.SetItem(name.Glyphs.Length - 1, new Glyph(text, name.Span)) };
    }

    private static NameSyntax WithDigits(NameSyntax name, Token digits)
    {
        var last = name.Glyphs[name.Glyphs.Length - 1];
        var glyph = new Glyph(last.Text + digits.Text, TextSpan.Cover(last.Span, digits.Span));
        return name with { Glyphs = name.Glyphs.SetItem(name.Glyphs.Length - 1, glyph) };
    }
}
