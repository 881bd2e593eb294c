namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Each way to write something, against the model that it means.</summary>
public sealed class NotationTests(ITestOutputHelper output)
{
    // Every text is the right side of an assignment to W.
    [Theory]
    // products without a sign
    [InlineData("μv", "(μ Multiply old:v)")]
    [InlineData("2βv", "((2 Multiply β) Multiply old:v)")]
    [InlineData("½v", "(0.5 Multiply old:v)")]
    [InlineData("(1-β)g", "((1 Subtract β) Multiply g)")]
    [InlineData("g(1-β)", "(g Multiply (1 Subtract β))")]
    [InlineData("g (1-β)²", "(g Multiply ((1 Subtract β) Power 2))")]
    [InlineData("μ v g", "((μ Multiply old:v) Multiply g)")]
    [InlineData("lr g", "(lr Multiply g)")]
    [InlineData("lrg", "(lr Multiply g)")]
    [InlineData("βlr", "(β Multiply lr)")]
    [InlineData("βsqrt(v)", "(β Multiply Sqrt(old:v))")]
    [InlineData("β|g|μ", "((β Multiply Abs(g)) Multiply μ)")]
    // precedence
    [InlineData("-g²", "(Negate (g Power 2))")]
    [InlineData("-βg", "(Negate (β Multiply g))")]
    [InlineData("β^2^t", "(β Power (2 Power t))")]
    [InlineData("g^-1", "(g Power (Negate 1))")]
    [InlineData("g⁻¹", "(g Power (Negate 1))")]
    [InlineData("β₁ᵗ", "(β1 Power t)")]
    [InlineData("β₁ᵗ⁺¹", "(β1 Power (t Add 1))")]
    [InlineData("β**t", "(β Power t)")]
    [InlineData("μv²", "(μ Multiply (old:v Power 2))")]
    [InlineData("√v g", "(Sqrt(old:v) Multiply g)")]
    [InlineData("√βv", "(Sqrt(β) Multiply old:v)")]
    [InlineData("√(βv)", "Sqrt((β Multiply old:v))")]
    [InlineData("√v²", "Sqrt((old:v Power 2))")]
    [InlineData("∛v", "Cbrt(old:v)")]
    [InlineData("β - g - v", "((β Subtract g) Subtract old:v)")]
    [InlineData("g / β / μ", "((g Divide β) Divide μ)")]
    [InlineData("g / β · v", "((g Divide β) Multiply old:v)")]
    [InlineData("g ÷ β × v ∘ v ⊙ v", "((((g Divide β) Multiply old:v) Multiply old:v) Multiply old:v)")]
    [InlineData("1 < g and not g > 2 or β", "(((1 Less g) And (Not (g Greater 2))) Or β)")]
    [InlineData("g ≤ 1 ? β : g ≠ 2 ? μ : 0", "((g LessOrEqual 1) ? β : ((g NotEqual 2) ? μ : 0))")]
    [InlineData("t == 1 ? g : v", "((t Equal 1) ? g : old:v)")]
    // functions
    [InlineData("rsqrt(v)", "(1 Divide Sqrt(old:v))")]
    [InlineData("square(g)", "(g Power 2)")]
    [InlineData("clip(g, -1, 1)", "Min(Max(g, (Negate 1)), 1)")]
    [InlineData("clamp(g, -1, 1)", "Min(Max(g, (Negate 1)), 1)")]
    [InlineData("where(g > 0, 1, β)", "((g Greater 0) ? 1 : β)")]
    [InlineData("max(g, v, W)", "Max(Max(g, old:v), old:W)")]
    [InlineData("log(v) + ln(v)", "(Ln(old:v) Add Ln(old:v))")]
    [InlineData("pow(β, t)", "(β Power t)")]
    [InlineData("β^floor(t / 2)", "(β Power Floor((t Divide 2)))")]
    [InlineData("atan2(g, v)", "Atan2(g, old:v)")]
    [InlineData("e^-t + π", "((2.718281828459045 Power (Negate t)) Add 3.141592653589793)")]
    // the whole tensor
    [InlineData("‖W‖", "Norm(old:W)")]
    [InlineData("||W||", "Norm(old:W)")]
    [InlineData("‖W‖₁", "Sum(Abs(old:W))")]
    [InlineData("‖W‖_∞", "MaxAbs(old:W)")]
    [InlineData("‖W‖²", "(Norm(old:W) Power 2)")]
    [InlineData("norm(W)", "Norm(old:W)")]
    [InlineData("norm1(W)", "Sum(Abs(old:W))")]
    [InlineData("mean(g)", "(Sum(g) Divide Count(g))")]
    [InlineData("dot(g, W)", "Dot(g, old:W)")]
    [InlineData("rms(g)", "(Norm(g) Divide Sqrt(Count(g)))")]
    [InlineData("maxabs(g) count(g)", "(MaxAbs(g) Multiply Count(g))")]
    // numbers
    [InlineData("1e-8 + 1e−8 + .5 + 2.5E3", "(((1E-08 Add 1E-08) Add 0.5) Add 2500)")]
    [InlineData("10⁻³", "(10 Power (Negate 3))")]
    // the gradient
    [InlineData("∇f(W)", "g")]
    [InlineData("∇_W J(W)", "g")]
    [InlineData("∇W² + ∇J + ∇L_B(W_t)", "(((g Power 2) Add g) Add g)")]
    [InlineData(@"\nabla_\theta f_t(\theta_{t-1})", "g")]
    [InlineData(@"\nabla f(\boldsymbol{x})^2", "(g Power 2)")]
    // LaTeX
    [InlineData(@"\frac{g}{\sqrt{v} + \beta}", "(g Divide (Sqrt(old:v) Add β))")]
    [InlineData(@"\tfrac12 g", "((1 Divide 2) Multiply g)")]
    [InlineData(@"\frac\beta\mu", "(β Divide μ)")]
    [InlineData(@"\sqrt[3]{v}", "Cbrt(old:v)")]
    [InlineData(@"\left( 1-\beta \right) g", "((1 Subtract β) Multiply g)")]
    [InlineData(@"\left\lVert W \right\rVert_2^2", "(Norm(old:W) Power 2)")]
    [InlineData(@"\|W\|_\infty", "MaxAbs(old:W)")]
    [InlineData(@"\max\left(g, v\right) + \max\{g, v\}", "(Max(g, old:v) Add Max(g, old:v))")]
    [InlineData(@"\operatorname{sign}(g) \odot \mathrm{sign}\left(v\right)", "(Sign(g) Multiply Sign(old:v))")]
    [InlineData(@"\beta_1^t + \beta^t_1 + \beta_{1}^{t}", "(((β1 Power t) Add (β1 Power t)) Add (β1 Power t))")]
    [InlineData(@"\mathrm{lr}\, g + \text{lr}_t \cdot g", "((lr Multiply g) Add (lr Multiply g))")]
    [InlineData(@"\beta^{-\mu} + \mathbf{v}^{2}", "((β Power (Negate μ)) Add (old:v Power 2))")]
    [InlineData(@"\left| g \right| + \lvert g \rvert", "(Abs(g) Add Abs(g))")]
    [InlineData(@"g \le 1 \lor \neg \left(g \neq 2\right)", "((g LessOrEqual 1) Or (Not (g NotEqual 2)))")]
    // subscripts are read over where there is nothing to tell apart
    [InlineData("lr_t g_t", "(lr Multiply g)")]
    [InlineData("g_{t,i} + g_{i,t}", "(g Add g)")]
    [InlineData("β_1 + β_{1} + β₁ + β1", "(((β1 Add β1) Add β1) Add β1)")]
    // one name in several characters
    [InlineData("\u00B5v + ϵ + ε", "(((μ Multiply old:v) Add ε) Add ε)")]
    [InlineData("𝑔 + \U0001D420", "(g Add g)")]
    public void A_notation_means_its_model(string notation, string model)
    {
        var rule = Rule.Model(Rule.Source($"W = {notation}", "v", "μ β β₁ lr ε"));

        Assert.Equal("W = " + model, ModelText.Of(rule));
        output.WriteLine($"{notation}  ⟶  {model}");
    }

