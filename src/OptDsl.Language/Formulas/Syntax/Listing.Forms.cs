using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads rows which are more or less than one assignment: several at once, chains, and what prepares values that the declaration gives.</summary>
internal sealed partial class Listing
{
    /// <summary>The names of other parameters, such as a bias, that rows update beside the rule's own.</summary>
    private readonly HashSet<string> _others = [];

    private static readonly HashSet<string> LibraryCalls =
    [
        "clone", "detach", "copy", "cast", "tensor", "asarray", "array", "zeroslike", "oneslike", "fulllike", "zeros", "ones", "item", "float", "double", "Variable", "identity",
        "lerp", "addcmul", "addcdiv", "add", "sub", "subtract", "mul", "multiply", "div", "divide", "power", "clampmin", "clampmax", "clipbyvalue", "maskedfill", "assign", "update",
    ];

    /// <summary>
    /// <c>(m, v) = (a, b)</c> and <c>m, v = a, b</c> are two assignments; <c>x, m = state</c> looks names up, and <c>S_t = (m_t, v_t)</c> puts them away.
    /// </summary>
    private bool ReadTuple(ImmutableArray<Token> part, int assignment, bool isApart, bool explains)
    {
        var left = SplitByCommas(WithoutBrackets(ImmutableArray.Create(part, 0, assignment)));
        var right = SplitByCommas(WithoutBrackets(ImmutableArray.Create(part, assignment + 1, part.Length - assignment - 1)));
        if (left.Count == 1 && right.Count > 1 && part[assignment + 1].Kind is TokenKind.OpenParenthesis && IsClosedByLast(ImmutableArray.Create(part, assignment + 1, part.Length - assignment - 1))
            && _prose.NameBefore(part, assignment) is { } packed && _prose.Names.RoleOf(packed) == NameRole.Assigned)
        {
            Skip(part);
            return true;
        }

        if (left.Count < 2 || part[assignment].Kind != TokenKind.Assign || left.Any(name => name.Length == 0) || right.Any(value => value.Length == 0))
            return false;
        if (right.Count == 1 && right[0].Length == 1 && right[0][0].Kind == TokenKind.Name && !_prose.Names.IsKnown(right[0][0].Name))
        {
            Skip(part);
            return true;
        }

        if (right.Count != left.Count || left.Any(name => Parser.NameOf(name, 0, name.Length, _prose.Names) is null))
            return false;
        for (var i = 1; i < left.Count; i++)
        {
            var earlier = left.Take(i).Where(name => name.Length == 1).Select(name => name[0].Name).ToList();
            if (right[i].FirstOrDefault(token => token.Kind == TokenKind.Name && earlier.Any(name => token.Name == name || (!_prose.Names.IsKnown(token.Name) && token.Name.Contains(name)))) is not { } read)
                continue;
            Report(part, $"these are assigned at the same time, so that '{read.Name}' is its value before; write one assignment after the other, and first keep that value under another name");
            return true;
        }

        for (var i = 0; i < left.Count; i++)
            ReadPart([.. left[i], part[assignment], .. right[i]], isApart, explains);
        return true;
    }

    /// <summary><c>a = b = …</c>: names that all get the value.</summary>
    private bool ReadNames(ImmutableArray<Token> part, bool isApart, bool explains)
    {
        var links = LinksOfChain(part);
        if (links.Count < 3)
            return false;
        var assign = part.First(token => token.Kind == TokenKind.Assign);
        if (links.Take(links.Count - 1).Skip(1).All(link => Parser.NameOf(link, 0, link.Length, _prose.Names) is { } name && _prose.Names.RoleOf(name) is NameRole.State or NameRole.Parameter or NameRole.Assigned))
        {
            for (var i = links.Count - 2; i >= 1; i--)
                ReadPart([.. links[i], assign, .. links[i + 1]], isApart, explains);
            ReadPart([.. links[0], assign, .. links[1]], isApart, explains);
            return true;
        }

        // w := a = b, two forms of a value.
        return links.Skip(1).All(link => link.Length > 1) && !links.Skip(1).Take(links.Count - 2).Any(EndsWithTarget) && part.First(token => token.Kind == TokenKind.Assign).Span.Start > 0 && Parser.NameOf(links[0], Math.Max(0, _prose.EndOfLead(part, links[0].Length)), links[0].Length, _prose.Names) is not null
            && ReadChain(part, isApart, explains);
    }

