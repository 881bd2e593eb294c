using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads rows which are more or less than one assignment: several at once, and chains.</summary>
internal sealed partial class Listing
{
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
