namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>The ninth set's papers: sources of LaTeX, and pages of PDF as viewers give them.</summary>
internal static partial class PrintedRules
{
    /// <summary>Hyper-parameters: lr, g's decays by what the memory says, ε; states mem, g, g2.</summary>
    private static double Smorms3(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = t == 1 ? 1 : s[0];
        var r = 1 / (s[0] + 1);
        s[1] = ((1 - r) * s[1]) + (r * g);
        s[2] = ((1 - r) * s[2]) + (r * g * g);
        var x = s[1] * s[1] / (s[2] + h[1]);
        s[0] = 1 + (s[0] * (1 - x));
        return w - (g * Math.Min(h[0], x) / (Math.Sqrt(s[2]) + h[1]));
    }

    private static readonly PrintedRule[] s_ninthPapers =
    [
        new("ninth: PDF of Adam's listing, raised signs on lines of their own", "P=θ S=m,v H=α:0.001,β_1:0.9,β_2:0.999,ε:1e-8", """
Algorithm 1: Adam, our proposed algorithm for stochastic optimization. See section 2 for details,
and for a slightly more efficient (but less clear) order of computation. g2
t indicates the elementwise
square gt ⊙ gt. Good default settings for the tested machine learning problems are α = 0.001,
β1 = 0.9, β2 = 0.999 and ϵ = 10−8. All operations on vectors are element-wise. With βt
1 and βt
2
we denote β1 and β2 to the power t.
Require: α: Stepsize
Require: β1, β2 ∈ [0, 1): Exponential decay rates for the moment estimates
Require: f(θ): Stochastic objective function with parameters θ
Require: θ0: Initial parameter vector
m0 ← 0 (Initialize 1st moment vector)
v0 ← 0 (Initialize 2nd moment vector)
t ← 0 (Initialize timestep)
while θt not converged do
t ← t + 1
gt ← ∇θft(θt−1) (Get gradients w.r.t. stochastic objective at timestep t)
mt ← β1 · mt−1 + (1 − β1) · gt (Update biased first moment estimate)
vt ← β2 · vt−1 + (1 − β2) · g2
t (Update biased second raw moment estimate)
m̂t ← mt/(1 − βt
1) (Compute bias-corrected first moment estimate)
v̂t ← vt/(1 − βt
2) (Compute bias-corrected second raw moment estimate)
θt ← θt−1 − α · m̂t/(√v̂t + ϵ) (Update parameters)
end while
return θt (Resulting parameters)
""", Adam),
        new("ninth: PDF of Adam's listing, hats that became letters", "P=θ S=m,v H=α:0.001,β_1:0.9,β_2:0.999,ε:1e-8", """
while θt not converged do
t ← t + 1
gt ← ∇θft(θt−1) (Get gradients w.r.t. stochastic objective at timestep t)
mt ← β1 · mt−1 + (1 − β1) · gt (Update biased first moment estimate)
vt ← β2 · vt−1 + (1 − β2) · gt^2 (Update biased second raw moment estimate)
mbt ← mt/(1 − β1^t) (Compute bias-corrected first moment estimate)
vbt ← vt/(1 − β2^t) (Compute bias-corrected second raw moment estimate)
θt ← θt−1 − α · mbt/(√vbt + ϵ) (Update parameters)
end while
""", Adam),
        new("ninth: LaTeX source of Adam's listing", "P=θ S=m,v H=α:0.001,β_1:0.9,β_2:0.999,ε:1e-8", @"\begin{algorithm}[t!]
\caption{\textit{Adam}, our proposed algorithm for stochastic optimization. See section \ref{sec:algorithm} for details. $g^2_t$ indicates the elementwise square $g_t \odot g_t$. Good default settings for the tested machine learning problems are $\alpha=0.001$, $\beta_1=0.9$, $\beta_2=0.999$ and $\epsilon=10^{-8}$. All operations on vectors are element-wise. With $\beta^t_1$ and $\beta_2^t$ we denote $\beta_1$ and $\beta_2$ to the power $t$.}
\label{alg:adam}
\begin{algorithmic}
\REQUIRE $\alpha$: Stepsize
\REQUIRE $\beta_1, \beta_2 \in [0, 1)$: Exponential decay rates for the moment estimates
\REQUIRE $f(\theta)$: Stochastic objective function with parameters $\theta$
\REQUIRE $\theta_0$: Initial parameter vector
\STATE $m_0 \gets 0$ (Initialize $1^{\text{st}}$ moment vector)
\STATE $v_0 \gets 0$ (Initialize $2^{\text{nd}}$ moment vector)
\STATE $t \gets 0$ (Initialize timestep)
\WHILE{$\theta_t$ not converged}
\STATE $t \gets t + 1$
\STATE $g_t \gets \nabla_\theta f_t(\theta_{t-1})$ (Get gradients w.r.t.\ stochastic objective at timestep $t$)
\STATE $m_t \gets \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g_t$ (Update biased first moment estimate)
\STATE $v_t \gets \beta_2 \cdot v_{t-1} + (1 - \beta_2) \cdot g_t^2$ (Update biased second raw moment estimate)
\STATE $\widehat{m}_t \gets m_t / (1 - \beta_1^t)$ (Compute bias-corrected first moment estimate)
\STATE $\widehat{v}_t \gets v_t / (1 - \beta_2^t)$ (Compute bias-corrected second raw moment estimate)
\STATE $\theta_t \gets \theta_{t-1} - \alpha \cdot \widehat{m}_t / (\sqrt{\widehat{v}_t} + \epsilon)$ (Update parameters)
\ENDWHILE
\RETURN $\theta_t$ (Resulting parameters)
\end{algorithmic}
\end{algorithm}", Adam),
        new("ninth: PDF of AdamW's listing", "P=θ S=m,v H=η:0.5,α:0.001,β_1:0.9,β_2:0.999,ε:1e-8,λ:0.1", """
1: given α = 0.001, β1 = 0.9, β2 = 0.999, ϵ = 10−8, λ ∈ R
2: initialize time step t ← 0, parameter vector θt=0 ∈ Rn, first moment vector mt=0 ← 0, second moment
vector vt=0 ← 0, schedule multiplier ηt=0 ∈ R
3: repeat
4: t ← t + 1
5: ∇ft(θt−1) ← SelectBatch(θt−1) ▷ select batch and return the corresponding gradient
6: gt ← ∇ft(θt−1)
7: mt ← β1mt−1 + (1 − β1)gt ▷ here and below all operations are element-wise
8: vt ← β2vt−1 + (1 − β2)g2t
9: mˆ t ← mt/(1 − βt1) ▷ β1 is taken to the power of t
10: vˆt ← vt/(1 − βt2) ▷ β2 is taken to the power of t
11: ηt ← SetScheduleMultiplier(t) ▷ can be fixed, decay, or also be used for warm restarts
12: θt ← θt−1 − ηt(αmˆ t/(√vˆt + ϵ) + λθt−1)
13: until stopping criterion is met
14: return optimized parameters θt
""", (s, w, g, t, h) => w - (h[0] * ((h[1] * AdamDirection(s, g, t, h[1..])) + (h[5] * w)))),
        new("ninth: LaTeX source of Lion's listing", "P=θ S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"\begin{algorithm}[H]
\caption{Lion Optimizer (ours)}
\label{alg:lion}
\begin{algorithmic}
\State \textbf{given} $\beta_1$, $\beta_2$, $\lambda$, $\eta$, $f$
\State \textbf{initialize} $\theta_0$, $m_0\leftarrow 0$
\While{$\theta_t$ not converged}
\State $g_t \leftarrow \nabla_\theta f(\theta_{t-1})$
\State \textbf{update model parameters}
\State $c_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1)g_t$
\State $\theta_t \leftarrow \theta_{t-1} - \eta_t(\text{sign}(c_t) + \lambda\theta_{t-1})$
\State \textbf{update EMA of $g_t$}
\State $m_t \leftarrow \beta_2 m_{t-1} + (1 - \beta_2)g_t$
\EndWhile
\State \textbf{return} $\theta_t$
\end{algorithmic}
\end{algorithm}", Lion),
        new("ninth: LAMB with its function given", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"\STATE $m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$
\STATE $v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$
\STATE $m_t = m_t / (1 - \beta_1^t)$
\STATE $v_t = v_t / (1 - \beta_2^t)$
\STATE Compute ratio $r_t = \frac{m_t}{\sqrt{v_t} + \epsilon}$
\STATE $x_{t+1}^{(i)} = x_t^{(i)} - \eta_t \frac{\phi(\|x_t^{(i)}\|)}{\|r_t^{(i)} + \lambda x_t^{(i)}\|} (r_t^{(i)} + \lambda x_t^{(i)})$", AdamW) { Advice = "write which" },
        new("ninth: LARS, momentum and a layer's rate", "P=w S=v H=m:0.9,γ:0.1,η:0.01,β:0.05", @"\begin{align}
\lambda^{l} &= \eta \times \frac{||w^{l}_t||}{||g^{l}_t|| + \beta ||w^{l}_t||} \\
v^{l}_{t+1} &= m\, v^{l}_t + \gamma \cdot \lambda^{l} \cdot \left(g^{l}_t + \beta w^{l}_t\right) \\
w^{l}_{t+1} &= w^{l}_t - v^{l}_{t+1}
\end{align}", (s, w, g, t, h) =>
        {
            var rate = h[2] * Norm(w) / (Norm(g) + (h[3] * Norm(w)));
            for (var i = 0; i < w.Length; i++)
            {
                s[i][0] = (h[0] * s[i][0]) + (h[1] * rate * (g[i] + (h[3] * w[i])));
                w[i] -= s[i][0];
            }
        }),
        new("ninth: AMSGrad with its projection", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99", @"g_t = \nabla f_t(x_t) \\
m_t = \beta_{1t} m_{t-1} + (1 - \beta_{1t}) g_t \\
v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
\hat{v}_t = \max(\hat{v}_{t-1}, v_t) \text{ and } \hat{V}_t = \text{diag}(\hat{v}_t) \\
x_{t+1} = \Pi_{\mathcal{F}, \sqrt{\hat{V}_t}} (x_t - \alpha_t m_t / \sqrt{\hat{v}_t})", Descent) { Advice = "clip(x, low, high)" },
        new("ninth: AMSGrad without projection, decays in time", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{aligned}
g_t &= \nabla f_t(x_t)\\
m_t &= \beta_{1,t} m_{t-1} + (1 - \beta_{1,t}) g_t\\
v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2\\
\hat v_t &= \max(\hat v_{t-1}, v_t)\\
x_{t+1} &= x_t - \alpha_t m_t / (\sqrt{\hat v_t}+\epsilon)
\end{aligned}", AmsGrad),
        new("ninth: PDF of RAdam's listing", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
m0, v0 ← 0, 0 (Initialize moving 1st and 2nd moment)
ρ∞ ← 2/(1 − β2) − 1 (Compute the maximum length of the approximated SMA)
while t = {1, · · · , T} do
gt ← ∇θft(θt−1) (Calculate gradients w.r.t. stochastic objective at timestep t)
vt ← β2vt−1 + (1 − β2)gt^2 (Update exponential moving 2nd moment)
mt ← β1mt−1 + (1 − β1)gt (Update exponential moving 1st moment)
m̂t ← mt/(1 − β1^t) (Compute bias-corrected moving average)
ρt ← ρ∞ − 2tβ2^t/(1 − β2^t) (Compute the length of the approximated SMA)
if the variance is tractable, i.e., ρt > 5 then
lt ← √(1 − β2^t)/(√vt + ε) (Compute adaptive learning rate)
rt ← √((ρt−4)(ρt−2)ρ∞/((ρ∞−4)(ρ∞−2)ρt)) (Compute the variance rectification term)
θt ← θt−1 − α rt m̂t lt (Update parameters with adaptive momentum)
else
θt ← θt−1 − α m̂t (Update parameters with un-adapted momentum)
return θT (Resulting parameters)
""", RectifiedAdam),
        new("ninth: Adafactor for vectors, source", "P=X S=\\hat{V} G=G H=ρ:0.01,ε_1:1e-10,ε_2:1e-3,d:1,c:0.8", @"\begin{algorithmic}[1]
\State \textbf{Inputs:} initial point $X_0 \in \mathbb{R}^n$, relative step sizes $\{\rho_t\}_{t=1}^T$, regularization constants $\epsilon_1$ and $\epsilon_2$, clipping threshold $d$
\For{$t=1$ to $T$}
\State $\alpha_t = \max\left(\epsilon_2, \text{RMS}(X_{t-1})\right) \rho_t$
\State $G_t = \nabla f_t(X_{t-1})$
\State $\hat\beta_{2t} = 1 - t^{-c}$
\State $\hat{V}_t = \hat\beta_{2t} \hat{V}_{t-1} + (1 - \hat\beta_{2t}) (G_t^2 + \epsilon_1)$
\State $U_t = G_t / \sqrt{\hat{V}_t}$
\State $\hat{U}_t = U_t / \max\left(1, \text{RMS}(U_t) / d\right)$
\State $X_t = X_{t-1} - \alpha_t \hat{U}_t$
\EndFor
\end{algorithmic}", (s, w, g, t, h) =>
        {
            var alpha = Math.Max(h[2], Math.Sqrt(w.Average(x => x * x))) * h[0];
            var beta = 1 - Math.Pow(t, -h[4]);
            for (var i = 0; i < w.Length; i++)
                s[i][0] = (beta * s[i][0]) + ((1 - beta) * ((g[i] * g[i]) + h[1]));
            var u = g.Select((x, i) => x / Math.Sqrt(s[i][0])).ToArray();
            var scale = Math.Max(1, Math.Sqrt(u.Average(x => x * x)) / h[3]);
            Each(w, (x, i) => x - (alpha * u[i] / scale));
        }),
        new("ninth: SMORMS3 as its author's page", "P=x G=grad S=mem=1,g,g2 H=lrate:0.1,eps:1e-6", """
Init: mem = 1, g = 0, g2 = 0

Every step:
    r = 1 / (mem + 1)
    g = (1 - r) * g + r * grad
    g2 = (1 - r) * g2 + r * grad^2
    mem = 1 + mem * (1 - g*g / (g2 + eps))
    x = x - grad * min(lrate, g*g / (g2 + eps)) / (sqrt(g2) + eps)
""", Smorms3),
        new("ninth: quasi-hyperbolic momentum, paper's display", "P=θ S=g_{avg} H=α:0.1,β:0.9,ν:0.7", @"\begin{align}
g_{avg, t+1} &\leftarrow \beta \cdot g_{avg, t} + (1-\beta) \cdot \nabla \hat{L}_t(\theta_t) \\
\theta_{t+1} &\leftarrow \theta_t - \alpha \left[ (1-\nu) \cdot \nabla \hat{L}_t(\theta_t) + \nu \cdot g_{avg, t+1} \right]
\end{align}", QuasiHyperbolic),
        new("ninth: Nesterov in Sutskever's form, one line up", "P=θ S=v H=ε:0.1,μ:0.9", @"v_{t+1} = \mu v_t - \varepsilon \nabla f(\theta_t + \mu v_t), \qquad \theta_{t+1} = \theta_t + v_{t+1}", Descent) { Advice = "another point cannot be written here" },
        new("ninth: classical momentum in Sutskever's form", "P=θ S=v H=ε:0.1,μ:0.9", @"Classical momentum (CM) (Polyak, 1964) is a technique for accelerating gradient descent. Given an objective function $f(\theta)$ to be minimized, classical momentum is given by:
\begin{eqnarray}
v_{t+1} &=& \mu v_t - \varepsilon \nabla f(\theta_t) \label{eqn:cm1}\\
\theta_{t+1} &=& \theta_t + v_{t+1} \label{eqn:cm2}
\end{eqnarray}
where $\varepsilon > 0$ is the learning rate, $\mu \in [0,1]$ is the momentum coefficient, and $\nabla f(\theta_t)$ is the gradient at $\theta_t$.", InnerMomentum),
        new("ninth: Nadam report's listing, plain text", "P=θ S=m,n H=η:0.01,μ:0.9,ν:0.99,ε:1e-6", """
g_t ← ∇_{θ_{t−1}} f(θ_{t−1})
ĝ ← g_t / (1 − ∏_{i=1}^{t} μ_i)
m_t ← μ m_{t−1} + (1 − μ) g_t
m̂_t ← m_t / (1 − μ^{t+1})
n_t ← ν n_{t−1} + (1 − ν) g_t²
n̂_t ← n_t / (1 − ν^t)
m̄_t ← (1 − μ) g_t / (1 − μ^t) + μ m̂_t
θ_t ← θ_{t−1} − η m̄_t / (√n̂_t + ε)
""", NAdamSimple) { Advice = "a product over steps is a state" },
        new("ninth: ADOPT's listing with its first step", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{algorithmic}
\REQUIRE Learning rate $\{\alpha_t\}$, initial parameter $\theta_0$
\REQUIRE Exponential decay rate $0 \leq \beta_1, \beta_2 \leq 1$, small constant $\epsilon > 0$
\FOR{$t = 1$ to $T$}
\STATE $m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) \frac{g_t}{\max\{\sqrt{v_{t-1}}, \epsilon\}}$
\STATE $\theta_t \leftarrow \theta_{t-1} - \alpha_t m_t$
\STATE $v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2)\, g_t \odot g_t$
\ENDFOR
\STATE \textbf{return} $\{\theta_t\}_{t=1}^T$
\end{algorithmic}", Adopt),
        new("ninth: Yogi's display beside Adam's", "P=x S=v,m H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
v_t = v_{t-1} - (1 - \beta_2)\, \mathrm{sign}(v_{t-1} - g_t^2)\, g_t^2 \\
x_{t+1} = x_t - \eta_t m_t / (\sqrt{v_t} + \epsilon)", (s, w, g, t, h) => { double[] turned = [s[1], s[0]]; w = Yogi(turned, w, g, t, h); (s[1], s[0]) = (turned[0], turned[1]); return w; }),
        new("ninth: Padam and diffGrad in one table's cell", "P=θ S=m,v,g_{t-1} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$\xi_t = \frac{1}{1 + e^{-|g_{t-1} - g_t|}}$, $m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t$, $v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2$, $\hat m_t = \frac{m_t}{1-\beta_1^t}$, $\hat v_t = \frac{v_t}{1-\beta_2^t}$, $\theta_{t+1} = \theta_t - \frac{\alpha\, \xi_t\, \hat m_t}{\sqrt{\hat v_t} + \epsilon}$", (s, w, g, t, h) => { var x = 1 / (1 + Math.Exp(-Math.Abs(s[2] - g))); s[2] = g; return w - (h[0] * x * AdamDirection(s, g, t, h)); }),
        new("ninth: AdaGrad's paper, composite mirror step", "P=x S=s H=η:0.1,δ:1e-6", @"s_{t,i} = \|g_{1:t,i}\|_2 \qquad x_{t+1,i} = x_{t,i} - \frac{\eta\, g_{t,i}}{\delta + s_{t,i}}", Descent) { Advice = "the sum of their squares is a state" },
    ];
}
