using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Analyzers;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Tool.Rules;

/// <summary>Reads annotated classes by the readers and analyzers of the package.</summary>
internal static class CSharpFiles
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(UpdateRuleAttribute).Assembly.Location).Where(File.Exists).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static void Load(IReadOnlyList<string> files, List<LoadedRule> rules, List<Problem> problems)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)), path: file));
        var compilation = CSharpCompilation.Create(
            "Rules", trees.Append(ImplicitUsings), s_references.Value, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        foreach (var type in Types(compilation.Assembly.GlobalNamespace))
        {
            if (AnalyzedRules.Find(type, compilation, default) is { } rule)
                rules.Add(new LoadedRule(type.Name, rule.Declaration.Source));
        }

        problems.AddRange(compilation.WithAnalyzers([new DeclarationAnalyzer(), new FormulaAnalyzer(), new LintAnalyzer()])
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden).Select(ToProblem));
    }

    private static SyntaxTree ImplicitUsings { get; } = CSharpSyntaxTree.ParseText("global using System; global using OptDsl;");

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) => parent.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static Problem ToProblem(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return new Problem(
            span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, span.EndLinePosition.Character + 1,
            diagnostic.Severity switch { DiagnosticSeverity.Error => Severity.Error, DiagnosticSeverity.Warning => Severity.Warning, _ => Severity.Info },
            diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
