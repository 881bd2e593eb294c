using OptDsl.Training.Charts;

namespace OptDsl.Training;

/// <summary>The curve of a search for a learning rate as a picture.</summary>
public static class RateCurveCharts
{
    /// <summary>Draws the loss over the learning rate, with the suggestion marked.</summary>
    /// <param name="curve">What <see cref="RateFinder"/> has found.</param>
    /// <exception cref="ArgumentException">The curve has less than two steps.</exception>
    public static Figure Draw(this RateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Points.Count < 2)
            throw new ArgumentException("A curve of less than two steps cannot be drawn.", nameof(curve));
        var figure = new Figure("The loss over the learning rate", "The loss falls fastest at the mark; where it rises the rate is too large.");
        var panel = figure.Add(
            "", Axis.Around(curve.Points.Select(point => point.Rate), "learning rate", isLogarithmic: true), Axis.Around(curve.Points.SelectMany(point => new[] { point.Loss, point.SmoothedLoss }), "loss"));
        panel.Line(curve.Points.Select(point => (point.Rate, point.Loss)), new Series(5, "loss", Width: 0.8));
        panel.Line(curve.Points.Select(point => (point.Rate, point.SmoothedLoss)), new Series(0, "smoothed"));
        if (curve.Points.FirstOrDefault(point => point.Rate == curve.Suggestion) is { Rate: > 0 } best)
            panel.Mark(best.Rate, best.SmoothedLoss, ChartText.Brief(best.Rate), Corner.BottomLeft);
        return figure;
    }
}
