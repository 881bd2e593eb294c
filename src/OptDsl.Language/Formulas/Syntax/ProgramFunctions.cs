using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Puts the statements of a program's function in front of the statement that calls it, as in
/// <c>def newton_schulz(G, steps=5): …; return X</c>. Those of its own names that mean something else outside get that of the function behind
/// them. A function of one expression is a definition of the language and stays.
/// </summary>
internal static class ProgramFunctions
{
    /// <summary>Calls beyond this are left as they are.</summary>
    private const int MostCalls = 16;

    private static readonly HashSet<string> Blocks = ["if", "elif", "else", "for", "while", "repeat"];

    /// <summary>A line of the text, and how far it is indented.</summary>
    private sealed record Line(ImmutableArray<Token> Tokens, int Column)
    {
        public string Word => Tokens.FirstOrDefault(token => token.Kind is not (TokenKind.NewLine or TokenKind.Gap))?.Name ?? "";
    }

    /// <summary>An argument of a function, and its value unless a call gives one.</summary>
    private sealed record Parameter(string Name, ImmutableArray<Token> Default);

    private sealed record Function(string Name, ImmutableArray<Parameter> Parameters, ImmutableArray<Line> Body, ImmutableArray<Token> Result);

    /// <param name="tokens">The text, before anything is made of it.</param>
    /// <param name="text">Its characters, which say how far lines are indented.</param>
    /// <param name="names">What is declared.</param>
    public static ImmutableArray<Token> Inline(ImmutableArray<Token> tokens, string text, Vocabulary names)
    {
        if (!tokens.Any(token => token.Name == "def"))
            return tokens;
        var lines = LinesOf(tokens, text);
        for (var start = 0; start < lines.Count; start++)
        {
            if (lines[start].Word != "def" || FunctionAt(lines, start) is not { } function)
                continue;
            var rest = lines.Take(start).Concat(lines.Skip(start + 1 + BodyLength(lines, start))).ToList();
            if (Called(rest, function, names) is not { } inlined)
                continue;
            lines = inlined;
            start = -1;
        }

        return [.. lines.SelectMany(line => line.Tokens)];
    }

