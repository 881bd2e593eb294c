namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>Listings and displayed formulas in the manner of research papers.</summary>
internal static partial class PrintedRules
{
    /// <summary>Hyper-parameters: η, β₁, ρ, γ, λ, ε; states m, h.</summary>
    private static double Clipped(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        w -= h[0] * h[4] * w;
        return w - (h[0] * Math.Clamp(s[0] / Math.Max(h[3] * s[1], h[5]), -1, 1));
    }

    /// <summary>Hyper-parameters: α, β₁, β₂, ε; states m, v.</summary>
    private static double NAdamSimple(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        var m = (h[1] * s[0] / (1 - Math.Pow(h[1], t + 1))) + ((1 - h[1]) * g / (1 - Math.Pow(h[1], t)));
        return w - (h[0] * m / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
    }

    /// <summary>Hyper-parameters: α, β₁, β₂, ε, ν₁, ν₂.</summary>
    private static double QuasiHyperbolicAdam(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        var (m, v) = (s[0] / (1 - Math.Pow(h[1], t)), s[1] / (1 - Math.Pow(h[2], t)));
        return w - (h[0] * (((1 - h[4]) * g) + (h[4] * m)) / (Math.Sqrt(((1 - h[5]) * g * g) + (h[5] * v)) + h[3]));
    }

    /// <summary>Hyper-parameters: α, β₁, β₂, the final rate, γ.</summary>
    private static double Bounded(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        var (low, high) = (h[3] * (1 - (1 / ((h[4] * t) + 1))), h[3] * (1 + (1 / (h[4] * t))));
        return w - (Math.Min(Math.Max(h[0] / Math.Sqrt(s[1]), low), high) * s[0]);
    }

    /// <summary>Hyper-parameters: α, β₁, β₂, ε; the second moment of the step before divides.</summary>
    private static double Adopt(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g / Math.Max(Math.Sqrt(s[1]), h[3]));
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        return w - (h[0] * s[0]);
    }

    /// <summary>Hyper-parameters: γ, β, λ; states x (the average), z; y is the parameter.</summary>
    private static double ScheduleFree(double[] s, double w, double g, double t, double[] h)
    {
        s[0] -= h[0] * g;
        var c = 1 / t;
        s[1] = ((1 - c) * s[1]) + (c * s[0]);
        return ((1 - h[1]) * s[0]) + (h[1] * s[1]);
    }

