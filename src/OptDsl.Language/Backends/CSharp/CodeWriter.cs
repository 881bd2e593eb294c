using System.Text;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Text with indentation and '\n' line ends. Whatever is written as a line stays on it.</summary>
internal sealed class CodeWriter
{
    private const int LongestLine = 130;

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

    /// <summary>The first lines of a method, broken where they are long.</summary>
    public void Header(string start, IReadOnlyList<string> parameters, IEnumerable<string> constraints)
    {
        var line = start + "(" + string.Join(", ", parameters) + ")";
        Line(line.Length <= LongestLine ? line : start + "(");
        using (Indent())
        {
            if (line.Length > LongestLine)
                Line(string.Join(", ", parameters) + ")");
            Lines(constraints);
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
            writer._indent--;
            if (end is not null)
                writer.Line(end);
        }
    }
}
