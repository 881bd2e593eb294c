using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Training.Charts;

namespace OptDsl.Training.Tests.Charts;

public sealed partial class FigureTests
{
    [Fact]
    public void An_excerpt_has_the_panels_that_are_asked_for_in_their_size()
    {
        var figure = FourPanels();
        var excerpt = figure.Excerpt("Two of four", 1, 3, 1);
        var picture = excerpt.ToSvg();

        Assert.Equal(["four", "two"], Texts(picture).Where(text => text.Class == "panel").Select(text => text.Text));
        Assert.Contains(">Two of four</text>", picture, StringComparison.Ordinal);
        Assert.True(Width(picture) < Width(figure.ToSvg()));
        Assert.Throws<ArgumentOutOfRangeException>(() => figure.Excerpt("", 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => figure.Excerpt("", 1, -1));
    }

    [Fact]
    public void A_legend_of_all_panels_takes_the_lines_that_it_needs_and_stays_inside()
    {
        var figure = FourPanels();
        for (var i = 0; i < 6; i++)
            figure.Key(new Series(i, $"a long name of number {i}"));

        foreach (var picture in new[] { figure.ToSvg(), figure.Excerpt("One", 1, 0).ToSvg() })
        {
            XDocument.Parse(picture);
            var entries = Texts(picture).Where(text => text.Text.StartsWith("a long", StringComparison.Ordinal)).ToList();
            Assert.Equal(6, entries.Count);
            Assert.All(entries, entry => Assert.InRange(entry.X + 6.5 * entry.Text.Length, 0, Width(picture)));
            Assert.True(entries.Select(entry => entry.Y).Distinct().Count() > 1);

            // No entry reaches into the titles of the first row.
            Assert.True(entries.Max(entry => entry.Y) < Groups(picture) - 20);
        }
    }

    [Fact]
    public void It_is_saved_as_a_file_that_XML_readers_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            var figure = new Figure("a < b & c", "\"quoted\"");
            figure.Add("x > y", Axis.Linear(0, 1, "<x>"), Axis.Logarithmic(0.1, 10)).Line([(0, 1), (1, 2)], new Series(0, "a & b"));
            figure.Save(path);
            Assert.Equal("svg", XDocument.Load(path).Root!.Name.LocalName);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_curve_that_leaves_the_panel_is_cut_at_its_edge()
    {
        var figure = new Figure("", "", panelWidth: 100, panelHeight: 100);
        figure.Add("", Axis.Linear(0, 1), Axis.Linear(0, 1)).Line([(0.5, 0.5), (0.5, 1e9), (double.NaN, 0), (0.2, -5)], new Series(0));
        Assert.Contains("d=\"M50 50L50 0\"", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 1, 3 }, false, 0.92, 3.08)]
    [InlineData(new double[] { 5 }, false, 2.5, 7.5)]
    [InlineData(new double[] { }, false, 0.5, 1.5)]
    [InlineData(new[] { 0.01, 1, -3, double.PositiveInfinity }, true, 0.0083176, 1.20226)]
    public void An_axis_around_values_shows_them_all(double[] values, bool isLogarithmic, double min, double max)
    {
        var axis = Axis.Around(values, "x", isLogarithmic);
        Assert.Equal(min, axis.Min, 1e-5 * max);
        Assert.Equal(max, axis.Max, 1e-5 * max);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00110, "0.00110")]
    [InlineData(7.03e-4, "7.03·10⁻⁴")]
    [InlineData(1.434, "1.43")]
    [InlineData(950.4, "950")]
    [InlineData(-12345, "−1.23·10⁴")]
    [InlineData(double.NaN, "∞")]
    public void A_magnitude_has_three_digits(double value, string expected) => Assert.Equal(expected, ChartText.Brief(value));

    private static Figure FourPanels()
    {
        var figure = new Figure("Four", "Four panels, two side by side.", columns: 2, panelWidth: 200, panelHeight: 100);
        foreach (var name in new[] { "one", "two", "three", "four" })
            figure.Add(name, Axis.Linear(0, 1), Axis.Linear(0, 1)).Line([(0, 0), (1, 1)], new Series(0));
        return figure;
    }

    private static double Width(string picture) => Number(SvgWidth().Match(picture).Groups[1].Value);

    private static double Groups(string picture) => Number(Translation().Match(picture).Groups[1].Value);

    private static List<(string Class, double X, double Y, string Text)> Texts(string picture) =>
        [.. TextElement().Matches(picture).Select(match => (match.Groups[1].Value, Number(match.Groups[2].Value), Number(match.Groups[3].Value), match.Groups[4].Value))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("<svg [^>]*? width=\"([0-9.]+)\"")]
    private static partial Regex SvgWidth();

    [GeneratedRegex(@"translate\([0-9.]+ ([0-9.]+)\)")]
    private static partial Regex Translation();

    [GeneratedRegex("<text class=\"([a-z]+)\" x=\"([0-9.-]+)\" y=\"([0-9.-]+)\"[^>]*>([^<]*)</text>")]
    private static partial Regex TextElement();
}
