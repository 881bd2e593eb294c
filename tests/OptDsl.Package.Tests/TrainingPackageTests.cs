using System.Text.RegularExpressions;

namespace OptDsl.Package.Tests;

/// <summary>The package of what stands around a training loop, in a project of a user's.</summary>
public sealed partial class TrainingPackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    /// <summary>The program of the package's page, as it is printed, and what stands below it.</summary>
    [Fact]
    public async Task The_program_of_its_page_compiles_and_runs_in_a_fresh_project()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(PackedLibrary.Metadata("TrainingProject"))!, "README.md"), TestContext.Current.CancellationToken);
        var program = Assert.Single(Program().Matches(page.ReplaceLineEndings("\n")));
        var project = await library.CreateConsumerAsync(
            program.Groups[1].Value, $"""<PackageReference Include="OptDsl.Training" Version="{PackedLibrary.Version}" />""", PackedLibrary.Metadata("PackagesFolder"));
        (await project.BuildAsync()).Succeeded();
        Assert.Equal(program.Groups[2].Value, (await project.RunAsync()).Succeeded().ReplaceLineEndings("\n"));
        foreach (var file in (string[])["training.csv", "training.svg", "best.safetensors", "events.out.tfevents.*"])
            Assert.Single(Directory.GetFiles(project.Folder, file, SearchOption.AllDirectories));
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