    [Theory]
    [InlineData("W ← W - lr g")]
    [InlineData("W := W - lr g")]
    [InlineData("W -= lr g")]
    [InlineData("W = W - lr g.")]
    [InlineData("W = W - lr g, # the step")]
    [InlineData("W =\n    W\n    - lr g")]
    [InlineData("W = (W\n - lr g)")]
    [InlineData("$$W \\gets W - lr\\,g$$")]
    [InlineData("\\begin{aligned} W &= W - lr\\,g \\\\ \\end{aligned}")]
    [InlineData("\\[ W_{t+1} = W_t - lr\\, g_t \\tag{1} \\]")]
    [InlineData("W_{t} &= W_{t-1} \\\\[2pt] &\\quad - lr\\, g_t")]
    [InlineData("W^{(t)} = W^{(t-1)} - lr g^{(t)}")]
    public void Layout_and_assignment_signs_carry_no_meaning(string formulas) =>
        Assert.Equal("W = (old:W Subtract (lr Multiply g))", ModelText.Of(Rule.Model(Rule.Source(formulas, "", "lr"))));

    [Theory]
    [InlineData("m̂ = g; W = W - lr m̂")]
    [InlineData(@"\hat{m} = g; W = W - lr\hat m")]
    [InlineData(@"\hat m_t = g_t; W_t = W_{t-1} - lr\,\hat{m}_t")]
    [InlineData(@"\hat{\mathbf{m}}_t = g_t; W_t = W_{t-1} - lr\,\widehat{m_t}")]
    public void Accents_are_part_of_the_name(string formulas) =>
        Assert.Equal("m̂ = g\nW = (old:W Subtract (lr Multiply new:m̂))", ModelText.Of(Rule.Model(Rule.Source(formulas, "", "lr"))));

