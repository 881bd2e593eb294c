using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Divides a text into statements and choices between them. What belongs to a choice is in braces, on its own line, up to an
/// <c>end if</c> where the text has these, or indented.
/// </summary>
internal sealed partial class BlockReader
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
            if (depth == 0 && startsStatement && IsKeyword(Keywords.Repeat, Keywords.RepeatRange))
            {
                Flush();
                blocks.Add(ReadRepeat(_indentation.OfLine(_position)));
                continue;
            }

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
            startsStatement &= Current.Kind == TokenKind.Gap;
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
}
