using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads operators, loosest first.</summary>
internal sealed partial class Parser
{
    private ExprSyntax ParseExpression() => Nested(ParseConditional);

    private ExprSyntax ParseConditional()
    {
        var condition = ParseOr();
        if (IsKeyword(Keywords.If) && !_insideCases)
            return ParsePostfixIf(condition);
        if (Current.Kind != TokenKind.Question)
            return condition;
        Advance();
        var whenTrue = ParseExpression();
        Expect(TokenKind.Colon, ":");
        var whenFalse = ParseExpression();
        return Checked(new ConditionalSyntax(TextSpan.Cover(condition.Span, whenFalse.Span), condition, whenTrue, whenFalse));
    }

    private ExprSyntax ParseOr() => ParseLeft(ParseAnd, Precedence.Or);

    private ExprSyntax ParseAnd() => ParseLeft(ParseNot, Precedence.And);

    private ExprSyntax ParseNot()
    {
        var start = Current.Span;
        if (Current.Kind != TokenKind.Not)
            return ParseComparison();
        Advance();
        var operand = Nested(ParseNot);
        return Checked(new UnarySyntax(TextSpan.Cover(start, operand.Span), Op.Not, operand));
    }

    private ExprSyntax ParseComparison()
    {
        var left = ParseSum();
        if (OperatorOf(Current.Kind, Precedence.Comparison) is not { } @operator)
            return left;
        Advance();
        var right = ParseSum();
        ExprSyntax comparison = Checked(new BinarySyntax(TextSpan.Cover(left.Span, right.Span), @operator, left, right));

        // a < b ≤ c says two things, as papers mean it.
        while (OperatorOf(Current.Kind, Precedence.Comparison) is { } next)
        {
            if (!Continues(@operator, next))
                throw Error(Current.Span, "comparisons chain in one direction only; write 'a < b and b > c'");
            Advance();
            var last = ParseSum();
            comparison = Checked(new BinarySyntax(TextSpan.Cover(left.Span, last.Span), Op.And, comparison, Checked(new BinarySyntax(TextSpan.Cover(right.Span, last.Span), next, right, last))));
            right = last;
        }

        return comparison;
    }

    private static bool Continues(Op first, Op next) => first switch
    {
        Op.Less or Op.LessOrEqual => next is Op.Less or Op.LessOrEqual,
        Op.Greater or Op.GreaterOrEqual => next is Op.Greater or Op.GreaterOrEqual,
        Op.Equal => next == Op.Equal,
        _ => false,
    };

    /// <summary>The operation that a sign between two values stands for, if it binds as tightly as asked.</summary>
    private static Op? OperatorOf(TokenKind kind, Precedence precedence) =>
        TokenText.Operator(kind) is { } op && OperationTable.Of(op).Sign!.Precedence == precedence ? op : null;

    private ExprSyntax ParseSum() => ParseLeft(ParseTerm, Precedence.Sum);

    private ExprSyntax ParseTerm()
    {
        var left = ParseLeft(ParseProduct, Precedence.Term);
        while (IsRemainder)
        {
            var name = new NameSyntax(Current.Span, Current.Glyphs, [], null);
            Advance();
            var right = ParseProduct();
            left = Checked(new ApplySyntax(TextSpan.Cover(left.Span, right.Span), name, [left, right]));
        }

        return left;
    }

    /// <summary>True at the <c>mod</c> of <c>t mod k</c>; a call of the function has a comma in its brackets.</summary>
    private bool IsRemainder
    {
        get
        {
            if (_rest is not null || Current.Kind != TokenKind.Name || Current.Name != Functions.Remainder || _names.IsKnown(Functions.Remainder))
                return false;
            if (Next.Kind != TokenKind.OpenParenthesis)
                return true;
            var depth = 0;
            for (var i = _index + 1; i < _tokens.Length; i++)
            {
                depth += BracketDepth.Of(_tokens[i].Kind);
                if (depth == 0)
                    return true;
                if (depth == 1 && _tokens[i].Kind == TokenKind.Comma)
                    return false;
            }

            return true;
        }
    }

    private ExprSyntax ParseLeft(Func<ExprSyntax> operand, Precedence precedence)
    {
        var left = operand();
        while (OperatorOf(Current.Kind, precedence) is { } @operator)
        {
            var sign = Current.Text;
            Advance();
            var right = operand();
            left = Checked(new BinarySyntax(TextSpan.Cover(left.Span, right.Span), @operator, left, right) { Sign = sign });
        }

        return left;
    }

    /// <summary>Factors without a sign between them bind tighter than <c>/</c>, so that the binder sees what <c>a / bc</c> divides by.</summary>
    private ExprSyntax ParseProduct()
    {
        var first = ParsePrefix();
        if (!StartsFactor(Current.Kind) || IsRemainder)
            return first;
        var factors = ImmutableArray.CreateBuilder<ExprSyntax>();
        factors.Add(first);
        while (StartsFactor(Current.Kind) && !IsRemainder)
            factors.Add(ParseRooted());
        return Checked(new ProductSyntax(TextSpan.Cover(first.Span, factors[factors.Count - 1].Span), factors.ToImmutable()));
    }

    private bool StartsFactor(TokenKind kind) => kind switch
    {
        TokenKind.Bar => !_insideBars,
        TokenKind.DoubleBar => !_insideDoubleBars,
        TokenKind.Name or TokenKind.Number or TokenKind.Command or TokenKind.Root or TokenKind.CubeRoot or TokenKind.Nabla or TokenKind.Partial
            or TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.OpenAngle or TokenKind.CasesOpen => true,
        _ => false,
    };

    /// <summary>Signs: <c>-x²</c> is <c>-(x²)</c>.</summary>
    private ExprSyntax ParsePrefix()
    {
        var start = Current.Span;
        if (Current.Kind is not (TokenKind.Minus or TokenKind.Plus))
            return ParseRooted();
        var negate = Current.Kind == TokenKind.Minus;
        Advance();
        var operand = Nested(ParseProduct);
        return negate ? Checked(new UnarySyntax(TextSpan.Cover(start, operand.Span), Op.Negate, operand)) : operand;
    }

    /// <summary>A root sign binds to the next factor.</summary>
    private ExprSyntax ParseRooted()
    {
        var start = Current.Span;
        if (Current.Kind is not (TokenKind.Root or TokenKind.CubeRoot))
            return ParsePower();
        ExprSyntax? degree = Current.Kind == TokenKind.CubeRoot ? new NumberSyntax(start, 3) : null;
        Advance();
        var operand = Nested(ParseRooted);
        return Checked(new RootSyntax(TextSpan.Cover(start, operand.Span), operand, degree));
    }

    private ExprSyntax ParsePower()
    {
        var start = Current.Span;
        var (@base, exponent) = ParseScripted();
        if (exponent is null)
            return @base;
        return Checked(new PowerSyntax(TextSpan.FromBounds(start.Start, Math.Max(exponent.Span.End, Previous.End)), @base, exponent) { IsOfElements = exponent is GroupSyntax { IsOfElements: true } });
    }
}
