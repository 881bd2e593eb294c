using System.Text;

namespace OptDsl.Language.Backends.Exports;

/// <summary>Lines of code, indented by four spaces a level.</summary>
internal sealed class IndentedLines
{
    /// <summary>How long a line may get where it can be broken.</summary>
    public const int MostColumns = 110;

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

    /// <summary>What stands between brackets, on one line or, where that is too long, on lines of its own.</summary>
    /// <param name="opening">What stands before, with the bracket.</param>
    /// <param name="items">What is listed.</param>
    /// <param name="closing">The bracket, and what stands behind it.</param>
    public void Listed(string opening, IEnumerable<string> items, string closing)
    {
        var line = opening + string.Join(", ", items) + closing;
        if (4 * _level + line.Length <= MostColumns)
        {
            Line(line);
            return;
        }

        Line(opening);
        Indented(() =>
        {
            var row = "";
            foreach (var item in items)
            {
                if (row != "" && 4 * _level + row.Length + item.Length + 2 > MostColumns)
                {
                    Line(row);
                    row = "";
                }

                row += (row == "" ? "" : " ") + item + ",";
            }

            Line(row);
        });
        Line(closing);
    }

    /// <summary>What stands a level deeper.</summary>
    public void Indented(Action content)
    {
        _level++;
        content();
        _level--;
    }

    /// <summary>What belongs to a line.</summary>
    /// <param name="header">The line before.</param>
    /// <param name="content">Writes what stands deeper.</param>
    /// <param name="footer">The line behind, if any.</param>
    public void Block(string header, Action content, string? footer = null)
    {
        Line(header);
        Indented(content);
        if (footer is not null)
            Line(footer);
    }

    public override string ToString() => _text.ToString();
}
