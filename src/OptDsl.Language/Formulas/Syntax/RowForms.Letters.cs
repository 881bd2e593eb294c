using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads words for letters, and sums that a program writes by their indices.</summary>
internal static partial class RowForms
{
    /// <summary><c>theta</c> where θ is declared and no name is spelt so.</summary>
    private static ImmutableArray<Token> WithGreek(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i].Kind != TokenKind.Name || row[i].Glyphs.Length < 2 || names.IsKnown(row[i].Name) || (i > 0 && row[i - 1].Kind is TokenKind.Member or TokenKind.Command))
                continue;
            var word = row[i].Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (!LatexCommands.LetterNames.TryGetValue(word, out var letter))
                continue;
            if (IsProductOfNames(row[i].Glyphs, names))
                continue;
            var name = letter + row[i].Name.Substring(word.Length);
            var below = i + 2 < row.Length && row[i + 1].Kind == TokenKind.Underscore && row[i + 2].Kind is TokenKind.Number or TokenKind.Name ? row[i + 2] : null;
            if (names.IsKnown(name) || (below is not null && names.IsKnown(name + (below.Kind == TokenKind.Number ? below.Text : below.Name)) && !names.IsKnown(row[i].Name + below.Text)))
                row = row.SetItem(i, new Token(TokenKind.Name, row[i].Span, NameSyntax.OfKey(name, row[i].Span).Glyphs, ""));
        }

        return row;
    }

    private static readonly HashSet<string> Unbracketed = ["cos", "sin", "tanh", "log", "ln", "exp", "sign", "sgn"];

    /// <summary><c>\cos\frac{πt}{T}</c> and <c>\log t</c>: a function before a fraction, or before a name with nothing behind it to be taken of.</summary>
    private static ImmutableArray<Token> WithArguments(ImmutableArray<Token> row, Vocabulary names)
    {
        for (var (i, changes) = (0, 0); i + 1 < row.Length && changes < MostChanges; i++)
        {
            if (row[i].Kind != TokenKind.Name || !Unbracketed.Contains(row[i].Name) || names.IsKnown(row[i].Name) || (i > 0 && row[i - 1].Kind is TokenKind.Member or TokenKind.Underscore or TokenKind.Caret) || ArgumentBehind(row, i + 1, names) is not (> 0 and var end))
                continue;
            changes++;
            row = [.. row.Take(i + 1), new Token(TokenKind.OpenParenthesis, new TextSpan(row[i + 1].Span.Start, 0)), .. row.Skip(i + 1).Take(end - i - 1), new Token(TokenKind.CloseParenthesis, new TextSpan(row[end - 1].Span.End, 0)), .. row.Skip(end)];
        }

        return row;
    }

    private static int ArgumentBehind(ImmutableArray<Token> row, int start, Vocabulary names)
    {
        if (row[start].Kind == TokenKind.Command && LatexCommands.Fractions.Contains(row[start].Text) && start + 1 < row.Length && row[start + 1].Kind == TokenKind.OpenBrace
            && Labels.Closing(row, start + 1) is > 0 and var above && above + 1 < row.Length && row[above + 1].Kind == TokenKind.OpenBrace && Labels.Closing(row, above + 1) is > 0 and var below)
        {
            return below + 1;
        }

        if (row[start].Kind is not TokenKind.Name || !names.IsKnown(row[start].Name))
            return -1;
        var end = start + 1;
        return end >= row.Length || row[end].Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Comma or TokenKind.Gap or TokenKind.Prose ? end : -1;
    }

    /// <summary>True for letters that known names make up without a rest: e, t and a make up <c>eta</c>.</summary>
    private static bool IsProductOfNames(ImmutableArray<Glyph> glyphs, Vocabulary names)
    {
        var reaches = new bool[glyphs.Length + 1];
        reaches[0] = true;
        for (var start = 0; start < glyphs.Length; start++)
        {
            var name = "";
            for (var end = start; reaches[start] && end < glyphs.Length; end++)
            {
                name += glyphs[end].Text;
                reaches[end + 1] |= names.IsKnown(name) || name == "e";
            }
        }

        return reaches[glyphs.Length];
    }

    /// <summary><c>einsum('i,i->', x, y)</c> is <c>dot(x, y)</c>, and other sums by indices are what functions of the language compute.</summary>
    private static ImmutableArray<Token> WithSums(ImmutableArray<Token> row)
    {
        for (var (i, changes) = (0, 0); i + 4 < row.Length && changes < MostChanges; i++)
        {
            if ((row[i].Name != "einsum" && row[i] is not { Kind: TokenKind.Member, Text: "einsum" }) || row[i + 1].Kind != TokenKind.OpenParenthesis || row[i + 2].Kind != TokenKind.Key || row[i + 3].Kind != TokenKind.Comma || Labels.Closing(row, i + 1) is not (> 0 and var close))
                continue;
            var start = i;
            while (start > 0 && row[i].Kind == TokenKind.Member && row[start - 1].Kind is TokenKind.Name or TokenKind.Member)
                start--;
            var arguments = ImmutableArray.Create(row, i + 4, close - i - 4);
            var comma = CommaIn(arguments);
            var (left, right) = comma < 0 ? (arguments, []) : (ImmutableArray.Create(arguments, 0, comma), ImmutableArray.Create(arguments, comma + 1, arguments.Length - comma - 1));
            var place = row[i].Span;
            Token Made(TokenKind kind, TextSpan? at = null) => new(kind, at ?? new TextSpan(place.End, 0));
            var (second, last) = (comma < 0 ? place : arguments[comma].Span, row[close].Span);
            ImmutableArray<Token> Group(ImmutableArray<Token> tokens, bool isSecond = false) =>
                [Made(TokenKind.OpenParenthesis, isSecond ? second : null), .. tokens, Made(TokenKind.CloseParenthesis, isSecond || comma < 0 ? last : second)];
            ImmutableArray<Token> Called(string function, ImmutableArray<Token> inside, bool isSecond = false) =>
                [new Token(TokenKind.Name, isSecond ? second : place, [.. function.Select(letter => new Glyph(letter.ToString(), isSecond ? second : place))], ""), .. Group(inside, isSecond)];
            ImmutableArray<Token>? written = (Canonical(row[i + 2].Text), comma >= 0) switch
            {
                ("a,a->" or "ab,ab->" or "abc,abc->", true) => [.. Called("dot", [.. left, Made(TokenKind.Comma, second), .. right]).SetItem(left.Length + right.Length + 3, Made(TokenKind.CloseParenthesis, last))],
                ("a,a->a" or "ab,ab->ab" or "abc,abc->abc", true) => [.. Group(left), new Token(TokenKind.Times, second, Token.Circle), .. Group(right, isSecond: true)],
                ("a->" or "ab->" or "abc->", false) => Called("sum", left),
                ("ab->a", false) => Called("rowsum", left),
                ("ab->b", false) => Called("colsum", left),
                ("ab->ba", false) => Called("transpose", left),
                ("aa->", false) => Called("trace", left),
                ("ab,bc->ac", true) => [.. Group(left), Made(TokenKind.MatrixTimes, second), .. Group(right, isSecond: true)],
                ("ab,cb->ac", true) => [.. Group(left), Made(TokenKind.MatrixTimes, second), .. Called("transpose", right, isSecond: true)],
                ("ab,ac->bc", true) => [.. Called("transpose", left), Made(TokenKind.MatrixTimes, second), .. Group(right, isSecond: true)],
                _ => null,
            };
            if (written is not { } tokens)
                continue;
            changes++;
            row = [.. row.Take(start), Made(TokenKind.OpenParenthesis, row[start].Span), .. tokens, Made(TokenKind.CloseParenthesis, last), .. row.Skip(close + 1)];
        }

        return row;
    }

    private static int CommaIn(ImmutableArray<Token> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth == 0 && tokens[i].Kind == TokenKind.Comma)
                return i;
        }

        return -1;
    }

    /// <summary>The indices under the first letters of the alphabet, in the order in which they occur.</summary>
    private static string Canonical(string indices)
    {
        var letters = new List<char>();
        return string.Concat(indices.Where(character => !char.IsWhiteSpace(character)).Select(character =>
        {
            if (!char.IsLetter(character))
                return character;
            if (!letters.Contains(character))
                letters.Add(character);
            return (char)('a' + letters.IndexOf(character));
        }));
    }
}
