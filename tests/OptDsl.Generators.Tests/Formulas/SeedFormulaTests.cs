using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Formulas as lecture notes and textbooks print them, pasted as they are, against the plain form of the same rule.</summary>
public sealed class SeedFormulaTests(ITestOutputHelper output)
{
    private sealed record Roles(string States, string Hypers, string Parameter = "W", string Gradient = "g");

    private sealed record Seed(string Name, string Pasted, Roles Roles, string Plain, Roles? PlainRoles = null);

    private static readonly Seed[] Seeds =
    [
        new("momentum, MindSpore", """
            v_t = \mu \cdot v_{t-1} + g_t + \lambda \cdot W_{t-1}
            W_t = W_{t-1} - \text{lr}_t \cdot v_t
            """, new("v", "μ λ lr"), "v = μv + g + λW; W = W - lr v"),
        new("momentum with the step size inside", """
            \boldsymbol{v} &\leftarrow \gamma \boldsymbol{v} + \eta \nabla f_\mathcal{B}(\boldsymbol{x}),\\
            \boldsymbol{x} &\leftarrow \boldsymbol{x} - \boldsymbol{v}.
            """, new("v", "γ η", "x"), "v = γv + ηg; W = W - v"),
        new("averaged momentum", """
            v_t=\beta v_{t-1}+(1-\beta)\nabla \theta_t
            \theta_{t+1}=\theta_t - \alpha v_t
            """, new("v", "β α", "θ"), "v = βv + (1-β)g; W = W - αv"),
        new("gradient descent", @"\theta_{t+1} = \theta_t - \alpha \nabla f(\theta_t)", new("", "α", "θ"), "W = W - αg"),
        new("RMSProp, epsilon inside the root", """
            v_t = \beta v_{t-1} +(1-\beta)\nabla \theta^2_t
            \theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{v_t+\epsilon}}\nabla\theta_t
            """, new("v", "β α ε", "θ"), "v = βv + (1-β)g²; W = W - (α/√(v+ε)) g"),
        new("Adam", """
            m_t = \beta _1 m_{t-1} +(1-\beta_1)\delta_t
            v_t = \beta_2v_{t-1}+(1-\beta_2)\delta_t^2
            \hat m_t = \frac{m_t}{1-\beta_{1}^t} \\
            \hat v_t = \frac{v_t}{1-\beta^t_2}
            \theta_t=\theta_{t-1}-\alpha\cdot\frac{\hat m_t}{\sqrt{\hat v_t} +\epsilon}
            """, new("m v", "β1 β2 α ε", "θ", "δ"), """
            m = β₁m + (1-β₁)g
            v = β₂v + (1-β₂)g²
            m̂ = m / (1-β₁ᵗ)
            v̂ = v / (1-β₂ᵗ)
            W = W - α·(m̂/(√v̂ + ε))
            """),
        new("exponential moving average", @"y^{(t)} = \gamma y^{(t-1)} + (1-\gamma) x^{(t)}", new("y", "γ", "W", "x"), "y = γy + (1-γ)g"),
        new("momentum with a true minus sign", "v = μv + g + λW\nW = W − ηv", new("v", "μ λ η"), "v = μv + g + λW; W = W - ηv"),
        new("primes and subscripts in Unicode", "vₜ = μvₜ₋₁ + gₜ\nWₜ = Wₜ₋₁ - ηvₜ", new("v", "μ η"), "v = μv + g; W = W - ηv"),
        new("superscript time in Unicode", "y⁽ᵗ⁾ = γy⁽ᵗ⁻¹⁾ + (1-γ)x⁽ᵗ⁾", new("y", "γ", "W", "x"), "y = γy + (1-γ)g"),
    ];

    public static TheoryData<string> Names => [.. Seeds.Select(seed => seed.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pasted_formula_and_its_plain_form_give_the_same_model(string name)
    {
        var seed = Seeds.Single(candidate => candidate.Name == name);
        var pasted = Rule.Model(Rule.Source(seed.Pasted, seed.Roles.States, seed.Roles.Hypers, seed.Roles.Parameter, seed.Roles.Gradient));
        var plain = Rule.Model(Rule.Source(seed.Plain, seed.Roles.States, seed.Roles.Hypers));

        output.WriteLine(ModelText.Of(pasted));
        Assert.Equal(ModelText.Of(plain), ModelText.Of(pasted));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pasted_formula_and_its_plain_form_give_the_same_numbers(string name)
    {
        var seed = Seeds.Single(candidate => candidate.Name == name);
        var pasted = Rule.Model(Rule.Source(seed.Pasted, seed.Roles.States, seed.Roles.Hypers, seed.Roles.Parameter, seed.Roles.Gradient));
        var plain = Rule.Model(Rule.Source(seed.Plain, seed.Roles.States, seed.Roles.Hypers));

        Assert.Equal(Run(plain), Run(pasted));
    }

    /// <summary>The parameter and the states after a few steps with given gradients; every hyper-parameter has a value of its own.</summary>
    private static double[] Run(RuleModel model)
    {
        var hypers = model.Hypers.Select((_, index) => 0.9 / (index + 1)).ToArray();
        var run = new RuleRun(RuleProgram.Compile(model), [1.0, -2.0, 0.5], hypers);
        foreach (var gradient in (double[][])[[0.3, -0.1, 2], [1, 0, -0.7], [-0.2, 0.4, 1e-3]])
            run.Step(gradient);
        Assert.All(run.Parameter, value => Assert.True(double.IsFinite(value)));
        return [.. run.Parameter, .. model.States.SelectMany(state => run.State(state.Index))];
    }
}
