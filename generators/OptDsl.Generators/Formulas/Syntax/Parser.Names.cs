using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Formulas.Syntax;

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

    private ExprSyntax ParseExponent()
    {
        if (++_nesting > MaximumDepth)
            throw Error(Current.Span, "this formula is nested too deeply; split it into statements");
        var exponent = ParseExponentOnce();
        _nesting--;
        return exponent;
    }

    private ExprSyntax ParseExponentOnce()
    {
        var token = Current;
        if (token.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            Advance();
            var operand = ParseExponent();
            return token.Kind == TokenKind.Plus
                ? operand
                : Checked(new UnarySyntax(TextSpan.Cover(token.Span, operand.Span), UnaryOperator.Negate, operand));
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
        if (++_nesting > MaximumDepth)
            throw Error(token.Span, "this formula is nested too deeply; split it into statements");
        var name = Current.Kind == TokenKind.OpenBrace ? ParseBracedLetters(token) : ParseLetters(token, single: true);
        _nesting--;
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

    private NameSyntax ParseSubscript(NameSyntax name)
    {
        Advance();
        var parts = ImmutableArray.CreateBuilder<Subscript>();
        var braces = Current.Kind;
        if (braces is TokenKind.OpenBrace or TokenKind.OpenParenthesis)
        {
            Advance();
            var close = braces == TokenKind.OpenBrace ? TokenKind.CloseBrace : TokenKind.CloseParenthesis;
            while (Current.Kind != close)
            {
                parts.Add(ParseSubscriptPart(single: false, offsets: true));
                if (Current.Kind == TokenKind.Comma)
                    Advance();
            }

            Advance();
        }
        else
        {
            parts.Add(ParseSubscriptPart(single: _scriptsAreSingle, offsets: false));
            RefuseAmbiguousOffset(name, parts[0]);
        }

        return name with
        {
            Subscripts = name.Subscripts.AddRange(parts),
            Span = TextSpan.FromBounds(name.Span.Start, _rest?.Span.Start ?? Previous.End),
        };
    }

    private Subscript ParseSubscriptPart(bool single, bool offsets)
    {
        var token = Current;
        string text;
        if (token.Kind == TokenKind.Number)
        {
            Advance();
            text = token.Text;
        }
        else if (token.Kind == TokenKind.Infinity)
        {
            Advance();
            text = "∞";
        }
        else if (IsLetters(token))
        {
            text = ParseLetters(null, single).Letters;
        }
        else
        {
            var span = token.Kind == TokenKind.End ? Previous : token.Span;
            throw Error(span, $"expected a subscript, found {Describe(token)}");
        }

        var offset = offsets && token.Kind != TokenKind.Number ? ParseOffset() : 0;
        return new Subscript(TextSpan.FromBounds(token.Span.Start, _rest?.Span.Start ?? Previous.End), text, offset);
    }

    /// <summary>The <c>-1</c> of <c>t-1</c>.</summary>
    private int ParseOffset()
    {
        if (Current.Kind is not (TokenKind.Plus or TokenKind.Minus))
            return 0;
        var sign = Current.Kind == TokenKind.Plus ? 1 : -1;
        Advance();
        var number = Current;
        if (number.Kind != TokenKind.Number || !int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw Error(number.Span, "a time index is the step and a whole number, as in 't-1'");
        Advance();
        return sign * offset;
    }

    /// <summary><c>v_t-1</c> is read as <c>v_{t-1}</c> by people and as <c>v_t - 1</c> by grammars.</summary>
    private void RefuseAmbiguousOffset(NameSyntax name, Subscript subscript)
    {
        if (subscript.Text != _step || _rest is not null || name.Glyphs.Length == 0 || Current.Kind is not (TokenKind.Plus or TokenKind.Minus) || Current.Span.Start != Previous.End)
            return;
        var sign = Current.Kind == TokenKind.Plus ? "+" : "-";
        var next = Next;
        if (next.Kind != TokenKind.Number || next.Span.Start != Current.Span.End)
            return;
        var offset = TextSpan.FromBounds(subscript.Span.Start, next.Span.End);
        var letter = name.Glyphs[name.Glyphs.Length - 1];
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            TextSpan.Cover(letter.Span, next.Span),
            $"'{letter.Text}_{_step}{sign}{next.Text}' can mean the value at {_step}{sign}{next.Text} or {letter.Text}_{_step} {sign} {next.Text}; write which",
            new ReplaceFix($"Write the time index: {letter.Text}_{{{_step}{sign}{next.Text}}}", offset, $"{{{_step}{sign}{next.Text}}}"),
            new ReplaceFix($"Write the {(sign == "+" ? "sum" : "difference")}: {letter.Text}_{_step} {sign} {next.Text}", Current.Span, $" {sign} "));
        throw new SyntaxErrorException();
    }

    /// <summary>Reads <c>^{(t-1)}</c>, or leaves the position where it is.</summary>
    private Subscript? ParseTimeIndex()
    {
        Token At(int offset) => _tokens[Math.Min(_index + offset, _tokens.Length - 1)];
        if (_rest is not null || At(1).Kind != TokenKind.OpenBrace || At(2).Kind != TokenKind.OpenParenthesis || At(3).Name != _step)
            return null;
        var close = At(4).Kind == TokenKind.CloseParenthesis ? 4 : 6;
        if (At(close).Kind != TokenKind.CloseParenthesis || At(close + 1).Kind != TokenKind.CloseBrace)
            return null;
        var start = Current.Span;
        for (var i = 0; i < 4; i++)
            Advance();
        var offset = ParseOffset();
        Advance();
        Advance();
        return new Subscript(TextSpan.Cover(start, Previous), _step, offset);
    }

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
