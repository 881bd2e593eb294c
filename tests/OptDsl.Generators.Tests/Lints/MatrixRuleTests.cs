using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>What the analyses say about rules of matrices: of the right ones nothing, of slips what is wrong.</summary>
public sealed class MatrixRuleTests
{
    private const string Shampoo = "L=0.1I:rows×rows R=0.1I:columns×columns m";
    private const string Factored = "R:row C:column m";

    [Theory]
    // Muon: the step has degree 0 in the gradient, with and without steps counted out.
    [InlineData("m", "m = μm + g; W = W - η(msign(m, quintic, 5) + λW)", "")]
    [InlineData("m", "m = μm + g; W = W - η newtonschulz5(m)", "")]
    [InlineData("m", "m = μm + g; X = m / (‖m‖ + ε); repeat 5: X = 3.4445X - 4.775 X Xᵀ X + 2.0315 X Xᵀ X Xᵀ X\nW = W - ηX", "")]
    [InlineData("m", "m = μm + g; W = W - η√(max(1, rows(W)/columns(W))) msign(m)", "")]
    [InlineData("m", "m = μm + g; W = rank(W) ≥ 2 ? W - η msign(m) : W - ηm", "")]
    [InlineData(Shampoo, "L = L + g gᵀ; R = R + g^T @ g; W = W - ηL^{-1/4} g R^{-1/4}", "")]
    [InlineData(Shampoo, "L = β₂L + (1-β₂)g gᵀ; R = β₂R + (1-β₂)g^T @ g; m = μm + L^{-1/4} g R^{-1/4}; W = W - ηm", "")]
    [InlineData(Factored, "q = g² + ε; R = β₂R + (1-β₂)rowmean(q); C = β₂C + (1-β₂)colmean(q); W = W - ηg / √(R C / mean(R))", "")]
    [InlineData("A:row C:column", "ν = min(A, C) + g²; A = rowmax(ν); C = colmax(ν); W = W - ηg / √(ν + ε)", "")]
    // Slips.
    [InlineData("m", "m = μm + g; W = W + η msign(m)", LintIds.Ascent)]
    [InlineData("m", "m = μm + g; W = W - ηm msign(m)", LintIds.Ascent)]
    [InlineData("m", "m = μm + g; W = W - η msign(m) - λ", LintIds.Homogeneity)]
    [InlineData(Shampoo, "L = β₂L + (1-β₂)g gᵀ; R = β₂R + (1-β₂)g^T @ g; W = W - ηL^{-1/2} g R^{-1/2}", LintIds.Homogeneity)]
    [InlineData(Shampoo, "L = β₂L + (1-β₂)g gᵀ; R = β₂R + (1-β₂)g^T @ g; W = W - ηL^{-1/4} g", LintIds.Homogeneity)]
    [InlineData(Factored, "q = g²; R = β₂R + (1-β₂)rowmean(q); C = β₂C + (1-β₂)colmean(q); W = W - ηg / √(R C / mean(R))", LintIds.MissingEpsilon)]
    [InlineData("m", "m = μm + g; W = W - ηm / rownorm(m)", LintIds.MissingEpsilon)]
    [InlineData(Factored, "q = g² + ε; R = β₂R + (1-β₂)rowmean(q); C = β₂C + (1-β₂)colmean(q); W = W - ηg / (R C / mean(R))", LintIds.MissingRoot)]
    [InlineData("L:rows×rows", "L = L + g gᵀ; W = W - ηg", LintIds.WithoutInfluence)]
    public void A_slip_is_found_and_nothing_else(string states, string formulas, string id)
    {
        var findings = Analyze(states, formulas).Where(finding => !LintIds.IsNote(finding.Id) && finding.Id != LintIds.UnusedHyper && finding.Id != LintIds.StateNeverUpdated).Select(finding => finding.Id).Distinct();
        Assert.Equal(id == "" ? [] : [id], findings.Where(found => id == "" || found == id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_rule_the_analyses_end_without_an_error_of_theirs(int? seed)
    {
        var random = new Random(seed ?? 1);
        for (var count = 0; count < 60; count++)
            Analyze(RandomMatrixRules.States, RandomMatrixRules.Write(random));
    }

    private static IReadOnlyList<Finding> Analyze(string states, string formulas) => [.. RuleLints.Analyze(
        Rule.Model(Rule.Of(
            formulas, states, Rule.Hyper("η", 0.01, 0), Rule.Hyper("μ", 0.95, 0, 1), Rule.Hyper("β₂", 0.99, 0, 1), Rule.Hyper("ε", 1e-8, 0), Rule.Hyper("λ", 0.01, 0))),
        LintOptions.Default, TestContext.Current.CancellationToken)];
}
