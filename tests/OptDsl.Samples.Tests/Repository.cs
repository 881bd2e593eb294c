using System.Reflection;

namespace OptDsl.Samples.Tests;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Metadata("Repository"));

    public static string SampleFolder(string sample) => Path.Combine(Root, "samples", sample);

    public static string SampleProgram(string sample) => Path.Combine(SampleFolder(sample), Metadata("SampleOutput"), OperatingSystem.IsWindows() ? $"{sample}.exe" : sample);

    public static string Golden(string file) => Path.Combine(Root, "tests", "OptDsl.Tests", "Golden", file);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
