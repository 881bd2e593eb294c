using System.Text;
using System.Text.Json;
using OptDsl.Training.Charts;
using Spectre.Console;

namespace Numbers;

/// <summary>A table of what sources say against what this code computes.</summary>
internal sealed class Comparison
{
    private const double Rounding = 1e-12;

    private static readonly string[] Heading = ["source", "quantity", "the source's number", "ours", "difference"];

    private readonly List<string[]> _rows = [];

    /// <summary>Adds numbers that stand together: a row of a matrix, a point.</summary>
    /// <param name="source">Where the numbers are from.</param>
    /// <param name="quantity">What they are.</param>
    /// <param name="theirs">The source's numbers.</param>
    /// <param name="ours">The numbers computed here.</param>
    public void Add(string source, string quantity, ReadOnlySpan<double> theirs, ReadOnlySpan<double> ours)
    {
        var largest = 0.0;
        for (var i = 0; i < theirs.Length; i++)
            largest = Math.Max(largest, Math.Abs(theirs[i] - ours[i]));
        AddRow(source, quantity, Shown(theirs), Shown(ours), largest);
    }

    /// <summary>Adds a number.</summary>
    public void Add(string source, string quantity, double theirs, double ours) => Add(source, quantity, [theirs], [ours]);

    /// <summary>Adds a recorded path, by its last point; the difference is the largest of all points, relative to the largest coordinate.</summary>
    public void AddPath(string source, string quantity, JsonElement theirs, IReadOnlyList<(double X, double Y)> ours)
    {
        var points = theirs.EnumerateArray().Select(point => (X: point[0].GetDouble(), Y: point[1].GetDouble())).ToArray();
        if (points.Length != ours.Count)
            throw new ArgumentException($"{quantity}: {points.Length} points are recorded, {ours.Count} computed.");
        var scale = points.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y)));
        var difference = points.Zip(ours, (a, b) => Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y))).Max() / scale;
        AddRow(source, $"{quantity}, {points.Length} points", Shown([points[^1].X, points[^1].Y]), Shown([ours[^1].X, ours[^1].Y]), difference);
    }

    /// <summary>Adds recorded values of a schedule, by the last; the difference is the largest of all, relative to the largest value.</summary>
    public void AddValues(string source, string quantity, JsonElement theirs, IReadOnlyList<double> ours)
    {
        var values = theirs.EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var difference = values.Zip(ours, (a, b) => Math.Abs(a - b)).Max() / values.Max();
        AddRow(source, $"{quantity}, {values.Length} values", Shown([values[^1]]), Shown([ours[values.Length - 1]]), difference);
    }

    /// <summary>Adds what a source says in words.</summary>
    public void AddWords(string source, string quantity, string theirs, string ours) => _rows.Add([source, quantity, theirs, ours, ""]);

    /// <summary>Prints the table as it is on the page where the console is wide enough, else with lines that are broken.</summary>
    public void Print()
    {
        var page = ToString();
        if (page.IndexOf('\n', StringComparison.Ordinal) <= AnsiConsole.Profile.Width)
        {
            Console.Write(page);
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns(Heading);
        foreach (var row in _rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>The table as Markdown.</summary>
    public override string ToString()
    {
        var widths = Enumerable.Range(0, Heading.Length).Select(column => _rows.Append(Heading).Max(row => row[column].Length)).ToArray();
        var table = new StringBuilder();
        Append(table, Heading, widths);
        Append(table, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in _rows)
            Append(table, row, widths);
        return table.ToString();
    }

    private static void Append(StringBuilder table, string[] cells, int[] widths) =>
        table.Append("| ").AppendJoin(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");

    private static string Shown(ReadOnlySpan<double> values)
    {
        var shown = string.Join(", ", values.ToArray().Select(value => ChartText.Number(value, digits: 8)));
        return values.Length == 1 ? shown : $"({shown})";
    }

    // Below this machines differ.
    private void AddRow(string source, string quantity, string theirs, string ours, double difference) =>
        _rows.Add([source, quantity, theirs, ours, difference < Rounding ? "< 10⁻¹²" : ChartText.Brief(difference)]);
}
