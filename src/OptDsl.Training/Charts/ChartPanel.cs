using System.Globalization;
using System.Text;

namespace OptDsl.Training.Charts;

/// <summary>One coordinate system of a figure with what is drawn in it.</summary>
public sealed class ChartPanel
{
    private const double LegendLine = 18;

    private readonly List<Action<StringBuilder>> _drawings = [];
    private readonly List<Series> _legend = [];
    private readonly List<List<(double X, double Y)>> _curves = [];
    private readonly string _title;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly double _width;
    private readonly double _height;

    internal ChartPanel(string title, Axis x, Axis y, double width, double height) =>
        (_title, _x, _y, _width, _height) = (title, x, y, width, height);

    /// <summary>Where the legend stands; null, the default, for the corner where it covers the least of the curves.</summary>
    public Corner? Legend { get; set; }

    /// <summary>True to leave ticks and the names of the axes out: for small multiples that share them.</summary>
    internal bool Bare { get; init; }

    /// <summary>A line under the title.</summary>
    public string Caption { get; set; } = "";

    internal Contours? Contours { get; private set; }

    /// <summary>Draws contour lines under everything else.</summary>
    /// <param name="contours">The lines.</param>
    public void Contour(Contours contours) => Contours = contours;

    /// <summary>Draws a curve, as far as it lies inside.</summary>
    /// <param name="points">Its points, in the units of the axes.</param>
    /// <param name="series">How it is drawn; with a label it has an entry in the legend.</param>
    public void Line(IEnumerable<(double X, double Y)> points, Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var pixels = points.Select(Pixel).ToList();
        if (series.Label is not null)
            _legend.Add(series);
        _curves.Add(pixels);
        _drawings.Add(svg =>
        {
            var path = Path(Clipping.Clip(pixels, _width, _height));
            if (path.Length > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"c{series.Color}\" stroke-width=\"{ChartText.Coordinate(series.Width)}\" stroke-linejoin=\"round\"{series.Dashes} d=\"{path}\"/>\n");
            if (series.Markers)
                AppendDots(svg, pixels, series.Color, series.Width * 1.4 + 2);
        });
    }

    /// <summary>Draws small dots, for many points of data.</summary>
    /// <param name="points">The points, in the units of the axes.</param>
    /// <param name="color">A colour of the palette, from 0.</param>
    public void Dots(IEnumerable<(double X, double Y)> points, int color) =>
        _drawings.Add(svg => AppendDots(svg, points.Select(Pixel), color, diameter: 3.2));

