namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Each way to write something, against the model that it means.</summary>
public sealed class NotationTests(ITestOutputHelper output)
{
    /// <summary>Right sides of an assignment to W, and what they mean.</summary>
    private static readonly (string Notation, string Model)[] s_notations =
    [
        // products without a sign
        ("μv", "(μ Multiply old:v)"),
        ("2βv", "((2 Multiply β) Multiply old:v)"),
        ("½v", "(0.5 Multiply old:v)"),
        ("(1-β)g", "((1 Subtract β) Multiply g)"),
        ("g(1-β)", "(g Multiply (1 Subtract β))"),
        ("g (1-β)²", "(g Multiply ((1 Subtract β) Power 2))"),
        ("μ v g", "((μ Multiply old:v) Multiply g)"),
        ("lr g", "(lr Multiply g)"),
        ("lrg", "(lr Multiply g)"),
        ("βlr", "(β Multiply lr)"),
        ("βsqrt(v)", "(β Multiply Sqrt(old:v))"),
        ("β|g|μ", "((β Multiply Abs(g)) Multiply μ)"),
        // precedence
        ("-g²", "(Negate (g Power 2))"),
        ("-βg", "(Negate (β Multiply g))"),
        ("β^2^t", "(β Power (2 Power t))"),
        ("g^-1", "(g Power (Negate 1))"),
        ("g⁻¹", "(g Power (Negate 1))"),
        ("β₁ᵗ", "(β1 Power t)"),
        ("β₁ᵗ⁺¹", "(β1 Power (t Add 1))"),
        ("β**t", "(β Power t)"),
        ("μv²", "(μ Multiply (old:v Power 2))"),
        ("√v g", "(Sqrt(old:v) Multiply g)"),
        ("√βv", "(Sqrt(β) Multiply old:v)"),
        ("√(βv)", "Sqrt((β Multiply old:v))"),
        ("√v²", "Sqrt((old:v Power 2))"),
        ("∛v", "Cbrt(old:v)"),
        ("β - g - v", "((β Subtract g) Subtract old:v)"),
        ("g / β / μ", "((g Divide β) Divide μ)"),
        ("g / β · v", "((g Divide β) Multiply old:v)"),
        ("g ÷ β × v ∘ v ⊙ v", "((((g Divide β) Multiply old:v) Multiply old:v) Multiply old:v)"),
        ("1 < g and not g > 2 or β", "(((1 Less g) And (Not (g Greater 2))) Or β)"),
        ("g ≤ 1 ? β : g ≠ 2 ? μ : 0", "((g LessOrEqual 1) ? β : ((g NotEqual 2) ? μ : 0))"),
        ("t == 1 ? g : v", "((t Equal 1) ? g : old:v)"),
        // functions
        ("rsqrt(v)", "(1 Divide Sqrt(old:v))"),
        ("square(g)", "(g Power 2)"),
        ("clip(g, -1, 1)", "Min(Max(g, (Negate 1)), 1)"),
        ("clamp(g, -1, 1)", "Min(Max(g, (Negate 1)), 1)"),
        ("where(g > 0, 1, β)", "((g Greater 0) ? 1 : β)"),
        ("max(g, v, W)", "Max(Max(g, old:v), old:W)"),
        ("log(v) + ln(v)", "(Ln(old:v) Add Ln(old:v))"),
        ("pow(β, t)", "(β Power t)"),
        ("β^floor(t / 2)", "(β Power Floor((t Divide 2)))"),
        ("atan2(g, v)", "Atan2(g, old:v)"),
        ("e^-t + π", "((2.718281828459045 Power (Negate t)) Add 3.141592653589793)"),
        // the whole tensor
        ("‖W‖", "Norm(old:W)"),
        ("||W||", "Norm(old:W)"),
        ("‖W‖₁", "Sum(Abs(old:W))"),
        ("‖W‖_∞", "MaxAbs(old:W)"),
        ("‖W‖²", "(Norm(old:W) Power 2)"),
        ("‖W‖^2_2 + ‖W‖²₁", "((Norm(old:W) Power 2) Add (Sum(Abs(old:W)) Power 2))"),
        ("norm(W)", "Norm(old:W)"),
        ("norm1(W)", "Sum(Abs(old:W))"),
        ("mean(g)", "(Sum(g) Divide Count(g))"),
        ("dot(g, W)", "Dot(g, old:W)"),
        ("rms(g)", "(Norm(g) Divide Sqrt(Count(g)))"),
        ("maxabs(g) count(g)", "(MaxAbs(g) Multiply Count(g))"),
        // numbers
        ("1e-8 + 1e−8 + .5 + 2.5E3", "(((1E-08 Add 1E-08) Add 0.5) Add 2500)"),
        ("10⁻³", "(10 Power (Negate 3))"),
        // the gradient
        ("∇f(W)", "g"),
        ("∇_W J(W)", "g"),
        ("∇W² + ∇L + ∇L_B(W_t)", "(((g Power 2) Add g) Add g)"),
        (@"\nabla_\theta f_t(W_{t-1})", "g"),
        (@"\nabla f(\boldsymbol{W})^2", "(g Power 2)"),
        (@"\nabla f^{(t)}(W_{t-1}) + \nabla f^{(i)}(W; x_i)", "(g Add g)"),
        (@"\frac{\partial L}{\partial W} + ∂L/∂W + \partial_W L", "((g Add g) Add g)"),
        (@"\frac{\partial}{\partial W} J(W)", "g"),
        // times in brackets, labels, elements
        ("v(t-1) + g[t] + lr(t) g(t)", "((old:v Add g) Add (lr Multiply g))"),
        ("v_i + g_i + g_{t,i} + W^{(i)}", "(((old:v Add g) Add g) Add old:W)"),
        (@"{\beta}_1 + \beta_{1_t} + \sqrt{v}_t", "((β1 Add β1) Add Sqrt(old:v))"),
        (@"{\rm sign}(g) + \textcolor{red}{v} + \mathop{v}", "((Sign(g) Add old:v) Add old:v)"),
        ("g⁽ᵗ⁾² + v⁽ᵗ⁻¹⁾²", "((g Power 2) Add (old:v Power 2))"),
        (@"\langle g, W \rangle + ⟨g, v⟩", "(Dot(g, old:W) Add Dot(g, old:v))"),
        ("np.sqrt(v) + tf.math.log(v) + Math.Abs(g)", "((Sqrt(old:v) Add Ln(old:v)) Add Abs(g))"),
        ("1. - .5", "(1 Subtract 0.5)"),
        (@"\rho_\infty-4 + \beta_1-4", "(((ρ∞ Subtract 4) Add β1) Subtract 4)"),
        // LaTeX
        (@"\frac{g}{\sqrt{v} + \beta}", "(g Divide (Sqrt(old:v) Add β))"),
        (@"\tfrac12 g", "((1 Divide 2) Multiply g)"),
        (@"\frac\beta\mu", "(β Divide μ)"),
        (@"\sqrt[3]{v}", "Cbrt(old:v)"),
        (@"\left( 1-\beta \right) g", "((1 Subtract β) Multiply g)"),
        (@"\left\lVert W \right\rVert_2^2", "(Norm(old:W) Power 2)"),
        (@"\|W\|_\infty", "MaxAbs(old:W)"),
        (@"\max\left(g, v\right) + \max\{g, v\}", "(Max(g, old:v) Add Max(g, old:v))"),
        (@"\operatorname{sign}(g) \odot \mathrm{sign}\left(v\right)", "(Sign(g) Multiply Sign(old:v))"),
        (@"\beta_1^t + \beta^t_1 + \beta_{1}^{t}", "(((β1 Power t) Add (β1 Power t)) Add (β1 Power t))"),
        (@"\mathrm{lr}\, g + \text{lr}_t \cdot g", "((lr Multiply g) Add (lr Multiply g))"),
        (@"\beta^{-\mu} + \mathbf{v}^{2}", "((β Power (Negate μ)) Add (old:v Power 2))"),
        (@"\left| g \right| + \lvert g \rvert", "(Abs(g) Add Abs(g))"),
        ("g ⊘ v", "(g Divide old:v)"),
        (@"g \oslash v", "(g Divide old:v)"),
        (@"ρ∞ + ρ_∞ + \rho_\infty + \rho_{\infty}", "(((ρ∞ Add ρ∞) Add ρ∞) Add ρ∞)"),
        ("ρ∞g", "(ρ∞ Multiply g)"),
        (@"g \le 1 \lor \neg \left(g \neq 2\right)", "((g LessOrEqual 1) Or (Not (g NotEqual 2)))"),
        // subscripts are read over where there is nothing to tell apart
        ("lr_t g_t", "(lr Multiply g)"),
        ("g_{t,i} + g_{i,t}", "(g Add g)"),
        ("β_1 + β_{1} + β₁ + β1", "(((β1 Add β1) Add β1) Add β1)"),
        // one name in several characters
        ("\u00B5v + ϵ + ε", "(((μ Multiply old:v) Add ε) Add ε)"),
        ("𝑔 + \U0001D420", "(g Add g)"),
    ];

