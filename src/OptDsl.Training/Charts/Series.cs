using System.Globalization;
using System.Text;

namespace OptDsl.Training.Charts;

/// <summary>How a curve is drawn.</summary>
/// <param name="Color">A colour of the palette, from 0.</param>
/// <param name="Label">Its name in the legend; none for no entry.</param>
/// <param name="Dash">The pattern of dashes, as SVG has it; none for a solid line.</param>
/// <param name="Markers">True to mark every point.</param>
/// <param name="Width">The width of the line in pixels.</param>
public sealed record Series(int Color, string? Label = null, string? Dash = null, bool Markers = false, double Width = 2)
{
    /// <summary>The attribute that dashes a line.</summary>
    internal string Dashes => Dash is null ? "" : $" stroke-dasharray=\"{Dash}\"";

    /// <summary>Draws a short piece of the curve, for a legend.</summary>
    internal void AppendSample(StringBuilder svg, double x, double y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"c{Color}\" stroke-width=\"{ChartText.Coordinate(Width)}\"{Dashes} d=\"M{ChartText.Coordinate(x)} {ChartText.Coordinate(y)}h24\"/>\n");
        if (Markers)
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"f{Color}\" cx=\"{ChartText.Coordinate(x + 12)}\" cy=\"{ChartText.Coordinate(y)}\" r=\"3\"/>\n");
    }
}

/// <summary>A corner of a panel.</summary>
public enum Corner
{
    /// <summary>Top left.</summary>
    TopLeft,

    /// <summary>Top right.</summary>
    TopRight,

    /// <summary>Bottom left.</summary>
    BottomLeft,

    /// <summary>Bottom right.</summary>
    BottomRight,
}