    /// <summary>Marks a point with a ring, and a text beside it.</summary>
    /// <param name="x">Where, in the units of the axis.</param>
    /// <param name="y">Where, in the units of the axis.</param>
    /// <param name="label">The text.</param>
    /// <param name="corner">On which side of the point the text stands.</param>
    public void Mark(double x, double y, string label = "", Corner corner = Corner.TopRight) => _drawings.Add(svg =>
    {
        var (px, py) = Pixel((x, y));
        svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"ink\" style=\"fill:none\" stroke-width=\"1.5\" cx=\"{ChartText.Coordinate(px)}\" cy=\"{ChartText.Coordinate(py)}\" r=\"4.5\"/>\n");
        AppendBeside(svg, px, py, label, corner);
    });

    /// <summary>Writes a text beside a point: the name of a curve, where a legend would cover one.</summary>
    /// <param name="x">Where, in the units of the axis.</param>
    /// <param name="y">Where, in the units of the axis.</param>
    /// <param name="label">The text.</param>
    /// <param name="corner">On which side of the point the text stands.</param>
    public void Label(double x, double y, string label, Corner corner) => _drawings.Add(svg =>
    {
        var (px, py) = Pixel((x, y));
        AppendBeside(svg, px, py, label, corner);
    });

    /// <summary>Draws an arrow.</summary>
    /// <param name="from">Where it begins, in the units of the axes.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="series">How it is drawn.</param>
    /// <param name="inLegend">True for an entry in the legend.</param>
    public void Arrow((double X, double Y) from, (double X, double Y) to, Series series, bool inLegend = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (inLegend)
            _legend.Add(series);
        _drawings.Add(svg =>
        {
            var (a, b) = (Pixel(from), Pixel(to));
            var length = Math.Max(1e-9, Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y)));
            var (ux, uy) = ((b.X - a.X) / length, (b.Y - a.Y) / length);
            var head = Math.Min(9, length);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"c{series.Color}\" stroke-width=\"{ChartText.Coordinate(series.Width)}\"{series.Dashes} d=\"{Path([[a, (b.X - ux * head, b.Y - uy * head)]])}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"f{series.Color} c{series.Color}\" style=\"stroke-width:0\" d=\"{Path([[b, (b.X - ux * head - uy * 4, b.Y - uy * head + ux * 4), (b.X - ux * head + uy * 4, b.Y - uy * head - ux * 4)]])}Z\"/>\n");
        });
    }

    /// <summary>Marks the goal of a descent with a cross.</summary>
    /// <param name="x">Where, in the units of the axis.</param>
    /// <param name="y">Where, in the units of the axis.</param>
    public void Goal(double x, double y) => _drawings.Add(svg =>
    {
        var (px, py) = Pixel((x, y));
        var (a, b, c, d) = (ChartText.Coordinate(px - 4), ChartText.Coordinate(px + 4), ChartText.Coordinate(py - 4), ChartText.Coordinate(py + 4));
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"ink\" stroke-width=\"1.5\" d=\"M{a} {c}L{b} {d}M{a} {d}L{b} {c}\"/>\n");
    });

    /// <summary>Writes a line into a corner.</summary>
    /// <param name="text">The line.</param>
    /// <param name="corner">The corner.</param>
    public void Note(string text, Corner corner) => _drawings.Add(svg =>
    {
        var isLeft = corner is Corner.TopLeft or Corner.BottomLeft;
        var isTop = corner is Corner.TopLeft or Corner.TopRight;
        AppendText(svg, isLeft ? 8 : _width - 8, isTop ? 17 : _height - 8, text, isLeft ? "start" : "end", "halo", 12);
    });

    internal string ContourPath(int level) => Path(Contours!.Lines(level, _x, _y).Select(line => line.ConvertAll(Pixel)));

    internal void Append(StringBuilder svg, string? contours)
    {
        AppendGrid(svg, drawLines: contours is null);
        if (contours is not null)
            svg.Append(CultureInfo.InvariantCulture, $"<use href=\"#{contours}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" width=\"{ChartText.Coordinate(_width)}\" height=\"{ChartText.Coordinate(_height)}\"/>\n");
        foreach (var draw in _drawings)
            draw(svg);
        if (_legend.Count > 0)
            AppendLegend(svg);
        AppendText(svg, 0, Caption.Length > 0 ? -21 : -9, _title, "start", "panel", Bare ? 12 : 13);
        if (Caption.Length > 0)
            AppendText(svg, 0, -6, Caption, "start", "muted", 11);
    }

    private static string Path(IEnumerable<List<(double X, double Y)>> lines)
    {
        var path = new StringBuilder();
        foreach (var line in lines)
        {
            path.Append('M').AppendJoin('L', Places(line));
        }

        return path.ToString();
    }

    /// <summary>The places of pixels; a run of pixels at one place is one.</summary>
    private static IEnumerable<string> Places(IEnumerable<(double X, double Y)> pixels)
    {
        string? before = null;
        foreach (var (x, y) in pixels)
        {
            var place = $"{ChartText.Coordinate(x)} {ChartText.Coordinate(y)}";
            if (place != before)
                yield return place;
            before = place;
        }
    }

    private static void AppendText(StringBuilder svg, double x, double y, string text, string anchor, string style, double size) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{ChartText.Coordinate(x)}\" y=\"{ChartText.Coordinate(y)}\" font-size=\"{ChartText.Coordinate(size)}\" text-anchor=\"{anchor}\">{ChartText.Escape(text)}</text>\n");

    private static void AppendBeside(StringBuilder svg, double x, double y, string text, Corner corner)
    {
        if (text.Length == 0)
            return;
        var isLeft = corner is Corner.TopLeft or Corner.BottomLeft;
        var isTop = corner is Corner.TopLeft or Corner.TopRight;
        AppendText(svg, x + (isLeft ? -8 : 8), y + (isTop ? -7 : 16), text, isLeft ? "end" : "start", "halo", 12);
    }

    private (double X, double Y) Pixel((double X, double Y) point) => (_x.Map(point.X) * _width, (1 - _y.Map(point.Y)) * _height);

    private bool IsInside((double X, double Y) pixel) => pixel.X >= -1e-6 && pixel.X <= _width + 1e-6 && pixel.Y >= -1e-6 && pixel.Y <= _height + 1e-6;

    /// <summary>Draws dots as lines without length and with round ends: the shortest SVG there is for many of them.</summary>
    private void AppendDots(StringBuilder svg, IEnumerable<(double X, double Y)> pixels, int color, double diameter) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"c{color}\" stroke-linecap=\"round\" stroke-width=\"{ChartText.Coordinate(diameter)}\" d=\"")
            .AppendJoin("", Places(pixels.Where(IsInside)).Select(place => $"M{place}h0"))
            .Append("\"/>\n");

    private void AppendGrid(StringBuilder svg, bool drawLines)
    {
        if (Bare)
            return;
        var (width, height) = (ChartText.Coordinate(_width), ChartText.Coordinate(_height));
        foreach (var (value, label) in _x.Ticks)
        {
            var x = ChartText.Coordinate(_x.Map(value) * _width);
            if (drawLines)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{x} 0V{height}\"/>\n");
            else
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"frame\" d=\"M{x} {height}v4\"/>\n");
            AppendText(svg, _x.Map(value) * _width, _height + 17, label, "middle", "muted", 11);
        }

        foreach (var (value, label) in _y.Ticks)
        {
            var y = ChartText.Coordinate((1 - _y.Map(value)) * _height);
            if (drawLines)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M0 {y}H{width}\"/>\n");
            else
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"frame\" d=\"M0 {y}h-4\"/>\n");
            AppendText(svg, -8, (1 - _y.Map(value)) * _height + 4, label, "end", "muted", 11);
        }

        AppendText(svg, _width / 2, _height + 35, _x.Label, "middle", "plain", 12);
        if (_y.Label.Length > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"plain\" font-size=\"12\" text-anchor=\"middle\" transform=\"translate(-44 {ChartText.Coordinate(_height / 2)}) rotate(-90)\">{ChartText.Escape(_y.Label)}</text>\n");
    }

    private void AppendLegend(StringBuilder svg)
    {
        var width = 46 + _legend.Max(series => ChartText.Width(series.Label!, 12));
        var height = _legend.Count * LegendLine + 10;
        var (left, top) = Place(Legend ?? Emptiest(width, height), width, height);
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" opacity=\"0.88\" x=\"{ChartText.Coordinate(left)}\" y=\"{ChartText.Coordinate(top)}\" width=\"{ChartText.Coordinate(width)}\" height=\"{ChartText.Coordinate(height)}\" rx=\"4\"/>\n");
        for (var i = 0; i < _legend.Count; i++)
        {
            var series = _legend[i];
            var middle = top + 5 + (i + 0.5) * LegendLine;
            series.AppendSample(svg, left + 8, middle);
            AppendText(svg, left + 38, middle + 4, series.Label!, "start", "plain", 12);
        }
    }

    private (double Left, double Top) Place(Corner corner, double width, double height) => (
        corner is Corner.TopLeft or Corner.BottomLeft ? 8 : _width - width - 8,
        corner is Corner.TopLeft or Corner.TopRight ? 8 : _height - height - 8);

    /// <summary>The corner where a box covers the least of the curves; of equals the first in this order.</summary>
    private Corner Emptiest(double width, double height) =>
        ((Corner[])[Corner.TopRight, Corner.TopLeft, Corner.BottomRight, Corner.BottomLeft]).MinBy(corner =>
        {
            var (left, top) = Place(corner, width, height);
            return _curves.Sum(curve => Clipping.Clip(curve.ConvertAll(pixel => (pixel.X - left, pixel.Y - top)), width, height).Sum(Length));
        });

    private static double Length(List<(double X, double Y)> line) =>
        line.Zip(line.Skip(1), (a, b) => Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y))).Sum();
}
