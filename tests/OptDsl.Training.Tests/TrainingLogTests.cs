using OptDsl.Rules;

namespace OptDsl.Training.Tests;

public sealed class TrainingLogTests
{
    [Fact]
    public void Of_an_optimizer_that_measures_a_log_has_rate_and_norms()
    {
        var (optimizer, _) = NewOptimizer(groups: 1);
        using var history = new TrainingHistory();
        optimizer.Step();
        history.Write(optimizer, ("loss", 3));

        Assert.Equal(["loss", "learning_rate", "gradient_norm", "update_norm", "weight_norm", "update_ratio", "step_ms"], history.Names);
        Assert.Equal([(1, 0.1)], history["learning_rate"]);
        Assert.Equal(5, Assert.Single(history["gradient_norm"]).Value, 1e-12);
        Assert.Equal(optimizer.LastStep!.Value.UpdateRatio, Assert.Single(history["update_ratio"]).Value);
    }

    [Fact]
    public void Each_of_several_groups_has_its_own()
    {
        var (optimizer, _) = NewOptimizer(groups: 2);
        using var history = new TrainingHistory();
        optimizer.Step();
        history.Write(optimizer);

        Assert.Equal(optimizer.Groups[1].LastStep!.Value.GradientNorm, Assert.Single(history["gradient_norm/second"]).Value);
        Assert.Equal([(1, 0.2)], history["learning_rate/second"]);
        Assert.Equal([(1, 0.1)], history["learning_rate/W0"]); // A group without a name is called after its first parameter.
        Assert.DoesNotContain("learning_rate", history.Names);
    }

    [Fact]
    public void Without_measuring_a_log_has_what_it_is_given()
    {
        var (optimizer, _) = NewOptimizer(groups: 1);
        optimizer.MeasuresSteps = false;
        using var history = new TrainingHistory();
        optimizer.Step();
        history.Write(optimizer, ("loss", 3));

        Assert.Equal(["loss"], history.Names);
    }

    [Fact]
    public void A_step_that_was_skipped_leaves_no_measurements_of_another()
    {
        var (optimizer, gradient) = NewOptimizer(groups: 1);
        optimizer.NonFiniteGradients = NonFinitePolicy.Skip;
        using var history = new TrainingHistory();
        optimizer.Step();
        history.Write(optimizer, ("loss", 3));
        gradient[0] = double.NaN;
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        history.Write(optimizer, ("loss", 4));

        // The optimizer is still at step 1, and so are its measurements.
        Assert.Equal([(1, 4)], history["loss"]);
        Assert.Single(history["gradient_norm"]);
    }

    [Fact]
    public void Steps_are_written_in_their_order()
    {
        using var history = new TrainingHistory();
        history.Write(5, "loss", 1);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => history.Write(4, "loss", 1));
        Assert.Contains("The log has come to step 5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    public void A_name_is_a_line_of_text(string name)
    {
        using var history = new TrainingHistory();
        Assert.ThrowsAny<ArgumentException>(() => history.Write(1, name, 1));
    }

    [Fact]
    public void A_second_value_of_a_name_and_step_replaces_the_first()
    {
        using var history = new TrainingHistory();
        history.Write(1, ("loss", 1), ("loss", 2));
        Assert.Equal([(1, 2)], history["loss"]);
    }

    [Fact]
    public void One_log_of_several_writes_to_all_and_closes_them()
    {
        TrainingHistory first = new(), second = new();
        using (var both = TrainingLog.Join(first, second))
        {
            both.Write(1, "loss", 1);
            both.Write(2, "loss", 0.5);
        }

        Assert.Equal([(1, 1), (2, 0.5)], first["loss"]);
        Assert.Equal(first["loss"], second["loss"]);
        Assert.Throws<ObjectDisposedException>(() => second.Write(3, "loss", 0));
    }

    private static (Optimizer<double> Optimizer, double[] Gradient) NewOptimizer(int groups)
    {
        var optimizer = new Optimizer<double> { MeasuresSteps = true };
        double[] gradient = [3, 4];
        optimizer.Add(new Sgd { LearningRate = 0.1 }, new Parameter<double>("W0", new double[] { 1, 2 }, gradient));
        if (groups == 2)
            optimizer.Add(new Sgd { LearningRate = 0.2 }, new Parameter<double>("W1", new double[3], new double[] { 1, 0, 0 })).Name = "second";
        return (optimizer, gradient);
    }
}
