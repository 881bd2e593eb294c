using OptDsl.CodeFixes.Formulas;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class ReferenceFixTests
{
    [Theory]
    [InlineData("(1-ηλ)W -", "(1-ηλ)W {|OPT331:+|}")]
    [InlineData("(1-β₂ᵗ)", "(1-{|OPT331:β₁|}ᵗ)")]
    public Task The_edit_that_makes_a_rule_conform_is_the_fix(string right, string wrong) => CodeFixVerifier.VerifyAsync<ReferenceAnalyzer, FormulaFixProvider>(
        ReferenceAnalyzerTests.Adam(ReferenceAnalyzerTests.AdamW.Replace(right, wrong, StringComparison.Ordinal), "OptDsl.Rules.AdamW"),
        ReferenceAnalyzerTests.Adam(ReferenceAnalyzerTests.AdamW, "OptDsl.Rules.AdamW"));

    [Theory]
    [InlineData("(1-β₂ᵗ)", "(1-{|OPT333:β₁|}ᵗ)")]
    [InlineData("β₂v + (1-β₂)g²", "{|OPT333:β₁|}v + (1-β₁)g²")]
    public Task The_edit_that_makes_a_rule_of_the_library_is_the_fix(string right, string wrong) => CodeFixVerifier.VerifyAsync<ReferenceAnalyzer, FormulaFixProvider>(
        ReferenceAnalyzerTests.Adam(ReferenceAnalyzerTests.AdamW.Replace(right, wrong, StringComparison.Ordinal), null),
        ReferenceAnalyzerTests.Adam(ReferenceAnalyzerTests.AdamW, null).Replace("partial class Rule", "partial class {|OPT332:Rule|}", StringComparison.Ordinal));
}