    private const int LongestTarget = 32;

    /// <summary>True for a value behind which, with nothing but a blank between, stands the name that the next statement assigns.</summary>
    private bool EndsWithTarget(ImmutableArray<Token> link)
    {
        var row = link.Add(new Token(TokenKind.Assign, new TextSpan(link[link.Length - 1].Span.End, 0)));
        for (var start = Math.Max(1, link.Length - LongestTarget); start < link.Length; start++)
        {
            if (link[start].Kind is TokenKind.Name or TokenKind.Command && link[start - 1].Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseBrace or TokenKind.CloseParenthesis or TokenKind.CloseBracket
                && Parser.NameOf(row, start, link.Length, _prose.Names) is { } name && _prose.Names.IsKnown(name))
            {
                return true;
            }
        }

        return false;
    }

    private static List<ImmutableArray<Token>> LinksOfChain(ImmutableArray<Token> part)
    {
        if (part.Any(token => token.Kind is TokenKind.Question or TokenKind.Keyword or TokenKind.CasesOpen))
            return [];
        var links = Links(part);
        return links.Any(link => link.Length == 0) ? [] : links;
    }

    /// <summary>A value in several forms, each on a row of its own that starts with "=": one is read, where all are said to be equal.</summary>
    private bool ReadChain(ImmutableArray<Token> part, bool isApart, bool explains)
    {
        var links = LinksOfChain(part);
        if (links.Count < 3)
            return false;
        var assign = part.First(token => token.Kind == TokenKind.Assign);
        var start = Math.Max(0, _prose.EndOfLead(part, links[0].Length));
        var target = ImmutableArray.Create(links[0], start, links[0].Length - start);
        var best = Enumerable.Range(1, links.Count - 1).OrderBy(i => Strangeness(links[i])).ThenByDescending(i => i).First();
        foreach (var other in links.Skip(1).Where((_, i) => i + 1 != best))
            Skip(other);
        Skip(ImmutableArray.Create(links[0], 0, start));
        ReadPart([.. target, assign, .. links[best]], isApart, explains);
        return true;
    }

    /// <summary>What plain signs of assignment outside brackets set apart; empty where another sign assigns too.</summary>
    private static List<ImmutableArray<Token>> Links(ImmutableArray<Token> part)
    {
        var links = new List<ImmutableArray<Token>>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < part.Length; i++)
        {
            depth += BracketDepth.Of(part[i].Kind);
            if (depth != 0 || !StatementSplitter.IsAssignment(part[i].Kind))
                continue;
            if (part[i].Kind != TokenKind.Assign)
                return [];
            links.Add(ImmutableArray.Create(part, start, i - start));
            start = i + 1;
        }

