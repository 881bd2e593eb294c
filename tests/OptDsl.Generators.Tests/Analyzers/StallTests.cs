using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>OPT305: averages that are too coarse in memory to move.</summary>
public sealed class StallTests
{
    [Theory]
    [InlineData("0.999", "Storage = Storage.BFloat16, Rounding = Rounding.Nearest", "a step takes 0.001 of it, and half a unit of the last place of bfloat16 is 0.00196 to 0.00391 of it, so that rounded to the nearest it stays")]
    [InlineData("0.997", "Rounding = Rounding.Nearest, Storage = Storage.BFloat16", "a step takes 0.003 of it, and half a unit of the last place of bfloat16 is 0.00196 to 0.00391 of it, so that rounded to the nearest it often stays")]
    [InlineData("0.99", "Storage = Storage.Block8, Rounding = Rounding.Nearest", "a step takes 0.01 of it, and half a unit of the last place of 8 bits is 0.03333 to 0.0625 of it, so that rounded to the nearest it stays")]
    [InlineData("0.95", "Storage = Storage.Block8, Rounding = Rounding.Nearest", "a step takes 0.05 of it, and half a unit of the last place of 8 bits is 0.03333 to 0.0625 of it, so that rounded to the nearest it often stays")]
    public async Task An_average_that_changes_by_less_than_half_a_unit_stalls(string decay, string storage, string message)
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<LintAnalyzer>(Rule(decay, storage, "{|OPT305:\"v\"|}"));
        Assert.Contains(message, Assert.Single(diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.999", "Storage = Storage.BFloat16")]
    [InlineData("0.999", "Storage = Storage.BFloat16, Rounding = Rounding.Stochastic")]
    [InlineData("0.999", "Rounding = Rounding.Nearest")]
    [InlineData("0.999", "Storage = Storage.Element, Rounding = Rounding.Nearest")]
    [InlineData("0.99", "Storage = Storage.BFloat16, Rounding = Rounding.Nearest")]
    [InlineData("0.999", "Storage = Storage.Block8")]
    [InlineData("0.9", "Storage = Storage.Block8, Rounding = Rounding.Nearest")]
    public Task An_average_that_moves_does_not(string decay, string storage) => AnalyzerVerifier.VerifyAsync<LintAnalyzer>(Rule(decay, storage, "\"v\""));

    internal static string Rule(string decay, string storage, string symbol) => $$"""
        using OptDsl;

        [UpdateRule("v = βv + (1-β)g²; W = W - η g / (√(v / (1-βᵗ)) + ε)")]
        [State({{symbol}}, {{storage}})]
        partial class Rule
        {
            [Hyper("η")] public double Eta { get; set; } = 0.01;

            [Hyper("β")] public double Beta { get; set; } = {{decay}};

            [Hyper("ε")] public double Epsilon { get; set; } = 1e-8;
        }
        """;
}
