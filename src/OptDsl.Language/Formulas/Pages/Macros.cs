using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>
/// Writes what a paper's own commands stand for in their places: those that <c>\newcommand</c>, <c>\def</c>, <c>\let</c>,
/// <c>\DeclareMathOperator</c> and <c>\DeclarePairedDelimiter</c> of the same text define.
/// </summary>
internal sealed class Macros
{
    /// <summary>Commands that stand for commands are followed so many times.</summary>
    private const int MostRounds = 6;

    /// <summary>A text that grows beyond this is left as it is: definitions can double it without end.</summary>
    private const int LongestText = 30_000;

    private const int MostArguments = 9;

    private static readonly Regex Definition = new(@"\\(?:(?:re|provide)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|DeclarePairedDelimiter|DeclareRobustCommand)(?![a-zA-Z])", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, Macro> _macros = [];

    /// <summary>What a command stands for: a body with #1 and so on in the place of its arguments, of which the first may be left out.</summary>
    private sealed record Macro(int Arguments, string? Optional, string Body);

    private Macros()
    {
    }

    /// <summary>The text with its own commands written out and without their definitions, or null where it defines none.</summary>
    public static PlainText? Expand(string text)
    {
        if (text.IndexOf('\\') < 0 || !Definition.IsMatch(text))
            return null;
        var macros = new Macros();
        if (macros.Collect(text) is not { } page)
            return null;
        for (var round = 0; round < MostRounds && page.Text.Length < LongestText && macros.WriteOut(page.Text) is { } next; round++)
            page = page.Then(next);
        return page;
    }

    /// <summary>The calls of a text's own commands, within which nothing can be edited where an error stands.</summary>
    public static IEnumerable<TextSpan> CallsIn(string text) => Expand(text) is { } page ? page.Places.Where(place => place.Length > 1).Distinct() : [];

    /// <summary>Notes the definitions, and gives the text without them; null where none can be read.</summary>
    private PlainText? Collect(string text)
    {
        var writer = new PlainTextWriter(text);
        var position = 0;
        foreach (Match match in Definition.Matches(text))
        {
            if (match.Index < position || ReadDefinition(text, match.Value, match.Index + match.Length) is not (> 0 and var end))
                continue;
            writer.Copy(position, match.Index);
            writer.Write(" ", TextSpan.FromBounds(match.Index, end));
            position = end;
        }

        writer.Copy(position, text.Length);
        return _macros.Count > 0 ? writer.ToPlainText() : null;
    }

    /// <summary>Reads a definition behind its command; where it ends, or a negative number.</summary>
    private int ReadDefinition(string text, string command, int position)
    {
        if (position < text.Length && text[position] == '*')
            position++;
        if (NameAt(text, ref position) is not { } name)
            return -1;
        if (command == "\\let")
        {
            position = AfterBlanks(text, position);
            if (position < text.Length && text[position] == '=')
                position = AfterBlanks(text, position + 1);
            var alias = TokenEnd(text, position);
            if (alias <= position)
                return -1;
            _macros[name] = new Macro(0, null, text.Substring(position, alias - position));
            return alias;
        }

        var (count, optional) = (0, default(string));
        if (command.EndsWith("def", StringComparison.Ordinal))
        {
            while (position + 1 < text.Length && text[position] == '#' && char.IsDigit(text[position + 1]))
                (count, position) = (count + 1, position + 2);
        }
        else if (BracketsAt(text, position) is (var number, var behind) && int.TryParse(number, out count))
        {
            position = behind;
            if (BracketsAt(text, position) is (var value, var next))
                (optional, position) = (value, next);
        }

        if (count is < 0 or > MostArguments || BracesAt(text, position) is not var (body, end))
            return -1;
        if (command == "\\DeclareMathOperator")
            body = $"\\operatorname{{{body}}}";
        if (command == "\\DeclarePairedDelimiter")
        {
            if (BracesAt(text, end) is not var (right, last))
                return -1;
            (body, count, end) = ($"{body} #1 {right}", 1, last);
        }

        _macros[name] = new Macro(count, optional, body.Replace("\\ensuremath", "").Replace("\\xspace", ""));
        return end;
    }

    /// <summary>The text with each command once written out, or null where it has none.</summary>
    private PlainText? WriteOut(string text)
    {
        var writer = new PlainTextWriter(text);
        var (position, copied) = (0, 0);
        while (position >= 0 && (position = text.IndexOf('\\', position)) >= 0 && writer.Length < LongestText)
        {
            var start = position++;
            var end = position;
            while (end < text.Length && text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                end++;
            if (end == position)
            {
                position = Math.Min(text.Length, position + 1);
                continue;
            }

            position = end;
            if (!_macros.TryGetValue(text.Substring(start + 1, end - start - 1), out var macro) || ArgumentsOf(macro, text, ref end) is not { } arguments)
                continue;
            writer.Copy(copied, start);
            WriteBody(writer, text, macro, arguments, TextSpan.FromBounds(start, end));
            if (char.IsLetter(writer.Last) && end < text.Length && char.IsLetter(text[end]))
                writer.Write(" ", new TextSpan(end, 0));
            position = copied = end;
        }

        if (copied == 0)
            return null;
        writer.Copy(copied, text.Length);
        return writer.ToPlainText();
    }

    /// <summary>Where the arguments of a command stand; a span without characters is the optional one that was left out.</summary>
    private static List<TextSpan>? ArgumentsOf(Macro macro, string text, ref int end)
    {
        var arguments = new List<TextSpan>();
        var position = end;
        if (macro.Arguments > 0 && position < text.Length && text[position] == '*')
            position++;
        if (macro.Optional is not null)
        {
            var given = BracketsAt(text, position);
            arguments.Add(given is var (value, behind) ? new TextSpan(behind - 1 - value.Length, value.Length) : default);
            position = given?.End ?? position;
        }

        while (arguments.Count < macro.Arguments)
        {
            if (BracesAt(text, position) is var (content, behind))
            {
                arguments.Add(new TextSpan(behind - 1 - content.Length, content.Length));
                position = behind;
                continue;
            }

            position = AfterBlanks(text, position);
            var token = TokenEnd(text, position);
            if (token <= position)
                return null;
            arguments.Add(TextSpan.FromBounds(position, token));
            position = token;
        }

        end = position;
        return arguments;
    }

    /// <summary>All that stands for a call has the place of the call, so that places never run back.</summary>
    private static void WriteBody(PlainTextWriter writer, string text, Macro macro, List<TextSpan> arguments, TextSpan place)
    {
        for (var i = 0; i < macro.Body.Length; i++)
        {
            if (macro.Body[i] == '#' && i + 1 < macro.Body.Length && macro.Body[i + 1] - '1' is >= 0 and var index && index < arguments.Count)
            {
                i++;
                if (index == 0 && macro.Optional is { } optional && arguments[0].Length == 0)
                    writer.Write(optional, place);
                else
                    writer.Write(text.Substring(arguments[index].Start, arguments[index].Length), place);
                continue;
            }

            writer.Write(macro.Body[i].ToString(), place);
        }
    }

    /// <summary>The command that is defined, in braces or not.</summary>
    private static string? NameAt(string text, ref int position)
    {
        var start = AfterBlanks(text, position);
        var isBraced = start < text.Length && text[start] == '{';
        if (isBraced)
            start = AfterBlanks(text, start + 1);
        if (start >= text.Length || text[start] != '\\')
            return null;
        var end = start + 1;
        while (end < text.Length && text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            end++;
        if (end == start + 1)
            return null;
        var close = isBraced ? AfterBlanks(text, end) : end;
        if (isBraced && (close >= text.Length || text[close] != '}'))
            return null;
        position = isBraced ? close + 1 : close;
        return text.Substring(start + 1, end - start - 1);
    }

    private static (string Content, int End)? BracketsAt(string text, int position)
    {
        position = AfterBlanks(text, position);
        if (position >= text.Length || text[position] != '[' || text.IndexOf(']', position) is not (> 0 and var close))
            return null;
        return (text.Substring(position + 1, close - position - 1), close + 1);
    }

    private static (string Content, int End)? BracesAt(string text, int position)
    {
        position = AfterBlanks(text, position);
        if (position >= text.Length || text[position] != '{')
            return null;
        return Braces.Closing(text, position) is { } close ? (text.Substring(position + 1, close - position - 1), close + 1) : null;
    }

    /// <summary>Where a command or a single character ends.</summary>
    private static int TokenEnd(string text, int position)
    {
        if (position >= text.Length || text[position] is '}' or '{')
            return position;
        if (text[position] != '\\')
            return position + 1;
        var end = position + 1;
        while (end < text.Length && text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            end++;
        return Math.Min(text.Length, Math.Max(end, position + 2));
    }

    private static int AfterBlanks(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
        return position;
    }
}
