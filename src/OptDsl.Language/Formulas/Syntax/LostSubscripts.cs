using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Gives the names of a text their times back where copying made <c>m_t</c> into <c>mt</c>. That it did is certain where a left side says
/// so: it assigns <c>mt</c>, and nothing assigns the state m.
/// </summary>
internal sealed class LostSubscripts
{
    private readonly Vocabulary _names;
    private readonly HashSet<string> _timed;

    private LostSubscripts(Vocabulary names, HashSet<string> timed) => (_names, _timed) = (names, timed);

    /// <summary>What restores the times, or null where none are lost.</summary>
    public static LostSubscripts? Find(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        if (names.Step.Length == 0)
            return null;
        var (timed, plain, isSure) = (new HashSet<string>(), new HashSet<string>(), false);
        foreach (var row in rows)
        {
            for (var i = 1; i < row.Length; i++)
            {
                if (!StatementSplitter.IsAssignment(row[i].Kind))
                    continue;
                var name = i >= 3 && IsOffset(row, i - 3) ? row[i - 3] : row[i - 1];
                if (name.Kind != TokenKind.Name)
                    continue;
                if (BaseOf(name, names) is not { } known)
                    plain.Add(name.Name);
                else if (timed.Add(known))
                    isSure |= names.RoleOf(known) is NameRole.State or NameRole.Parameter;
            }
        }

        return isSure && !timed.Any(plain.Contains) && !rows.Any(row => ReadsPlainly(row, timed, names)) ? new LostSubscripts(names, timed) : null;
    }

    /// <summary>True where a program's row reads or assigns a state by its plain name or its key, beside names that only end with the step.</summary>
    private static bool ReadsPlainly(ImmutableArray<Token> row, HashSet<string> timed, Vocabulary names)
    {
        if (StatementSplitter.AssignmentIn(row) is not (>= 0 and var assignment))
            return false;
        for (var i = 0; i < row.Length; i++)
        {
            var name = row[i].Kind switch
            {
                TokenKind.Name when i > assignment && !(i + 1 < row.Length && row[i + 1].Kind is TokenKind.Underscore or TokenKind.OpenParenthesis) => row[i].Name,
                TokenKind.Key => row[i].Text.Replace("_", ""),
                TokenKind.Member => row[i].Text.Replace("_", ""),
                _ => "",
            };
            if (name != "" && timed.Contains(name) && names.RoleOf(name) == NameRole.State)
                return true;
        }

        return false;
    }

    /// <summary>The name before the step in <c>mt</c>, where that is no name by itself.</summary>
    private static string? BaseOf(Token token, Vocabulary names)
    {
        var glyphs = token.Glyphs;
        return glyphs.Length >= 2 && glyphs[glyphs.Length - 1].Text == names.Step && !names.IsKnown(token.Name)
            ? string.Concat(glyphs.Take(glyphs.Length - 1).Select(glyph => glyph.Text)) : null;
    }

    /// <summary>True for a name, a sign and a number that follow one another without a blank: <c>t−1</c>.</summary>
    private static bool IsOffset(ImmutableArray<Token> row, int index) =>
        index + 2 < row.Length && row[index + 1].Kind is TokenKind.Plus or TokenKind.Minus && row[index + 2].Kind == TokenKind.Number
        && row[index].Span.End == row[index + 1].Span.Start && row[index + 1].Span.End == row[index + 2].Span.Start && row[index + 2].Text.TrimEnd('.').All(char.IsDigit);

