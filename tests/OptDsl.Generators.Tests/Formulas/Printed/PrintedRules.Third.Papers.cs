namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A third set, written down before any of it was tried: notations of papers.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_thirdPapers =
    [
        new("third: AdamW paper's listing", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1,η:1", """
1: given α = 0.001, β_1 = 0.9, β_2 = 0.999, ε = 10^{−8}, λ ∈ ℝ
2: initialize time step t ← 0, parameter vector θ_{t=0} ∈ ℝ^n, first moment vector m_{t=0} ← 0, second moment vector v_{t=0} ← 0, schedule multiplier η_{t=0} ∈ ℝ
3: repeat
4:   t ← t + 1
5:   ∇f_t(θ_{t−1}) ← SelectBatch(θ_{t−1})    ▷ select batch and return the corresponding gradient
6:   g_t ← ∇f_t(θ_{t−1})
7:   m_t ← β_1 m_{t−1} + (1 − β_1) g_t    ▷ here and below all operations are element-wise
8:   v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2
9:   \hat{m}_t ← m_t/(1 − β_1^t)    ▷ β_1 is taken to the power of t
10:  \hat{v}_t ← v_t/(1 − β_2^t)    ▷ β_2 is taken to the power of t
11:  η_t ← SetScheduleMultiplier(t)    ▷ can be fixed, decay, or also be used for warm restarts
12:  θ_t ← θ_{t−1} − η_t (α \hat{m}_t/(\sqrt{\hat{v}_t} + ε) + λ θ_{t−1})
13: until stopping criterion is met
14: return optimized parameters θ_t
""", (s, w, g, t, h) => w - ((h[0] * AdamDirection(s, g, t, h)) + (h[4] * w))),
        new("third: SGDW paper's listing", "P=θ S=m H=α:0.1,β_1:0.9,λ:0.1,η:1", """
\STATE{\textbf{given} initial learning rate $\alpha \in \mathbb{R}$, momentum factor $\beta_1 \in \mathbb{R}$, weight decay $\lambda\in\mathbb{R}$}
\STATE{\textbf{initialize} time step $t \leftarrow 0$, parameter vector $\vec{\theta}_{t=0} \in \mathbb{R}^n$,  first moment vector $\vec{m}_{t=0} \leftarrow \vec{0}$}
\REPEAT
	\STATE{$t \leftarrow t + 1$}
	\STATE{$\nabla f_t(\vec{\theta}_{t-1}) \leftarrow  \text{SelectBatch}(\vec{\theta}_{t-1})$}  
	\STATE{$\vec{g}_t \leftarrow \nabla f_t(\vec{\theta}_{t-1})$}
	\STATE{$\eta_t \leftarrow \text{SetScheduleMultiplier}(t)$}
	\STATE{$\vec{m}_t \leftarrow \beta_1 \vec{m}_{t-1} + \eta_t \alpha \vec{g}_t $}
	\STATE{$\vec{\theta}_t \leftarrow \vec{\theta}_{t-1} - \vec{m}_t - \eta_t\lambda\vec{\theta}_{t-1}$}
\UNTIL{ \textit{stopping criterion is met} }
\RETURN{optimized parameters $\vec{\theta}_t$}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0] - (h[2] * w); }),
        new("third: RAdam paper", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99", """
m_0, v_0 ← 0, 0 (Initialize moving 1st and 2nd moment)
ρ_∞ ← 2/(1 − β_2) − 1 (Compute the maximum length of the approximated SMA)
while t = {1, · · · , T} do
  g_t ← ∇_θ f_t(θ_{t−1}) (Calculate gradients w.r.t. stochastic objective at timestep t)
  v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2 (Update exponential moving 2nd moment)
  m_t ← β_1 m_{t−1} + (1 − β_1) g_t (Update exponential moving 1st moment)
  \hat{m}_t ← m_t/(1 − β_1^t) (Compute bias-corrected moving average)
  ρ_t ← ρ_∞ − 2tβ_2^t/(1 − β_2^t) (Compute the length of the approximated SMA)
  if the variance is tractable, i.e., ρ_t > 4 then
    l_t ← \sqrt{(1 − β_2^t)/v_t} (Compute adaptive learning rate)
    r_t ← \sqrt{\frac{(ρ_t−4)(ρ_t−2)ρ_∞}{(ρ_∞−4)(ρ_∞−2)ρ_t}} (Compute the variance rectification term)
    θ_t ← θ_{t−1} − α_t r_t \hat{m}_t l_t (Update parameters with adaptive momentum)
  else
    θ_t ← θ_{t−1} − α_t \hat{m}_t (Update parameters with un-adapted momentum)
return θ_T
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var m = s[0] / (1 - Math.Pow(h[1], t));
            var (last, power) = ((2 / (1 - h[2])) - 1, Math.Pow(h[2], t));
            var length = last - (2 * t * power / (1 - power));
            if (length <= 4)
                return w - (h[0] * m);
            var r = Math.Sqrt((length - 4) * (length - 2) * last / ((last - 4) * (last - 2) * length));
            return w - (h[0] * m * r * Math.Sqrt((1 - power) / s[1]));
        }),
        new("third: AMSGrad paper's listing in TeX", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99", @"\begin{algorithm}[H]
\caption{{\sc AMSGrad}}
\label{alg:amsgrad}
\begin{algorithmic}
\STATE {\bfseries Input:} $x_1 \in \mathcal{F}$, step size $\{\alpha_t\}_{t=1}^T$, $\{\beta_{1t}\}_{t=1}^T, \beta_2$
\STATE Set $m_0 = 0$, $v_0 = 0$ and $\hat{v}_0 = 0$
\FOR{$t=1$ {\bfseries to} $T$}
\STATE $g_t = \nabla f_t(x_t)$
\STATE $m_t = \beta_{1t}m_{t-1} + (1 - \beta_{1t})g_t$
\STATE $v_t = \beta_2 v_{t-1} + (1 - \beta_2)g_t^2$
\STATE $\hat{v}_t = \max(\hat{v}_{t-1},v_t)$ and $\hat{V}_t = \text{diag}(\hat{v}_t)$
\STATE $x_{t+1} = \Pi_{\mathcal{F}, \sqrt{\hat{V}_t}}(x_t - \alpha_t m_t/\sqrt{\hat{v}_t})$
\ENDFOR
\end{algorithmic}
\end{algorithm}", (s, w, g, t, h) => AmsGrad(s, w, g, t, [h[0], h[1], h[2], 0])) { Advice = "as a projection onto an interval this is written clip(x, low, high)" },
        new("third: AdaBound with fractions of step", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,η_{final}:0.1", @"m_t = \beta_{1} m_{t-1} + (1-\beta_{1}) g_t, \; v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\eta_l(t) = \eta_{final} - \frac{\eta_{final}}{(1-\beta_2)t + 1}, \quad \eta_u(t) = \eta_{final} + \frac{\eta_{final}}{(1-\beta_2)t}
\hat{\eta}_t = \mathrm{Clip}(\alpha/\sqrt{v_t}, \eta_l(t), \eta_u(t)) \text{ and } \eta_t = \hat{\eta}_t/\sqrt{t}
x_{t+1} = x_t - \eta_t \odot m_t", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var (low, high) = (h[3] - (h[3] / (((1 - h[2]) * t) + 1)), h[3] + (h[3] / ((1 - h[2]) * t)));
            return w - (Math.Min(Math.Max(h[0] / Math.Sqrt(s[1]), low), high) / Math.Sqrt(t) * s[0]);
        }),
        new("third: Yogi listing", "P=x S=m,v=1e-6 H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-3", @"Input: x_1 ∈ R^d, learning rate {η_t}_{t=1}^T, decay parameters 0 ≤ β_1, β_2 ≤ 1, ε > 0
Set m_0 = 0, v_0 = 1e-6
for t = 1 to T do
  Draw a sample s_t from P.
  Compute g_t = ∇ℓ(x_t, s_t).
  m_t = β_1 m_{t−1} + (1 − β_1) g_t
  v_t = v_{t−1} − (1 − β_2) sign(v_{t−1} − g_t^2) g_t^2
  x_{t+1} = x_t − η_t m_t/(√v_t + ε)
end for", (s, w, g, t, h) => { s[1] = t == 1 ? 1e-6 : s[1]; return Yogi(s, w, g, t, h); }),
        new("third: LAMB listing", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", @"Input: x_1 ∈ R^d, learning rate {η_t}_{t=1}^T, parameters 0 < β_1, β_2 < 1, scaling function φ, ε > 0
Set m_0 = 0, v_0 = 0
for t = 1 to T do
  Draw b samples S_t from P.
  Compute g_t = \frac{1}{|S_t|} \sum_{s_t ∈ S_t} ∇ℓ(x_t, s_t).
  m_t = β_1 m_{t−1} + (1 − β_1) g_t
  v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
  m_t = m_t/(1 − β_1^t)
  v_t = v_t/(1 − β_2^t)
  Compute ratio r_t = \frac{m_t}{\sqrt{v_t} + ε}
  x_{t+1}^{(i)} = x_t^{(i)} − η_t \frac{\|x_t^{(i)}\|}{\|r_t^{(i)} + λ x_t^{(i)}\|} (r_t^{(i)} + λ x_t^{(i)})
end for", (s, w, g, t, h) =>
        {
            var r = w.Select((x, i) => AdamDirection(s[i], g[i], t, [0, h[1], h[2], h[3]])).ToArray();
            var moved = w.Select((x, i) => r[i] + (h[4] * x)).ToArray();
            var ratio = Norm(w) / Norm(moved);
            for (var i = 0; i < w.Length; i++)
                w[i] -= h[0] * ratio * moved[i];
        }) { Advice = "then it has a name of its own" },
        new("third: LARS listing", "P=w S=v H=γ:0.1,η:0.02,β:0.01,m:0.9", @"Parameters: base LR γ_0, momentum m, weight decay β, LARS coefficient η, number of steps T
Init: t = 0, v = 0. Init weight w_0^l for each layer l
while t < T for each layer l do
  g_t^l ← ∇L(w_t^l) (obtain a stochastic gradient for the current mini-batch)
  γ_t ← γ ∗ (1 − \frac{t}{T})^2 (compute the global learning rate)
  λ^l ← \frac{‖w_t^l‖}{‖g_t^l‖ + β‖w_t^l‖} (compute the local LR λ^l)
  v_{t+1}^l ← m v_t^l + γ_{t+1} ∗ λ^l ∗ (g_t^l + β w_t^l) (update the momentum)
  w_{t+1}^l ← w_t^l − v_{t+1}^l (update the weights)
end while", (s, w, g, t, h) => { var rate = Norm(w) / (Norm(g) + (h[1] * Norm(w))); for (var i = 0; i < w.Length; i++) w[i] -= s[i][0] = (h[2] * s[i][0]) + (h[0] * rate * (g[i] + (h[1] * w[i]))); }) { Roles = "P=w S=v H=γ:0.1,β:0.01,m:0.9", Text = @"g_t^l ← ∇L(w_t^l) (obtain a stochastic gradient for the current mini-batch)
λ^l ← \frac{‖w_t^l‖}{‖g_t^l‖ + β‖w_t^l‖} (compute the local LR λ^l)
v_{t+1}^l ← m v_t^l + γ_{t+1} ∗ λ^l ∗ (g_t^l + β w_t^l) (update the momentum)
w_{t+1}^l ← w_t^l − v_{t+1}^l (update the weights)" },
        new("third: NovoGrad listing", "P=w S=m,v H=λ:0.01,β_1:0.9,β_2:0.5,d:0.01,ε:1e-6", @"t = 0: weight initialization w ← Init().
t = 1: moment initialization
for each layer l do
  v_1^l ← ‖g_1^l‖^2;
  m_1^l ← \frac{g_1^l}{‖v_1^l‖} + d · w_1^l.
end for
while t ≤ T do
  compute global learning rate λ_t ← LR(t)
  for each layer l do
    g_t^l ← ∇_l L(w_t)
    v_t^l ← β_2 · v_{t−1}^l + (1 − β_2) · ‖g_t^l‖^2
    m_t^l ← β_1 · m_{t−1}^l + (\frac{g_t^l}{\sqrt{v_t^l} + ε} + d · w_t^l)
    w_{t+1}^l ← w_t^l − λ_t · m_t^l
  end for
end while", Descent) { Advice = "'l' is not declared" },
        new("third: NovoGrad, the step alone", "P=w S=m,v H=λ:0.01,β_1:0.9,β_2:0.5,d:0.01,ε:1e-6", @"v_t^l = \beta_2 \cdot v_{t-1}^l + (1-\beta_2)\cdot \|g_t^l\|^2
m_t^l = \beta_1 \cdot m_{t-1}^l + \left(\frac{g_t^l}{\sqrt{v_t^l}+\epsilon} + d\cdot w_t^l\right)
w_{t+1}^l = w_t^l - \lambda_t\cdot m_t^l", (s, w, g, t, h) =>
        {
            for (var i = 0; i < w.Length; i++)
            {
                s[i][1] = (h[2] * s[i][1]) + ((1 - h[2]) * Norm(g) * Norm(g));
                s[i][0] = (h[1] * s[i][0]) + (g[i] / (Math.Sqrt(s[i][1]) + h[4])) + (h[3] * w[i]);
                w[i] -= h[0] * s[i][0];
            }
        }),
        new("third: AdaBelief with EMA in words", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t$\\
$s_t \leftarrow \beta_2 s_{t-1} + (1-\beta_2) \color{blue}{(g_t-m_t)^2} + \epsilon$\\
\hspace{4mm}\textbf{Bias Correction}\\
$\widehat{m_t} \leftarrow \frac{m_t}{1-\beta_1^t}$, $\widehat{s_t} \leftarrow \frac{s_t}{1-\beta_2^t}$\\
\hspace{4mm}\textbf{Update}\\
$\theta_t \leftarrow \prod_{\mathcal{F}, \sqrt{\widehat{s_t}}} \Big( \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}} + \epsilon} \Big)$", AdaBelief) { Advice = "as a projection onto an interval this is written clip(x, low, high)" },
        new("third: AdaBelief's step", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t$\\
$s_t \leftarrow \beta_2 s_{t-1} + (1-\beta_2) {\color{blue}(g_t-m_t)^2} + \epsilon$\\
$\widehat{m_t} \leftarrow \frac{m_t}{1-\beta_1^t}$, $\widehat{s_t} \leftarrow \frac{s_t}{1-\beta_2^t}$\\
$\theta_t \leftarrow \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}} + \epsilon}$", AdaBelief),
        new("third: Lion as a program", "P=weight G=gradient S=momentum H=lr:0.01,β1:0.9,β2:0.99,λ:0.1", """
def train(weight, gradient, momentum, lr):
  update = interp(gradient, momentum, β1)
  update = sign(update)
  momentum = interp(gradient, momentum, β2)
  weight_decay = weight * λ
  update = update + weight_decay
  update = update * lr
  return update, momentum
""", Lion) { Advice = "define it in a line of its own, 'interp(x, y, z) = …'" },
        new("third: Sophia's step", "P=θ S=m,h H=η:0.1,β_1:0.9,β_2:0.99,γ:2,λ:0.01,ε:1e-3", @"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t
h_t = \beta_2 h_{t-1} + (1-\beta_2)\, g_t \odot g_t
\theta_t = \theta_t - \eta_t \lambda \theta_t
\theta_{t+1} = \theta_t - \eta_t\cdot \mathrm{clip}\left(m_t/\max\{\gamma\cdot h_t,\epsilon\}, 1\right)", Clipped) { Advice = "keeps a value between two bounds to some papers" },
        new("third: Adan listing", "P=θ S=m,v,n,g_{k-1} T=k H=η:0.01,β_1:0.1,β_2:0.2,β_3:0.05,λ:0.1,ε:1e-6", @"Input: initialization θ_0, step size η, momentum (β_1, β_2, β_3) ∈ [0, 1]^3, stable parameter ε > 0, weight decay λ_k > 0, restart condition.
1 while k < K do
2   estimate the stochastic gradient g_k at θ_k;
3   m_k = (1 − β_1) m_{k−1} + β_1 g_k;
4   v_k = (1 − β_2) v_{k−1} + β_2 (g_k − g_{k−1});
5   n_k = (1 − β_3) n_{k−1} + β_3 [g_k + (1 − β_2)(g_k − g_{k−1})]^2;
6   η_k = η/(\sqrt{n_k} + ε);
7   θ_{k+1} = (1 + λ_k η)^{−1} [θ_k − η_k ◦ (m_k + (1 − β_2) v_k)];
end while", (s, w, g, t, h) =>
        {
            s[0] = ((1 - h[1]) * s[0]) + (h[1] * g);
            s[1] = ((1 - h[2]) * s[1]) + (h[2] * (g - s[3]));
            var c = g + ((1 - h[2]) * (g - s[3]));
            s[2] = ((1 - h[3]) * s[2]) + (h[3] * c * c);
            s[3] = g;
            return (w - (h[0] / (Math.Sqrt(s[2]) + h[5]) * (s[0] + ((1 - h[2]) * s[1])))) / (1 + (h[4] * h[0]));
        }),
        new("third: Lookahead", "P=φ S=θ H=α:0.5,k:5", @"for t = 1, 2, … do
  Synchronize parameters θ_{t,0} ← φ_{t−1}
  for i = 1, 2, …, k do
    sample minibatch of data d ∼ D
    θ_{t,i} ← θ_{t,i−1} + A(L, θ_{t,i−1}, d)
  end for
  Perform outer update φ_t ← φ_{t−1} + α(θ_{t,k} − φ_{t−1})
end for
return parameters φ", Descent) { Advice = "this is the value of θ before the first step" },
        new("third: SWA", "P=w S=w_{SWA} H=α:0.1,c:1", @"w ← w − α∇L_i(w) {Stochastic gradient update}
if mod(i, c) = 0 then
n_models ← i/c {Number of models}
w_{SWA} ← \frac{w_{SWA} · n_models + w}{n_models + 1} {Update average}
end if", Descent) { Advice = "the left side of an assignment must be a single name" },
        new("third: stochastic average gradient", "P=w S=\\bar{w}=w H=η:0.1", @"w_{t+1} = w_t - \eta \nabla f_{i_t}(w_t), \quad \bar{w}_{t+1} = \frac{t}{t+1}\bar{w}_t + \frac{1}{t+1} w_{t+1}", Descent),
        new("third: Rprop paper's listing", "P=w S=Δ=0.1,g_{t-1} H=η^+:1.2,η^-:0.5,Δ_{max}:50,Δ_{min}:1e-6", @"if (g_{t-1} * g_t > 0) then {
    Δ_t = minimum(Δ_{t-1} * η^+, Δ_{max})
    w_{t+1} = w_t - sign(g_t) * Δ_t
}
else if (g_{t-1} * g_t < 0) then {
    Δ_t = maximum(Δ_{t-1} * η^-, Δ_{min})
}
else if (g_{t-1} * g_t = 0) then {
    w_{t+1} = w_t - sign(g_t) * Δ_t
}", (s, w, g, t, h) =>
        {
            s[0] = t == 1 ? 0.1 : s[0];
            var a = s[1] * g;
            s[1] = g;
            s[0] = a > 0 ? Math.Min(s[0] * h[0], h[2]) : a < 0 ? Math.Max(s[0] * h[1], h[3]) : s[0];
            return a < 0 ? w : w - (Math.Sign(g) * s[0]);
        }) { Advice = "which is assigned only further down" },
        new("third: QHM", "P=θ S=g' H=α:0.1,β:0.9,ν:0.7", "", QuasiHyperbolic) { Roles = "P=θ G=∇ S=g H=α:0.1,β:0.9,ν:0.7", Text = @"g_{t+1} \leftarrow \beta \cdot g_t + (1-\beta)\cdot \nabla\hat{L}_t(\theta_t)
\theta_{t+1} \leftarrow \theta_t - \alpha\left[(1-\nu)\cdot\nabla\hat{L}_t(\theta_t) + \nu\cdot g_{t+1}\right]" },
        new("third: AggMo family", "P=θ S=v H=γ:0.1,β:0.9,K:3", @"v_t^{(i)} = \beta^{(i)} v_{t-1}^{(i)} - \nabla_\theta f(\theta_{t-1})
\theta_t = \theta_{t-1} + \frac{\gamma_t}{K}\sum_{i=1}^K v_t^{(i)}", Descent) { Advice = "several values are added as they are declared, each by its name" },
        new("third: Signum", "P=x T=k H=δ:0.1,β:0.9 S=m", @"\tilde{g}_k \gets \text{stochasticGradient}(x_k)
m_{k+1} \gets \beta m_k + (1-\beta)\tilde{g}_k
x_{k+1} \gets x_k - \delta\,\mathrm{sign}[m_{k+1}]", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Sign(s[0])); }) { Roles = "P=x G=\\tilde{g} T=k H=δ:0.1,β:0.9 S=m" },
        new("third: signSGD", "P=x G=\\tilde{g} T=k H=δ:0.1", @"Input: learning rate δ, current point x_k
\tilde{g}_k ← stochasticGradient(x_k)
x_{k+1} ← x_k − δ sign(\tilde{g}_k)", Sign),
        new("third: PID", "P=θ S=V,D,g_{t-1} H=r:0.1,α:0.9,K_d:0.5", @"V_{t+1} = \alpha V_t - r\,\partial L_t/\partial\theta_t
D_{t+1} = \alpha D_t + (1-\alpha)(\partial L_t/\partial\theta_t - \partial L_{t-1}/\partial\theta_{t-1})
\theta_{t+1} = \theta_t + V_{t+1} + K_d D_{t+1}", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) - (h[0] * g);
            s[1] = (h[1] * s[1]) + ((1 - h[1]) * (g - s[2]));
            s[2] = g;
            return w + s[0] + (h[2] * s[1]);
        }),
        new("third: SAM", "P=w H=η:0.1,ρ:0.05", @"\hat{\boldsymbol{\epsilon}}(\boldsymbol{w}) = \rho\, \mathrm{sign}(\nabla_w L_S(w)) |\nabla_w L_S(w)|^{q-1} / (\|\nabla_w L_S(w)\|_q^q)^{1/p}
\nabla_w L(w)|_{w + \hat\epsilon(w)}
w_{t+1} = w_t - \eta g", Descent) { Advice = "the left side of an assignment must be a single name" },
        new("third: Tiger", "P=θ S=m H=α:0.01,β:0.9,λ:0.1", @"\text{Tiger}:=\left\{\begin{aligned}
&\boldsymbol{m}_t = \beta \boldsymbol{m}_{t-1} + \left(1 - \beta\right) \boldsymbol{g}_t \\
&\boldsymbol{\theta}_t = \boldsymbol{\theta}_{t-1} - \alpha_t \left[\text{sign}(\boldsymbol{m}_t) \color{skyblue}{ + \lambda_t \boldsymbol{\theta}_{t-1}}\right] \\
\end{aligned}\right.", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * (Math.Sign(s[0]) + (h[2] * w))); }),
        new("third: Adam in a blog with braces", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"\text{Adam}\color{skyblue}{\text{W}}:=\left\{\begin{aligned}
&\boldsymbol{m}_t = \beta_1 \boldsymbol{m}_{t-1} + \left(1 - \beta_1\right) \boldsymbol{g}_t\\
&\boldsymbol{v}_t = \beta_2 \boldsymbol{v}_{t-1} + \left(1 - \beta_2\right) \boldsymbol{g}_t^2\\
&\hat{\boldsymbol{m}}_t = \boldsymbol{m}_t\left/\left(1 - \beta_1^t\right)\right.\\
&\hat{\boldsymbol{v}}_t = \boldsymbol{v}_t\left/\left(1 - \beta_2^t\right)\right.\\
&\boldsymbol{u}_t =\hat{\boldsymbol{m}}_t\left/\left(\sqrt{\hat{\boldsymbol{v}}_t} + \epsilon\right)\right.\\
&\boldsymbol{\theta}_t = \boldsymbol{\theta}_{t-1} - \alpha_t (\boldsymbol{u}_t \color{skyblue}{ + \lambda_t\boldsymbol{\theta}_{t-1}})
\end{aligned}\right.", AdamW),
        new("third: Prodigy step", "P=x S=m,v H=γ:0.1,d:1,β_1:0.9,β_2:0.99,ε:1e-6", @"g_k \in \partial f(x_k)
m_{k+1} = \beta_1 m_k + (1-\beta_1) d_k g_k
v_{k+1} = \beta_2 v_k + (1-\beta_2) d_k^2 g_k^2
x_{k+1} = x_k - \gamma_k d_k m_{k+1} / (\sqrt{v_{k+1}} + d_k \epsilon)", (s, w, g, t, h) => { s[0] = (h[2] * s[0]) + ((1 - h[2]) * h[1] * g); s[1] = (h[3] * s[1]) + ((1 - h[3]) * h[1] * h[1] * g * g); return w - (h[0] * h[1] * s[0] / (Math.Sqrt(s[1]) + (h[1] * h[4]))); }) { Roles = "P=x T=k S=m,v H=γ:0.1,d:1,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("third: schedule-free listing", "P=y S=z=y,x=y,v H=γ:0.1,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", @"1: Input: x_1, learning rate γ, decay λ, warmup steps T_warmup, β_1, β_2, ε
2: z_1 = x_1
3: v_0 = 0
4: for t = 1 to T do
5:   y_t = (1 − β_1) z_t + β_1 x_t    ▷ Momentum via interpolation
6:   g_t ∈ ∂f(y_t, ζ_t)    ▷ Gradient is evaluated at y
7:   v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
8:   γ_t = γ \sqrt{1 − β_2^t} min(1, t/T_warmup)    ▷ LR includes warmup and Adam bias-correction
9:   z_{t+1} = z_t − γ_t g_t/(√v_t + ε) − γ_t λ y_t
10:  c_{t+1} = \frac{γ_t^2}{\sum_{i=1}^t γ_i^2}
11:  x_{t+1} = (1 − c_{t+1}) x_t + c_{t+1} z_{t+1}    ▷ Update weighted iterate average
12: end for
13: Return x_{T+1}", Descent) { Advice = "a sum over the steps so far is a state" },
        new("third: Adai", "P=θ S=v,m H=η:0.1,β_0:0.1,β_2:0.99,ε:1e-3", @"g_t = \nabla L(\theta_{t-1})
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\hat{v}_t = \frac{v_t}{1 - \beta_2^t}
\bar{v}_t = mean(\hat{v}_t)
\beta_{1,t} = (1 - \frac{\beta_0}{\bar{v}_t}\hat{v}_t).Clip(0, 1-\epsilon)
m_t = \beta_{1,t} m_{t-1} + (1-\beta_{1,t}) g_t
\theta_t = \theta_{t-1} - \eta m_t", (s, w, g, t, h) =>
        {
            var v = w.Select((_, i) => (s[i][0] = (h[2] * s[i][0]) + ((1 - h[2]) * g[i] * g[i])) / (1 - Math.Pow(h[2], t))).ToArray();
            for (var i = 0; i < w.Length; i++)
            {
                var beta = Math.Clamp(1 - (h[1] / v.Average() * v[i]), 0, 1 - h[3]);
                w[i] -= h[0] * (s[i][1] = (beta * s[i][1]) + ((1 - beta) * g[i]));
            }
        }),
        new("third: Adafactor without factors", "P=X S=V H=ρ:0.01,β_2:0.99,ε_1:1e-30,ε_2:1e-3,d:1", @"for t = 1 to T do
  α_t = max(ε_2, RMS(X_{t−1})) ρ_t
  G_t = ∇f_t(X_{t−1})
  \hat{V}_t = \hat{β}_{2t} \hat{V}_{t−1} + (1 − \hat{β}_{2t})(G_t^2 + ε_1 1_n)
  U_t = G_t/\sqrt{\hat{V}_t}
  \hat{U}_t = U_t / max(1, RMS(U_t)/d)
  X_t = X_{t−1} − α_t \hat{U}_t
end for", (s, w, g, t, h) =>
        {
            double Rms(IEnumerable<double> x) => Math.Sqrt(x.Average(y => y * y));
            var rate = Math.Max(h[3], Rms(w)) * h[0];
            var u = w.Select((_, i) => g[i] / Math.Sqrt(s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * ((g[i] * g[i]) + h[2])))).ToArray();
            var length = Math.Max(1, Rms(u) / h[4]);
            for (var i = 0; i < w.Length; i++)
                w[i] -= rate * u[i] / length;
        }) { Roles = "P=X G=G S=\\hat{V} H=ρ:0.01,\\hat{β}_2:0.99,ε_1:1e-30,ε_2:1e-3,d:1" },
        new("third: AdaShift like", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = β_1 m_{t−1} + (1 − β_1) g_t ; v_t = β_2 v_{t−1} + (1 − β_2) g_{t−1}^2 ; θ_{t+1} = θ_t − η m_t / (√v_t + ε)", Descent) { Advice = "declare [State(\"g_{t-1}\")]" },
        new("third: Nostalgic Adam", "P=x S=v,B H=α:0.1,γ:0.5", @"v_t = \beta_{2,t} v_{t-1} + (1-\beta_{2,t}) g_t^2, \quad \beta_{2,t} = B_{t-1}/B_t, \quad B_t = B_{t-1} + t^{-\gamma}
x_{t+1} = x_t - \frac{\alpha}{\sqrt t}\frac{g_t}{\sqrt{v_t}}", (s, w, g, t, h) => { var next = s[1] + Math.Pow(t, -h[1]); var beta = s[1] / next; s[1] = next; s[0] = (beta * s[0]) + ((1 - beta) * g * g); return w - (h[0] / Math.Sqrt(t) * g / Math.Sqrt(s[0])); }),
        new("third: gradient centralization", "P=w H=α:0.1", @"\Phi_{GC}(\nabla_{w}\mathcal{L}) = \nabla_{w}\mathcal{L} - \mu_{\nabla_{w}\mathcal{L}}
w^{t+1} = w^t - \alpha^t \Phi_{GC}(\nabla_{w^t}\mathcal{L})", Descent) { Advice = "the caller computes the gradient, and formulas call it 'g'" },
        new("third: Adam mini-like, hats inside the fraction", Third, @"m_{t}=\beta_{1}m_{t-1}+(1-\beta_{1})g_{t}\\v_{t}=\beta_{2}v_{t-1}+(1-\beta_{2})g_{t}^{2}\\{\hat {m}}_{t}={\frac {m_{t}}{1-\beta _{1}^{t}}}\\{\hat {v}}_{t}={\frac {v_{t}}{1-\beta _{2}^{t}}}\\\theta_{t}=\theta_{t-1}-\alpha\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}", Adam),
        new("third: a vector of states at once", Third, @"(m_t, v_t) = (\beta_1 m_{t-1} + (1-\beta_1)g_t,\; \beta_2 v_{t-1} + (1-\beta_2) g_t^2)
\theta_t = \theta_{t-1} - \alpha m_t/(\sqrt{v_t}+\epsilon)", AdamUncorrected),
        new("third: generic scheme", Third, @"m_t = \phi_t(g_1, \ldots, g_t) \text{ and } V_t = \psi_t(g_1, \ldots, g_t)
\hat{x}_{t+1} = x_t - \alpha_t m_t/\sqrt{V_t}", Descent) { Advice = "dots stand for something that must be written out" },
        new("third: Adam by its sums", Third, @"m_t = (1-\beta_1)\sum_{i=1}^{t}\beta_1^{t-i} g_i
\theta_t = \theta_{t-1} - \alpha m_t", Descent) { Advice = "a sum over the steps so far is a state" },
        new("third: normalised momentum", "P=w S=m H=η:0.1,β:0.9", @"m_t = \beta m_{t-1} + (1-\beta) \nabla f(w_t;\xi_t),\qquad w_{t+1} = w_t - \eta\,\frac{m_t}{\lVert m_t\rVert}.", (s, w, g, t, h) => { var m = w.Select((_, i) => s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * g[i])).ToArray(); for (var i = 0; i < w.Length; i++) w[i] -= h[0] * m[i] / Norm(m); }),
        new("third: clipped descent", "P=x T=k H=η:0.1,γ:1", @"x_{k+1} = x_k - \min\left\{\eta, \frac{\gamma\eta}{\|\nabla f(x_k)\|}\right\}\nabla f(x_k)", (s, w, g, t, h) => Each(w, (x, i) => x - (Math.Min(h[0], h[1] * h[0] / Norm(g)) * g[i]))),
        new("third: FISTA", "P=y S=x_{k-1}=y T=k H=L:10", @"x_k = y_k - \frac{1}{L}\nabla f(y_k), \quad t_{k+1} = \frac{1 + \sqrt{1 + 4t_k^2}}{2}, \quad y_{k+1} = x_k + \frac{t_k - 1}{t_{k+1}}(x_k - x_{k-1})", Descent) { Advice = "declare it as a state" },
        new("third: Nesterov's constant momentum", "P=y S=x=y T=k H=α:0.1,β:0.9", @"x_{k+1} = y_k - \alpha\nabla f(y_k),\\ y_{k+1} = x_{k+1} + \beta(x_{k+1} - x_k)", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w - (h[0] * g); return s[0] + (h[1] * (s[0] - before)); }),
        new("third: accelerated with k over k+3", "P=y S=x=y T=k F=0 H=s:0.1", @"x_{k+1} = y_k - s\nabla f(y_k)
y_{k+1} = x_{k+1} + \frac{k}{k+3}(x_{k+1} - x_k)", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w - (h[0] * g); return s[0] + ((t - 1) / (t + 2) * (s[0] - before)); }),
        new("third: mirror descent", "P=w H=η:0.1", @"w_{t+1,i} = \frac{w_{t,i}\exp(-\eta g_{t,i})}{\sum_j w_{t,j}\exp(-\eta g_{t,j})}", (s, w, g, t, h) => { var e = w.Select((x, i) => x * Math.Exp(-h[0] * g[i])).ToArray(); var sum = e.Sum(); for (var i = 0; i < w.Length; i++) w[i] = e[i] / sum; }) { Advice = "the sum over a whole tensor is sum(x)" },
        new("third: exponentiated gradient", "P=w H=η:0.1", "w_{t+1} = w_t · exp(−η ∇f(w_t)) / Σ_i w_{t,i} exp(−η ∇_i f(w_t))", Descent) { Advice = "the sum over a whole tensor is sum(x)" },
        new("third: dual averaging", "P=w S=z,s H=η:0.1", @"z_{t+1} = z_t + g_t,\quad w_{t+1} = -\frac{\eta}{\sqrt{t}}\, z_{t+1}", (s, w, g, t, h) => { s[0] += g; return -h[0] / Math.Sqrt(t) * s[0]; }),
        new("third: regularised leader", "P=w H=η:0.1", @"w_{t+1} = \arg\min_w \langle g_{1:t}, w\rangle + \frac{1}{2\eta}\|w\|_2^2", Descent) { Advice = "formulas are the steps of an optimizer and cannot minimise" },
        new("third: Langevin", "P=θ H=ε:0.01", @"\Delta\theta_t = \frac{\epsilon_t}{2}\nabla \log p(\theta_t) + \eta_t, \quad \eta_t \sim N(0,\epsilon_t)", Descent) { Advice = "what is drawn from a distribution is random" },
        new("third: Polyak averaging", "P=θ S=\\bar{θ} H=η:0.1,β:0.9", @"\theta_t = \theta_{t-1} - \eta g_t; \quad \bar\theta_t = \beta\cdot\bar\theta_{t-1} + (1-\beta)\theta_t", Descent),
        new("third: cyclical momentum of a super-convergence", "P=w S=v H=lr:0.1,β:0.9", "v_t = β_t v_{t-1} + (1 − β_t) g_t\nw_t = w_{t-1} − lr_t · v_t", AveragedMomentum),
        new("third: AccSGD", "P=w S=\\bar{w}=w H=δ:0.1,κ:100,ξ:10,ε:0.7", @"\alpha \leftarrow 1 - \frac{\epsilon^2\xi}{\kappa}
\bar{w}_{t+1} \leftarrow \alpha\bar{w}_t + (1-\alpha)\left[w_t - \frac{\kappa\delta}{\epsilon}\hat\nabla f(w_t)\right]
w_{t+1} \leftarrow \frac{\epsilon}{\epsilon+(1-\alpha)}\left[w_t - \delta\hat\nabla f(w_t)\right] + \frac{1-\alpha}{\epsilon+(1-\alpha)}\bar{w}_{t+1}", (s, w, g, t, h) =>
        {
            s[0] = t == 1 ? w : s[0];
            var a = 1 - (h[3] * h[3] * h[2] / h[1]);
            s[0] = (a * s[0]) + ((1 - a) * (w - (h[1] * h[0] / h[3] * g)));
            return (h[3] / (h[3] + 1 - a) * (w - (h[0] * g))) + ((1 - a) / (h[3] + 1 - a) * s[0]);
        }),
        new("third: AdaSmooth-like", "P=w S=s H=η:0.1,ρ_1:0.5,ρ_2:0.99,ε:1e-6,c:0.3", @"s_t = c^2 g_t^2 + (1-c^2)\, s_{t-1}, \quad \Delta w_t = -\frac{\eta}{\sqrt{s_t}+\epsilon}\odot g_t, \quad w_{t+1} = w_t + \Delta w_t", (s, w, g, t, h) => { s[0] = (h[4] * h[4] * g * g) + ((1 - (h[4] * h[4])) * s[0]); return w - (h[0] * g / (Math.Sqrt(s[0]) + h[3])); }),
        new("third: WNGrad", "P=w S=b=1 H=c:0.1", @"b_{j+1} \leftarrow b_j + \frac{c^2}{b_j}\|\nabla f(w_j)\|^2, \quad w_{j+1} \leftarrow w_j - \frac{c}{b_{j+1}}\nabla f(w_j)", (s, w, g, t, h) => { for (var i = 0; i < w.Length; i++) { s[i][0] = t == 1 ? 1 : s[i][0]; s[i][0] += h[0] * h[0] / s[i][0] * Norm(g) * Norm(g); w[i] -= h[0] / s[i][0] * g[i]; } }) { Roles = "P=w T=j S=b=1 H=c:0.1" },
        new("third: AdaGrad-Norm", "P=x S=b=0.1 T=j H=η:0.1", @"b_{j+1}^2 \leftarrow b_j^2 + \|G_j\|^2, \; x_{j+1} \leftarrow x_j - \frac{\eta}{b_{j+1}} G_j", (s, w, g, t, h) => { var b = Math.Sqrt(Math.Pow(t == 1 ? 0.1 : s[0][0], 2) + g.Sum(x => x * x)); s[0][0] = b; Each(w, (x, i) => x - (h[0] / b * g[i])); }) { Roles = "P=x G=G S=b=0.1:tensor T=j H=η:0.1" },
        new("third: AdaNorm written with the square", "P=x S=b T=j H=η:0.1,ε:1e-3", @"b_{j+1} \leftarrow b_j + \|g_j\|^2, \qquad x_{j+1} \leftarrow x_j - \frac{\eta}{\sqrt{b_{j+1}+\epsilon}}\,g_j", (s, w, g, t, h) => { for (var i = 0; i < w.Length; i++) { s[i][0] += Norm(g) * Norm(g); w[i] -= h[0] / Math.Sqrt(s[i][0] + h[1]) * g[i]; } }),
    ];
}
