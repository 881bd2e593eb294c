using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// The part of the parser that reads a name as a whole: on the left of an assignment, where all that is written is one name, and as
/// the symbol of a declaration.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>How many tokens before an assignment a name and the words before it may be.</summary>
    private const int LongestTarget = 32;

    /// <summary>The name that tokens are from first to last, or null.</summary>
    private static WholeName? ReadWholeName(ImmutableArray<Token> tokens, bool isLatex, Vocabulary names)
    {
        var parser = new Parser(tokens, "", isLatex, names, new ErrorSink(TextOrigin.Formulas));
        try
        {
            var name = parser.ParseWholeName();
            return parser.Current.Kind == TokenKind.End ? name : null;
        }
        catch (SyntaxErrorException)
        {
            return null;
        }
    }

    /// <summary>The name that a symbol is, or null.</summary>
    public static NameSyntax? ParseNameText(string text, string step, ErrorSink errors)
    {
        var tokens = Lexer.Lex(text, errors).RemoveAll(token => token.Kind is TokenKind.NewLine or TokenKind.Gap or TokenKind.End);
        return tokens.Length == 0 || errors.Count > 0 ? null : ReadWholeName(RowForms.WithAverages(tokens, new Vocabulary(step)), IsLatex(text), new Vocabulary(step))?.Name;
    }

    /// <summary>Where the name starts that stands before an assignment; negative where none does.</summary>
    private static int TargetStart(ImmutableArray<Token> tokens, int assignment, bool isLatex, Vocabulary names)
    {
        for (var start = Math.Max(0, assignment - LongestTarget); start < assignment; start++)
        {
            if (tokens[start].Kind is TokenKind.Name or TokenKind.Command or TokenKind.OpenBrace
                && (start == 0 || tokens[start - 1].Kind is not (TokenKind.Underscore or TokenKind.Caret or TokenKind.Command))
                && LooksLikeName(tokens, start, assignment)
                && ReadWholeName(ImmutableArray.Create(tokens, start, assignment - start), isLatex, names) is not null)
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>True for letters and what may be written on them; spares reading what cannot be one name.</summary>
    private static bool LooksLikeName(ImmutableArray<Token> tokens, int start, int end)
    {
        var i = start;
        while (i < end && (i == start || IsLetters(tokens[i])))
            i = BehindAtom(tokens, i);
        while (i < end)
        {
            if (tokens[i].Kind is TokenKind.OpenParenthesis or TokenKind.OpenBracket)
                i = BehindAtom(tokens, i);
            else if (tokens[i].Kind is TokenKind.Underscore or TokenKind.Caret)
                i = BehindAtom(tokens, i + 1);
            else if (tokens[i].Kind == TokenKind.Member)
                i++;
            else
                return false;
        }

        return i == end;
    }

    /// <summary>Behind a letter, a number, brackets, or a command with its argument.</summary>
    private static int BehindAtom(ImmutableArray<Token> tokens, int index)
    {
        while (index < tokens.Length && tokens[index].Kind == TokenKind.Command)
            index++;
        if (index >= tokens.Length || BracketDepth.Of(tokens[index].Kind) <= 0)
            return index + 1;
        return Labels.Closing(tokens, index) is >= 0 and var close ? close + 1 : int.MaxValue;
    }

    /// <summary>The name that tokens of a row are, in its normalised form.</summary>
    public static string? NameOf(ImmutableArray<Token> tokens, int start, int end, Vocabulary names) =>
        ReadWholeName(ImmutableArray.Create(tokens, start, end - start), names.IsLatex, names)?.Name is { } name ? name.Key(names.Step) : null;

    /// <summary>Notes what the rows assign, so that all of them are read knowing it.</summary>
    private static void CollectTargets(List<Row> rows, bool isLatex, Vocabulary names)
    {
        foreach (var tokens in rows.Select(row => row.Tokens))
        {
            if (CopiedInto(tokens) is { } made && names.RoleOf(made) == NameRole.None)
                names.AddAssigned(made, hasTime: false, hasUpperTime: false, arguments: null);
            var depth = 0;
            for (var i = ProgramRows.IsIndex(tokens) ? tokens.Length : BehindLoop(tokens); i < tokens.Length; i++)
            {
                depth += BracketDepth.Of(tokens[i].Kind);
                if (depth > 0 || !StatementSplitter.IsAssignment(tokens[i].Kind))
                    continue;
                if (TargetStart(tokens, i, isLatex, names) is >= 0 and var start && ReadWholeName(ImmutableArray.Create(tokens, start, i - start), isLatex, names) is { } whole)
                    names.AddAssigned(WithoutSquare(whole.Name.Key(names.Step), names), whole.HasTime(names.Step), whole.HasUpperTime, whole.Arguments);
            }
        }
    }

    /// <summary>Where a text assigns the square of a state, what it keeps is the state.</summary>
    private static string WithoutSquare(string name, Vocabulary names) => name.EndsWith("^2", StringComparison.Ordinal) && !names.IsKnown(name) && name.Substring(0, name.Length - 2) is var kept && names.RoleOf(kept) == NameRole.State ? kept : name;

    /// <summary>The name that <c>denom.copy_(v)</c> gives a value which it did not have.</summary>
    private static string? CopiedInto(ImmutableArray<Token> tokens)
    {
        var end = 0;
        while (end < tokens.Length && tokens[end].Kind is TokenKind.Name or TokenKind.Underscore)
            end++;
        return end > 0 && end + 1 < tokens.Length && tokens[end] is { Kind: TokenKind.Member, Text: "copy_" } && tokens[end + 1].Kind == TokenKind.OpenParenthesis ? string.Concat(tokens.Take(end).Select(token => token.Name)) : null;
    }

    /// <summary>Where the body of a loop starts whose head is on a row: what the head counts is no name of the step.</summary>
    private static int BehindLoop(ImmutableArray<Token> tokens)
    {
        var first = tokens.Length > 1 && tokens[0].Kind == TokenKind.Number && tokens[1].Kind == TokenKind.Colon ? 2 : 0;
        if (first >= tokens.Length || tokens[first].Kind != TokenKind.Name || !ListingWords.IsLoop(tokens[first].Name) || ListingWords.IsBareLoop(tokens[first].Name))
            return 0;
        for (var i = first; i < tokens.Length; i++)
        {
            if (tokens[i].Name == "do" || (tokens[i].Kind == TokenKind.Colon && !tokens.Skip(i + 1).Any(token => token.Name == "do")))
                return i;
        }

        // for i := range w {
        return tokens[tokens.Length - 1].Kind == TokenKind.OpenBrace ? tokens.Length : 0;
    }

    private WholeName ParseWholeName()
    {
        var start = Current.Span;
        var name = Current.Kind == TokenKind.OpenBrace ? ParseBracedName() : ParseLetters(null, single: false);
        while (IsDifference(name) && IsLetters(Current))
        {
            var more = ParseLetters(null, single: false);
            name = name with { Glyphs = name.Glyphs.AddRange(more.Glyphs), Span = TextSpan.Cover(name.Span, more.Span) };
        }

        var (hasUpperTime, arguments) = (false, default(string));
        while (true)
        {
            if (Current.Kind == TokenKind.Underscore)
            {
                name = ParseSubscript(name);
            }
            else if (Current.Kind == TokenKind.Caret && ParseTimeIndex() is { } index)
            {
                name = name with { TimeIndex = index };
            }
            else if (Current.Kind == TokenKind.Caret && ParseUpperTime() is { } upper)
            {
                hasUpperTime = true;
                name = name with { TimeIndex = upper };
            }
            else if (Current.Kind == TokenKind.Caret && Labels.Above(_tokens, _index) is { } label)
            {
                name = WithLabel(name, label.Text, label.End);
            }
            else if (Current.Kind is TokenKind.OpenBracket or TokenKind.OpenParenthesis && TimeInBrackets() is { } time)
            {
                name = name with { TimeIndex = ReadTimeInBrackets(time) };
            }
            else if (Current.Kind == TokenKind.OpenParenthesis && TimeBehindArguments() is { } behind)
            {
                name = name with { TimeIndex = ReadTimeInBrackets(behind) };
            }
            else if (Current.Kind == TokenKind.OpenBracket && ParseKeyOn(ref name))
            {
                continue;
            }
            else if (Current.Kind == TokenKind.OpenBracket && Labels.InBrackets(_tokens, _index, Step) is { } bracketed)
            {
                name = WithLabel(name, bracketed.Text, bracketed.End);
            }
            else if (Current.Kind == TokenKind.Member && DottedName(name, Current) is { } dotted)
            {
                Advance();
                name = dotted;
            }
            else if (Current.Kind == TokenKind.Member && WithMembers(name) is NameSyntax member)
            {
                name = member;
            }
            else if (Current.Kind == TokenKind.OpenParenthesis && arguments is null && ArgumentNames() is { } listed && (listed.Text.Split(',').All(_names.IsKnown) || _names.RoleOf(name.Key(Step)) == NameRole.Helper))
            {
                arguments = listed.Text;
                MoveTo(listed.End);
            }
            else
            {
                break;
            }
        }

        return new WholeName(name with { Span = TextSpan.FromBounds(start.Start, Math.Max(name.Span.End, Previous.End)) }, hasUpperTime, arguments);
    }

    /// <summary><c>{\beta}_1</c>: braces around a name alone mean nothing.</summary>
    private NameSyntax ParseBracedName()
    {
        Advance();
        var name = Nested(() => Current.Kind == TokenKind.OpenBrace ? ParseBracedName() : ParseLetters(null, single: false));
        while (Current.Kind == TokenKind.Underscore)
            name = ParseSubscript(name);
        Expect(TokenKind.CloseBrace, "}");
        return name;
    }

    /// <summary>Δ before a name is a part of it: <c>Δx</c> is the change of x.</summary>
    private static bool IsDifference(NameSyntax name) => name is { Letters: "Δ", Subscripts.Length: 0 };

    private NameSyntax WithLabel(NameSyntax name, string label, int end)
    {
        var start = Current.Span;
        MoveTo(end);
        var span = TextSpan.Cover(start, Previous);
        return WithoutElement(name with { Subscripts = name.Subscripts.Add(new Subscript(span, label, 0)), Span = TextSpan.Cover(name.Span, span) });
    }

    private Token At(int offset) => _tokens[Math.Min(_index + offset, _tokens.Length - 1)];

    private void MoveTo(int index)
    {
        _rest = null;
        _index = Math.Min(index, _tokens.Length - 1);
    }

    /// <summary>A name, and what is written on it that is no part of it.</summary>
    private sealed record WholeName(NameSyntax Name, bool HasUpperTime, string? Arguments)
    {
        public bool HasTime(string step) => Name.TimeIndex is not null || Name.Subscripts.Any(part => part.Text == step);
    }
}