    /// <summary>The lines, each with the line ends before it.</summary>
    private static List<Line> LinesOf(ImmutableArray<Token> tokens, string text)
    {
        var lines = new List<Line>();
        var line = ImmutableArray.CreateBuilder<Token>();
        var hasTokens = false;
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.NewLine && hasTokens)
                Flush();
            hasTokens |= token.Kind != TokenKind.NewLine;
            line.Add(token);
        }

        Flush();
        return lines;

        void Flush()
        {
            if (line.Count == 0)
                return;
            var first = line.FirstOrDefault(token => token.Kind != TokenKind.NewLine) ?? line[0];
            lines.Add(new Line(line.ToImmutable(), first.Span.Start - LineEnds.StartOfLine(text, first.Span.Start)));
            line.Clear();
            hasTokens = false;
        }
    }

    private static int BodyLength(List<Line> lines, int start) => lines.Skip(start + 1).TakeWhile(line => line.Column > lines[start].Column && line.Word != "" || line.Tokens.All(token => token.Kind == TokenKind.NewLine)).Count();

    /// <summary>A function of several statements, the last of which gives its value.</summary>
    private static Function? FunctionAt(List<Line> lines, int start)
    {
        var head = lines[start].Tokens.RemoveAll(token => token.Kind is TokenKind.NewLine or TokenKind.Gap);
        var open = 1;
        while (open < head.Length && head[open].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number)
            open++;
        if (open == 1 || open >= head.Length || head[open].Kind != TokenKind.OpenParenthesis || Labels.Closing(head, open) is not (> 0 and var close) || head[head.Length - 1].Kind != TokenKind.Colon)
            return null;
        var parameters = ParametersOf(ImmutableArray.Create(head, open + 1, close - open - 1));
        var body = lines.Skip(start + 1).Take(BodyLength(lines, start)).Where(line => line.Tokens.Any(token => token.Kind != TokenKind.NewLine)).ToImmutableArray();
        if (parameters is null || body.Length < 2 || body[body.Length - 1] is not { Word: "return" } last || last.Column != body[0].Column || body.Count(line => line.Word == "return") > 1)
            return null;
        var result = last.Tokens.RemoveAll(token => token.Kind is TokenKind.NewLine or TokenKind.Gap or TokenKind.End).RemoveAt(0);
        var depth = 0;
        var isTuple = result.Any(token => (depth += BracketDepth.Of(token.Kind)) == 0 && token.Kind == TokenKind.Comma);
        return result.Length == 0 || isTuple ? null : new Function(Written(ImmutableArray.Create(head, 1, open - 1)), [.. parameters], body.RemoveAt(body.Length - 1), result);
    }

    private static List<Parameter>? ParametersOf(ImmutableArray<Token> tokens)
    {
        var parameters = new List<Parameter>();
        foreach (var part in Divided(tokens))
        {
            var value = part.ToList().FindIndex(token => token.Kind == TokenKind.Assign);
            var end = value < 0 ? part.Length : value;
            var colon = part.ToList().FindIndex(token => token.Kind == TokenKind.Colon);
            var name = Written(ImmutableArray.Create(part, 0, colon >= 0 && colon < end ? colon : end));
            if (name == "")
                return null;
            parameters.Add(new Parameter(name, value < 0 ? [] : ImmutableArray.Create(part, value + 1, part.Length - value - 1)));
        }

        return parameters;
    }

    /// <summary>The parts between commas.</summary>
    private static IEnumerable<ImmutableArray<Token>> Divided(ImmutableArray<Token> tokens)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= tokens.Length; i++)
        {
            if (i < tokens.Length && ((depth += BracketDepth.Of(tokens[i].Kind)) > 0 || tokens[i].Kind != TokenKind.Comma))
                continue;
            if (i > start)
                yield return ImmutableArray.Create(tokens, start, i - start);
            start = i + 1;
        }
    }

    /// <summary>A name with underscores, as it is written; empty for anything else.</summary>
    private static string Written(ImmutableArray<Token> tokens) =>
        tokens.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number) ? string.Concat(tokens.Select(token => token.Kind == TokenKind.Underscore ? "_" : token.Kind == TokenKind.Name ? token.Name : token.Text)) : "";

    /// <summary>The lines with the function's statements in front of those that call it; null where none does, or one that it cannot stand in front of.</summary>
    private static List<Line>? Called(List<Line> lines, Function function, Vocabulary names)
    {
        var calls = 0;
        var outside = new HashSet<string>(lines.SelectMany(line => line.Tokens).Where(token => token.Kind == TokenKind.Name).Select(token => token.Name));
        for (var i = 0; i < lines.Count; i++)
        {
            while (CallIn(lines[i].Tokens, function.Name) is var (start, close))
            {
                if (++calls > MostCalls || Blocks.Contains(lines[i].Word) || lines[i].Word is "def" or "return" || !FitsBefore(lines, i, function) || Copy(function, lines[i].Tokens, start, close, calls, name => calls > 1 || outside.Contains(name) || names.IsKnown(name)) is not var (body, call))
                    return null;
                lines.InsertRange(i, body);
                i += body.Count;
                lines[i] = lines[i] with { Tokens = call };
            }
        }

        return calls > 0 ? lines : null;
    }

    /// <summary>True where the statements of the function belong to the block that the call belongs to.</summary>
    private static bool FitsBefore(List<Line> lines, int call, Function function)
    {
        var column = lines[call].Column;
        for (var i = call - 1; i >= 0 && column > 0; i--)
        {
            if (lines[i].Column >= column || lines[i].Word == "")
                continue;
            column = lines[i].Column;
            if (Blocks.Contains(lines[i].Word) && function.Body[0].Column <= column)
                return false;
        }

        return true;
    }

    private static (int Start, int Close)? CallIn(ImmutableArray<Token> line, string name)
    {
        for (var open = 1; open < line.Length; open++)
        {
            if (line[open].Kind != TokenKind.OpenParenthesis || Labels.Closing(line, open) is not (> 0 and var close))
                continue;
            var start = open;
            while (start > 0 && line[start - 1].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number && line[start - 1].Span.End == line[start].Span.Start)
                start--;
            if (start < open && Written(ImmutableArray.Create(line, start, open - start)) == name)
                return (start, close);
        }

        return null;
    }

    private static (List<Line> Body, ImmutableArray<Token> Call)? Copy(Function function, ImmutableArray<Token> line, int start, int close, int count, Func<string, bool> isTaken)
    {
        var open = start;
        while (line[open].Kind != TokenKind.OpenParenthesis)
            open++;
        var place = TextSpan.Cover(line[start].Span, line[open - 1].Span);
        if (ValuesOf(function, ImmutableArray.Create(line, open + 1, close - open - 1)) is not { } values)
            return null;

        var suffix = string.Concat(function.Name.Where(char.IsLetter)) + (count == 1 ? "" : new string((char)('A' + count - 2), 1));
        var renamed = new Dictionary<string, ImmutableArray<Token>>();
        var body = new List<Line>();
        var assigned = new HashSet<string>(function.Body.SelectMany(statement => Targets(statement.Tokens)));
        foreach (var (name, value) in values.Select(pair => (pair.Key, pair.Value)))
        {
            if (value.Length == 1 && !assigned.Contains(name))
            {
                renamed[name] = value;
                continue;
            }

            renamed[name] = [OwnName(name)];
            body.Add(new Line([Token(TokenKind.NewLine), OwnName(name), Token(TokenKind.Assign), .. value], function.Body[0].Column));
        }

        foreach (var name in assigned.Where(name => !renamed.ContainsKey(name)))
            renamed[name] = [OwnName(name)];
        body.AddRange(function.Body.Select(statement => statement with { Tokens = Rename(statement.Tokens, place: null) }));
        return (body,
        [
            .. line.Take(start), Token(TokenKind.OpenParenthesis), .. Rename(function.Result, place), Token(TokenKind.CloseParenthesis), .. line.Skip(close + 1),
        ]);

        Token OwnName(string name) => new(TokenKind.Name, place, NameSyntax.OfKey(isTaken(name) ? name.Replace("_", "") + suffix : name.Replace("_", ""), place).Glyphs, "");

        Token Token(TokenKind kind) => new(kind, place);

        ImmutableArray<Token> Rename(ImmutableArray<Token> tokens, TextSpan? place)
        {
            var copy = ImmutableArray.CreateBuilder<Token>(tokens.Length);
            for (var i = 0; i < tokens.Length; i++)
            {
                var end = i;
                while (end < tokens.Length && tokens[end].Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number && (end == i || tokens[end].Span.Start == tokens[end - 1].Span.End))
                    end++;
                var isLabel = end < tokens.Length && tokens[end].Kind == TokenKind.Assign && i > 0 && tokens[i - 1].Kind is TokenKind.Comma or TokenKind.OpenParenthesis && tokens.Take(i).Sum(token => BracketDepth.Of(token.Kind)) > 0;
                if (end > i && tokens[i].Kind == TokenKind.Name && !isLabel && renamed.TryGetValue(Written(ImmutableArray.Create(tokens, i, end - i)), out var value))
                {
                    var span = place ?? TextSpan.Cover(tokens[i].Span, tokens[end - 1].Span);
                    copy.AddRange(value.Select(token => token with { Span = span }));
                    i = end - 1;
                }
                else
                {
                    copy.Add(place is { } there ? tokens[i] with { Span = there } : tokens[i]);
                }
            }

            return copy.ToImmutable();
        }
    }

    /// <summary>What each argument is in a call; null where the call does not fit.</summary>
    private static Dictionary<string, ImmutableArray<Token>>? ValuesOf(Function function, ImmutableArray<Token> arguments)
    {
        var values = function.Parameters.Where(parameter => !parameter.Default.IsEmpty).ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        var position = 0;
        foreach (var argument in Divided(arguments))
        {
            var label = argument.ToList().FindIndex(token => token.Kind == TokenKind.Assign);
            var name = label > 0 ? Written(ImmutableArray.Create(argument, 0, label)) : position < function.Parameters.Length ? function.Parameters[position++].Name : "";
            if (function.Parameters.All(parameter => parameter.Name != name))
                return null;
            values[name] = label > 0 ? ImmutableArray.Create(argument, label + 1, argument.Length - label - 1) : argument;
        }

        return values.Count == function.Parameters.Length ? values : null;
    }

    /// <summary>The names that a line assigns.</summary>
    private static IEnumerable<string> Targets(ImmutableArray<Token> line)
    {
        var assignment = StatementSplitter.AssignmentIn(line);
        if (assignment < 0)
            return [];
        var left = ImmutableArray.Create(line, 0, assignment).RemoveAll(token => token.Kind is TokenKind.NewLine or TokenKind.Gap or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis);
        return Divided(left).Select(Written).Where(name => name != "");
    }
}
