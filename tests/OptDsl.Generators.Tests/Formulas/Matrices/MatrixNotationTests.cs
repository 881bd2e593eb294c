using OptDsl.Language.Backends.MathML;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>Formulas of matrices in every notation: read alike, written out, and read back as the same rule.</summary>
public sealed class MatrixNotationTests
{
    private const string States = "L=εI:rows×rows R=εI:columns×columns r:row c:column Q:rows×rows m";

    [Theory]
    [InlineData("L = L + G Gᵀ", "L = L + G Gᵀ", @"L = L + G G^\top")]
    [InlineData("L = L + GG^T", "L = L + G Gᵀ", @"L = L + G G^\top")]
    [InlineData("L += G @ G.T", "L += G @ Gᵀ", @"L += G @ G^\top")]
    [InlineData("W = W - ηL^{-1/4} G R^{-1/4}", "W = W - ηL^(-1 / 4)G R^(-1 / 4)", @"W = W - \eta L^{\frac{-1}{4}} G R^{\frac{-1}{4}}")]
    [InlineData("W = W - η(Q Qᵀ)ᵀ G", "W = W - η (Q Qᵀ)ᵀ G", @"W = W - \eta \left(Q Q^\top\right)^\top G")]
    [InlineData("W = W - η(G ⊙ G) ⊙ r", "W = W - η (G ⊙ G) ⊙ r", @"W = W - \eta \left(G \odot G\right) \odot r")]
    [InlineData("Q = t mod 10 == 0 ? eigvecs(L, Q) : Q", "Q = mod(t, 10) == 0 ? eigvecs(L, Q) : Q", null)]
    [InlineData("repeat 3: m = m + 0.5 (L m - m)", "repeat 3:\n    m = m + 0.5(L m - m)", null)]
    [InlineData("m = msign(G, polar_express, 5)", null, null)]
    [InlineData("r = rowmean(G²) + rank(W) + trace(L)", null, null)]
    [InlineData("L = 2I + L² - I", null, null)]
    [InlineData("m = -(Gᵀ)ᵀ", null, null)]
    public void A_formula_is_written_out_and_read_back(string formulas, string? unicode, string? latex)
    {
        RuleSource Source(string text) => Rule.Source(text, States, "η ε", gradient: "G");
        var model = Rule.Model(Source(formulas));
        foreach (var (style, expected) in new[] { (NotationStyle.Unicode, unicode), (NotationStyle.Latex, latex) })
        {
            var text = string.Join("\n", model.WriteFormulas(style));
            Assert.Equal(expected ?? text, text);
            var again = Rule.Model(Source(text));
            Assert.Equal(ModelText.Of(model), ModelText.Of(again));
            Assert.Equal(ModelIdentity.Of(model), ModelIdentity.Of(again));
            Assert.Equal(text, string.Join("\n", again.WriteFormulas(style)));
        }

        Assert.NotNull(new MathMLExport().Write("Rule", model).Text);
    }

    [Theory]
    [InlineData("r = mean(G, axis=1)", "r = rowmean(G)")]
    [InlineData("r = G.mean(dim=-1, keepdim=True)", "r = rowmean(G)")]
    [InlineData("c = torch.sum(G, dim=0)", "c = colsum(G)")]
    [InlineData("c = G.sum(-2)", "c = colsum(G)")]
    [InlineData("r = G.norm(dim=1)", "r = rownorm(G)")]
    [InlineData("c = np.max(G, axis=0)", "c = colmax(G)")]
    [InlineData("c = G.amin(dim=0)", "c = colmin(G)")]
    [InlineData("r = row_mean(G)", "r = rowmean(G)")]
    [InlineData(@"r = \operatorname{row\_mean}(G)", "r = rowmean(G)")]
    [InlineData(@"r = \mathrm{rowmean}(G)", "r = rowmean(G)")]
    [InlineData("L = torch.matmul(G, G.transpose())", "L = G @ Gᵀ")]
    [InlineData("L = G.mm(G.mT)", "L = G @ Gᵀ")]
    [InlineData("s = tr(L)", "s = trace(L)")]
    [InlineData(@"s = \operatorname{tr}(L)", "s = trace(L)")]
    [InlineData("L = transpose(L)", "L = Lᵀ")]
    [InlineData("m = t \\bmod 4 == 0 ? G : m", "m = mod(t, 4) == 0 ? G : m")]
    [InlineData("m = mod(t, 4) == 0 ? G : m", "m = (t mod 4) == 0 ? G : m")]
    public void Spellings_of_libraries_and_papers_mean_the_same(string spelling, string plain)
    {
        RuleModel Model(string text) => Rule.Model(Rule.Source(text, States + " s:tensor", "η ε", gradient: "G"));
        Assert.Equal(ModelText.Of(Model(plain)), ModelText.Of(Model(spelling)));
    }

    [Fact]
    public void What_is_repeated_goes_on_from_what_the_last_time_left()
    {
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(Rule.Source("x = g\nrepeat 4:\n    y = 2x\n    x = y + 1\nW = W - x"))), [0], []);
        run.Step([1]);
        Assert.Equal(-31, run.Parameter[0]);
    }

    [Theory]
    [InlineData("repeat 3 { m = 2m }\nW = W - m")]
    [InlineData("repeat 3 times: m = 2m\nW = W - m")]
    [InlineData("repeat 3:\n  m = 2m\nW = W - m")]
    [InlineData("if t > 0:\n  repeat 3:\n    m = 2m\nW = W - m")]
    [InlineData(@"\textbf{repeat} 3 \textbf{ times}: m = 2m; \textbf{end repeat}" + "\nW = W - m")]
    public void A_repetition_is_written_like_a_choice(string formulas)
    {
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(Rule.Source(formulas, "m=1"))), [0], []);
        run.Step([1]);
        Assert.Equal(-8, run.Parameter[0]);
    }

    [Theory]
    [InlineData("repeat 0: m = 2m", "from 1 to")]
    [InlineData("repeat 2.5: m = 2m", "from 1 to")]
    [InlineData("repeat 1000: m = 2m", "from 1 to")]
    [InlineData("repeat 50:\n repeat 50:\n  m = 2m", "too often")]
    [InlineData("repeat 5: m = 2q", "'q' is not declared")]
    public void A_repetition_that_cannot_be_is_refused_once(string formulas, string message)
    {
        var error = Assert.Single(OptDsl.Language.Formulas.Compilation.FormulaCompiler.Compile(Rule.Source(formulas, "m"), TestContext.Current.CancellationToken).Errors);
        Assert.Contains(message, error.Message);
    }
}