    /// <summary>Hyper-parameters: lr, β₁, β₂, γ, ε.</summary>
    private static double Mars(double[] s, double w, double g, double t, double[] h)
    {
        var c = g + (h[3] * h[1] / (1 - h[1]) * (g - s[2]));
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * c);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * c * c);
        s[2] = g;
        return w - (h[0] * s[0] / (Math.Sqrt(s[1]) + h[4]));
    }

    /// <summary>Hyper-parameters: γ, β₁, β₂, β₃.</summary>
    private static double Aggregated(double[] s, double w, double g, double t, double[] h)
    {
        for (var i = 0; i < 3; i++)
            s[i] = (h[1 + i] * s[i]) - g;
        return w + (h[0] / 3 * (s[0] + s[1] + s[2]));
    }

    /// <summary>Hyper-parameters: η, β₁, β₂, ε, λ.</summary>
    private static double AdamDecoupled(double[] s, double w, double g, double t, double[] h)
    {
        var step = AdamDirection(s, g, t, h);
        return w - (h[0] * step) - (h[0] * h[4] * w);
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));

    private static void Each(double[] w, Func<double, int, double> value)
    {
        var next = w.Select(value).ToArray();
        next.CopyTo(w, 0);
    }

    private const string PaperRoles = "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6";

    private static readonly PrintedRule[] s_papers =
    [
        new("paper: Sophia's clipping", "P=θ S=m,h H=η:0.1,β_1:0.9,β_2:0.99,γ:2,λ:0.01,ε:1e-3", """
Algorithm 3: Sophia
1: Input: θ_1, learning rate {η_t}_{t=1}^T, hyperparameters λ, γ, β_1, β_2, ε
2: Set m_0 = 0, v_0 = 0, h_{1−k} = 0
3: for t = 1 to T do
4:   Compute minibatch loss L_t(θ_t).
5:   Compute g_t = ∇L_t(θ_t).
6:   m_t = β_1 m_{t−1} + (1 − β_1) g_t
7:   h_t = β_2 h_{t−1} + (1 − β_2) g_t ⊙ g_t
8:   θ_t = θ_t − η_t λ θ_t (weight decay)
9:   θ_{t+1} = θ_t − η_t · clip(m_t / max{γ · h_t, ε}, 1)
where clip(z, ρ) = max{min{z, ρ}, −ρ}.
""", Clipped),
        new("paper: NAdam", PaperRoles, """
g_t ← ∇_{θ_{t−1}} f_t(θ_{t−1})
m_t ← β_1 m_{t−1} + (1 − β_1) g_t
v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2
\hat{m} ← (β_1 m_t/(1 − β_1^{t+1})) + ((1 − β_1) g_t/(1 − β_1^t))
\hat{v} ← v_t/(1 − β_2^t)
θ_t ← θ_{t−1} − \frac{α}{\sqrt{\hat{v}} + ε} \hat{m}
""", NAdamSimple),
        new("paper: quasi-hyperbolic Adam", "P=θ S=g̃,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,ν_1:0.7,ν_2:0.95", """
\begin{aligned}
g_{t+1} &\leftarrow \beta_1 \cdot g_t + (1-\beta_1)\cdot\nabla \hat{L}_t(\theta_t)
\end{aligned}
""", QuasiHyperbolicAdam) { Roles = "P=θ G=∇ F=0 S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,ν_1:0.7,ν_2:0.95", Text = """
m_{t+1} \leftarrow \beta_1 \cdot m_t + (1-\beta_1)\cdot \nabla\hat{L}_t(\theta_t), \qquad m'_{t+1} \leftarrow (1-\beta_1^{t+1})^{-1}\cdot m_{t+1}
s_{t+1} \leftarrow \beta_2\cdot s_t + (1-\beta_2)(\nabla\hat{L}_t(\theta_t))^2, \qquad s'_{t+1} \leftarrow (1-\beta_2^{t+1})^{-1}\cdot s_{t+1}
\theta_{t+1} \leftarrow \theta_t - \alpha\left[\frac{(1-\nu_1)\cdot\nabla\hat{L}_t(\theta_t) + \nu_1\cdot m'_{t+1}}{\sqrt{(1-\nu_2)(\nabla\hat{L}_t(\theta_t))^2 + \nu_2\cdot s'_{t+1}} + \epsilon}\right]
""" },
        new("paper: AdaBound", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,α^*:0.1,γ:0.001", """
Algorithm 2 AdaBound
Input: x_1 ∈ F, initial step size α, {β_{1t}}_{t=1}^T, β_2, lower bound function η_l, upper bound function η_u
1: Set m_0 = 0, v_0 = 0
2: for t = 1 to T do
3: g_t = ∇f_t(x_t)
4: m_t = β_{1t} m_{t−1} + (1 − β_{1t}) g_t
5: v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
6: η_l(t) = α^* (1 − \frac{1}{γ t + 1}), η_u(t) = α^* (1 + \frac{1}{γ t})
7: \hat{η}_t = Clip(α/\sqrt{v_t}, η_l(t), η_u(t))
8: x_{t+1} = x_t − \hat{η}_t ⊙ m_t
9: end for
""", Bounded),
        new("paper: ADOPT", "P=θ S=m,v=1 H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-3", """
for t = 1 to T do
 g_t ← ∇f_t(θ_{t−1})
 m_t ← β_1 m_{t−1} + (1 − β_1) \frac{g_t}{\max\{\sqrt{v_{t−1}}, ε\}}
 θ_t ← θ_{t−1} − α m_t
 v_t ← β_2 v_{t−1} + (1 − β_2) g_t ⊙ g_t
end for
return {θ_t}_{t=1}^T
""", (s, w, g, t, h) => { if (t == 1) s[1] = 1; return Adopt(s, w, g, t, h); }),
        new("paper: schedule-free descent", "P=y S=z=y,x=y H=γ:0.1,β:0.9", """
\begin{align}
z_{t+1} &= z_t - \gamma \nabla f(y_t, \zeta_t), \\
x_{t+1} &= (1-c_{t+1})\, x_t + c_{t+1} z_{t+1}, \\
y_{t+1} &= (1-\beta)\, z_{t+1} + \beta x_{t+1},
\end{align}
with $c_{t+1} = 1/t$
""", (s, w, g, t, h) => { if (t == 1) s[0] = s[1] = w; return ScheduleFree(s, w, g, t, h); }),
        new("paper: MARS", "P=x S=m,v,g_{t-1} H=η:0.01,β_1:0.9,β_2:0.99,γ:0.1,ε:1e-6", """
\mathbf{c}_t = \nabla f(\mathbf{x}_t) + \gamma_t \frac{\beta_1}{1-\beta_1}\left(\nabla f(\mathbf{x}_t) - \mathbf{g}_{t-1}\right)
\mathbf{m}_t = \beta_1\mathbf{m}_{t-1} + (1-\beta_1)\mathbf{c}_t
\mathbf{v}_t = \beta_2\mathbf{v}_{t-1} + (1-\beta_2)\mathbf{c}_t^2
\mathbf{x}_{t+1} = \mathbf{x}_t - \eta_t\frac{\mathbf{m}_t}{\sqrt{\mathbf{v}_t} + \epsilon}
""", Mars),
        new("paper: aggregated momentum, family", "P=θ S=v^{(1)},v^{(2)},v^{(3)} H=γ:0.1,β^{(1)}:0,β^{(2)}:0.9,β^{(3)}:0.99", """
v_t^{(1)} = β^{(1)} v_{t-1}^{(1)} − ∇_θ f(θ_{t-1})
v_t^{(2)} = β^{(2)} v_{t-1}^{(2)} − ∇_θ f(θ_{t-1})
v_t^{(3)} = β^{(3)} v_{t-1}^{(3)} − ∇_θ f(θ_{t-1})
θ_t = θ_{t-1} + \frac{γ}{3} [v_t^{(1)} + v_t^{(2)} + v_t^{(3)}]
""", Aggregated),
        new("paper: decoupled decay, last line apart", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
\begin{equation}
\begin{split}
\bm{m}_t &= \beta_1 \bm{m}_{t-1} + (1-\beta_1)\bm{g}_t,\\
\bm{v}_t &= \beta_2 \bm{v}_{t-1} + (1-\beta_2)\bm{g}_t^{2},\\
\hat{\bm{m}}_t &= \bm{m}_t/(1-\beta_1^t),\qquad \hat{\bm{v}}_t = \bm{v}_t/(1-\beta_2^t),\\
\bm{\theta}_t &= \bm{\theta}_{t-1} - \eta\Bigl(\tfrac{\hat{\bm{m}}_t}{\sqrt{\hat{\bm{v}}_t}+\epsilon} + \lambda\bm{\theta}_{t-1}\Bigr).
\end{split}
\label{eq:adamw}
\end{equation}
""", AdamDecoupled),
        new("paper: layer-wise rate", "P=w S=v H=γ:0.1,η:0.02,β:0.01,m:0.9", """
λ^l = η × \frac{||w^l||}{||∇L(w^l)|| + β × ||w^l||}
v^l_{t+1} = m v^l_t + γ λ^l (∇L(w^l_t) + β w^l_t)
w^l_{t+1} = w^l_t − v^l_{t+1}
""", (s, w, g, t, h) =>
        {
            var rate = h[1] * Norm(w) / (Norm(g) + (h[2] * Norm(w)));
            for (var i = 0; i < w.Length; i++)
                w[i] -= s[i][0] = (h[3] * s[i][0]) + (h[0] * rate * (g[i] + (h[2] * w[i])));
        }),
        new("paper: trust ratio", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", """
m_t = β_1 m_{t−1} + (1 − β_1) g_t
v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
\hat{m}_t = m_t/(1 − β_1^t)
\hat{v}_t = v_t/(1 − β_2^t)
Compute ratio r_t = \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + ε}
x_{t+1}^{(i)} = x_t^{(i)} − η_t \frac{φ(‖x_t^{(i)}‖)}{‖r_t^{(i)} + λ x_t^{(i)}‖} (r_t^{(i)} + λ x_t^{(i)})
""", (s, w, g, t, h) =>
        {
            var r = w.Select((x, i) => AdamDirection(s[i], g[i], t, [0, h[1], h[2], h[3]]) + (h[4] * x)).ToArray();
            var ratio = Norm(w) / Norm(r);
            for (var i = 0; i < w.Length; i++)
                w[i] -= h[0] * ratio * r[i];
        }) { Advice = "define it in a line of its own: φ(x) = …", Mended = """
φ(x) = x
m_t = β_1 m_{t−1} + (1 − β_1) g_t
v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
\hat{m}_t = m_t/(1 − β_1^t)
\hat{v}_t = v_t/(1 − β_2^t)
Compute ratio r_t = \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + ε}
x_{t+1}^{(i)} = x_t^{(i)} − η_t \frac{φ(‖x_t^{(i)}‖)}{‖r_t^{(i)} + λ x_t^{(i)}‖} (r_t^{(i)} + λ x_t^{(i)})
""" },
        new("paper: cautious mask", "P=w S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
1: m_t ← β_1 m_{t-1} + (1-β_1) g_t
2: v_t ← β_2 v_{t-1} + (1-β_2) g_t^2
3: u_t ← m_t / (\sqrt{v_t} + ε)
4: φ_t ← 𝟙(u_t ⊙ g_t > 0) // mask
5: w_t ← w_{t-1} − η · u_t ⊙ φ_t
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); var u = s[0] / (Math.Sqrt(s[1]) + h[3]); return w - (h[0] * (u * g > 0 ? u : 0)); }),
        new("paper: Grams", "P=w S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
$$m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t,\quad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2,$$
$$u_t = \frac{m_t}{\sqrt{v_t}+\epsilon},\qquad \hat{u}_t = \operatorname{sign}(g_t)\circ |u_t|,\qquad w_t = w_{t-1} - \eta\,\hat{u}_t .$$
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); return w - (h[0] * Math.Sign(g) * Math.Abs(s[0] / (Math.Sqrt(s[1]) + h[3]))); }),
        new("paper: indicator by cases", "P=w H=η:0.1,δ:0.5", """
