using System.Globalization;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Incrementality;

/// <summary>The files of a project are written by several threads: nobody can tell.</summary>
public sealed class FilesTogetherTests
{
    private const int Count = 60;

    private static readonly string[] Bodies =
    [
        "W = W - ηg",
        "v = μv + g; W = W - ηv",
        "v = μv + (1-μ)g²; W = W - ηg/(√v + ε)",
        "v = μv + (1-μ)g²; W = W - ηg/(√v +",
        "u = g + λW; r = ‖u‖ > 0 ? ‖W‖/‖u‖ : 1; W = W - ηru",
    ];

    [Fact]
    public void Files_of_many_rules_are_those_of_each_rule_alone()
    {
        var together = GeneratorRun.Of([.. Enumerable.Range(0, Count).Select(Source)]).Files;
        Assert.Equal(Count, together.Length);
        for (var i = 0; i < Count; i++)
        {
            var alone = GeneratorRun.Of(Source(i)).Files.Single();
            Assert.Equal(alone.HintName, together[i].HintName);
            Assert.Equal(alone.SourceText.ToString(), together[i].SourceText.ToString());
        }
    }

    [Fact]
    public void Run_that_is_cancelled_says_so_and_the_next_one_has_all_files()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered([.. Enumerable.Range(0, Count).Select(Source)]));
        var driver = GeneratorRun.Driver();
        foreach (var delay in new[] { 0, 1, 2, 5, 10, 20, 50 })
        {
            using var cancellation = new CancellationTokenSource(delay);
            try
            {
                driver.RunGenerators(compilation, cancellation.Token);
            }
            catch (OperationCanceledException cancelled)
            {
                Assert.Equal(cancellation.Token, cancelled.CancellationToken);
            }
        }

        var result = driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Equal(Count, result.GeneratedSources.Length);
    }

    private static string Source(int index)
    {
        var formulas = Bodies[index % Bodies.Length];
        var name = string.Create(CultureInfo.InvariantCulture, $"Rule{index:00}");
        var hypers = "ημλε".Where(symbol => formulas.Contains(symbol, StringComparison.Ordinal))
            .Select(symbol => $"[Hyper(\"{symbol}\", Min = 0.0, Max = 0.{index + 1})] public double P{(int)symbol} {{ get; set; }} = 0.01;");
        return $$"""
            using OptDsl;
            [UpdateRule("{{formulas}}"){{(formulas.StartsWith('v') ? ", State(\"v\")" : "")}}]
            partial class {{name}}
            {
                {{string.Join("\n    ", hypers)}}
            }
            """;
    }
}
