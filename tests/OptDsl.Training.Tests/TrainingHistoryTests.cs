using OptDsl.Rules;

namespace OptDsl.Training.Tests;

public sealed class TrainingHistoryTests
{
    [Fact]
    public void Curves_are_drawn_in_one_panel_with_a_legend()
    {
        using var history = new TrainingHistory();
        for (var step = 1; step <= 10; step++)
            history.Write(step, ("loss", 1.0 / step), ("validation", step % 5 == 0 ? 2.0 / step : double.NaN));
        var picture = history.Draw("Training", "loss", "validation").ToSvg();

        Assert.Contains(">Training</text>", picture, StringComparison.Ordinal);
        Assert.Contains(">validation</text>", picture, StringComparison.Ordinal);
        Assert.Equal(2, picture.Split("stroke-linejoin").Length - 2); // One in the style sheet.
        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(1000, true)]
    public void What_spans_orders_of_magnitude_has_a_logarithmic_axis(double largest, bool isLogarithmic)
    {
        using var history = new TrainingHistory();
        history.Write(1, "loss", largest);
        history.Write(2, "loss", 1);

        Assert.Equal(isLogarithmic, history.Draw("Training", "loss").ToSvg().Contains(">100</text>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_is_not_there_is_named_beside_those_that_are()
    {
        using var history = new TrainingHistory();
        history.Write(1, ("loss", 1), ("accuracy", 1));

        var error = Assert.Throws<KeyNotFoundException>(() => history["los"]);
        Assert.Contains("'los'; there is 'loss', 'accuracy'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => history.Draw("Training"));
    }

    [Fact]
    public void A_curve_without_a_finite_value_cannot_be_drawn()
    {
        using var history = new TrainingHistory();
        history.Write(1, "loss", double.NaN);
        Assert.Contains("'loss' has no finite value", Assert.Throws<ArgumentException>(() => history.Draw("Training", "loss")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_curve_of_a_search_for_a_rate_is_drawn_with_its_suggestion()
    {
        double[] weight = [3], gradient = [0];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new Sgd { LearningRate = 0.1 }, new Parameter<double>("W", weight, gradient));
        var curve = RateFinder.Run(optimizer, () =>
        {
            gradient[0] = weight[0];
            return weight[0] * weight[0] / 2;
        });

        var picture = curve.Draw().ToSvg();
        Assert.Contains(">learning rate</text>", picture, StringComparison.Ordinal);
        Assert.Contains("<circle", picture, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RateCurve([]).Draw());
    }
}
