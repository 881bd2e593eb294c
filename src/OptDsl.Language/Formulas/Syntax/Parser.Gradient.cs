using OptDsl.Language.Formulas.Diagnostics;

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
        (_functionTime, _pointTime, _dataTime, _hasPoint, _of) = (null, null, null, false, null);
        Advance();
        if (Current.Kind == TokenKind.Caret && IsSecondOrder())
            throw Error(TextSpan.Cover(start, Next.Span), "this is the Hessian, and the caller computes first gradients only; give its diagonal, or its product with a vector, to the rule as the gradient of another one");
        ReadVariable();
        NameSyntax? function = null;
        if (IsLetters(Current))
        {
            function = ParseLetters(null, single: false);
            SkipSubscripts();
            SkipFunctionLabel();
            if (function.Letters == _names.Parameter && ObjectiveFollows())
            {
                // ∇θ J(θ), where copying lost that θ stood below.
                (function, _functionTime) = (null, null);
                if (IsLetters(Current))
                {
                    function = ParseLetters(null, single: false);
                    SkipSubscripts();
                    SkipFunctionLabel();
                }
            }

            if (function?.Letters == _names.Parameter)
                (_pointTime, _functionTime) = (_functionTime, null);
        }

        if (Current.Kind == TokenKind.OpenParenthesis && (function is null || function.Letters != _names.Parameter))
            ReadPoint(start);
        else if (Current.Kind == TokenKind.Bar && Next.Kind == TokenKind.Underscore)
            SkipEvaluation();
        _of = function?.Letters is { } letters && letters != _names.Parameter ? letters : null;
        return Timed(new NablaSyntax(TextSpan.Cover(start, Previous), function));
    }

    /// <summary><c>∇f(w) + λ∇R(w)</c>: the caller computes one gradient, and each sign would be that one.</summary>
    private void RefuseSeveral(ExprSyntax value)
    {
        NablaSyntax? first = null;
        foreach (var nabla in value.Nodes().OfType<NablaSyntax>().Where(nabla => nabla.Of is not null))
        {
            first ??= nabla;
            if (nabla.Of != first.Of)
                throw Error(nabla.Span, $"these are gradients of two functions, {first.Of} and {nabla.Of}, and the caller computes one, '{_names.Gradient}'; write what the other is as a formula, as in 'λ{_names.Parameter}' for the gradient of λ/2 ‖{_names.Parameter}‖²");
        }
    }

    /// <summary>True where a function stands that nobody knows, or brackets with one or with a sum over examples.</summary>
    private bool ObjectiveFollows()
    {
        if (_rest is not null)
            return false;
        if (IsLetters(Current))
            return Current.Kind == TokenKind.Name && _names.RoleOf(Current.Name) is NameRole.None && ForeignNotation.IsLoss(Current.Name);
        return Current.Kind == TokenKind.OpenParenthesis && Labels.Closing(_tokens, _index) is > 0 and var close
            && Enumerable.Range(_index + 1, close - _index - 1).Any(i => _tokens[i].Name is SumSign or "Σ" || (_tokens[i].Kind == TokenKind.Name && ForeignNotation.IsLoss(_tokens[i].Name) && !_names.IsKnown(_tokens[i].Name) && _tokens[i + 1].Kind == TokenKind.OpenParenthesis));
    }

    private int? _functionTime;
    private int? _pointTime;
    private int? _dataTime;
    private bool _hasPoint;
    private string? _of;

    private NablaSyntax Timed(NablaSyntax nabla) => nabla with { FunctionTime = _functionTime, PointTime = _pointTime, DataTime = _dataTime, HasPoint = _hasPoint, Of = _of };

    /// <summary><c>\frac{\partial L}{\partial w}</c>, <c>∂L/∂w</c> and <c>∂_w L</c>.</summary>
    private NablaSyntax ParsePartial()
    {
        var start = Current.Span;
        (_functionTime, _pointTime, _dataTime, _hasPoint, _of) = (null, null, null, false, null);
        ParseDifferential(start);
        var isOperator = _index > 0 && _tokens[_index - 1].Kind == TokenKind.Partial;
        if (Current.Kind == TokenKind.Divide && Next.Kind == TokenKind.Partial)
        {
            Advance();
            ParseDifferential(start, isVariable: true);

            // ∂/∂θ J(θ)
            if (isOperator && IsLetters(Current) && LastName(PeekLetters()).Role == NameRole.None)
            {
                ParseLetters(null, single: false);
                SkipSubscripts();
                if (Current.Kind == TokenKind.OpenParenthesis)
                    ReadPoint(start);
            }
        }

        return Timed(new NablaSyntax(TextSpan.Cover(start, Previous), null));
    }

    /// <summary>The fraction of two differentials, from behind its command; null where it is any other fraction.</summary>
    private NablaSyntax? ParsePartialFraction(Token command)
    {
        if (Current.Kind != TokenKind.OpenBrace || Next.Kind != TokenKind.Partial)
            return null;
        (_functionTime, _pointTime, _dataTime, _hasPoint, _of) = (null, null, null, false, null);
        foreach (var isVariable in new[] { false, true })
        {
            if (Current.Kind != TokenKind.OpenBrace || Next.Kind != TokenKind.Partial)
                throw Error(TextSpan.Cover(command.Span, Current.Span), "a partial derivative is written \\frac{\\partial f}{\\partial w}, with the parameter below the bar");
            Advance();
            ParseDifferential(command.Span, isVariable);
            Expect(TokenKind.CloseBrace, "}");
        }

        if (IsLetters(Current) && LastName(PeekLetters()).Role == NameRole.None)
        {
            ParseLetters(null, single: false);
            SkipSubscripts();
        }

        if (Current.Kind == TokenKind.OpenParenthesis)
            ReadPoint(command.Span);
        else if (Current.Kind == TokenKind.Bar && Next.Kind == TokenKind.Underscore)
            SkipEvaluation();
        if (Current.Kind == TokenKind.Caret && ParseTimeIndex() is { } above)
            _functionTime = above.Offset;
        else if (Current.Kind == TokenKind.Caret && _names.HasUpperTimes && ParseUpperTime() is { } upper)
            _functionTime = upper.Offset;
        return Timed(new NablaSyntax(TextSpan.Cover(command.Span, Previous), null));
    }

    private NameSyntax PeekLetters()
    {
        var (index, rest) = (_index, _rest);
        var name = ParseLetters(null, single: false);
        (_index, _rest) = (index, rest);
        return name;
    }

    /// <summary>The <c>|_{w = w_t}</c> behind a derivative.</summary>
    private void SkipEvaluation()
    {
        Advance();
        if (Next.Kind == TokenKind.OpenBrace && Labels.Closing(_tokens, _index + 1) is > 0 and var close)
            MoveTo(close + 1);
        else
            SkipSubscripts();
    }

    private void ParseDifferential(TextSpan start, bool isVariable = false)
    {
        Advance();
        if (Current.Kind == TokenKind.Caret)
            throw Error(TextSpan.Cover(start, Current.Span), "this is a derivative of second order, and the caller computes first gradients only");
        if (!isVariable)
            ReadVariable();
        if (!IsLetters(Current))
            return;
        var (name, _) = ParseScripted();
        var variable = name is ApplySyntax apply ? apply.Name : name as NameSyntax;
        if (!isVariable)
        {
            _functionTime ??= variable is null ? null : TimeOf(variable);
            _of = variable?.Letters;
            return;
        }

        if (variable is null)
            return;
        CheckVariable(variable);
        _pointTime ??= TimeOf(variable);
    }

    /// <summary>What a gradient is taken by, as in <c>∇_θ</c>.</summary>
    private void ReadVariable()
    {
        while (Current.Kind == TokenKind.Underscore)
        {
            var first = Next.Kind == TokenKind.OpenBrace ? At(2) : Next;
            var role = first.Kind == TokenKind.Name ? _names.RoleOf(first.Name) : NameRole.None;
            if (role is NameRole.State or NameRole.Gradient || (role == NameRole.Assigned && first.Name != _names.Parameter))
                throw Error(first.Span, $"this is the gradient by {first.Name}; the caller computes one gradient, that by the parameter '{_names.Parameter}'");
            ParseSubscript(new NameSyntax(Current.Span, [], [], null));
        }
    }

    private void CheckVariable(NameSyntax variable)
    {
        var key = variable.Key(Step);
        if (_names.Parameter == "" || key == _names.Parameter || variable.Letters == _names.Parameter)
            return;
        throw Error(
            variable.Span, $"this is the derivative by {variable.Letters}, and the parameter is '{_names.Parameter}'; if {variable.Letters} is the parameter, say so in the attribute: Parameter = \"{variable.Letters}\"");
    }

    /// <summary><c>∇²f</c>: an exponent of the sign itself.</summary>
    private bool IsSecondOrder() => Labels.Above(_tokens, _index) is { Text: "^2" } square
        && (IsLetters(_tokens[Math.Min(square.End, _tokens.Length - 1)]) || _tokens[Math.Min(square.End, _tokens.Length - 1)].Kind is TokenKind.OpenParenthesis or TokenKind.Underscore);

    private void SkipSubscripts()
    {
        while (Current.Kind == TokenKind.Underscore)
        {
            var subscript = ParseSubscript(new NameSyntax(Current.Span, [], [], null));
            _functionTime ??= TimeOf(subscript);
        }
    }

    /// <summary><c>∇L^{(t)}</c> is the loss at a step and <c>∇f^{(i)}</c> that of an example: what stands in brackets above a loss is no power.</summary>
    private void SkipFunctionLabel()
    {
        if (_rest is not null || Current.Kind != TokenKind.Caret)
            return;
        if (ParseTimeIndex() is { } index)
        {
            _functionTime ??= index.Offset;
            SkipSubscripts();
            return;
        }

        var isBracketed = Next.Kind == TokenKind.OpenBrace && At(2).Kind is TokenKind.OpenParenthesis or TokenKind.OpenBracket;
        if (isBracketed && Labels.Closing(_tokens, _index + 1) is > 0 and var close && _tokens[close - 1].Kind is TokenKind.CloseParenthesis or TokenKind.CloseBracket)
            MoveTo(close + 1);
        else if (_names.HasUpperTimes && ParseUpperTime() is { } time)
            _functionTime ??= time.Offset;
        SkipSubscripts();
    }

    private int Closing(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Length; i++)
        {
            depth += BracketDepth.Of(_tokens[i].Kind);
            if (depth == 0)
                return i;
        }

        MoveTo(_tokens.Length - 1);
        Expect(TokenKind.CloseParenthesis, ")");
        return open;
    }
}
