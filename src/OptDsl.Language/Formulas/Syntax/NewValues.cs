using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Reads <c>w_{new} = w_{old} - ηg</c>, <c>new_w</c>, <c>wNew</c>, <c>w^+</c> and <c>w'</c> as the values of w after and before the step, and <c>wj</c>, whose
/// index is no subscript any more, as w. That it is so is certain where w is the parameter or a state, nothing assigns w itself, and the longer name is not declared.
/// </summary>
internal sealed class NewValues
{
    private static readonly HashSet<string> After = ["new", "New", "next", "Next", "updated", "out", "Out"];

    private static readonly HashSet<string> Before = ["old", "Old", "prev", "Prev", "previous"];

    private readonly Vocabulary _names;

    /// <summary>The tensors whose new values have such names.</summary>
    private readonly HashSet<string> _renewed = [];

    /// <summary>The tensors whose values before the step have such names.</summary>
    private readonly HashSet<string> _kept = [];

    /// <summary>The tensors that have the index of an element behind them.</summary>
    private readonly HashSet<string> _indexed = [];

    private NewValues(Vocabulary names) => _names = names;

    /// <summary>What a longer name says of a tensor.</summary>
    private enum Said
    {
        New,
        Old,
        Element,
    }

    private HashSet<string> Of(Said said) => said == Said.New ? _renewed : said == Said.Old ? _kept : _indexed;