    /// <summary>The row with its times as subscripts.</summary>
    public ImmutableArray<Token> Restore(ImmutableArray<Token> row)
    {
        row = [.. row.SelectMany(Divided)];
        var restored = ImmutableArray.CreateBuilder<Token>(row.Length);
        for (var i = 0; i < row.Length; i++)
        {
            var token = row[i];
            var glyphs = token.Glyphs;
            if (token.Kind == TokenKind.Name && glyphs.Length >= 2 && glyphs[glyphs.Length - 1].Text == _names.Step && _names.RoleOf(glyphs[glyphs.Length - 2].Text) == NameRole.Hyper && !_names.IsKnown(token.Name))
            {
                if (Power(row, i) is { } power)
                {
                    restored.AddRange(power);
                    continue;
                }

                if (IsRate(glyphs[glyphs.Length - 2].Text) && !(i > 1 && row[i - 1].Kind == TokenKind.Minus && row[i - 2].Text == "1" && i + 1 < row.Length && row[i + 1].Kind == TokenKind.CloseParenthesis))
                {
                    // ηt is the rate of the step; nobody raises a rate to its power.
                    restored.Add(token with { Glyphs = glyphs.RemoveAt(glyphs.Length - 1), Span = TextSpan.FromBounds(token.Span.Start, glyphs[glyphs.Length - 1].Span.Start) });
                    continue;
                }

                // β1t was a power or is a product: nobody can tell.
                restored.Add(token with { Kind = TokenKind.Key, Text = token.Name });
                continue;
            }

            if (i > 0 && token.Name == _names.Step && row[i - 1].Kind == TokenKind.CloseBracket && row[i - 1].Span.End == token.Span.Start)
            {
                // E[g²]t
                var behind = new TextSpan(token.Span.Start, 0);
                restored.Add(new Token(TokenKind.Underscore, behind));
                restored.Add(new Token(TokenKind.OpenBrace, behind));
                restored.Add(token);
                if (IsOffset(row, i))
                {
                    restored.Add(row[i + 1]);
                    restored.Add(row[i + 2] with { Text = row[i + 2].Text.TrimEnd('.') });
                    i += 2;
                }

                restored.Add(new Token(TokenKind.CloseBrace, new TextSpan(row[i].Span.End, 0)));
                continue;
            }

            if (Squared(token) is { } squared)
            {
                restored.AddRange(squared);
                continue;
            }

            if (token.Kind != TokenKind.Name || glyphs.Length < 2 || glyphs[glyphs.Length - 1].Text != _names.Step || _names.IsKnown(token.Name) || !EndsWithTimed(glyphs))
            {
                restored.Add(token);
                continue;
            }

            var (rest, step) = (glyphs.RemoveAt(glyphs.Length - 1), glyphs[glyphs.Length - 1]);
            var place = new TextSpan(step.Span.Start, 0);
            restored.Add(new Token(TokenKind.Name, TextSpan.FromBounds(token.Span.Start, step.Span.Start), rest, ""));
            restored.Add(new Token(TokenKind.Underscore, place));
            restored.Add(new Token(TokenKind.OpenBrace, place));
            restored.Add(new Token(TokenKind.Name, step.Span, [step], ""));
            if (IsOffset(row, i) && !IsDifference(row, i, string.Concat(rest.Select(glyph => glyph.Text))))
            {
                restored.Add(row[i + 1]);
                restored.Add(row[i + 2] with { Text = row[i + 2].Text.TrimEnd('.') });
                i += 2;
            }

            restored.Add(new Token(TokenKind.CloseBrace, new TextSpan(row[i].Span.End, 0)));
        }

        return restored.ToImmutable();
    }

    /// <summary><c>ρt−4</c> of a value of the step, which nothing keeps from further back: a number is taken from it.</summary>
    private bool IsDifference(ImmutableArray<Token> row, int index, string name) =>
        row[index + 1].Kind == TokenKind.Minus && row[index + 2].Text is not ("1" or "1.") && _names.RoleOf(name) is NameRole.Assigned or NameRole.None;

    /// <summary>A run of letters in which times stand that were subscripts, <c>ηtλθt</c>, divided behind each of them; any other token as it is.</summary>
    private IEnumerable<Token> Divided(Token token)
    {
        var glyphs = token.Glyphs;
        if (token.Kind != TokenKind.Name || glyphs.Length < 4 || _names.IsKnown(token.Name) || !glyphs.Take(glyphs.Length - 1).Any(glyph => glyph.Text == _names.Step))
            return [token];
        var parts = new List<Token>();
        var start = 0;
        for (var i = 1; i < glyphs.Length; i++)
        {
            if (glyphs[i].Text != _names.Step && i < glyphs.Length - 1)
                continue;
            var part = ImmutableArray.Create(glyphs, start, i + 1 - start);
            var isTimed = part[part.Length - 1].Text == _names.Step && part.Length > 1;
            if (isTimed && !(part.Length == 2 && _names.RoleOf(part[0].Text) == NameRole.Hyper) && !EndsWithTimed(part))
                return [token];
            parts.Add(new Token(TokenKind.Name, TextSpan.Cover(part[0].Span, part[part.Length - 1].Span), part, token.Text));
            start = i + 1;
        }

        return parts;
    }

    private static bool IsRate(string name) => name.TrimEnd('0') is "η" or "α" or "lr";

