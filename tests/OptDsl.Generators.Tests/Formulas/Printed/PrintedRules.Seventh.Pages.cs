namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A seventh set, written down before any of it was tried: what pages, notes and questions give.</summary>
internal static partial class PrintedRules
{
    private const string Seventh = "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6";

    private static double AdamWFoldedFirst(double[] s, double w, double g, double t, double[] h)
    {
        w -= h[4] * h[0] * w;
        return AdamFoldedRate(s, w, g, t, h);
    }

    private static readonly PrintedRule[] s_seventhPages =
    [
        new("seventh: blog in Markdown that ate its underscores", Seventh, @"[ $m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ ] [ $v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$ ] [ $\hat{m}_t = \frac{m_t}{1 - \beta_1^t}$ ] [ $\hat{v}t = \frac{v_t}{1 - \beta_2^t}$ ] [ $\theta{t+1} = \theta_t - \alpha \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}$ ]", Adam),
        new("seventh: README, two methods in one display", "P=w S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
$$
\begin{aligned}
m_t &= \beta_1 m_{t-1} + (1-\beta_1)\, g_t \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2 \\
\hat m_t &= m_t / (1-\beta_1^{\,t}) \\
\hat v_t &= v_t / (1-\beta_2^{\,t}) \\
\Delta_t &= \alpha \,\hat m_t / (\sqrt{\hat v_t} + \epsilon) \\
w_t &= w_{t-1} - \Delta_t \qquad\text{(Adam)} \\
w_t &= w_{t-1} - \Delta_t - \alpha\,\lambda\, w_{t-1} \qquad\text{(AdamW, decoupled decay }\lambda)
\end{aligned}
$$
""", (s, w, g, t, h) => w - (h[0] * AdamDirection(s, g, t, h)) - (h[0] * h[4] * w)) { Advice = "these are two methods, or two forms of one; leave one of them out" },
        new("seventh: assignment sheet with bare numbers of lines", "P=theta S=m,v H=eta:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6,lambda:0.1", """
1  init(theta)  Initialize learnable parameters
2  m_0 <- 0  Initial value of the first moment vector; same shape as theta
3  v_0 <- 0  Initial value of the second moment vector; same shape as theta
4  for t = 1, ..., T do
5      Sample batch of data B_t
6      g_t <- nabla L(B_t; theta_{t-1})  Compute the gradient of the loss
7      alpha_t <- eta * sqrt(1 - beta_2^t) / (1 - beta_1^t)  Compute adjusted eta for iteration t
8      theta_t <- theta_{t-1} - lambda * eta * theta_{t-1}  Apply weight decay
9      m_t <- beta_1 * m_{t-1} + (1 - beta_1) * g_t  Update the first moment estimate
10     v_t <- beta_2 * v_{t-1} + (1 - beta_2) * g_t^2  Update the second moment estimate
11     theta_t <- theta_t - alpha_t * m_t / (sqrt(v_t) + epsilon)  Apply moment-adjusted weight updates
12 end for
""", AdamWFoldedFirst),
        new("seventh: docstring with lines of ASCII", "P=theta S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6,wd:0.1", """
    theta_t <- theta_{t-1} - lr * wd * theta_{t-1}     # decoupled
    m_t = b1 * m_{t-1} + (1 - b1) * g_t
    v_t = b2 * v_{t-1} + (1 - b2) * g_t^2
    m_hat = m_t / (1 - b1^t)
    v_hat = v_t / (1 - b2^t)
    theta_t <- theta_t - lr * m_hat / (sqrt(v_hat) + eps)
""", (s, w, g, t, h) => { w -= h[0] * h[4] * w; return Adam(s, w, g, t, h); }),
        new("seventh: notes with zeros on one line", "P=theta S=m,v H=alpha:0.01,beta_1:0.9,beta_2:0.99,eps:1e-6", """
m_0, v_0, t  <-  0, 0, 0
while not converged:
    t   <- t + 1
    g_t <- grad_theta f_t(theta_{t-1})
    m_t <- beta_1 * m_{t-1} + (1 - beta_1) * g_t            # 1st moment EMA
    v_t <- beta_2 * v_{t-1} + (1 - beta_2) * g_t^2          # 2nd raw moment EMA (elementwise)
    m_hat <- m_t / (1 - beta_1^t)                           # bias correction
    v_hat <- v_t / (1 - beta_2^t)
    theta_t <- theta_{t-1} - alpha * m_hat / (sqrt(v_hat) + eps)
""", Adam),
        new("seventh: flash cards", "P=x S=M,V H=a:0.01,γ_1:0.9,γ_2:0.99,ε:1e-6", """
For all dimensions i:
- M_t,i = γ_1 M_t-1,i + (1-γ_1) d/dx_t,i f(x_t)
- V_t,i = γ_2 V_t-1,i + (1-γ_2)(d/dx_t,i f(x_t))^2
x_t+1,i = x_t,i - a M_t,i / (ε+sqrt(V_t,i))
""", AdamUncorrected),
        new("seventh: wiki of notes, where in the formula", "P=w S=v H=α:0.1,μ:0.9", @"$$ \text{New Update Rule} \\ w_{i+1} = w_i - \alpha v_i\\ \text{where } v_i = \nabla_w L(w_i) + \mu v_{i-1} \text{ - blend in previous direction} $$", HeavyBall) { Roles = "P=w T=i S=v H=α:0.1,μ:0.9" },
        new("seventh: fence of math with quoted dollars", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
**Mathematical Formulation:**
```math
\begin{align}
m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
\hat{m}_t &= \frac{m_t}{1 - \beta_1^t} \\
\hat{v}_t &= \frac{v_t}{1 - \beta_2^t} \\
\theta_t &= \theta_{t-1} - \frac{\alpha}{\sqrt{\hat{v}_t} + \epsilon} \hat{m}_t - \alpha \lambda \theta_{t-1}
\end{align}
```

Where:
- $`\alpha`$ is the learning rate
- $`\beta_1, \beta_2`$ are momentum parameters
- $`\lambda`$ is the weight decay parameter
""", AdamDecayFirst),
        new("seventh: string of a program with doubled backslashes", Seventh, @"""latex"": ""m_t=\\beta_1 m_{t-1}+(1-\\beta_1)g_t"",
""latex"": ""v_t=\\beta_2 v_{t-1}+(1-\\beta_2)g_t^2"",
""latex"": ""\\hat{m}_t=\\frac{m_t}{1-\\beta_1^t},\\quad \\hat{v}_t=\\frac{v_t}{1-\\beta_2^t}"",
""latex"": ""\\theta_t\\leftarrow\\theta_{t-1}-\\alpha\\frac{\\hat{m}_t}{\\sqrt{\\hat{v}_t}+\\epsilon}"",", Adam),
        new("seventh: template braces of a static site", "P=θ S=ν H=α:0.1,β:0.9", @"{% \nu_t = \beta \nu_{t-1} - \alpha \nabla J(\theta_t) %}
{% \theta_{t+1} = \theta_t + \nu_t %}", InnerMomentum),
        new("seventh: flash cards, RMSProp in Anki brackets", "P=w S=s H=η:0.1,ρ:0.9,ε:1e-6", @"[$$]s_t = \rho s_{t-1} + (1-\rho) g_t^2[/$$]<br>[$$]w_{t+1} = w_t - \frac{\eta}{\sqrt{s_t}+\epsilon} g_t[/$$]", RmsProp),
        new("seventh: Chinese notes, full stops and semicolons", "P=θ S=m,v H=η:0.01,β1:0.9,β2:0.99,ε:1e-6", """
Adam 的更新步骤：
① 计算梯度：g_t = ∇θ J(θ)；
② 一阶矩：m_t = β1·m_{t−1} + (1−β1)·g_t；
③ 二阶矩：v_t = β2·v_{t−1} + (1−β2)·g_t²；
④ 偏差修正：m̂_t = m_t / (1−β1^t)，v̂_t = v_t / (1−β2^t)；
⑤ 更新参数：θ = θ − η·m̂_t / (√v̂_t + ε)。
""", Adam),
        new("seventh: German notes with decimal commas", "P=w S=v H=η:0.1", """
Impuls (α = 0,9):
v ← 0,9 · v − η · ∇E(w)
w ← w + v
wobei η die Lernrate ist.
""", (s, w, g, t, h) => { s[0] = (0.9 * s[0]) - (h[0] * g); return w + s[0]; }),
        new("seventh: French notes, tel que", "P=x S=m H=γ:0.1,β:0.9", """
On définit la suite (x_k) par
$$m_{k+1} = \beta m_k + (1-\beta)\nabla f(x_k),$$
$$x_{k+1} = x_k - \gamma m_{k+1},$$
où $\gamma>0$ est le pas.
""", AveragedMomentum) { Roles = "P=x T=k S=m H=γ:0.1,β:0.9" },
        new("seventh: chat, bullet list with inline formulas", "P=θ S=s H=η:0.1,γ:0.9,ε:1e-6", """
Here's how **RMSProp** works:

1. **Compute the gradient**: \( g_t = \nabla_\theta J(\theta_t) \)
2. **Update the running average** of squared gradients:
   \[ s_t = \gamma s_{t-1} + (1 - \gamma) g_t^2 \]
3. **Update parameters**:
   \[ \theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{s_t + \epsilon}} \, g_t \]

Where:
- \( \gamma \) is the decay rate (usually 0.9)
- \( \epsilon \) is a small constant (e.g., \( 10^{-8} \))
""", RmsPropInside),
        new("seventh: chat, copied as rendered text", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
First moment:
m
t
=
β
1
m
t
−
1
+
(
1
−
β
1
)
g
t
m
t
​
=β
1
​
m
t−1
​
+(1−β
1
​
)g
t
​

The step:
θt = θt−1 − α mt
""", AveragedMomentum) { Roles = "P=θ S=m H=α:0.1,β_1:0.9" },
        new("seventh: forum question with code ticks", "P=w S=v H=lr:0.1,mu:0.9", "I have the update `v = mu * v - lr * g` followed by `w += v`. Is this the same as `w = w - lr * v`?", InnerMomentum) { Advice = "run one after the other they are two updates; leave one of them out", Mended = "I have the update `v = mu * v - lr * g` followed by `w += v`." },
        new("seventh: Obsidian callout", "P=θ S=v H=η:0.1,γ:0.9", """
> [!note] Momentum
> $$v_t = \gamma v_{t-1} + \eta \nabla_\theta J(\theta)$$
> $$\theta = \theta - v_t$$
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("seventh: table of optimizers, one row", "P=w S=v H=η:0.1,β:0.9", @"| Momentum | $v_t = \beta v_{t-1} + (1-\beta) g_t$, $w_{t+1} = w_t - \eta v_t$ | smooths noise |", AveragedMomentum),
        new("seventh: book with raised footnotes", "P=θ S=v H=ε:0.1,α:0.9", """
The update rule is given by:¹
v ← αv − ε∇θ ( (1/m) Σᵢ₌₁ᵐ L(f(x⁽ⁱ⁾; θ), y⁽ⁱ⁾) ),    (8.15)
θ ← θ + v.    (8.16)
""", InnerMomentum),
        new("seventh: encyclopedia's AdaGrad by elements", "P=w S=G H=η:0.1", @"{\displaystyle w_{j}:=w_{j}-{\frac {\eta }{\sqrt {G_{j,j}}}}g_{j}.}
{\displaystyle G_{j,j}=\sum _{\tau =1}^{t}g_{\tau ,j}^{2}}", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] / Math.Sqrt(s[0]) * g); }),
        new("seventh: StackExchange answer, aligned with comments", "P=w S=m H=η:0.1,β:0.9", @"\begin{align*}
m^{(t)} &= \beta\, m^{(t-1)} + (1-\beta)\,\nabla \mathcal{L}\big(w^{(t-1)}\big) && \text{(EMA of gradients)}\\
w^{(t)} &= w^{(t-1)} - \eta\, m^{(t)} && \text{(step)}
\end{align*}", AveragedMomentum),
    ];
}
