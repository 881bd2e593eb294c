namespace OptDsl.Package.Tests;

/// <summary>The templates of dotnet new, used as a user does and built against the packed packages.</summary>
public sealed class TemplateTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    [Fact]
    public async Task A_project_and_a_rule_from_the_templates_build_without_a_warning_and_train_and_resume()
    {
        var folder = await library.CreateFolderAsync();
        string[] hive = ["--debug:custom-hive", Path.Combine(folder.Folder, "hive")];
        (await folder.DotNetAsync(["new", "install", library.PackagePath("OptDsl.Templates"), .. hive])).Succeeded();
        (await folder.DotNetAsync(["new", "optdsl-train", "-n", "Spiral", .. hive])).Succeeded();

        var project = folder with { Folder = Path.Combine(folder.Folder, "Spiral") };
        (await project.DotNetAsync(["new", "optdsl-rule", "-n", "MyRule", .. hive])).Succeeded();
        Assert.True(File.Exists(Path.Combine(project.Folder, "Spiral.csproj")));
        Assert.Contains("record MyRule", await File.ReadAllTextAsync(Path.Combine(project.Folder, "MyRule.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await project.BuildAsync("-p:TreatWarningsAsErrors=true")).Succeeded();

        var first = (await project.RunAsync()).Succeeded();
        Assert.Contains("step 1000: loss", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Resumed", first, StringComparison.Ordinal);
        var second = (await project.RunAsync()).Succeeded();
        Assert.Contains("Resumed: step 1000", second, StringComparison.Ordinal);
        Assert.Contains("step 2000: loss 0.000", second, StringComparison.Ordinal);
        Assert.Equal(2000, File.ReadLines(Path.Combine(project.Folder, "training.csv")).Count());
    }
}
