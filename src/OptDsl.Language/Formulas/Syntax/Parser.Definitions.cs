using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that finds the functions which a text defines: <c>φ(x) = …</c>.</summary>
internal sealed partial class Parser
{
    /// <summary>
    /// Notes the functions that rows define: <c>φ(x) = …</c>, where x is no name of the rule, or where φ is taken of something else than x.
    /// </summary>
    private static void CollectHelpers(List<Row> rows, bool isLatex, Vocabulary names)
    {
        foreach (var tokens in rows.Select(row => row.Tokens))
        {
            var depth = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                depth += BracketDepth.Of(tokens[i].Kind);
                if (depth > 0 || tokens[i].Kind != TokenKind.Assign || HelperTarget(tokens, i, isLatex, names) is not var (name, parameters))
                    continue;
                if (parameters.Any(parameter => !names.IsKnown(parameter)) || IsTakenOfOthers(rows, name, parameters, isLatex, names))
                    names.AddHelper(name);
            }
        }
    }

    /// <summary>The name and the arguments in <c>φ(x, y) =</c>, where a function can have that name.</summary>
    private static (string Name, List<string> Parameters)? HelperTarget(ImmutableArray<Token> tokens, int assignment, bool isLatex, Vocabulary names)
    {
        if (assignment < 4 || tokens[assignment - 1].Kind != TokenKind.CloseParenthesis || OpeningOf(tokens, assignment - 1) is not (> 0 and var open))
            return null;
        var parameters = new List<string>();
        for (var start = open + 1; start < assignment - 1;)
        {
            var end = start;
            while (end < assignment - 1 && tokens[end].Kind != TokenKind.Comma)
                end++;
            if (end == start || !LooksLikeName(tokens, start, end) || ReadWholeName(ImmutableArray.Create(tokens, start, end - start), isLatex, names) is not { Arguments: null } parameter
                || parameter.HasTime(names.Step) || parameters.Contains(parameter.Name.Key(names.Step)))
                return null;
            parameters.Add(parameter.Name.Key(names.Step));
            start = end + 1;
        }

        for (var start = Math.Max(0, open - LongestTarget); start < open && parameters.Count > 0; start++)
        {
            if (tokens[start].Kind is TokenKind.Name or TokenKind.Command or TokenKind.OpenBrace
                && (start == 0 || tokens[start - 1].Kind is not (TokenKind.Underscore or TokenKind.Caret or TokenKind.Command))
                && LooksLikeName(tokens, start, open)
                && ReadWholeName(ImmutableArray.Create(tokens, start, open - start), isLatex, names) is { Arguments: null } whole)
            {
                var name = whole.Name.Key(names.Step);
                return names.RoleOf(name) is NameRole.None or NameRole.Assigned && name != names.Step ? (name, parameters) : null;
            }
        }

        return null;
    }

    private static int OpeningOf(ImmutableArray<Token> tokens, int close)
    {
        var depth = 0;
        for (var i = close; i >= Math.Max(0, close - LongestTarget); i--)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth == 0)
                return i;
        }

        return -1;
    }

    /// <summary>True where a name is followed by brackets that hold something else than the names of its arguments.</summary>
    private static bool IsTakenOfOthers(List<Row> rows, string name, List<string> parameters, bool isLatex, Vocabulary names)
    {
        foreach (var tokens in rows.Select(row => row.Tokens))
        {
            for (var open = 1; open < tokens.Length; open++)
            {
                if (tokens[open].Kind != TokenKind.OpenParenthesis || Labels.Closing(tokens, open) is not (> 0 and var close) || !EndsWithName(tokens, open, name, isLatex, names) || Objectives.IsBehindNabla(tokens, open))
                    continue;
                var inside = "";
                for (var i = open + 1; i < close; i++)
                {
                    if (tokens[i].Kind == TokenKind.Underscore)
                        i = BehindAtom(tokens, i + 1) - 1;
                    else
                        inside += tokens[i].Kind == TokenKind.Comma ? "," : tokens[i].Kind == TokenKind.Name ? tokens[i].Name : "?";
                }

                if (inside != string.Join(",", parameters) && !(tokens[open + 1].Name == names.Step && names.Step != ""))
                    return true;
            }
        }

        return false;
    }

    private static bool EndsWithName(ImmutableArray<Token> tokens, int end, string name, bool isLatex, Vocabulary names)
    {
        for (var start = end - 1; start >= Math.Max(0, end - LongestTarget); start--)
        {
            if (LooksLikeName(tokens, start, end) && ReadWholeName(ImmutableArray.Create(tokens, start, end - start), isLatex, names) is { } whole && whole.Name.Key(names.Step) == name)
                return true;
        }

        return false;
    }
}
