using System.Text.RegularExpressions;

namespace OptDsl.Package.Tests;

/// <summary>The package for MPI, in a project of a user's.</summary>
public sealed partial class MpiPackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    /// <summary>The program of the package's page, as it is printed: started without mpiexec it is a world of one rank.</summary>
    [Fact]
    public async Task The_program_of_its_page_compiles_and_runs_in_a_fresh_project()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(PackedLibrary.Metadata("MpiProject"))!, "README.md"), TestContext.Current.CancellationToken);
        var program = Assert.Single(Program().Matches(page)).Groups[1].Value;
        var project = await library.CreateConsumerAsync(
            program, $"""<PackageReference Include="OptDsl.Mpi" Version="{PackedLibrary.Version}" />""", PackedLibrary.Metadata("PackagesFolder"));
        (await project.BuildAsync()).Succeeded();
        var run = await project.RunAsync();
        if (run.ExitCode != 0 && Environment.GetEnvironmentVariable("OPTDSL_REQUIRE_MPI") != "1" && run.Error.Contains(nameof(DllNotFoundException), StringComparison.Ordinal))
            Assert.Skip("There is no library of MPI here. Install MPICH (Debian and Ubuntu: apt install mpich).");
        Assert.Equal("", run.Succeeded());
        Assert.Single(Directory.GetFiles(project.Folder, "training.safetensors", SearchOption.AllDirectories));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
