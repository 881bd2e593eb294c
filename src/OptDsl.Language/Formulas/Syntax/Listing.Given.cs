using System.Collections.Immutable;
using System.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that tells rows which prepare what the declaration or the caller gives: gradients, rates, objects of a program.</summary>
internal sealed partial class Listing
{
    private static readonly HashSet<string> LibraryCalls =
    [
        "clone", "detach", "copy", "cast", "tensor", "asarray", "array", "zeroslike", "oneslike", "fulllike", "zeros", "ones", "item", "float", "double", "float32", "float64", "constant", "Variable", "identity",
        "lerp", "addcmul", "addcdiv", "add", "sub", "subtract", "mul", "multiply", "div", "divide", "power", "clampmin", "clampmax", "clipbyvalue", "maskedfill", "assign", "update",
        "safeincrement", "safeint32increment", "updatemoment", "treeupdatemoment", "updatemomentperelemnorm", "treeupdatemomentperelemnorm", "updateinfinitymoment", "treeupdateinfinitymoment", "biascorrection", "treebiascorrection", "applyupdates",
    ];

    /// <summary>True for a row that gives a name what the declaration or the caller gives: a gradient that is computed, data, a rate, a look-up in a program's objects.</summary>
    private bool IsGiven(ImmutableArray<Token> part, int assignment)
    {
        if (assignment > 0 && _prose.NameBefore(part, assignment) is { } target && (_others.Contains(target) || _prose.Names.RoleOf(target) == NameRole.Assigned && IsForStep(target)))
            return true;
        if (part[assignment].Kind != TokenKind.Assign || assignment == 0)
            return false;
        var value = ImmutableArray.Create(part, assignment + 1, part.Length - assignment - 1);
        if (value.Length == 0)
            return false;
        if (value.Length == 1 && value[0].Name is "True" or "False" or "true" or "false")
            return _prose.NameBefore(part, assignment) is not { } flag || _prose.Names.RoleOf(flag) is not (NameRole.Parameter or NameRole.Gradient or NameRole.State);
        if (value.Length == 1 && value[0].Kind == TokenKind.Name && _prose.NameBefore(part, assignment) is { } itself && value[0].Name == itself && _prose.Names.RoleOf(itself) is NameRole.Step or NameRole.Hyper)
            return true;
        var isCall = UnknownCallee(value) is not null;
        if (part.Take(assignment).Any(token => token.Kind == TokenKind.Nabla) && isCall && part[0].Kind == TokenKind.Nabla)
            return true;
        if (IsPutAway(part, assignment, value))
            return true;
        if (_prose.NameBefore(part, assignment) is not { } name)
            return false;
        var role = _prose.Names.RoleOf(name);
        if ((role == NameRole.Assigned && _others.Any(other => name.EndsWith("d" + other, StringComparison.Ordinal) && name.Length > other.Length + 1)))
            return true;
        var reads = Words(value).Concat(value.Where(token => token.Kind == TokenKind.Name).Select(token => token.Name)).Select(_prose.Names.RoleOf).ToList();
        return role switch
        {
            NameRole.Gradient when value[0].Name == name && value.Length > 3 && value[1].Kind == TokenKind.OpenParenthesis && Labels.Closing(value, 1) == value.Length - 1 => true,
            NameRole.Gradient => isCall && !reads.Any(read => read is NameRole.Gradient or NameRole.State) && Words(value).All(word => _prose.Names.RoleOf(word) != NameRole.Assigned || IsData(word)),
            NameRole.Step => (isCall || IsObject(value)) && reads.All(read => read is NameRole.None or NameRole.Assigned or NameRole.Step),
            NameRole.Hyper => isCall && reads.All(read => read is NameRole.None or NameRole.Step) || IsObject(value) && reads.All(read => read is NameRole.None or NameRole.Parameter) || IsItself(value, name),
            NameRole.Assigned when IsReadByKeys(value, name) => true,
            NameRole.Assigned when IsUnreadObject(value, name) || (isCall && IsUnread(name)) => true,
            NameRole.Assigned => isCall && reads.All(read => read is NameRole.None or NameRole.Parameter or NameRole.Step) && !_rows.Any(row => ReadsForUpdate(row.Tokens, name)),
            NameRole.State when IsLookedUp(value, name) => true,
            NameRole.State => IsObject(value) && value.Any(token => token.Kind == TokenKind.OpenBracket) && _prose.Names.RoleOf(FirstName(value)) == NameRole.None && value.All(token => token.Kind != TokenKind.Key || !_prose.Names.IsKnown(token.Text.Replace("_", ""))),
            _ => false,
        };
    }