    [Fact]
    public void Composed_and_decomposed_accents_are_one_name() =>
        Assert.Equal(
            "v = (old:v Add g)\nŵ = new:v\nW = (old:W Subtract new:ŵ)",
            ModelText.Of(Rule.Model(Rule.Source("v += g; w\u0302 = v; W -= \u0175", "v"))));

    [Fact]
    public void Assigning_the_gradients_symbol_makes_a_local_of_that_name() =>
        Assert.Equal(
            "g = (g Add (λ Multiply old:W))\nW = (old:W Subtract (new:g Add g))",
            ModelText.Of(Rule.Model(Rule.Source("g = g + λW; W = W - (g + ∇f(W))", "", "λ"))));

    [Fact]
    public void Without_time_subscripts_a_name_means_its_latest_value() =>
        Assert.Equal(
            "v = (old:v Add g)\nv = (new:v Multiply μ)\nW = (old:W Subtract new:v)",
            ModelText.Of(Rule.Model(Rule.Source("v = v + g; v = v μ; W = W - v", "v", "μ"))));

    [Fact]
    public void The_old_value_stays_readable_through_its_index() =>
        Assert.Equal(
            "v = (old:v Add g)\nW = (old:W Subtract (new:v Add old:v))",
            ModelText.Of(Rule.Model(Rule.Source("v_t = v_{t-1} + g_t; W_t = W_{t-1} - (v_t + v_{t-1})", "v"))));

    [Fact]
    public void A_hyper_parameter_with_the_time_is_a_name_of_its_own_where_it_is_assigned() =>
        Assert.Equal(
            "lr_t = (lr Divide Sqrt(t))\nW = (old:W Subtract ((new:lr_t Multiply g) Multiply lr))",
            ModelText.Of(Rule.Model(Rule.Source(@"\mathrm{lr}_t = \mathrm{lr} / √t; W = W - lr_t g_t lr", "", "lr"))));
}
