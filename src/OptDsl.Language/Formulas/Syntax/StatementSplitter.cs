using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Cuts rows into the assignments that they hold, and tells where one goes on in the next row.</summary>
internal static class StatementSplitter
{
    /// <summary>
    /// The parts of a row that commas, wide spaces or "and" set apart: <c>v_t = …, \quad W_t = …</c>. What stands behind one begins a part if it
    /// assigns itself, or if it is prose.
    /// </summary>
    public static IEnumerable<ImmutableArray<Token>> Parts(ImmutableArray<Token> row, Func<ImmutableArray<Token>, int, bool> startsProse)
    {
        var part = ImmutableArray.CreateBuilder<Token>();
        var assigns = false;
        foreach (var (separator, segment) in Segments(row))
        {
            if (segment.Length == 0)
                continue;
            var segmentAssigns = AssignmentIn(segment) >= 0;
            if (part.Count > 0 && (assigns && (segmentAssigns || startsProse(segment, 0)) || !assigns && segmentAssigns && separator?.Kind == TokenKind.And && startsProse(part.ToImmutable(), 0)))
            {
                yield return part.ToImmutable();
                part.Clear();
                assigns = false;
            }
            else if (part.Count > 0 && separator is { Kind: not TokenKind.Gap })
            {
                part.Add(separator);
            }

            part.AddRange(segment);
            assigns |= segmentAssigns;
        }

        if (part.Count > 0)
            yield return part.ToImmutable();
    }

    /// <summary>What commas, wide spaces and the word "and" outside brackets set apart, with the one before each.</summary>
    private static IEnumerable<(Token? Separator, ImmutableArray<Token> Tokens)> Segments(ImmutableArray<Token> row)
    {
        var (start, depth) = (0, 0);
        Token? separator = null;
        for (var i = 0; i < row.Length; i++)
        {
            depth += BracketDepth.Of(row[i].Kind);
            if (depth == 0 && i > start && row[i].Kind == TokenKind.Name && row[i].Glyphs.Length > 2 && ListingWords.Explains(row[i].Name) && row.Skip(i).Any(token => IsAssignment(token.Kind)))
            {
                // "x = φ(c) where c = 1/t": the word stays with what it explains.
                yield return (separator, Without(row, start, i));
                (separator, start) = (null, i);
                continue;
            }

            if ((row[i].Kind is not (TokenKind.Comma or TokenKind.Gap or TokenKind.And) && row[i] is not { Kind: TokenKind.Prose, Text: "." or "⇔" or "⟺" or "⇒" } && !(row[i].Kind == TokenKind.Or && OffersAnother(row, i))) || depth > 0)
                continue;
            yield return (separator, Without(row, start, i));
            separator = row[i].Kind == TokenKind.Gap && separator is { Kind: TokenKind.Comma } && i == start ? separator : row[i];
            start = i + 1;
        }

        yield return (separator, Without(row, start, row.Length));
    }

    /// <summary>True for an "or" before another assignment: <c>v = a or v = b</c>.</summary>
    private static bool OffersAnother(ImmutableArray<Token> row, int or)
    {
        for (var i = or + 1; i < row.Length && row[i].Kind is not (TokenKind.Comma or TokenKind.Question); i++)
        {
            if (IsAssignment(row[i].Kind))
                return true;
        }

        return false;
    }

    private static ImmutableArray<Token> Without(ImmutableArray<Token> row, int start, int end) =>
        ImmutableArray.Create(row, start, end - start).RemoveAll(token => token.Kind == TokenKind.Gap);

    /// <summary>The index of the first assignment outside brackets, or a negative number.</summary>
    public static int AssignmentIn(ImmutableArray<Token> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth <= 0 && IsAssignment(tokens[i].Kind))
                return i;
        }

        return -1;
    }

    /// <summary>True where a row visibly goes on with the statement before it.</summary>
    public static bool IsUnfinished(ImmutableArray<Token> statement, ImmutableArray<Token> row) =>
        StartsMidway(row[0].Kind) || EndsMidway(statement[statement.Length - 1]);

    public static bool IsAssignment(TokenKind kind) => kind
        is TokenKind.Assign or TokenKind.PlusAssign or TokenKind.MinusAssign or TokenKind.TimesAssign or TokenKind.DivideAssign;

    private static bool StartsMidway(TokenKind kind) =>
        IsOperator(kind) || kind is TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Comma;

    private static bool EndsMidway(Token last) => IsOperator(last.Kind) || IsAssignment(last.Kind)
        || last.Kind is TokenKind.Comma or TokenKind.Root or TokenKind.Caret or TokenKind.Underscore or TokenKind.Command;

    private static bool IsOperator(TokenKind kind) => kind
        is TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Question or TokenKind.Colon
        or TokenKind.And or TokenKind.Or or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater
        or TokenKind.GreaterOrEqual or TokenKind.Equal or TokenKind.NotEqual;
}
