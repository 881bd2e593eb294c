using OptDsl.Samples.Tests;

[assembly: AssemblyFixture(typeof(RunFolders))]

namespace OptDsl.Samples.Tests;

/// <summary>The folders that runs of samples write to; gone after the last test.</summary>
public sealed class RunFolders : IDisposable
{
    private static readonly Lazy<DirectoryInfo> Root = new(() => Directory.CreateTempSubdirectory("OptDsl.Samples."));

    /// <summary>A new, empty folder.</summary>
    public static string Create() => Root.Value.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Root.IsValueCreated)
            Root.Value.Delete(recursive: true);
    }
}
