namespace OptDsl.Samples.Tests;

/// <summary>The committed pictures are those that the samples draw.</summary>
public sealed class PictureTests
{
    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.svg", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!)).Distinct().Order()];

    /// <summary>What is trained by libtorch differs in rounding from machine to machine, and so does its picture.</summary>
    public static TheoryData<string> Reproducible =>
        [.. Samples.Select(row => row.Data).Where(sample => !File.ReadAllText(Path.Combine(Repository.SampleFolder(sample), sample + ".csproj")).Contains("LibTorch.props", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Reproducible))]
    public async Task A_sample_draws_the_pictures_that_are_committed(string sample)
    {
        var run = await SampleRun.Of(sample);
        var committed = Directory.GetFiles(Repository.SampleFolder(sample), "*.svg").Select(Path.GetFileName).Order().ToArray();

        Assert.Equal(committed, Directory.GetFiles(run.Folder, "*.svg").Select(Path.GetFileName).Order());
        foreach (var picture in committed)
        {
            var expected = await File.ReadAllTextAsync(Path.Combine(Repository.SampleFolder(sample), picture!), TestContext.Current.CancellationToken);
            var drawn = await File.ReadAllTextAsync(Path.Combine(run.Folder, picture!), TestContext.Current.CancellationToken);
            Assert.True(expected == drawn, $"{sample}/{picture} is out of date: run the sample and commit what it draws.");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_page_of_a_sample_shows_its_pictures(string sample)
    {
        var page = File.ReadAllText(Path.Combine(Repository.SampleFolder(sample), "README.md"));

        Assert.All(
            Directory.GetFiles(Repository.SampleFolder(sample), "*.svg").Select(Path.GetFileName),
            picture => Assert.Contains($"]({picture})", page, StringComparison.Ordinal));
    }
}
