using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the reader of blocks that reads choices: a condition, and what belongs to each side.</summary>
internal sealed partial class BlockReader
{
    private ChoiceBlock ReadChoice(double indentation)
    {
        var keyword = Current.Span;
        var isBraced = Current.Text.EndsWith(Keywords.Braced, StringComparison.Ordinal);
        _position++;
        var condition = ReadCondition(isBraced);
        if (_nesting == MaximumNesting)
        {
            _errors.Syntax(keyword, "choices are nested too deeply; compute a condition first, as in 'c = a and b', and choose by it");
            _position = _tokens.Length - 1;
            return new ChoiceBlock(TextSpan.Cover(keyword, Previous), keyword, condition, [], []);
        }

        _nesting++;
        var whenTrue = ReadBody(keyword, indentation);
        var whenFalse = ReadOtherwise(indentation);
        _nesting--;
        return new ChoiceBlock(TextSpan.Cover(keyword, Previous), keyword, condition, whenTrue, whenFalse);
    }

    /// <summary>The tokens up to <c>then</c>, a colon, a brace with statements or the end of the line; a single <c>=</c> compares there.</summary>
    private ImmutableArray<Token> ReadCondition(bool isBraced)
    {
        var condition = ImmutableArray.CreateBuilder<Token>();
        if (isBraced && Current.Kind == TokenKind.OpenBrace)
        {
            var close = ClosingBrace(_position);
            for (_position++; _position < close; _position++)
                Add();
            if (Current.Kind == TokenKind.CloseBrace)
                _position++;
        }
        else
        {
            var (depth, questions) = (0, 0);
            for (; Current.Kind != TokenKind.End; _position++)
            {
                if (depth == 0 && (Current.Kind is TokenKind.NewLine or TokenKind.Keyword || (condition.Count > 1 && Current.Name is "return" or "continue" or "break") || (Current.Kind == TokenKind.Colon && questions == 0) || OpensBlock()))
                    break;
                if (depth == 0)
                    questions += Current.Kind == TokenKind.Question ? 1 : Current.Kind == TokenKind.Colon ? -1 : 0;
                depth = Math.Max(0, depth + BracketDepth.Of(Current.Kind));
                if (Current.Kind == TokenKind.NewLine && StartsWithKeyword(_position))
                    break;
                if (Current.Kind != TokenKind.NewLine)
                    Add();
            }
        }

        while (condition.Count > 0 && condition[condition.Count - 1].Kind == TokenKind.Comma)
            condition.RemoveAt(condition.Count - 1);
        if (IsKeyword(Keywords.Then))
            _position++;
        if (Current.Kind == TokenKind.Colon)
            _position++;
        return condition.ToImmutable();

        void Add()
        {
            if (Current.Kind is not (TokenKind.Gap or TokenKind.Prose))
                condition.Add(Current.Kind == TokenKind.Assign ? Current with { Kind = TokenKind.Equal } : Current);
        }
    }

    private ImmutableArray<Block> ReadBody(TextSpan keyword, double indentation, bool isLast = false)
    {
        var start = _position;
        while (Current.Kind == TokenKind.NewLine)
            _position++;
        if (OpensBlock())
            return ReadBraces();
        if (start == _position)
            return Current.Kind == TokenKind.End ? Empty(keyword) : ReadBlocks(Ending.Line, indentation);
        if (_hasEnds)
            return ReadBlocks(Ending.Word, indentation) is { Length: > 0 } closed ? closed : Empty(keyword);
        if (_indentation.Of(_position) > indentation && Current.Kind != TokenKind.End)
            return ReadBlocks(Ending.Indentation, indentation);
        if (IsFlat(isLast))
            return ReadBlocks(Ending.Word, indentation);
        _position = start;
        return Empty(keyword);
    }

    /// <summary>
    /// True where lines that a page does not indent can only belong here: up to an "else", which comes before any other word of a choice, or
    /// behind one, where a single line that assigns is left.
    /// </summary>
    private bool IsFlat(bool isLast)
    {
        var next = _position;
        var assignments = 0;
        for (; next < _tokens.Length && _tokens[next].Kind is not (TokenKind.Keyword or TokenKind.End); next++)
            assignments += StatementSplitter.IsAssignment(_tokens[next].Kind) ? 1 : 0;
        if (next == _tokens.Length || assignments == 0)
            return false;
        return _tokens[next].Kind == TokenKind.Keyword ? _tokens[next].Text is Keywords.Else or Keywords.ElseIf && next > 0 && _tokens[next - 1].Kind == TokenKind.NewLine : isLast && assignments == 1;
    }

