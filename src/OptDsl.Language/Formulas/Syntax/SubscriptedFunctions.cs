using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// A function whose subscript is an argument, <c>S_λ(x) = …</c> that is taken as <c>S_{αλ}(x)</c>, and one that is written for an element,
/// <c>[S_λ(x)]_i = …</c>: it comes to stand as <c>S(x, λ)</c>.
/// </summary>
internal static class SubscriptedFunctions
{
    private const int MostFunctions = 8;

    private const int MostCalls = 48;

    public static List<Row> Rewrite(List<Row> rows, Vocabulary names)
    {
        for (var (i, count) = (0, 0); i < rows.Count && count < MostFunctions; i++)
        {
            var row = WithoutElement(rows[i].Tokens);
            if (DefinitionIn(row, names) is not var (function, subscript) || rows.Any(other => other != rows[i] && DefinitionIn(other.Tokens, names) is var (same, label) && same == function && label != subscript))
                continue;
            count++;
            rows[i] = rows[i] with { Tokens = row };
            if (rows.Sum(other => CallsIn(other.Tokens, function).Count(call => Written(other.Tokens, call.Below.Start, call.Below.End) != subscript)) > 0)
                rows = [.. rows.Select(other => other with { Tokens = WithArgument(other.Tokens, function) })];
        }

        return rows;
    }

    /// <summary><c>[f(x)]_i</c> on the left of an assignment is f of a number.</summary>
    private static ImmutableArray<Token> WithoutElement(ImmutableArray<Token> row)
    {
        for (var assignment = 6; assignment < row.Length; assignment++)
        {
            if (row[assignment].Kind != TokenKind.Assign)
                continue;
            var last = row[assignment - 1].Kind == TokenKind.CloseBracket ? assignment - 1 : row[assignment - 1].Kind == TokenKind.CloseBrace ? assignment - 5 : assignment - 3;
            var name = row[assignment - 1].Kind == TokenKind.CloseBrace ? row[assignment - 2] : row[assignment - 1];
            if (last < 5 || row[last].Kind != TokenKind.CloseBracket || row[last - 1].Kind != TokenKind.CloseParenthesis || (last < assignment - 1 && (row[last + 1].Kind != TokenKind.Underscore || name.Name is not ("i" or "j" or "k"))))
                continue;
            var (depth, open) = (0, last);
            for (; open >= 0; open--)
            {
                depth += BracketDepth.Of(row[open].Kind);
                if (depth == 0)
                    break;
            }

            if (open >= 0 && row[open + 1].Kind == TokenKind.Name)
                return [.. row.Take(open), .. row.Skip(open + 1).Take(last - 1 - open), .. row.Skip(assignment)];
        }

        return row;
    }

    /// <summary>The function in <c>S_λ(x) =</c>, and its subscript.</summary>
    private static (string Function, string Subscript)? DefinitionIn(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var i = 0; i + 5 < row.Length; i++)
        {
            if (row[i].Kind == TokenKind.Name && names.RoleOf(row[i].Name) is NameRole.None or NameRole.Assigned or NameRole.Helper && CallAt(row, i) is { } call && call.Close + 1 < row.Length && row[call.Close + 1].Kind == TokenKind.Assign
                && IsName(row, call.Below.Start, call.Below.End) && Written(row, call.Below.Start, call.Below.End) is var below && below != names.Step && row[call.Open].Kind == TokenKind.OpenParenthesis && row[call.Open + 1].Name != names.Step && names.RoleOf(row[i].Name + row[call.Below.Start].Name) is NameRole.None or NameRole.Assigned or NameRole.Helper && IsName(row, call.Open + 1, call.Close))
            {
                return (row[i].Name, below);
            }
        }

        return null;
    }

    private sealed record Call(int Start, (int Start, int End) Below, int Open, int Close);

    private static IEnumerable<Call> CallsIn(ImmutableArray<Token> row, string function) =>
        Enumerable.Range(0, row.Length).Where(i => row[i].Kind == TokenKind.Name && row[i].Name == function).Select(i => CallAt(row, i)).OfType<Call>().Take(MostCalls);

    /// <summary>A name with something below it and brackets behind.</summary>
    private static Call? CallAt(ImmutableArray<Token> row, int start)
    {
        if (start + 4 >= row.Length || row[start + 1].Kind != TokenKind.Underscore)
            return null;
        var isBraced = row[start + 2].Kind == TokenKind.OpenBrace;
        var close = isBraced ? Labels.Closing(row, start + 2) : start + 2;
        if (close < 0 || close + 1 >= row.Length || row[close + 1].Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket) || (!isBraced && row[close].Kind != TokenKind.Name) || Labels.Closing(row, close + 1) is not (> 0 and var end) || end == close + 2)
            return null;
        return new Call(start, isBraced ? (start + 3, close) : (close, close + 1), close + 1, end);
    }

    private static ImmutableArray<Token> WithArgument(ImmutableArray<Token> row, string function)
    {
        for (var (i, changes) = (row.Length - 1, 0); i >= 0 && changes < MostCalls; i--)
        {
            if (row[i].Kind != TokenKind.Name || row[i].Name != function || CallAt(row, i) is not { } call)
                continue;
            changes++;
            row =
            [
                .. row.Take(i + 1), row[call.Open] with { Kind = TokenKind.OpenParenthesis }, .. row.Skip(call.Open + 1).Take(call.Close - call.Open - 1), new Token(TokenKind.Comma, row[call.Close].Span with { Length = 0 }),
                .. row.Skip(call.Below.Start).Take(call.Below.End - call.Below.Start).Select(token => At(token, row[call.Close].Span)), row[call.Close] with { Kind = TokenKind.CloseParenthesis }, .. row.Skip(call.Close + 1),
            ];
        }

        return row;
    }

    /// <summary>A token at another place: the places of a row never run back.</summary>
    private static Token At(Token token, TextSpan place) => token with { Span = place, Glyphs = [.. token.Glyphs.Select(glyph => glyph with { Span = place })] };

    private static bool IsName(ImmutableArray<Token> row, int start, int end) => row[start].Kind == TokenKind.Name && row.Skip(start + 1).Take(end - start - 1).All(token => token.Kind is TokenKind.Underscore or TokenKind.Name or TokenKind.Number);

    private static string Written(ImmutableArray<Token> row, int start, int end) => string.Concat(row.Skip(start).Take(end - start).Select(token => token.Kind == TokenKind.Name ? token.Name : token.Text + token.Kind));
}
