using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads what operators connect.</summary>
internal sealed partial class Parser
{
    private bool _insideBars;
    private bool _insideDoubleBars;

    private ExprSyntax ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return Ones(Number(token), token);
            case TokenKind.Nabla:
                return ParseNabla();
            case TokenKind.Partial:
                return ParsePartial();
            case TokenKind.OpenParenthesis:
                return ParseGroup(TokenKind.CloseParenthesis, ")");
            case TokenKind.OpenBracket:
                return ParseGroup(TokenKind.CloseBracket, "]");
            case TokenKind.OpenBrace:
                return ParseGroup(TokenKind.CloseBrace, "}");
            case TokenKind.OpenAngle:
                return ParseInnerProduct();
            case TokenKind.Bar:
                return ParseBars();
            case TokenKind.DoubleBar:
                return ParseDoubleBars();
            case TokenKind.Command:
                return ParseCommand();
            case TokenKind.Prose:
                throw Error(token.Span, ForeignNotation.OfRemark(token.Text));
            case TokenKind.Key when token.Glyphs.Length > 1:
                var (name, step) = (token.Glyphs[token.Glyphs.Length - 2].Text, token.Glyphs[token.Glyphs.Length - 1].Span);
                _errors.Report(
                    FormulaErrorIds.AmbiguousProduct, token.Span, $"in this text scripts were lost in copying, so that '{token.Text}' can mean {name}^{Step}, {name}_{Step} or {name}·{Step}; write which",
                    new ReplaceFix($"Write {name}^{Step}", step, $"^{Step}"), new ReplaceFix($"Write {name}_{Step}", step, $"_{Step}"), new ReplaceFix($"Write {name}·{Step}", step, $"·{Step}"));
                throw new SyntaxErrorException();
            case TokenKind.CasesOpen:
                return Nested(ParseCases);
            default:
                var span = token.Kind == TokenKind.End ? Previous : token.Span;
                throw Error(span, $"expected a value, found {Describe(token)}{(token.Kind == TokenKind.End ? "; write what is computed here, or remove the sign before it" : "")}");
        }
    }

    /// <summary><c>1_n</c> and <c>\mathbf{1}_{m}</c> are vectors of ones.</summary>
    private NumberSyntax Ones(NumberSyntax value, Token number)
    {
        if (number.Text != "1" || _rest is not null || Current.Kind != TokenKind.Underscore)
            return value;
        var isBraced = Next.Kind == TokenKind.OpenBrace && At(3).Kind == TokenKind.CloseBrace;
        if ((isBraced ? At(2) : Next) is not { Kind: TokenKind.Name, Name: "n" or "m" or "d" or "k" or "p" or "q" or "r" or "N" or "M" or "D" })
            return value;
        MoveTo(_index + (isBraced ? 4 : 2));
        return value with { IsOnes = true, Span = TextSpan.Cover(value.Span, Previous) };
    }

    private NumberSyntax Number(Token token)
    {
        if (double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value))
            return new NumberSyntax(token.Span, value);
        throw Error(token.Span, "this number is too large for double precision");
    }

    private GroupSyntax ParseGroup(TokenKind close, string text)
    {
        var start = Current.Span;
        Advance();
        var inner = InsideBrackets(ParseExpression);
        Expect(close, text);
        return Checked(new GroupSyntax(TextSpan.Cover(start, Previous), inner));
    }

    /// <summary><c>⟨x, y⟩</c> is <c>dot(x, y)</c>.</summary>
    private ExprSyntax ParseInnerProduct()
    {
        var open = Current.Span;
        var glyphs = "dot".Select(letter => new Glyph(letter.ToString(), open));
        return ParseArguments(new NameSyntax(open, [.. glyphs], [], null), TokenKind.CloseAngle);
    }

    /// <summary>Within brackets a bar opens again.</summary>
    private T InsideBrackets<T>(Func<T> parse)
    {
        var (bars, doubleBars, cases) = (_insideBars, _insideDoubleBars, _insideCases);
        (_insideBars, _insideDoubleBars, _insideCases) = (false, false, false);
        var result = parse();
        (_insideBars, _insideDoubleBars, _insideCases) = (bars, doubleBars, cases);
        return result;
    }

    private AbsoluteSyntax ParseBars()
    {
        var start = Current.Span;
        var outer = _insideBars;
        Advance();
        _insideBars = true;
        var inner = ParseExpression();
        _insideBars = outer;
        Expect(TokenKind.Bar, "|");
        return Checked(new AbsoluteSyntax(TextSpan.Cover(start, Previous), inner));
    }

    private NormSyntax ParseDoubleBars()
    {
        var start = Current.Span;
        var outer = _insideDoubleBars;
        Advance();
        _insideDoubleBars = true;
        var inner = ParseExpression();
        _insideDoubleBars = outer;
        Expect(TokenKind.DoubleBar, "‖");
        return Checked(WithOrder(new NormSyntax(TextSpan.Cover(start, Previous), inner, NormKind.Euclidean)));
    }

    private ExprSyntax ParseCommand()
    {
        var command = Current;
        Advance();
        return Nested(() => ParseCommandArguments(command));
    }

    private ExprSyntax ParseCommandArguments(Token command)
    {
        if (LatexCommands.Fractions.Contains(command.Text))
        {
            if (ParsePartialFraction(command) is { } derivative)
                return derivative;
            var numerator = ParseArgument(command);
            var denominator = ParseArgument(command);
            var span = TextSpan.Cover(command.Span, denominator.Span);
            return Checked(new GroupSyntax(span, Checked(new BinarySyntax(
                span, Op.Divide, numerator, denominator))));
        }

        ExprSyntax? degree = null;
        if (Current.Kind == TokenKind.OpenBracket)
            degree = ParseGroup(TokenKind.CloseBracket, "]");
        var operand = ParseArgument(command);
        return Checked(new RootSyntax(TextSpan.Cover(command.Span, operand.Span), operand, degree));
    }

    /// <summary>The argument of a LaTeX command: a group in braces, or the single character or command that follows.</summary>
    private ExprSyntax ParseArgument(Token command)
    {
        var token = Current;
        if (token.Kind == TokenKind.OpenBrace)
            return ParseGroup(TokenKind.CloseBrace, "}");
        if (token.Kind == TokenKind.Number)
            return new GroupSyntax(token.Span, Number(TakeSingle()));
        if (token.Kind == TokenKind.Name)
        {
            var single = TakeSingle();
            return new NameSyntax(single.Span, single.Glyphs, [], null);
        }

        if (token.Kind == TokenKind.Command && (LatexCommands.Accents.ContainsKey(token.Text) || LatexCommands.Typefaces.Contains(token.Text)))
            return ParseLetters(command, single: true);
        if (token.Kind == TokenKind.Command)
            return ParseCommand();
        throw Error(command.Span, $"\\{command.Text} needs an argument in braces");
    }

    /// <summary>Takes the first letter or digit of the current token and leaves the rest for later.</summary>
    private Token TakeSingle()
    {
        var token = Current;
        if (token.Kind == TokenKind.Number && token.Text.Length > 1 && token.Text.Length == token.Span.Length)
        {
            _rest = new Token(TokenKind.Number, new TextSpan(token.Span.Start + 1, token.Span.Length - 1), token.Text.Substring(1));
            return new Token(TokenKind.Number, new TextSpan(token.Span.Start, 1), token.Text.Substring(0, 1));
        }

        if (token.Kind == TokenKind.Name && token.Glyphs.Length > 1 && token.Glyphs[1].Span != token.Glyphs[0].Span)
        {
            var glyphs = token.Glyphs.RemoveAt(0);
            _rest = new Token(TokenKind.Name, TextSpan.FromBounds(glyphs[0].Span.Start, token.Span.End), glyphs, "");
            return new Token(TokenKind.Name, token.Glyphs[0].Span, [token.Glyphs[0]], "");
        }

        Advance();
        return token;
    }
}
