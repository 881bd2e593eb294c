using System.Text;

namespace OptDsl.Samples.Charts;

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
    private const double SubtitleSize = 12.5;
    private const double LineHeight = 17;

    private readonly List<Panel> _panels = [];
    private readonly List<Series> _key = [];

    private double Left => bare ? 8 : 62;

    private double Top => bare ? 38 : 28;

    private double CellWidth => Left + panelWidth + (bare ? 8 : 18);

    private double CellHeight => Top + panelHeight + (bare ? 8 : 48);

    /// <summary>How many colours there are for curves.</summary>
    public static int ColorCount => Palette.CurveCount;

    /// <summary>Adds a panel: from left to right, then from top to bottom.</summary>
    public Panel Add(string panelTitle, Axis x, Axis y)
    {
        var panel = new Panel(panelTitle, x, y, panelWidth, panelHeight) { Bare = bare };
        _panels.Add(panel);
        return panel;
    }

    /// <summary>Adds an entry to the legend that all panels share, under the subtitle.</summary>
    public void Key(Series series) => _key.Add(series);

    /// <summary>The picture.</summary>
    public string ToSvg()
    {
        var rows = (_panels.Count + columns - 1) / columns;
        var pixels = Math.Min(columns, _panels.Count) * CellWidth + 12;
        var lines = Text.Wrap(subtitle, SubtitleSize, pixels - 2 * Margin).ToArray();
        var head = 29 + LineHeight * lines.Length + (_key.Count > 0 ? 22 : 0) + (bare ? 10 : 16);
        var width = Text.Coordinate(pixels);
        var height = Text.Coordinate(head + rows * CellHeight + 4);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\">\n");
        svg.Append($"<title>{Text.Escape(title)}</title>\n<desc>{Text.Escape(subtitle)}</desc>\n");
        svg.Append("<style>\npath { fill: none; }\n.frame { fill: none; }\n.halo { paint-order: stroke; stroke-width: 3; stroke-linejoin: round; }\n.panel { font-weight: 600; }\n");
        svg.Append(Palette.Css()).Append("</style>\n");
        var contours = AppendContours(svg);
        svg.Append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append($"<text x=\"{Text.Coordinate(Margin)}\" y=\"27\" font-size=\"17\" font-weight=\"600\">{Text.Escape(title)}</text>\n");
        for (var i = 0; i < lines.Length; i++)
            svg.Append($"<text class=\"muted\" x=\"{Text.Coordinate(Margin)}\" y=\"{Text.Coordinate(47 + LineHeight * i)}\" font-size=\"{Text.Coordinate(SubtitleSize)}\">{Text.Escape(lines[i])}</text>\n");
        AppendKey(svg, 51 + LineHeight * lines.Length);
        for (var i = 0; i < _panels.Count; i++)
        {
            var x = Text.Coordinate(6 + i % columns * CellWidth + Left);
            var y = Text.Coordinate(head + i / columns * CellHeight + Top);
            svg.Append($"<g transform=\"translate({x} {y})\">\n");
            _panels[i].Append(svg, _panels[i].Contours is { } set ? contours[set] : null);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void AppendKey(StringBuilder svg, double baseline)
    {
        var x = Margin;
        foreach (var series in _key)
        {
            series.AppendSample(svg, x, baseline - 4);
            svg.Append($"<text class=\"plain\" x=\"{Text.Coordinate(x + 30)}\" y=\"{Text.Coordinate(baseline)}\" font-size=\"12\">{Text.Escape(series.Label!)}</text>\n");
            x += 46 + Text.Width(series.Label!, 12);
        }
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
            svg.Append($"<defs><g id=\"{name}\">\n");
            for (var level = 0; level < contours.LevelCount; level++)
                svg.Append($"<path class=\"contour\" d=\"{panel.ContourPath(level)}\"/>\n");
            svg.Append("</g></defs>\n");
        }

        return names;
    }
}
