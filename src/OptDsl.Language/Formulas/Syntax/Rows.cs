using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>A line of the text; inside brackets the end of a line is white space.</summary>
/// <param name="Tokens">What stands on it, at least one token.</param>
/// <param name="IsApart">True where nothing is above it, or an empty line, or a semicolon ends what is before it.</param>
internal sealed record Row(ImmutableArray<Token> Tokens, bool IsApart)
{
    /// <summary>True where an empty line is above it.</summary>
    public bool IsBelowEmptyLine { get; init; }

    /// <summary>True where blanks stand before it on its line.</summary>
    public bool IsIndented { get; init; }

    /// <summary>True where a comment behind it says that it is about the start.</summary>
    public bool IsSaidOfStart { get; init; }
}

/// <summary>Cuts tokens into rows.</summary>
internal static class Rows
{
    public static IEnumerable<Row> Split(string text, ImmutableArray<Token> tokens)
    {
        var row = ImmutableArray.CreateBuilder<Token>();
        var (depth, end, isClosed) = (0, 0, true);
        var starts = new Starts(text);
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.Kind is not (TokenKind.NewLine or TokenKind.End))
            {
                depth += BracketDepth.Of(token.Kind);
                row.Add(token);
                continue;
            }

            if (token.Kind == TokenKind.NewLine && depth > 0 && !AssignsOnNextLine(tokens, i + 1))
            {
                if (token.Text == ";")
                    row.Add(new Token(TokenKind.Comma, token.Span));
                continue;
            }

            depth = 0;
            if (row.Count == 0)
                continue;
            var isBelow = end > 0 && HasEmptyLine(text, end, row[0].Span.Start);
            yield return new Row(row.ToImmutable(), isClosed || isBelow) { IsBelowEmptyLine = isBelow, IsIndented = row[0].Span.Start > 0 && row[0].Span.Start <= text.Length && text[row[0].Span.Start - 1] is ' ' or '\t', IsSaidOfStart = starts.AreSaidBehind(row[row.Count - 1].Span.End) };
            isClosed = token.Text == ";";
            end = row[row.Count - 1].Span.End;
            row.Clear();
        }
    }

    /// <summary>No bracket spans two assignments: where the next line has one, a closing bracket was forgotten.</summary>
    private static bool AssignsOnNextLine(ImmutableArray<Token> tokens, int start)
    {
        var depth = 0;
        for (var i = start; i < tokens.Length && tokens[i].Kind is not (TokenKind.NewLine or TokenKind.End); i++)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth < 0)
                return false;
            if (depth == 0 && StatementSplitter.IsAssignment(tokens[i].Kind) && !IsLabel(tokens, i))
                return true;
        }

        return false;
    }

    /// <summary>The name of an argument, <c>alpha=</c>, behind a comma or at the start of its line.</summary>
    private static bool IsLabel(ImmutableArray<Token> tokens, int assignment) =>
        tokens[assignment].Kind == TokenKind.Assign && assignment >= 2 && tokens[assignment - 1].Name is "alpha" or "value" or "weight" or "out" or "min" or "max" or "dim" or "dtype" or "axis"
        && (tokens[assignment - 2].Kind == TokenKind.Comma || (tokens[assignment - 2].Kind == TokenKind.NewLine && assignment >= 3 && tokens[assignment - 3].Kind is TokenKind.Comma or TokenKind.OpenParenthesis));

    /// <summary>Where a text speaks of the start; several rows may stand on a line, of which the end is looked for once.</summary>
    private sealed class Starts(string text)
    {
        private int _lineEnd = -1;
        private int _next = -1;

        /// <summary>True where the rest of a line behind a row speaks of it.</summary>
        public bool AreSaidBehind(int end)
        {
            if (end > _lineEnd || _next < 0)
            {
                for (_lineEnd = end; _lineEnd < text.Length && !LineEnds.IsLineEnd(text[_lineEnd]);)
                    _lineEnd++;
                _next = end;
            }

            if (_next <= end)
                _next = text.IndexOf("init", end, _lineEnd - end, StringComparison.OrdinalIgnoreCase) is >= 0 and var place ? place : int.MaxValue;
            return _next < int.MaxValue;
        }
    }

    private static bool HasEmptyLine(string text, int start, int end)
    {
        var lineEnds = 0;
        for (var i = start; i < end && i < text.Length; i++)
        {
            if (text[i] == '\n')
                lineEnds++;
            else if (!char.IsWhiteSpace(text[i]))
                lineEnds = 0;
            if (lineEnds > 1)
                return true;
        }

        return false;
    }
}
