using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Finds the words of a choice, <c>if</c>, <c>then</c>, <c>else</c> and their like, plain or set as text: <c>\textbf{else if}</c>,
/// <c>\text{otherwise}</c>, <c>\ElsIf</c>.
/// </summary>
internal static class Keywords
{
    public const string If = "if";
    public const string ElseIf = "elif";
    public const string Else = "else";
    public const string Then = "then";
    public const string End = "end if";
    public const string Repeat = "repeat";

    /// <summary>What a keyword of a condition in braces ends with: <c>\If{…}</c>.</summary>
    public const string Braced = "{";

    /// <summary>A program's loop over a range, which repeats what it says where no parameter is stepped in it.</summary>
    public const string RepeatRange = "for range";

    private static readonly Dictionary<string, string> Words = new Dictionary<string, string>
    {
        ["if"] = If,
        ["else"] = Else,
        ["otherwise"] = Else,
        ["elif"] = ElseIf,
        ["elseif"] = ElseIf,
        ["elsif"] = ElseIf,
        ["else if"] = ElseIf,
        ["then"] = Then,
        ["endif"] = End,
        ["end if"] = End,
        ["fi"] = End,
        ["end repeat"] = End,
    };

    /// <summary>True for a word that begins, goes on with or ends a choice or a repetition.</summary>
    public static bool IsWord(string word) => Words.ContainsKey(word) || word == Repeat;

    /// <summary>Words that stand for "if" among cases.</summary>
    private static readonly HashSet<string> Introductions = ["for", "when", "where"];

    private static readonly Dictionary<string, string> Commands = new Dictionary<string, string>
    {
        ["if"] = If + Braced,
        ["uif"] = If + Braced,
        ["lif"] = If + Braced,
        ["eif"] = If + Braced,
        ["elsif"] = ElseIf + Braced,
        ["elseif"] = ElseIf + Braced,
        ["uelseif"] = ElseIf + Braced,
        ["else"] = Else,
        ["uelse"] = Else,
        ["endif"] = End,
    };

    /// <summary>The keyword that a command of algorithm listings is, or null. Its capitals tell it from TeX's own conditionals.</summary>
    public static string? OfCommand(string name) =>
        name.Any(char.IsUpper) && Commands.TryGetValue(name.ToLowerInvariant(), out var keyword) ? keyword : null;

    /// <summary>The tokens, those of each keyword made one.</summary>
    public static ImmutableArray<Token> Mark(ImmutableArray<Token> tokens)
    {
        if (!tokens.Any(token => token.Kind is TokenKind.Prose || token.Kind is TokenKind.Name && (Words.ContainsKey(token.Name) || token.Name is Repeat or "for") || token.Kind is TokenKind.CasesOpen || token.Name is "end"))
            return tokens;
        var marked = ImmutableArray.CreateBuilder<Token>(tokens.Length);
        var cases = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            cases += tokens[i].Kind == TokenKind.CasesOpen ? 1 : tokens[i].Kind == TokenKind.CasesClose ? -1 : 0;
            if (tokens[i].Kind == TokenKind.Command && tokens[i].Text != "operatorname" && LatexCommands.Typefaces.Contains(tokens[i].Text) && InText(tokens, i, cases > 0) is var (keyword, others, last))
            {
                marked.Add(new Token(TokenKind.Keyword, TextSpan.Cover(tokens[i].Span, tokens[others.Length == 0 ? last : i].Span), keyword));
                marked.AddRange(others);
                i = last;
            }
            else if (tokens[i].Kind == TokenKind.Prose && Words.TryGetValue(tokens[i].Text.Trim(' ', ':', '.', ',').ToLowerInvariant(), out var said))
            {
                marked.Add(new Token(TokenKind.Keyword, tokens[i].Span, said));
            }
            else if (Range(tokens, i) is > 0 and var bracket)
            {
                marked.Add(new Token(TokenKind.Keyword, TextSpan.Cover(tokens[i].Span, tokens[bracket].Span), RepeatRange));
                var open = i;
                while (tokens[open].Kind != TokenKind.OpenParenthesis)
                    open++;
                marked.AddRange(ImmutableArray.Create(tokens, open + 1, bracket - open - 1));
                i = bracket;
            }
            else if (Plain(tokens, i, cases > 0 && i > 0 && tokens[i - 1].Kind is TokenKind.Ampersand or TokenKind.Comma) is var (word, end)
                && !(word == Then && IsOfSentence(marked)))
            {
                marked.Add(new Token(TokenKind.Keyword, TextSpan.Cover(tokens[i].Span, tokens[end].Span), word));
                i = end;
            }
            else
            {
                marked.Add(tokens[i]);
            }
        }

