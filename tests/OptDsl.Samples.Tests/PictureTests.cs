using System.Globalization;
using System.Text.RegularExpressions;

namespace OptDsl.Samples.Tests;

/// <summary>The committed pictures are those that the samples draw.</summary>
public sealed partial class PictureTests
{
    private const string Preview = "-preview.svg";

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
            Directory.GetFiles(Repository.SampleFolder(sample), "*.svg").Select(path => Path.GetFileName(path)).Where(picture => !picture.EndsWith(Preview, StringComparison.Ordinal)),
            picture => Assert.Contains($"]({picture})", page, StringComparison.Ordinal));
    }

    /// <summary>A picture that is shown smaller than it is has letters that nobody can read.</summary>
    [Fact]
    public void The_gallery_shows_parts_of_pictures_in_the_size_in_which_they_are_drawn()
    {
        var shown = Picture().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(match => (Path: match.Groups[1].Value, Others: match.Groups[2].Value)).ToList();
        var previews = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*" + Preview, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

        Assert.Equal(previews.Order(), shown.Select(picture => picture.Path).Order());
        Assert.All(shown, picture =>
        {
            Assert.DoesNotContain("width=", picture.Others, StringComparison.Ordinal);
            var width = Width().Match(File.ReadAllText(Path.Combine(Repository.Root, picture.Path))).Groups[1].Value;
            Assert.InRange(double.Parse(width, CultureInfo.InvariantCulture), 200, 450);
        });
    }

    [GeneratedRegex("<img src=\"([^\"]+\\.svg)\"([^>]*)>")]
    private static partial Regex Picture();

    [GeneratedRegex("<svg [^>]*? width=\"([0-9.]+)\"")]
    private static partial Regex Width();
}
