using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that finds the declared names in what programs and pages write for them.</summary>
internal static partial class RowForms
{
    /// <summary><c>hp.beta</c>, <c>state.t</c> and <c>M.α</c> are what is declared so; the object before the point is none of the rule's.</summary>
    private static ImmutableArray<Token> WithoutObjects(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (i, changes) = (1, 0); i < row.Length && changes < MostChanges; i++)
        {
            if (row[i].Kind != TokenKind.Member || row[i].Text.Replace("_", "") is not { Length: > 0 } key || !(IsKept(row, i) || names.IsKnown(key) && names.RoleOf(key) != NameRole.Assigned)
                || (i + 1 < row.Length && row[i + 1].Kind == TokenKind.OpenParenthesis) || row[i].Text is "grad" or "data" or "T")
                continue;
            var start = i;
            while (start > 0 && row[start - 1].Kind is TokenKind.Name or TokenKind.Underscore)
                start--;
            if (start == i || row[start].Kind != TokenKind.Name || (start > 0 && row[start - 1].Kind is TokenKind.Member or TokenKind.Caret && row[start].Glyphs.Length == 1))
                continue;
            var owner = string.Concat(row.Skip(start).Take(i - start).Select(token => token.Name));
            if (names.RoleOf(owner) is not (NameRole.None or NameRole.Assigned))
                continue;
            var span = TextSpan.Cover(row[start].Span, row[i].Span);
            changes++;
            row = [.. row.Take(start), new Token(TokenKind.Name, span, NameSyntax.OfKey(key, span).Glyphs, ""), .. row.Skip(i + 1)];
            i = start;
        }