\psi_\delta(g) = \begin{cases} g & |g| \le \delta \\ \delta\,\mathrm{sgn}(g) & \text{otherwise} \end{cases}, \qquad w_{t+1} = w_t - \eta\,\psi_\delta(g_t)
""", (s, w, g, t, h) => w - (h[0] * (Math.Abs(g) <= h[1] ? g : h[1] * Math.Sign(g)))),
        new("paper: helper behind", "P=x S=m H=η:0.1,β:0.9", """
m_t = β m_{t-1} + (1-β) g_t
x_{t+1} = x_t − η φ(m_t), where φ(z) = z / (1 + |z|)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0] / (1 + Math.Abs(s[0]))); }),
        new("paper: helper of two", "P=θ S=m H=η:0.1,β:0.9,ε:0.1", """
f(a, b) = \frac{a}{\sqrt{b^2 + \epsilon}}
m_t = \beta m_{t-1} + (1 - \beta) g_t
\theta_t = \theta_{t-1} - \eta f(m_t, g_t)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0] / Math.Sqrt((g * g) + h[2])); }),
        new("paper: softsign in words", "P=W H=η:0.1", "W = W − η · softsign(g), softsign(x) = x/(1+|x|)", (s, w, g, t, h) => w - (h[0] * g / (1 + Math.Abs(g)))),
        new("paper: objective in the first line", "P=θ S=m H=η:0.1,β:0.9", """
We minimise $J(\theta) = \frac{1}{N}\sum_{i=1}^{N} \ell(f(x_i;\theta), y_i)$ by
\begin{align}
m_{t+1} &= \beta m_t + \nabla J(\theta_t)\\
\theta_{t+1} &= \theta_t - \eta m_{t+1}
\end{align}
""", HeavyBall),
        new("paper: triple momentum form", "P=w S=v H=α:0.1,β:0.9", """
v_{k+1} = β v_k − α ∇f(w_k)
w_{k+1} = w_k + v_{k+1}
""", InnerMomentum) { Roles = "P=w T=k S=v H=α:0.1,β:0.9" },
        new("paper: heavy ball in one formula", "P=x T=k H=α:0.1,β:0.9 S=x_{k-1}=x", "x_{k+1} = x_k − α∇f(x_k) + β(x_k − x_{k−1})", (s, w, g, t, h) => { if (t == 1) s[0] = w; var next = w - (h[0] * g) + (h[1] * (w - s[0])); s[0] = w; return next; }),
        new("paper: signed descent with scale", "P=x T=k H=η:0.1", @"x_{k+1} = x_k - \eta \|g_k\|_1 \operatorname{sign}(g_k)", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g.Sum(Math.Abs) * Math.Sign(g[i])))),
        new("paper: power ball", "P=x T=k H=α:0.1,γ:0.5", "x_{k+1} = x_k − α σ_γ(∇f(x_k)),  σ_γ(z) = sign(z)|z|^γ", (s, w, g, t, h) => w - (h[0] * Math.Sign(g) * Math.Sqrt(Math.Abs(g)))),
        new("paper: AdaGrad of the past in brackets", "P=x S=S H=η:0.1,ε:1e-6", """
S_t = S_{t-1} + [\nabla f(x_t)]^2
x_{t+1} = x_t - \eta\,[S_t + \epsilon]^{-1/2} \odot \nabla f(x_t)
""", AdaGradInside),
        new("paper: powers of brackets", PaperRoles, """
m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^{\odot 2}
\theta_t = \theta_{t-1} - \alpha\, m_t \oslash (v_t^{\odot 1/2} + \epsilon)
""", AdamUncorrected),
        new("paper: square as circle", PaperRoles, "m = β_1 m + (1-β_1) g\nv = β_2 v + (1-β_2) g^{∘2}\nθ = θ − α m/(v^{1/2} + ε)", AdamUncorrected),
        new("paper: moments as E", "P=θ S=E[g],E[g^2] H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
E[g]_t = β_1 E[g]_{t−1} + (1 − β_1) g_t
E[g^2]_t = β_2 E[g^2]_{t−1} + (1 − β_2) g_t^2
θ_t = θ_{t−1} − α E[g]_t / (\sqrt{E[g^2]_t} + ε)
""", AdamUncorrected),
        new("paper: rate as a function of norms", "P=w H=η:0.1,ε:1e-3", @"w_{t+1} = w_t - \eta\,\frac{g_t}{|g_t| + \epsilon}", (s, w, g, t, h) => w - (h[0] * g / (Math.Abs(g) + h[1]))),
        new("paper: clipping by value", "P=w H=η:0.1,c:0.5", @"\tilde g_t = \min\bigl(\max(g_t, -c), c\bigr), \quad w_{t+1} = w_t - \eta \tilde g_t", (s, w, g, t, h) => w - (h[0] * Math.Clamp(g, -h[1], h[1]))),
        new("paper: projection onto a box", "P=w H=η:0.1", @"w_{t+1} = \operatorname{clip}_{[-1,1]}(w_t - \eta g_t)", (s, w, g, t, h) => Math.Clamp(w - (h[0] * g), -1, 1)),
        new("paper: soft threshold", "P=w H=η:0.1,λ:0.5", """
w_{t+1} = S_{\eta\lambda}(w_t - \eta g_t), \quad S_\tau(z) = \operatorname{sign}(z)\max(|z| - \tau, 0)
""", (s, w, g, t, h) => { var z = w - (h[0] * g); return Math.Sign(z) * Math.Max(Math.Abs(z) - (h[0] * h[1]), 0); }),
        new("paper: positive part", "P=w H=η:0.1,λ:0.5", "z_t = w_t − η g_t\nw_{t+1} = sign(z_t)(|z_t| − ηλ)_+", (s, w, g, t, h) => { var z = w - (h[0] * g); return Math.Sign(z) * Math.Max(Math.Abs(z) - (h[0] * h[1]), 0); }),
        new("paper: average of weights", "P=w S=\\bar{w}=w H=η:0.1,τ:0.1", "w_t ← w_{t−1} − η g_t\n\\bar{w}_t ← (1−τ) \\bar{w}_{t−1} + τ w_t", (s, w, g, t, h) => w - (h[0] * g)),
        new("paper: warm-up", "P=w H=η:0.1,T_w:3", @"w_{t} = w_{t-1} - \eta \min\left(1, \frac{t}{T_w}\right) g_t", (s, w, g, t, h) => w - (h[0] * Math.Min(1, t / h[1]) * g)),
        new("paper: cosine", "P=w H=η_{min}:0.01,η_{max}:0.1,T:10", """
\eta_t = \eta_{min} + \frac{1}{2}(\eta_{max} - \eta_{min})\left(1 + \cos\left(\frac{t}{T}\pi\right)\right)
w_t = w_{t-1} - \eta_t g_t
""", (s, w, g, t, h) => w - ((h[0] + (0.5 * (h[1] - h[0]) * (1 + Math.Cos(t / h[2] * Math.PI)))) * g)),
        new("paper: second moment that tracks the difference", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
m_t ← β_1 m_{t−1} + (1−β_1) g_t
v_t ← β_2 v_{t−1} + (1−β_2) (g_t − m_{t−1})(g_t − m_t)
θ_t ← θ_{t−1} − α m_t / √(v_t + ε)
""", (s, w, g, t, h) => { var m = s[0]; s[0] = (h[1] * m) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * (g - m) * (g - s[0])); return w - (h[0] * s[0] / Math.Sqrt(s[1] + h[3])); }),
        new("paper: diffGrad", "P=θ S=m,v,g_{t-1} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
ξ_t = AbsSig(Δg_t), where Δg_t = g_{t-1} − g_t and AbsSig(x) = \frac{1}{1 + e^{-|x|}}
m_t = β_1 m_{t−1} + (1−β_1) g_t
v_t = β_2 v_{t−1} + (1−β_2) g_t^2
θ_{t+1} = θ_t − \frac{α × ξ_t × \hat{m}_t}{\sqrt{\hat{v}_t} + ε} where \hat{m}_t = m_t/(1-β_1^t) and \hat{v}_t = v_t/(1-β_2^t)
""", (s, w, g, t, h) => { var xi = 1 / (1 + Math.Exp(-Math.Abs(s[2] - g))); s[2] = g; return w - (h[0] * xi * AdamDirection(s, g, t, h)); }),
        new("paper: Padam", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99,p:0.125", """
m_t = β_1 m_{t−1} + (1 − β_1) g_t
v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
\hat{v}_t = max(\hat{v}_{t−1}, v_t)
x_{t+1} = x_t − α_t · m_t/\hat{v}_t^p
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); s[2] = Math.Max(s[2], s[1]); return w - (h[0] * s[0] / Math.Pow(s[2], h[3])); }),
        new("paper: time in both places", "P=w S=m T=n H=η:0.1,β:0.9", "m_n = β m_{n−1} + (1−β) ∇ℓ(w_{n−1}; ξ_n)\nw_n = w_{n−1} − η m_n", AveragedMomentum),
        new("paper: noise", "P=θ H=η:0.1,σ:0.1", @"\theta_{t+1} = \theta_t - \eta \nabla U(\theta_t) + \sqrt{2\eta}\,\xi_t, \quad \xi_t \sim \mathcal{N}(0, I)", Descent) { Advice = "add the noise to the gradient before the step", Mended = "\\theta_{t+1} = \\theta_t - \\eta \\nabla U(\\theta_t)" },
        new("paper: look-ahead weights", "P=φ H=α:0.5", "φ ← φ + α(θ_{t,k} − φ)", Descent) { Advice = "add a [Hyper] property or a [State]" },
        new("paper: sharpness-aware", "P=w H=η:0.1,ρ:0.05", @"\hat\epsilon = \rho\, g/\|g\|_2, \quad w = w - \eta \nabla L(w + \hat\epsilon)", Descent) { Advice = "at the parameter 'w'" },
        new("paper: Polyak's step", "P=x T=k H=f^*:0", @"x_{k+1} = x_k - \frac{f(x_k) - f^*}{\|g_k\|^2} g_k", Descent) { Advice = "[Hyper(\"f\")]" },
        new("paper: Newton", "P=x T=k H=η:0.1", @"x_{k+1} = x_k - \eta [\nabla^2 f(x_k)]^{-1} \nabla f(x_k)", Descent) { Advice = "first gradients only" },
        new("paper: per layer", "P=W S=m H=η:0.1,β:0.9", "for each layer l = 1, …, L do\n  m^{(l)} ← β m^{(l)} + g^{(l)}\n  W^{(l)} ← W^{(l)} − η m^{(l)}\nend for", HeavyBall),
    ];
}
