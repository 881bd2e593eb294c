using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Finds the statements in a text as it is pasted: a listing of an algorithm, or formulas with words around them. What is no formula is
/// left out and noted; whatever could be one is kept, so that nothing is lost without a word.
/// </summary>
internal sealed partial class Listing
{
    private readonly Prose _prose;
    private readonly ErrorSink _errors;
    private readonly Settings _settings;
    private readonly List<ImmutableArray<Token>> _statements = [];
    private readonly List<TextSpan> _skipped = [];
    private readonly HashSet<int> _explains = [];
    private readonly HashSet<string> _objectives = [];
    private readonly bool _isChosen;
    private IReadOnlyList<Row> _rows = [];
    private Func<Token, int> _columnOf = _ => 0;
    private int _index;
    private int? _lastStart;
    private bool? _setsStep;
    private bool _isBelowHeading;

    /// <summary>The row of which something was last added to the statements.</summary>
    private int _lastAdded = -1;

    /// <summary>The row whose last statement words end.</summary>
    private int _endedInWords = -1;

    /// <summary>True where words stand between the last statement and the row that is read.</summary>
    private bool IsBehindWords => _lastAdded < _index - 1 || (_lastAdded < _index && _endedInWords == _lastAdded);

    private Listing(Vocabulary names, bool isChosen, Func<ImmutableArray<Token>, int, int> targetStart, ErrorSink errors)
    {
        _prose = new Prose(names, targetStart);
        _settings = new Settings(names);
        _isChosen = isChosen;
        _errors = errors;
    }

    /// <summary>The tokens of each statement, where those start that a sentence explains behind their use, and the places of what was left out.</summary>
    /// <param name="rows">The rows of the text.</param>
    /// <param name="names">What names are known.</param>
    /// <param name="isChosen">True inside a choice, where no line can be about the start.</param>
    /// <param name="isBeforeLoop">True where the loop over the steps follows.</param>
    /// <param name="columnOf">How far to the right a token stands.</param>
    /// <param name="targetStart">Where the name starts that tokens assign, given those tokens and the index of the assignment; negative for nowhere.</param>
    /// <param name="errors">Receives what must not be left out and cannot be read.</param>
    public static (ImmutableArray<ImmutableArray<Token>> Statements, HashSet<int> Explains, ImmutableArray<TextSpan> Skipped) Read(
        IReadOnlyList<Row> rows, Vocabulary names, bool isChosen, bool isBeforeLoop, Func<Token, int> columnOf, Func<ImmutableArray<Token>, int, int> targetStart, ErrorSink errors)
    {
        var listing = new Listing(names, isChosen, targetStart, errors) { _columnOf = columnOf, _rows = rows, _lastStart = isBeforeLoop ? rows.Count : null };
        listing._objectives.UnionWith(Objectives.In(rows, names));
        listing.FindOthers();
        for (listing._index = 0; listing._index < rows.Count; listing._index++)
            listing.ReadRow(rows[listing._index].Tokens, rows[listing._index].IsApart);
        if (!isChosen)
            listing.RefuseAlternatives();
        return ([.. listing._statements], listing._explains, [.. listing._skipped.Where(span => span.Length > 0).OrderBy(span => span.Start)]);
    }

    private void ReadRow(ImmutableArray<Token> row, bool isApart)
    {
        row = _prose.WithoutNumber(row);
        if (row.Length == 0)
            return;
        var word = _prose.WordAt(row, 0);
        var isHeading = ListingWords.IsHeading(word) && !_prose.Computes(row);
        if (_isBelowHeading && IsList(row))
        {
            Skip(row);
            return;
        }

        _isBelowHeading = isHeading;
        if (ListingWords.Returns(word) && ReturnedParameter(row) is { } returned)
        {
            Add(returned);
            return;
        }

        if (ProgramRows.IsScaffolding(row, word, _prose.Names))
            Skip(row);
        else if (ListingWords.IsLoop(word))
            ReadLoop(row, word, isApart);
        else if (isHeading)
            Skip(row);
        else if (ListingWords.IsBeginning(word))
            ReadBeginning(row);
        else
            ReadParts(row, isApart);
    }

    /// <summary>A row below "input" that goes on with what is given: names, and what they are.</summary>
    private static bool IsList(ImmutableArray<Token> row) => row.All(token => token.Kind is TokenKind.Name or TokenKind.Comma or TokenKind.Prose or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Gap
        or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Number or TokenKind.Colon
        || (token.Kind == TokenKind.Command && LatexCommands.Typefaces.Contains(token.Text)));

    /// <summary><c>&lt;-</c> assigns where nothing else on the row does.</summary>
    public static ImmutableArray<Token> Arrows(ImmutableArray<Token> row)
    {
        if (row.Any(token => StatementSplitter.IsAssignment(token.Kind)))
            return row;
        for (var i = 1; i + 1 < row.Length; i++)
        {
            // w → w - ηg, where nothing but the name stands before.
            if (row[i] is { Kind: TokenKind.Prose, Text: "→" or "⇒" } && i + 2 < row.Length && row.Take(i).All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Command or TokenKind.Number)
                && row.Take(i).Count(token => token.Kind == TokenKind.Name) <= 2)
            {
                return row.SetItem(i, new Token(TokenKind.Assign, row[i].Span));
            }

            if (row[i].Kind == TokenKind.Less && row[i + 1].Kind == TokenKind.Minus && row[i].Span.End == row[i + 1].Span.Start)
                return row.RemoveAt(i + 1).SetItem(i, new Token(TokenKind.Assign, TextSpan.Cover(row[i].Span, row[i + 1].Span)));
            if (row[i].Kind == TokenKind.Question)
                return row;
        }

