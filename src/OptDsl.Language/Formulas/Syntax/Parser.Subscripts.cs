using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads subscripts and time indices.</summary>
internal sealed partial class Parser
{
    private NameSyntax ParseSubscript(NameSyntax name)
    {
        if (name.Subscripts.Length > MostSubscripts)
            throw Error(Current.Span, $"no name has more than {MostSubscripts} subscripts");
        Advance();
        var parts = ImmutableArray.CreateBuilder<Subscript>();
        var braces = Current.Kind;
        if (braces is TokenKind.OpenBrace or TokenKind.OpenParenthesis)
        {
            Advance();
            var close = braces == TokenKind.OpenBrace ? TokenKind.CloseBrace : TokenKind.CloseParenthesis;
            while (Current.Kind != close)
            {
                AddPart(parts, ParseSubscriptPart(single: false, offsets: true));
                if (Current.Kind is TokenKind.Comma or TokenKind.Underscore or TokenKind.Gap)
                    ParseInnerSubscript(parts);
                if (Current.Kind == TokenKind.Caret && Labels.Above(_tokens, _index) is { } label)
                {
                    MoveTo(label.End);
                    AddLabel(name, parts, label.Text);
                }
            }

            Advance();
        }
        else
        {
            AddPart(parts, ParseSubscriptPart(single: _scriptsAreSingle && !IsWordBelow(name), offsets: false));
            RefuseAmbiguousOffset(name, parts[0]);
        }

        name = name with
        {
            Subscripts = name.Subscripts.AddRange(parts),
            Span = TextSpan.FromBounds(name.Span.Start, _rest?.Span.Start ?? Previous.End),
        };
        return name.Glyphs.Length == 0 ? name : WithoutElement(name);
    }

    /// <summary>A subscript; primes behind a time belong to the name, <c>g_t'</c> is g′ at the time t.</summary>
    private void AddPart(ImmutableArray<Subscript>.Builder parts, Subscript part)
    {
        var bare = part.Text.TrimEnd('\'');
        if (bare.Length == part.Text.Length || bare != Step || Step == "")
        {
            parts.Add(part);
            return;
        }

        parts.Add(part with { Text = bare });
        parts.Add(part with { Text = part.Text.Substring(bare.Length), Offset = 0 });
    }

    private const int MostSubscripts = 24;

    /// <summary><c>use_nesterov</c> of a program in a text with LaTeX, where that is a known name.</summary>
    private bool IsWordBelow(NameSyntax name) => _rest is null && Current.Kind == TokenKind.Name && Current.Glyphs.Length > 1 && name.Glyphs.Length > 1 && _names.IsKnown(name.Letters + Current.Name);

    /// <summary>The label in <c>v_{dW^{[l]}}</c>; that of an element or a layer is none where the name is known without it.</summary>
    private void AddLabel(NameSyntax name, ImmutableArray<Subscript>.Builder parts, string label)
    {
        var last = parts[parts.Count - 1];
        var bare = name with { Subscripts = name.Subscripts.AddRange(parts) };
        var labelled = name with { Subscripts = bare.Subscripts.SetItem(bare.Subscripts.Length - 1, last with { Text = last.Text + label }) };
        if (!IsElement(new Subscript(last.Span, label, 0)) || LastName(bare).Role == NameRole.None || LastName(labelled).Role != NameRole.None)
            parts[parts.Count - 1] = labelled.Subscripts[labelled.Subscripts.Length - 1];
    }

    /// <summary>A comma, or a subscript of a subscript as in <c>β_{2_t}</c>: its parts stand beside the others.</summary>
    private void ParseInnerSubscript(ImmutableArray<Subscript>.Builder parts)
    {
        var isNested = Current.Kind == TokenKind.Underscore;
        Advance();
        if (!isNested)
            return;
        var isBraced = Current.Kind == TokenKind.OpenBrace;
        if (isBraced)
            Advance();
        parts.Add(ParseSubscriptPart(single: false, offsets: true));
        if (isBraced)
            Expect(TokenKind.CloseBrace, "}");
    }

