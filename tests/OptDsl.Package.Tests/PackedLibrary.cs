using System.Reflection;

namespace OptDsl.Package.Tests;

/// <summary>The package, packed once into a folder that serves as the only source of a restore.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("optdsl-package-");

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "feed", $"OptDsl.{Version}.nupkg");

    /// <summary>Where commands keep what they need for a while.</summary>
    private string TemporaryFiles => _root.CreateSubdirectory("t").FullName;

    private static string Version => Metadata("PackageVersion");

    /// <summary>Packs what the build made.</summary>
    public async ValueTask InitializeAsync()
    {
        var result = await DotNet.RunAsync(
            _root.FullName, TemporaryFiles, "pack", Metadata("PackedProject"), "--no-build", "-c", Metadata("Configuration"), "-o", System.IO.Path.GetDirectoryName(Path)!);
        result.Succeeded();
    }

    /// <summary>A console project that uses the package from this folder alone, with packages and settings of its own.</summary>
    internal async Task<ConsumerProject> CreateConsumerAsync(string program)
    {
        var folder = _root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        await WriteAsync("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{System.IO.Path.Combine(folder, "packages")}" /></config>
              <packageSources><clear /><add key="packed" value="{System.IO.Path.GetDirectoryName(Path)}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        await WriteAsync("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OptDsl" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("Program.cs", program);
        return new ConsumerProject(folder, TemporaryFiles);

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(System.IO.Path.Combine(folder, name), text, TestContext.Current.CancellationToken);
    }

    /// <summary>Removes everything.</summary>
    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) =>
        typeof(PackedLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>A project outside this repository.</summary>
internal sealed record ConsumerProject(string Folder, string TemporaryFiles)
{
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotNet.RunAsync(Folder, TemporaryFiles, ["build", "-c", "Release", .. arguments]);

    public Task<CommandResult> RunAsync() => DotNet.RunAsync(Folder, TemporaryFiles, "run", "-c", "Release", "--no-build");
}
