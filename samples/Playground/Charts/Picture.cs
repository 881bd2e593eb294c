using System.Globalization;
using System.Net;
using System.Text;

namespace OptDsl.Playground.Charts;

/// <summary>A drawing with its title, and what it shows in words.</summary>
internal sealed record Picture(string Title, string Caption, string Svg);

/// <summary>Draws curves in a frame of 520 by 240; colours are the page's.</summary>
internal sealed class Canvas(double minX, double maxX, double minY, double maxY, bool isLogarithmic = false)
{
    private const double Left = 44, Top = 10, Width = 464, Height = 200;
    private readonly StringBuilder _svg = new();

    public void Curve(IEnumerable<(double X, double Y)> points, string style)
    {
        var path = new StringBuilder();
        var last = "";
        foreach (var (x, y) in points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))
        {
            var place = $"{Text(X(x))} {Text(Y(y))}";
            if (place != last)
                path.Append(path.Length == 0 ? 'M' : 'L').Append(last = place);
        }

        _svg.Append($"<path class=\"{style}\" clip-path=\"url(#frame)\" d=\"{path}\"/>");
    }

    public void Ellipse(double x, double y) => _svg.Append(
        $"<ellipse class=\"contour\" clip-path=\"url(#frame)\" cx=\"{Text(X(0))}\" cy=\"{Text(Y(0))}\" rx=\"{Text(X(x) - X(0))}\" ry=\"{Text(Y(0) - Y(y))}\"/>");

    public void Dot(double x, double y, string style)
    {
        if (x >= minX && x <= maxX && y >= minY && y <= maxY)
            _svg.Append($"<circle class=\"{style}\" cx=\"{Text(X(x))}\" cy=\"{Text(Y(y))}\" r=\"4\"/>");
    }

    public void HorizontalLine(double y, string style) => Curve([(minX, y), (maxX, y)], style);

    /// <summary>Numbers at the axes.</summary>
    public void Ticks(IEnumerable<double> xs, IEnumerable<double> ys)
    {
        foreach (var x in xs)
            _svg.Append($"<text class=\"tick\" text-anchor=\"middle\" x=\"{Text(X(x))}\" y=\"{Text(Top + Height + 19)}\">{Number(x)}</text>");
        foreach (var y in ys)
            _svg.Append($"<line class=\"grid\" x1=\"{Text(Left)}\" x2=\"{Text(Left + Width)}\" y1=\"{Text(Y(y))}\" y2=\"{Text(Y(y))}\"/><text class=\"tick\" text-anchor=\"end\" x=\"{Text(Left - 8)}\" y=\"{Text(Y(y) + 4)}\">{Number(y)}</text>");
    }

    /// <summary>A name in the colour of a curve, in the upper right corner.</summary>
    public void Key(int row, string label, string style) => _svg.Append(
        $"<line class=\"{style}\" x1=\"{Text(Left + Width - 24)}\" x2=\"{Text(Left + Width - 6)}\" y1=\"{Text(Top + 16 + 20 * row)}\" y2=\"{Text(Top + 16 + 20 * row)}\"/><text class=\"key\" text-anchor=\"end\" x=\"{Text(Left + Width - 30)}\" y=\"{Text(Top + 20 + 20 * row)}\">{WebUtility.HtmlEncode(label)}</text>");

    public Picture ToPicture(string title, string caption) => new(title, caption,
        $"<svg viewBox=\"0 0 520 240\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode($"{title}: {caption}")}\"><defs><clipPath id=\"frame\"><rect x=\"{Text(Left)}\" y=\"{Text(Top)}\" width=\"{Text(Width)}\" height=\"{Text(Height)}\"/></clipPath></defs>{_svg}<rect class=\"frame\" x=\"{Text(Left)}\" y=\"{Text(Top)}\" width=\"{Text(Width)}\" height=\"{Text(Height)}\" rx=\"4\"/></svg>");

    /// <summary>Round numbers that divide a range.</summary>
    public static IEnumerable<double> Round(double from, double to)
    {
        var rough = (to - from) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch { < 1.5 => power, < 3.5 => 2 * power, < 7.5 => 5 * power, _ => 10 * power };
        for (var value = Math.Ceiling(from / step) * step; value <= to + step * 1e-9; value += step)
            yield return value;
    }

    public static string Number(double value) => (Math.Abs(value) < 1e-12 ? 0 : value).ToString("G4", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);

    private double X(double x) => Left + Width * (isLogarithmic ? Math.Log(x / minX) / Math.Log(maxX / minX) : (x - minX) / (maxX - minX));

    private double Y(double y) => Top + Height * Math.Clamp((maxY - y) / (maxY - minY), -9, 9);

    private static string Text(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
