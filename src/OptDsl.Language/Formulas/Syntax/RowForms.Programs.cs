using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads what programs do to all tensors as what they do to one, and their counts of steps.</summary>
internal static partial class RowForms
{
    /// <summary><c>x[mask] = v</c> is x where the mask does not hold, and v where it does.</summary>
    private static ImmutableArray<Token> WithoutMasks(ImmutableArray<Token> row)
    {
        var assignment = StatementSplitter.AssignmentIn(row);
        var open = Enumerable.Range(0, Math.Max(0, assignment)).Where(i => row[i].Kind == TokenKind.OpenBracket).DefaultIfEmpty(-1).First();
        if (open < 1 || row[assignment].Kind != TokenKind.Assign || row[assignment - 1].Kind != TokenKind.CloseBracket || Labels.Closing(row, open) != assignment - 1 || row.Take(open).Any(token => token.Kind is not (TokenKind.Name or TokenKind.Underscore)))
            return row;
        var mask = ImmutableArray.Create(row, open + 1, assignment - open - 2);
        if (!mask.Any(token => token.Kind is TokenKind.Less or TokenKind.Greater or TokenKind.LessOrEqual or TokenKind.GreaterOrEqual or TokenKind.Equal or TokenKind.NotEqual || token is { Kind: TokenKind.Member, Text: "gt" or "lt" or "ge" or "le" or "eq" or "ne" }))
            return row;
        Token Made(TokenKind kind) => new(kind, new TextSpan(row[assignment].Span.End, 0));
        return
        [
            .. row.Take(open), row[assignment], new Token(TokenKind.Name, row[open].Span, [.. "where".Select(letter => new Glyph(letter.ToString(), row[open].Span))], ""), Made(TokenKind.OpenParenthesis), .. mask, Made(TokenKind.Comma),
            .. row.Skip(assignment + 1), Made(TokenKind.Comma), .. row.Take(open), Made(TokenKind.CloseParenthesis),
        ];
    }

