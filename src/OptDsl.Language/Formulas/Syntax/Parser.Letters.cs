using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads the letters of a name, and the typefaces and accents around them.</summary>
internal sealed partial class Parser
{
    private static bool IsLetters(Token token) => token.Kind == TokenKind.Name
        || (token.Kind == TokenKind.Command && (LatexCommands.Typefaces.Contains(token.Text) || LatexCommands.Accents.ContainsKey(token.Text)));

    /// <summary>Letters, plain or as the argument of a typeface or accent command.</summary>
    /// <param name="owner">The command whose argument this is, for messages.</param>
    /// <param name="single">True to take one letter only.</param>
    private NameSyntax ParseLetters(Token? owner, bool single)
    {
        var token = Current;
        if (token.Kind == TokenKind.Name)
        {
            if (single)
                token = TakeSingle();
            else
                Advance();
            return new NameSyntax(token.Span, token.Glyphs, [], null);
        }

        if (!IsLetters(token))
        {
            var command = owner ?? token;
            throw Error(command.Span, $"\\{command.Text} needs a name");
        }

        Advance();
        var name = Nested(() => Current.Kind == TokenKind.OpenBrace ? ParseBracedLetters(token) : ParseLetters(token, single: true));
        name = name with { Span = TextSpan.FromBounds(token.Span.Start, Math.Max(name.Span.End, Previous.End)) };
        if (!LatexCommands.Accents.TryGetValue(token.Text, out var mark))
            return name;
        var marked = WithMark(name, mark);

        // The arrow of a vector says nothing where the name is known without it only.
        return token.Text == "vec" && _names.IsKnown(name.Letters) && !_names.HasName(marked.Letters) ? name : marked;
    }

    /// <summary>The name in the braces of <c>\hat{m}</c>, <c>\mathrm{lr}</c>, <c>\hat{v_t}</c>.</summary>
    private NameSyntax ParseBracedLetters(Token command)
    {
        Advance();
        var name = ParseLetters(command, single: false);
        while (Current.Kind != TokenKind.CloseBrace)
        {
            if (Current.Kind == TokenKind.Underscore)
            {
                name = ParseSubscript(name);
            }
            else if (Current.Kind == TokenKind.Number && Current.Text.All(char.IsDigit))
            {
                name = WithDigits(name, Current);
                Advance();
            }
            else if (IsLetters(Current))
            {
                var more = ParseLetters(command, single: false);
                name = name with { Glyphs = name.Glyphs.AddRange(more.Glyphs), Subscripts = name.Subscripts.AddRange(more.Subscripts) };
            }
            else
            {
                Expect(TokenKind.CloseBrace, "}");
            }
        }

        Advance();
        return name with { Span = TextSpan.FromBounds(name.Span.Start, Previous.End) };
    }

    private static NameSyntax WithMark(NameSyntax name, string mark)
    {
        var last = name.Glyphs[name.Glyphs.Length - 1];
        var letter = char.IsSurrogate(last.Text[0]) ? 2 : 1;
        var text = Letters.Normalize(last.Text.Insert(Math.Min(letter, last.Text.Length), mark));
        return name with { Glyphs = name.Glyphs.SetItem(name.Glyphs.Length - 1, new Glyph(text, name.Span)) };
    }

    private static NameSyntax WithDigits(NameSyntax name, Token digits)
    {
        var last = name.Glyphs[name.Glyphs.Length - 1];
        var glyph = new Glyph(last.Text + digits.Text, TextSpan.Cover(last.Span, digits.Span));
        return name with { Glyphs = name.Glyphs.SetItem(name.Glyphs.Length - 1, glyph) };
    }
}
