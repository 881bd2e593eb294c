using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators;

namespace OptDsl.Benchmarks.Drawn;

/// <summary>Compiles sources with the generator, as a build does, and loads them.</summary>
internal static class RuleAssembly
{
    /// <summary>What the running program itself refers to.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is ['S' or 's', 'y', 's', 't', 'e', 'm', '.', ..] or "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(UpdateRuleAttribute).Assembly.Location),
    ];

    public static CSharpCompilation Compilation(IEnumerable<string> sources) => CSharpCompilation.Create(
        "Rules",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"Source{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    public static Assembly Load(IEnumerable<string> sources)
    {
        CSharpGeneratorDriver.Create(new RuleGenerator()).RunGeneratorsAndUpdateCompilation(Compilation(sources), out var compilation, out _);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray());
    }
}
