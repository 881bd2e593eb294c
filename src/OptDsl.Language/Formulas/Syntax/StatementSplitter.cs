using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Cuts tokens into statements. Each line with an assignment starts one, and so does what follows a comma if it assigns itself; a line without goes on with the line before if that
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
                foreach (var part in Parts(ImmutableArray.Create(tokens, start, i - start)))
                    yield return part;
                start = i + 1;
            }
        }
    }

    /// <summary>The assignments of a line, which commas set apart: <c>v_t = …, \quad W_t = …</c>.</summary>
    private static IEnumerable<ImmutableArray<Token>> Parts(ImmutableArray<Token> line)
    {
        var (start, depth, assigns) = (0, 0, false);
        for (var i = 0; i < line.Length; i++)
        {
            depth += DepthOf(line[i].Kind);
            if (line[i].Kind == TokenKind.Comma && depth == 0 && assigns && AssignsAfter(line, i))
            {
                yield return ImmutableArray.Create(line, start, i - start);
                (start, assigns) = (i + 1, false);
            }

            assigns |= IsAssignment(line[i].Kind);
        }

        if (start < line.Length)
            yield return ImmutableArray.Create(line, start, line.Length - start);
    }

    private static bool AssignsAfter(ImmutableArray<Token> line, int comma)
    {
        for (var i = comma + 1; i < line.Length && line[i].Kind != TokenKind.Comma; i++)
        {
            if (IsAssignment(line[i].Kind))
                return true;
        }

        return false;
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
            depth += DepthOf(token.Kind);
        return depth;
    }

    private static int DepthOf(TokenKind kind) => kind switch
    {
        TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace => 1,
        TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace => -1,
        _ => 0,
    };
}