    public static TheoryData<string> Notations => [.. s_notations.Select(row => row.Notation)];

    [Fact]
    public void All_notations_are_listed_with_their_models()
    {
        foreach (var (notation, model) in s_notations)
            output.WriteLine($"{notation,-44} {model}");
        output.WriteLine($"{s_notations.Length} notations tried and accepted");
        Assert.Equal(s_notations.Length, s_notations.Select(row => row.Notation).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Notations))]
    public void A_notation_means_its_model(string notation)
    {
        var rule = Rule.Model(Rule.Source($"W = {notation}", "v", "μ β β₁ lr ε ρ_∞"));

        Assert.Equal("W = " + s_notations.Single(row => row.Notation == notation).Model, ModelText.Of(rule));
    }

    [Theory]
    [InlineData("W ← W - lr g")]
    [InlineData("W := W - lr g；")]
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
    [InlineData("W^{t+1} = W^t - lr g^t")]
    [InlineData("W(t+1) = W(t) - lr(t) g(t)")]
    [InlineData("W[t] = W[t-1] - lr g[t]")]
    [InlineData("W <- W - lr g")]
    [InlineData(@"W \coloneqq W - lr\,g")]
    [InlineData(@"W \triangleq W - lr\,g")]
    [InlineData(@"W \stackrel{\text{def}}{=} W - lr\,g")]
    [InlineData("W = W\n - lr\n g")]
    [InlineData(@"W = W" + "\n" + @"- \frac{lr}" + "\n" + "{1} g" + "\n" + @"\tag{3} \label{eq:w}")]
    [InlineData("1: W ← W - lr g")]
    [InlineData("(12) W = W - lr g")]
    [InlineData("W = W - lr g  (12)")]
    [InlineData("- W = W - lr g")]
    [InlineData("W = W - lr g // descend")]
    [InlineData("W = W - lr g ▷ descend")]
    [InlineData("```python\nW = W - lr g\n```")]
    [InlineData(@"\State $W \gets W - lr\, g$ \Comment{descend}")]
    [InlineData("for t = 1 to T do\nW_t = W_{t-1} - lr g_t (the step)\nend for\nreturn W_T")]
    [InlineData("Update the weights: W = W - lr g, where lr is the rate")]
    public void Layout_and_assignment_signs_carry_no_meaning(string formulas) =>
        Assert.Equal("W = (old:W Subtract (lr Multiply g))", ModelText.Of(Rule.Model(Rule.Source(formulas, "", "lr"))).Replace("(lr Divide 1)", "lr", StringComparison.Ordinal));

    [Theory]
    [InlineData(@"v_t = \mu v_{t-1} + g_t, \quad W_t = W_{t-1} - v_t", "((μ Multiply old:v) Add g)")]
    [InlineData(@"v_t = \mu v_{t-1} + g_t,\qquad W_t = W_{t-1} - v_t,", "((μ Multiply old:v) Add g)")]
    [InlineData("v = μv + g, W = W - v", "((μ Multiply old:v) Add g)")]
    [InlineData("v = max(μv, g), W -= v", "Max((μ Multiply old:v), g)")]
    [InlineData("v = μv + g,\nW = W - v.", "((μ Multiply old:v) Add g)")]
    public void A_comma_sets_assignments_apart(string formulas, string velocity) =>
        Assert.Equal($"v = {velocity}\nW = (old:W Subtract new:v)", ModelText.Of(Rule.Model(Rule.Source(formulas, "v", "μ"))));

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
