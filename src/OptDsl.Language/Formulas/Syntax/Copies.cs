using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Reads <c>float m = model.m_memory[i]; …; model.m_memory[i] = m</c> of a program: where it loads a tensor from and stores it to is the tensor itself.
/// </summary>
internal sealed class Copies
{
    private readonly Dictionary<string, string> _places;

    private const int MostPlaces = 64;

    private Copies(Dictionary<string, string> places) => _places = places;

    /// <summary>The places that rows load declared tensors from or store them to, or null where there are none.</summary>
    public static Copies? Find(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        var places = new Dictionary<string, string>();
        var last = new Dictionary<string, int>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (CopyIn(rows[i], names) is var (place, name) && (!places.TryGetValue(place, out var known) || known == name))
                (places[place], last[place]) = (name, i);
        }

        if (places.Count > MostPlaces)
            return null;

        // What is assigned after it is stored is another value.
        foreach (var place in last.Where(place => rows.Skip(place.Value + 1).Any(row => CopyIn(row, names) is null && Assigns(row, places[place.Key]))).Select(place => place.Key).ToList())
            places.Remove(place);
        return places.Count > 0 ? new Copies(places) : null;
    }

    /// <summary>The row with the tensors under their own names; null for a row that only copies one.</summary>
    public ImmutableArray<Token>? Restore(ImmutableArray<Token> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (PathAt(row, i) is not var (place, end) || !_places.TryGetValue(place, out var name))
                continue;
            var span = TextSpan.Cover(row[i].Span, row[end - 1].Span);
            row = row.RemoveRange(i, end - i).Insert(i, new Token(TokenKind.Name, span, NameSyntax.OfKey(name, span).Glyphs, ""));
        }

        return row.Length == 3 && row[1].Kind == TokenKind.Assign && row[0].Name == row[2].Name && row[0].Kind == TokenKind.Name ? null : row;
    }

    private static (string Place, string Name)? CopyIn(ImmutableArray<Token> row, Vocabulary names)
    {
        if (StatementSplitter.AssignmentIn(row) is not (> 0 and var assignment) || row[assignment].Kind != TokenKind.Assign)
            return null;
        if (Single(row, 0, assignment, names) is { } loaded && PathAt(row, assignment + 1) is var (from, end) && end == row.Length && IsUnknown(row, assignment + 1, from, names))
            return (from, loaded);
        return Single(row, assignment + 1, row.Length, names) is { } stored && PathAt(row, 0) is var (to, close) && close == assignment && IsUnknown(row, 0, to, names) ? (to, stored) : null;
    }

    private static bool IsUnknown(ImmutableArray<Token> row, int start, string place, Vocabulary names) =>
        !names.IsKnown(place) && names.RoleOf(row[start].Name) is NameRole.None or NameRole.Assigned && row.Skip(start).All(token => token.Kind != TokenKind.Member || !names.IsKnown(token.Text.Replace("_", "")));

    /// <summary>The declared tensor that is all of a part of a row.</summary>
    private static string? Single(ImmutableArray<Token> row, int start, int end, Vocabulary names)
    {
        var name = "";
        for (var i = start; i < end; i++)
        {
            if (row[i].Kind is not (TokenKind.Name or TokenKind.Underscore))
                return null;
            name += row[i].Name;
        }

        return names.RoleOf(name) is NameRole.State or NameRole.Parameter or NameRole.Gradient ? name : null;
    }

    private static bool Assigns(ImmutableArray<Token> row, string name) => StatementSplitter.AssignmentIn(row) is > 0 and var assignment
        && string.Concat(row.Take(assignment).Select(token => token.Kind is TokenKind.Name or TokenKind.Underscore ? token.Name : " ")).Trim() == name;

    /// <summary>The place in memory at an index: a member of an object or an element, <c>model.m_memory[i]</c>, <c>m_memory[i]</c>.</summary>
    private static (string Place, int End)? PathAt(ImmutableArray<Token> row, int start)
    {
        if (start >= row.Length || row[start].Kind != TokenKind.Name || (start > 0 && row[start - 1].Kind is TokenKind.Underscore or TokenKind.Member))
            return null;
        var (place, end, isPlace) = ("", start, false);
        for (; end < row.Length && row[end].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Member; end++)
        {
            if (row[end].Kind == TokenKind.Name && end > start && row[end - 1].Kind != TokenKind.Underscore)
                break;
            place += row[end].Kind == TokenKind.Member ? "." + row[end].Text.Replace("_", "") : row[end].Name;
            isPlace |= row[end].Kind == TokenKind.Member;
        }

        if (end + 2 < row.Length && row[end].Kind == TokenKind.OpenBracket && row[end + 1].Kind == TokenKind.Name && row[end + 2].Kind == TokenKind.CloseBracket)
            (end, isPlace) = (end + 3, true);
        return isPlace && !(end < row.Length && row[end].Kind == TokenKind.OpenParenthesis) ? (place, end) : null;
    }
}
