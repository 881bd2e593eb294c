using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Divides a text into statements and choices between them. What belongs to a choice is in braces, on its own line, up to an
/// <c>end if</c> where the text has these, or indented.
/// </summary>
internal sealed class BlockReader
{
    /// <summary>Choices in choices beyond this are refused.</summary>
    private const int MaximumNesting = 16;

    private readonly ImmutableArray<Token> _tokens;
    private readonly Indentation _indentation;
    private readonly ErrorSink _errors;
    private readonly bool _hasEnds;
    private int _position;
    private int _nesting;

    private BlockReader(ImmutableArray<Token> tokens, string text, ErrorSink errors)
    {
        _tokens = tokens;
        _indentation = new Indentation(tokens, text);
        _errors = errors;
        _hasEnds = tokens.Any(token => token is { Kind: TokenKind.Keyword, Text: Keywords.End });
    }

    /// <summary>How a sequence of statements ends.</summary>
    private enum Ending
    {
        /// <summary>With the text.</summary>
        Text,

        /// <summary>With the line, or a word that goes on with the choice.</summary>
        Line,

        /// <summary>With the closing brace.</summary>
        Brace,

        /// <summary>With a line that is indented no more than the choice.</summary>
        Indentation,

        /// <summary>With a word that goes on with the choice or ends it.</summary>
        Word,
    }

    /// <summary>The parts of a text.</summary>
    /// <param name="tokens">Its tokens, the last one <see cref="TokenKind.End"/>, keywords marked.</param>
    /// <param name="text">The text, whose lines say how far each is indented.</param>
    /// <param name="errors">Receives what is wrong with the words of choices.</param>
    public static ImmutableArray<Block> Read(ImmutableArray<Token> tokens, string text, ErrorSink errors) =>
        tokens.Any(token => token.Kind == TokenKind.Keyword)
            ? new BlockReader(tokens, text, errors).ReadBlocks(Ending.Text, 0)
            : [new PlainBlock(tokens)];

    private Token Current => _tokens[_position];

    /// <summary>The last token of what was read, not counting ends of lines.</summary>
    private TextSpan Previous
    {
        get
        {
            var last = _position - 1;
            while (last > 0 && _tokens[last].Kind == TokenKind.NewLine)
                last--;
            return _tokens[Math.Max(0, last)].Span;
        }
    }

    private bool IsKeyword(params string[] words) => Current.Kind == TokenKind.Keyword && words.Contains(Current.Text);

    private bool IsIf => IsKeyword(Keywords.If, Keywords.If + Keywords.Braced);

    private bool IsElseIf => IsKeyword(Keywords.ElseIf, Keywords.ElseIf + Keywords.Braced);

