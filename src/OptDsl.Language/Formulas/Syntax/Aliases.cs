using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Reads <c>buf = state['momentum_buffer']; buf.mul_(μ).add_(g)</c> of a program: <c>buf</c> is another name of the state, and what is done to it in place
/// is done to the state.
/// </summary>
internal sealed class Aliases
{
    private readonly Dictionary<string, string> _names;

    private Aliases(Dictionary<string, string> names) => _names = names;

    /// <summary>The other names that rows give to states, or null where nothing is changed under one.</summary>
    public static Aliases? Find(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        var aliases = new Dictionary<string, string>();
        foreach (var row in rows)
        {
            if (StatementSplitter.AssignmentIn(row) is not (> 0 and var assignment) || row[assignment].Kind != TokenKind.Assign || WordOf(row, 0, assignment) is not { } word
                || names.RoleOf(word) is not (NameRole.None or NameRole.Assigned) || StateIn(row, assignment + 1, names) is not { } state || state == word)
                continue;
            if (rows.Any(other => ChangesInPlace(other, word)))
                aliases[word] = state;
        }

        return aliases.Count > 0 ? new Aliases(aliases) : null;
    }

    /// <summary>The row with the states under their own names; null for the row that gave one the other name.</summary>
    public ImmutableArray<Token>? Restore(ImmutableArray<Token> row)
    {
        if (StatementSplitter.AssignmentIn(row) is > 0 and var assignment && WordOf(row, 0, assignment) is { } word && _names.ContainsKey(word) && row.Skip(assignment).Any(token => token.Kind is TokenKind.Key or TokenKind.Member)
            && row[row.Length - 1].Kind is TokenKind.CloseBracket or TokenKind.Member)
        {
            return null;
        }

        var restored = ImmutableArray.CreateBuilder<Token>();
        for (var i = 0; i < row.Length; i++)
        {
            var end = i;
            while (end < row.Length && row[end].Kind is TokenKind.Name or TokenKind.Underscore)
                end++;
            if (end > i && row[i].Kind == TokenKind.Name && WordOf(row, i, end) is { } name && _names.TryGetValue(name, out var state))
            {
                var span = TextSpan.Cover(row[i].Span, row[end - 1].Span);
                restored.Add(new Token(TokenKind.Name, span, NameSyntax.OfKey(state, span).Glyphs, ""));
                i = end - 1;
                continue;
            }

            var next = Math.Max(end, i + 1);
            for (; i < next; i++)
                restored.Add(row[i]);
            i--;
        }

        return restored.ToImmutable();
    }

    private static string? WordOf(ImmutableArray<Token> row, int start, int end)
    {
        var word = "";
        for (var i = start; i < end; i++)
        {
            if (row[i].Kind is not (TokenKind.Name or TokenKind.Underscore))
                return null;
            word += row[i].Name;
        }

        return word == "" ? null : word;
    }

    /// <summary>The state that a value looks up and is nothing else than: <c>self.state[p]['m']</c>, <c>state.m</c>.</summary>
    private static string? StateIn(ImmutableArray<Token> row, int start, Vocabulary names)
    {
        string? state = null;
        for (var i = start; i < row.Length; i++)
        {
            if (row[i].Kind is TokenKind.Key or TokenKind.Member && names.RoleOf(row[i].Text.Replace("_", "")) == NameRole.State)
                state = row[i].Text.Replace("_", "");
            else if (row[i].Kind is not (TokenKind.Name or TokenKind.Underscore or TokenKind.Member or TokenKind.OpenBracket or TokenKind.CloseBracket))
                return null;
        }

        return state;
    }

    private static bool ChangesInPlace(ImmutableArray<Token> row, string word)
    {
        for (var end = 1; end < row.Length; end++)
        {
            if (row[end].Kind is not (TokenKind.Member or TokenKind.TimesAssign or TokenKind.PlusAssign or TokenKind.MinusAssign or TokenKind.DivideAssign or TokenKind.OpenBracket))
                continue;
            var start = end;
            while (start > 0 && row[start - 1].Kind is TokenKind.Name or TokenKind.Underscore)
                start--;
            var isChange = row[end].Kind == TokenKind.Member ? Parser.ChangesInPlace(ImmutableArray.Create(row, start, row.Length - start))
                : row[end].Kind != TokenKind.OpenBracket || (end + 3 < row.Length && row[end + 1].Kind == TokenKind.Colon && StatementSplitter.IsAssignment(row[end + 3].Kind));
            if (isChange && start < end && WordOf(row, start, end) == word)
                return true;
        }

        return false;
    }
}
