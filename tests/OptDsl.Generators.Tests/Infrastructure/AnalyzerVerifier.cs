using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>Runs analyzers as a build does, after the generator, and compares their diagnostics with the marks in the sources.</summary>
internal static class AnalyzerVerifier
{
    /// <summary>The diagnostics of <typeparamref name="TAnalyzer"/> are those marked, no more and no less.</summary>
    /// <returns>The diagnostics in the order of their places, for what marks do not say: messages, properties.</returns>
    public static Task<ImmutableArray<Diagnostic>> VerifyAsync<TAnalyzer>(params string[] sources)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyAsync([new TAnalyzer()], SourceFile.Numbered(sources));

    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, params SourceFile[] files)
    {
        var test = new AnalyzersTest(analyzers);
        foreach (var file in files)
            test.TestState.Sources.Add((file.Name, file.Text));

        // That check puts a pragma of its own before the file, which one in the file takes back.
        if (files.Any(file => file.Text.Contains("#pragma warning", StringComparison.Ordinal)))
            test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        await test.RunAsync(TestContext.Current.CancellationToken);
        return test.Found;
    }

    private sealed class AnalyzersTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
    {
        private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
        private readonly HashSet<Diagnostic> _found = [];

        public AnalyzersTest(ImmutableArray<DiagnosticAnalyzer> analyzers)
        {
            _analyzers = analyzers;
            TestSetup.Of(this);
            DiagnosticVerifier = (diagnostic, _, _) => _found.Add(diagnostic);
        }

        public ImmutableArray<Diagnostic> Found =>
        [
            .. _found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.End)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => _analyzers;

        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(RuleGenerator)];

        protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;

        protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;
    }
}
