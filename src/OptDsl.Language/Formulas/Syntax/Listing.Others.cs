using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that finds the parameters beside the rule's own.</summary>
internal sealed partial class Listing
{
    /// <summary>The names of other parameters, such as a bias, that rows update beside the rule's own.</summary>
    private readonly HashSet<string> _others = [];

    /// <summary>The names x that rows update by <c>dx</c>, <c>∂J/∂x</c> or <c>∇_x J</c>, and which no row of the rule's tensors reads.</summary>
    private void FindOthers()
    {
        var parts = _rows.SelectMany(row => StatementSplitter.Parts(row.Tokens, _prose.StartsProse)).ToList();
        FindNeeds(parts);
        foreach (var row in parts)
        {
            if (StatementSplitter.AssignmentIn(row) is not (> 0 and var assignment) || _prose.NameBefore(row, assignment) is not { } name || _prose.Names.RoleOf(name) != NameRole.Assigned)
                continue;
            if (!Enumerable.Range(assignment + 1, row.Length - assignment - 1).Any(i => IsGradientBy(row, i, name)))
                continue;
            if (!parts.Any(other => StatementSplitter.AssignmentIn(other) is > 0 and var sign && _prose.NameBefore(other, sign) is { } target && target != name && !target.EndsWith(name, StringComparison.Ordinal) && Reads(other, sign + 1, name)))
                _others.Add(name);
        }
    }

    /// <summary>
    /// The other parameter and all that only it needs, <c>Vdb = β Vdb + (1-β) db</c> and <c>b = b - α Vdb</c>: none of it is read by what this parameter's
    /// update is made of.
    /// </summary>
    private void FindNeeds(List<ImmutableArray<Token>> parts)
    {
        var rows = parts.Select(part => (Tokens: part, Assignment: StatementSplitter.AssignmentIn(part))).Where(row => row.Assignment > 0)
            .Select(row => (Name: _prose.NameBefore(row.Tokens, row.Assignment) ?? "", Reads: NamesRead(row.Tokens, row.Assignment + 1), IsUpdate: row.Tokens[row.Assignment].Kind != TokenKind.Assign))
            .Where(row => row.Name != "").ToList();
        foreach (var row in rows)
        {
            var gradient = "d" + row.Name;
            if (_others.Contains(row.Name) || !(row.IsUpdate || row.Reads.Contains(row.Name)) || _prose.Names.RoleOf(row.Name) != NameRole.Assigned || _prose.Names.IsKnown(gradient) || !rows.Any(other => other.Reads.Contains(gradient)))
                continue;
            var needs = new HashSet<string> { row.Name, gradient };
            for (var count = 0; count < needs.Count;)
            {
                count = needs.Count;
                needs.UnionWith(rows.Where(other => other.Reads.Overlaps(needs)).Select(other => other.Name));
            }

            if (needs.All(name => name == gradient || _prose.Names.RoleOf(name) == NameRole.Assigned))
                _others.UnionWith(needs);
        }
    }

    private bool IsGradientBy(ImmutableArray<Token> row, int index, string name)
    {
        var token = row[index];
        var isLast = index + 1 >= row.Length;
        if (token.Kind == TokenKind.Name)
            return token.Name == "d" + name && !_prose.Names.IsKnown(token.Name);
        if (isLast || token.Kind is not (TokenKind.Partial or TokenKind.Nabla))
            return false;
        var next = index + 1;
        while (next < row.Length && row[next].Kind is TokenKind.Underscore or TokenKind.OpenBrace)
            next++;
        return next < row.Length && row[next].Name == name && (token.Kind == TokenKind.Nabla ? next > index + 1 : index > 0 && row[index - 1].Kind is TokenKind.Divide or TokenKind.OpenBrace);
    }

    /// <summary>True where a value reads a name, but for the points of gradients.</summary>
    private static bool Reads(ImmutableArray<Token> row, int start, string name)
    {
        var point = -1;
        for (var i = start; i < row.Length; i++)
        {
            if (row[i].Kind is TokenKind.Partial or TokenKind.Nabla)
            {
                for (var open = i + 1; open < row.Length && open <= i + 6; open++)
                {
                    if (row[open].Kind == TokenKind.OpenParenthesis && Labels.Closing(row, open) is > 0 and var close)
                        point = Math.Max(point, close);
                }
            }

            if (i > point && row[i].Kind == TokenKind.Name && row[i].Name == name)
                return true;
        }

        return false;
    }
}
