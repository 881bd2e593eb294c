using System.Collections.Immutable;

namespace OptDsl.Generators.Formulas.Syntax;

/// <summary>
/// Cuts tokens into statements. Each line with an assignment starts one; a line without goes on with the line before if that
/// was visibly unfinished (an open bracket, an operator at its end) or it starts with an operator itself.
/// </summary>
internal static class StatementSplitter
{
    /// <summary>The tokens of each statement, without line ends.</summary>
    public static ImmutableArray<ImmutableArray<Token>> Split(ImmutableArray<Token> tokens)
    {
        var statements = ImmutableArray.CreateBuilder<ImmutableArray<Token>>();
        var statement = ImmutableArray.CreateBuilder<Token>();
        foreach (var line in Lines(tokens))
        {
            if (statement.Count > 0 && !Continues(statement, line))
            {
                statements.Add(statement.ToImmutable());
                statement.Clear();
            }

            statement.AddRange(line);
        }

        if (statement.Count > 0)
            statements.Add(statement.ToImmutable());
        return statements.ToImmutable();
    }

    private static IEnumerable<ImmutableArray<Token>> Lines(ImmutableArray<Token> tokens)
    {
        var start = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is TokenKind.NewLine or TokenKind.End)
            {
                if (i > start)
                    yield return ImmutableArray.Create(tokens, start, i - start);
                start = i + 1;
            }
        }
    }

    private static bool Continues(ImmutableArray<Token>.Builder statement, ImmutableArray<Token> line) =>
        !line.Any(token => IsAssignment(token.Kind))
        && (StartsMidway(line[0].Kind) || EndsMidway(statement[statement.Count - 1].Kind) || OpenBrackets(statement) > 0);

    public static bool IsAssignment(TokenKind kind) => kind
        is TokenKind.Assign or TokenKind.PlusAssign or TokenKind.MinusAssign or TokenKind.TimesAssign or TokenKind.DivideAssign;

    private static bool StartsMidway(TokenKind kind) =>
        IsOperator(kind) || kind is TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Comma;

    private static bool EndsMidway(TokenKind kind) => IsOperator(kind) || IsAssignment(kind) || kind is TokenKind.Comma;

    private static bool IsOperator(TokenKind kind) => kind
        is TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Question or TokenKind.Colon
        or TokenKind.And or TokenKind.Or or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater
        or TokenKind.GreaterOrEqual or TokenKind.Equal or TokenKind.NotEqual;

    private static int OpenBrackets(ImmutableArray<Token>.Builder tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.Kind switch
            {
                TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace => 1,
                TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace => -1,
                _ => 0,
            };
        }

        return depth;
    }
}
