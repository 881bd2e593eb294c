using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>A part of a text of formulas, before any of them is read.</summary>
internal abstract record Block;

/// <summary>Lines of statements, to the end that their last token is.</summary>
internal sealed record PlainBlock(ImmutableArray<Token> Tokens) : Block;

/// <summary>Statements that run several times.</summary>
/// <param name="Span">All of it.</param>
/// <param name="Count">How often.</param>
/// <param name="Body">What is repeated.</param>
internal sealed record RepeatBlock(TextSpan Span, int Count, ImmutableArray<Block> Body) : Block
{
    /// <summary>The head of a program's loop over a range; null for a repetition that says so.</summary>
    public TextSpan? Loop { get; init; }

    /// <summary>What says how often, where it is no number; else empty.</summary>
    public ImmutableArray<Token> Times { get; init; } = [];
}

/// <summary>A choice between statements.</summary>
/// <param name="Span">All of it.</param>
/// <param name="Keyword">The word that begins it.</param>
/// <param name="Condition">The tokens of its condition.</param>
/// <param name="WhenTrue">What happens where the condition holds.</param>
/// <param name="WhenFalse">What happens elsewhere; of an <c>elif</c> the next choice.</param>
internal sealed record ChoiceBlock(
    TextSpan Span, TextSpan Keyword, ImmutableArray<Token> Condition, ImmutableArray<Block> WhenTrue, ImmutableArray<Block> WhenFalse) : Block;