        return row;
    }

    /// <summary><c>Initialize m = 0</c>: the values before the first step are the declaration's.</summary>
    private void ReadBeginning(ImmutableArray<Token> row)
    {
        foreach (var part in StatementSplitter.Parts(row, _prose.StartsProse))
        {
            if (StatementSplitter.AssignmentIn(part) is >= 0 and var assignment)
                CheckInitial(ImmutableArray.Create(part, 0, _prose.StartOfTail(part, assignment)), assignment);
        }

        Skip(row);
    }

    private void ReadParts(ImmutableArray<Token> row, bool isApart)
    {
        var explains = false;
        foreach (var part in StatementSplitter.Parts(row, _prose.StartsProse))
        {
            explains |= ListingWords.Explains(_prose.WordAt(part, 0));
            ReadPart(part, isApart, explains);
            isApart = false;
        }
    }

    private void ReadPart(ImmutableArray<Token> part, bool isApart, bool explains)
    {
        var assignment = StatementSplitter.AssignmentIn(part);
        if (assignment < 0 && Parser.ChangesInPlace(part))
        {
            Add(part);
            return;
        }

        if (assignment >= 0 && _prose.NameBefore(part, assignment) is { } objective && _objectives.Contains(objective))
        {
            Skip(part);
            return;
        }

        if (assignment < 0)
        {
            ReadWithoutAssignment(part, isApart);
            return;
        }

        if (assignment == 0 && !isApart && _statements.Count > 0)
        {
            // "= …" goes on with the chain of the row before.
            var before = _statements[_statements.Count - 1];
            _statements.RemoveAt(_statements.Count - 1);
            if (!ReadChain(before.AddRange(part), isApart, explains))
                Add(before.AddRange(part));
            return;
        }

        if (IsGiven(part, assignment))
        {
            Skip(part);
            return;
        }

        if (ReadTuple(part, assignment, isApart, explains) || ReadNames(part, isApart, explains))
            return;

        var start = _prose.EndOfLead(part, assignment);
        var end = _prose.StartOfTail(part, assignment);
        Skip(ImmutableArray.Create(part, 0, start));
        Skip(ImmutableArray.Create(part, end, part.Length - end));
        if (end < part.Length)
            _endedInWords = _index;
        var statement = ImmutableArray.Create(part, start, end - start);
        assignment -= start;
        var isSaid = start > 0 || end < part.Length;
        if (_prose.NameBefore(statement, assignment) is { } summed)
        {
            var grown = PastSums.Write(statement, assignment, summed, _prose.Names);
            explains |= grown != statement;
            statement = grown;
        }

        switch (_isChosen ? Setting.None : _settings.Of(statement, assignment, _prose.NameBefore(statement, assignment), isSaid ? Context.Sentence : Context.Formulas))
        {
            case Setting.Starts when !IsAboutStart():
                var zero = Cover(statement);
                _errors.Report(
                    FormulaErrorIds.AmbiguousProduct, zero,
                    $"this can mean that {_prose.NameBefore(statement, assignment)} is so before the first step, which its declaration says already, or that it begins anew in every step; leave the line out for the first, and for the second give it another name, which no state has",
                    new ReplaceFix("Remove the line", zero, ""));
                Skip(statement);
                break;
            case Setting.Starts:
            case Setting.Agrees:
                Skip(statement);
                break;
            case Setting.Differs when IsSupposed(part, start):
                Skip(statement);
                break;
            case Setting.Differs when _settings.Remedy is { } remedy:
                Report(statement, remedy);
                break;
            default:
                Add(statement);
                if (explains)
                    _explains.Add(statement[0].Span.Start);
                break;
        }
    }

    /// <summary>"When β = 0, we recover …": a sentence that supposes a value says nothing of the declared one.</summary>
    private bool IsSupposed(ImmutableArray<Token> part, int start) =>
        Enumerable.Range(0, start).Any(i => _prose.WordAt(part, i).ToLowerInvariant() is "when" or "if" or "for" or "suppose" or "taking" or "choosing" or "case" or "recovers" or "setting");

    /// <summary>True where the text shows that the row stands before its loop: one follows, the step is set or counted, or the row is set apart or says so.</summary>
    private bool IsAboutStart()
    {
        _lastStart ??= Enumerable.Range(0, _rows.Count)
            .Where(index => _rows[index].IsBelowEmptyLine || ListingWords.IsLoop(_prose.WordAt(_prose.WithoutNumber(_rows[index].Tokens), 0))).DefaultIfEmpty(-1).Max();
        _setsStep ??= _rows.Any(row => StatementSplitter.AssignmentIn(row.Tokens) is > 0 and var assignment && _prose.Names.Step != "" && _prose.NameBefore(row.Tokens, assignment) == _prose.Names.Step);
        return _rows[_index].IsSaidOfStart || _index < _lastStart || _setsStep.Value;
    }

    private void CheckInitial(ImmutableArray<Token> part, int assignment)
    {
        if (_settings.Of(part, assignment, _prose.NameBefore(part, assignment), Context.Beginning) == Setting.Differs && _settings.Remedy is { } remedy)
            Report(part, remedy);
    }

    private void Report(ImmutableArray<Token> part, string remedy)
    {
        _errors.Syntax(Cover(part), remedy);
        Skip(part);
    }

    private void Add(ImmutableArray<Token> statement)
    {
        _statements.Add(statement);
        _lastAdded = _index;
    }

    private void Skip(ImmutableArray<Token> tokens)
    {
        if (tokens.Length > 0)
            _skipped.Add(Cover(tokens));
    }

    private static TextSpan Cover(ImmutableArray<Token> tokens) => TextSpan.Cover(tokens[0].Span, tokens[tokens.Length - 1].Span);
}
