namespace OptDsl.Generators.Tests.Architecture;

/// <summary>The C# files of a project as somebody wrote them.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> Under(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));
}