    /// <summary>The name by which a program counts its steps, and increments before it reads it: <c>self.iter += 1</c>. Null where it has none.</summary>
    public static string? CounterIn(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        if (names.Step == "" || names.FirstStep != "1" || rows.Any(row => StatementSplitter.AssignmentIn(row) == 1 && row[0].Name == names.Step))
            return null;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Length != 3 || row[1].Kind != TokenKind.PlusAssign || row[2].Text != "1" || row[0].Kind != TokenKind.Name || names.RoleOf(row[0].Name) is not (NameRole.None or NameRole.Assigned))
                continue;
            var name = row[0].Name;
            var isCount = !rows.Take(i).Any(other => other.Skip(Math.Max(0, StatementSplitter.AssignmentIn(other))).Any(token => token.Name == name))
                && !rows.Skip(i + 1).Any(other => StatementSplitter.AssignmentIn(other) is 1 && other[0].Name == name);
            return isCount && name is "iter" or "iterations" or "iteration" or "step" or "steps" or "t" or "n" or "k" or "count" or "counter" or "epoch" or "it" or "time" or "timestep" ? name : null;
        }

        return null;
    }

    private const int LongestComprehension = 200;

    /// <summary><c>[β * m + (1 - β) * g for m, g in zip(ms, grads)]</c> is what is done to each: the value before "for".</summary>
    private static ImmutableArray<Token> WithoutComprehensions(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (open, changes) = (0, 0); open < row.Length && changes < MostChanges; open++)
        {
            if (row[open].Kind != TokenKind.OpenBracket || Labels.Closing(row, open, LongestComprehension) is not (> 0 and var close))
                continue;
            var (depth, loop) = (0, -1);
            for (var i = open + 1; i < close && loop < 0; i++)
            {
                depth += BracketDepth.Of(row[i].Kind);
                loop = depth == 0 && row[i].Name == "for" ? i : -1;
            }

            if (loop < open + 2 || !row.Skip(loop).Take(close - loop).Any(token => token.Name == "in"))
                continue;
            var inside = Enumerable.Range(loop, close - loop).First(i => row[i].Name == "in");
            var variables = NamesIn(row, loop + 1, inside);
            var sources = NamesIn(row, inside + 1, close).Where(name => name.Name is not ("zip" or "enumerate" or "range")).ToList();
            var value = row.Skip(open + 1).Take(loop - open - 1).ToImmutableArray();
            var left = row.Take(open).ToImmutableArray();
            for (var k = 0; k < Math.Min(variables.Count, sources.Count); k++)
            {
                // What the loop calls m is the state of that name, or the one of which the list is.
                if (names.IsKnown(variables[k].Name) && !names.IsKnown(sources[k].Name))
                    left = Renamed(left, sources[k].Name, variables[k].Name);
                else if (names.IsKnown(sources[k].Name))
                    value = Renamed(value, variables[k].Name, sources[k].Name);
            }

            changes++;
            row = [.. left, new Token(TokenKind.OpenParenthesis, row[open].Span), .. value, new Token(TokenKind.CloseParenthesis, row[close].Span), .. row.Skip(close + 1)];
        }

        return row;
    }

    /// <summary>The names of lists, and of the states of which each is the list: <c>for m in ms</c>.</summary>
    public static Dictionary<string, string> ListsIn(IEnumerable<ImmutableArray<Token>> rows, Vocabulary names)
    {
        var lists = new Dictionary<string, string>();
        foreach (var row in rows)
        {
            var loop = Enumerable.Range(0, row.Length).Where(i => row[i].Name == "for").DefaultIfEmpty(-1).First();
            var inside = loop < 1 ? -1 : Enumerable.Range(loop, row.Length - loop).Where(i => row[i].Name == "in").DefaultIfEmpty(-1).First();
            if (inside < 0 || !(row.Take(loop).Any(token => token.Kind == TokenKind.OpenBracket) || row.Any(token => token.Name == "zip")))
                continue;
            var variables = NamesIn(row, loop + 1, inside);
            var sources = NamesIn(row, inside + 1, row.Length).Where(name => name.Name is not ("zip" or "enumerate" or "range")).ToList();
            for (var k = 0; k < Math.Min(variables.Count, sources.Count); k++)
            {
                if (names.RoleOf(variables[k].Name) is NameRole.State or NameRole.Parameter && !names.IsKnown(sources[k].Name))
                    lists[sources[k].Name] = variables[k].Name;
            }
        }

        return lists;
    }

    /// <summary>The row with what is in a list for the list.</summary>
    public static ImmutableArray<Token> WithoutLists(ImmutableArray<Token> row, Dictionary<string, string> lists)
    {
        foreach (var list in lists)
            row = Renamed(row, list.Key, list.Value);
        return row;
    }

    /// <summary>The names that commas set apart, those with lines between their parts as one.</summary>
    public static List<(string Name, int Start)> NamesIn(ImmutableArray<Token> row, int start, int end)
    {
        var found = new List<(string Name, int Start)>();
        for (var i = start; i < end; i++)
        {
            if (row[i].Kind != TokenKind.Name)
                continue;
            var (name, first) = (row[i].Name, i);
            while (i + 2 < end && row[i + 1].Kind == TokenKind.Underscore && row[i + 2].Kind == TokenKind.Name)
                (name, i) = (name + row[i + 2].Name, i + 2);
            found.Add((name, first));
        }

        return found;
    }

    private static ImmutableArray<Token> Renamed(ImmutableArray<Token> tokens, string from, string to)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            var end = i + 1;
            var name = tokens[i].Name;
            while (tokens[i].Kind == TokenKind.Name && end + 1 < tokens.Length && tokens[end].Kind == TokenKind.Underscore && tokens[end + 1].Kind == TokenKind.Name)
                (name, end) = (name + tokens[end + 1].Name, end + 2);
            if (tokens[i].Kind != TokenKind.Name || name != from || (i > 0 && tokens[i - 1].Kind == TokenKind.Underscore))
                continue;
            var span = TextSpan.Cover(tokens[i].Span, tokens[end - 1].Span);
            tokens = tokens.RemoveRange(i, end - i).Insert(i, new Token(TokenKind.Name, span, NameSyntax.OfKey(to, span).Glyphs, ""));
        }

        return tokens;
    }

    /// <summary><c>updates[velocity]</c>: the new value of a tensor in a dictionary of all of them; and the step as <c>iterations + 1</c>, which programs count from 0.</summary>
    private static ImmutableArray<Token> WithoutDictionaries(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (i, changes) = (0, 0); i + 2 < row.Length && changes < MostChanges; i++)
        {
            if (row[i].Kind != TokenKind.Name || names.RoleOf(row[i].Name) is not (NameRole.None or NameRole.Assigned))
                continue;
            if (row[i].Name is "iterations" or "iteration" && names.Step != "" && row[i + 1].Kind == TokenKind.Plus && row[i + 2].Text == "1")
            {
                var span = TextSpan.Cover(row[i].Span, row[i + 2].Span);
                changes++;
                row = row.RemoveRange(i, 3).Insert(i, new Token(TokenKind.Name, span, NameSyntax.OfKey(names.Step, span).Glyphs, ""));
                continue;
            }

            if (row[i].Name is not ("updates" or "update" or "new" or "result" or "results") || row[i + 1].Kind != TokenKind.OpenBracket || Labels.Closing(row, i + 1) is not (> 0 and var close)
                || (close + 1 < row.Length && row[close + 1].Kind == TokenKind.OpenBracket) || NamesIn(row, i + 2, close) is not { Count: 1 } keys || names.RoleOf(keys[0].Name) is not (NameRole.Parameter or NameRole.State))
            {
                continue;
            }

            changes++;
            row = row.RemoveAt(close).RemoveRange(i, 2);
        }

        return row;
    }
}
