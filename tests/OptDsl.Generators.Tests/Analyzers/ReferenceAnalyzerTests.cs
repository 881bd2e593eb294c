using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>Rules beside those that they say they compute, in the same compilation and in the library's assembly.</summary>
public sealed class ReferenceAnalyzerTests
{
    internal const string AdamW = "m = β₁m + (1-β₁)g; v = β₂v + (1-β₂)g²; W = (1-ηλ)W - η(m/(1-β₁ᵗ))/(√(v/(1-β₂ᵗ)) + ε)";

    [Fact]
    public Task A_rule_that_conforms_is_left_alone() => AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(Adam(AdamW, "OptDsl.Rules.AdamW"));

    [Fact]
    public async Task The_first_difference_is_told_at_the_characters_that_one_edit_mends()
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(
            Adam(AdamW.Replace("(1-β₂ᵗ)", "(1-{|OPT331:β₁|}ᵗ)", StringComparison.Ordinal), "OptDsl.Rules.AdamW"));
        Assert.StartsWith("'Rule' does not compute what 'AdamW' computes: at step 1 element 0, with a gradient of ", diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task Where_no_edit_mends_it_the_argument_is_underlined() =>
        AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(Adam("m = β₁m + g; v = v + β₂g; W = W - η(sign(m) + λW + εv)", "OptDsl.Rules.AdamW").Replace("typeof(OptDsl.Rules.AdamW)", "{|OPT331:typeof(OptDsl.Rules.AdamW)|}", StringComparison.Ordinal));

    [Fact]
    public Task A_reference_that_is_no_rule_is_reported() => AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(
        Plain("W = W - ηg", "Conforms = {|OPT331:typeof(string)|}"));

    [Fact]
    public Task A_reference_may_stand_in_the_same_compilation() => AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(
        Plain("W = W - ηg - {|OPT331:ηg·0.5|}", "Conforms = typeof(Other)")
        + "\n[UpdateRule(\"W = W - ηg·(1 + 1)\")] partial class Other { [Hyper(\"η\")] public double LearningRate { get; set; } = 0.01; }");

    [Fact]
    public async Task A_rule_of_the_library_is_recognised()
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(
            Adam(AdamW, null).Replace("partial class Rule", "partial class {|OPT332:Rule|}", StringComparison.Ordinal));
        Assert.Equal(DiagnosticSeverity.Info, diagnostics[0].DefaultSeverity);
        Assert.Contains("computes what 'OptDsl.Rules.AdamW' computes", diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1-β₂ᵗ)", "(1-{|OPT333:β₁|}ᵗ)", "computes what AdamW computes: change 'β₁' to 'β₂'")]
    [InlineData("β₂v + (1-β₂)g²", "{|OPT333:β₁|}v + (1-β₁)g²", "change 'β₁' to 'β₂' throughout")]
    [InlineData("(1-ηλ)W -", "(1-ηλ)W {|OPT333:+|}", "change '+' to '-'")]
    public async Task A_rule_with_one_slip_is_told_which_of_the_library_it_was_to_be(string right, string wrong, string message)
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(Adam(AdamW.Replace(right, wrong, StringComparison.Ordinal), null));
        Assert.Equal(DiagnosticSeverity.Info, diagnostics[0].Severity);
        Assert.Contains(message, diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    /// <summary>Lion's momentum with Adam's decays is no slip of either, and nothing is wrong with it.</summary>
    [Theory]
    [InlineData("m = β₁m + (1-β₁)g; v = β₂v + (1-β₂)g; W = (1-ηλ)W - η(m - v + g)/(|g| + ε)")]
    [InlineData("m = β₁m + (1-β₁)g; v = β₂v + (1-β₂)|g|; W = (1-ηλ)W - η(m/(1-β₁ᵗ))/(v/(1-β₂ᵗ) + ε)")]
    public Task Without_a_finding_a_rule_has_no_neighbours(string formulas) => AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(Adam(formulas, null));

    [Fact]
    public Task A_rule_with_more_than_the_library_has_is_not_recognised() => AnalyzerVerifier.VerifyAsync<ReferenceAnalyzer>(
        Plain("W = W - η·0.9·g", null));

    internal static string Adam(string formulas, string? reference) => $$"""
        using OptDsl;

        [UpdateRule("{{formulas}}"{{(reference is null ? "" : $", Conforms = typeof({reference})")}}), State("m"), State("v")]
        partial class Rule
        {
            [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.001;
            [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta1 { get; set; } = 0.9;
            [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta2 { get; set; } = 0.999;
            [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-8;
            [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
        }
        """;

    private static string Plain(string formulas, string? argument) =>
        $"using OptDsl;\n[UpdateRule(\"{formulas}\"{(argument is null ? "" : ", " + argument)})] partial class Rule {{ [Hyper(\"η\")] public double LearningRate {{ get; set; }} = 0.01; }}";
}
