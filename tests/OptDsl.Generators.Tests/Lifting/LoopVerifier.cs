using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Analyzers;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Runs the analyzer of loops and compares what it reports with the marks in the code.</summary>
internal static class LoopVerifier
{
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(Compilation compilation, MarkedSource marked)
    {
        var diagnostics = await compilation.WithAnalyzers([new LoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var found = diagnostics.Select(diagnostic => new MarkedSpan(diagnostic.Id, diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic.Location.SourceSpan)).ToList();
        Assert.True(Text(found).SequenceEqual(Text(marked.Spans)), $"Found:\n{MarkedSource.Mark(marked.File, found)}\n{string.Join('\n', diagnostics)}");
        return diagnostics;

        static IEnumerable<string> Text(IEnumerable<MarkedSpan> spans) => spans.Select(span => span.ToString()).Order(StringComparer.Ordinal);
    }
}