        return marked.ToImmutable();
    }

    /// <summary>True where "then" can only be a word among others: nothing asks "if" before it.</summary>
    private static bool IsOfSentence(ImmutableArray<Token>.Builder before) =>
        before.Count > 0 && !before.Any(token => token.Kind == TokenKind.Keyword);

    /// <summary>True for a text that goes on behind a word of a choice, as <c>\text{if $x > 0$}</c>; how long the word is.</summary>
    public static int LengthAt(string text)
    {
        var length = text.TakeWhile(char.IsLetter).Count();
        var word = text.Substring(0, length);
        return length < text.Length && (Words.ContainsKey(word) || Introductions.Contains(word)) ? length : 0;
    }

    /// <summary>Where the bracket of <c>for _ in range(5):</c> or <c>range(steps)</c> closes; 0 where no such loop begins.</summary>
    private static int Range(ImmutableArray<Token> tokens, int index)
    {
        if (tokens[index].Name != "for" || (index > 0 && tokens[index - 1].Kind != TokenKind.NewLine))
            return 0;
        var range = index + 1;
        while (range < tokens.Length && range < index + 4 && tokens[range].Name != "range")
            range++;
        if (range + 4 >= tokens.Length || tokens[range].Name != "range" || tokens[range - 1].Name != "in" || tokens[range + 1].Kind != TokenKind.OpenParenthesis)
            return 0;
        var close = range + 2;
        while (close < tokens.Length && IsOfCount(tokens[close].Kind))
            close++;
        return close > range + 2 && close + 1 < tokens.Length && tokens[close].Kind == TokenKind.CloseParenthesis && tokens[close + 1].Kind == TokenKind.Colon ? close : 0;
    }

    /// <summary>True for what a number or a name consists of, with what programs write before it: <c>group['steps']</c>.</summary>
    private static bool IsOfCount(TokenKind kind) => kind is TokenKind.Number or TokenKind.Name or TokenKind.Underscore or TokenKind.Member or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Key;

    /// <summary>True behind <c>repeat</c> where a number follows, or a name up to a colon or the word "times".</summary>
    private static bool SaysHowOften(ImmutableArray<Token> tokens, int index)
    {
        while (index < tokens.Length && tokens[index].Kind is TokenKind.CloseBrace or TokenKind.Gap)
            index++;
        if (index >= tokens.Length || tokens[index].Kind == TokenKind.Number)
            return index < tokens.Length;
        var start = index;
        while (index < tokens.Length && (IsOfCount(tokens[index].Kind) || tokens[index].Kind is TokenKind.Command or TokenKind.OpenBrace or TokenKind.CloseBrace) && tokens[index].Name != "times")
            index++;
        return index > start && index < tokens.Length && (tokens[index].Kind == TokenKind.Colon || tokens[index].Name == "times");
    }

    /// <summary>A word, or two of them, as they stand; what is assigned to is a name all the same.</summary>
    private static (string Keyword, int Last)? Plain(ImmutableArray<Token> tokens, int index, bool isCase)
    {
        if (tokens[index].Kind != TokenKind.Name)
            return null;
        var name = tokens[index].Name;
        var next = index + 1 < tokens.Length ? tokens[index + 1] : null;
        if (next?.Kind == TokenKind.Name && Words.TryGetValue($"{name} {next.Name}", out var both))
            return (both, index + 1);
        if (next is not null && StatementSplitter.IsAssignment(next.Kind))
            return null;
        if (name == Repeat && SaysHowOften(tokens, index + 1))
            return (Repeat, index);
        if (name == "end" && (index == 0 || tokens[index - 1].Kind == TokenKind.NewLine) && next?.Kind is null or TokenKind.NewLine or TokenKind.End)
            return (End, index);
        if (isCase && Introductions.Contains(name))
            return (If, index);
        return Words.TryGetValue(name, out var keyword) ? (keyword, index) : null;
    }

    /// <summary>The argument of a typeface command that begins with a keyword; what stands behind it there belongs to the formula.</summary>
    private static (string Keyword, ImmutableArray<Token> Others, int Last)? InText(ImmutableArray<Token> tokens, int command, bool isCase)
    {
        if (command + 2 >= tokens.Length || tokens[command + 1].Kind != TokenKind.OpenBrace)
            return null;
        var first = command + 2;
        while (first < tokens.Length && tokens[first].Kind is TokenKind.Comma)
            first++;
        if (first >= tokens.Length || Plain(tokens, first, isCase) is not var (keyword, last))
            return null;
        var depth = 1;
        for (var i = last + 1; i < tokens.Length && tokens[i].Kind != TokenKind.NewLine; i++)
        {
            depth += tokens[i].Kind == TokenKind.OpenBrace ? 1 : tokens[i].Kind == TokenKind.CloseBrace ? -1 : 0;
            if (depth == 0)
                return (keyword, [.. ImmutableArray.Create(tokens, last + 1, i - last - 1).Where(token => token.Kind is not (TokenKind.Colon or TokenKind.Comma))], i);
        }

        return null;
    }
}
