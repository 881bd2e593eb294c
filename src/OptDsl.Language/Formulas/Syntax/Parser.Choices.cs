namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads choices: between values, <c>a if c else b</c> and <c>\begin{cases}</c>.</summary>
internal sealed partial class Parser
{
    private bool IsKeyword(string word) => Current.Kind == TokenKind.Keyword && Current.Text == word;

    /// <summary><c>a if c else b</c>, of which the value is read already.</summary>
    private ConditionalSyntax ParsePostfixIf(ExprSyntax whenTrue)
    {
        var keyword = Current.Span;
        Advance();
        var condition = ParseOr();
        if (!IsKeyword(Keywords.Else))
            throw Error(TextSpan.Cover(keyword, condition.Span), "this says nothing for where the condition does not hold; write 'a if c else b', or 'c ? a : b'");
        Advance();
        var whenFalse = ParseExpression();
        return Checked(new ConditionalSyntax(TextSpan.Cover(whenTrue.Span, whenFalse.Span), condition, whenTrue, whenFalse));
    }

    /// <summary>The rows of <c>\begin{cases}</c>: a value, then for where it holds.</summary>
    private GroupSyntax ParseCases()
    {
        var start = Current.Span;
        Advance();
        var rows = InsideBrackets(ParseRows);
        if (Current.Kind != TokenKind.CasesClose)
            throw Error(Current.Kind == TokenKind.End ? start : Current.Span, Current.Kind == TokenKind.End ? "these cases have no end; write \\end{cases}" : $"found {Describe(Current)}; a row of cases is a value and then its condition");
        Advance();
        var span = TextSpan.Cover(start, Previous);
        if (rows.Take(rows.Count - 1).FirstOrDefault(row => row.Condition is null) is { Value: { } early })
            throw Error(early.Span, "this case holds everywhere, and others follow; only the last can do without a condition");
        var last = rows[rows.Count - 1];
        if (last.Condition is not null && !CompleteCases.Are([.. rows.Select(row => row.Condition!)], Step, _names.FirstStep))
        {
            throw Error(
                span, "these cases leave out where no condition holds; give the last row no condition, or '\\text{otherwise}'",
                rows.Count < 2 ? [] : [new Diagnostics.ReplaceFix("Let the last row be otherwise", last.ConditionSpan, "\\text{otherwise}")]);
        }

        var value = last.Value;
        for (var i = rows.Count - 2; i >= 0; i--)
            value = Checked(new ConditionalSyntax(TextSpan.Cover(rows[i].Value.Span, value.Span), rows[i].Condition!, rows[i].Value, value));
        return Checked(new GroupSyntax(span, value));
    }

    private List<(ExprSyntax Value, ExprSyntax? Condition, TextSpan ConditionSpan)> ParseRows()
    {
        var rows = new List<(ExprSyntax, ExprSyntax?, TextSpan)>();
        do
        {
            rows.Add(ParseRow());
            while (Current.Kind == TokenKind.RowEnd)
                Advance();
        }
        while (Current.Kind is not (TokenKind.CasesClose or TokenKind.End));
        return rows;
    }

    private (ExprSyntax Value, ExprSyntax? Condition, TextSpan ConditionSpan) ParseRow()
    {
        var value = ParseValueOfCase();
        while (Current.Kind is TokenKind.Comma or TokenKind.Ampersand)
            Advance();
        if (Current.Kind is TokenKind.RowEnd or TokenKind.CasesClose or TokenKind.End)
            return (value, null, default);
        if (IsKeyword(Keywords.Else))
        {
            Advance();
            SkipPunctuation();
            return (value, null, default);
        }

        var start = Current.Span;
        if (IsKeyword(Keywords.If))
            Advance();
        while (Current.Kind == TokenKind.Ampersand)
            Advance();
        var condition = ParseExpression();
        var span = TextSpan.Cover(start, condition.Span);
        SkipPunctuation();
        return (value, condition, span);
    }

    /// <summary>A value behind which <c>if</c> begins the condition of the row.</summary>
    private ExprSyntax ParseValueOfCase()
    {
        var outer = _insideCases;
        _insideCases = true;
        var value = ParseExpression();
        _insideCases = outer;
        return value;
    }

    private void SkipPunctuation()
    {
        while (Current.Kind is TokenKind.Comma or TokenKind.Ampersand)
            Advance();
    }

    private bool _insideCases;
}
