using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace OptDsl.Package.Tests;

/// <summary>The package for TorchSharp, and the language library that it needs at run time.</summary>
public sealed class TorchPackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optdsl-torch-package-");

    [Fact]
    public async Task Package_for_TorchSharp_holds_no_libtorch()
    {
        using var package = await PackAsync("TorchProject", "OptDsl.Torch");
        Assert.Equal(
            [
                "LICENSE", "OptDsl.Torch.nuspec", "README.md", "buildTransitive/OptDsl.Torch.targets", "buildTransitive/SleepingThreads.cs",
                "lib/net10.0/OptDsl.Torch.dll", "lib/net10.0/OptDsl.Torch.xml",
            ],
            Files(package));
        Assert.Equal(["OptDsl", "OptDsl.Language", "TorchSharp"], Dependencies(package, "OptDsl.Torch"));
    }

    [Fact]
    public async Task Package_of_the_language_depends_on_no_other()
    {
        using var package = await PackAsync("LanguageProject", "OptDsl.Language");
        Assert.Contains("lib/netstandard2.0/OptDsl.Language.dll", Files(package));
        Assert.Empty(Dependencies(package, "OptDsl.Language"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<ZipArchive> PackAsync(string project, string name)
    {
        (await DotNet.RunAsync(_folder.FullName, _folder.CreateSubdirectory("t").FullName, "pack", Metadata(project), "--no-build", "-c", Metadata("Configuration"), "-o", _folder.FullName)).Succeeded();
        return ZipFile.OpenRead(Path.Combine(_folder.FullName, $"{name}.{Metadata("PackageVersion")}.nupkg"));
    }

    private static IEnumerable<string> Files(ZipArchive package) => package.Entries.Select(entry => entry.FullName)
        .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Dependencies(ZipArchive package, string name)
    {
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        return [.. XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
    }

    private static string Metadata(string key) =>
        typeof(TorchPackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
