using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Rows in forms of print or of programs that formulas write otherwise: <c>dL/dw</c> is <c>∂L/∂w</c>, <c>*v</c> of C is v.</summary>
internal static partial class RowForms
{
    public static ImmutableArray<Token> Rewrite(ImmutableArray<Token> row, Vocabulary names) => row.Length > LongestRow ? WithoutPointers(WithPartials(row, names)) :
        WithoutElements(WithSums(WithArguments(WithGreek(WithRoots(WithAverages(WithWords(WithoutDictionaries(WithoutObjects(WithoutComprehensions(WithoutMasks(WithoutPointers(WithPartials(row, names))), names), names), names), names), names), names), names), names)), names);

    /// <summary>Longer rows hold nothing of the kind, and would be rewritten again and again.</summary>
    private const int LongestRow = 1200;

    /// <summary>More on a row than this is no formula.</summary>
    private const int MostChanges = 48;

    /// <summary>The quotient of two differentials, where the lower one is that of the parameter, and neither is a declared name.</summary>
    private static ImmutableArray<Token> WithPartials(ImmutableArray<Token> row, Vocabulary names)
    {
        if (names.Parameter == "")
            return row;
        for (var i = 0; i + 2 < row.Length; i++)
        {
            if (row[i].Name == "d" && !names.IsKnown("d") && row[i + 1].Kind == TokenKind.Divide && Differential(row, i + 2, names) is { } variable && variable.Name == names.Parameter)
            {
                row = [.. row.Take(i), row[i] with { Kind = TokenKind.Partial, Glyphs = [] }, row[i + 1], .. Partial(row, i + 2, variable.End, variable.Name), .. row.Skip(variable.End)];
                continue;
            }

            var isFraction = row[i].Kind == TokenKind.OpenBrace && i > 0 && row[i - 1].Kind == TokenKind.Command && LatexCommands.Fractions.Contains(row[i - 1].Text);
            var upper = isFraction ? i + 1 : i;
            if (Differential(row, upper, names) is not { } above)
                continue;
            var lower = isFraction ? above.End + 2 : above.End + 1;
            var isQuotient = isFraction ? above.End + 1 < row.Length && row[above.End].Kind == TokenKind.CloseBrace && row[above.End + 1].Kind == TokenKind.OpenBrace : above.End < row.Length && row[above.End].Kind == TokenKind.Divide;
            if (!isQuotient || Differential(row, lower, names) is not { } below || below.Name != names.Parameter)
                continue;
            row = ImmutableArray.CreateRange(row.Take(upper).Concat(Partial(row, upper, above.End, above.Name)).Concat(row.Skip(above.End).Take(lower - above.End)).Concat(Partial(row, lower, below.End, below.Name)).Concat(row.Skip(below.End)));
        }

        return row;
    }

    /// <summary><c>dL</c>, <c>d L</c> or <c>\mathrm{d}L</c>: what the difference is of, and where it ends.</summary>
    private static (string Name, int End)? Differential(ImmutableArray<Token> row, int index, Vocabulary names)
    {
        if (index >= row.Length)
            return null;
        if (row[index].Kind == TokenKind.Command && index + 3 < row.Length && row[index + 1].Kind == TokenKind.OpenBrace && row[index + 2].Name == "d" && row[index + 3].Kind == TokenKind.CloseBrace)
            return index + 4 < row.Length && row[index + 4].Kind == TokenKind.Name ? (row[index + 4].Name, index + 5) : null;
        if (row[index].Kind != TokenKind.Name || names.IsKnown(row[index].Name))
            return null;
        if (row[index].Name == "d" && index + 1 < row.Length && row[index + 1].Kind == TokenKind.Name)
            return (row[index + 1].Name, index + 2);
        return row[index].Glyphs.Length > 1 && row[index].Glyphs[0].Text == "d" ? (row[index].Name.Substring(1), index + 1) : null;
    }

    private static IEnumerable<Token> Partial(ImmutableArray<Token> row, int start, int end, string rest)
    {
        yield return new Token(TokenKind.Partial, new TextSpan(row[start].Span.Start, Math.Min(1, row[start].Span.Length)));
        var last = row[end - 1];
        var glyphs = last.Name == rest ? last.Glyphs : last.Glyphs.RemoveAt(0);
        yield return new Token(TokenKind.Name, glyphs.Length > 0 ? TextSpan.FromBounds(glyphs[0].Span.Start, last.Span.End) : last.Span, glyphs, "");
    }

    /// <summary>The star before a pointer: close to the name behind it, apart from what is before, where no product could be.</summary>
    private static ImmutableArray<Token> WithoutPointers(ImmutableArray<Token> row)
    {
        for (var i = row.Length - 2; i >= 1; i--)
        {
            if (row[i].Kind != TokenKind.Times || row[i].Span.Length != 1 || row[i + 1].Kind != TokenKind.Name || row[i].Span.End != row[i + 1].Span.Start)
                continue;
            var before = row[i - 1];
            var isValue = before.Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Divide or TokenKind.OpenParenthesis or TokenKind.Comma || StatementSplitter.IsAssignment(before.Kind)
                || (before.Kind == TokenKind.Times && before.Span.End < row[i].Span.Start);
            if (isValue)
                row = row.RemoveAt(i);
        }

        return row;
    }
}
