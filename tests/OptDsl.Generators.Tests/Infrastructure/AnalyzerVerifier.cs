using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

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
        var marked = Parse(analyzers, files);
        var compilation = TestCompilation.Create([.. marked.Select(source => source.File)]);
        var diagnostics = await DiagnoseAsync(GeneratorRun.Of(compilation).Compilation, analyzers);
        Compare(marked, diagnostics);
        return diagnostics;
    }

    public static MarkedSource[] Parse(ImmutableArray<DiagnosticAnalyzer> analyzers, SourceFile[] files)
    {
        var ids = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().ToArray();
        return [.. files.Select(file => MarkedSource.Parse(file, ids.Length == 1 ? ids[0] : null))];
    }

    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var diagnostics = await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var crash = diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001");
        Assert.True(crash is null, crash?.ToString());
        return
        [
            .. diagnostics.Where(diagnostic => !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.End)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    public static void Compare(IReadOnlyList<MarkedSource> expected, ImmutableArray<Diagnostic> diagnostics)
    {
        var found = diagnostics
            .Select(diagnostic => new MarkedSpan(diagnostic.Id, diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic.Location.SourceSpan))
            .ToArray();
        Assert.True(
            found.All(span => span.File != ""),
            $"Diagnostics without a place:\n{string.Join('\n', diagnostics.Where(diagnostic => diagnostic.Location.SourceTree is null))}");
        foreach (var source in expected)
        {
            if (!Text(source.Spans).SequenceEqual(Text(found.Where(span => span.File == source.File.Name))))
            {
                Assert.Fail($"Expected:\n{MarkedSource.Mark(source.File, source.Spans)}\n\nFound:\n{MarkedSource.Mark(source.File, found)}"
                    + $"\n\n{string.Join('\n', diagnostics)}");
            }
        }

        static IEnumerable<string> Text(IEnumerable<MarkedSpan> spans) => spans.Select(span => span.ToString()).Order(StringComparer.Ordinal);
    }
}
