using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads the heads of loops: over the steps, whose body is the rule, or inside of a step.</summary>
internal sealed partial class Listing
{
    /// <summary>Of <c>for t = 1 to T do v = …</c> the body is read; a row <c>repeat</c> is a word.</summary>
    private void ReadLoop(ImmutableArray<Token> row, string word, bool isApart)
    {
        var end = ListingWords.IsBareLoop(word) ? 0 : row.Length - 1;
        for (var i = 1; i < row.Length && end > 0; i++)
        {
            if (row[i].Kind == TokenKind.Colon && !IsRange(row, i) && !row.Skip(i + 1).Any(token => token.Name is "do" or "Do") || string.Equals(_prose.WordAt(row, i), "do", StringComparison.OrdinalIgnoreCase))
            {
                end = i;
                break;
            }
        }

        if (end == row.Length - 1 && end > 0 && _prose.Updates(row))
        {
            ReadParts(row, isApart);
            return;
        }

        if (Repeats(row, end))
            _errors.Syntax(Cover(ImmutableArray.Create(row, 0, end + 1)), "this loop repeats a part of the step, and would run once: write 'repeat 5:' with the number in the place of its head, and its statements indented below it, in which each name means its latest value");
        Skip(ImmutableArray.Create(row, 0, end + 1));
        if (end + 1 < row.Length)
            ReadRow(ImmutableArray.Create(row, end + 1, row.Length - end - 1), isApart: true);
    }

    /// <summary>The colon in <c>1:5</c>.</summary>
    private static bool IsRange(ImmutableArray<Token> row, int colon) =>
        colon > 0 && colon + 1 < row.Length && row[colon - 1].Kind == TokenKind.Number && row[colon + 1].Kind is TokenKind.Number or TokenKind.Name or TokenKind.OpenParenthesis && row[colon - 1].Span.End == row[colon].Span.Start && row[colon].Span.End == row[colon + 1].Span.Start;

    /// <summary>
    /// True for a loop inside of the step: the parameter is assigned behind it, and what it computes goes on from what the time before left in
    /// a name that no declaration has.
    /// </summary>
    private bool Repeats(ImmutableArray<Token> head, int end)
    {
        var names = _prose.Names;
        if (head.Skip(1).FirstOrDefault(token => token.Kind == TokenKind.Name) is { } index && index.Name == names.Step)
            return false;
        List<ImmutableArray<Token>> body = end + 1 < head.Length ? [ImmutableArray.Create(head, end + 1, head.Length - end - 1)] : [];
        var last = _index;
        if (body.Count == 0)
        {
            var column = _columnOf(head[0]);
            var isIndented = _index + 1 < _rows.Count && _columnOf(_rows[_index + 1].Tokens[0]) > column;
            for (last = _index + 1; last < _rows.Count && !(isIndented && _columnOf(_rows[last].Tokens[0]) <= column) && !EndsLoop(_rows[last].Tokens); last++)
                body.Add(_rows[last].Tokens);
            if (last == _rows.Count)
                return false;
        }

        if (body.Any(Assigns) || !_rows.Skip(last).Any(row => Assigns(row.Tokens)))
            return false;
        var read = new HashSet<string>();
        foreach (var row in body)
        {
            if (StatementSplitter.AssignmentIn(row) is not (> 0 and var assignment) || _prose.NameBefore(row, assignment) is not { } target)
                continue;
            read.UnionWith(row.Skip(assignment).Where(token => token.Kind == TokenKind.Name).Select(token => token.Name));
            if (names.RoleOf(target) is NameRole.Assigned or NameRole.None && read.Any(name => name == target || (name.Length > 0 && target.StartsWith(name, StringComparison.Ordinal) && names.RoleOf(name) is NameRole.None)))
                return true;
        }

        return false;

        bool Assigns(ImmutableArray<Token> row) => StatementSplitter.AssignmentIn(row) is > 0 and var assignment && _prose.NameBefore(row, assignment) == names.Parameter;

        bool EndsLoop(ImmutableArray<Token> row) => row[0].Kind == TokenKind.CloseBrace || _prose.WordAt(row, 0).ToLowerInvariant() is "end" or "endfor" or "done" or "od" or "endloop";
    }
}
