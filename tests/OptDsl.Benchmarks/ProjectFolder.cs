using System.Reflection;

namespace OptDsl.Benchmarks;

/// <summary>Where the sources of this project are.</summary>
internal static class ProjectFolder
{
    public static string Path { get; } = typeof(ProjectFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == nameof(ProjectFolder)).Value!;
}
