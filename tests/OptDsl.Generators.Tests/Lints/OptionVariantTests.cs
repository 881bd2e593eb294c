using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>Rules whose options add states: analysed as they are with the defaults, and with the states.</summary>
public sealed class OptionVariantTests
{
    private const string RmsProp = "v = αv + (1-α)g²\nḡ = αḡ + (1-α)g\nu = g / (√(centered ? max(v - ḡ², 0) : v) + ε)\nb = μb + u\nW = W - η(μ ≠ 0 ? b : u)";
    private const string Adam = "m = βm + (1-β)g\nv = ρv + (1-ρ)g²\nu = max(u, v)\nW = W - η/(1-βᵗ)·m / (√((amsgrad ? u : v) / (1-ρᵗ)) + ε)";

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.9)]
    [InlineData(true, 0.9)]
    public void Correct_rules_are_free_of_warnings_whatever_their_defaults(bool option, double momentum)
    {
        Assert.Empty(Warnings(RmsPropOf(RmsProp, option, momentum)));
        Assert.Empty(Warnings(Rule.Of(
            Adam, "m v u", Eta, Rule.Hyper("β", 0.9, 0, HyperAttribute.BelowOne), Rule.Hyper("ρ", 0.999, 0, HyperAttribute.BelowOne), Epsilon, Rule.Flag("amsgrad", option))
            .When("u", "amsgrad")));
        Assert.Empty(Warnings(Rule.Of(
            "g = maximize ? -g : g\nv = μv + (t == 1 ? 1 : 1-τ)g\nW = W - η(μ ≠ 0 ? (nesterov ? g + μv : v) : g)", "v",
            Eta, Rule.Hyper("μ", momentum, 0, 1), Rule.Hyper("τ", 0, 0, 1), Rule.Flag("nesterov", option), Rule.Flag("maximize", false))
            .When("v", "μ ≠ 0")));
    }

    [Fact]
    public void A_state_that_is_left_out_forgets_nothing_as_it_learns_nothing() => Assert.Empty(Warnings(Rule.Of(
        "m = βm + (1-β)g\nv = ρv + (1-ρ)g²\nu = max(u, v)\na = η√(1-ρᵗ)/(1-βᵗ) / (√(bound ? u : v) + ε)\nW = W - clamp(a, 0.1(1 - 1/(γt + 1)), 0.1(1 + 1/(γt)))m", "m v u",
        Rule.Hyper("η", 0.001, 0), Rule.Hyper("β", 0.9, 0, 1), Rule.Hyper("ρ", 0.999, 0, 1), Epsilon, Rule.Hyper("γ", 0.001, 1e-9), Rule.Flag("bound", false))
        .When("u", "bound")));

    [Fact]
    public void What_is_wrong_with_an_option_is_said_though_it_is_off()
    {
        var source = RmsPropOf(RmsProp.Replace("max(v - ḡ², 0)", "v - ḡ²", StringComparison.Ordinal), centered: false, momentum: 0);
        var finding = Assert.Single(Warnings(source), finding => finding.Id == LintIds.NegativeRoot);
        Assert.EndsWith(", where centered is on", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_without_it_is_said_once()
    {
        var source = RmsPropOf(RmsProp.Replace(" + ε)", ")", StringComparison.Ordinal), centered: false, momentum: 0);
        var finding = Assert.Single(Warnings(source), finding => finding.Id == LintIds.MissingEpsilon);
        Assert.DoesNotContain("centered is on", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_an_option_makes_is_checked_both_ways()
    {
        var source = Rule.Of("W = W - η(look ? g + μv : v)\nv = μv + g", "v", Eta, Rule.Hyper("μ", 0.9, 0, 1), Rule.Flag("look", true));
        var finding = Assert.Single(Warnings(source));
        Assert.Equal(LintIds.ReadOrder, finding.Id);
        Assert.EndsWith(", where look is off", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_may_leave_out_a_correction_turn_the_goal_around_and_choose_what_others_use() => Assert.Empty(Warnings(Rule.Of(
        "g = (up ? -g : g) + (decoupled ? 0 : λ)W\nm = βm + (1-β)g\nv = ρv + (1-ρ)g²\nu = (correct ? m/(1-βᵗ) : m)/(√(correct ? v/(1-ρᵗ) : v) + ε)\nW = (decoupled ? 1-ηλ : 1)W - ηu", "m v",
        Eta, Rule.Hyper("β", 0.9, 0, HyperAttribute.BelowOne), Rule.Hyper("ρ", 0.999, 0, HyperAttribute.BelowOne), Epsilon, Rule.Hyper("λ", 0.01, 0),
        Rule.Flag("up", false), Rule.Flag("decoupled", true), Rule.Flag("correct", true))));

    private static HyperSource Eta => Rule.Hyper("η", 0.01, 0);

    private static HyperSource Epsilon => Rule.Hyper("ε", 1e-8, 0);

    private static RuleSource RmsPropOf(string formulas, bool centered, double momentum) => Rule.Of(
        formulas, "v ḡ b", Eta, Rule.Hyper("α", 0.99, 0, 1), Epsilon, Rule.Hyper("μ", momentum, 0, 1), Rule.Flag("centered", centered))
        .When("ḡ", "centered").When("b", "μ ≠ 0");

    private static Finding[] Warnings(RuleSource source) =>
        [.. RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken).Where(finding => !LintIds.IsNote(finding.Id))];
}
