using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads names and what is written below and above them.</summary>
internal sealed partial class Parser
{
    /// <summary>A value and, if one is written on it, its exponent.</summary>
    private (ExprSyntax Base, ExprSyntax? Exponent) ParseScripted()
    {
        var form = (ExprSyntax?)ParseMean() ?? ParseOne();
        if (form is not null || !IsLetters(Current))
        {
            if (form is null && Current.Kind == TokenKind.OpenBrace && BracedName() is { } braced)
                return ParseScripts(braced);
            var primary = form ?? ParsePrimary();
            primary = WithMembers(ParsePositivePart(primary) ?? primary);
            if (Current.Kind == TokenKind.Underscore && ParseTimeOn(primary) is { } timed)
                primary = timed;
            var power = ParseExponents();
            if (power is not null && Current.Kind == TokenKind.Underscore && ParseTimeOn(primary) is { } late)
                primary = late;
            if (primary is NablaSyntax)
                SkipSubscripts();
            else if (primary is NormSyntax norm && power is not null)
                primary = WithOrder(norm);
            return (primary, power);
        }

        return ParseScripts(WithDifference(ParseLetters(null, single: false)));
    }

    private const int MostOfExpectation = 24;

    private (ExprSyntax Base, ExprSyntax? Exponent) ParseScripts(NameSyntax name)
    {
        if (name.Letters is SumSign or ProductSign or "Σ" or "Π" && !_names.HasName(name.Letters) && !(Current.Kind == TokenKind.Underscore && At(1).Kind == TokenKind.OpenBrace && At(2).Kind == TokenKind.OpenBracket))
            throw SumError(name);
        if (name.Letters == "E" && Current.Kind is TokenKind.Underscore or TokenKind.OpenBracket && !_names.HasName("E") && _tokens.Skip(_index).Take(MostOfExpectation).Any(token => token.Kind is TokenKind.Nabla or TokenKind.Partial))
            throw Error(name.Span, $"the caller's gradient is the mean over the examples already; leave the expectation out, and write '{_names.Gradient}'");
        if (name.Glyphs.Length > MaximumDepth)
            throw Error(name.Span, "this run of letters is too long; separate the names with '·'");
        if (ParseClipTo(name) is { } clipped)
            return (clipped, ParseExponents());
        if (Current.Kind == TokenKind.OpenBracket && IsCallInBrackets(name) is { } called)
            return (ParseArguments(called, TokenKind.CloseBracket), ParseExponents());
        ExprSyntax? exponent = null;
        while (ParseScript(ref name, ref exponent))
        {
        }

        if (exponent is null && Current.Kind == TokenKind.Member)
            return (WithMembers(name), ParseExponents());
        if (exponent is null && Current.Kind == TokenKind.OpenBrace && IsCallInBraces(name))
            return (ParseArguments(name, TokenKind.CloseBrace), ParseExponents());
        if (exponent is not null || Current.Kind != TokenKind.OpenParenthesis || (LastName(name).Role is not (NameRole.None or NameRole.Helper) && HasSignBehind()))
            return (name, exponent);
        var apply = WithMembers(ParseApply(name));
        return (apply, ParseExponents());
    }

    /// <summary>The name in <c>{\beta}_1</c>, or null where the braces hold anything else or nothing is written on them.</summary>
    private NameSyntax? BracedName()
    {
        if (_rest is not null || Labels.Closing(_tokens, _index) is not (> 0 and var close)
            || _tokens[Math.Min(close + 1, _tokens.Length - 1)].Kind is not (TokenKind.Underscore or TokenKind.OpenParenthesis)
            || !LooksLikeName(_tokens, _index + 1, close))
        {
            return null;
        }

        if (ReadWholeName(ImmutableArray.Create(_tokens, _index, close + 1 - _index), _scriptsAreSingle, _names)?.Name is not { TimeIndex: null } name)
            return null;
        MoveTo(close + 1);
        return name;
    }

    /// <summary>A time behind a value that is made of one name, as in <c>\sqrt{v}_t</c>: it is the time of the name. Null where there is none.</summary>
    private ExprSyntax? ParseTimeOn(ExprSyntax value)
    {
        if (NameIn(value) is not { } inner || inner.TimeIndex is not null || inner.Subscripts.Any(part => part.Text == Step))
            return null;
        var index = _index;
        var timed = ParseSubscript(inner);
        if (timed.Subscripts.Length == inner.Subscripts.Length + 1 && timed.Subscripts[timed.Subscripts.Length - 1].Text == Step)
            return Replace(value, timed with { Span = inner.Span }, TextSpan.Cover(value.Span, Previous));
        MoveTo(index);
        return null;
    }

    private static NameSyntax? NameIn(ExprSyntax value) => value switch
    {
        NameSyntax name => name,
        GroupSyntax group => NameIn(group.Inner),
        RootSyntax root => NameIn(root.Operand),
        PowerSyntax power => NameIn(power.Base),
        AbsoluteSyntax absolute => NameIn(absolute.Inner),
        _ => null,
    };

