using System.Reflection;

namespace OptDsl.Package.Tests;

/// <summary>The packages, packed once into a folder that serves as the only source of a restore.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("optdsl-package-");

    /// <summary>Where the packages are.</summary>
    public string Feed => Path.Combine(_root.FullName, "feed");

    /// <summary>The version of all.</summary>
    public static string Version => Metadata("PackageVersion");

    /// <summary>Where commands keep what they need for a while.</summary>
    private string TemporaryFiles => _root.CreateSubdirectory("t").FullName;

    /// <summary>The file of a package.</summary>
    public string PackagePath(string name) => Path.Combine(Feed, $"{name}.{Version}.nupkg");

    /// <summary>Packs what the build made.</summary>
    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { "PackedProject", "LanguageProject", "TorchProject", "MpiProject", "TrainingProject", "ToolProject", "TemplatesProject" })
            (await DotNet.RunAsync(_root.FullName, TemporaryFiles, "pack", Metadata(project), "--no-build", "-c", Metadata("Configuration"), "-o", Feed)).Succeeded();
    }

    /// <summary>A console project that uses the package from this folder alone, with packages and settings of its own.</summary>
    internal Task<ConsumerProject> CreateConsumerAsync(string program) => CreateConsumerAsync(program, $"""<PackageReference Include="OptDsl" Version="{Version}" />""");

    /// <summary>An empty folder whose projects restore from the packed packages alone.</summary>
    internal async Task<ConsumerProject> CreateFolderAsync(string? others = null)
    {
        var folder = _root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        if (others is not null)
            others = WithoutOwn(others);
        await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
              <packageSources><clear /><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear />{(others is null ? "" : $"""<add key="machine" value="{others}" />""")}</fallbackPackageFolders>
            </configuration>
            """, TestContext.Current.CancellationToken);
        return new ConsumerProject(folder, TemporaryFiles);
    }

    /// <summary>The packages that this machine has but for ours of another time, which may have the same version.</summary>
    private string WithoutOwn(string packages)
    {
        var links = Path.Combine(_root.FullName, "machine");
        if (!Directory.Exists(links))
        {
            Directory.CreateDirectory(links);
            foreach (var package in Directory.GetDirectories(packages).Where(package => !Path.GetFileName(package).StartsWith("optdsl", StringComparison.OrdinalIgnoreCase)))
                Directory.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(package)), package);
        }

        return links;
    }

    /// <summary>A console project that uses packages from this folder, and others that this machine has anyway.</summary>
    /// <param name="program">The program.</param>
    /// <param name="items">The items of its project.</param>
    /// <param name="others">Where the other packages are; none unless given.</param>
    internal async Task<ConsumerProject> CreateConsumerAsync(string program, string items, string? others = null)
    {
        var project = await CreateFolderAsync(others);
        await WriteAsync("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("Program.cs", program);
        return project;

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(project.Folder, name), text, TestContext.Current.CancellationToken);
    }

    /// <summary>Removes everything.</summary>
    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the project file says to the tests.</summary>
    internal static string Metadata(string key) =>
        typeof(PackedLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>A project outside this repository.</summary>
internal sealed record ConsumerProject(string Folder, string TemporaryFiles)
{
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotNet.RunAsync(Folder, TemporaryFiles, ["build", "-c", "Release", .. arguments]);

    public Task<CommandResult> RunAsync() => DotNet.RunAsync(Folder, TemporaryFiles, "run", "-c", "Release", "--no-build");

    public Task<CommandResult> DotNetAsync(params string[] arguments) => DotNet.RunAsync(Folder, TemporaryFiles, arguments);
}
