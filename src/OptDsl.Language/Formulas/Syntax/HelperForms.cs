using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Writes the functions that programs define as formulas define them: <c>f = lambda x: …</c> and <c>def f(x): return …</c> are <c>f(x) = …</c>.</summary>
internal static class HelperForms
{
    public static List<Row> Rewrite(List<Row> rows)
    {
        for (var (i, maps) = (0, 0); i < rows.Count; i++)
        {
            var tokens = rows[i].Tokens;
            while (maps < MostMaps && OfMap(tokens, maps) is var (definition, call))
            {
                rows.Insert(i, rows[i] with { Tokens = definition });
                i++;
                rows[i] = rows[i] with { Tokens = tokens = call };
                maps++;
            }

            if (OfLambda(tokens) is { } function)
            {
                rows[i] = rows[i] with { Tokens = function };
            }
            else if (tokens[0].Name == "def" && HeadOf(tokens) is { } head)
            {
                var body = tokens.Length > head.Length + 2 ? ImmutableArray.Create(tokens, head.Length + 2, tokens.Length - head.Length - 2) : i + 1 < rows.Count ? rows[i + 1].Tokens : [];
                if (body.Length < 2 || body[0].Name != "return")
                    continue;
                if (tokens.Length == head.Length + 2)
                    rows.RemoveAt(i + 1);
                rows[i] = rows[i] with { Tokens = [.. head, new Token(TokenKind.Assign, body[0].Span), .. body.Skip(1)] };
            }
        }

        return rows;
    }

    private const int MostMaps = 16;

    /// <summary><c>tree_map(lambda v, g: μ * v + g, vs, gs)</c> does the same to all tensors: a function, and its call for one.</summary>
    private static (ImmutableArray<Token> Definition, ImmutableArray<Token> Call)? OfMap(ImmutableArray<Token> tokens, int count)
    {
        for (var open = 1; open + 2 < tokens.Length; open++)
        {
            if (tokens[open].Kind != TokenKind.OpenParenthesis || tokens[open + 1].Name != "lambda")
                continue;
            var start = open;
            while (start > 0 && tokens[start - 1].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Member)
                start--;
            var (colon, comma, close) = (open + 2, -1, -1);
            while (colon < tokens.Length && tokens[colon].Kind is TokenKind.Name or TokenKind.Comma or TokenKind.Underscore)
                colon++;
            var depth = 0;
            for (var i = colon; i < tokens.Length && close < 0; i++)
            {
                depth += BracketDepth.Of(tokens[i].Kind);
                if (depth < 0)
                    close = i;
                else if (depth == 0 && comma < 0 && tokens[i].Kind == TokenKind.Comma)
                    comma = i;
            }

            if (start == open || !string.Concat(tokens.Skip(start).Take(open - start).Select(token => token.Kind == TokenKind.Member ? token.Text : token.Name)).Contains("map")
                || colon >= tokens.Length || tokens[colon].Kind != TokenKind.Colon || comma < 0 || close < 0)
                return null;
            var name = new Token(TokenKind.Name, tokens[open + 1].Span, NameSyntax.OfKey($"map{(char)('A' + count)}", tokens[open + 1].Span).Glyphs, "");
            return (
                [name, tokens[open], .. tokens.Skip(open + 2).Take(colon - open - 2), new Token(TokenKind.CloseParenthesis, tokens[colon].Span), new Token(TokenKind.Assign, tokens[colon].Span), .. tokens.Skip(colon + 1).Take(comma - colon - 1)],
                [.. tokens.Take(start), name, tokens[open], .. tokens.Skip(comma + 1).Take(close - comma - 1), .. tokens.Skip(close)]);
        }

        return null;
    }

    private static ImmutableArray<Token>? OfLambda(ImmutableArray<Token> tokens)
    {
        var assignment = StatementSplitter.AssignmentIn(tokens);
        if (assignment < 1 || assignment + 3 >= tokens.Length || tokens[assignment + 1].Name != "lambda")
            return null;
        var colon = assignment + 2;
        while (colon < tokens.Length && tokens[colon].Kind is TokenKind.Name or TokenKind.Comma or TokenKind.Underscore)
            colon++;
        if (colon + 1 >= tokens.Length || tokens[colon].Kind != TokenKind.Colon)
            return null;
        return
        [
            .. tokens.Take(assignment), new Token(TokenKind.OpenParenthesis, tokens[assignment + 1].Span), .. tokens.Skip(assignment + 2).Take(colon - assignment - 2),
            new Token(TokenKind.CloseParenthesis, tokens[colon].Span), tokens[assignment], .. tokens.Skip(colon + 1),
        ];
    }

    /// <summary>The name and arguments behind <c>def</c>, before the colon.</summary>
    private static ImmutableArray<Token>? HeadOf(ImmutableArray<Token> tokens)
    {
        var colon = 1;
        while (colon < tokens.Length && tokens[colon].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Comma)
            colon++;
        return colon < tokens.Length && colon > 3 && tokens[colon].Kind == TokenKind.Colon && tokens[colon - 1].Kind == TokenKind.CloseParenthesis ? ImmutableArray.Create(tokens, 1, colon - 1) : null;
    }
}
