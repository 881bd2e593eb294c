namespace OptDsl.Samples.Charts;

/// <summary>How a curve is drawn.</summary>
/// <param name="Color">A colour of the palette, from 0.</param>
/// <param name="Label">Its name in the legend; none for no entry.</param>
/// <param name="Dash">The pattern of dashes, as SVG has it; none for a solid line.</param>
/// <param name="Markers">True to mark every point.</param>
/// <param name="Width">The width of the line in pixels.</param>
public sealed record Series(int Color, string? Label = null, string? Dash = null, bool Markers = false, double Width = 2);

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
