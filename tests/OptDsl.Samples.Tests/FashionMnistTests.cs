using System.Globalization;

namespace OptDsl.Samples.Tests;

/// <summary>Where the data is not installed, the sample says so; the tests then hold it to that.</summary>
public sealed class FashionMnistTests
{
    [Fact]
    public async Task The_stable_loss_survives_logits_of_1000()
    {
        var run = await SampleRun.Of("FashionMnist");

        Assert.Contains("Logits (1000, 0, -1000), class 2: the textbook's formula gives ∞, the stable one 1000.0.", run.Lines);
    }

    [Fact]
    public async Task Without_data_the_sample_says_how_to_get_it()
    {
        var run = await SampleRun.Start("FashionMnist", arguments: ["--data", RunFolders.Create()]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz missing", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("samples/FashionMnist/get-data.sh", run.Output, StringComparison.Ordinal);
        Assert.Contains("--data <folder>", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_data_every_rule_learns_and_a_checkpoint_resumes_exactly()
    {
        var run = await SampleRun.Of("FashionMnist");
        if (run.Output.Contains("Fashion-MNIST is not in", StringComparison.Ordinal))
        {
            Assert.Contains("--data <folder>", run.Output, StringComparison.Ordinal);
            return;
        }

        Assert.All(run.Table("╭"), row => Assert.InRange(double.Parse(row[3].TrimEnd(' ', '%'), CultureInfo.InvariantCulture), 60, 100));
        Assert.EndsWith("at step 40 the weights are the same, bit for bit.", run.Lines.Last(line => line.Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_the_numbers_of_the_last_full_run()
    {
        var page = File.ReadAllText(Path.Combine(Repository.SampleFolder("FashionMnist"), "README.md"));
        var last = File.ReadLines(Path.Combine(Repository.SampleFolder("FashionMnist"), "curves.csv")).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0]).Select(group => group.Last());

        Assert.All(last, cells =>
        {
            var accuracy = 100 * double.Parse(cells[3], CultureInfo.InvariantCulture);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {cells[2]} | {accuracy:0.0} % |"), page, StringComparison.Ordinal);
        });
    }
}
