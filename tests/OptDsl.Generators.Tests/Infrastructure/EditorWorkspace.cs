using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Formatting;
using Microsoft.CodeAnalysis.Host.Mef;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>
/// A workspace of the two assemblies that editing needs. The default host also loads Features, of whose dependencies some are
/// not to be had.
/// </summary>
internal static class EditorWorkspace
{
    private static readonly MefHostServices s_host = MefHostServices.Create([typeof(Workspace).Assembly, typeof(CSharpFormattingOptions).Assembly]);

    /// <summary>An empty C# project that references what test compilations do.</summary>
    public static Project NewProject() => new AdhocWorkspace(s_host).AddProject("Test", LanguageNames.CSharp)
        .WithCompilationOptions(TestCompilation.Options)
        .WithParseOptions(TestCompilation.ParseOptions)
        .WithMetadataReferences(TestCompilation.References);
}
