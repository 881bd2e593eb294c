using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads calls which assign without a sign: <c>m.mul_(β).add_(g)</c>, <c>m.assign(…)</c>, <c>torch.add(m, g, out=m)</c>.</summary>
internal sealed partial class Parser
{
    /// <summary>What a chain of calls in place changes, if the statement has one.</summary>
    private NameSyntax? _changed;

    /// <summary>What the statement changes in place, on the way to the value of another name.</summary>
    private readonly List<StatementSyntax> _changes = [];

    /// <summary>
    /// <c>d = v.add_(ε).sqrt()</c> changes v and reads its new value: a statement before this one, unless v stands in it a second time, before or behind.
    /// </summary>
    private ExprSyntax Changed(NameSyntax changed, ExprSyntax value)
    {
        if (_target is not { } target || target.Key(Step) == changed.Key(Step) || (Current.Kind == TokenKind.Member && IsInPlace(Current.Text)))
            return value;
        var key = changed.Key(Step);
        if (RowForms.NamesIn(_tokens, 0, _tokens.Length).Count(name => name.Name == key) != 1)
            return value;
        _changes.Add(new StatementSyntax(TextSpan.Cover(changed.Span, Previous), changed, null, value));
        _changed = null;
        return changed;
    }

    /// <summary>True for a row that assigns without a sign: it changes a tensor in place, or calls what assigns.</summary>
    public static bool ChangesInPlace(ImmutableArray<Token> row)
    {
        for (var i = 0; i + 1 < row.Length; i++)
        {
            if (row[i].Kind == TokenKind.Member && IsInPlace(row[i].Text) && row[i + 1].Kind == TokenKind.OpenParenthesis)
                return true;
        }

        return CalleeOf(row) is "assign" or "assignadd" or "assignsub" or "update" or "updateadd" or "updatesub" || HasTargetLabel(row);
    }

    private static bool IsInPlace(string method) => (method.Length > 1 && method[method.Length - 1] == '_' && method[method.Length - 2] != '_') || method is "assign" or "assign_add" or "assign_sub" or "set";

    /// <summary>The function that a row is a call of.</summary>
    private static string CalleeOf(ImmutableArray<Token> row)
    {
        var name = "";
        foreach (var token in row)
        {
            if (token.Kind is TokenKind.Name)
                name += token.Name;
            else if (token.Kind != TokenKind.Underscore)
                return token.Kind == TokenKind.OpenParenthesis ? name : token is { Kind: TokenKind.Member, Text: "append" } && name != "" ? "update" : "";
        }

        return "";
    }

    private static bool HasTargetLabel(ImmutableArray<Token> row) =>
        Enumerable.Range(1, Math.Max(0, row.Length - 2)).Any(i => row[i].Name == "out" && row[i + 1].Kind == TokenKind.Assign && row[i - 1].Kind == TokenKind.Comma);

    /// <summary>A statement without a sign of assignment, or null where the row is none.</summary>
    private StatementSyntax? ParseCallStatement()
    {
        if (!ChangesInPlace(_tokens))
            return null;
        var start = Current.Span;
        var unwrapped = Current.Kind == TokenKind.Name && _tokens.FirstOrDefault(token => token.Kind is TokenKind.Member or TokenKind.OpenParenthesis) is { Kind: TokenKind.Member, Text: "append" };
        if (unwrapped)
        {
            while (Current.Kind != TokenKind.OpenParenthesis)
                Advance();
            Advance();
        }

        var value = ParseExpression();
        if (unwrapped)
            Expect(TokenKind.CloseParenthesis, ")");
        ExpectEnd();
        if (_changed is not { } changed)
            throw Error(TextSpan.Cover(start, Previous), "this call changes nothing that formulas know; a statement assigns a value to a name, as in 'v = μv + g'");
        _target = changed;
        return new StatementSyntax(TextSpan.Cover(start, Previous), changed, null, value);
    }

    private void CheckChanged(NameSyntax target)
    {
        if (_changed is { } changed && changed.Key(Step) != target.Key(Step))
            throw Error(changed.Span, $"'{changed.Letters}' is changed in place here, and the value is assigned to another name as well; write two statements, the first of which assigns {changed.Letters}");
    }
}
