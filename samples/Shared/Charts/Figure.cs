using System.Text;

namespace OptDsl.Samples.Charts;

/// <summary>A picture of one or more panels, written as SVG.</summary>
/// <param name="title">What the picture shows.</param>
/// <param name="subtitle">How to read it, in a line or two.</param>
/// <param name="columns">How many panels stand side by side.</param>
/// <param name="panelWidth">The width of a coordinate system in pixels.</param>
/// <param name="panelHeight">The height of a coordinate system in pixels.</param>
/// <param name="bare">True for small multiples: no ticks, narrow margins.</param>
public sealed class Figure(string title, string subtitle, int columns = 1, int panelWidth = 560, int panelHeight = 340, bool bare = false)
{
    private readonly List<Panel> _panels = [];
    private readonly string[] _subtitle = subtitle.Split('\n');

    private double Head => 46 + 16 * _subtitle.Length;

    private double Left => bare ? 8 : 62;

    private double Top => bare ? 24 : 28;

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

    /// <summary>The picture.</summary>
    public string ToSvg()
    {
        var rows = (_panels.Count + columns - 1) / columns;
        var width = Text.Coordinate(Math.Min(columns, _panels.Count) * CellWidth + 12);
        var height = Text.Coordinate(Head + rows * CellHeight + 4);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\">\n");
        svg.Append($"<title>{Text.Escape(title)}</title>\n<desc>{Text.Escape(subtitle)}</desc>\n");
        svg.Append("<style>\npath { fill: none; }\n.frame { fill: none; }\n.halo { paint-order: stroke; stroke-width: 3; stroke-linejoin: round; }\n.panel { font-weight: 600; }\n");
        svg.Append(Palette.Css()).Append("</style>\n");
        var contours = AppendContours(svg);
        svg.Append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append($"<text x=\"14\" y=\"27\" font-size=\"17\" font-weight=\"600\">{Text.Escape(title)}</text>\n");
        for (var i = 0; i < _subtitle.Length; i++)
            svg.Append($"<text class=\"muted\" x=\"14\" y=\"{47 + 16 * i}\" font-size=\"12.5\">{Text.Escape(_subtitle[i])}</text>\n");
        for (var i = 0; i < _panels.Count; i++)
        {
            var x = Text.Coordinate(6 + i % columns * CellWidth + Left);
            var y = Text.Coordinate(Head + i / columns * CellHeight + Top);
            svg.Append($"<g transform=\"translate({x} {y})\">\n");
            _panels[i].Append(svg, _panels[i].Contours is { } lines ? contours[lines] : null);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
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
