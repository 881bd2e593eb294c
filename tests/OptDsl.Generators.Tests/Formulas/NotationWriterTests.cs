using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Formulas written out in either notation read back as the same model.</summary>
public sealed class NotationWriterTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("v = μv + g + λW\nW = W - ηv", "v = μ v + g + λ W\nW = W - η v", @"v = \mu v + g + \lambda W" + "\n" + @"W = W - \eta v")]
    [InlineData("m̂ = m / (1-β₁ᵗ)", "m̂ = m / (1 - β₁ᵗ)", @"\hat{m} = \frac{m}{1 - \beta_{1}^{t}}")]
    [InlineData(@"\hat v_t = \frac{v_t}{1-\beta^t_1}", "v̂ₜ = vₜ / (1 - β₁ᵗ)", @"\hat{v}_{t} = \frac{v_{t}}{1 - \beta_{1}^{t}}")]
    [InlineData("m̂ = m; v̂ = v; W -= lr·m̂/(√v̂ + 1e-8)", null, null)]
    [InlineData("y^{(t)} = μ y^{(t-1)} + (1-μ)g", "y⁽ᵗ⁾ = μ y⁽ᵗ⁻¹⁾ + (1 - μ)g", @"y^{(t)} = \mu y^{(t-1)} + \left(1 - \mu\right) g")]
    [InlineData("W = W - 2η(|g| + | |W| - 1|)", null, null)]
    [InlineData("W = W - g^-2 - β₁^(t-1) - (g-v)^(1/3) - g^0.5", null, null)]
    [InlineData("W = (g > 0 and not v ≤ 1) ? -g : where(t == 1, g, v)", null, null)]
    [InlineData(@"W = W - \eta\nabla f(W)(1 - \mu) - ‖W‖₁ - ‖g‖_∞ - \sqrt[4]{v}", null, null)]
    [InlineData("W = W - -g - (g - v) - g/(v/μ) - (g·v)/μ·v - (-v)² - √(v+1) - √v²", null, null)]
    [InlineData("W = W - lr*(g*(v*m)) - sqrt(g*g) - (v*m)*g - lr*(λ*W)", "W = W - lr · (g ⊙ (v ⊙ m)) - sqrt(g ⊙ g) - v · m · g - lr · (λ · W)", @"W = W - \mathrm{lr} \cdot \left(g \odot \left(v \odot m\right)\right) - \sqrt{g \odot g} - v \cdot m \cdot g - \mathrm{lr} \cdot \left(\lambda \cdot W\right)")]
    [InlineData("g' = g; W = W - max(g', v, 1)(g + v)", null, null)]
    [InlineData("φ(x) = 2x/(1 + |x|); W = W - η φ(g) φ(m v)", "φ(x) = 2x / (1 + |x|)\nW = W - η φ(g) φ(m v)", @"\phi\left(x\right) = \frac{2x}{1 + \left|x\right|}" + "\n" + @"W = W - \eta \phi\left(g\right) \phi\left(m v\right)")]
    [InlineData("ψ_1(x, y) = x - lr·y; W = ψ_1(W, g/‖g‖_4) + ‖v‖₀ + std(m)", "ψ₁(x, y) = x - lr · y\nW = ψ₁(W, g / ‖g‖₄) + ‖v‖₀ + std(m)", null)]
    [InlineData("m.mul_(μ).add_(g, alpha=1-μ); W -= torch.clamp(m, min=0)", "m = m · μ + (1 - μ) · g\nW -= max(m, 0)", null)]
    public void A_rewritten_formula_means_the_same(string formulas, string? unicode, string? latex)
    {
        RuleSource Source(string text) => Rule.Source(text, "v m y", "η μ λ β₁ lr");
        var model = Rule.Model(Source(formulas));
        foreach (var (style, expected) in new[] { (NotationStyle.Unicode, unicode), (NotationStyle.Latex, latex) })
        {
            var text = string.Join("\n", model.WriteFormulas(style));
            output.WriteLine(text);
            Assert.Equal(expected ?? text, text);
            var again = Rule.Model(Source(text));
            Assert.Equal(ModelText.Of(model), ModelText.Of(again));
            Assert.Equal(text, string.Join("\n", again.WriteFormulas(style)));
        }
    }

    [Theory]
    [InlineData("v = μ·v + g + λ*W; W = W - (1-β₁) v", "", "v = μ · v + g + λ · W\nW = W - (1 - β₁)v")]
    [InlineData("W = W - ημ g² - β₁ᵗg - 2μv - η(1-μ)(1-η)", "", "W = W - ημg² - β₁ᵗg - 2μv - η (1 - μ) (1 - η)")]
    [InlineData("W = W - η g - lr g - W v", "lr", "W = W - η g - lr g - W v")]
    [InlineData("W = W - ηv - W v", "", "W = W - ηv - W v")]
    [InlineData("m̂ = v; W = W - η m̂·t - W·t·μ", "", "m̂ = v\nW = W - ηm̂ · t - W · t · μ")]
    [InlineData("m̂ = v; W = W - η(m̂ t) - μ t", "", "m̂ = v\nW = W - η (m̂ t) - μ t")]
    public void Letters_are_joined_where_they_can_only_be_a_product(string formulas, string words, string expected)
    {
        var text = string.Join("\n", Rule.Model(Rule.Source(formulas, "v", $"η μ λ β₁ {words}")).WriteFormulas(NotationStyle.Unicode));
        Assert.Equal(expected, text);
        Assert.Equal(expected, string.Join("\n", Rule.Model(Rule.Source(text, "v", $"η μ λ β₁ {words}")).WriteFormulas(NotationStyle.Unicode)));
    }
}