        return row;
    }

    private static readonly HashSet<string> Keepers = ["state", "config", "cfg", "opt", "optState", "ctx"];

    /// <summary><c>state.denom</c>: an object of a program that keeps values by name.</summary>
    private static bool IsKept(ImmutableArray<Token> row, int member) => row[member - 1].Kind == TokenKind.Name && Keepers.Contains(row[member - 1].Name) && !(member > 1 && row[member - 2].Kind == TokenKind.Underscore)
        && row[member].Text is not ("get" or "setdefault" or "update" or "items" or "keys" or "step");

    /// <summary>The words of a declared name that a text writes with blanks between them: <c>learning rate</c>. Words alone make up no product.</summary>
    private static ImmutableArray<Token> WithWords(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (i, changes) = (0, 0); i + 1 < row.Length && changes < MostChanges; i++)
        {
            if (!IsWordOf(row, i, names) || !IsWordOf(row, i + 1, names))
                continue;
            var (name, end) = (row[i].Name + row[i + 1].Name, i + 2);
            if (names.RoleOf(name) == NameRole.None && IsWordOf(row, i + 2, names))
                (name, end) = (name + row[i + 2].Name, i + 3);
            if (names.RoleOf(name) is NameRole.None or NameRole.Assigned)
                continue;
            var span = TextSpan.Cover(row[i].Span, row[end - 1].Span);
            changes++;
            row = [.. row.Take(i), new Token(TokenKind.Name, span, NameSyntax.OfKey(name, span).Glyphs, ""), .. row.Skip(end)];
        }

        return row;
    }

    private static bool IsWordOf(ImmutableArray<Token> row, int index, Vocabulary names) =>
        index < row.Length && row[index] is { Kind: TokenKind.Name, Glyphs.Length: > 2 } word && !names.IsKnown(word.Name) && word.Glyphs.All(glyph => glyph.Text.Length == 1 && glyph.Text[0] < '\u0250');

    /// <summary><c>E(g_t^2)</c> is written <c>E[g^2]_t</c>: an average called E of what stands in the brackets, at their time.</summary>
    public static ImmutableArray<Token> WithAverages(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (i, changes) = (0, 0); i + 3 < row.Length && changes < MostChanges; i++)
        {
            if (row[i].Name != "E" || names.IsKnown("E") || row[i + 1].Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket) || Labels.Closing(row, i + 1) is not (> 0 and var close))
                continue;
            var inside = ImmutableArray.Create(row, i + 2, close - i - 2);
            if (!IsSquare(inside) || (i > 0 && row[i - 1].Kind is TokenKind.Nabla or TokenKind.Partial or TokenKind.CloseBrace) || inside.Any(token => token.Kind is TokenKind.Nabla or TokenKind.Partial or TokenKind.Comma or TokenKind.Times or TokenKind.Divide))
                continue;
            var hasTimeBehind = close + 1 < row.Length && row[close + 1].Kind == TokenKind.Underscore;
            var under = Enumerable.Range(0, inside.Length).Where(k => inside[k].Kind == TokenKind.Underscore).DefaultIfEmpty(-1).First();
            ImmutableArray<Token> time = [];
            if (under >= 0 && under + 1 < inside.Length)
            {
                var end = inside[under + 1].Kind == TokenKind.OpenBrace ? Labels.Closing(inside, under + 1) : under + 1;
                var isTime = end > 0 && names.Step != "" && (inside[under + 1].Name == names.Step || (inside[under + 1].Kind == TokenKind.OpenBrace && inside[under + 2].Name == names.Step));
                if (isTime)
                {
                    time = hasTimeBehind ? [] : ImmutableArray.Create(inside, under, end - under + 1);
                    inside = inside.RemoveRange(under, end - under + 1);
                }
            }

            changes++;
            row =
            [
                .. row.Take(i + 1), new Token(TokenKind.OpenBracket, row[i + 1].Span), .. inside, new Token(TokenKind.CloseBracket, row[close].Span), .. time, .. row.Skip(close + 1),
            ];
        }

        return row;
    }

    private static readonly string[] s_small = ["ε", "eps", "epsilon"];

    /// <summary><c>RMS[g]_t</c>, where the average <c>E[g²]</c> is a state and ε a hyper-parameter, is <c>√(E[g²]_t + ε)</c>.</summary>
    private static ImmutableArray<Token> WithRoots(ImmutableArray<Token> row, Vocabulary names)
    {
        if (s_small.FirstOrDefault(name => names.RoleOf(name) == NameRole.Hyper) is not { } small)
            return row;
        for (var (i, changes) = (Math.Max(0, StatementSplitter.AssignmentIn(row)), 0); i + 3 < row.Length && changes < MostChanges; i++)
        {
            var open = row[i].Name == "RMS" ? i + 1 : row[i].Kind == TokenKind.Command && row[i + 1].Kind == TokenKind.OpenBrace && row[i + 2].Name == "RMS" && row[i + 3].Kind == TokenKind.CloseBrace ? i + 4 : row.Length;
            if (open >= row.Length || row[open].Kind is not (TokenKind.OpenBracket or TokenKind.OpenParenthesis) || Labels.Closing(row, open) is not (> 0 and var close))
                continue;
            var average = ImmutableArray.Create(row, open + 1, close - open - 1);
            if (Labels.InBrackets([.. average.Insert(0, new Token(TokenKind.OpenBracket, row[open].Span)), new Token(TokenKind.CloseBracket, row[close].Span)], 0, names.Step) is not { Text: var label }
                || names.RoleOf($"E[{label.Trim('[', ']')}^2]") != NameRole.State)
            {
                continue;
            }

            // The time: below the brackets, close behind them where copying lost that, or below what stands in them.
            var span = TextSpan.Cover(row[i].Span, row[close].Span);
            var place = new TextSpan(span.End, 0);
            var end = close + 1;
            ImmutableArray<Token> time = [];
            if (end + 1 < row.Length && row[end].Kind == TokenKind.Underscore)
            {
                var last = row[end + 1].Kind == TokenKind.OpenBrace ? Labels.Closing(row, end + 1) : end + 1;
                (time, end) = (ImmutableArray.Create(row, end, Math.Max(0, last - end + 1)), Math.Max(end, last + 1));
            }
            else if (names.Step != "" && end < row.Length && row[end].Name == names.Step && row[end].Span.Start == row[close].Span.End)
            {
                var hasOffset = end + 2 < row.Length && row[end + 1].Kind is TokenKind.Plus or TokenKind.Minus && row[end + 2].Kind == TokenKind.Number && row[end].Span.End == row[end + 1].Span.Start && row[end + 1].Span.End == row[end + 2].Span.Start;
                time = [new Token(TokenKind.Underscore, place), new Token(TokenKind.OpenBrace, place), .. row.Skip(end).Take(hasOffset ? 3 : 1), new Token(TokenKind.CloseBrace, place)];
                end += hasOffset ? 3 : 1;
            }
            else if (average.FirstOrDefault(token => token.Kind == TokenKind.Underscore) is not null)
            {
                var below = Enumerable.Range(0, average.Length).First(k => average[k].Kind == TokenKind.Underscore);
                time = ImmutableArray.Create(average, below, average.Length - below);
            }

            Token Made(TokenKind kind, string text = "") => new(kind, new TextSpan(row[i].Span.Start, 0), text);
            changes++;
            row =
            [
                .. row.Take(i), new Token(TokenKind.Name, span, [.. "sqrt".Select(letter => new Glyph(letter.ToString(), row[i].Span))], ""), Made(TokenKind.OpenParenthesis),
                new Token(TokenKind.Name, span, [new Glyph("E", span)], ""), Made(TokenKind.OpenBracket), .. average.TakeWhile(token => token.Kind != TokenKind.Underscore), Made(TokenKind.Caret), Made(TokenKind.Number, "2"), Made(TokenKind.CloseBracket), .. time,
                Made(TokenKind.Plus), new Token(TokenKind.Name, span, NameSyntax.OfKey(small, span).Glyphs, ""), Made(TokenKind.CloseParenthesis), .. row.Skip(end),
            ];
        }

        return row;
    }

    private static bool IsSquare(ImmutableArray<Token> tokens) => Enumerable.Range(0, tokens.Length).Any(i => tokens[i].Kind == TokenKind.Caret
        && (i + 1 < tokens.Length && tokens[i + 1].Text == "2" || i + 2 < tokens.Length && tokens[i + 1].Kind == TokenKind.OpenBrace && tokens[i + 2].Text == "2"));

    /// <summary><c>(m_t)_i</c> is the element i of m: formulas are read element by element.</summary>
    private static ImmutableArray<Token> WithoutElements(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (close, changes) = (2, 0); close + 1 < row.Length && changes < MostChanges; close++)
        {
            if (row[close].Kind is not (TokenKind.CloseParenthesis or TokenKind.CloseBracket) || row[close + 1].Kind != TokenKind.Underscore || ElementBehind(row, close + 2, names) is not (> 0 and var end))
                continue;
            changes++;
            row = row.RemoveRange(close + 1, end - close - 1);
            var open = Opening(row, close);
            var isName = open >= 0 && open + 1 < close && row[open + 1].Kind is TokenKind.Name or TokenKind.Command && Parser.NameOf(row, open + 1, close, names) is { } name && names.IsKnown(name);
            if (isName && (open == 0 || row[open - 1].Kind is not (TokenKind.Name or TokenKind.Member or TokenKind.CloseBrace)))
                row = row.RemoveAt(close).RemoveAt(open);
        }

        return row;
    }

    /// <summary>Where the index of an element ends, plain or in braces.</summary>
    private static int? ElementBehind(ImmutableArray<Token> row, int index, Vocabulary names)
    {
        if (index >= row.Length)
            return null;
        var isBraced = row[index].Kind == TokenKind.OpenBrace;
        var name = isBraced && index + 1 < row.Length ? row[index + 1] : row[index];
        if (name.Kind != TokenKind.Name || name.Name is not ("i" or "j" or "k") || name.Name == names.Step || (isBraced && !(index + 2 < row.Length && row[index + 2].Kind == TokenKind.CloseBrace)))
            return null;
        return isBraced ? index + 3 : index + 1;
    }

    private static int Opening(ImmutableArray<Token> row, int close)
    {
        var depth = 0;
        for (var i = close; i >= 0; i--)
        {
            depth -= BracketDepth.Of(row[i].Kind);
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
