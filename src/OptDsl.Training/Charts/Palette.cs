using System.Text;

namespace OptDsl.Training.Charts;

/// <summary>The colours of the pictures, in light and in dark surroundings.</summary>
/// <remarks>
/// The curves' colours are those of Okabe and Ito, which people with any common form of colour blindness tell apart, darkened
/// or lightened for contrast. A picture has a background of its own, so that it is readable wherever it is put.
/// </remarks>
internal static class Palette
{
    private static readonly (string Light, string Dark)[] Curves =
    [
        ("#0072b2", "#5ab4ef"), // blue
        ("#d55e00", "#f5915a"), // vermilion
        ("#00875f", "#3fcf9f"), // green
        ("#b3478f", "#e79ccb"), // purple
        ("#a67700", "#e8b93a"), // ochre
        ("#555555", "#bdbdbd"), // grey
    ];

    public static int CurveCount => Curves.Length;

    public static string Css()
    {
        var css = new StringBuilder();
        Append(css, "#ffffff", "#1a1a1a", "#666666", "#e3e3e3", "#c8d0d8", curve => curve.Light);
        css.Append("@media (prefers-color-scheme: dark) {\n");
        Append(css, "#14181d", "#e8e8e8", "#9da5ad", "#2b323a", "#3b4650", curve => curve.Dark);
        css.Append("}\n");
        return css.ToString();
    }

    private static void Append(StringBuilder css, string paper, string ink, string muted, string grid, string contour, Func<(string Light, string Dark), string> color)
    {
        css.Append(".paper { fill: ").Append(paper).Append("; }\n");
        css.Append(".halo { stroke: ").Append(paper).Append("; }\n");
        css.Append("text { fill: ").Append(ink).Append("; }\n");
        css.Append("text.muted { fill: ").Append(muted).Append("; }\n");
        css.Append(".frame { stroke: ").Append(muted).Append("; }\n");
        css.Append(".grid { stroke: ").Append(grid).Append("; }\n");
        css.Append(".contour { stroke: ").Append(contour).Append("; }\n");
        css.Append(".ink { stroke: ").Append(ink).Append("; fill: ").Append(ink).Append("; }\n");
        for (var i = 0; i < Curves.Length; i++)
        {
            css.Append(".c").Append(i).Append(" { stroke: ").Append(color(Curves[i])).Append("; }\n");
            css.Append(".f").Append(i).Append(" { fill: ").Append(color(Curves[i])).Append("; }\n");
        }
    }
}
