using System.Collections.Immutable;
using System.Globalization;
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
        return tokens.Length == 0 || errors.Count > 0 ? null : ReadWholeName(tokens, IsLatex(text), new Vocabulary(step))?.Name;
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
            var depth = 0;
            for (var i = ProgramRows.IsIndex(tokens) ? tokens.Length : BehindLoop(tokens); i < tokens.Length; i++)
            {
                depth += BracketDepth.Of(tokens[i].Kind);
                if (depth > 0 || !StatementSplitter.IsAssignment(tokens[i].Kind))
                    continue;
                if (TargetStart(tokens, i, isLatex, names) is >= 0 and var start && ReadWholeName(ImmutableArray.Create(tokens, start, i - start), isLatex, names) is { } whole)
                    names.AddAssigned(whole.Name.Key(names.Step), whole.HasTime(names.Step), whole.HasUpperTime, whole.Arguments);
            }
        }
    }

    /// <summary>Where the body of a loop starts whose head is on a row: what the head counts is no name of the step.</summary>
    private static int BehindLoop(ImmutableArray<Token> tokens)
    {
        var first = tokens.Length > 1 && tokens[0].Kind == TokenKind.Number && tokens[1].Kind == TokenKind.Colon ? 2 : 0;
        if (first >= tokens.Length || tokens[first].Kind != TokenKind.Name || !ListingWords.IsLoop(tokens[first].Name) || ListingWords.IsBareLoop(tokens[first].Name))
            return 0;
        for (var i = first; i < tokens.Length; i++)
        {
            if (tokens[i].Kind == TokenKind.Colon || tokens[i].Name == "do")
                return i;
        }

        return 0;
    }

    /// <summary>
    /// Notes the functions that rows define: <c>φ(x) = …</c>, where x is no name of the rule, or where φ is taken of something else than x.
    /// </summary>
    private static void CollectHelpers(List<Row> rows, bool isLatex, Vocabulary names)
    {
        foreach (var tokens in rows.Select(row => row.Tokens))
        {
            var depth = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                depth += BracketDepth.Of(tokens[i].Kind);
                if (depth > 0 || tokens[i].Kind != TokenKind.Assign || HelperTarget(tokens, i, isLatex, names) is not var (name, parameters))
                    continue;
                if (parameters.Any(parameter => !names.IsKnown(parameter)) || IsTakenOfOthers(rows, name, parameters, isLatex, names))
                    names.AddHelper(name);
            }
        }
    }

    /// <summary>The name and the arguments in <c>φ(x, y) =</c>, where a function can have that name.</summary>
    private static (string Name, List<string> Parameters)? HelperTarget(ImmutableArray<Token> tokens, int assignment, bool isLatex, Vocabulary names)
    {
        if (assignment < 4 || tokens[assignment - 1].Kind != TokenKind.CloseParenthesis || OpeningOf(tokens, assignment - 1) is not (> 0 and var open))
            return null;
        var parameters = new List<string>();
        for (var start = open + 1; start < assignment - 1;)
        {
            var end = start;
            while (end < assignment - 1 && tokens[end].Kind != TokenKind.Comma)
                end++;
            if (end == start || !LooksLikeName(tokens, start, end) || ReadWholeName(ImmutableArray.Create(tokens, start, end - start), isLatex, names) is not { Arguments: null } parameter
                || parameter.HasTime(names.Step) || parameters.Contains(parameter.Name.Key(names.Step)))
                return null;
            parameters.Add(parameter.Name.Key(names.Step));
            start = end + 1;
        }

        for (var start = Math.Max(0, open - LongestTarget); start < open && parameters.Count > 0; start++)
        {
            if (tokens[start].Kind is TokenKind.Name or TokenKind.Command or TokenKind.OpenBrace
                && (start == 0 || tokens[start - 1].Kind is not (TokenKind.Underscore or TokenKind.Caret or TokenKind.Command))
                && LooksLikeName(tokens, start, open)
                && ReadWholeName(ImmutableArray.Create(tokens, start, open - start), isLatex, names) is { Arguments: null } whole)
            {
                var name = whole.Name.Key(names.Step);
                return names.RoleOf(name) is NameRole.None or NameRole.Assigned && name != names.Step ? (name, parameters) : null;
            }
        }

        return null;
    }

    private static int OpeningOf(ImmutableArray<Token> tokens, int close)
    {
        var depth = 0;
        for (var i = close; i >= Math.Max(0, close - LongestTarget); i--)
        {
            depth += BracketDepth.Of(tokens[i].Kind);
            if (depth == 0)
                return i;
        }

        return -1;
    }

    /// <summary>True where a name is followed by brackets that hold something else than the names of its arguments.</summary>
    private static bool IsTakenOfOthers(List<Row> rows, string name, List<string> parameters, bool isLatex, Vocabulary names)
    {
        foreach (var tokens in rows.Select(row => row.Tokens))
        {
            for (var open = 1; open < tokens.Length; open++)
            {
                if (tokens[open].Kind != TokenKind.OpenParenthesis || Labels.Closing(tokens, open) is not (> 0 and var close) || !EndsWithName(tokens, open, name, isLatex, names) || Objectives.IsBehindNabla(tokens, open))
                    continue;
                var inside = "";
                for (var i = open + 1; i < close; i++)
                {
                    if (tokens[i].Kind == TokenKind.Underscore)
                        i = BehindAtom(tokens, i + 1) - 1;
                    else
                        inside += tokens[i].Kind == TokenKind.Comma ? "," : tokens[i].Kind == TokenKind.Name ? tokens[i].Name : "?";
                }

                if (inside != string.Join(",", parameters) && !(tokens[open + 1].Name == names.Step && names.Step != ""))
                    return true;
            }
        }

        return false;
    }

    private static bool EndsWithName(ImmutableArray<Token> tokens, int end, string name, bool isLatex, Vocabulary names)
    {
        for (var start = end - 1; start >= Math.Max(0, end - LongestTarget); start--)
        {
            if (LooksLikeName(tokens, start, end) && ReadWholeName(ImmutableArray.Create(tokens, start, end - start), isLatex, names) is { } whole && whole.Name.Key(names.Step) == name)
                return true;
        }

        return false;
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

    /// <summary><c>^k</c>, <c>^{k+1}</c> or <c>^{t}</c> where a left side has the step so.</summary>
    private Subscript? ParseUpperTime()
    {
        if (Step == "" || _rest is not null || Current.Kind != TokenKind.Caret)
            return null;
        var start = Current.Span;
        if (At(1).Kind == TokenKind.Name && At(1).Name == Step)
        {
            MoveTo(_index + 2);
            return new Subscript(TextSpan.Cover(start, Previous), Step, 0);
        }

        if (At(1).Kind != TokenKind.OpenBrace || OffsetAt(_index + 2) is not { } offset || _tokens[Math.Min(offset.End, _tokens.Length - 1)].Kind != TokenKind.CloseBrace)
            return null;
        MoveTo(offset.End + 1);
        return new Subscript(TextSpan.Cover(start, Previous), Step, offset.Value);
    }

    /// <summary>The index in <c>v(t-1)</c> or <c>v[t]</c>, and where its brackets end.</summary>
    private (int Offset, int End)? TimeInBrackets()
    {
        var close = Current.Kind == TokenKind.OpenBracket ? TokenKind.CloseBracket : TokenKind.CloseParenthesis;
        return _rest is null && OffsetAt(_index + 1) is { } offset && _tokens[Math.Min(offset.End, _tokens.Length - 1)].Kind == close ? (offset.Value, offset.End + 1) : null;
    }

    /// <summary>The index in <c>r(w, t-1)</c>, behind names that r depends on.</summary>
    private (int Offset, int End)? TimeBehindArguments()
    {
        if (_rest is not null || Step == "" || Labels.Closing(_tokens, _index) is not (> 0 and var close))
            return null;
        var comma = close - 1;
        while (comma > _index && _tokens[comma].Kind != TokenKind.Comma)
            comma--;
        if (comma <= _index + 1 || OffsetAt(comma + 1) is not { } offset || offset.End != close)
            return null;
        for (var i = _index + 1; i < comma; i++)
        {
            if (_tokens[i].Kind is not (TokenKind.Name or TokenKind.Comma) || (_tokens[i].Kind == TokenKind.Name && !_names.IsKnown(_tokens[i].Name)))
                return null;
        }

        return (offset.Value, close + 1);
    }

    private Subscript ReadTimeInBrackets((int Offset, int End) time)
    {
        var start = Current.Span;
        MoveTo(time.End);
        return new Subscript(TextSpan.Cover(start, Previous), Step, time.Offset);
    }

    /// <summary>The step and what is added to it, as in <c>t-1</c>, and where it ends.</summary>
    private (int Value, int End)? OffsetAt(int index)
    {
        Token Token(int i) => _tokens[Math.Min(i, _tokens.Length - 1)];
        if (Step == "" || Token(index).Kind != TokenKind.Name || Token(index).Name != Step)
            return null;
        if (Token(index + 1).Kind is not (TokenKind.Plus or TokenKind.Minus))
            return (0, index + 1);
        return Token(index + 2).Kind == TokenKind.Number && int.TryParse(Token(index + 2).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (Token(index + 1).Kind == TokenKind.Plus ? number : -number, index + 3)
            : null;
    }

    /// <summary>The names in <c>r(w, t)</c>, where brackets hold nothing else.</summary>
    private (string Text, int End)? ArgumentNames()
    {
        var close = Labels.Closing(_tokens, _index);
        if (close <= _index + 1 || _rest is not null)
            return null;
        var names = new List<string>();
        for (var i = _index + 1; i < close; i++)
        {
            switch (_tokens[i].Kind)
            {
                case TokenKind.Name:
                    names.Add(_tokens[i].Name);
                    break;
                case TokenKind.Underscore when i + 1 < close && _tokens[i + 1].Kind is TokenKind.Name or TokenKind.Number:
                    i++;
                    break;
                case TokenKind.Underscore when i + 1 < close && _tokens[i + 1].Kind == TokenKind.OpenBrace && Labels.Closing(_tokens, i + 1) is > 0 and var end:
                    i = end;
                    break;
                case TokenKind.Comma when i > _index + 1 && i < close - 1:
                    break;
                default:
                    return null;
            }
        }

        return names.Count > 0 ? (string.Join(",", names), close + 1) : null;
    }

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