    /// <summary><c>step_t = steps[i]</c>, <c>step_t += 1</c>: a name of a program for the count of steps, of which nothing but the step is read.</summary>
    private bool IsForStep(string name)
    {
        if (_prose.Names.Step == "")
            return false;
        _readers ??= ReadersOfRows();
        return _readers.TryGetValue(name, out var isForStep) && isForStep;
    }

    /// <summary>For each name that a row reads, whether only the step is made of it.</summary>
    private Dictionary<string, bool>? _readers;

    private Dictionary<string, bool> ReadersOfRows()
    {
        var readers = new Dictionary<string, bool>();
        foreach (var row in _rows.Select(row => row.Tokens))
        {
            var assignment = StatementSplitter.AssignmentIn(row);
            var isForStep = assignment > 0 && _prose.NameBefore(row, assignment) == _prose.Names.Step && !row.Skip(assignment).Any(token => token.Kind is TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Caret);
            foreach (var name in NamesRead(row, Math.Max(0, assignment)))
                readers[name] = isForStep && (!readers.TryGetValue(name, out var others) || others);
        }

        return readers;
    }

    /// <summary><c>hp = self.hyperparam</c>: a name for an object of a program, which no formula reads.</summary>
    private bool IsUnreadObject(ImmutableArray<Token> value, string name) =>
        (IsObject(value) || value.Length == 1 && _prose.WordAt(value, 0).Length > 3) && value.Where(token => token.Kind == TokenKind.Name).All(token => _prose.Names.RoleOf(token.Name) is NameRole.None or NameRole.Parameter) && Words(value).All(word => _prose.Names.RoleOf(word) is NameRole.None or NameRole.Parameter)
        && Functions.Find(FirstName(value)) is null && !value.Any(token => token is { Kind: TokenKind.Member, Text: "grad" or "gradient" })
        && IsUnread(name);

