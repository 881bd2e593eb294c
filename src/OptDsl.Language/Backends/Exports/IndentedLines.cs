using System.Text;

namespace OptDsl.Language.Backends.Exports;

/// <summary>Lines of code, indented by four spaces a level.</summary>
internal sealed class IndentedLines
{
    private readonly StringBuilder _text = new();
    private int _level;

    public void Line(string line = "")
    {
        if (line != "")
            _text.Append(' ', 4 * _level).Append(line);
        _text.Append('\n');
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    /// <summary>What was written elsewhere, at the depth of this place.</summary>
    public void Lines(IndentedLines written)
    {
        var text = written.ToString();
        if (text != "")
            Lines(text.Substring(0, text.Length - 1).Split('\n'));
    }

    /// <summary>What belongs to a line.</summary>
    /// <param name="header">The line before.</param>
    /// <param name="content">Writes what stands deeper.</param>
    /// <param name="footer">The line behind, if any.</param>
    public void Block(string header, Action content, string? footer = null)
    {
        Line(header);
        _level++;
        content();
        _level--;
        if (footer is not null)
            Line(footer);
    }

    public override string ToString() => _text.ToString();
}
