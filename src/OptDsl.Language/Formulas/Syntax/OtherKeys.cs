using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Finds the rows of a program about another tensor of the model: below <c>v['dW'] = …</c> those of <c>v['db'] = …</c>, all of whose tensors have
/// other keys than above.
/// </summary>
internal sealed class OtherKeys
{
    private readonly Dictionary<string, string> _first;
    private readonly Vocabulary _names;

    private OtherKeys(Dictionary<string, string> first, Vocabulary names) => (_first, _names) = (first, names);

    /// <summary>By which key each tensor is read first; null where none is read by a second.</summary>
    public static OtherKeys? Find(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        var (first, hasSecond) = (new Dictionary<string, string>(), false);
        foreach (var (tensor, key) in rows.SelectMany(row => KeysIn(row, names)))
        {
            if (!first.TryGetValue(tensor, out var known))
                first[tensor] = key;
            else
                hasSecond |= known != key;
        }

        return hasSecond ? new OtherKeys(first, names) : null;
    }

    /// <summary>True for a row of another tensor.</summary>
    public bool Is(ImmutableArray<Token> row)
    {
        if (row.Length < 5 || row[2].Kind != TokenKind.Key)
            return false;
        var keys = KeysIn(row, _names).ToList();
        return keys.Count > 0 && StatementSplitter.AssignmentIn(row) > 0 && keys.All(key => _first.TryGetValue(key.Tensor, out var first) && first != key.Key);
    }

    private static IEnumerable<(string Tensor, string Key)> KeysIn(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var i = 0; i + 3 < row.Length; i++)
        {
            if (row[i].Kind == TokenKind.Name && row[i + 1].Kind == TokenKind.OpenBracket && row[i + 2].Kind == TokenKind.Key && row[i + 3].Kind == TokenKind.CloseBracket && IsTensor(row[i].Name, names) && names.RoleOf(row[i + 2].Text.Replace("_", "")) is not (NameRole.State or NameRole.Hyper))
                yield return (row[i].Name, row[i + 2].Text);
            else if (row[i].Kind == TokenKind.Name && row[i + 1].Kind == TokenKind.OpenBracket && row[i + 2].Kind == TokenKind.Key && row[i + 3].Kind == TokenKind.CloseBracket && row[i].Name is "params" or "parameters" or "weights" or "grads" or "gradients")
                yield return (row[i].Name, row[i + 2].Text);
        }
    }

    private static bool IsTensor(string name, Vocabulary names) => names.RoleOf(name) is NameRole.State or NameRole.Parameter or NameRole.Gradient;
}
