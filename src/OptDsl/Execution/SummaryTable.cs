using System.Globalization;
using System.Text;

namespace OptDsl.Execution;

/// <summary>A group in a summary.</summary>
internal sealed record SummaryRow(
    string Group, string Rule, string Rate, int Parameters, long Elements, long StateBytes, int Frozen, long Steps, string Schedule);

/// <summary>Sets the groups of an optimizer in a table of a given width.</summary>
internal static class SummaryTable
{
    /// <summary>The narrowest table.</summary>
    public const int MinWidth = 60;

    private const int WidthWithSchedules = 100;
    private const int MinText = 6;
    private const string Gap = "  ";

    /// <summary>Writes the table: each line as wide as the console at most, without spaces at the end.</summary>
    public static string Write(IReadOnlyList<SummaryRow> rows, long steps, int width)
    {
        List<(string Head, Func<SummaryRow, string> Cell, bool IsText)> columns =
        [
            ("group", row => row.Group, true), ("rule", row => row.Rule, true), ("rate", row => row.Rate, false), ("params", row => Number(row.Parameters), false),
            ("elements", row => Short(row.Elements, width), false), ("states", row => Bytes(row.StateBytes), false), ("frozen", row => Number(row.Frozen), false),
            ("steps", row => Number(row.Steps), false),
        ];
        if (width >= WidthWithSchedules)
            columns.Add(("schedule", row => row.Schedule, true));
        var cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()).ToList();
        var widths = columns.Select((column, i) => cells.Select(line => line[i].Length).Append(column.Head.Length).Max()).ToArray();
        Shrink(widths, [.. columns.Select(column => column.IsText)], width - ((columns.Count - 1) * Gap.Length));

        var text = new StringBuilder();
        Line([.. columns.Select(column => column.Head)]);
        foreach (var line in cells)
            Line(line);
        var sum = string.Create(
            CultureInfo.InvariantCulture,
            $"step {steps:N0}: {Optimizer<double>.Count(rows.Sum(row => (long)row.Parameters), "parameter")}, {rows.Sum(row => row.Elements):N0} elements, {Bytes(rows.Sum(row => row.StateBytes))} of states");
        return text.Append(Cut(sum, width)).ToString();

        void Line(string[] line)
        {
            var set = line.Select((cell, i) => columns[i].IsText ? Cut(cell, widths[i]).PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.AppendLine(Cut(string.Join(Gap, set).TrimEnd(), width));
        }
    }

    /// <summary>A number of bytes in the largest unit in which it is at least 1.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1)
            (value, unit) = (value / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(long number, int width) => width >= WidthWithSchedules || number < 100_000_000
        ? Number(number)
        : string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:N0} M");

    /// <summary>Takes from the widest texts until the table fits, or all are short.</summary>
    private static void Shrink(int[] widths, bool[] isText, int most)
    {
        for (var excess = widths.Sum() - most; excess > 0; excess--)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => isText[i]).MaxBy(i => widths[i]);
            if (widths[widest] <= MinText)
                return;
            widths[widest]--;
        }
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
