using System.Text;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>C# with indentation and '\n' line ends. Whatever is written as a line is one statement or comment, broken where it is long.</summary>
internal sealed class CodeWriter
{
    /// <summary>The most characters of a line.</summary>
    public const int LongestLine = 160;

    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>A statement, or a comment: what comes after a break is indented.</summary>
    public void Line(string line = "")
    {
        line = LineEnds.Joined(line);
        var (indent, isComment) = (_indent, line.StartsWith("//", StringComparison.Ordinal));
        while (!Fits(line) && !line.StartsWith("#", StringComparison.Ordinal) && LineBreak.Of(line, LongestLine - (4 * _indent)) is { } parts)
        {
            Verbatim(parts.Head);
            line = Continuation(parts.Head) + parts.Tail;
            _indent = isComment ? indent : indent + 1;
        }

        Verbatim(line);
        _indent = indent;
    }

    /// <summary>How a line goes on below a break: in the comment that it broke in, if it did.</summary>
    private static string Continuation(string head)
    {
        if (head.StartsWith("///", StringComparison.Ordinal))
            return "///     ";
        var comment = head.StartsWith("//", StringComparison.Ordinal) ? 0 : head.IndexOf(" // ", StringComparison.Ordinal);
        return comment < 0 || head.Take(comment).Count(character => character == '"') % 2 == 1 ? "" : "//     ";
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    /// <summary>A line of a text that goes over several, which no break may change.</summary>
    public void Verbatim(string line)
    {
        if (line != "")
            _text.Append(' ', 4 * _indent).Append(LineEnds.Joined(line));
        _text.Append('\n');
    }

    /// <summary>True for a line that need not be broken.</summary>
    public bool Fits(string line) => (4 * _indent) + line.Length <= LongestLine;

    /// <summary>The first lines of a method, broken where they are long.</summary>
    public void Header(string start, IReadOnlyList<string> parameters, IEnumerable<string> constraints)
    {
        List(start + "(", parameters, ")");
        using (Indent())
            Lines(constraints);
    }

    /// <summary>A call as a statement, broken where it is long.</summary>
    public void Call(string method, IReadOnlyList<string> arguments) => List(method + "(", arguments, ");");

    /// <summary>Items on one line, or after it on as few as hold them.</summary>
    public void List(string start, IReadOnlyList<string> items, string end)
    {
        var line = start + string.Join(", ", items) + end;
        if (Fits(line))
        {
            Line(line);
            return;
        }

        Line(start);
        using (Indent())
        {
            line = "";
            for (var i = 0; i < items.Count; i++)
            {
                var item = items[i] + (i < items.Count - 1 ? "," : end);
                if (line != "" && !Fits(line + " " + item))
                {
                    Line(line);
                    line = "";
                }

                line = line == "" ? item : line + " " + item;
            }

            Line(line);
        }
    }

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
