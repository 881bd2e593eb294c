using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads rows without an assignment: they go on with the statement above, or are words.</summary>
internal sealed partial class Listing
{
    private void ReadWithoutAssignment(ImmutableArray<Token> part, bool isApart)
    {
        if (part.Length > 1 && part[0].Kind is TokenKind.Minus or TokenKind.Times or TokenKind.Plus && IsBullet(part))
        {
            Skip(part);
            return;
        }

        var previous = _statements.Count > 0 ? _statements[_statements.Count - 1] : [];
        var mustContinue = previous.Length > 0 && StatementSplitter.IsUnfinished(previous, part) && !(part[0].Kind is TokenKind.Or or TokenKind.And && (part.Length == 1 || part[1].Kind == TokenKind.Comma || _prose.StartsProse(part, 1)));
        if (!mustContinue && _prose.IsProse(part))
        {
            Skip(part);
            return;
        }

        var end = _prose.StartOfTail(part, -1);
        Skip(ImmutableArray.Create(part, end, part.Length - end));
        var formula = ImmutableArray.Create(part, 0, end);
        if (formula.Length == 0)
            return;
        if (!mustContinue && _index == _rows.Count - 1 && previous.Length > 0 && SplitByCommas(formula).All(_prose.IsEcho))
        {
            // What a program ends with is its result.
            Skip(formula);
            return;
        }

        if (!mustContinue && previous.Length > 0 && IsBehindWords && IsMention(formula))
        {
            // Words stand between: a sentence that goes over several lines speaks of a name.
            Skip(formula);
            return;
        }

        if (!mustContinue && (previous.Length == 0 || isApart || IsBehindWords || _prose.IsEcho(formula) || formula.Any(token => token.Kind == TokenKind.Equal)))
        {
            Add(formula);
            return;
        }

        _statements.RemoveAt(_statements.Count - 1);
        if (!mustContinue && !_prose.Names.IsLatex && !_rows[_index].IsIndented)
            RefuseFactor(previous, formula);
        Add(previous.AddRange(formula));
    }

    /// <summary>A name with what is written on it, or several, and nothing that computes.</summary>
    private static bool IsMention(ImmutableArray<Token> formula) => formula.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Comma or TokenKind.Gap or TokenKind.And
        || (token.Kind == TokenKind.Command && (LatexCommands.Typefaces.Contains(token.Text) || LatexCommands.Accents.ContainsKey(token.Text))));

    /// <summary>A line of plain text that no sign joins to the one above: text that is copied from a page loses the bars of its fractions.</summary>
    private void RefuseFactor(ImmutableArray<Token> statement, ImmutableArray<Token> row)
    {
        if (!_doubtful.Add(statement[0].Span.Start))
            return;
        var (place, shown) = (new TextSpan(row[0].Span.Start, 0), Cover(row));
        var isNumber = row.Length == 1 && row[0].Kind == TokenKind.Number;
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, shown,
            $"no sign joins this line to the one above, so that it can be a factor, or stand below a fraction bar that was lost in copying; write '·' or '/' before it, with brackets around what stands on either side{(isNumber ? ", or leave it out where it is the number of a page or an equation" : "")}",
            [new ReplaceFix("Write '·'", place, "· "), new ReplaceFix("Write '/'", place, "/ "), .. isNumber ? new[] { new ReplaceFix("Remove it", shown, "") } : []]);
    }

    /// <summary>Where the statements start of whose continuation it was said already that it is doubtful.</summary>
    private readonly HashSet<int> _doubtful = [];

    /// <summary><c>- β is the momentum</c>: an entry of a list, and no term of the statement before it, which words have ended or which says what one name is.</summary>
    private bool IsBullet(ImmutableArray<Token> row)
    {
        var end = _prose.StartOfTail(row, -1);
        var isName = end > 1 && row.Skip(1).Take(end - 1).Count(token => token.Kind == TokenKind.Name) <= 2 && row.Skip(1).Take(end - 1).All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Comma or TokenKind.Colon
            or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Command);
        var isProse = end < row.Length || Enumerable.Range(1, row.Length - 1).Any(i => _prose.StartsProse(row, i));
        if (_statements.Count == 0)
            return isProse || (row.Length == 2 && _prose.WordAt(row, 1).Length > 3);
        if (isProse && row[row.Length - 1].Kind == TokenKind.Colon || _prose.Explains(row))
            return true;
        return _lastAdded < _index - 1 ? isName || isProse : isName && end < row.Length && ListingWords.Tells(_prose.WordAt(row, end));
    }
}
