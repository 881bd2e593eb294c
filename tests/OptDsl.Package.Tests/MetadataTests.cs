using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OptDsl.Package.Tests;

/// <summary>What galleries, debuggers and readers find in the packages.</summary>
public sealed partial class MetadataTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    private const string Repository = "https://github.com/optdsl/optdsl";
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Packages => ["OptDsl", "OptDsl.Language", "OptDsl.Torch", "OptDsl.Mpi", "OptDsl.Training", "OptDsl.Tool", "OptDsl.Templates"];

    public static TheoryData<string> Libraries => ["OptDsl", "OptDsl.Language", "OptDsl.Torch", "OptDsl.Mpi", "OptDsl.Training", "OptDsl.Tool"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_where_it_comes_from(string name)
    {
        using var package = ZipFile.OpenRead(library.PackagePath(name));
        var metadata = XDocument.Parse(Text(package, $"{name}.nuspec")).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName);
        Assert.Equal(Repository, metadata["projectUrl"].Value);
        Assert.Equal((Repository, "git"), (metadata["repository"].Attribute("url")!.Value, metadata["repository"].Attribute("type")!.Value));
        Assert.Equal(("MIT", "icon.png", "README.md"), (metadata["license"].Value, metadata["icon"].Value, metadata["readme"].Value));
        Assert.NotEmpty(metadata["description"].Value);
        Assert.NotNull(package.GetEntry("icon.png"));
        Assert.NotNull(package.GetEntry("LICENSE"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_link_of_its_page_is_absolute_and_its_pictures_are_PNG(string name)
    {
        using var package = ZipFile.OpenRead(library.PackagePath(name));
        var page = Text(package, "README.md");
        var links = Link().Matches(page).Select(match => match.Groups[2].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith('#'), link));
        Assert.All(Link().Matches(page).Where(match => match.Groups[1].Value == "!"), match => Assert.EndsWith(".png", match.Groups[2].Value, StringComparison.Ordinal));

        // What the repository is said to have, it has.
        var root = Path.GetDirectoryName(Path.GetDirectoryName(PackedLibrary.Metadata("Packages")))!;
        Assert.All(
            links.Where(link => link.StartsWith(Repository + "/blob/main/", StringComparison.Ordinal)),
            link => Assert.True(Path.Exists(Path.GetFullPath(Path.Combine(root, link[(Repository.Length + "/blob/main/".Length)..].Split('#')[0]))), link));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_know_their_sources(string name)
    {
        using var package = ZipFile.OpenRead(Path.ChangeExtension(library.PackagePath(name), ".snupkg"));
        using var symbols = new MemoryStream();
        using (var entry = package.Entries.Single(entry => entry.Name == $"{name}.pdb").Open())
            entry.CopyTo(symbols);
        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();
        var sourceLink = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(information => reader.GetGuid(information.Kind) == s_sourceLink);
        Assert.Matches(@"https://raw\.githubusercontent\.com/optdsl/optdsl/[0-9a-f]{40}/\*", Encoding.UTF8.GetString(reader.GetBlobBytes(sourceLink.Value)));
    }

    [Fact]
    public void All_that_can_be_packed_is_packed_together_under_a_version_of_its_own()
    {
        var packages = File.ReadAllText(PackedLibrary.Metadata("Packages"));
        var source = Path.GetDirectoryName(PackedLibrary.Metadata("Packages"))!;
        var packable = Directory.GetFiles(source, "*.csproj", SearchOption.AllDirectories)
            .Where(project => !project.Contains("content", StringComparison.Ordinal) && File.ReadAllText(project).Contains("<IsPackable>true", StringComparison.Ordinal));
        Assert.All(packable, project => Assert.Contains(Path.GetFileName(project), packages, StringComparison.Ordinal));
        Assert.Contains("VersionSuffix=", packages, StringComparison.Ordinal);
    }

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(!?)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
