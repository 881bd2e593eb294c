namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A fifth set, written down before any of it was tried: papers, as their sources and as text copied from their pages.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_fifthPapers =
    [
        new("fifth: page of a PDF, Adam's listing with accents in front", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
Require: α: Step size
Require: β1, β2 ∈ [0, 1): Decay rates of the moment estimates
Require: f(θ): Stochastic objective with parameters θ
Require: θ0: Initial parameters
m0 ← 0 (first moment)
v0 ← 0 (second moment)
t ← 0 (time step)
while θt not converged do
t ← t + 1
gt ← ∇θft(θt−1) (gradient of the objective at step t)
mt ← β1 · mt−1 + (1 − β1) · gt (biased first moment)
vt ← β2 · vt−1 + (1 − β2) · g2
t (biased second moment)
mbt ← mt/(1 − βt
1) (corrected first moment)
vbt ← vt/(1 − βt
2) (corrected second moment)
θt ← θt−1 − α · mbt/(√vbt + ε) (parameters)
end while
return θt (the result)
""", Adam),
        new("fifth: page of a PDF, Adam with hats that survived", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
mt ← β1 · mt−1 + (1 − β1) · gt
vt ← β2 · vt−1 + (1 − β2) · gt²
m̂t ← mt/(1 − β1^t)
v̂t ← vt/(1 − β2^t)
θt ← θt−1 − α · m̂t/(√v̂t + ε)
""", Adam),
        new("fifth: page of a PDF, italics of mathematics", "P=θ S=m H=α:0.1,β:0.9", "𝑚𝑡 = 𝛽𝑚𝑡−1 + (1 − 𝛽)𝑔𝑡\n𝜃𝑡 = 𝜃𝑡−1 − 𝛼𝑚𝑡", AveragedMomentum),
        new("fifth: page of a PDF, number behind and a period", "P=x S=m H=γ:0.1,β:0.9", "mt+1 = βmt + gt, (3)\nxt+1 = xt − γmt+1. (4)", HeavyBall),
        new("fifth: page of a PDF, fraction over three lines", "P=θ S=v H=η:0.1,ε:1e-6", "vt = vt−1 + g²t\nθt+1 = θt −\nη\n√vt + ε\ngt", AdaGrad) { Advice = "stand below a fraction bar that was lost in copying" },
        new("fifth: page of a PDF, AdaDelta", "P=x S=E[g²],E[Δx²] H=ρ:0.9,ε:1e-6", """
Require: Decay rate ρ, Constant ε
Require: Initial parameter x1
1: Initialize accumulation variables E[g²]0 = 0, E[Δx²]0 = 0
2: for t = 1 : T do %% Loop over # of updates
3: Compute Gradient: gt
4: Accumulate Gradient: E[g²]t = ρE[g²]t−1 + (1 − ρ)gt²
5: Compute Update: Δxt = − RMS[Δx]t−1 / RMS[g]t gt
6: Accumulate Updates: E[Δx²]t = ρE[Δx²]t−1 + (1 − ρ)Δxt²
7: Apply Update: xt+1 = xt + Δxt
8: end for
""", AdaDelta) { Advice = "write which" },
        new("fifth: page of a PDF, Lion's listing", "P=θ S=m H=η:0.01,β1:0.9,β2:0.99,λ:0.1", """
given β1, β2, λ, η, f
initialize θ0, m0 ← 0
while θt not converged do
gt ← ∇θf(θt−1)
update model parameters
ct ← β1mt−1 + (1 − β1)gt
θt ← θt−1 − ηt(sign(ct) + λθt−1)
update EMA of gt
mt ← β2mt−1 + (1 − β2)gt
end while
return θt
""", Lion),
        new("fifth: algorithmic, Require and Ensure", "P=\\theta S=r H=ε:0.1,ρ:0.9,δ:1e-6", """
\begin{algorithm}
\caption{Root mean square propagation}
\begin{algorithmic}[1]
\REQUIRE Global learning rate $\epsilon$, decay rate $\rho$
\REQUIRE Initial parameter $\theta$
\REQUIRE Small constant $\delta$, usually $10^{-6}$
\STATE Initialize accumulation variables $r = 0$
\WHILE{stopping criterion not met}
\STATE Sample a minibatch of $m$ examples $\{x^{(1)},\dots,x^{(m)}\}$ with targets $y^{(i)}$
\STATE Compute gradient: $g \leftarrow \frac{1}{m}\nabla_{\theta}\sum_i L(f(x^{(i)};\theta),y^{(i)})$
\STATE Accumulate squared gradient: $r \leftarrow \rho r + (1-\rho)\, g \odot g$
\STATE Compute parameter update: $\Delta\theta = -\frac{\epsilon}{\sqrt{\delta + r}} \odot g$
\STATE Apply update: $\theta \leftarrow \theta + \Delta\theta$
\ENDWHILE
\end{algorithmic}
\end{algorithm}
""", RmsPropInside),
        new("fifth: algpseudocode with comments", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
\begin{algorithmic}
\Require $x_1 \in \mathcal{F}$, step size $\{\alpha_t\}_{t=1}^T$
\For{$t = 1$ \textbf{to} $T$}
  \State $g_t = \nabla f_t(x_t)$ \Comment{stochastic gradient}
  \State $m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t$
  \State $v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2$
  \State $x_{t+1} = x_t - \alpha_t m_t / (\sqrt{v_t} + \epsilon)$ \Comment{no bias correction}
\EndFor
\end{algorithmic}
""", AdamUncorrected),
        new("fifth: algorithm2e", "P=w S=v H=\\eta:0.1,\\mu:0.9", """
\begin{algorithm}[H]
\SetAlgoLined
\KwIn{learning rate $\eta$, momentum $\mu$}
\KwResult{trained weights $w$}
$v \gets 0$\;
\While{not converged}{
  $g \gets \nabla_w \mathcal{L}(w)$\;
  $v \gets \mu v + g$\tcp*{accumulate}
  $w \gets w - \eta v$\;
}
\Return{$w$}\;
\end{algorithm}
""", HeavyBall),
        new("fifth: AdaMomentum", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t
v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) m_t^2 + \epsilon
\hat{m}_t \leftarrow m_t/(1-\beta_1^t), \quad \hat{v}_t \leftarrow v_t/(1-\beta_2^t)
\theta_t \leftarrow \theta_{t-1} - \alpha \hat{m}_t / \sqrt{\hat{v}_t}", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * s[0] * s[0]) + h[3]; return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t)))); }),
        new("fifth: ADOPT with its first step apart", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"v_0 \leftarrow g_0 \odot g_0
for t = 1 to T do
  m_t \leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \frac{g_t}{\max\{\sqrt{v_{t-1}}, \epsilon\}}
  \theta_t \leftarrow \theta_{t-1} - \alpha_t m_t
  v_t \leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) g_t \odot g_t
end for", Adopt) { Advice = "let that step do it: 'if t == 1:'" },
        new("fifth: rate over a sum of squares", "P=x S=G H=η:0.1,ε:0.1", @"x_{t+1} = x_t - \frac{\eta\sqrt{t}\, g_t}{\sum_{s=1}^{t} g_s^2 + \epsilon}", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] * Math.Sqrt(t) * g / (s[0] + h[1])); }) { Advice = "written s = s + …" },
        new("fifth: AdamW in one display with decoupling", "P=θ S=m,v H=η:1,α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"\boldsymbol{\theta}_t \leftarrow \boldsymbol{\theta}_{t-1} - \eta_t \left( \alpha \hat{\boldsymbol m}_t / (\sqrt{\hat{\boldsymbol v}_t} + \epsilon) + \lambda \boldsymbol\theta_{t-1}\right), \text{ where } \boldsymbol m_t = \beta_1 \boldsymbol m_{t-1} + (1-\beta_1)\boldsymbol g_t, \ \boldsymbol v_t = \beta_2 \boldsymbol v_{t-1} + (1-\beta_2)\boldsymbol g_t^2, \ \hat{\boldsymbol m}_t = \boldsymbol m_t/(1-\beta_1^t), \ \hat{\boldsymbol v}_t = \boldsymbol v_t/(1-\beta_2^t)", (s, w, g, t, h) => w - (h[0] * ((h[1] * AdamDirection(s, g, t, [h[1], h[2], h[3], h[4]])) + (h[5] * w)))),
        new("fifth: NovoGrad's listing", "P=w S=m,v H=λ:0.01,β_1:0.9,β_2:0.9,ε:1e-6,d:0.01", """
for t=1 to T do
  g_t^l ← ∇L(w_t)
  v_t^l = β_2 · v_{t−1}^l + (1 − β_2) · ||g_t^l||^2
  m_t^l = β_1 · m_{t−1}^l + ( g_t^l / (\sqrt{v_t^l} + ε) + d · w_t^l )
  w_{t+1}^l = w_t^l − λ_t · m_t^l
end for
""", (s, w, g, t, h) => Each(w, (x, i) => { s[i][1] = (h[2] * s[i][1]) + ((1 - h[2]) * Norm(g) * Norm(g)); s[i][0] = (h[1] * s[i][0]) + (g[i] / (Math.Sqrt(s[i][1]) + h[3])) + (h[4] * x); return x - (h[0] * s[i][0]); })),
        new("fifth: LARS of layers", "P=w S=v H=γ:0.1,m:0.9,η:0.01,β:0.01", @"\lambda^l \leftarrow \eta \cdot \frac{\|w_t^l\|}{\|g_t^l\| + \beta \|w_t^l\|}
v_{t+1}^l \leftarrow m v_t^l + \gamma \cdot \lambda^l \cdot (g_t^l + \beta w_t^l)
w_{t+1}^l \leftarrow w_t^l - v_{t+1}^l", (s, w, g, t, h) => { var r = h[2] * Norm(w) / (Norm(g) + (h[3] * Norm(w))); Each(w, (x, i) => { s[i][0] = (h[1] * s[i][0]) + (h[0] * r * (g[i] + (h[3] * x))); return x - s[i][0]; }); }),
        new("fifth: SignSGD with majority's words", "P=x H=δ:0.1", @"x_{k+1} \leftarrow x_k - \delta_k\, \text{sign}(\tilde{g}_k)", Sign) { Roles = "P=x G=\\tilde{g} T=k H=δ:0.1" },
        new("fifth: heavy ball in two variables", "P=x S=m H=γ:0.1,β:0.9", @"\left\{\begin{aligned} m^{t+1} &= \beta m^{t} + \nabla f(x^{t}) \\ x^{t+1} &= x^{t} - \gamma m^{t+1} \end{aligned}\right.", HeavyBall),
        new("fifth: subequations with labels", "P=x S=y_{t-1}=x H=η:0.1,μ:0.9", @"\begin{subequations}
\begin{align}
x_{t+1} &= x_t - \eta \nabla f(x_t) + \mu (x_t - x_{t-1}) \label{eq:hb}
\end{align}
\end{subequations}", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w; return w - (h[0] * g) + (h[1] * (w - before)); }) { Roles = "P=x S=x_{t-1}=x H=η:0.1,μ:0.9" },
        new("fifth: a norm per step, adaptive", "P=x S=b=1:tensor H=η:0.1", @"b_{t+1}^2 \leftarrow b_t^2 + \|G_t\|^2; \quad x_{t+1} \leftarrow x_t - \frac{\eta}{b_{t+1}} G_t", (s, w, g, t, h) => { var b = Math.Sqrt(Math.Pow(t == 1 ? 1 : s[0][0], 2) + Math.Pow(Norm(g), 2)); s[0][0] = b; Each(w, (x, i) => x - (h[0] / b * g[i])); }) { Roles = "P=x G=G S=b=1:tensor H=η:0.1" },
        new("fifth: PIDAO-like three terms", "P=θ S=I,g_{t-1} H=k_p:0.1,k_i:0.01,k_d:0.05", @"I_t = I_{t-1} + g_t,\qquad \theta_{t+1} = \theta_t - k_p g_t - k_i I_t - k_d (g_t - g_{t-1})", (s, w, g, t, h) => { s[0] += g; var r = w - (h[0] * g) - (h[1] * s[0]) - (h[2] * (g - s[1])); s[1] = g; return r; }),
        new("fifth: Adan in three moments", "P=θ S=m,v,n,g_{t-1} H=η:0.01,β_1:0.1,β_2:0.1,β_3:0.01,ε:1e-6,λ:0.1", @"m_k = (1-\beta_1) m_{k-1} + \beta_1 g_k
v_k = (1-\beta_2) v_{k-1} + \beta_2 (g_k - g_{k-1})
n_k = (1-\beta_3) n_{k-1} + \beta_3 \left[g_k + (1-\beta_2)(g_k - g_{k-1})\right]^2
\eta_k = \eta \big/ \left(\sqrt{n_k} + \varepsilon\right)
\theta_{k+1} = (1 + \lambda\eta)^{-1}\left[\theta_k - \eta_k \circ (m_k + (1-\beta_2) v_k)\right]", (s, w, g, t, h) =>
        {
            var d = g - s[3];
            s[0] = ((1 - h[1]) * s[0]) + (h[1] * g);
            s[1] = ((1 - h[2]) * s[1]) + (h[2] * d);
            s[2] = ((1 - h[3]) * s[2]) + (h[3] * Math.Pow(g + ((1 - h[2]) * d), 2));
            s[3] = g;
            return (w - (h[0] / (Math.Sqrt(s[2]) + h[4]) * (s[0] + ((1 - h[2]) * s[1])))) / (1 + (h[5] * h[0]));
        }) { Roles = "P=θ T=k S=m,v,n,g_{k-1} H=η:0.01,β_1:0.1,β_2:0.1,β_3:0.01,ε:1e-6,λ:0.1" },
        new("fifth: schedule-free, k for steps", "P=y S=z=y,x=y H=γ:0.1,β:0.9", @"\begin{align}
y_t & = (1-\beta)z_{t} + \beta x_{t}, \\
z_{t+1} & =z_{t}-\gamma\nabla f(y_{t},\zeta_t), \\
x_{t+1} & =\left(1-c_{t+1}\right)x_{t}+c_{t+1}z_{t+1},
\end{align}
where $c_{t+1} = 1/(t+1)$.", Descent) { Advice = "put the statement before that assignment" },
        new("fifth: Adafactor's clipping by the root mean square", "P=X S=V H=ρ:0.01,d:1,ε:1e-3,c:0.8", """
ρ_t ← ρ
β̂_t ← 1 − t^{−c}
V_t ← β̂_t V_{t−1} + (1 − β̂_t)(G_t² + ε)
U_t ← G_t / √V_t
Û_t ← U_t / max(1, RMS(U_t)/d)
X_t ← X_{t−1} − ρ_t Û_t
""", (s, w, g, t, h) => { var b = 1 - Math.Pow(t, -h[3]); var u = w.Select((_, i) => { s[i][0] = (b * s[i][0]) + ((1 - b) * ((g[i] * g[i]) + h[2])); return g[i] / Math.Sqrt(s[i][0]); }).ToArray(); var r = Math.Max(1, Math.Sqrt(u.Average(x => x * x)) / h[1]); Each(w, (x, i) => x - (h[0] * u[i] / r)); }) { Roles = "P=X G=G S=V H=ρ:0.01,d:1,ε:1e-3,c:0.8" },
        new("fifth: Tiger in one line each", "P=θ S=m H=η:0.01,β:0.9,λ:0.1", @"\left\{\begin{aligned} &\boldsymbol{m}_t = \beta \boldsymbol{m}_{t-1} + \left(1 - \beta\right) \boldsymbol{g}_t \\ &\boldsymbol{\theta}_t = \boldsymbol{\theta}_{t-1} - \eta_t \left[\text{sign}(\boldsymbol{m}_t) \color{skyblue}{ + \lambda_t \boldsymbol{\theta}_{t-1}}\right] \\ \end{aligned}\right.", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * (Math.Sign(s[0]) + (h[2] * w))); }),
        new("fifth: momentum with a dot for the time derivative", "P=x S=v H=η:0.1,γ:0.5", @"v_{k+1} = (1-\gamma) v_k - \eta \nabla f(x_k), \qquad x_{k+1} = x_k + v_{k+1}, \qquad k = 0, 1, 2, \ldots", (s, w, g, t, h) => { s[0] = ((1 - h[1]) * s[0]) - (h[0] * g); return w + s[0]; }) { Roles = "P=x T=k S=v H=η:0.1,γ:0.5" },
        new("fifth: bracketed superscripts of agents", "P=w H=η:0.1,c:1", @"w^{(k+1)} = w^{(k)} - \eta \, \mathrm{clip}\!\left(g^{(k)}, c\right), \quad \mathrm{clip}(x, c) = \min\!\left(1, \frac{c}{\|x\|_2}\right) x", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * Math.Min(1, h[1] / Norm(g)) * g[i]))) { Roles = "P=w T=k H=η:0.1,c:1" },
        new("fifth: exponents of decays as in copies", "P=θ S=m,v H=α:0.01,β1:0.9,β2:0.99,ε:1e-8", """
mt = β1 mt−1 + (1 − β1) gt
vt = β2 vt−1 + (1 − β2) gt2
m̂t = mt / (1 − β1t)
v̂t = vt / (1 − β2t)
θt = θt−1 − α m̂t / (√v̂t + ε)
""", Adam),
        new("fifth: LAMB with phi", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
\STATE $m_{t} = \beta_1 m_{t-1} + (1 - \beta_1) g_t$
\STATE $v_{t} = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$
\STATE $m_t = m_t / (1 - \beta_1^t)$
\STATE $v_t = v_t / (1 - \beta_2^t)$
\STATE Compute ratio $r_t = \frac{m_t}{\sqrt{v_t} + \epsilon}$
\STATE $x_{t+1}^{(i)} = x_t^{(i)} - \eta_t \frac{\phi(\|x_t^{(i)}\|)}{\|r_t^{(i)} + \lambda x_t^{(i)}\|} (r_t^{(i)} + \lambda x_t^{(i)})$
""", Adam) { Advice = "as in 'm̂ = m_t / (1 - \\beta_1^t)'" },
        new("fifth: projected step with argmin", "P=x H=η:0.1", @"x_{t+1} = \arg\min_{x \in \mathcal{X}} \left\{ \langle g_t, x \rangle + \frac{1}{2\eta}\|x - x_t\|^2 \right\}", Descent) { Advice = "cannot minimise" },
        new("fifth: second-order clipping, Sophia's loop", "P=θ S=m,h H=η:0.01,β_1:0.9,γ:0.05,ε:1e-6,λ:0.1", """
θ_t = θ_{t-1} − η_t λ θ_{t-1}
m_t = β_1 m_{t-1} + (1 − β_1) g_t
θ_{t+1} = θ_t − η_t · clip(m_t / max{γ · h_t, ε}, 1)
""", (s, w, g, t, h) => w) { Advice = "write both as 'θ = …', one below the other" },
    ];
}