    private static ExprSyntax Replace(ExprSyntax value, NameSyntax name, TextSpan span) => value switch
    {
        GroupSyntax group => group with { Inner = Replace(group.Inner, name, group.Inner.Span), Span = span },
        RootSyntax root => root with { Operand = Replace(root.Operand, name, root.Operand.Span), Span = span },
        PowerSyntax power => power with { Base = Replace(power.Base, name, power.Base.Span), Span = span },
        AbsoluteSyntax absolute => absolute with { Inner = Replace(absolute.Inner, name, absolute.Inner.Span), Span = span },
        _ => name,
    };

    /// <summary>One thing that is written on a name: a subscript, a label, a time or an exponent.</summary>
    private bool ParseScript(ref NameSyntax name, ref ExprSyntax? exponent)
    {
        switch (Current.Kind)
        {
            case TokenKind.Underscore:
                name = ParseSubscript(name);
                return true;
            case TokenKind.Caret when LabelOn(name) is { } label:
                name = WithLabel(name, label.Text, label.End);
                return true;
            case TokenKind.Caret when exponent is null && ParseTimeIndex() is { } index:
                name = name with { TimeIndex = index, Span = TextSpan.Cover(name.Span, index.Span) };
                return true;
            case TokenKind.Caret when exponent is null && _names.HasUpperTimes && HasTimes(name) && ParseUpperTime() is { } upper:
                name = name with { TimeIndex = upper, Span = TextSpan.Cover(name.Span, upper.Span) };
                return true;
            case TokenKind.Caret when ElementAbove(name) is { } element:
                name = WithLabel(name, element.Text, element.End);
                return true;
            case TokenKind.Caret when exponent is null:
                RefuseNumberInBrackets(name);
                Advance();
                exponent = ParseExponent();
                return true;
            case TokenKind.OpenBracket when exponent is null:
                return ParseBracketOn(ref name);
            case TokenKind.OpenParenthesis when name.TimeIndex is null:
                return ParseArgumentsOn(ref name, exponent);
            default:
                return false;
        }
    }

    /// <summary>The index of an element above a tensor, as in <c>θ^{(i)}</c> or <c>W^{[l]}</c>, where no such name is declared.</summary>
    private (string Text, int End)? ElementAbove(NameSyntax name)
    {
        if (_rest is not null || Labels.Above(_tokens, _index) is not { } label)
            return null;
        var part = new Subscript(name.Span, label.Text, 0);
        return IsElement(part) && !_names.IsKnown(Element(part)) && HasTimes(name) ? label : null;
    }

    /// <summary><c>\Delta x</c> is one name where <c>Δx</c> is declared or assigned.</summary>
    private NameSyntax WithDifference(NameSyntax name)
    {
        if (!IsDifference(name) || !IsLetters(Current))
            return name;
        var more = PeekLetters();
        var whole = name with { Glyphs = name.Glyphs.AddRange(more.Glyphs), Span = TextSpan.Cover(name.Span, more.Span) };
        if (!_names.HasName(whole.Letters))
            return name;
        ParseLetters(null, single: false);
        return whole;
    }

    /// <summary><c>max{a, b}</c>: a function before braces that hold several values.</summary>
    private bool IsCallInBraces(NameSyntax name)
    {
        if (_rest is not null || name.Subscripts.Length > 0 || Functions.Find(name.Letters) is null || Labels.Closing(_tokens, _index) is not (> 0 and var close))
            return false;
        var depth = 0;
        for (var i = _index; i < close; i++)
        {
            depth += BracketDepth.Of(_tokens[i].Kind);
            if (depth == 1 && _tokens[i].Kind == TokenKind.Comma)
                return true;
        }

        return false;
    }

    /// <summary><c>Sqrt[x]</c>, <c>sign[x]</c>: a function with its argument in square brackets, under the name that formulas have for it.</summary>
    private NameSyntax? IsCallInBrackets(NameSyntax name)
    {
        var word = name.Letters.ToLowerInvariant();
        return _rest is null && name.Subscripts.Length == 0 && word is "sqrt" or "sign" or "sgn" or "abs" or "exp" or "log" or "ln" or "max" or "min" or "tanh" or "clip" or "mean"
            && !_names.HasName(name.Letters) && Labels.Closing(_tokens, _index) is > 0 and var close && _tokens[_index + 1].Kind != TokenKind.Key && close > _index + 1 ? NameSyntax.OfKey(word, name.Span) : null;
    }

    private ExprSyntax ParseApply(NameSyntax name) => ParseArguments(name, TokenKind.CloseParenthesis);

