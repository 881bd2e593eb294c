namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>The tenth set's papers, books, notes and chats.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_tenthPapers =
    [
        new("tenth: LaTeX source of AdaBelief's listing", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{algorithm}[H]
\SetAlgoLined
\textbf{Initialize} $\theta_0$, $m_0 \leftarrow 0$ , $s_0 \leftarrow 0$, $t \leftarrow 0$\\
\textbf{While} $\theta_t$ not converged\\
\hspace{5mm} $t \leftarrow t + 1$\\
\hspace{5mm} $g_t \leftarrow \nabla_\theta f_t(\theta_{t-1})$\\
\hspace{5mm} $m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t$\\
\hspace{5mm} $s_t \leftarrow \beta_2 s_{t-1} + (1 - \beta_2) (g_t - m_t)^2 + \epsilon$\\
\hspace{5mm} \textbf{Bias Correction}\\
\hspace{10mm} $\widehat{m_t} \leftarrow \frac{m_t}{1 - \beta_1^t}$, $\widehat{s_t} \leftarrow \frac{s_t}{1 - \beta_2^t}$\\
\hspace{5mm} \textbf{Update}\\
\hspace{10mm} $\theta_t \leftarrow \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}} + \epsilon}$\\
\caption{AdaBelief Optimizer}
\end{algorithm}", AdaBelief),
        new("tenth: PDF of Sophia's update", "P=θ S=m,h H=η:0.01,β1:0.9,γ:0.5,ε:1e-3,λ:0.1", """
mt = β1mt−1 + (1 − β1)gt
θt ← θt − ηtλθt (weight decay)
θt+1 ← θt − ηt · clip(mt/max{γ · ht, ϵ}, 1)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); w -= h[0] * h[4] * w; return w - (h[0] * Math.Clamp(s[0] / Math.Max(h[2] * s[1], h[3]), -1, 1)); }) { Advice = "write which" },
        new("tenth: schedule-free, display", "P=y S=z=y,x=y H=γ:0.1,β:0.9", @"\begin{align*}
z_{t+1} &= z_t - \gamma \nabla f(y_t, \zeta_t), \\
x_{t+1} &= (1 - c_{t+1}) x_t + c_{t+1} z_{t+1}, \\
y_{t+1} &= (1-\beta) z_{t+1} + \beta x_{t+1},
\end{align*}
where $c_{t+1} = 1/(t+1)$.", (s, w, g, t, h) => { if (t == 1) { s[0] = w; s[1] = w; } s[0] -= h[0] * g; var c = 1 / (t + 1); s[1] = ((1 - c) * s[1]) + (c * s[0]); return ((1 - h[1]) * s[0]) + (h[1] * s[1]); }),
        new("tenth: Yogi's lines from a PDF", "P=x S=m,v H=η:0.01,β1:0.9,β2:0.99,ε:1e-6", """
mt = β1mt−1 + (1 − β1)gt
vt = vt−1 − (1 − β2)sign(vt−1 − g2t)g2t
xt+1 = xt − ηt mt/(√vt + ϵ)
""", Yogi),
        new("tenth: Padam's power of a PDF", "P=x S=m,v,\\hat{v} H=α:0.01,β1:0.9,β2:0.99,p:0.125", """
mt = β1mt−1 + (1 − β1)gt
vt = β2vt−1 + (1 − β2)g2t
vbt = max(vbt−1, vt)
xt+1 = xt − αt · mt/vb^p_t
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); s[2] = Math.Max(s[2], s[1]); return w - (h[0] * s[0] / Math.Pow(s[2], h[3])); }) { Advice = "is read before it has a value" },
        new("tenth: MARS with AdamW, source", "P=\\mathbf{x} S=m,v,g_{t-1} H=η:0.01,β_1:0.9,β_2:0.99,γ:0.025,ε:1e-6,λ:0.1", @"\begin{align*}
\mathbf{c}_t &= \nabla f(\mathbf{x}_t, \xi_t) + \gamma_t \frac{\beta_1}{1-\beta_1} \left(\nabla f(\mathbf{x}_t, \xi_t) - \nabla f(\mathbf{x}_{t-1}, \xi_{t-1})\right) \\
\mathbf{m}_t &= \beta_1 \mathbf{m}_{t-1} + (1-\beta_1) \mathbf{c}_t \\
\mathbf{v}_t &= \beta_2 \mathbf{v}_{t-1} + (1-\beta_2) \mathbf{c}_t^2 \\
\mathbf{x}_{t+1} &= \mathbf{x}_t - \eta_t \left( \frac{\mathbf{m}_t}{\sqrt{\mathbf{v}_t} + \epsilon} + \lambda \mathbf{x}_t \right)
\end{align*}", (s, w, g, t, h) => { var c = g + (h[3] * h[1] / (1 - h[1]) * (g - s[2])); s[0] = (h[1] * s[0]) + ((1 - h[1]) * c); s[1] = (h[2] * s[1]) + ((1 - h[2]) * c * c); s[2] = g; return w - (h[0] * ((s[0] / (Math.Sqrt(s[1]) + h[4])) + (h[5] * w))); }),
        new("tenth: Distill's momentum", "P=w T=k S=z H=α:0.1,β:0.9", @"We give gradient descent a short-term memory:

$$\begin{aligned} z^{k+1} & = \beta z^{k} + \nabla f(w^{k}) \\[0.4em] w^{k+1} & = w^{k} - \alpha z^{k+1}. \end{aligned}$$

The change is innocent, and costs almost nothing. When $\beta = 0$, we recover gradient descent. But for $\beta = 0.99$ (sometimes $0.999$, if things are really bad), this appears to be the boost we need.", HeavyBall),
        new("tenth: book's listing, AdaGrad with its require lines", "P=θ S=r H=ε:0.1,δ:1e-7", """
Algorithm 8.4 The AdaGrad algorithm
Require: Global learning rate ε
Require: Initial parameter θ
Require: Small constant δ, perhaps 10−7, for numerical stability
Initialize gradient accumulation variable r = 0
while stopping criterion not met do
Sample a minibatch of m examples from the training set {x(1), . . . , x(m)} with
corresponding targets y(i).
Compute gradient: g ← 1/m ∇θ Σi L(f(x(i); θ), y(i)).
Accumulate squared gradient: r ← r + g ⊙ g.
Compute update: ∆θ ← − ε/(δ + √r) ⊙ g. (Division and square root applied element-wise)
Apply update: θ ← θ + ∆θ.
end while
""", AdaGrad),
        new("tenth: course notes, Adam of layers in TeX", "P=W G=dW S=v_{dW},s_{dW} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$$\begin{cases}
v_{dW^{[l]}} = \beta_1 v_{dW^{[l]}} + (1 - \beta_1) \frac{\partial \mathcal{J} }{ \partial W^{[l]} } \\
v^{corrected}_{dW^{[l]}} = \frac{v_{dW^{[l]}}}{1 - (\beta_1)^t} \\
s_{dW^{[l]}} = \beta_2 s_{dW^{[l]}} + (1 - \beta_2) (\frac{\partial \mathcal{J} }{\partial W^{[l]} })^2 \\
s^{corrected}_{dW^{[l]}} = \frac{s_{dW^{[l]}}}{1 - (\beta_2)^t} \\
W^{[l]} = W^{[l]} - \alpha \frac{v^{corrected}_{dW^{[l]}}}{\sqrt{s^{corrected}_{dW^{[l]}}} + \varepsilon}
\end{cases}$$
where:
- t counts the number of steps taken of Adam
- L is the number of layers
- $\beta_1$ and $\beta_2$ are hyperparameters that control the two exponentially weighted averages.
- $\alpha$ is the learning rate
- $\varepsilon$ is a very small number to avoid dividing by zero", Adam),
        new("tenth: chat, PyTorch code of AdamW with comments", "P=p G=grad T=t S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
Here's a minimal implementation of **AdamW** from scratch:

```python
with torch.no_grad():
    t += 1
    for p, m, v in zip(params, ms, vs):
        grad = p.grad
        # 1. Decoupled weight decay
        p.mul_(1 - lr * weight_decay)
        # 2. Update moments
        m.mul_(beta1).add_(grad, alpha=1 - beta1)
        v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        # 3. Bias correction
        m_hat = m / (1 - beta1 ** t)
        v_hat = v / (1 - beta2 ** t)
        # 4. Parameter update
        p.addcdiv_(m_hat, v_hat.sqrt().add_(eps), value=-lr)
```

**Key points:**
- Weight decay is applied *before* the gradient update
- `m_hat` and `v_hat` correct the initialization bias

Would you like me to add gradient clipping?
""", AdamDecayFirst),
        new("tenth: chat, Lion between double dollars", "P=θ S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"The **Lion** optimizer (EvoLved Sign Momentum) works as follows:

**Step 1:** Interpolate between momentum and gradient

$$
c_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
$$

**Step 2:** Update the parameters using the sign

$$
\theta_t = \theta_{t-1} - \eta \left( \text{sign}(c_t) + \lambda \theta_{t-1} \right)
$$

**Step 3:** Update the momentum

$$
m_t = \beta_2 m_{t-1} + (1 - \beta_2) g_t
$$

> 💡 **Note:** Unlike Adam, Lion only keeps track of the momentum $m_t$ — there is no second moment $v_t$!", Lion),
        new("tenth: chat, Nesterov's momentum in both readings", "P=θ S=v H=η:0.1,μ:0.9", @"**Nesterov Accelerated Gradient:**

\[
v_{t+1} = \mu v_t - \eta \nabla L(\theta_t + \mu v_t)
\]
\[
\theta_{t+1} = \theta_t + v_{t+1}
\]", Descent) { Advice = "another point cannot be written here" },
        new("tenth: post, momentum with functions of time", "P=θ S=v H=η:0.1,β:0.9", """
The formula for momentum is:

v(t) = β * v(t-1) + (1 - β) * ∇θJ(θ)
θ = θ - η * v(t)

Here, β is the momentum coefficient, typically set to 0.9.
""", AveragedMomentum),
        new("tenth: question, NumPy Adam with dictionaries by name", "P=W G=dW T=t S=m_dw,v_dw H=eta:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    def update(self, t, W, b, dW, db):
        ## momentum beta 1
        self.m_dw = self.beta1*self.m_dw + (1-self.beta1)*dW
        self.m_db = self.beta1*self.m_db + (1-self.beta1)*db

        ## rms beta 2
        self.v_dw = self.beta2*self.v_dw + (1-self.beta2)*(dW**2)
        self.v_db = self.beta2*self.v_db + (1-self.beta2)*(db**2)

        ## bias correction
        m_dw_corr = self.m_dw/(1-self.beta1**t)
        m_db_corr = self.m_db/(1-self.beta1**t)
        v_dw_corr = self.v_dw/(1-self.beta2**t)
        v_db_corr = self.v_db/(1-self.beta2**t)

        ## update weights and biases
        W = W - self.eta*(m_dw_corr/(np.sqrt(v_dw_corr)+self.epsilon))
        b = b - self.eta*(m_db_corr/(np.sqrt(v_db_corr)+self.epsilon))
        return W, b
""", Adam),
        new("tenth: encyclopedia's AdaGrad, diagonal", "P=w S=G H=η:0.1", """
the formula for an update is now

    w := w − η d i a g ( G ) − 1 2 ⊙ g {\\displaystyle w:=w-\\eta \\,\\mathrm {diag} (G)^{-{\\frac {1}{2}}}\\odot g}

or, written as per-parameter updates,

    w j := w j − η G j , j g j . {\\displaystyle w_{j}:=w_{j}-{\\frac {\\eta }{\\sqrt {G_{j,j}}}}g_{j}.}
""".Replace("\\\\", "\\", StringComparison.Ordinal), (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] * g / Math.Sqrt(s[0])); }) { Advice = "leave one of them out" },
        new("tenth: RAdam in a post's bullets", "P=θ S=m,v H=α:0.01,β₁:0.9,β₂:0.99,ε:1e-6", """
• mₜ = β₁ mₜ₋₁ + (1 − β₁) gₜ
• vₜ = β₂ vₜ₋₁ + (1 − β₂) gₜ²
• m̂ₜ = mₜ / (1 − β₁ᵗ)
• ρ∞ = 2/(1 − β₂) − 1
• ρₜ = ρ∞ − 2t β₂ᵗ / (1 − β₂ᵗ)
• if ρₜ > 5: θₜ = θₜ₋₁ − α m̂ₜ √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)) √(1 − β₂ᵗ) / (√vₜ + ε)
• else: θₜ = θₜ₋₁ − α m̂ₜ
""", RectifiedAdam),
        new("tenth: user guide of a classical library, SGD's step", "P=w H=η:0.1,α:0.01", @"The model updates its parameters according to the update rule given by

.. math::

    w \leftarrow w - \eta \left[\alpha \frac{\partial R(w)}{\partial w}
    + \frac{\partial L(w^T x_i + b, y_i)}{\partial w}\right]

where :math:`\eta` is the learning rate which controls the step-size in the parameter space.", Descent) { Advice = "gradients of two functions" },
        new("tenth: AdaMod's three lines of a paper", "P=θ S=m,v,s H=α:0.01,β_1:0.9,β_2:0.99,β_3:0.9,ε:1e-6", @"\begin{algorithmic}[1]
\STATE Initialize $m_0 = 0$, $v_0 = 0$, $s_0 = 0$
\FOR{$t = 1$ to $T$}
\STATE $g_t = \nabla f_t(\theta_{t-1})$
\STATE $m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$
\STATE $v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$
\STATE $\hat{m}_t = m_t / (1 - \beta_1^t)$ and $\hat{v}_t = v_t / (1 - \beta_2^t)$
\STATE $\eta_t = \alpha_t / (\sqrt{\hat{v}_t} + \epsilon)$
\STATE $s_t = \beta_3 s_{t-1} + (1 - \beta_3) \eta_t$
\STATE $\hat{\eta}_t = \min(\eta_t, s_t)$
\STATE $\theta_t = \theta_{t-1} - \hat{\eta}_t \hat{m}_t$
\ENDFOR
\end{algorithmic}", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); var r = h[0] / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[4]); s[2] = (h[3] * s[2]) + ((1 - h[3]) * r); return w - (Math.Min(r, s[2]) * s[0] / (1 - Math.Pow(h[1], t))); }),
        new("tenth: LARS's listing of a PDF", "P=w G=g S=v H=m:0.9,γ:0.1,η:0.01,β:0.05", """
while t < T for each layer l do
glt ← ∇L(wlt)
γt ← γ0 ∗ (1 − t/T)^2
λl ← ||wlt|| / (||glt|| + β||wlt||)
vlt+1 ← m vlt + γt+1 ∗ λl ∗ (glt + β wlt)
wlt+1 ← wlt − vlt+1
end while
""", Descent) { Advice = "is taken at wlt" },
        new("tenth: hinge of a theory paper, averaged iterate", "P=x S=\\bar{x}=x H=η:0.1", @"x_{t+1} = x_t - \eta_t g_t, \qquad \text{where } \eta_t = \frac{\eta}{\sqrt{t}}, \qquad \bar{x}_{t+1} = \frac{t}{t+1}\bar{x}_t + \frac{1}{t+1} x_{t+1}.", DescentRootDecay),
    ];
}