    /// <summary><c>m/(1 − β1t)</c>: what a correction divides by is a power.</summary>
    private static IEnumerable<Token>? Power(ImmutableArray<Token> row, int index)
    {
        var glyphs = row[index].Glyphs;
        if (glyphs.Length != 2 || index < 4 || index + 1 >= row.Length || row[index - 1].Kind != TokenKind.Minus || row[index - 2].Text != "1" || row[index - 3].Kind != TokenKind.OpenParenthesis
            || row[index - 4].Kind != TokenKind.Divide || row[index + 1].Kind != TokenKind.CloseParenthesis)
        {
            return null;
        }

        var place = new TextSpan(glyphs[1].Span.Start, 0);
        return [new Token(TokenKind.Name, glyphs[0].Span, [glyphs[0]], ""), new Token(TokenKind.Caret, place), new Token(TokenKind.Name, glyphs[1].Span, [glyphs[1]], "")];
    }

    /// <summary><c>g2t</c> was g²ₜ, and <c>βt1</c> was β₁ᵗ: what stood above is copied before what stood below.</summary>
    private IEnumerable<Token>? Squared(Token token)
    {
        var glyphs = token.Glyphs;
        if (token.Kind != TokenKind.Name || glyphs.Length < 2 || _names.IsKnown(token.Name))
            return null;
        var (last, before) = (glyphs[glyphs.Length - 1], glyphs[glyphs.Length - 2]);
        var place = new TextSpan(last.Span.Start, 0);
        if (last.Text == _names.Step && before.Text.Length > 1 && before.Text[before.Text.Length - 1] == '2' && !_names.IsKnown(before.Text)
            && before.Text.Substring(0, before.Text.Length - 1) is var letter && _names.RoleOf(letter) is NameRole.Gradient or NameRole.State)
        {
            return
            [
                new Token(TokenKind.Name, TextSpan.Cover(glyphs[0].Span, before.Span), glyphs.RemoveAt(glyphs.Length - 1).SetItem(glyphs.Length - 2, before with { Text = letter }), ""),
                new Token(TokenKind.Underscore, place), new Token(TokenKind.Name, last.Span, [last], ""),
                new Token(TokenKind.Caret, place), new Token(TokenKind.Number, place, "2"),
            ];
        }

        if (last.Text == _names.Step + "2" && glyphs.RemoveAt(glyphs.Length - 1) is var squaredName && _names.RoleOf(string.Concat(squaredName.Select(glyph => glyph.Text))) is NameRole.Gradient or NameRole.State)
        {
            return
            [
                new Token(TokenKind.Name, TextSpan.Cover(glyphs[0].Span, before.Span), squaredName, ""),
                new Token(TokenKind.Underscore, place), new Token(TokenKind.Name, last.Span, [last with { Text = _names.Step }], ""),
                new Token(TokenKind.Caret, place), new Token(TokenKind.Number, place, "2"),
            ];
        }

        if (last.Text.Length > _names.Step.Length && last.Text.StartsWith(_names.Step, StringComparison.Ordinal) && last.Text.Substring(_names.Step.Length) is var digits && digits.All(char.IsDigit)
            && _names.RoleOf(before.Text + digits) == NameRole.Hyper)
        {
            return
            [
                new Token(TokenKind.Name, TextSpan.Cover(glyphs[0].Span, before.Span), glyphs.RemoveAt(glyphs.Length - 1).SetItem(glyphs.Length - 2, before with { Text = before.Text + digits }), ""),
                new Token(TokenKind.Caret, place), new Token(TokenKind.Name, last.Span, [last with { Text = _names.Step }], ""),
            ];
        }

        return null;
    }

    private bool EndsWithTimed(ImmutableArray<Glyph> glyphs)
    {
        var name = "";
        for (var i = glyphs.Length - 2; i >= 0; i--)
        {
            name = glyphs[i].Text + name;
            if ((_timed.Contains(name) || _names.RoleOf(name) is NameRole.State or NameRole.Parameter or NameRole.Gradient) && IsProduct(glyphs, i))
                return true;
        }

        return false;
    }

    /// <summary>True where names make up what stands before one; before the h of "weight" words do.</summary>
    private bool IsProduct(ImmutableArray<Glyph> glyphs, int end)
    {
        if (end < 3 || !glyphs.Take(end).All(glyph => glyph.Text.Length == 1 && glyph.Text[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')))
            return true;
        var reaches = new bool[end + 1];
        reaches[0] = true;
        for (var start = 0; start < end && start < LongestWord; start++)
        {
            var name = "";
            for (var stop = start; reaches[start] && stop < end && stop < LongestWord; stop++)
            {
                name += glyphs[stop].Text;
                reaches[stop + 1] |= _names.IsKnown(name) || _timed.Contains(name) || name == _names.Step;
            }
        }

        return reaches[end];
    }

    private const int LongestWord = 24;
}
