using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>Compilations as strict as a project can make them, against the real targeting pack and the runtime library.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Directory.GetFiles(Path.Combine(BuildMetadata.TargetingPack, "ref", "net10.0"), "*.dll").Order().Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(UpdateRuleAttribute).Assembly.Location),
    ];

    public static CSharpCompilationOptions Options { get; } = new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        deterministic: true,
        nullableContextOptions: NullableContextOptions.Enable)
        .WithSyntaxTreeOptionsProvider(new UndocumentedTestSources());

    public static CSharpCompilation Create(params SourceFile[] files) => CSharpCompilation.Create(
        $"Test{Guid.NewGuid():N}", files.Select(Parse), References, Options);

    public static SyntaxTree Parse(SourceFile file) => CSharpSyntaxTree.ParseText(
        SourceText.From(file.Text, Encoding.UTF8), ParseOptions, file.Name, TestContext.Current.CancellationToken);

    /// <summary>The sources of tests need no documentation; what is generated for them does.</summary>
    private sealed class UndocumentedTestSources : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Suppress;
            return diagnosticId == "CS1591" && !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