    private ExprSyntax ParseArguments(NameSyntax name, TokenKind closing)
    {
        Advance();
        if (Current.Kind == closing && LastName(name).Role is NameRole.Hyper or NameRole.Step)
        {
            // lr() of a program that holds its values in functions.
            Advance();
            return name with { Span = TextSpan.Cover(name.Span, Previous) };
        }

        if (Current.Kind == closing)
            throw Error(Current.Span, $"expected a value, found {Describe(Current)}");
        var arguments = ParseArgumentList(closing);
        var span = TextSpan.Cover(name.Span, Previous);
        var key = name.Key(Step);
        if ((LastName(name).Role == NameRole.None || (name.Glyphs.Length > 3 && name.Letters.All(letter => letter < 128) && !_names.IsKnown(key)) || arguments.Any(argument => argument.Label is not null)) && ProgramCall(key.Replace("_", ""), span, name.Span, arguments) is { } known)
            return Checked(known);
        if (arguments.All(argument => argument.Label is not null))
            throw Error(span, $"'{name.Letters}' is taken of a value, and here only arguments with labels stand in its brackets; write the value first");
        return Checked(new ApplySyntax(span, name, [.. arguments.Where(argument => argument.Label is null).Select(argument => argument.Value)]));
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
        if (Current.Kind == TokenKind.Times || (Current.Kind == TokenKind.OpenBrace && Next.Kind == TokenKind.Times && At(2).Kind == TokenKind.CloseBrace))
            throw Error(TextSpan.Cover(Previous, Next.Span), "'^*' marks a conjugate or an optimum; values are real here, so leave it out, or declare the name with it");

        var token = Current;
        if (token.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            Advance();
            var operand = ParseExponent();
            return token.Kind == TokenKind.Plus
                ? operand
                : Checked(new UnarySyntax(TextSpan.Cover(token.Span, operand.Span), Op.Negate, operand));
        }

        // v^{∘2} is the power of each element, as all powers are.
        if (token.Kind == TokenKind.OpenBrace && _rest is null && Next.Kind == TokenKind.Times && At(2).Kind != TokenKind.CloseBrace)
        {
            Advance();
            Advance();
            var power = InsideBrackets(ParseExpression);
            Expect(TokenKind.CloseBrace, "}");
            return new GroupSyntax(TextSpan.Cover(token.Span, Previous), power) { IsOfElements = true };
        }

        var exponent = IsLetters(token) ? ParseExponentName() : ParsePrimary();
        if (Current.Kind != TokenKind.Caret || token.Kind == TokenKind.OpenBrace)
            return exponent;
        Advance();
        var next = ParseExponent();
        return Checked(new PowerSyntax(TextSpan.Cover(exponent.Span, next.Span), exponent, next));
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
        while (Current.Kind == TokenKind.OpenBracket && ParseKeyOn(ref name))
        {
        }

        return isWord && Current.Kind == TokenKind.OpenParenthesis && Current.Span.Start == name.Span.End ? ParseApply(name) : name;
    }

    /// <summary>The sign of a sum, which no name can be.</summary>
    public const string SumSign = "∑";

    /// <summary>The sign of a product.</summary>
    public const string ProductSign = "∏";

    /// <summary>Says what to write for a sum by what it is over.</summary>
    private SyntaxErrorException SumError(NameSyntax sign)
    {
        var isProduct = sign.Letters is ProductSign or "Π";
        var close = Current.Kind == TokenKind.Underscore && Next.Kind == TokenKind.OpenBrace ? Labels.Closing(_tokens, _index + 1) : -1;
        var upper = close > 0 && close + 1 < _tokens.Length && _tokens[close + 1].Kind == TokenKind.Caret ? Labels.Above(_tokens, close + 1) : null;
        var behind = close > 0 ? close + 1 : Current.Kind == TokenKind.Underscore ? _index + 2 : _index;
        if (isProduct && _tokens[Math.Min(behind, _tokens.Length - 1)].Kind is TokenKind.OpenParenthesis or TokenKind.OpenBracket)
            return Error(sign.Span, "as a projection onto an interval this is written clip(x, low, high); others cannot be computed element by element");
        var body = Math.Min(upper?.End ?? behind, _tokens.Length - 1);
        if (_tokens[body].Kind is TokenKind.Nabla or TokenKind.Partial || (_tokens[body].Kind == TokenKind.Command && body + 2 < _tokens.Length && _tokens[body + 2].Kind == TokenKind.Partial))
            return Error(sign.Span, $"the caller's gradient is the sum or the mean over the examples already; leave the sum and its factor out, and write '{_names.Gradient}'");
        var isOverSteps = upper is var (bound, _) && Step != "" && bound.StartsWith("^" + Step, StringComparison.Ordinal);
        return Error(
            sign.Span,
            isProduct ? $"a product over steps is a state that starts from 1, declared with [State(\"p\", Initial = \"1\")] and written p = p·…; other products are written out"
            : isOverSteps ? $"a sum over the steps so far is a state, declared with [State(\"s\")] and written s = s + …"
            : upper is not null ? $"several values are added as they are declared, each by its name: v_1 + v_2 + v_3; {ForeignNotation.Sum}"
            : $"there is no index to sum over; {ForeignNotation.Sum}");
    }

    private const int ShortestFunctionName = 2;
}