    /// <summary>What the rows call the values before and after the step, or null where they use no such names.</summary>
    public static NewValues? Find(IReadOnlyList<ImmutableArray<Token>> rows, Vocabulary names)
    {
        if (names.Step.Length == 0)
            return null;
        var values = new NewValues(names);
        var plain = new HashSet<string>();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (values.FormAt(row, i) is not { } form)
                    continue;
                values.Of(form.Said).Add(form.Base);
                i = form.End - 1;
            }
        }

        if (values._renewed.Count + values._kept.Count + values._indexed.Count == 0)
            return null;
        foreach (var row in rows)
        {
            var depth = 0;
            for (var i = 0; i < row.Length; i++)
            {
                depth += BracketDepth.Of(row[i].Kind);
                if (depth > 0 || !StatementSplitter.IsAssignment(row[i].Kind))
                    continue;
                var start = StartOfTarget(row, i);
                if (values.FormAt(row, start) is { } form && form.End == i)
                    plain.Add(form.Said + " " + form.Base);
                else if (row[start].Kind == TokenKind.Name && JoinedAt(row, start) is { Parts.Count: > 1 } joined && joined.End == i)
                    plain.Add(joined.Key);
                else if (row[start].Kind == TokenKind.Name && !(start + 2 < i && row[start + 1].Kind == TokenKind.Underscore && row[start + 2].Glyphs.Length > 2))
                    plain.Add(row[start].Name);
            }
        }

        // A new value is one that is assigned; what else is called so, or assigned as "old", is a name of its own.
        values._renewed.RemoveWhere(name => plain.Contains(name) || !plain.Contains(Said.New + " " + name));
        values._kept.RemoveWhere(name => plain.Contains(Said.Old + " " + name));
        if (!values._indexed.Any(name => plain.Contains(Said.Element + " " + name) && !plain.Contains(name)))
            values._indexed.Clear();
        return values._renewed.Count + values._kept.Count + values._indexed.Count > 0 ? values : null;
    }

    /// <summary>The row with the step below such names.</summary>
    public ImmutableArray<Token> Restore(ImmutableArray<Token> row)
    {
        ImmutableArray<Token>.Builder? restored = null;
        for (var i = 0; i < row.Length; i++)
        {
            if (FormAt(row, i) is not { } form || !Of(form.Said).Contains(form.Base))
            {
                if (PlainOldAt(row, i) is { } old)
                {
                    // Where the new value has a name of its own, the plain name is the old one, wherever it stands.
                    restored ??= ImmutableArray.Create(row, 0, i).ToBuilder();
                    restored.AddRange(row.Skip(i).Take(old - i));
                    i = old - 1;
                    AddTime(restored, new TextSpan(row[i].Span.End, 0), isOld: true);
                    continue;
                }

                restored?.Add(row[i]);
                continue;
            }

            restored ??= ImmutableArray.Create(row, 0, i).ToBuilder();
            var span = TextSpan.Cover(row[i].Span, row[form.End - 1].Span);
            var place = new TextSpan(span.End, 0);
            var name = NameSyntax.OfKey(form.Base, form.BaseSpan);
            restored.Add(new Token(TokenKind.Name, span, name.Glyphs, ""));
            i = form.End - 1;
            if (form.Said == Said.Element)
                continue;
            AddTime(restored, place, form.Said == Said.Old);
        }

        return restored?.ToImmutable() ?? row;
    }

    private void AddTime(ImmutableArray<Token>.Builder row, TextSpan place, bool isOld)
    {
        row.Add(new Token(TokenKind.Underscore, place));
        row.Add(new Token(TokenKind.OpenBrace, place));
        row.Add(new Token(TokenKind.Name, place, NameSyntax.OfKey(_names.Step, place).Glyphs, ""));
        if (isOld)
        {
            row.Add(new Token(TokenKind.Minus, place));
            row.Add(new Token(TokenKind.Number, place, "1"));
        }

        row.Add(new Token(TokenKind.CloseBrace, place));
    }

    /// <summary>Where the plain name of a state ends that stands behind the assignment, where statements assign its new value by a longer name; null for anything else.</summary>
    private int? PlainOldAt(ImmutableArray<Token> row, int index)
    {
        if (row[index].Kind != TokenKind.Name || (index > 0 && row[index - 1].Kind is TokenKind.Underscore or TokenKind.Caret or TokenKind.Command or TokenKind.Member)
            || StatementSplitter.AssignmentIn(row) is not (>= 0 and var assignment) || index < assignment)
        {
            return null;
        }

        var (name, end, _) = JoinedAt(row, index);
        return _renewed.Contains(name) && _names.RoleOf(name) == NameRole.State && !(end < row.Length && row[end].Kind is TokenKind.Underscore or TokenKind.OpenBracket or TokenKind.OpenParenthesis or TokenKind.Member) ? end : null;
    }

    /// <summary>A name with the words and numbers that lines join to it, <c>exp_avg_new</c>, and where each of them ends.</summary>
    private static (string Key, int End, List<(string Text, int End)> Parts) JoinedAt(ImmutableArray<Token> row, int index)
    {
        var parts = new List<(string Text, int End)> { (row[index].Name, index + 1) };
        for (var i = index + 1; i + 1 < row.Length && row[i].Kind == TokenKind.Underscore; i = parts[parts.Count - 1].End)
        {
            var isBraced = row[i + 1].Kind == TokenKind.OpenBrace;
            var at = isBraced ? i + 2 : i + 1;
            if (at >= row.Length || row[at].Kind is not (TokenKind.Name or TokenKind.Number) || (isBraced && !(at + 1 < row.Length && row[at + 1].Kind == TokenKind.CloseBrace)))
                break;
            parts.Add((row[at].Kind == TokenKind.Name ? row[at].Name : row[at].Text, isBraced ? at + 2 : at + 1));
        }

        return (string.Concat(parts.Select(part => part.Text)), parts[parts.Count - 1].End, parts);
    }

    private static int StartOfTarget(ImmutableArray<Token> row, int assignment)
    {
        var start = assignment;
        while (start > 0 && (row[start - 1].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Caret or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Command or TokenKind.Plus
            || (row[start - 1].Kind == TokenKind.Number && start > 2 && (row[start - 2].Kind == TokenKind.Underscore || (row[start - 2].Kind == TokenKind.OpenBrace && row[start - 3].Kind == TokenKind.Underscore)))))
        {
            start--;

            // Words before a name are not a part of it.
            if (row[start].Kind == TokenKind.Name && start > 0 && row[start - 1].Kind == TokenKind.Name && !(After.Contains(row[start - 1].Name) || Before.Contains(row[start - 1].Name)))
                break;
        }

        return Math.Min(start, row.Length - 1);
    }

    private sealed record Form(string Base, TextSpan BaseSpan, Said Said, int End);

    /// <summary>The name of a new or an old value that starts at an index.</summary>
    private Form? FormAt(ImmutableArray<Token> row, int index)
    {
        var token = row[index];
        if (token.Kind != TokenKind.Name || (index > 0 && row[index - 1].Kind is TokenKind.Underscore or TokenKind.Caret or TokenKind.Command or TokenKind.Member))
            return null;
        if (JoinedAt(row, index) is { Parts.Count: > 2 } joined && !IsDeclared(joined.Key))
        {
            var (first, last) = (joined.Parts[0], joined.Parts[joined.Parts.Count - 1]);
            var isAhead = After.Contains(first.Text) || Before.Contains(first.Text);
            var key = isAhead ? joined.Key.Substring(first.Text.Length) : joined.Key.Substring(0, joined.Key.Length - last.Text.Length);
            if (SaidBy(isAhead ? first.Text : last.Text) is { } which && IsTensor(key))
                return new Form(key, TextSpan.Cover(token.Span, row[joined.End - 1].Span), which, joined.End);
        }

        if (_names.IsKnown(token.Name) && IsTensor(token.Name) && ScriptBehind(row, index + 1) is var (word, end) && SaidBy(word) is { } said && !IsDeclared(token.Name + word) && !IsDeclared(token.Name + "^" + word))
            return new Form(token.Name, token.Span, said, end);
        if (index + 2 < row.Length && (After.Contains(token.Name) || Before.Contains(token.Name)) && row[index + 1].Kind == TokenKind.Underscore && row[index + 2].Kind == TokenKind.Name
            && IsTensor(row[index + 2].Name) && !IsDeclared(token.Name + row[index + 2].Name))
        {
            return new Form(row[index + 2].Name, row[index + 2].Span, After.Contains(token.Name) ? Said.New : Said.Old, index + 3);
        }

        if (index + 1 < row.Length && (After.Contains(token.Name) || Before.Contains(token.Name)) && IsNameAt(row, index + 1) && !IsDeclared(token.Name))
            return new Form(row[index + 1].Name, row[index + 1].Span, After.Contains(token.Name) ? Said.New : Said.Old, index + 2);
        if (IsDeclared(token.Name) || token.Glyphs.Length == 0)
            return null;
        if (token.Name.EndsWith("'", StringComparison.Ordinal) && IsTensor(token.Name.TrimEnd('\'')) && token.Glyphs[token.Glyphs.Length - 1].Text.EndsWith("'", StringComparison.Ordinal))
            return new Form(token.Name.TrimEnd('\''), token.Span, Said.New, index + 1);
        foreach (var suffix in new[] { "New", "Next", "Old", "Prev" })
        {
            if (token.Name.Length > suffix.Length && token.Name.EndsWith(suffix, StringComparison.Ordinal) && IsTensor(token.Name.Substring(0, token.Name.Length - suffix.Length)))
                return new Form(token.Name.Substring(0, token.Name.Length - suffix.Length), token.Span, After.Contains(suffix) ? Said.New : Said.Old, index + 1);
        }

        var bare = string.Concat(token.Glyphs.Take(token.Glyphs.Length - 1).Select(glyph => glyph.Text));
        return token.Glyphs.Length > 1 && token.Glyphs[token.Glyphs.Length - 1].Text is "i" or "j" or "k" && token.Glyphs[token.Glyphs.Length - 1].Text != _names.Step && (IsTensor(bare) || _names.RoleOf(bare) == NameRole.Gradient)
            ? new Form(bare, token.Span, Said.Element, index + 1) : null;
    }

    /// <summary>The tensor in <c>new weight</c>, with a blank before it.</summary>
    private bool IsNameAt(ImmutableArray<Token> row, int index) =>
        row[index].Kind == TokenKind.Name && row[index].Span.Start > row[index - 1].Span.End && IsTensor(row[index].Name) && !(index + 1 < row.Length && row[index + 1].Kind is TokenKind.Name);

    private bool IsTensor(string name) => _names.RoleOf(name) is NameRole.Parameter or NameRole.State;

    private bool IsDeclared(string name) => _names.RoleOf(name) is not (NameRole.None or NameRole.Assigned);

    private static Said? SaidBy(string word) => After.Contains(word) || word == "+" ? Said.New : Before.Contains(word) ? Said.Old : null;

    /// <summary>The word below or above a name, plain, in braces or as text.</summary>
    private static (string Word, int End)? ScriptBehind(ImmutableArray<Token> row, int index)
    {
        if (index + 1 >= row.Length || row[index].Kind is not (TokenKind.Underscore or TokenKind.Caret))
            return null;
        if (row[index + 1].Kind is TokenKind.Name or TokenKind.Plus && (row[index + 1].Kind == TokenKind.Name || row[index].Kind == TokenKind.Caret))
            return row[index + 1].Kind == TokenKind.Plus ? IsPlusAlone(row, index + 2) ? ("+", index + 2) : null : (row[index + 1].Name, index + 2);
        var open = row[index + 1].Kind == TokenKind.Command ? index + 2 : index + 1;
        if (open >= row.Length || row[open].Kind != TokenKind.OpenBrace || Labels.Closing(row, open) is not (> 0 and var close))
            return null;
        var word = "";
        for (var i = open + 1; i < close; i++)
        {
            if (row[i].Kind == TokenKind.Name)
                word += row[i].Name;
            else if (row[i].Kind == TokenKind.Plus && row[index].Kind == TokenKind.Caret)
                word += "+";
            else if (row[i].Kind is not (TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Command))
                return null;
        }

        return (word, close + 1);
    }

    /// <summary>True where a plus above a name adds nothing.</summary>
    private static bool IsPlusAlone(ImmutableArray<Token> row, int next) =>
        next >= row.Length || StatementSplitter.IsAssignment(row[next].Kind) || row[next].Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.CloseParenthesis;
}