    private ImmutableArray<Block> ReadBlocks(Ending ending, double outer)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var plain = ImmutableArray.CreateBuilder<Token>();
        var (depth, ternaries, startsStatement) = (0, 0, true);
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.NewLine && (depth == 0 || StartsWithKeyword(_position)))
            {
                if (ending == Ending.Line && !IsSemicolon(Current))
                    break;
                (depth, ternaries, startsStatement) = (0, 0, true);
                plain.Add(Current);
                _position++;
                continue;
            }

            if (depth == 0 && ending == Ending.Brace && Current.Kind == TokenKind.CloseBrace)
                break;
            if (depth == 0 && ending == Ending.Indentation && _indentation.Of(_position) is { } column && column <= outer)
                break;
            if (depth == 0 && Current.Kind == TokenKind.Keyword)
            {
                if (startsStatement && IsIf)
                {
                    Flush();
                    blocks.Add(ReadChoice(_indentation.OfLine(_position)));
                    continue;
                }

                var goesOn = IsKeyword(Keywords.Else) && ternaries > 0;
                if (!goesOn && !IsIf)
                {
                    if (ending is Ending.Line or Ending.Word or Ending.Indentation)
                        break;
                    ReportStray();
                    continue;
                }

                ternaries += IsIf ? 1 : -1;
            }

            if (startsStatement && LabelEnd(_position) is { } labelled && _tokens[labelled].Kind == TokenKind.Keyword)
            {
                _position = labelled;
                continue;
            }

            depth = Math.Max(0, depth + BracketDepth.Of(Current.Kind));
            startsStatement = false;
            plain.Add(Current);
            _position++;
        }

        Flush();
        return blocks.ToImmutable();

        void Flush()
        {
            if (plain.Any(token => token.Kind != TokenKind.NewLine))
                blocks.Add(new PlainBlock(plain.ToImmutable().Add(new Token(TokenKind.End, new TextSpan(Current.Span.Start, 0)))));
            plain.Clear();
        }
    }

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
                if (depth == 0 && (Current.Kind is TokenKind.NewLine or TokenKind.Keyword || (Current.Kind == TokenKind.Colon && questions == 0) || OpensBlock()))
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

    private ImmutableArray<Block> ReadBody(TextSpan keyword, double indentation)
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
        _position = start;
        return Empty(keyword);
    }

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
            blocks = ReadBody(keyword, indentation);
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
        _errors.Syntax(keyword, "nothing is chosen here; write the statements of the choice below it, indented, or in braces");
        return [];
    }

    private void ReportStray()
    {
        var word = Current.Text.TrimEnd('{');
        var isEnd = word == Keywords.End;
        _errors.Syntax(Current.Span, $"this '{word}' belongs to no 'if'{(isEnd ? "" : "; a choice is written 'if condition:', its statements indented below, then 'else:' under the 'if'")}", isEnd ? [new ReplaceFix("Remove it", Current.Span, "")] : []);
        _position++;
        while (Current.Kind != TokenKind.End && Current.Kind != TokenKind.NewLine && Current.Kind != TokenKind.Colon)
            _position++;
        if (Current.Kind == TokenKind.Colon)
            _position++;
    }

    /// <summary>True at a brace that statements stand in, and not a part of an expression.</summary>
    private bool OpensBlock()
    {
        if (Current.Kind != TokenKind.OpenBrace || (_position > 0 && _tokens[_position - 1].Kind is TokenKind.Caret or TokenKind.Underscore or TokenKind.Command))
            return false;
        var close = ClosingBrace(_position);
        var isEmpty = true;
        for (var i = _position + 1; i < close; i++)
        {
            if (StatementSplitter.IsAssignment(_tokens[i].Kind) || _tokens[i].Kind == TokenKind.Keyword)
                return true;
            isEmpty &= _tokens[i].Kind == TokenKind.NewLine;
        }

        return isEmpty;
    }

    private int ClosingBrace(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Length; i++)
        {
            depth += _tokens[i].Kind == TokenKind.OpenBrace ? 1 : _tokens[i].Kind == TokenKind.CloseBrace ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return _tokens.Length - 1;
    }

    private bool StartsWithKeyword(int newLine)
    {
        while (_tokens[newLine].Kind == TokenKind.NewLine)
            newLine++;
        return _tokens[LabelEnd(newLine) ?? newLine].Kind == TokenKind.Keyword;
    }

    /// <summary>What stands behind the number of a line: <c>7:</c>, <c>(7)</c>; null where there is none.</summary>
    private int? LabelEnd(int start)
    {
        var isOpen = _tokens[start].Kind == TokenKind.OpenParenthesis;
        var number = isOpen ? start + 1 : start;
        if (number + 1 >= _tokens.Length || _tokens[number].Kind != TokenKind.Number)
            return null;
        var isClosed = isOpen ? _tokens[number + 1].Kind == TokenKind.CloseParenthesis : _tokens[number + 1].Kind is TokenKind.Colon or TokenKind.CloseParenthesis;
        return isClosed ? number + 2 : isOpen ? null : number + 1;
    }

    /// <summary>Passes over ends of lines, and the number of a line whose first word is a keyword.</summary>
    private void SkipLineEnds()
    {
        while (Current.Kind == TokenKind.NewLine)
            _position++;
        if (_position > 0 && _tokens[_position - 1].Kind == TokenKind.NewLine && LabelEnd(_position) is { } labelled && _tokens[labelled].Kind == TokenKind.Keyword)
            _position = labelled;
    }

    private bool IsSemicolon(Token newLine) => _indentation.IsSemicolon(newLine);
}
