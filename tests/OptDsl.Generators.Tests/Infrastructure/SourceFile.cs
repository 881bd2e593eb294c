namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>A file of a test project.</summary>
internal sealed record SourceFile(string Name, string Text)
{
    /// <summary>Files named in order: Test0.cs, Test1.cs …</summary>
    public static SourceFile[] Numbered(params string[] texts) => [.. texts.Select((text, i) => new SourceFile($"Test{i}.cs", text))];
}
