using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Incrementality;

/// <summary>A text is compiled once, whoever asks.</summary>
public sealed class SharedResultsTests
{
    [Fact]
    public async Task Generator_and_analyzers_compile_a_rule_once_over_all_compilations_of_it()
    {
        // A name of its own, so that no other test compiles this text.
        var name = $"shared{Guid.NewGuid():N}";
        var text = $$"""using OptDsl; [UpdateRule("{{name}} = 2g; W = W - η{{name}}")] public sealed partial class Rule { [Hyper("η")] public double Rate { get; set; } = 0.1; }""";
        var source = await AnalyseAsync(text);
        Assert.Equal(1, CompiledRules.CompilationsOf(source));
        Assert.Equal(1, RuleFindings.AnalysesOf(source));

        // What an editor does at a keystroke: another compilation with the same declaration.
        Assert.Equal(source, await AnalyseAsync("using System; " + text));
        Assert.Equal(1, CompiledRules.CompilationsOf(source));
        Assert.Equal(1, RuleFindings.AnalysesOf(source));
        Assert.Same(CompiledRules.Of(source, TestContext.Current.CancellationToken), CompiledRules.Of(source with { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_result_is_computed_once_though_many_ask_at_once()
    {
        var computed = 0;
        var cache = new ValueCache<string, object>((_, _) => { Interlocked.Increment(ref computed); Thread.Sleep(5); return new object(); }, half: 10);
        var results = new object[8];
        Parallel.For(0, results.Length, i => results[i] = cache.Get(new string('a', 3), CancellationToken.None));
        Assert.Single(results.Distinct());
        Assert.Equal(1, computed);
    }

    [Fact]
    public void The_latest_results_stay_and_the_oldest_go()
    {
        var cache = new ValueCache<int, int>((key, _) => key, half: 4);
        for (var i = 0; i < 20; i++)
            Assert.Equal(i, cache.Get(i, CancellationToken.None));
        Assert.All(Enumerable.Range(16, 4), i => Assert.Equal(1, cache.Computations(i)));
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(0, cache.Computations(i)));
    }

    [Fact]
    public void A_cancelled_computation_is_done_again()
    {
        var cache = new ValueCache<int, int>((key, cancellation) => { cancellation.ThrowIfCancellationRequested(); return key; }, half: 4);
        Assert.Throws<OperationCanceledException>(() => cache.Get(1, new CancellationToken(canceled: true)));
        Assert.Equal(0, cache.Computations(1));
        Assert.Equal(1, cache.Get(1, CancellationToken.None));
    }

    private static async Task<RuleSource> AnalyseAsync(string text)
    {
        var run = GeneratorRun.Of(text);
        await AnalyzerRun.DiagnoseAsync(run.Compilation, [new DeclarationAnalyzer(), new FormulaAnalyzer(), new LintAnalyzer()]);
        var type = run.Compilation.GetTypeByMetadataName("Rule")!;
        return DeclarationReader.Read(type, run.Compilation, TestContext.Current.CancellationToken)!.Source;
    }
}
