namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A fourth set of notations, written down before any of it was tried.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_fourth =
    [
        new("fourth: box of ASGD", "P=θ S=ax=θ H=γ:0.1,λ:0.01,t_0:2,α:0.75", """
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}\eta_t \leftarrow \frac{\gamma}{(1 + \lambda \gamma t)^{\alpha}} \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1} (1 - \lambda \eta_t) - \eta_t g_t \\
&\hspace{5mm}\mu_t \leftarrow \frac{1}{\max(1, t - t_0)} \\
&\hspace{5mm}\textbf{if} \: \mu_t \neq 1 \\
&\hspace{10mm} ax_t \leftarrow ax_{t-1} + \mu_t (\theta_t - ax_{t-1}) \\
&\hspace{5mm}\textbf{else} \\
&\hspace{10mm} ax_t \leftarrow \theta_t \\
&\bf{return} \: \theta_t
""", (s, w, g, t, h) => { var eta = h[0] / Math.Pow(1 + (h[1] * h[0] * t), h[3]); return (w * (1 - (h[1] * eta))) - (eta * g); }),
        new("fourth: box of AdaMax's newer edition", "P=θ S=m,u H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", """
\begin{aligned}
     &\textbf{input} : \gamma \text{ (lr)}, \beta_1, \beta_2 \text{ (betas)},\theta_0 \text{ (params)},f(\theta) \text{ (objective)}, \: \lambda \text{ (weight decay)}, \\
     &\hspace{13mm} \epsilon \text{ (epsilon)} \\
     &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
     &\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
     &\hspace{5mm}if \: \lambda \neq 0 \\
     &\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
     &\hspace{5mm}m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
     &\hspace{5mm}u_t \leftarrow \max(\beta_2 u_{t-1}, |g_{t}|+\epsilon) \\
     &\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \frac{\gamma m_t}{(1-\beta^t_1) u_t} \\
     &\bf{return} \: \theta_t \\[-1.ex]
\end{aligned}
""", AdaMaxWithEpsilon),
        new("fourth: optax page of Yogi", "P=θ S=m,v=1e-6 H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-3", @"m_t \leftarrow \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g_t
v_t \leftarrow v_{t-1} - (1 - \beta_2) \cdot \text{sign}(v_{t-1} - g_t^2) \cdot g_t^2
u_t \leftarrow -\alpha_t \cdot \frac{m_t}{\sqrt{v_t} + \varepsilon}
\theta_{t} \leftarrow \theta_{t-1} + u_t", (s, w, g, t, h) => { s[1] = t == 1 ? 1e-6 : s[1]; return Yogi(s, w, g, t, h); }),
        new("fourth: optax, a signed momentum in its docstring", "P=params S=mu H=lr:0.1,b1:0.9", "mu = b1 * mu + (1 - b1) * grads\nupdates = -lr * jnp.sign(mu)\nparams = optax.apply_updates(params, updates)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Sign(s[0])); }) { Roles = "P=params G=grads S=mu H=lr:0.1,b1:0.9" },
        new("fourth: Keras docs of Adagrad", "P=w G=g S=accumulator=0.1 H=learning_rate:0.1,epsilon:1e-7", "accumulator += g ** 2\nw -= learning_rate * g / ops.sqrt(accumulator + epsilon)", (s, w, g, t, h) => { s[0] = (t == 1 ? 0.1 : s[0]) + (g * g); return w - (h[0] * g / Math.Sqrt(s[0] + h[1])); }),
        new("fourth: Keras update_step of RMSprop", "P=variable G=gradient S=velocity H=lr:0.1,rho:0.9,epsilon:1e-6", """
        self.assign(
            velocity,
            ops.add(
                ops.multiply(rho, velocity),
                ops.multiply(1 - rho, ops.square(gradient)),
            ),
        )
        denominator = ops.add(velocity, self.epsilon)
        increment = ops.divide(
            ops.multiply(lr, gradient), ops.sqrt(denominator)
        )
        self.assign_sub(variable, increment)
""", RmsPropInside),
        new("fourth: momentum page with a system", "P=w S=z T=k H=α:0.1,β:0.9", @"\begin{aligned}
  z^{k+1}&=\beta z^{k}+\nabla f(w^{k})\\[0.4em]
  w^{k+1}&=w^{k}-\alpha z^{k+1}
\end{aligned}", HeavyBall),
        new("fourth: regularised loss in words", "P=w H=η:0.1,λ:0.01", @"w \leftarrow (1 - \eta\lambda)\, w - \eta \frac{\partial E}{\partial w}", DescentWithDecay),
        new("fourth: neural networks book", "P=w H=η:0.1,λ:0.01,n:1", @"w \rightarrow \left(1-\frac{\eta \lambda}{n}\right) w -\eta \frac{\partial C_0}{\partial w}", DescentWithDecay),
        new("fourth: neural networks book, momentum", "P=w S=v H=η:0.1,μ:0.9", @"\begin{eqnarray}
  v & \rightarrow  & v' = \mu v - \eta \nabla C \\
  w & \rightarrow & w' = w+v'.
\end{eqnarray}", InnerMomentum),
        new("fourth: textbook, vectors in bold", "P=w S=Δw H=η:0.1,μ:0.9", @"\Delta \mathbf{w}^{(\tau-1)} = -\eta \nabla E\left(\mathbf{w}^{(\tau-1)}\right) + \mu\, \Delta \mathbf{w}^{(\tau-2)}
\mathbf{w}^{(\tau)} = \mathbf{w}^{(\tau-1)} + \Delta \mathbf{w}^{(\tau-1)}", InnerMomentum) { Roles = "P=w S=Δw T=τ H=η:0.1,μ:0.9" },
        new("fourth: book with pytorch, by hand", "P=w H=lr:0.1", "with torch.no_grad():\n    w -= w.grad * lr\n    w.grad.zero_()", Descent),
        new("fourth: d2l, AdaGrad from scratch", "P=p S=s H=lr:0.1", """
def adagrad(params, states, hyperparams):
    eps = 1e-6
    for p, s in zip(params, states):
        with torch.no_grad():
            s[:] += torch.square(p.grad)
            p[:] -= hyperparams['lr'] * p.grad / torch.sqrt(s + eps)
        p.grad.data.zero_()
""", (s, w, g, t, h) => AdaGradInside(s, w, g, t, [h[0], 1e-6])),
        new("fourth: numpy Adam of a tutorial", "P=theta G=g_t S=m_t,v_t H=alpha:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
t = 0
while (1):
    t += 1
    g_t = grad_func(theta)
    m_t = beta_1*m_t + (1-beta_1)*g_t
    v_t = beta_2*v_t + (1-beta_2)*(g_t*g_t)
    m_cap = m_t/(1-(beta_1**t))
    v_cap = v_t/(1-(beta_2**t))
    theta_prev = theta
    theta = theta - (alpha*m_cap)/(math.sqrt(v_cap)+epsilon)
""", Adam),
        new("fourth: class of a tutorial", "P=w G=dw S=m_dw,v_dw H=eta:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
        ## momentum beta 1
        # *** weights *** #
        self.m_dw = self.beta1*self.m_dw + (1-self.beta1)*dw
        # *** biases *** #
        self.m_db = self.beta1*self.m_db + (1-self.beta1)*db
        ## rms beta 2
        self.v_dw = self.beta2*self.v_dw + (1-self.beta2)*(dw**2)
        self.v_db = self.beta2*self.v_db + (1-self.beta2)*(db)
        ## bias correction
        m_dw_corr = self.m_dw/(1-self.beta1**t)
        m_db_corr = self.m_db/(1-self.beta1**t)
        v_dw_corr = self.v_dw/(1-self.beta2**t)
        v_db_corr = self.v_db/(1-self.beta2**t)
        ## update weights and biases
        w = w - self.eta*(m_dw_corr/(np.sqrt(v_dw_corr)+self.epsilon))
        b = b - self.eta*(m_db_corr/(np.sqrt(v_db_corr)+self.epsilon))
        return w, b
""", Adam),
        new("fourth: course, momentum with both", "P=W G=dW S=v_{dW} H=α:0.1,β:0.9", @"v_{dW} = \beta v_{dW} + (1-\beta) dW
v_{db} = \beta v_{db} + (1-\beta) db
W = W - \alpha v_{dW}
b = b - \alpha v_{db}", AveragedMomentum),
        new("fourth: lecture with a table of symbols", "P=θ S=v H=η:0.1,γ:0.9", """
v_t = γ v_{t-1} + η ∇_θ J(θ)
θ = θ − v_t

| Symbol | Meaning |
|---|---|
| η | learning rate |
| γ | momentum |
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("fourth: Markdown with code fences and a title", "P=w S=v H=lr:0.1,mu:0.9", "## SGD with momentum\n\n```python\nv = mu * v + grad\nw = w - lr * v\n```\n\n*Note*: `mu` is usually 0.9.", HeavyBall) { Roles = "P=w G=grad S=v H=lr:0.1,mu:0.9" },
        new("fourth: forum answer with quotes", "P=w S=m H=lr:0.1,beta:0.9", "> m = beta*m + (1-beta)*g\n> w = w - lr*m\n\nSo the effective step is lr*m.", AveragedMomentum),
        new("fourth: reStructuredText", "P=θ S=v H=η:0.1,μ:0.9", ".. math::\n    v_{t+1} = \\mu v_t + g_{t+1}, \\\\\n    \\theta_{t+1} = \\theta_t - \\eta v_{t+1}\n\nwhere :math:`\\theta`, :math:`g`, :math:`v` and :math:`\\mu` denote the parameters, gradient, velocity, and momentum.", HeavyBall),
        new("fourth: Doxygen", "P=w S=v H=lr:0.1,mu:0.9", "/// v = mu * v + g\n/// w = w - lr * v", HeavyBall),
        new("fourth: C block comment", "P=w S=v H=lr:0.1,mu:0.9", "/*\n * v = mu * v + g\n * w = w - lr * v\n */", HeavyBall),
        new("fourth: AsciiMath", "P=theta S=m H=alpha:0.1,beta:0.9", "m_t = beta*m_(t-1) + (1-beta)*g_t\ntheta_t = theta_(t-1) - alpha*m_t", AveragedMomentum),
        new("fourth: paper, momentum with a norm of the update", "P=x S=m T=k H=η:0.1,β:0.9", @"\begin{align}
    m_{k} &= \beta m_{k-1} + (1-\beta)\nabla f(x_k;\xi_k), \label{eq:m}\\
    x_{k+1} &= x_k - \eta \frac{m_k}{\|m_k\|_2 + 10^{-12}}. \label{eq:x}
\end{align}", (s, w, g, t, h) => { var m = w.Select((_, i) => s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * g[i])).ToArray(); for (var i = 0; i < w.Length; i++) w[i] -= h[0] * m[i] / (Norm(m) + 1e-12); }),
        new("fourth: paper, listing with input and output words", PaperRoles, @"Algorithm 1 Adam
Input: γ (lr), β1, β2 (betas), θ0 (params), f(θ) (objective)
Output: θt (Resulting parameters)
Initialization: m0 ← 0 (First moment), v0 ← 0 (Second moment)
for t = 1 to . . . do
  g_t ← ∇_θ f_t(θ_{t−1})
  m_t ← β_1 m_{t−1} + (1 − β_1) g_t
  v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2
  \hat{m}_t ← m_t / (1 − β_1^t)
  \hat{v}_t ← v_t / (1 − β_2^t)
  θ_t ← θ_{t−1} − α \hat{m}_t / (\sqrt{\hat{v}_t} + ε)
end for", Adam),
        new("fourth: paper, AdamW as a display of two", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"$$\mathbf{x}_t = (1-\eta_t\lambda)\mathbf{x}_{t-1} - \eta_t\frac{\mathbf{m}_t/(1-\beta_1^t)}{\sqrt{\mathbf{v}_t/(1-\beta_2^t)}+\epsilon},$$ where $\mathbf{m}_t = \beta_1\mathbf{m}_{t-1} + (1-\beta_1)\mathbf{g}_t$ and $\mathbf{v}_t = \beta_2\mathbf{v}_{t-1} + (1-\beta_2)\mathbf{g}_t\odot\mathbf{g}_t$.", (s, w, g, t, h) => ((1 - (h[0] * h[4])) * w) - (h[0] * AdamDirection(s, g, t, h))),
        new("fourth: paper, STORM", "P=x S=d,g_{t-1} H=η:0.1,a:0.1", @"d_t = \nabla f(x_t,\xi_t) + (1-a)(d_{t-1} - \nabla f(x_{t-1},\xi_t))
x_{t+1} = x_t - \eta d_t", Descent) { Advice = "with the data of this step, which the caller does not compute" },
        new("fourth: paper, optimistic descent", "P=w S=g_{t-1} H=η:0.1", @"w_{t+1} = w_t - 2\eta \nabla L(w_t) + \eta \nabla L(w_{t-1})", (s, w, g, t, h) => { var next = w - (2 * h[0] * g) + (h[0] * s[0]); s[0] = g; return next; }),
        new("fourth: paper, heavy ball of the iterates", "P=x T=k S=x_{k-1}=x H=α:0.1,β:0.9", @"x^{k+1} = x^k - \alpha \nabla f(x^k) + \beta (x^k - x^{k-1})", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w; return w - (h[0] * g) + (h[1] * (w - before)); }),
        new("fourth: paper, cautious momentum", "P=w S=m H=η:0.1,β:0.9", @"m_t = \beta m_{t-1} + (1-\beta) g_t, \quad \phi_t = \mathbb{I}(m_t \odot g_t > 0), \quad w_t = w_{t-1} - \eta\, \phi_t \odot m_t", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * (s[0] * g > 0 ? s[0] : 0)); }),
        new("fourth: paper, soft sign update", "P=θ S=m H=α:0.1,β:0.9,ε:0.1", @"\theta_{t+1} \gets \theta_t - \alpha \cdot \frac{m_{t+1}}{\lvert m_{t+1}\rvert + \epsilon}, \quad \text{where } m_{t+1} \gets \beta m_t + (1-\beta) g_t", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0] / (Math.Abs(s[0]) + h[2])); }),
        new("fourth: paper, clipping by global norm", "P=w H=η:0.1,c:1", @"\hat g = \begin{cases} g & \text{if } \|g\| \le c,\\ c\,\dfrac{g}{\|g\|} & \text{otherwise} \end{cases}
w \gets w - \eta\hat g", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] * (Norm(g) <= h[1] ? 1 : h[1] / Norm(g))))),
        new("fourth: paper, agc", "P=W H=η:0.1,λ:0.5", @"G \rightarrow \begin{cases} \lambda \frac{\|W\|_F}{\|G\|_F} G & \text{if } \frac{\|G\|_F}{\|W\|_F} > \lambda, \\ G & \text{otherwise.}\end{cases}
W \leftarrow W - \eta G", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] * (Norm(g) / Norm(w) > h[1] ? h[1] * Norm(w) / Norm(g) : 1)))) { Roles = "P=W G=G H=η:0.1,λ:0.5" },
        new("fourth: paper, VAdam's one second moment", "P=θ S=m,v H=η:0.1,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \; v_t = \beta_2 v_{t-1} + (1-\beta_2)\|g_t\|_2^2, \; \theta_t = \theta_{t-1} - \eta \frac{m_t}{\sqrt{v_t} + \epsilon}", (s, w, g, t, h) => { for (var i = 0; i < w.Length; i++) { s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * g[i]); s[i][1] = (h[2] * s[i][1]) + ((1 - h[2]) * Norm(g) * Norm(g)); w[i] -= h[0] * s[i][0] / (Math.Sqrt(s[i][1]) + h[3]); } }),
        new("fourth: paper, AdamX-like schedule of decays", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,λ:0.9,ε:1e-6", @"\beta_{1,t} = \beta_1 \lambda^{t-1}, \quad m_t = \beta_{1,t} m_{t-1} + (1-\beta_{1,t}) g_t, \quad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2, \quad x_{t+1} = x_t - \frac{\alpha}{\sqrt t}\frac{m_t}{\sqrt{v_t} + \epsilon}", (s, w, g, t, h) => { var b = h[1] * Math.Pow(h[3], t - 1); s[0] = (b * s[0]) + ((1 - b) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); return w - (h[0] / Math.Sqrt(t) * s[0] / (Math.Sqrt(s[1]) + h[4])); }),
        new("fourth: paper, DemonAdam's schedule", "P=θ S=m H=η:0.1,β_{init}:0.9,T:10", @"\beta_t = \beta_{init}\cdot\frac{1-\frac{t}{T}}{(1-\beta_{init}) + \beta_{init}(1-\frac{t}{T})}
m_t = \beta_t m_{t-1} + g_t
\theta_t = \theta_{t-1} - \eta m_t", (s, w, g, t, h) => { var b = h[1] * (1 - (t / h[2])) / (1 - h[1] + (h[1] * (1 - (t / h[2])))); s[0] = (b * s[0]) + g; return w - (h[0] * s[0]); }),
        new("fourth: paper, Adagrad with inverse power", "P=x S=G H=η:0.1,ε:1e-6", @"x_{t+1} = x_t - \eta (G_t + \epsilon)^{-1/2} g_t \quad\text{with}\quad G_t = G_{t-1} + g_t^{2}", AdaGradInside),
        new("fourth: paper, exponents as fractions", "P=x S=v H=η:0.1,β:0.9,ε:1e-6", @"v_t = \beta v_{t-1} + (1-\beta) g_t^2; \quad x_{t+1} = x_t - \eta \cdot v_t^{-\frac{1}{2}} \cdot g_t", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); return w - (h[0] / Math.Sqrt(s[0]) * g); }),
        new("fourth: paper, momentum with a reset by choice of sign", "P=w S=v H=η:0.1,μ:0.9", @"v_t = \begin{cases}\mu v_{t-1} + g_t, & v_{t-1} g_t \ge 0\\ g_t, & v_{t-1} g_t < 0\end{cases} \qquad w_t = w_{t-1} - \eta v_t", (s, w, g, t, h) => { s[0] = s[0] * g >= 0 ? (h[1] * s[0]) + g : g; return w - (h[0] * s[0]); }),
        new("fourth: paper, Tsallis-like mirror", "P=w H=η:0.1", @"w_{t+1} = \nabla\psi^{*}\left(\nabla\psi(w_t) - \eta g_t\right)", Descent) { Advice = "'^*' marks a conjugate or an optimum" },
        new("fourth: paper, proximal", "P=x T=k H=α:0.1", @"x_{k+1} = \operatorname{prox}_{\alpha h}\left(x_k - \alpha\nabla f(x_k)\right)", Descent) { Advice = "write what it computes of each element" },
        new("fourth: paper, Hutchinson", "P=θ S=m,h H=η:0.1,β_1:0.9,β_2:0.99", @"\hat h_t = u \odot (\nabla^2 L(\theta_t) u), \; u \sim \mathcal{N}(0, I)", Descent) { Advice = "give its diagonal, or its product with a vector" },
        new("fourth: paper, gradient noise", "P=w H=η:0.1,γ:0.55", @"g_t \leftarrow g_t + N(0, \sigma_t^2), \quad \sigma_t^2 = \frac{\eta}{(1+t)^\gamma}, \quad w_{t+1} = w_t - \eta g_t", Descent) { Advice = "add the noise to the gradient before the step" },
        new("fourth: paper, expectation", "P=θ H=α:0.1", @"\theta_{t+1} = \theta_t - \alpha\,\mathbb{E}_{x\sim D}\left[\nabla_\theta \ell(x;\theta_t)\right]", Descent) { Advice = "leave the expectation out, and write 'g'" },
        new("fourth: paper, batch in a fraction", "P=w H=η:0.1", @"w_{t+1} = w_t - \frac{\eta}{|\mathcal{B}_t|}\sum_{i\in\mathcal{B}_t}\nabla f_i(w_t)", Descent) { Advice = "leave the sum and its factor out, and write 'g'" },
        new("fourth: slides, arrows and words", "P=w S=v H=η:0.1,μ:0.9", "velocity   v ← μ v + g   (accumulate)\nposition   w ← w − η v   (step)", HeavyBall),
        new("fourth: slides, two columns", "P=w S=v H=η:0.1,μ:0.9", "SGD + Momentum\n\nv_{t+1} = μ v_t + ∇f(w_t)\nw_{t+1} = w_t − η v_{t+1}\n\n- Build up \"velocity\" as a running mean of gradients\n- μ gives \"friction\"; typically μ=0.9 or 0.99", HeavyBall) { Advice = "here nothing is assigned" },
        new("fourth: notes, by components", "P=w S=v H=η:0.1,μ:0.9", "For each i = 1, …, d:\n  v_i ← μ v_i + ∂f/∂w_i\n  w_i ← w_i − η v_i", HeavyBall),
        new("fourth: notes, Julia in a module", "P=x G=dx S=v H=η:0.1,ρ:0.9", "function apply!(o::Momentum, x, dx)\n  @. v = ρ * v - η * dx\n  @. x += v\nend", InnerMomentum),
        new("fourth: Lua of torch7", "P=x G=dfdx S=m H=lr:0.1,mom:0.9", "m:mul(mom):add(dfdx)\nx:add(-lr, m)", HeavyBall),
        new("fourth: PyTorch, addcmul of the old signature", "P=p G=grad S=v H=lr:0.1,rho:0.9,eps:1e-6", "v.mul_(rho).addcmul_(1 - rho, grad, grad)\nstd = v.sqrt().add_(eps)\np.data.addcdiv_(-lr, grad, std)", RmsProp),
        new("fourth: PyTorch, group and state", "P=p S=momentum_buffer H=lr:0.1,momentum:0.9,weight_decay:0.01", """
for group in self.param_groups:
    for p in group['params']:
        d_p = p.grad
        if group['weight_decay'] != 0:
            d_p = d_p.add(p, alpha=group['weight_decay'])
        buf = self.state[p]['momentum_buffer']
        buf.mul_(group['momentum']).add_(d_p)
        p.add_(buf, alpha=-group['lr'])
""", (s, w, g, t, h) => { g += h[2] * w; s[0] = (h[1] * s[0]) + g; return w - (h[0] * s[0]); }),
        new("fourth: TensorFlow 1", "P=w G=grad S=m H=lr:0.1,beta:0.9", "m_t = tf.assign(m, beta * m + (1 - beta) * grad)\nw_t = tf.assign_sub(w, lr * m_t)", AveragedMomentum),
        new("fourth: Rust with iterators' body", "P=w G=g S=m H=lr:0.1,beta:0.9", "*m = beta * *m + (1.0 - beta) * g;\n*w -= lr * *m;", AveragedMomentum),
        new("fourth: Chinese blog", "P=θ S=v H=η:0.1,β:0.9", "动量更新公式如下：\n$$v_t = \\beta v_{t-1} + (1-\\beta) g_t$$\n$$\\theta_t = \\theta_{t-1} - \\eta v_t$$\n其中，$\\beta$ 一般取 0.9。", AveragedMomentum),
        new("fourth: Russian wiki", "P=w S=s H=η:0.1,γ:0.9,ε:1e-6", "Правило обновления: s_t = γ s_{t−1} + (1 − γ) g_t², w_t = w_{t−1} − η g_t / (√s_t + ε), где γ ≈ 0,9.", RmsProp),
        new("fourth: Italian notes", "P=w S=v H=η:0.1,μ:0.9", "Si aggiorna v = μ v + g e poi w = w − η v.", HeavyBall) { Advice = "and the next statement on a line of its own or after ';'" },
        new("fourth: copied with line breaks in the middle", PaperRoles, "m_t =\n  β_1 m_{t−1}\n  + (1 − β_1) g_t,\nv_t =\n  β_2 v_{t−1}\n  + (1 − β_2) g_t²,\nθ_t =\n  θ_{t−1}\n  − α m_t / (√v_t + ε).", AdamUncorrected),
        new("fourth: MathJax with delimiters and numbers", "P=w S=v H=η:0.1,μ:0.9", "\\begin{equation}\\tag{1} v_{t} = \\mu v_{t-1} + g_{t} \\end{equation}\n\\begin{equation}\\tag{2} w_{t} = w_{t-1} - \\eta v_{t} \\end{equation}", HeavyBall),
        new("fourth: spaces as thin characters", "P=w S=v H=η:0.1,μ:0.9", "v\u2009=\u2009μ\u2009v\u2009+\u2009g\nw\u2009=\u2009w\u2009−\u2009η\u2009v", HeavyBall),
    ];
}
