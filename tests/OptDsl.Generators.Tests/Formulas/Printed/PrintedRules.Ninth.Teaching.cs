namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>The ninth set's encyclopedias, books, notes, posts and answers.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_ninthTeaching =
    [
        new("ninth: encyclopedia's Adam, copied with its sentences", "P=w T=t S=m_w,v_w H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
Adam[46] (short for Adaptive Moment Estimation) is a 2014 update to the RMSProp optimizer combining it with the main feature of the Momentum method.[47] In this optimization algorithm, running averages with exponential forgetting of both the gradients and the second moments of the gradients are used. Given parameters w ( t ) {\displaystyle w^{(t)}} and a loss function L ( t ) {\displaystyle L^{(t)}}, where t {\displaystyle t} indexes the current training iteration (indexed at 1 {\displaystyle 1}), Adam's parameter update is given by:

    m w ( t ) := β 1 m w ( t − 1 ) + ( 1 − β 1 ) ∇ w L ( t − 1 ) {\displaystyle m_{w}^{(t)}:=\beta _{1}m_{w}^{(t-1)}+\left(1-\beta _{1}\right)\nabla _{w}L^{(t-1)}}
    v w ( t ) := β 2 v w ( t − 1 ) + ( 1 − β 2 ) ( ∇ w L ( t − 1 ) ) 2 {\displaystyle v_{w}^{(t)}:=\beta _{2}v_{w}^{(t-1)}+\left(1-\beta _{2}\right)\left(\nabla _{w}L^{(t-1)}\right)^{2}}

    m ^ w = m w ( t ) 1 − β 1 t {\displaystyle {\hat {m}}_{w}={\frac {m_{w}^{(t)}}{1-\beta _{1}^{t}}}}
    v ^ w = v w ( t ) 1 − β 2 t {\displaystyle {\hat {v}}_{w}={\frac {v_{w}^{(t)}}{1-\beta _{2}^{t}}}}

    w ( t ) := w ( t − 1 ) − η m ^ w v ^ w + ε {\displaystyle w^{(t)}:=w^{(t-1)}-\eta {\frac {{\hat {m}}_{w}}{{\sqrt {{\hat {v}}_{w}}}+\varepsilon }}}

where ε {\displaystyle \varepsilon } is a small scalar (e.g. 10 − 8 {\displaystyle 10^{-8}}) used to prevent division by 0, and β 1 {\displaystyle \beta _{1}} (e.g. 0.9) and β 2 {\displaystyle \beta _{2}} (e.g. 0.999) are the forgetting factors for gradients and second moments of gradients, respectively. Squaring and square-rooting is done element-wise.
""", Adam),
        new("ninth: encyclopedia's momentum, copied with its sentences", "P=w S=Δw H=η:0.1,α:0.9", """
Further proposals include the momentum method or the heavy ball method, which in ML context appeared in Rumelhart, Hinton and Williams' paper on backpropagation learning.[31] Stochastic gradient descent with momentum remembers the update Δw at each iteration, and determines the next update as a linear combination of the gradient and the previous update:[34][35]
    Δ w := α Δ w − η ∇ Q i ( w ) {\displaystyle \Delta w:=\alpha \Delta w-\eta \,\nabla Q_{i}(w)}
    w := w + Δ w {\displaystyle w:=w+\Delta w}
""", InnerMomentum),
        new("ninth: encyclopedia's RMSProp, wikitext", "P=w S=v H=η:0.1,γ:0.9,ε:1e-6", """
So, first the running average is calculated in terms of means square,

<math display="block">v(w,t):=\gamma v(w,t-1) + \left(1-\gamma\right) \left(\nabla Q_i(w)\right)^2</math>

where, <math>\gamma</math> is the forgetting factor. The concept of storing the historical gradient as sum of squares is borrowed from Adagrad, but "forgetting" is introduced to solve Adagrad's diminishing learning rates in non-convex problems by gradually decreasing the influence of old data.<ref>{{cite web|url=https://example.org/|title=Understanding RMSprop|year=2018}}</ref>

And the parameters are updated as,

<math display="block">w:=w-\frac{\eta}{\sqrt{v(w,t)} + \varepsilon}\nabla Q_i(w)</math>
""", RmsProp),
        new("ninth: overview's blog, momentum on one line", "P=θ S=v H=η:0.1,γ:0.9", "vt=γvt−1+η∇θJ(θ)θ=θ−vt", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }) { Advice = "the next statement on a line of its own", Mended = "vt=γvt−1+η∇θJ(θ)\nθ=θ−vt" },
        new("ninth: overview's blog, Adam's lines", "P=θ S=m,v H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
mt=β1mt−1+(1−β1)gt
vt=β2vt−1+(1−β2)gt2

mt and vt are estimates of the first moment (the mean) and the second moment (the uncentered variance) of the gradients respectively, hence the name of the method. They counteract these biases by computing bias-corrected first and second moment estimates:

m̂t=mt/(1−β1^t)
v̂t=vt/(1−β2^t)

They then use these to update the parameters just as we have seen in Adadelta and RMSprop, which yields the Adam update rule:

θt+1=θt−η/(√v̂t+ϵ) m̂t
""", Adam) { Advice = "write which", Mended = "mt=β1mt−1+(1−β1)gt\nvt=β2vt−1+(1−β2)gt2\nm̂t=mt/(1−β1^t)\nv̂t=vt/(1−β2^t)\nθt+1=θt−(η/(√v̂t+ϵ))m̂t" },
        new("ninth: overview's source, AdaMax", "P=θ S=m,u H=η:0.01,β_1:0.9,β_2:0.99", @"\begin{align}
\begin{split}
m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
u_t &= \beta_2^\infty v_{t-1} + (1 - \beta_2^\infty) |g_t|^\infty\\
              & = \max(\beta_2 \cdot u_{t-1}, |g_t|)
\end{split}
\end{align}

We can now plug this into the Adam update equation by replacing $\sqrt{\hat{v}_t} + \epsilon$ with $u_t$ to obtain the AdaMax update rule:

$\theta_{t+1} = \theta_{t} - \dfrac{\eta}{u_t} \hat{m}_t$, where $\hat{m}_t = \dfrac{m_t}{1-\beta_1^t}$.", AdaMax),
        new("ninth: book's listing, RMSProp", "P=θ S=r H=ε:0.1,ρ:0.9,δ:1e-6", """
Algorithm 8.5 The RMSProp algorithm
Require: Global learning rate ε, decay rate ρ
Require: Initial parameter θ
Require: Small constant δ, usually 10−6, used to stabilize division by small numbers
Initialize accumulation variables r = 0
while stopping criterion not met do
Sample a minibatch of m examples from the training set {x(1), . . . , x(m)} with
corresponding targets y(i).
Compute gradient: g ← (1/m) ∇θ Σi L(f(x(i); θ), y(i)).
Accumulate squared gradient: r ← ρr + (1 − ρ) g ⊙ g.
Compute parameter update: ∆θ = − ε/√(δ + r) ⊙ g. (1/√(δ+r) applied element-wise)
Apply update: θ ← θ + ∆θ.
end while
""", RmsPropInside),
        new("ninth: book's listing, momentum in source", "P=θ S=v H=ε:0.1,α:0.9", @"\begin{algorithm}
\caption{Stochastic gradient descent (SGD) with momentum}
\begin{algorithmic}
\REQUIRE Learning rate $\epsilon$, momentum parameter $\alpha$
\REQUIRE Initial parameter $\vtheta$, initial velocity $\vv$
\WHILE{stopping criterion not met}
\STATE Sample a minibatch of $m$ examples from the training set $\{ \vx^{(1)},\dots,\vx^{(m)} \}$ with corresponding targets $\vy^{(i)}$.
\STATE Compute gradient estimate: $\vg \leftarrow \frac{1}{m} \nabla_{\vtheta} \sum_i L(f(\vx^{(i)}; \vtheta),\vy^{(i)})$.
\STATE Compute velocity update: $\vv \leftarrow \alpha \vv - \epsilon \vg$.
\STATE Apply update: $\vtheta \leftarrow \vtheta + \vv$.
\ENDWHILE
\end{algorithmic}
\end{algorithm}", InnerMomentum),
        new("ninth: book's listing, RMSProp with Nesterov's point", "P=θ S=r,v H=ε:0.1,ρ:0.9,α:0.5", """
Compute interim update: θ̃ ← θ + αv.
Compute gradient: g ← (1/m) ∇θ̃ Σi L(f(x(i); θ̃), y(i)).
Accumulate gradient: r ← ρr + (1 − ρ) g ⊙ g.
Compute velocity update: v ← αv − (ε/√r) ⊙ g. (1/√r applied element-wise)
Apply update: θ ← θ + v.
""", Descent) { Advice = "another point cannot be written here" },
        new("ninth: interactive book, AdaGrad with prose", "P=\\mathbf{w} G=\\mathbf{g} S=\\mathbf{s} H=η:0.1,ε:1e-6", @"We use the variable $\mathbf{s}_t$ to accumulate past gradient variance as follows.

$$\begin{aligned}
    \mathbf{g}_t & = \partial_{\mathbf{w}} l(y_t, f(\mathbf{x}_t, \mathbf{w})), \\
    \mathbf{s}_t & = \mathbf{s}_{t-1} + \mathbf{g}_t^2, \\
    \mathbf{w}_t & = \mathbf{w}_{t-1} - \frac{\eta}{\sqrt{\mathbf{s}_t + \epsilon}} \cdot \mathbf{g}_t.
\end{aligned}$$

Here the operation are applied coordinate wise. That is, $\mathbf{v}^2$ has entries $v_i^2$. Likewise $\frac{1}{\sqrt{v}}$ has entries $\frac{1}{\sqrt{v_i}}$ and $\mathbf{u} \cdot \mathbf{v}$ has entries $u_i v_i$. As before $\eta$ is the learning rate and $\epsilon$ is an additive constant that ensures that we do not divide by $0$. Last, we initialize $\mathbf{s}_0 = \mathbf{0}$.", AdaGradInside),
        new("ninth: interactive book, Adadelta's four lines", "P=\\mathbf{x} G=\\mathbf{g} S=\\mathbf{s},Δ\\mathbf{x} H=ρ:0.9,ε:1e-6", @"$$\begin{aligned}
    \mathbf{s}_t & = \rho \mathbf{s}_{t-1} + (1 - \rho) \mathbf{g}_t^2.
\end{aligned}$$

$$\begin{aligned}
    \mathbf{x}_t  & = \mathbf{x}_{t-1} - \mathbf{g}_t'. \\
\end{aligned}$$

So what is the rescaled gradient $\mathbf{g}_t'$? We can calculate it as follows:

$$\begin{aligned}
    \mathbf{g}_t' & = \frac{\sqrt{\Delta\mathbf{x}_{t-1} + \epsilon}}{\sqrt{{\mathbf{s}_t + \epsilon}}} \odot \mathbf{g}_t, \\
\end{aligned}$$

where $\Delta \mathbf{x}_{t-1}$ is the leaky average of the squared rescaled gradients $\mathbf{g}_t'$. We initialize $\Delta \mathbf{x}_{0}$ to be $0$ and update it at each step with $\mathbf{g}_t'$, i.e.,

$$\begin{aligned}
    \Delta \mathbf{x}_t & = \rho \Delta\mathbf{x}_{t-1} + (1 - \rho) {\mathbf{g}_t'}^2,
\end{aligned}$$", AdaDelta),
        new("ninth: course notes, whole section of Adam's code", "P=x G=dx T=t S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
Adam. Adam is a recently proposed update that looks a bit like RMSProp with momentum. The (simplified) update looks as follows:

# t is your iteration counter going from 1 to infinity
m = beta1*m + (1-beta1)*dx
mt = m / (1-beta1**t)
v = beta2*v + (1-beta2)*(dx**2)
vt = v / (1-beta2**t)
x += - learning_rate * mt / (np.sqrt(vt) + eps)

Notice that the update looks exactly as RMSProp update, except the "smooth" version of the gradient m is used instead of the raw (and perhaps noisy) gradient vector dx. Recommended values in the paper are eps = 1e-8, beta1 = 0.9, beta2 = 0.999. In practice Adam is currently recommended as the default algorithm to use.
""", Adam) { Roles = "P=x G=dx T=t S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.999,eps:1e-8" },
        new("ninth: chat, Adam with brackets of TeX and a list", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"Sure! Here's the **Adam** update rule step by step:

1. **Compute the gradient:**
   \[
   g_t = \nabla_\theta L(\theta_{t-1})
   \]

2. **Update biased first moment estimate:**
   \[
   m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
   \]

3. **Update biased second moment estimate:**
   \[
   v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2
   \]

4. **Bias correction:**
   \[
   \hat{m}_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
   \]

5. **Parameter update:**
   \[
   \theta_t = \theta_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}
   \]

Where:
- \( \eta \): learning rate (default: 0.001)
- \( \beta_1, \beta_2 \): exponential decay rates (default: 0.9 and 0.999)
- \( \epsilon \): small constant for numerical stability (default: \(10^{-8}\))

Let me know if you'd like a Python implementation!", Adam),
        new("ninth: chat, RMSProp copied as Unicode", "P=θ S=v H=η:0.1,β:0.9,ε:1e-6", """
RMSprop keeps a moving average of squared gradients:

• Accumulate: vₜ = β·vₜ₋₁ + (1 − β)·(∇L(θₜ))²
• Update:     θₜ₊₁ = θₜ − η · ∇L(θₜ) / (√vₜ + ε)

where
• β ≈ 0.9 is the decay rate
• η is the learning rate
• ε ≈ 10⁻⁸ prevents division by zero
""", RmsProp),
        new("ninth: chat, AdamW against Adam in a table and a display", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
### AdamW

| Step | Formula |
|------|---------|
| First moment | $m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t$ |
| Second moment | $v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2$ |
| Bias correction | $\hat{m}_t = m_t / (1-\beta_1^t)$, $\hat{v}_t = v_t / (1-\beta_2^t)$ |
| Update | $\theta_t = \theta_{t-1} - \alpha \left( \frac{\hat{m}_t}{\sqrt{\hat{v}_t}+\epsilon} + \lambda \theta_{t-1} \right)$ |

**Key difference:** the decay term $\lambda \theta_{t-1}$ is *decoupled* from the gradient.
""", AdamW),
        new("ninth: post, momentum of W and b with dots", "P=W G=dW S=Vdw H=α:0.1,β:0.9", """
On iteration t:
  Compute dW, db on current mini-batch
  Vdw = β . Vdw + (1 - β) . dW
  Vdb = β . Vdb + (1 - β) . db
  W = W - α . Vdw
  b = b - α . Vdb
""", AveragedMomentum),
        new("ninth: post, Adam corrected, W and b", "P=W G=dW T=t S=Vdw,Sdw H=α:0.01,β1:0.9,β2:0.99,ε:1e-6", """
Initialize Vdw = 0, Sdw = 0, Vdb = 0, Sdb = 0
On iteration t:
Compute dW, db using current mini-batch
Vdw = β1 * Vdw + (1 − β1) * dW,   Vdb = β1 * Vdb + (1 − β1) * db   ← "momentum" β1
Sdw = β2 * Sdw + (1 − β2) * dW²,  Sdb = β2 * Sdb + (1 − β2) * db²   ← "RMSprop" β2
Vdw_corrected = Vdw / (1 − β1^t),  Vdb_corrected = Vdb / (1 − β1^t)
Sdw_corrected = Sdw / (1 − β2^t),  Sdb_corrected = Sdb / (1 − β2^t)
W = W − α * Vdw_corrected / (√Sdw_corrected + ε)
b = b − α * Vdb_corrected / (√Sdb_corrected + ε)
""", Adam),
        new("ninth: notebook, class of Adam in NumPy", "P=params G=grads T=t S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
class Adam:
    def __init__(self, lr=0.01, beta1=0.9, beta2=0.99, eps=1e-6):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.m = None
        self.v = None
        self.t = 0

    def update(self, params, grads):
        if self.m is None:
            self.m = np.zeros_like(params)
            self.v = np.zeros_like(params)
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * grads
        self.v = self.beta2 * self.v + (1 - self.beta2) * (grads ** 2)
        m_hat = self.m / (1 - self.beta1 ** self.t)
        v_hat = self.v / (1 - self.beta2 ** self.t)
        params -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        return params
""", Adam),
        new("ninth: question with code and its error message", "P=w G=grad S=cache H=lr:0.1,decay:0.9,eps:1e-6", """
I'm trying to implement RMSProp like this:

    cache = decay * cache + (1 - decay) * grad ** 2
    w += -lr * grad / (np.sqrt(cache) + eps)

but my loss goes to nan after a few iterations. What am I doing wrong?
""", RmsProp),
        new("ninth: lecture slide, Adam's four arrows", "P=W S=m,v H=α:0.01,β₁:0.9,β₂:0.99,ε:1e-6", """
Adam (Kingma & Ba, 2015)
m ← β₁ m + (1 − β₁) ∇L        // 1st moment
v ← β₂ v + (1 − β₂) (∇L)²     // 2nd moment
m̂ ← m / (1 − β₁ᵗ),  v̂ ← v / (1 − β₂ᵗ)
W ← W − α m̂ / (√v̂ + ε)
""", Adam),
    ];
}
