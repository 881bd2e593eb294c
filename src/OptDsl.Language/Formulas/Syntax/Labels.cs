using System.Collections.Immutable;
using System.Text;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// What papers write on a name to tell it from others: <c>w^{max}</c>, <c>α^*</c>, <c>θ^{(i)}</c>, <c>E[g²]</c>. A label is a part
/// of the name in one form, whatever the notation.
/// </summary>
internal static class Labels
{
    private const int Longest = 40;

    /// <summary>The label above a name, and where it ends; null where the tokens from the caret on are none.</summary>
    public static (string Text, int End)? Above(ImmutableArray<Token> tokens, int caret)
    {
        var start = caret + 1;
        if (start >= tokens.Length)
            return null;
        var end = tokens[start].Kind switch
        {
            TokenKind.OpenBrace => Closing(tokens, start) + 1,
            TokenKind.Command => start + 1 < tokens.Length && tokens[start + 1].Kind == TokenKind.OpenBrace ? Closing(tokens, start + 1) + 1 : start + 2,
            TokenKind.Name or TokenKind.Number or TokenKind.Times or TokenKind.Plus or TokenKind.Minus => start + 1,
            _ => 0,
        };
        return end > start && end <= tokens.Length && Text(tokens, start, end) is { Length: > 0 } text ? ("^" + text, end) : null;
    }

    /// <summary>The label in square brackets behind a name.</summary>
    public static (string Text, int End)? InBrackets(ImmutableArray<Token> tokens, int open, string step)
    {
        var close = Closing(tokens, open);
        if (close < 0 || close == open + 1)
            return null;
        return Text(tokens, open + 1, close, step) is { Length: > 0 } text ? ($"[{text}]", close + 1) : null;
    }

    /// <summary>The bracket that closes the one at an index, or a negative number.</summary>
    public static int Closing(ImmutableArray<Token> tokens, int open) => Closing(tokens, open, Longest);

    /// <summary>The bracket that closes the one at an index, at most so many tokens behind it, or a negative number.</summary>
    public static int Closing(ImmutableArray<Token> tokens, int open, int longest)
    {
        var depth = 0;
        for (var i = open; i < tokens.Length && i <= open + longest; i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth == 0)
                return i;
        }

        return -2;
    }

    /// <summary>The tokens without layout; the step below a name in them is left out too.</summary>
    private static string? Text(ImmutableArray<Token> tokens, int start, int end, string step = "")
    {
        var text = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            switch (tokens[i].Kind)
            {
                case TokenKind.Name:
                    text.Append(tokens[i].Name);
                    break;
                case TokenKind.Number:
                    text.Append(tokens[i].Text);
                    break;
                case TokenKind.Underscore when step != "" && TimeBelow(tokens, i, step) is { } behind:
                    i = behind - 1;
                    break;
                case TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Underscore:
                    break;
                case TokenKind.Command when LatexCommands.Accents.TryGetValue(tokens[i].Text, out var mark):
                    text.Append(mark);
                    break;
                case TokenKind.Command when LatexCommands.Typefaces.Contains(tokens[i].Text):
                    break;
                case TokenKind.Times:
                    text.Append('*');
                    break;
                case TokenKind.Caret or TokenKind.Plus or TokenKind.Minus or TokenKind.Nabla or TokenKind.Infinity or TokenKind.Comma
                    or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Bar:
                    text.Append(TokenText.Of(tokens[i].Kind));
                    break;
                default:
                    return null;
            }
        }

        return text.ToString();
    }

    /// <summary>Behind the subscript <c>_t</c> or <c>_{t-1}</c>, or null where it is another.</summary>
    private static int? TimeBelow(ImmutableArray<Token> tokens, int underscore, string step)
    {
        if (underscore + 1 >= tokens.Length)
            return null;
        if (tokens[underscore + 1].Kind == TokenKind.Name)
            return tokens[underscore + 1].Name == step ? underscore + 2 : null;
        if (tokens[underscore + 1].Kind != TokenKind.OpenBrace || underscore + 2 >= tokens.Length || tokens[underscore + 2].Name != step)
            return null;
        return Closing(tokens, underscore + 1) is > 0 and var close ? close + 1 : null;
    }
}