    /// <summary><c>repeat 5:</c>, <c>repeat 5 times</c>, and what is repeated.</summary>
    private RepeatBlock ReadRepeat(double indentation)
    {
        var keyword = Current.Span;
        var isLoop = IsKeyword(Keywords.RepeatRange);
        for (_position++; Current.Kind == TokenKind.Gap; _position++)
        {
        }

        var number = Current;
        var (count, times) = (1.0, ImmutableArray.CreateBuilder<Token>());
        if (number.Kind == TokenKind.Number)
        {
            count = double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (!isLoop && (count is < 1 or > RepeatSyntax.MostTimes || count != Math.Floor(count)))
                _errors.Syntax(number.Span, $"what is repeated is written out so many times; the number is a whole one from 1 to {RepeatSyntax.MostTimes}");
            _position++;
        }
        else
        {
            for (; Current.Kind is not (TokenKind.Colon or TokenKind.NewLine or TokenKind.End) && !IsTimes(_position); _position++)
                times.Add(Current);
        }

        while (Current.Kind is TokenKind.Colon or TokenKind.Gap || IsTimes(_position) || IsTimesInText())
            _position += IsTimesInText() ? 4 : 1;

        if (_nesting == MaximumNesting)
        {
            _errors.Syntax(keyword, "this is nested too deeply; give a part of it a place of its own");
            _position = _tokens.Length - 1;
            return new RepeatBlock(TextSpan.Cover(keyword, Previous), 1, []);
        }

        _nesting++;
        var body = ReadBody(keyword, indentation);
        _nesting--;
        var end = _position;
        SkipLineEnds();
        if (IsKeyword(Keywords.End) && _hasEnds)
            _position++;
        else
            _position = end;
        return new RepeatBlock(TextSpan.Cover(keyword, Previous), (int)Math.Max(1, Math.Min(RepeatSyntax.MostTimes, count)), body) { Loop = isLoop ? keyword : null, Times = times.ToImmutable() };
    }

    private bool IsTimes(int index) => _tokens[index].Name is "times" or "do";

    /// <summary>True at the word in <c>\textbf{times}</c>.</summary>
    private bool IsTimesInText() =>
        Current.Kind == TokenKind.Command && _position + 3 < _tokens.Length && _tokens[_position + 1].Kind == TokenKind.OpenBrace && IsTimes(_position + 2) && _tokens[_position + 3].Kind == TokenKind.CloseBrace;

    private ImmutableArray<Block> ReadBraces()
    {
        var open = Current.Span;
        _position++;
        var blocks = ReadBlocks(Ending.Brace, 0);
        if (Current.Kind == TokenKind.CloseBrace)
            _position++;
        else
            _errors.Syntax(open, "this '{' is never closed; write '}' behind the last statement of the choice");
        return blocks;
    }

    /// <summary>What follows <c>else</c> or <c>elif</c>, where one belongs to this choice; and the <c>end if</c>.</summary>
    private ImmutableArray<Block> ReadOtherwise(double indentation)
    {
        var start = _position;
        SkipLineEnds();
        var isMine = Current.Kind == TokenKind.Keyword && (_hasEnds || _indentation.Of(_position) is not { } column || column >= indentation);
        if (isMine && IsElseIf)
            return [ReadChoice(indentation)];
        ImmutableArray<Block> blocks = [];
        if (isMine && IsKeyword(Keywords.Else))
        {
            var keyword = Current.Span;
            _position++;
            if (Current.Kind == TokenKind.Colon)
                _position++;
            blocks = ReadBody(keyword, indentation, isLast: true);
            start = _position;
            SkipLineEnds();
        }
        else if (OpensBlock())
        {
            // \eIf{condition}{…}{…}
            return ReadBraces();
        }

        if (isMine && IsKeyword(Keywords.End))
            _position++;
        else
            _position = start;
        return blocks;
    }

    private ImmutableArray<Block> Empty(TextSpan keyword)
    {
        _errors.Syntax(keyword, "nothing is chosen or repeated here; write the statements below it, indented, or in braces");
        return [];
    }

    private void ReportStray()
    {
        var word = Current.Text.TrimEnd('{');
        var isEnd = word == Keywords.End;

        // In some languages a bare "end" ends loops and functions too.
        if (!isEnd || Current.Span.Length > "end".Length)
            _errors.Syntax(Current.Span, $"this '{word}' belongs to no 'if'{(isEnd ? "" : "; a choice is written 'if condition:', its statements indented below, then 'else:' under the 'if'")}", isEnd ? [new ReplaceFix("Remove it", Current.Span, "")] : []);
        _position++;
        while (Current.Kind != TokenKind.End && Current.Kind != TokenKind.NewLine && Current.Kind != TokenKind.Colon)
            _position++;
        if (Current.Kind == TokenKind.Colon)
            _position++;
    }
}
