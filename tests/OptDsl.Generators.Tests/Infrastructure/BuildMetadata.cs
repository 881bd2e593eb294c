using System.Reflection;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>What the project file passes on to its tests.</summary>
internal static class BuildMetadata
{
    /// <summary>The folder of the SDK's targeting pack.</summary>
    public static string TargetingPack { get; } = Value("TargetingPack");

    /// <summary>The folder of the generator projects.</summary>
    public static string GeneratorsFolder { get; } = Value("GeneratorsFolder");

    /// <summary>The folder of this project.</summary>
    public static string TestsFolder { get; } = Value("TestsFolder");

    private static string Value(string key) =>
        typeof(BuildMetadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