    private Subscript ParseSubscriptPart(bool single, bool offsets)
    {
        var token = Current;
        string text;
        if (token.Kind == TokenKind.Number)
        {
            Advance();
            text = token.Text;
            if (offsets && Current.Kind is TokenKind.Minus or TokenKind.Plus && IsLetters(Next))
            {
                // h_{1-k}: where an algorithm starts that looks k steps back.
                text += TokenText.Of(Current.Kind);
                Advance();
                text += ParseLetters(null, single).Letters;
            }
        }
        else if (token.Kind is TokenKind.Plus or TokenKind.Minus && (offsets ? Next.Kind is TokenKind.CloseBrace or TokenKind.Number : !(Next.Kind == TokenKind.Number && Next.Span.Start == token.Span.End)))
        {
            // η_+, and m_{-1} before the first step.
            Advance();
            text = TokenText.Of(token.Kind);
            if (offsets && Current.Kind == TokenKind.Number)
            {
                text += Current.Text;
                Advance();
            }
        }
        else if (token.Kind == TokenKind.Infinity)
        {
            Advance();
            text = "∞";
        }
        else if (IsLetters(token))
        {
            text = ParseLetters(null, single).Letters;
        }
        else
        {
            var span = token.Kind == TokenKind.End ? Previous : token.Span;
            if (token.Kind == TokenKind.Colon && _index > 0 && _tokens[_index - 1].Kind == TokenKind.Number && Next.Kind == TokenKind.Name && Next.Name == Step)
                throw Error(TextSpan.Cover(_tokens[_index - 1].Span, Next.Span), $"this is all values up to {Step} at once; the sum of their squares is a state, as in 's = s + {_names.Gradient}²', and their norm is √s");
            throw Error(span, $"expected a subscript, found {Describe(token)}");
        }

        var offset = offsets && token.Kind != TokenKind.Number ? ParseOffset() : 0;
        return new Subscript(TextSpan.FromBounds(token.Span.Start, _rest?.Span.Start ?? Previous.End), text, offset);
    }

    /// <summary>The <c>-1</c> of <c>t-1</c>.</summary>
    private int ParseOffset()
    {
        if (Current.Kind is not (TokenKind.Plus or TokenKind.Minus))
            return 0;
        var sign = Current.Kind == TokenKind.Plus ? 1 : -1;
        Advance();
        var number = Current;
        if (number.Kind != TokenKind.Number || !int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw Error(number.Span, "a time index is the step and a whole number, as in 't-1'");
        Advance();
        return sign * offset;
    }

    /// <summary><c>v_t-1</c> is read as <c>v_{t-1}</c> by people and as <c>v_t - 1</c> by grammars.</summary>
    private void RefuseAmbiguousOffset(NameSyntax name, Subscript subscript)
    {
        if (subscript.Text != Step || _rest is not null || name.Glyphs.Length == 0 || Current.Kind is not (TokenKind.Plus or TokenKind.Minus) || Current.Span.Start != Previous.End)
            return;
        var sign = Current.Kind == TokenKind.Plus ? "+" : "-";
        var next = Next;
        if (next.Kind != TokenKind.Number || next.Span.Start != Current.Span.End)
            return;
        // TeX ends the subscript before the sign; only of a tensor's last value somebody may have meant the other.
        if (_scriptsAreSingle && (next.Text != "1" || !_names.IsFunctionOfTime(LastName(name).Name)))
            return;
        var offset = TextSpan.FromBounds(subscript.Span.Start, next.Span.End);
        var letter = name.Glyphs[name.Glyphs.Length - 1];
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            TextSpan.Cover(letter.Span, next.Span),
            $"'{letter.Text}_{Step}{sign}{next.Text}' can mean the value at {Step}{sign}{next.Text} or {letter.Text}_{Step} {sign} {next.Text}; write which",
            new ReplaceFix($"Write the time index: {letter.Text}_{{{Step}{sign}{next.Text}}}", offset, $"{{{Step}{sign}{next.Text}}}"),
            new ReplaceFix($"Write the {(sign == "+" ? "sum" : "difference")}: {letter.Text}_{Step} {sign} {next.Text}", Current.Span, $" {sign} "));
        throw new SyntaxErrorException();
    }

    /// <summary>Reads <c>^{(t-1)}</c>, or leaves the position where it is.</summary>
    private Subscript? ParseTimeIndex()
    {
        if (Step == "" || _rest is not null || At(1).Kind != TokenKind.OpenBrace || At(2).Kind != TokenKind.OpenParenthesis || At(3).Name != Step)
            return null;
        var close = At(4).Kind == TokenKind.CloseParenthesis ? 4 : 6;
        if (At(close).Kind != TokenKind.CloseParenthesis || At(close + 1).Kind != TokenKind.CloseBrace)
            return null;
        var start = Current.Span;
        for (var i = 0; i < 4; i++)
            Advance();
        var offset = ParseOffset();
        Advance();
        Advance();
        return new Subscript(TextSpan.Cover(start, Previous), Step, offset);
    }
}