        links.Add(ImmutableArray.Create(part, start, part.Length - start));
        return links;
    }

    /// <summary>How many tokens of a form are nothing that formulas can compute: sums, expectations, names that nobody knows.</summary>
    private int Strangeness(ImmutableArray<Token> form) => form.Where((token, i) => token.Kind is TokenKind.Prose or TokenKind.Infinity
        || (token.Kind == TokenKind.Name && !_prose.Names.IsKnown(token.Name) && Functions.Find(token.Name) is null && !(i > 0 && form[i - 1].Kind is TokenKind.Underscore or TokenKind.Caret or TokenKind.OpenBrace))).Count();

    /// <summary>True for a row that gives a name what the declaration or the caller gives: a gradient that is computed, data, a rate, a look-up in a program's objects.</summary>
    private bool IsGiven(ImmutableArray<Token> part, int assignment)
    {
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
        if (_others.Contains(name) || (role == NameRole.Assigned && _others.Any(other => name.EndsWith("d" + other, StringComparison.Ordinal) && name.Length > other.Length + 1)))
            return true;
        var reads = Words(value).Concat(value.Where(token => token.Kind == TokenKind.Name).Select(token => token.Name)).Select(_prose.Names.RoleOf).ToList();
        return role switch
        {
            NameRole.Gradient => isCall && !reads.Any(read => read is NameRole.Gradient or NameRole.State) && Words(value).All(word => _prose.Names.RoleOf(word) != NameRole.Assigned || IsData(word)),
            NameRole.Hyper => isCall && reads.All(read => read is NameRole.None or NameRole.Step) || IsObject(value) && reads.All(read => read is NameRole.None or NameRole.Parameter) || IsItself(value, name),
            NameRole.Assigned when IsUnreadObject(value, name) || (isCall && IsUnread(name)) => true,
            NameRole.Assigned => isCall && reads.All(read => read is NameRole.None or NameRole.Parameter or NameRole.Step) && !_rows.Any(row => ReadsForUpdate(row.Tokens, name)),
            NameRole.State when IsLookedUp(value, name) => true,
            NameRole.State => IsObject(value) && value.Any(token => token.Kind == TokenKind.OpenBracket) && _prose.Names.RoleOf(FirstName(value)) == NameRole.None && value.All(token => token.Kind != TokenKind.Key || !_prose.Names.IsKnown(token.Text.Replace("_", ""))),
            _ => false,
        };
    }

    /// <summary><c>hp = self.hyperparam</c>: a name for an object of a program, which no formula reads.</summary>
    private bool IsUnreadObject(ImmutableArray<Token> value, string name) =>
        (IsObject(value) || value.Length == 1 && _prose.WordAt(value, 0).Length > 3) && value.Where(token => token.Kind == TokenKind.Name).All(token => _prose.Names.RoleOf(token.Name) is NameRole.None or NameRole.Parameter) && Words(value).All(word => _prose.Names.RoleOf(word) is NameRole.None or NameRole.Parameter)
        && Functions.Find(FirstName(value)) is null && !value.Any(token => token is { Kind: TokenKind.Member, Text: "grad" or "gradient" })
        && IsUnread(name);

    private bool IsUnread(string name)
    {
        _reads ??= string.Join("\n", _rows.Where(row => !IsObjectRow(row.Tokens)).SelectMany(row => Words(row.Tokens.RemoveRange(0, Math.Max(0, StatementSplitter.AssignmentIn(row.Tokens))))));
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
        var (word, isBelow) = ("", false);
        for (var i = 0; i < value.Length; i++)
        {
            var token = value[i];
            isBelow = token.Kind == TokenKind.OpenBrace ? i > 0 && value[i - 1].Kind == TokenKind.Underscore : isBelow && token.Kind != TokenKind.CloseBrace;
            if (token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number || isBelow)
            {
                word += token.Kind == TokenKind.Number ? token.Text : token.Name;
                continue;
            }

            if (word != "")
                yield return word;
            word = "";
        }

        if (word != "")
            yield return word;
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

    /// <summary>The names x that rows update by <c>dx</c>, <c>∂J/∂x</c> or <c>∇_x J</c>, and which no row of the rule's tensors reads.</summary>
    private void FindOthers()
    {
        var parts = _rows.SelectMany(row => StatementSplitter.Parts(row.Tokens, _prose.StartsProse)).ToList();
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

    private static ImmutableArray<Token> WithoutBrackets(ImmutableArray<Token> tokens) =>
        tokens.Length > 2 && tokens[0].Kind is TokenKind.OpenParenthesis or TokenKind.OpenBracket && IsClosedByLast(tokens) ? ImmutableArray.Create(tokens, 1, tokens.Length - 2) : tokens;

    private static bool IsClosedByLast(ImmutableArray<Token> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth == 0)
                return i == tokens.Length - 1;
        }

        return false;
    }

    private static List<ImmutableArray<Token>> SplitByCommas(ImmutableArray<Token> tokens)
    {
        var parts = new List<ImmutableArray<Token>>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth != 0 || tokens[i].Kind != TokenKind.Comma)
                continue;
            parts.Add(ImmutableArray.Create(tokens, start, i - start));
            start = i + 1;
        }

        parts.Add(ImmutableArray.Create(tokens, start, tokens.Length - start));
        return parts;
    }
}
