using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>Reads the source of MathML, as browsers and word processors copy it: <c>&lt;msub&gt;&lt;mi&gt;v&lt;/mi&gt;&lt;mi&gt;t&lt;/mi&gt;&lt;/msub&gt;</c> is <c>v_{t}</c>.</summary>
internal sealed class MathMl
{
    private const int DeepestTree = 60;

    private static readonly Regex Tag = new(@"<(?<end>/?)(?:[a-zA-Z]+:)?(?<name>[a-zA-Z]+)(?<rest>(?:\s[^<>]*?)?)(?<empty>/?)>|<!--.*?-->", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static readonly Regex Invisible = new(@"&(?:InvisibleTimes|ApplyFunction|InvisibleComma|it|af|ic|#x206[0-4]|#829[0-2]);", RegexOptions.CultureInvariant);

    private readonly string _text;
    private readonly PlainTextWriter _writer;

    private MathMl(string text) => (_text, _writer) = (text, new PlainTextWriter(text));

    private sealed class Node(string name, TextSpan span)
    {
        public string Name => name;

        public string Attributes { get; init; } = "";

        /// <summary>Where it stands, its tags among it.</summary>
        public TextSpan Span { get; set; } = span;

        public List<Node> Children { get; } = [];
    }

    /// <summary>Characters between tags.</summary>
    private const string Characters = "#text";

    /// <summary>The text with its MathML as formulas, or null where it has none or none that is whole.</summary>
    public static PlainText? Read(string text) =>
        text.IndexOf("<math", StringComparison.OrdinalIgnoreCase) < 0 && text.IndexOf(":math", StringComparison.OrdinalIgnoreCase) < 0 ? null : new MathMl(text).Run();

    private PlainText? Run()
    {
        var root = new Node("mrow", new TextSpan(0, _text.Length));
        var open = new Stack<Node>([root]);
        var position = 0;
        foreach (Match match in Tag.Matches(_text))
        {
            var name = match.Groups["name"].Value.ToLowerInvariant();
            if (match.Groups["name"].Success && open.Count == 1 && name != "math")
                continue;
            AddText(open.Peek(), position, match.Index);
            position = match.Index + match.Length;
            if (!match.Groups["name"].Success)
                continue;
            if (match.Groups["end"].Length > 0)
            {
                if (open.Peek().Name != name || open.Count == 1)
                    return null;
                open.Peek().Span = TextSpan.FromBounds(open.Peek().Span.Start, position);
                open.Pop();
                continue;
            }

            var node = new Node(name, new TextSpan(match.Index, match.Length)) { Attributes = match.Groups["rest"].Value };
            open.Peek().Children.Add(node);
            if (match.Groups["empty"].Length == 0)
                open.Push(node);
            if (open.Count > DeepestTree)
                return null;
        }

        if (open.Count != 1)
            return null;
        AddText(root, position, _text.Length);
        foreach (var part in root.Children)
        {
            if (part.Name == Characters)
                _writer.Copy(part.Span.Start, part.Span.End);
            else
                WriteFormula(part);
        }

        return _writer.ToPlainText();
    }

    private static void AddText(Node parent, int start, int end)
    {
        if (end > start)
            parent.Children.Add(new Node(Characters, TextSpan.FromBounds(start, end)));
    }

    private void WriteFormula(Node math)
    {
        var end = math.Attributes.Contains("block") ? "\n" : " ";
        _writer.Write(end, new TextSpan(math.Span.Start, 0));
        WriteAll(math);
        _writer.Write(end, new TextSpan(math.Span.End, 0));
    }

    /// <summary>What stands in an element, without the blanks between its tags.</summary>
    private List<Node> PartsOf(Node node) => [.. node.Children.Where(child => child.Name != Characters || !string.IsNullOrWhiteSpace(_text.Substring(child.Span.Start, child.Span.Length)))];

    private void WriteAll(Node node)
    {
        var parts = PartsOf(node);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i + 1 < parts.Count && parts[i].Name == "mo" && Signs(parts[i]) == "{" && TableIn(parts[i + 1]) is { } table)
                WriteCases(table, parts[++i]);
            else
                Write(parts[i]);
        }
    }

    /// <summary>The table that an element is, in rows of its own or not.</summary>
    private Node? TableIn(Node node) => node.Name == "mtable" ? node : node.Name is "mrow" or "mstyle" && PartsOf(node) is { Count: 1 } parts ? TableIn(parts[0]) : null;

    /// <summary>A table behind a brace: values, and when each is taken.</summary>
    private void WriteCases(Node table, Node place)
    {
        _writer.Write("\\begin{cases}", new TextSpan(place.Span.Start, 0));
        foreach (var row in PartsOf(table))
        {
            var cells = PartsOf(row);
            for (var i = 0; i < cells.Count; i++)
            {
                if (i > 0)
                    _writer.Write(" & ", new TextSpan(cells[i].Span.Start, 0));
                WriteAll(cells[i]);
            }

            _writer.Write("\\\\ ", new TextSpan(row.Span.End, 0));
        }

        _writer.Write("\\end{cases}", new TextSpan(place.Span.End, 0));
    }

    private void Write(Node node)
    {
        var parts = PartsOf(node);
        switch (node.Name, parts.Count)
        {
            case (Characters, _):
                Copy(node);
                break;
            case ("mi", _):
                WriteLetters(node, parts);
                break;
            case ("mtext" or "ms", _):
            case ("mo", _) when Signs(node) is { Length: > 1 } word && word.All(char.IsLetter):
                _writer.Write(" ", new TextSpan(node.Span.Start, 0));
                WriteAll(node);
                _writer.Write(" ", new TextSpan(node.Span.End, 0));
                break;
            case ("msub" or "munder", 2):
                WriteScripts(node, parts[0], parts[1], null);
                break;
            case ("msup", 2):
                WriteScripts(node, parts[0], null, parts[1]);
                break;
            case ("msubsup" or "munderover", 3):
                WriteScripts(node, parts[0], parts[1], parts[2]);
                break;
            case ("mover", 2):
                WriteOver(node, parts[0], parts[1]);
                break;
            case ("mfrac", 2):
                WriteCommand(node, "\\frac", parts[0], parts[1]);
                break;
            case ("msqrt", _):
                _writer.Write("\\sqrt{", new TextSpan(node.Span.Start, 0));
                WriteAll(node);
                _writer.Write("}", new TextSpan(node.Span.End, 0));
                break;
            case ("mroot", 2):
                _writer.Write($"\\sqrt[{Signs(parts[1])}]{{", new TextSpan(node.Span.Start, 0));
                Write(parts[0]);
                _writer.Write("}", new TextSpan(node.Span.End, 0));
                break;
            case ("mfenced", _):
                WriteFenced(node, parts);
                break;
            case ("mtable", _):
                _writer.Write("\n", new TextSpan(node.Span.Start, 0));
                WriteAll(node);
                break;
            case ("mtr" or "mlabeledtr", _):
                WriteAll(node);
                _writer.Write("\n", new TextSpan(node.Span.End, 0));
                break;
            case ("semantics", > 0):
                Write(parts[0]);
                break;
            case ("annotation" or "annotation-xml" or "annotationxml" or "mphantom" or "none" or "mprescripts", _):
                break;
            case ("mspace", _):
                _writer.Write(node.Attributes.Contains("newline") ? "\n" : " ", node.Span);
                break;
            default:
                WriteAll(node);
                break;
        }
    }

    private void Copy(Node node)
    {
        var (start, end) = (node.Span.Start, node.Span.End);
        while (start < end && char.IsWhiteSpace(_text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        for (var i = start; i < end;)
        {
            if (_text[i] == '&' && Invisible.Match(_text, i) is { Success: true } sign && sign.Index == i)
            {
                i += sign.Length;
                continue;
            }

            _writer.Copy(i, ++i);
        }
    }

    /// <summary>Single letters touch, as in print; what has several is apart from others.</summary>
    private void WriteLetters(Node node, List<Node> parts)
    {
        var isWord = parts.Count == 1 && _text.Substring(parts[0].Span.Start, parts[0].Span.Length).Trim() is var word && word.Length > 1 && word.All(char.IsLetter) && !char.IsSurrogate(word[0]);
        if (isWord && char.IsLetterOrDigit(_writer.Last))
            _writer.Write(" ", new TextSpan(node.Span.Start, 0));
        WriteAll(node);
        if (isWord)
            _writer.Write(" ", new TextSpan(node.Span.End, 0));
    }

    private void WriteScripts(Node node, Node whole, Node? below, Node? above)
    {
        Write(whole);
        if (below is not null)
            WriteGroup("_{", below);
        if (above is null || (above.Name != Characters && PartsOf(above).Count == 0))
            return;
        if (Signs(above) is { Length: > 0 } signs && signs.All(sign => sign is '′' or '\'' or '″'))
            Write(above);
        else
            WriteGroup("^{", above);
    }

    private void WriteGroup(string open, Node node)
    {
        _writer.Write(open, new TextSpan(node.Span.Start, 0));
        Write(node);
        _writer.Write("}", new TextSpan(node.Span.End, 0));
    }

    private void WriteCommand(Node node, string command, params Node[] arguments)
    {
        _writer.Write(command, new TextSpan(node.Span.Start, 0));
        foreach (var argument in arguments)
            WriteGroup("{", argument);
    }

    private void WriteOver(Node node, Node whole, Node sign)
    {
        var command = Signs(sign) switch
        {
            "^" or "ˆ" or "&#94;" or "&Hat;" or "&hat;" => "\\hat",
            "~" or "˜" or "∼" or "&tilde;" => "\\tilde",
            "¯" or "‾" or "ˉ" or "_" or "―" or "&OverBar;" or "&#175;" => "\\bar",
            "→" or "⃗" or "⇀" => "\\vec",
            "˙" or "." => "\\dot",
            _ => null,
        };
        if (command is null)
            WriteScripts(node, whole, null, sign);
        else
            WriteCommand(node, command, whole);
    }

    private string Signs(Node node) => node.Name == Characters ? _text.Substring(node.Span.Start, node.Span.Length).Trim() : string.Concat(PartsOf(node).Select(Signs));

    private void WriteFenced(Node node, List<Node> parts)
    {
        _writer.Write(Attribute(node, "open") ?? "(", new TextSpan(node.Span.Start, 0));
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                _writer.Write(", ", new TextSpan(parts[i].Span.Start, 0));
            Write(parts[i]);
        }

        _writer.Write(Attribute(node, "close") ?? ")", new TextSpan(node.Span.End, 0));
    }

    private static string? Attribute(Node node, string name) =>
        Regex.Match(node.Attributes, $@"\b{name}\s*=\s*[""'](?<value>[^""']*)[""']", RegexOptions.CultureInvariant) is { Success: true } match ? match.Groups["value"].Value : null;
}
