using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Rows of programs that compute nothing of a step.</summary>
internal static class ProgramRows
{
    private static readonly HashSet<string> Words = ["continue", "break", "pass", "print", "raise", "assert", "try", "with", "using", "import", "from"];

    /// <param name="row">The row, without a number before it.</param>
    /// <param name="word">The word that it starts with, if it starts with one.</param>
    /// <param name="names">What names are known.</param>
    public static bool IsScaffolding(ImmutableArray<Token> row, string word, Vocabulary names)
    {
        if (row.All(token => token.Kind is TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.CloseParenthesis) && row.All(token => token.Kind != TokenKind.CloseParenthesis))
            return true;
        if (CountsSteps(row, names) || IsIndex(row) || IsFunction(row) || SetsUp(row, names))
            return true;
        var assignment = StatementSplitter.AssignmentIn(row);
        if (assignment < 0)
            return (Words.Contains(word) && (row.Length == 1 || row.Any(token => token.Kind is TokenKind.Member or TokenKind.OpenParenthesis) || row[row.Length - 1].Kind == TokenKind.Colon))
                || ClearsGradient(row, names) || CallsObject(row, names);
        return IsLookUp(row, assignment, names) || ClearsGradient(row, names);
    }

    /// <summary><c>step &lt;- function(w, g) {</c> of R, and <c>list(w = w)</c>, which it returns.</summary>
    private static bool IsFunction(ImmutableArray<Token> row) =>
        row.Length > 3 && ((row[1].Kind is TokenKind.Assign or TokenKind.Underscore && row.Any(token => token.Name == "function") && StatementSplitter.AssignmentIn(row) is > 0 and var assignment && row[assignment + 1].Name == "function")
            || (row[0].Name == "list" && row[1].Kind == TokenKind.OpenParenthesis));

    /// <summary><c>config.setdefault('lr', 0.1)</c>, <c>config = {}</c>: what a program prepares.</summary>
    private static bool SetsUp(ImmutableArray<Token> row, Vocabulary names) =>
        row.Length > 2 && row[0].Kind == TokenKind.Name && names.RoleOf(row[0].Name) is NameRole.None or NameRole.Assigned or NameRole.State
        && (row[1] is { Kind: TokenKind.Member, Text: "setdefault" or "update" or "register_buffer" } && row[2].Kind == TokenKind.OpenParenthesis && row.Any(token => token.Kind == TokenKind.Key)
            || row.Length == 4 && row[1].Kind == TokenKind.Assign && row[2].Kind is TokenKind.OpenBrace or TokenKind.OpenBracket && row[3].Kind is TokenKind.CloseBrace or TokenKind.CloseBracket);

    /// <summary><c>int i = …</c>: where a program finds its element.</summary>
    public static bool IsIndex(ImmutableArray<Token> row) => row.Length > 3 && row[0].Name is "int" or "size_t" or "unsigned" && row[1].Kind == TokenKind.Name && row[2].Kind == TokenKind.Assign;

    /// <summary><c>t++</c>.</summary>
    private static bool CountsSteps(ImmutableArray<Token> row, Vocabulary names) => names.Step != "" && row.Length >= 5 && row[row.Length - 1].Text == "1" && row[row.Length - 2].Kind == TokenKind.PlusAssign && row[row.Length - 3].Name == names.Step && row[row.Length - 4].Kind == TokenKind.Assign
        || row.Length == 3 && names.Step != ""
        && ((row[0].Name == names.Step && row[1].Kind == TokenKind.Plus && row[2].Kind == TokenKind.Plus) || (row[2].Name == names.Step && row[0].Kind == TokenKind.Plus && row[1].Kind == TokenKind.Plus));

    /// <summary><c>p.grad.zero_()</c>, <c>p.grad = None</c>.</summary>
    private static bool ClearsGradient(ImmutableArray<Token> row, Vocabulary names)
    {
        var isOfGradient = row.Any(token => token is { Kind: TokenKind.Member, Text: "grad" }) || (row[0].Kind == TokenKind.Name && names.RoleOf(row[0].Name) == NameRole.Gradient);
        return isOfGradient && (row.Any(token => token is { Kind: TokenKind.Member, Text: "zero_" or "detach_" or "zero_grad" }) || (row.Length > 1 && row[row.Length - 1].Name == "None"));
    }

    /// <summary><c>loss.backward()</c>: a call that is made of an object which the rule does not know.</summary>
    private static bool CallsObject(ImmutableArray<Token> row, Vocabulary names) =>
        row.Length > 3 && row[0].Kind == TokenKind.Name && names.RoleOf(row[0].Name) == NameRole.None && row[1].Kind == TokenKind.Member && row[2].Kind == TokenKind.OpenParenthesis
        && row[1].Text != "append" && !row.Any(token => token.Kind == TokenKind.Name && names.IsKnown(token.Name) && names.RoleOf(token.Name) != NameRole.Parameter);

    /// <summary><c>state = self.state[p]</c>, <c>m, v = state['m'], state['v']</c>, <c>loss = None</c>: names for what the declaration names.</summary>
    private static bool IsLookUp(ImmutableArray<Token> row, int assignment, Vocabulary names)
    {
        var value = ImmutableArray.Create(row, assignment + 1, row.Length - assignment - 1);
        var isObject = value.Length > 0 && value.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Key or TokenKind.Comma or TokenKind.Member
            or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Number);
        if (!isObject || assignment == 0 || row[assignment].Kind != TokenKind.Assign)
            return false;
        var left = ImmutableArray.Create(row, 0, assignment);
        if (value.Length == 1 && value[0].Name == "None")
            return true;
        if (left.Any(token => token.Kind == TokenKind.Comma))
            return value.Any(token => token.Kind is TokenKind.Key || token.Name.StartsWith("beta", StringComparison.Ordinal)) && value.All(token => token.Kind != TokenKind.OpenParenthesis) && PartsAreDeclared(left, names);
        return left.Length <= 3 && left[0].Kind == TokenKind.Name && left[0].Name is "state" or "param" or "group" or "loss" or "params" && value.Any(token => token.Kind is TokenKind.OpenBracket or TokenKind.Member)
            && names.RoleOf(left[0].Name) is NameRole.None or NameRole.Assigned;
    }

    private static bool PartsAreDeclared(ImmutableArray<Token> left, Vocabulary names)
    {
        var start = 0;
        for (var i = 0; i <= left.Length; i++)
        {
            if (i < left.Length && left[i].Kind != TokenKind.Comma)
                continue;
            if (i == start || Parser.NameOf(left, start, i, names) is not { } name || names.RoleOf(name) is not (NameRole.Hyper or NameRole.State or NameRole.Parameter or NameRole.Gradient or NameRole.Step))
                return false;
            start = i + 1;
        }

        return true;
    }
}
