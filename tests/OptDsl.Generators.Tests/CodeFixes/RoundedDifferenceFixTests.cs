using OptDsl.CodeFixes.Declarations;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class RoundedDifferenceFixTests
{
    private const string Formulas = "v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; c = 1-αᵗ; W = W - η g / √(v/c - (ḡ/c)² + 0.0001)";

    [Theory]
    [InlineData(", Storage = Storage.BFloat16", "")]
    [InlineData(", Storage = Storage.Block8, Rounding = Rounding.Stochastic", "")]
    [InlineData(", Rounding = OptDsl.Rounding.Nearest, Meaning = \"average\", Storage = Storage.BFloat16", ", Meaning = \"average\"")]
    public Task The_state_becomes_as_wide_as_the_elements(string storage, string mended) => CodeFixVerifier.VerifyAsync<LintAnalyzer, DeclarationFixProvider>(
        RoundedDifferenceTests.Rule(Formulas, "\"v\"", "{|OPT315:\"ḡ\"|}" + storage), RoundedDifferenceTests.Rule(Formulas, "\"v\"", "\"ḡ\"" + mended), 0, "Keep 'ḡ' as wide as the elements", false);
}
