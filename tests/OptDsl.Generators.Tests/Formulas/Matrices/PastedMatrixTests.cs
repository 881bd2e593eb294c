using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>Algorithms of matrices as papers and programs print them.</summary>
public sealed class PastedMatrixTests
{
    private static readonly double[] s_start = [0.5, -1, 2, 0.25, -0.75, 1.5];
    private static readonly double[] s_gradient = [1, 0.5, -0.25, 2, -1.5, 0.75];

    [Theory]
    [InlineData("Shampoo", "L=0.1I:rows×rows R=0.1I:columns×columns", """
        L_t = L_{t-1} + G_t G_t^\top
        R_t = R_{t-1} + G_t^\top G_t
        W_{t+1} = W_t - \eta L_t^{-1/4} G_t R_t^{-1/4}
        """)]
    [InlineData("Shampoo", "L=0.1I:rows×rows R=0.1I:columns×columns", """
        \begin{aligned}
        L_t &\leftarrow L_{t-1} + G_t G_t^{T} \\
        R_t &\leftarrow R_{t-1} + G_t^{T} G_t \\
        W_{t+1} &\leftarrow W_t - \eta \, L_t^{-\frac{1}{4}} \, G_t \, R_t^{-\frac{1}{4}}
        \end{aligned}
        """)]
    [InlineData("Shampoo", "L=0.1I:rows×rows R=0.1I:columns×columns", """
        L += G @ G.T
        R += G.T @ G
        W -= η * inverseroot(L, 4) @ G @ inverseroot(R, 4)
        """)]
    [InlineData("Muon", "M", """
        M_t = \mu M_{t-1} + G_t
        O_t = \text{NewtonSchulz5}(M_t)
        W_t = W_{t-1} - \eta O_t
        """)]
    [InlineData("Muon", "M", """
        M_t = μM_{t-1} + G_t
        X = M_t / (‖M_t‖_F + 1e-7)
        repeat 5:
            A = X X^\top
            B = -4.7750 A + 2.0315 A^2
            X = 3.4445 X + B X
        W_t = W_{t-1} - ηX
        """)]
    [InlineData("Muon", "M", """
        M = μ * M + G
        X = M / (M.norm() + 1e-7)
        repeat 5 {
            A = X @ X.T
            B = -4.7750 * A + 2.0315 * A @ A
            X = 3.4445 * X + B @ X
        }
        W = W - η * X
        """)]
    [InlineData("Muon", "M", """
        M = μ * M + G
        X = M / (M.norm() + 1e-7)
        for _ in range(5):
            A = X @ X.T
            B = -4.7750 * A + 2.0315 * A @ A
            X = 3.4445 * X + B @ X
        W = W - η * X
        """)]
    [InlineData("Muon", "M", """
        for step in range(10):
            M = μ * M + G
            W = W - η * newton_schulz5(M)
        """)]
    [InlineData("Muon", "M", """
        M_t = μM_{t-1} + G_t
        X = M_t / (‖M_t‖_F + 1e-7)
        repeat 5: X = 3.4445X + (-4.7750 X X^\top + 2.0315 (X X^\top)^2) X
        W_t = W_{t-1} - ηX
        """)]
    [InlineData("Muon", "M", """
        def zeropower_via_newtonschulz5(G, steps: int = 5):
            assert G.ndim >= 2 # batched Muon implementation
            a, b, c = (3.4445, -4.7750,  2.0315)
            X = G.bfloat16()
            if G.size(-2) > G.size(-1):
                X = X.mT

            # Ensure spectral norm is at most 1
            X = X / (X.norm(dim=(-2, -1), keepdim=True) + 1e-7)
            # Perform the NS iterations
            for _ in range(steps):
                A = X @ X.mT
                B = b * A + c * A @ A # quintic computation strategy
                X = a * X + B @ X

            if G.size(-2) > G.size(-1):
                X = X.mT
            return X

        M = μ * M + G
        update = zeropower_via_newtonschulz5(M)
        W = W - η * update
        """)]
    [InlineData("Muon", "M", """
        M = μ * M + G
        a, b, c = (3.4445, -4.7750, 2.0315)
        X = M / (M.norm() + 1e-7)
        if M.shape[0] > M.shape[1]:
            X = X.T
        steps = 5
        for _ in range(steps):
            A = X @ X.T
            B = b * A + c * A @ A
            X = a * X + B @ X
        if M.shape[0] > M.shape[1]:
            X = X.T
        W = W - η * X
        """)]
    [InlineData("Muon", "M", """
        M = μ*M + G
        X = M / (‖M‖ + 1e-7)
        repeat n:
            A = X*X'
            X = 3.4445 X + (-4.7750 A + 2.0315 A@A') X
        W = W - η*X
        """)]
    [InlineData("Adafactor", "R:row C:column", """
        R_t = β_2 R_{t-1} + (1-β_2) (G_t^2 + ε 1_n 1_m^\top) 1_m / \operatorname{columns}(G)
        C_t = β_2 C_{t-1} + (1-β_2) 1_n^\top (G_t^2 + ε 1_n 1_m^\top) / \operatorname{rows}(G)
        \hat{V}_t = \frac{R_t C_t}{\mathbf{1}_n^\top R_t / \operatorname{rows}(G)}
        W_t = W_{t-1} - \eta \frac{G_t}{\sqrt{\hat{V}_t}}
        """)]
    [InlineData("Adafactor", "R:row C:column", """
        R_t = β_2 R_{t-1} + (1-β_2) \operatorname{row\_mean}(G_t^2 + ε)
        C_t = β_2 C_{t-1} + (1-β_2) \operatorname{col\_mean}(G_t^2 + ε)
        \hat{V}_t = \frac{R_t C_t}{\operatorname{mean}(R_t)}
        W_t = W_{t-1} - \eta \frac{G_t}{\sqrt{\hat{V}_t}}
        """)]
    [InlineData("Adafactor", "R:row C:column", """
        R = β_2 * R + (1 - β_2) * torch.mean(G**2 + ε, dim=-1, keepdim=True)
        C = β_2 * C + (1 - β_2) * (G**2 + ε).mean(dim=0)
        V = R @ C / R.mean()
        W = W - η * G / torch.sqrt(V)
        """)]
    [InlineData("SOAP", "L:rows×rows R:columns×columns Q_L=I:rows×rows Q_R=I:columns×columns V", """
        G' = Q_L^\top G Q_R
        V_t = β_2 V_{t-1} + (1-β_2) G' ⊙ G'
        N' = G' / (\sqrt{V_t} + ε)
        W_t = W_{t-1} - η Q_L N' Q_R^\top
        L_t = β_2 L_{t-1} + (1-β_2) G G^\top
        R_t = β_2 R_{t-1} + (1-β_2) G^\top G
        Q_L = \operatorname{Eigenvectors}(L_t)
        Q_R = \operatorname{Eigenvectors}(R_t)
        """)]
    public void A_printed_rule_computes_what_it_says(string rule, string states, string text)
    {
        var model = Rule.Model(Rule.Source(text, states, "η μ β_2 ε", gradient: "G") with { Hypers = new([.. Rule.Source("", "", "η μ β_2 ε").Hypers, Rule.Hyper("n", 5, 1, 8)]) });
        var expected = Run(Rule.Model(rule switch
        {
            "Shampoo" => Rule.Source("L = L + G @ Gᵀ; R = R + Gᵀ @ G; W = W - η inverseroot(L, 4) @ G @ inverseroot(R, 4)", states, "η μ β_2 ε", gradient: "G"),
            "Muon" => Rule.Source("M = μM + G; W = W - η newtonschulz(M/(‖M‖ + 1e-7), original, 5)", states, "η μ β_2 ε", gradient: "G"),
            "Adafactor" => Rule.Source("R = β_2 R + (1-β_2) rowmean(G² + ε); C = β_2 C + (1-β_2) colmean(G² + ε); W = W - η G / √(R C / mean(R))", states, "η μ β_2 ε", gradient: "G"),
            _ => Rule.Source(
                "P = transpose(Q_L) @ G @ Q_R; V = β_2 V + (1-β_2) P²; W = W - η Q_L @ (P / (√V + ε)) @ transpose(Q_R); L = β_2 L + (1-β_2) G @ transpose(G); R = β_2 R + (1-β_2) transpose(G) @ G; Q_L = eigvecs(L); Q_R = eigvecs(R)",
                states, "η μ β_2 ε", gradient: "G"),
        }));
        Assert.All(Run(model).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    private static double[] Run(RuleModel model)
    {
        var run = new RuleRun(RuleProgram.Compile(model), s_start, model.Hypers.Length == 5 ? [0.1, 0.9, 0.95, 1e-3, 5] : [0.1, 0.9, 0.95, 1e-3], shape: Language.Formulas.TensorShape.Matrix(3, 2));
        for (var step = 0; step < 4; step++)
            run.Step([.. s_gradient.Select((value, i) => value * Math.Cos(step + i))]);
        return run.Parameter;
    }
}
