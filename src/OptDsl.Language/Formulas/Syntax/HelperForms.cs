using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Writes the functions that programs define as formulas define them: <c>f = lambda x: …</c> and <c>def f(x): return …</c> are <c>f(x) = …</c>.</summary>
internal static class HelperForms
{
    public static List<Row> Rewrite(List<Row> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var tokens = rows[i].Tokens;
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
