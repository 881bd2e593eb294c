using System.Globalization;
using System.Text;

namespace OptDsl.Training.Charts;

/// <summary>A picture of one or more panels, written as SVG.</summary>
/// <param name="title">What the picture shows.</param>
/// <param name="subtitle">How to read it; broken into as many lines as it needs.</param>
/// <param name="columns">How many panels stand side by side.</param>
/// <param name="panelWidth">The width of a coordinate system in pixels.</param>
/// <param name="panelHeight">The height of a coordinate system in pixels.</param>
/// <param name="bare">True for small multiples: no ticks, narrow margins.</param>
public sealed class Figure(string title, string subtitle, int columns = 1, int panelWidth = 560, int panelHeight = 340, bool bare = false)
{
    private const double Margin = 14;
    private const double TitleSize = 17;
    private const double SubtitleSize = 12.5;
    private const double LineHeight = 17;

    private const double KeyHeight = 19;
    private const double KeySize = 12;

    private readonly List<ChartPanel> _panels = [];
    private readonly List<Series> _key = [];

    private double Left => bare ? 8 : 62;

    private double Top => bare ? 38 : 28;

    private double CellWidth => Left + panelWidth + (bare ? 8 : 18);

    private double CellHeight => Top + panelHeight + (bare ? 8 : 48);

    /// <summary>How many colours there are for curves.</summary>
    public static int ColorCount => Palette.CurveCount;

    /// <summary>Adds a panel: from left to right, then from top to bottom.</summary>
    /// <param name="panelTitle">What it shows.</param>
    /// <param name="x">Its axis to the right.</param>
    /// <param name="y">Its axis upwards.</param>
    public ChartPanel Add(string panelTitle, Axis x, Axis y)
    {
        var panel = new ChartPanel(panelTitle, x, y, panelWidth, panelHeight) { Bare = bare };
        _panels.Add(panel);
        return panel;
    }

    /// <summary>Adds an entry to the legend that all panels share, under the subtitle.</summary>
    /// <param name="series">How the curve is drawn, and its name.</param>
    public void Key(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _key.Add(series);
    }

    /// <summary>A picture of some of the panels, in their own size: for a page that has no room for all.</summary>
    /// <param name="excerptTitle">What the picture shows.</param>
    /// <param name="excerptColumns">How many panels stand side by side.</param>
    /// <param name="panels">The numbers of the panels, 0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such panel.</exception>
    public Figure Excerpt(string excerptTitle, int excerptColumns, params IReadOnlyList<int> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var excerpt = new Figure(excerptTitle, "", excerptColumns, panelWidth, panelHeight, bare);
        foreach (var panel in panels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(panel, nameof(panels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(panel, _panels.Count, nameof(panels));
            excerpt._panels.Add(_panels[panel]);
        }

        excerpt._key.AddRange(_key);
        return excerpt;
    }

    /// <summary>Writes the picture to a file.</summary>
    /// <param name="path">The file, <c>loss.svg</c>: browsers, editors and pages of Markdown show it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => File.WriteAllText(path, ToSvg());

    /// <summary>The picture as the text of an SVG file, of its own size in pixels, for light and for dark surroundings.</summary>
    public string ToSvg()
    {
        var rows = (_panels.Count + columns - 1) / columns;
        var pixels = Math.Max(Math.Min(columns, _panels.Count) * CellWidth + 12, 1.1 * ChartText.Width(title, TitleSize) + 2 * Margin);
        var lines = subtitle.Length == 0 ? [] : ChartText.Wrap(subtitle, SubtitleSize, pixels - 2 * Margin).ToArray();
        var entries = KeyPlaces(pixels - Margin).ToList();
        var keyLines = entries.Count == 0 ? 0 : 1 + entries[^1].Line;
        var head = 29 + LineHeight * lines.Length + (keyLines > 0 ? 3 + KeyHeight * keyLines : 0) + (bare ? 10 : 16);
        var width = ChartText.Coordinate(pixels);
        var height = ChartText.Coordinate(head + rows * CellHeight + 4);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{ChartText.Escape(title)}</title>\n<desc>{ChartText.Escape(subtitle)}</desc>\n");
        svg.Append("<style>\npath { fill: none; }\n.frame { fill: none; }\n.halo { paint-order: stroke; stroke-width: 3; stroke-linejoin: round; }\n.panel { font-weight: 600; }\n");
        svg.Append(Palette.Css()).Append("</style>\n");
        var contours = AppendContours(svg);
        svg.Append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{ChartText.Coordinate(Margin)}\" y=\"27\" font-size=\"{ChartText.Coordinate(TitleSize)}\" font-weight=\"600\">{ChartText.Escape(title)}</text>\n");
        for (var i = 0; i < lines.Length; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"muted\" x=\"{ChartText.Coordinate(Margin)}\" y=\"{ChartText.Coordinate(47 + LineHeight * i)}\" font-size=\"{ChartText.Coordinate(SubtitleSize)}\">{ChartText.Escape(lines[i])}</text>\n");
        foreach (var (series, x, line) in entries)
            AppendEntry(svg, series, x, 51 + LineHeight * lines.Length + KeyHeight * line);
        for (var i = 0; i < _panels.Count; i++)
        {
            var x = ChartText.Coordinate(6 + i % columns * CellWidth + Left);
            var y = ChartText.Coordinate(head + i / columns * CellHeight + Top);
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({x} {y})\">\n");
            _panels[i].Append(svg, _panels[i].Contours is { } set ? contours[set] : null);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Where the entries of the legend stand, in as many lines as they need.</summary>
    private IEnumerable<(Series Series, double X, int Line)> KeyPlaces(double right)
    {
        var (x, line) = (Margin, 0);
        foreach (var series in _key)
        {
            var width = 30 + ChartText.Width(series.Label ?? "", KeySize);
            if (x > Margin && x + width > right)
                (x, line) = (Margin, line + 1);
            yield return (series, x, line);
            x += width + 16;
        }
    }

    private static void AppendEntry(StringBuilder svg, Series series, double x, double baseline)
    {
        series.AppendSample(svg, x, baseline - 4);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"plain\" x=\"{ChartText.Coordinate(x + 30)}\" y=\"{ChartText.Coordinate(baseline)}\" font-size=\"{ChartText.Coordinate(KeySize)}\">{ChartText.Escape(series.Label ?? "")}</text>\n");
    }

    /// <summary>Writes each set of contour lines once, however many panels show it.</summary>
    private Dictionary<Contours, string> AppendContours(StringBuilder svg)
    {
        var names = new Dictionary<Contours, string>();
        foreach (var panel in _panels)
        {
            if (panel.Contours is not { } contours || names.ContainsKey(contours))
                continue;
            var name = $"contours{names.Count}";
            names.Add(contours, name);
            svg.Append(CultureInfo.InvariantCulture, $"<defs><g id=\"{name}\">\n");
            for (var level = 0; level < contours.LevelCount; level++)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"contour\" d=\"{panel.ContourPath(level)}\"/>\n");
            svg.Append("</g></defs>\n");
        }

        return names;
    }
}
