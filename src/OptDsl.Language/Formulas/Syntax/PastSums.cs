using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// A declared state that a text gives as a sum over all steps so far, <c>G_t = \sum_{τ=1}^{t} g_τ^2</c>, grows by the term of this step:
/// <c>G = G + g_t^2</c>.
/// </summary>
internal static class PastSums
{
    /// <param name="statement">The statement.</param>
    /// <param name="assignment">The index of its assignment.</param>
    /// <param name="target">The name that it assigns.</param>
    /// <param name="names">What names are known.</param>
    public static ImmutableArray<Token> Write(ImmutableArray<Token> statement, int assignment, string target, Vocabulary names)
    {
        var sum = assignment + 1;
        if (names.Step == "" || names.RoleOf(target) != NameRole.State || names.InitialOf(target) is not (null or "0") || statement[assignment].Kind != TokenKind.Assign
            || sum >= statement.Length || statement[sum].Name is not (Parser.SumSign or "Σ") || names.IsKnown("Σ") || BoundsBehind(statement, sum + 1, names.Step) is not var (index, start) || start >= statement.Length)
        {
            return statement;
        }

        var depth = 0;
        var term = ImmutableArray.CreateBuilder<Token>();
        foreach (var token in statement.Skip(start))
        {
            if ((depth == 0 && token.Kind is TokenKind.Plus or TokenKind.Minus && term.Count > 0) || token.Name is "⊤" or "T")
                return statement;
            depth += BracketDepth.Of(token.Kind);
            term.Add(token.Kind == TokenKind.Name && token.Name == index ? new Token(TokenKind.Name, token.Span, NameSyntax.OfKey(names.Step, token.Span).Glyphs, "") : token);
        }

        var place = statement[sum].Span;
        return
        [
            .. statement.Take(sum), new Token(TokenKind.Name, place, NameSyntax.OfKey(target, place).Glyphs, ""), new Token(TokenKind.Plus, place), .. term,
        ];
    }

    /// <summary>The index in <c>_{τ=1}^{t}</c> of a sum from the first step to this one, and where its term starts.</summary>
    private static (string Index, int End)? BoundsBehind(ImmutableArray<Token> tokens, int start, string step)
    {
        var (index, isToStep, i) = (default(string), false, start);
        while (i + 1 < tokens.Length && tokens[i].Kind is TokenKind.Underscore or TokenKind.Caret)
        {
            var isBraced = tokens[i + 1].Kind == TokenKind.OpenBrace;
            if (isBraced && Labels.Closing(tokens, i + 1) is not > 0)
                return null;
            var close = isBraced ? Labels.Closing(tokens, i + 1) : i + 1;
            var content = isBraced ? ImmutableArray.Create(tokens, i + 2, close - i - 2) : [tokens[i + 1]];
            if (tokens[i].Kind == TokenKind.Underscore && content.Length == 3 && content[0].Kind == TokenKind.Name && content[1].Kind == TokenKind.Assign && content[2].Text is "0" or "1")
                index = content[0].Name;
            else if (tokens[i].Kind == TokenKind.Caret && content.Length == 1 && content[0].Name == step)
                isToStep = true;
            else
                return null;
            i = close + 1;
        }

        return index is not null && isToStep && index != step ? (index, i) : null;
    }
}
