using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Finds what a text minimises: <c>J(θ) = …</c>, of which nothing but the gradient is read afterwards. The caller computes that, so that
/// the definition says nothing to a rule.
/// </summary>
internal static class Objectives
{
    public static IEnumerable<string> In(IReadOnlyList<Row> rows, Vocabulary names)
    {
        foreach (var row in rows.Select(row => row.Tokens))
        {
            var assignment = StatementSplitter.AssignmentIn(row);
            if (assignment < 4 || row[assignment - 1].Kind != TokenKind.CloseParenthesis)
                continue;
            for (var start = 0; start < assignment - 3; start++)
            {
                if (row[start].Kind == TokenKind.Name && names.RoleOf(row[start].Name) == NameRole.Assigned && names.ArgumentsOf(row[start].Name) is { } arguments
                    && arguments.Split(',').Contains(names.Parameter) && rows.Sum(other => Reads(other.Tokens, row[start].Name)) == 1)
                {
                    yield return row[start].Name;
                }
            }
        }
    }

    /// <summary>How often a name stands in a row, but for those of which the gradient is taken.</summary>
    private static int Reads(ImmutableArray<Token> row, string name)
    {
        var reads = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i].Kind == TokenKind.Name && row[i].Glyphs.Any(glyph => glyph.Text == name[0].ToString()) && row[i].Name.Contains(name) && !IsBehindNabla(row, i))
                reads++;
        }

        return reads;
    }

    /// <summary>True where the gradient of a name at an index is taken.</summary>
    public static bool IsBehindNabla(ImmutableArray<Token> row, int index)
    {
        var i = index - 1;
        while (i >= 0 && row[i].Kind is TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Name or TokenKind.Command)
            i--;
        return i >= 0 && row[i].Kind is TokenKind.Nabla or TokenKind.Partial;
    }
}
