using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Braces of LaTeX that hold no argument print nothing, so that they are no brackets: <c>g {+ λw}</c> is a sum. Where print and source
/// would compute different values, as in <c>{a + b} c</c>, nobody can tell which was meant.
/// </summary>
internal static class PrintedBraces
{
    /// <param name="tokens">The tokens of a text in LaTeX.</param>
    /// <param name="text">Its characters.</param>
    /// <param name="errors">Receives what has two readings.</param>
    public static ImmutableArray<Token> Remove(ImmutableArray<Token> tokens, string text, ErrorSink errors)
    {
        HashSet<int>? removed = null;
        var opened = new Stack<int>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind == TokenKind.OpenBrace)
                opened.Push(i);
            if (tokens[i].Kind != TokenKind.CloseBrace || opened.Count == 0)
                continue;
            var open = opened.Pop();
            if (IsArgument(tokens, open) || SignsIn(tokens, open, i) is not var (isLed, adds))
                continue;
            var before = open > 0 && EndsFactor(tokens[open - 1].Kind);
            if (isLed && before)
            {
                removed ??= [];
                removed.Add(open);
                removed.Add(i);
                continue;
            }

            var isTight = before || (open > 0 && tokens[open - 1].Kind is TokenKind.Times or TokenKind.Divide or TokenKind.Minus or TokenKind.Root)
                || (i + 1 < tokens.Length && tokens[i + 1].Kind is TokenKind.Times or TokenKind.Divide or TokenKind.Caret or TokenKind.Name or TokenKind.Number or TokenKind.OpenParenthesis or TokenKind.OpenBrace or TokenKind.Command or TokenKind.Bar);
            if (adds && isTight)
                Report(tokens, open, i, text, errors);
        }

        return removed is null ? tokens : [.. tokens.Where((_, i) => !removed.Contains(i))];
    }

    private static void Report(ImmutableArray<Token> tokens, int open, int close, string text, ErrorSink errors)
    {
        var span = TextSpan.Cover(tokens[open].Span, tokens[close].Span);
        var inside = span.Length > 2 && span.End <= text.Length ? text.Substring(span.Start + 1, span.Length - 2).Trim() : "";
        errors.Report(
            FormulaErrorIds.AmbiguousProduct, span,
            $"braces print nothing, so that '{{{inside}}}' can be meant as brackets, or as it is printed, without; write which",
            new ReplaceFix($"Write brackets: ({inside})", span, $"({inside})"), new ReplaceFix($"Write none: {inside}", span, inside));
    }

    /// <summary>True where braces hold what a command, a script or a function is taken of, or statements.</summary>
    private static bool IsArgument(ImmutableArray<Token> tokens, int open)
    {
        if (open == 0)
            return false;
        var before = tokens[open - 1];
        if (before.Kind is TokenKind.Command or TokenKind.Caret or TokenKind.Underscore or TokenKind.Keyword or TokenKind.Partial or TokenKind.Nabla || (before.Kind == TokenKind.Name && Functions.Find(before.Name) is not null))
            return true;
        if (before.Kind is not (TokenKind.CloseBrace or TokenKind.CloseBracket))
            return false;
        var depth = 0;
        for (var i = open - 1; i > 0; i--)
        {
            depth -= BracketDepth.Of(tokens[i].Kind);
            if (depth != 0)
                continue;
            return tokens[i - 1].Kind == TokenKind.Command && (tokens[i - 1].Text == LatexCommands.SquareRoot || LatexCommands.Fractions.Contains(tokens[i - 1].Text)
                || Functions.Find(string.Concat(tokens.Skip(i).Take(open - i).Select(token => token.Name))) is not null);
        }

        return false;
    }

    /// <summary>Whether braces begin with a sign, and whether they hold a sum; null where they hold anything but a part of a formula.</summary>
    private static (bool IsLed, bool Adds)? SignsIn(ImmutableArray<Token> tokens, int open, int close)
    {
        var (depth, isLed, adds, isFirst) = (0, false, false, true);
        for (var i = open + 1; i < close; i++)
        {
            var kind = tokens[i].Kind;
            if (kind is TokenKind.NewLine or TokenKind.Keyword or TokenKind.Prose or TokenKind.CasesOpen || StatementSplitter.IsAssignment(kind))
                return null;
            if (kind == TokenKind.Gap)
                continue;
            if (depth == 0 && kind is TokenKind.Plus or TokenKind.Minus)
                (isLed, adds) = (isLed || isFirst, adds || !isFirst);
            depth += BracketDepth.Of(kind);
            isFirst = false;
        }

        return isFirst ? null : (isLed, adds);
    }

    private static bool EndsFactor(TokenKind kind) => kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Bar or TokenKind.DoubleBar;
}
