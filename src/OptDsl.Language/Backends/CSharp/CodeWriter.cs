using System.Text;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Text with indentation and '\n' line ends. Whatever is written as a line stays on it.</summary>
internal sealed class CodeWriter
{
    private const int LongestLine = 150;

    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line(string line = "")
    {
        if (line != "")
            _text.Append(' ', 4 * _indent).Append(LineEnds.Joined(line));
        _text.Append('\n');
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    /// <summary>A line, broken at blanks where it is long; the other lines are indented.</summary>
    public void Wrapped(string line) => Wrapped("", line, "    ");

    /// <summary>A comment, broken at blanks where it is long.</summary>
    public void Comment(string text) => Wrapped("// ", text, "//     ");

    /// <summary>The first lines of a method, broken where they are long.</summary>
    public void Header(string start, IReadOnlyList<string> parameters, IEnumerable<string> constraints)
    {
        List(start + "(", parameters, ")");
        using (Indent())
            Lines(constraints);
    }

    /// <summary>A call as a statement, broken where it is long.</summary>
    public void Call(string method, IReadOnlyList<string> arguments) => List(method + "(", arguments, ");");

    private void List(string start, IReadOnlyList<string> items, string end)
    {
        var line = start + string.Join(", ", items) + end;
        if (Fits(line))
        {
            Line(line);
            return;
        }

        Line(start);
        using (Indent())
            Wrapped("", string.Join(", ", items) + end, "");
    }

    private void Wrapped(string first, string text, string others)
    {
        while (!Fits(first + text) && text.LastIndexOf(' ', LongestLine - (4 * _indent) - first.Length - 1) is > 0 and var blank)
        {
            Line(first + text.Substring(0, blank));
            (first, text) = (others, text.Substring(blank + 1));
        }

        Line(first + text);
    }

    private bool Fits(string line) => (4 * _indent) + line.Length <= LongestLine;

    /// <summary>Opens a braced block; disposing closes it.</summary>
    public Scope Block(string header = "")
    {
        if (header != "")
            Line(header);
        Line("{");
        _indent++;
        return new Scope(this, "}");
    }

    /// <summary>Opens a block for statements, without braces for a single one.</summary>
    public Scope BlockOrLine(string header, int statements)
    {
        if (statements != 1)
            return Block(header);
        Line(header);
        return Indent();
    }

    /// <summary>Indents; disposing ends it.</summary>
    public Scope Indent()
    {
        _indent++;
        return new Scope(this, null);
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Scope(CodeWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            // The default closes nothing.
            if (writer is null)
                return;
            writer._indent--;
            if (end is not null)
                writer.Line(end);
        }
    }
}
