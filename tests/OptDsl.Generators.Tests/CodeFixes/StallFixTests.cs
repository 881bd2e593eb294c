using OptDsl.CodeFixes.Declarations;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class StallFixTests
{
    [Theory]
    [InlineData("Storage = Storage.BFloat16, Rounding = Rounding.Nearest", "Storage = Storage.BFloat16, Rounding = Rounding.Stochastic")]
    [InlineData("Storage = Storage.Block8, Rounding = Rounding.Nearest", "Storage = Storage.Block8, Rounding = Rounding.Stochastic")]
    [InlineData("Rounding = OptDsl.Rounding.Nearest, Storage = Storage.BFloat16", "Rounding = OptDsl.Rounding.Stochastic, Storage = Storage.BFloat16")]
    public Task The_rounding_is_changed(string storage, string mended) => CodeFixVerifier.VerifyAsync<LintAnalyzer, DeclarationFixProvider>(
        StallTests.Rule("0.999", storage, "{|OPT305:\"v\"|}"), StallTests.Rule("0.999", mended, "\"v\""), 0, "Round 'v' at random", false);
}
