namespace OptDsl.Training.Tests;

public sealed class ScoreTests
{
    [Fact]
    public void Scores_are_weighed_by_their_examples()
    {
        var sum = new Score(1, 1, 2) + new Score(4, 4, 4);
        Assert.Equal(new Score(3, 5, 6), sum);
        Assert.Equal(sum, default(Score) + sum);
        Assert.Equal(sum, sum + default(Score));
        Assert.Equal("loss 3.0000, accuracy 83.3 %", sum.ToString());
    }

    [Fact]
    public void Without_classes_there_is_no_accuracy()
    {
        var sum = new Score(1, null, 2) + new Score(2, null, 2);
        Assert.Equal("loss 1.5000", sum.ToString());
        Assert.True(double.IsNaN(sum.Accuracy));
    }

    [Fact]
    public void A_run_counts_the_examples_of_its_scores()
    {
        var score = default(Score);
        TrainingProgress.Show(display =>
        {
            var run = display.Add("a run", epochs: 2, epochSize: 5);
            for (var epoch = 0; epoch < 2; epoch++)
                score = run.RunEpoch([1, 4], size => new Score(size, null, size));
        });

        Assert.Equal(new Score(3.4, null, 5), score);
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingProgress.Show(display => display.Add("none", 0, 5)));
    }
}
