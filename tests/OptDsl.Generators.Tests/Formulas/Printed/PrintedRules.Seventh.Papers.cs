namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A seventh set, written down before any of it was tried: what papers, books and their copies give.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_seventhPapers =
    [
        new("seventh: paper with its macros in front", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\newcommand{\bone}{\beta_1}
\newcommand{\btwo}{\beta_2}
\newcommand{\EMA}[3]{#1 #2 + (1-#1) #3}
\begin{align}
m_t &= \EMA{\bone}{m_{t-1}}{g_t}\\
v_t &= \EMA{\btwo}{v_{t-1}}{g_t^2}\\
\theta_t &= \theta_{t-1} - \alpha \frac{m_t}{\sqrt{v_t}+\epsilon}
\end{align}", AdamUncorrected),
        new("seventh: paper, def and let", "P=x S=m H=η:0.1,β:0.9", @"\def\x{\mathbf{x}} \def\m{\mathbf{m}} \let\eps\varepsilon
$\m_{t+1} = \beta\m_t + (1-\beta)\nabla f(\x_t)$, $\x_{t+1} = \x_t - \eta\m_{t+1}$", AveragedMomentum),
        new("seventh: paper, operators declared", "P=x S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"\DeclareMathOperator{\sgn}{sgn}
\begin{align}
u_t &= \sgn\left(\beta_1 m_{t-1} + (1-\beta_1)g_t\right)\\
m_t &= \beta_2 m_{t-1} + (1-\beta_2)g_t\\
x_t &= x_{t-1} - \eta(u_t + \lambda x_{t-1})
\end{align}", Lion),
        new("seventh: AdaGrad-Norm as a theorem's algorithm", "P=x S=b:tensor H=η:0.1", """
Algorithm 1 AdaGrad-Norm
1: Input: Initialize x_0 ∈ R^d, b_0 > 0, η > 0
2: for j = 1, 2, . . . do
3:   Generate ξ_{j−1} and G_{j−1} = G(x_{j−1}, ξ_{j−1})
4:   b_j² ← b_{j−1}² + ‖G_{j−1}‖²
5:   x_j ← x_{j−1} − (η/b_j) G_{j−1}
6: end for
""", (s, w, g, t, h) => { var b = Math.Sqrt((s[0][0] * s[0][0]) + g.Sum(x => x * x)); foreach (var state in s) state[0] = b; Each(w, (x, i) => x - (h[0] / b * g[i])); }) { Roles = "P=x G=G T=j S=b:tensor H=η:0.1" },
        new("seventh: textbook, AdaGrad-Norm as display", "P=x S=b:tensor H=η:0.1", @"b_{k+1}^2 = b_k^2 + \|\nabla f(x_k)\|^2, \qquad x_{k+1} = x_k - \frac{\eta}{b_{k+1}} \nabla f(x_k)", (s, w, g, t, h) => { var b = Math.Sqrt((s[0][0] * s[0][0]) + g.Sum(x => x * x)); foreach (var state in s) state[0] = b; Each(w, (x, i) => x - (h[0] / b * g[i])); }) { Roles = "P=x T=k S=b:tensor H=η:0.1" },
        new("seventh: theorem that states its step", "P=x S= H=L:10", @"\begin{theorem}
Let $f$ be convex and $L$-smooth, and let $\eta = 1/L$. Then the iterates of $x_{t+1} = x_t - \eta\nabla f(x_t)$ satisfy
\[ f(x_T) - f(x^\star) \le \frac{L\|x_0-x^\star\|^2}{2T}. \]
\end{theorem}", (s, w, g, t, h) => w - (g / h[0])),
        new("seventh: soft threshold by elements", "P=β H=t:0.1,λ:0.1", @"\beta^{+} = S_{\lambda t}\left(\beta - t \nabla g(\beta)\right), \quad [S_{\lambda}(\beta)]_i = \begin{cases} \beta_i - \lambda & \text{if } \beta_i > \lambda \\ 0 & \text{if } -\lambda \le \beta_i \le \lambda \\ \beta_i + \lambda & \text{if } \beta_i < -\lambda \end{cases}", (s, w, g, t, h) => { var z = w - (h[0] * g); var c = h[0] * h[1]; return z > c ? z - c : z < -c ? z + c : 0; }) { Roles = "P=β T=k H=t:0.1,λ:0.1" },
        new("seventh: proximal step with its closed form", "P=x H=α:0.1,λ:0.1", @"x_{k+1} = \operatorname{sign}(z_k)\max(|z_k| - \alpha\lambda, 0), \quad z_k = x_k - \alpha\nabla f(x_k)", (s, w, g, t, h) => { var z = w - (h[0] * g); return Math.Sign(z) * Math.Max(Math.Abs(z) - (h[0] * h[1]), 0); }) { Roles = "P=x T=k H=α:0.1,λ:0.1" },
        new("seventh: PDF, superscripts lost in a listing", "P=θ S=m,v H=α:0.01,β1:0.9,β2:0.99,ε:1e-6", """
mt ← β1 · mt−1 + (1 − β1) · gt (Update biased first moment estimate)
vt ← β2 · vt−1 + (1 − β2) · g2
t (Update biased second raw moment estimate)
m̂t ← mt/(1 − β1^t) (Compute bias-corrected first moment estimate)
v̂t ← vt/(1 − β2^t) (Compute bias-corrected second raw moment estimate)
θt ← θt−1 − α · m̂t/(√v̂t + ε) (Update parameters)
""", Adam),
        new("seventh: PDF, words broken by hyphens", "P=w S=m H=η:0.1,β:0.9", """
We main-
tain an exponential moving aver-
age m_t = β m_{t−1} + (1 − β) g_t of
the gradient and update w_{t+1} = w_t −
η m_t.
""", AveragedMomentum),
        new("seventh: PDF, page header between rows", "P=x S=v H=α:0.1,β:0.9", """
v_{t+1} = βv_t + ∇f(x_t)
Published as a conference paper at ICLR 2020
x_{t+1} = x_t − αv_{t+1}
7
""", HeavyBall) { Advice = "leave it out where it is the number of a page", Mended = "v_{t+1} = βv_t + ∇f(x_t)\nPublished as a conference paper at ICLR 2020\nx_{t+1} = x_t − αv_{t+1}" },
        new("seventh: Word, linear format", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ϵ:1e-6", """
m_t=β_1 m_(t-1)+(1-β_1 ) g_t
v_t=β_2 v_(t-1)+(1-β_2 ) g_t^2
θ_t=θ_(t-1)-α m_t/(√(v_t )+ϵ)
""", AdamUncorrected),
        new("seventh: Word, boxes of fractions and matrices", "P=w S=s H=η:0.1,ρ:0.9,ε:1e-6", """
s_t=ρs_(t-1)+(1-ρ) g_t⊙g_t
w_(t+1)=w_t-η/√(s_t+ε) g_t
""", RmsPropInside) { Advice = "can mean η/(√(s_t+ε) g_t) or (η/√(s_t+ε))g_t", Mended = "s_t=ρs_(t-1)+(1-ρ) g_t⊙g_t\nw_(t+1)=w_t-(η/√(s_t+ε)) g_t" },
        new("seventh: AsciiMath", "P=theta S=v H=eta:0.1,beta:0.9,epsilon:1e-6", """
`v_t = beta v_(t-1) + (1-beta) g_t^2`
`theta_(t+1) = theta_t - eta/(sqrt(v_t) + epsilon) g_t`
""", RmsProp) { Advice = "can mean eta/((sqrt(v_t) + epsilon) g_t)", Mended = "`v_t = beta v_(t-1) + (1-beta) g_t^2`\n`theta_(t+1) = theta_t - (eta/(sqrt(v_t) + epsilon)) g_t`" },
        new("seventh: Typst with functions", "P=θ S=m,v H=alpha:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
$ m_t &= beta_1 m_(t-1) + (1 - beta_1) g_t \
  v_t &= beta_2 v_(t-1) + (1 - beta_2) g_t^2 \
  hat(m)_t &= m_t / (1 - beta_1^t), quad hat(v)_t = v_t / (1 - beta_2^t) \
  theta_t &= theta_(t-1) - alpha hat(m)_t / (sqrt(hat(v)_t) + epsilon) $
""", Adam),
        new("seventh: MathML source", "P=w H=η:0.1", """
<math><msub><mi>w</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><msub><mi>w</mi><mi>t</mi></msub><mo>-</mo><mi>η</mi><msub><mi>g</mi><mi>t</mi></msub></math>
""", Descent),
        new("seventh: MathML source, fraction and root", "P=w S=s H=η:0.1,ε:1e-6", """
<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">
  <msub><mi>s</mi><mi>t</mi></msub><mo>=</mo><msub><mi>s</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>+</mo><msubsup><mi>g</mi><mi>t</mi><mn>2</mn></msubsup>
</math>
<math display="block">
  <msub><mi>w</mi><mi>t</mi></msub><mo>=</mo><msub><mi>w</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>−</mo><mfrac><mi>η</mi><msqrt><msub><mi>s</mi><mi>t</mi></msub><mo>+</mo><mi>ε</mi></msqrt></mfrac><msub><mi>g</mi><mi>t</mi></msub>
</math>
""", AdaGradInside),
        new("seventh: algorithm2e source", "P=θ S=m,v H=\\alpha:0.01,\\beta_1:0.9,\\beta_2:0.99,\\epsilon:1e-6", @"\begin{algorithm2e}
\KwIn{learning rate $\alpha$, decay rates $\beta_1,\beta_2$}
\KwOut{$\theta_T$}
$m_0 \gets 0$\; $v_0 \gets 0$\;
\For{$t\gets1$ \KwTo $T$}{
  $g_t \gets \nabla_\theta f_t(\theta_{t-1})$\tcp*{stochastic gradient}
  $m_t \gets \beta_1 m_{t-1} + (1-\beta_1) g_t$\;
  $v_t \gets \beta_2 v_{t-1} + (1-\beta_2) g_t^2$\;
  $\theta_t \gets \theta_{t-1} - \alpha\, m_t / (\sqrt{v_t} + \epsilon)$\;
}
\Return{$\theta_T$}
\end{algorithm2e}", AdamUncorrected),
        new("seventh: listing with colours for two methods", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"g_t = \nabla f_t(x_{t-1}) {\color{magenta}{} + \lambda x_{t-1}} \\
m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t \\
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\
x_t = x_{t-1} - \alpha \hat m_t/(\sqrt{\hat v_t}+\epsilon) \\
\hat m_t = m_t/(1-\beta_1^t), \hat v_t = v_t/(1-\beta_2^t)", AdamCoupled),
        new("seventh: paper, min-max with subscript brackets", "P=w S=m,v H=η:0.1,β_1:0.9,β_2:0.99,ε:1e-6", @"[m_{t}]_i = \beta_1 [m_{t-1}]_i + (1-\beta_1)[g_t]_i,\quad [v_t]_i = \beta_2[v_{t-1}]_i + (1-\beta_2)[g_t]_i^2,\quad [w_{t+1}]_i = [w_t]_i - \eta\frac{[m_t]_i}{\sqrt{[v_t]_i}+\epsilon}", AdamUncorrected),
        new("seventh: paper, indices before times", "P=θ S=v H=η:0.1,ε:1e-6", @"v_{i}^{(t)} = v_i^{(t-1)} + \left(\frac{\partial \mathcal{L}}{\partial \theta_i}\right)^2, \quad \theta_{i}^{(t+1)} = \theta_i^{(t)} - \frac{\eta}{\sqrt{v_i^{(t)}} + \varepsilon}\frac{\partial \mathcal{L}}{\partial \theta_i}", AdaGrad),
        new("seventh: paper, normalised descent in one line", "P=x H=η:0.1,ε:1e-6", @"x_{t+1} = x_t - \eta_t \frac{g_t}{\max\{1, \lVert g_t\rVert_2/\varepsilon\}}", (s, w, g, t, h) => { var n = Math.Max(1, Norm(g) / h[1]); Each(w, (x, i) => x - (h[0] * g[i] / n)); }),
        new("seventh: paper, STORM's variance reduction", "P=x S=d,g_{t-1} H=η:0.1,a:0.1", @"d_t = \nabla f(x_t;\xi_t) + (1-a)\left(d_{t-1} - \nabla f(x_{t-1};\xi_t)\right), \quad x_{t+1} = x_t - \eta d_t", Descent) { Advice = "which the caller does not compute; give it to the rule as a state" },
        new("seventh: paper, dual averaging", "P=x S=z H=γ:0.1", @"z_{k+1} = z_k + g_k,\qquad x_{k+1} = -\frac{\gamma}{\sqrt{k+1}} z_{k+1}", (s, w, g, t, h) => { s[0] += g; return -h[0] / Math.Sqrt(t) * s[0]; }) { Roles = "P=x T=k F=0 S=z H=γ:0.1" },
        new("seventh: paper, heavy ball with two points", "P=x H=α:0.1,β:0.9", @"x_{k+1} = x_k - \alpha \nabla f(x_k) + \beta (x_k - x_{k-1})", (s, w, g, t, h) => { var p = t == 1 ? w : s[0]; s[0] = w; return w - (h[0] * g) + (h[1] * (w - p)); }) { Roles = "P=x T=k S=x_{k-1}=x H=α:0.1,β:0.9" },
        new("seventh: paper, anytime averaging", "P=w S=z=w H=η:0.1", @"z_{t+1} = z_t - \eta \alpha_t g_t,\quad w_{t+1} = \frac{\sum_{i=1}^{t+1}\alpha_i z_i}{\sum_{i=1}^{t+1}\alpha_i}", Descent) { Advice = "a sum over the steps so far is a state" },
        new("seventh: book of exercises, Barzilai and Borwein", "P=x T=k S=x_{k-1},g_{k-1} H=α:0.1", @"x_{k+1} = x_k - \alpha_k g_k, \quad \alpha_k = \frac{s_{k-1}^\top s_{k-1}}{s_{k-1}^\top y_{k-1}}, \quad s_{k-1} = x_k - x_{k-1},\; y_{k-1} = g_k - g_{k-1}", Descent) { Advice = "can mean the inner product of two vectors" },
        new("seventh: slides, exponential average with a box around", "P=W S=V_{dW} H=α:0.1,β:0.9", """
On iteration t:
  Compute dW on current mini-batch
  V_dW = β V_dW + (1 − β) dW
  W = W − α V_dW
""", AveragedMomentum) { Roles = "P=W G=dW S=V_dW H=α:0.1,β:0.9" },
    ];
}