    /// <summary><c>entry = state[id(p)]</c>, of which nothing but <c>entry["m"]</c> is read.</summary>
    private bool IsReadByKeys(ImmutableArray<Token> value, string name)
    {
        if (!IsObject(value) || _prose.Names.RoleOf(FirstName(value)) != NameRole.None || value.Length < 3 || value[1].Kind is not (TokenKind.OpenBracket or TokenKind.Member) || Functions.Find(FirstName(value)) is not null)
            return false;
        var reads = 0;
        foreach (var row in _rows.Select(row => row.Tokens))
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i].Kind != TokenKind.Name || row[i].Name != name || (i + 1 < row.Length && row[i + 1].Kind == TokenKind.Assign && i == 0))
                    continue;
                if (i + 2 >= row.Length || row[i + 1].Kind != TokenKind.OpenBracket || row[i + 2].Kind != TokenKind.Key)
                    return false;
                reads++;
            }
        }

        return reads > 0;
    }

    private bool IsUnread(string name)
    {
        _reads ??= string.Join("\n", _rows.Where(row => !IsObjectRow(row.Tokens) && row.Tokens[0].Name != "return").SelectMany(row => Words(row.Tokens.RemoveRange(0, Math.Max(0, StatementSplitter.AssignmentIn(row.Tokens))))));
        return _reads.IndexOf(name, StringComparison.Ordinal) < 0;
    }

    /// <summary>All names that rows read, a line each.</summary>
    private string? _reads;

    /// <summary>A row that sets up a state from the properties of a program's objects.</summary>
    private bool IsObjectRow(ImmutableArray<Token> row) => StatementSplitter.AssignmentIn(row) is > 0 and var sign && _prose.NameBefore(row, sign) is { } target && _prose.Names.RoleOf(target) == NameRole.State
        && row.Any(token => token.Name is "shared" || token is { Kind: TokenKind.Member, Text: "shared" }) && IsLookedUp(row.RemoveRange(0, sign + 1), target);

    /// <summary><c>m = self._m[index(variable)]</c>, <c>v = config.get('velocity', zeros)</c>: a state where a program keeps it.</summary>
    private bool IsLookedUp(ImmutableArray<Token> value, string name)
    {
        if (value.Any(token => token.Name is "shared" or "Variable" or "buffer" || token is { Kind: TokenKind.Member, Text: "shared" or "Variable" }) && value.Any(token => token.Name is "zeros" || token.Text is "zeros" or "zeros_like") && UnknownCallee(value) is not null)
            return true;
        if (!IsObject(value))
            return false;
        if (value.Any(token => token.Kind == TokenKind.Key) && UnknownCallee(value) is not null && Words(value).All(word => _prose.Names.RoleOf(word) is NameRole.None or NameRole.Parameter))
            return true;
        var isIndexed = value[0].Name == name && value.Length > 3 && value[1].Kind == TokenKind.OpenBracket && Labels.Closing(value, 1) == value.Length - 1 && value[2].Kind == TokenKind.Name;
        return isIndexed || value.Any(token => token is { Kind: TokenKind.Member, Text: "get" or "setdefault" }) && value.Any(token => token.Kind == TokenKind.Key) && _prose.Names.RoleOf(FirstName(value)) is NameRole.None or NameRole.Assigned;
    }

    /// <summary>True for a name that only calls of functions which formulas do not know give a value.</summary>
    private bool IsData(string name) => _rows.All(row => StatementSplitter.AssignmentIn(row.Tokens) is not (> 0 and var assignment) || _prose.NameBefore(row.Tokens, assignment) != name
        || UnknownCallee(ImmutableArray.Create(row.Tokens, assignment + 1, row.Tokens.Length - assignment - 1)) is not null);

    /// <summary>True where a row reads a name for something else than a gradient.</summary>
    private bool ReadsForUpdate(ImmutableArray<Token> row, string name) =>
        StatementSplitter.AssignmentIn(row) is >= 0 and var assignment && row.Skip(assignment + 1).Any(token => token.Kind == TokenKind.Name && token.Name == name)
        && !(_prose.NameBefore(row, assignment) is { } target && _prose.Names.RoleOf(target) is NameRole.Gradient or NameRole.Assigned && UnknownCallee(ImmutableArray.Create(row, assignment + 1, row.Length - assignment - 1)) is not null);

    /// <summary><c>config["velocity"] = v</c>: an object that the rule does not know is given a value that it has.</summary>
    private bool IsPutAway(ImmutableArray<Token> part, int assignment, ImmutableArray<Token> value) =>
        part[assignment - 1].Kind == TokenKind.CloseBracket && part[0].Kind == TokenKind.Name && _prose.Names.RoleOf(FirstName(part)) is NameRole.None or NameRole.Assigned
        && !part.Take(assignment).Any(token => token.Kind == TokenKind.Key && _prose.Names.IsKnown(token.Text.Replace("_", "")))
        && value.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore) && _prose.Names.IsKnown(FirstName(value));

    private static string FirstName(ImmutableArray<Token> tokens) => string.Concat(tokens.SkipWhile(token => token.Kind == TokenKind.Underscore).TakeWhile(token => token.Kind is TokenKind.Name or TokenKind.Underscore).Select(token => token.Name));

    /// <summary>Names, members, keys and calls: a path to an object of a program.</summary>
    private static bool IsObject(ImmutableArray<Token> value) =>
        value.Any(token => token.Kind is TokenKind.OpenBracket or TokenKind.Member or TokenKind.OpenParenthesis)
        && value.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Key or TokenKind.Member or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Comma);

    /// <summary><c>β = cast(self.β, dtype)</c>.</summary>
    private bool IsItself(ImmutableArray<Token> value, string name)
    {
        if (!value.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Key or TokenKind.Member or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Comma))
            return false;
        var words = value.Where(token => token.Kind == TokenKind.Key).Select(token => token.Text.Replace("_", "")).Concat(Words(value));
        return words.Contains(name) && Words(value).All(word => word == name || _prose.Names.RoleOf(word) is NameRole.None or NameRole.Parameter);
    }

    /// <summary>The names of a value, the parts of one that lines join taken together.</summary>
    private static IEnumerable<string> Words(ImmutableArray<Token> value)
    {
        var (word, isBelow) = (new StringBuilder(), false);
        for (var i = 0; i < value.Length; i++)
        {
            var token = value[i];
            isBelow = token.Kind == TokenKind.OpenBrace ? i > 0 && value[i - 1].Kind == TokenKind.Underscore : isBelow && token.Kind != TokenKind.CloseBrace;
            if (token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number || isBelow)
            {
                word.Append(token.Kind == TokenKind.Number ? token.Text : token.Name);
                continue;
            }

            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    /// <summary>The names of a row from a place on, each with what lines join to it, by their normalised form.</summary>
    private static HashSet<string> NamesRead(ImmutableArray<Token> row, int start)
    {
        var names = new HashSet<string>();
        for (var i = start; i < row.Length; i++)
        {
            if (row[i].Kind != TokenKind.Name)
                continue;
            var name = new StringBuilder(row[i].Name);
            for (; i + 1 < row.Length && row[i + 1].Kind == TokenKind.Underscore; i += 2)
            {
                if (i + 2 < row.Length && row[i + 2].Kind is TokenKind.Name or TokenKind.Number)
                {
                    name.Append(row[i + 2].Kind == TokenKind.Name ? row[i + 2].Name : row[i + 2].Text);
                    continue;
                }

                if (i + 2 >= row.Length || row[i + 2].Kind != TokenKind.OpenBrace)
                    break;
                for (i += 3; i < row.Length && row[i].Kind != TokenKind.CloseBrace; i++)
                    name.Append(row[i].Kind == TokenKind.Number ? row[i].Text : row[i].Name);
                i -= 2;
            }

            names.Add(name.ToString());
        }

        return names;
    }

    /// <summary>The function of which a value is a call as a whole, where formulas know none of that name.</summary>
    private string? UnknownCallee(ImmutableArray<Token> value)
    {
        var bare = value.RemoveAll(token => token.Kind == TokenKind.Command && LatexCommands.Typefaces.Contains(token.Text));
        var (name, i) = ("", 0);
        for (; i < bare.Length && bare[i].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Member or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Number; i++)
        {
            // Behind a point the function starts anew; what it is taken of must be an object that formulas do not know.
            if (bare[i].Kind == TokenKind.Member && _prose.Names.IsKnown(name) && !(_prose.Names.RoleOf(name) == NameRole.Parameter && bare[i].Text is "get_value" or "size" or "numel" or "dim"))
                return null;
            if (bare[i].Kind == TokenKind.Name && i > 0 && bare[i - 1].Kind == TokenKind.Name && _prose.Names.IsKnown(name))
                return null;
            name = bare[i].Kind == TokenKind.Member ? bare[i].Text.Replace("_", "") : name + (bare[i].Kind == TokenKind.Number ? bare[i].Text : bare[i].Name);
        }

        if (name == "" || i >= bare.Length || bare[i].Kind != TokenKind.OpenParenthesis)
            return null;
        var depth = 0;
        for (var end = i; end < bare.Length; end++)
        {
            depth += BracketDepth.Of(bare[end].Kind);
            if (depth == 0)
                return end == bare.Length - 1 && Functions.Find(name) is null && OperationTable.Called(name) is null && !_prose.Names.IsKnown(name) && !LibraryCalls.Contains(name.TrimEnd('_')) ? name : null;
        }

        return null;
    }
}
