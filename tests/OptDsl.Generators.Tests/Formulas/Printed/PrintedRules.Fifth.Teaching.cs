namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A fifth set, written down before any of it was tried: books, notes, slides, articles and programs of many languages.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_fifthTeaching =
    [
        new("fifth: blog, Adam in two displays with words", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"We keep decaying averages of past and past squared gradients:

$$
\begin{align}
\begin{split}
m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2
\end{split}
\end{align}
$$

They are biased towards zero, which is corrected by

$$
\begin{align}
\begin{split}
\hat{m}_t &= \dfrac{m_t}{1 - \beta^t_1} \\
\hat{v}_t &= \dfrac{v_t}{1 - \beta^t_2} \end{split}
\end{align}
$$

The rule is then

$$\theta_{t+1} = \theta_{t} - \dfrac{\eta}{\sqrt{\hat{v}_t} + \epsilon} \hat{m}_t$$.

The authors propose 0.9 for $\beta_1$, 0.999 for $\beta_2$, and $10^{-8}$ for $\epsilon$.", Adam),
        new("fifth: blog, sum of squares on a diagonal", "P=θ S=G H=η:0.1,ε:1e-6", @"$\theta_{t+1, i} = \theta_{t, i} - \dfrac{\eta}{\sqrt{G_{t, ii} + \epsilon}} \cdot g_{t, i}$, where $G_{t,ii} = G_{t-1,ii} + g_{t,i}^2$", AdaGradInside),
        new("fifth: blog, running averages in brackets", "P=θ S=E[g^2] H=η:0.1", @"\begin{align}
\begin{split}
E[g^2]_t &= 0.9 E[g^2]_{t-1} + 0.1 g^2_t \\
\theta_{t+1} &= \theta_{t} - \dfrac{\eta}{\sqrt{E[g^2]_t + \epsilon}} g_{t}
\end{split}
\end{align}", (s, w, g, t, h) => RmsPropInside(s, w, g, t, [h[0], 0.9, h[1]])) { Roles = "P=θ S=E[g^2] H=η:0.1,ε:1e-6" },
        new("fifth: course notes in comments", "P=x G=dx S=cache H=learning_rate:0.1,decay_rate:0.9,eps:1e-6", """
# RMSProp: the update of the cache leaks
cache = decay_rate * cache + (1 - decay_rate) * dx**2
x += - learning_rate * dx / (np.sqrt(cache) + eps)
""", RmsProp),
        new("fifth: course notes, Adam as shown", "P=x G=dx S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
# t is the iteration counter, from 1 on
m = beta1*m + (1-beta1)*dx
mt = m / (1-beta1**t)
v = beta2*v + (1-beta2)*(dx**2)
vt = v / (1-beta2**t)
x += - learning_rate * mt / (np.sqrt(vt) + eps)
""", Adam),
        new("fifth: course notes, Nesterov's back up", "P=x G=dx S=v H=learning_rate:0.1,mu:0.9", """
v_prev = v # back this up
v = mu * v - learning_rate * dx # velocity update stays the same
x += -mu * v_prev + (1 + mu) * v # position update changes form
""", NesterovNotes),
        new("fifth: assignment with config", "P=w G=dw S=v H=learning_rate:0.1,momentum:0.9", """
def sgd_momentum(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))

    next_w = None
    v = config['momentum'] * v - config['learning_rate'] * dw
    next_w = w + v
    config['velocity'] = v

    return next_w, config
""", InnerMomentum),
        new("fifth: assignment, Adam with config", "P=w G=dw S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    mt = config["m"] / (1 - config["beta1"] ** config["t"])
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * (dw ** 2)
    vt = config["v"] / (1 - config["beta2"] ** config["t"])
    next_w = w - config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"])
""", Adam),
        new("fifth: interactive book, leaky average", "P=x S=s H=η:0.1,γ:0.9,ε:1e-6", @"$$\begin{aligned}
    \mathbf{s}_t & \leftarrow \gamma \mathbf{s}_{t-1} + (1 - \gamma) \mathbf{g}_t^2, \\
    \mathbf{x}_t & \leftarrow \mathbf{x}_{t-1} - \frac{\eta}{\sqrt{\mathbf{s}_t + \epsilon}} \odot \mathbf{g}_t.
\end{aligned}$$

The constant $\epsilon > 0$ is typically set to $10^{-6}$.", RmsPropInside),
        new("fifth: interactive book, rescaled gradient", "P=x S=s,Δx H=ρ:0.9,ε:1e-6", @"\begin{aligned}
    \mathbf{s}_t & = \rho \mathbf{s}_{t-1} + (1 - \rho) \mathbf{g}_t^2, \\
    \mathbf{g}_t' & = \frac{\sqrt{\Delta\mathbf{x}_{t-1} + \epsilon}}{\sqrt{{\mathbf{s}_t + \epsilon}}} \odot \mathbf{g}_t, \\
    \mathbf{x}_t  & = \mathbf{x}_{t-1} - \mathbf{g}_t', \\
    \Delta \mathbf{x}_t & = \rho \Delta\mathbf{x}_{t-1} + (1 - \rho) {\mathbf{g}_t'}^2.
\end{aligned}", AdaDelta),
        new("fifth: interactive book, Adam from scratch", "P=p S=v,s H=lr:0.01,t:1", """
def adam(params, states, hyperparams):
    beta1, beta2, eps = 0.9, 0.999, 1e-6
    for p, (v, s) in zip(params, states):
        with torch.no_grad():
            v[:] = beta1 * v + (1 - beta1) * p.grad
            s[:] = beta2 * s + (1 - beta2) * torch.square(p.grad)
            v_bias_corr = v / (1 - beta1 ** hyperparams['t'])
            s_bias_corr = s / (1 - beta2 ** hyperparams['t'])
            p[:] -= hyperparams['lr'] * v_bias_corr / (torch.sqrt(s_bias_corr) + eps)
        p.grad.data.zero_()
    hyperparams['t'] += 1
""", (s, w, g, t, h) => Adam(s, w, g, t, [h[0], 0.9, 0.999, 1e-6])) { Roles = "P=p S=v,s H=lr:0.01" },
        new("fifth: deep learning book, velocity and position", "P=θ S=v H=ε:0.1,α:0.9", @"\boldsymbol{v} \leftarrow \alpha \boldsymbol{v} - \epsilon \nabla_{\boldsymbol{\theta}} \left( \frac{1}{m} \sum_{i=1}^{m} L(\boldsymbol{f}(\boldsymbol{x}^{(i)}; \boldsymbol{\theta}), \boldsymbol{y}^{(i)}) \right),
\boldsymbol{\theta} \leftarrow \boldsymbol{\theta} + \boldsymbol{v}.", InnerMomentum),
        new("fifth: deep learning book, Adam's listing as text", "P=θ S=s,r H=ε:0.01,ρ_1:0.9,ρ_2:0.99,δ:1e-6", """
Require: Step size ε (suggested default: 0.001)
Require: Exponential decay rates for moment estimates, ρ1 and ρ2 in [0, 1).
Require: Small constant δ used for numerical stabilization
Require: Initial parameters θ
Initialize 1st and 2nd moment variables s = 0, r = 0
Initialize time step t = 0
while stopping criterion not met do
  Sample a minibatch of m examples from the training set {x(1), . . . , x(m)} with corresponding targets y(i).
  Compute gradient: g ← 1/m ∇θ Σi L(f(x(i); θ), y(i))
  t ← t + 1
  Update biased first moment estimate: s ← ρ1 s + (1 − ρ1) g
  Update biased second moment estimate: r ← ρ2 r + (1 − ρ2) g ⊙ g
  Correct bias in first moment: ŝ ← s / (1 − ρ1^t)
  Correct bias in second moment: r̂ ← r / (1 − ρ2^t)
  Compute update: Δθ = −ε ŝ / (√r̂ + δ) (operations applied element-wise)
  Apply update: θ ← θ + Δθ
end while
""", Adam),
        new("fifth: hands-on book, numbered equations", "P=θ S=m H=η:0.1,β:0.9", """
1. m ← βm − η∇_θ J(θ)
2. θ ← θ + m
""", InnerMomentum),
        new("fifth: hands-on book, Adam with circled operators", "P=θ S=m,s H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{split}
1. \quad & \mathbf{m} \gets \beta_1 \mathbf{m} - (1 - \beta_1) \nabla_{\boldsymbol{\theta}}J(\boldsymbol{\theta}) \\
2. \quad & \mathbf{s} \gets \beta_2 \mathbf{s} + (1 - \beta_2) \nabla_{\boldsymbol{\theta}}J(\boldsymbol{\theta}) \otimes \nabla_{\boldsymbol{\theta}}J(\boldsymbol{\theta}) \\
3. \quad & \widehat{\mathbf{m}} \gets \dfrac{\mathbf{m}}{1 - {\beta_1}^t} \\
4. \quad & \widehat{\mathbf{s}} \gets \dfrac{\mathbf{s}}{1 - {\beta_2}^t} \\
5. \quad & \boldsymbol{\theta} \gets \boldsymbol{\theta} + \eta \, \widehat{\mathbf{m}} \oslash {\sqrt{\widehat{\mathbf{s}} + \epsilon}}
\end{split}", (s, w, g, t, h) => AdamInside(s, w, g, t, h)),
        new("fifth: book of neural networks, layers and batch", "P=w H=η:0.1,λ:0.1,n:10,m:1", @"w \rightarrow \left(1-\frac{\eta\lambda}{n}\right)w - \frac{\eta}{m}\sum_x \frac{\partial C_x}{\partial w}", (s, w, g, t, h) => w) { Advice = "leave the sum and its factor out" },
        new("fifth: machine learning book, weight vector", "P=w H=η:0.1", @"\mathbf{w}^{(\tau+1)} = \mathbf{w}^{(\tau)} - \eta \nabla E_n(\mathbf{w}^{(\tau)}) \tag{5.43}", Descent) { Roles = "P=w T=τ H=η:0.1" },
        new("fifth: probabilistic book, moments", "P=θ S=m,s H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{align}
m_t &= \beta_1 m_{t-1} + (1-\beta_1) g_t \\
s_t &= \beta_2 s_{t-1} + (1-\beta_2) g_t^2 \\
\Delta\theta_t &= -\eta_t \frac{1}{\sqrt{s_t} + \epsilon} m_t \\
\theta_{t+1} &= \theta_t + \Delta\theta_t
\end{align}", AdamUncorrected),
        new("fifth: adaptive filters, least mean squares", "P=w H=μ:0.1", @"\hat{\mathbf{w}}(n+1) = \hat{\mathbf{w}}(n) + \mu\, e^{*}(n)\, \mathbf{x}(n)", Descent) { Roles = "P=w T=n H=μ:0.1", Advice = "leave it out, or declare the name with it" },
        new("fifth: slides, bullets and arrows", "P=w S=v H=η:0.1,μ:0.9", """
Momentum update
• v ← μ·v − η·∇L(w)
• w ← w + v
→ accelerates along flat directions
""", InnerMomentum),
        new("fifth: slides, what each is called", "P=w S=v,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
Momentum:   v = β₁ v + (1 − β₁) dw
RMSprop:    s = β₂ s + (1 − β₂) dw²
Correct:    v̂ = v / (1 − β₁ᵗ),  ŝ = s / (1 − β₂ᵗ)
Update:     w := w − α v̂ / (√ŝ + ε)
""", Adam) { Roles = "P=w G=dw S=v,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("fifth: course slides, on iteration t", "P=W S=S_{dW} H=α:0.1,β:0.9,ε:1e-6", """
On iteration t:
    Compute dW, db on the current mini-batch
    S_{dW} = β S_{dW} + (1 − β) dW²
    S_{db} = β S_{db} + (1 − β) db²
    W := W − α dW / (√S_{dW} + ε), b := b − α db / (√S_{db} + ε)
""", RmsProp) { Roles = "P=W G=dW S=S_{dW} H=α:0.1,β:0.9,ε:1e-6" },
        new("fifth: course, corrected superscripts in words", "P=W G=dW S=v_{dW},s_{dW} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$$\begin{cases}
v_{dW^{[l]}} = \beta_1 v_{dW^{[l]}} + (1 - \beta_1) \frac{\partial \mathcal{J} }{ \partial W^{[l]} } \\
v^{corrected}_{dW^{[l]}} = \frac{v_{dW^{[l]}}}{1 - (\beta_1)^t} \\
s_{dW^{[l]}} = \beta_2 s_{dW^{[l]}} + (1 - \beta_2) (\frac{\partial \mathcal{J} }{\partial W^{[l]} })^2 \\
s^{corrected}_{dW^{[l]}} = \frac{s_{dW^{[l]}}}{1 - (\beta_2)^t} \\
W^{[l]} = W^{[l]} - \alpha \frac{v^{corrected}_{dW^{[l]}}}{\sqrt{s^{corrected}_{dW^{[l]}}} + \varepsilon}
\end{cases}$$", Adam) { Roles = "P=W S=v_{dW^{[l]}},s_{dW^{[l]}} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("fifth: teaching code, a dictionary for each layer", "P=W1 G=dW1 S=v H=learning_rate:0.1,beta:0.9", """
for l in range(L):
    v["dW" + str(l+1)] = beta * v["dW" + str(l+1)] + (1 - beta) * grads['dW' + str(l+1)]
    parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * v["dW" + str(l+1)]
""", AveragedMomentum),
        new("fifth: lecture notes, with the word minimise", "P=x T=k H=t:0.1", @"\begin{equation}
x^{(k)} = x^{(k-1)} - t_k \cdot \nabla f(x^{(k-1)}), \quad k = 1,2,3,\ldots
\end{equation}", Descent) { Roles = "P=x T=k H=t:0.1" },
        new("fifth: lecture notes, proximal map spelled out", "P=β T=k H=t:0.1,λ:0.05", @"\beta^{+} = S_{\lambda t}\left(\beta - t\,\nabla g(\beta)\right), \quad [S_{\lambda}(\beta)]_i = \begin{cases}\beta_i - \lambda & \beta_i > \lambda\\ 0 & -\lambda \le \beta_i \le \lambda\\ \beta_i + \lambda & \beta_i < -\lambda\end{cases}", (s, w, g, t, h) => { var z = w - (h[0] * g); var c = h[0] * h[1]; return z > c ? z - c : z < -c ? z + c : 0; }),
        new("fifth: lecture notes, LaTeX macros of the author", "P=x S=y H=η:0.1", @"\vx_{t+1} = \vx_t - \eta\, \grad f(\vx_t)", Descent) { Roles = "P=x H=η:0.1" },
        new("fifth: mirror descent in general", "P=x H=η:0.1", @"\nabla \Phi(y_{t+1}) = \nabla \Phi(x_t) - \eta g_t,\qquad x_{t+1} \in \Pi_{\mathcal{X}}^{\Phi}(y_{t+1})", Descent) { Advice = "is a mirror map" },
        new("fifth: exponentiated weights", "P=w H=η:0.1", @"w_{t+1,i} = w_{t,i}\, e^{-\eta g_{t,i}}", (s, w, g, t, h) => w * Math.Exp(-h[0] * g)),
        new("fifth: Oja-like rule with decay by square", "P=w H=η:0.1", @"\Delta w = \eta\,(g - g^2 w), \quad w \leftarrow w + \Delta w", (s, w, g, t, h) => w + (h[0] * (g - (g * g * w)))),
        new("fifth: forum, fenced code and words", "P=w S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
You can write it yourself in a few lines:

```python
m = b1*m + (1-b1)*g
v = b2*v + (1-b2)*g*g
mhat = m/(1-b1**t); vhat = v/(1-b2**t)
w -= lr*mhat/(vhat**0.5 + eps)
```

(`t` starts at 1.)
""", Adam),
        new("fifth: notebook cells", "P=w S=v H=lr:0.1,mu:0.9", "In [3]: v = mu * v + g\n\nIn [4]: w = w - lr * v\n\nOut[4]: array([0.97, -1.99, 0.3])", HeavyBall),
        new("fifth: MATLAB function", "P=theta G=grad S=m,v H=alpha:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
function [theta, m, v] = adam(theta, grad, m, v, t, alpha, beta1, beta2, epsilon)
    % first moment
    m = beta1.*m + (1 - beta1).*grad;
    % second moment
    v = beta2.*v + (1 - beta2).*(grad.^2);
    mhat = m./(1 - beta1.^t);
    vhat = v./(1 - beta2.^t);
    theta = theta - alpha.*mhat./(sqrt(vhat) + epsilon);
end
""", Adam),
        new("fifth: R function", "P=theta G=grad S=G H=eta:0.1,eps:1e-6", """
adagrad_step <- function(theta, grad, G, eta, eps) {
  G <- G + grad^2
  theta <- theta - eta / sqrt(G + eps) * grad
  list(theta = theta, G = G)
}
""", AdaGradInside),
        new("fifth: Julia struct", "P=θ G=∇ S=m,v H=α:0.01,γv:0.9,γs:0.99,ϵ:1e-6", """
function step!(M::Adam, f, ∇f, x)
	α, γv, γs, ϵ, k = M.α, M.γv, M.γs, M.ϵ, M.k
	s, v, g = M.s, M.v, ∇f(x)
	v[:] = γv*v + (1-γv)*g
	s[:] = γs*s + (1-γs)*g.*g
	M.k = k += 1
	v_hat = v ./ (1 - γv^k)
	s_hat = s ./ (1 - γs^k)
	return x - α*v_hat ./ (sqrt.(s_hat) .+ ϵ)
end
""", Adam) { Roles = "P=x T=k S=v,s H=α:0.01,γv:0.9,γs:0.99,ϵ:1e-6" },
        new("fifth: C of llm training", "P=param G=grad S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
for (size_t i = 0; i < model->num_parameters; i++) {
    float param = model->params_memory[i];
    float grad = model->grads_memory[i];

    // first moment (momentum)
    float m = beta1 * model->m_memory[i] + (1.0f - beta1) * grad;
    // second moment
    float v = beta2 * model->v_memory[i] + (1.0f - beta2) * grad * grad;
    // bias-correct both
    float m_hat = m / (1.0f - powf(beta1, t));
    float v_hat = v / (1.0f - powf(beta2, t));

    // update
    model->m_memory[i] = m;
    model->v_memory[i] = v;
    model->params_memory[i] -= learning_rate * (m_hat / (sqrtf(v_hat) + eps) + weight_decay * param);
}
""", AdamW),
        new("fifth: CUDA kernel with lerp", "P=params_memory G=grads_memory S=m_memory,v_memory H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
   float grad = grads_memory[i];
   float m = m_memory[i];
   float v = v_memory[i];
   // update the first moment (momentum)
   m = lerp(grad, m, beta1);
   m_memory[i] = m;
   // update the second moment (RMSprop)
   v = lerp(grad * grad, v, beta2);
   v_memory[i] = v;
   m /= beta1_correction;  // m_hat
   v /= beta2_correction;  // v_hat
   params_memory[i] -= learning_rate * (m / (sqrtf(v) + eps) + weight_decay * params_memory[i]);
""", (s, w, g, t, h) => { var next = AdamUncorrected(s, w, g, t, h); return next - (h[0] * h[4] * w); }) { Roles = "P=params_memory G=grads_memory S=m_memory,v_memory H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1,beta1_correction:1,beta2_correction:1" },
        new("fifth: Lua optim", "P=x G=dfdx S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
   -- Decay the first and second moment running average coefficient
   state.m:mul(beta1):add(1-beta1, dfdx)
   state.v:mul(beta2):addcmul(1-beta2, dfdx, dfdx)
   state.denom:copy(state.v):sqrt():add(epsilon)
   local biasCorrection1 = 1 - beta1^state.t
   local biasCorrection2 = 1 - beta2^state.t
   local stepSize = lr * math.sqrt(biasCorrection2)/biasCorrection1
   x:addcdiv(-stepSize, state.m, state.denom)
""", AdamFoldedRate),
        new("fifth: Rust struct", "P=param G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
for i in 0..params.len() {
    self.m[i] = self.beta1 * self.m[i] + (1.0 - self.beta1) * grad[i];
    self.v[i] = self.beta2 * self.v[i] + (1.0 - self.beta2) * grad[i].powi(2);
    let m_hat = self.m[i] / (1.0 - self.beta1.powi(t));
    let v_hat = self.v[i] / (1.0 - self.beta2.powi(t));
    params[i] -= self.lr * m_hat / (v_hat.sqrt() + self.eps);
}
""", Adam) { Roles = "P=params G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6" },
        new("fifth: JavaScript class", "P=w S=cache H=lr:0.1,decay:0.9,eps:1e-6", """
for (let i = 0; i < this.w.length; i++) {
  this.cache[i] = this.decay * this.cache[i] + (1 - this.decay) * g[i] ** 2;
  this.w[i] -= this.lr * g[i] / (Math.sqrt(this.cache[i]) + this.eps);
}
""", RmsProp),
        new("fifth: nnabla-like and blog with Greek code", "P=w S=m H=eta:0.1,beta:0.9", "m_t = β·m_(t−1) + (1 − β)·∇w_t\nw_(t+1) = w_t − η·m_t", AveragedMomentum) { Roles = "P=w S=m H=η:0.1,β:0.9" },
        new("fifth: article, words for all", "P=weight G=gradient S=velocity H=learning_rate:0.1,momentum:0.9", "velocity = momentum × velocity − learning_rate × gradient\nweight = weight + velocity", InnerMomentum),
        new("fifth: article, words with blanks", "P=weight G=gradient S=velocity H=learning_rate:0.1,momentum:0.9", "new weight = old weight − learning rate × gradient", Descent),
        new("fifth: article, v(t) and w(t+1)", "P=w S=v H=α:0.1,β:0.9", "V(t) = β V(t−1) + (1−β) δw\nw(t+1) = w(t) − α V(t)", AveragedMomentum) { Roles = "P=w G=δw S=V H=α:0.1,β:0.9" },
        new("fifth: Rprop in prose with cases", "P=w S=Δ=0.01,g_{t-1} H=η^+:1.2,η^-:0.5", @"\Delta_{ij}^{(t)} = \begin{cases} \eta^{+} \cdot \Delta_{ij}^{(t-1)}, & \text{if } \frac{\partial E}{\partial w_{ij}}^{(t-1)} \cdot \frac{\partial E}{\partial w_{ij}}^{(t)} > 0 \\ \eta^{-} \cdot \Delta_{ij}^{(t-1)}, & \text{if } \frac{\partial E}{\partial w_{ij}}^{(t-1)} \cdot \frac{\partial E}{\partial w_{ij}}^{(t)} < 0 \\ \Delta_{ij}^{(t-1)}, & \text{else} \end{cases}
w_{ij}^{(t+1)} = w_{ij}^{(t)} - \text{sign}\left(\frac{\partial E}{\partial w_{ij}}^{(t)}\right) \cdot \Delta_{ij}^{(t)}", (s, w, g, t, h) => { var d = t == 1 ? 0.01 : s[0]; var a = s[1] * g; d *= a > 0 ? h[0] : a < 0 ? h[1] : 1; s[0] = d; s[1] = g; return w - (Math.Sign(g) * d); }),
        new("fifth: two updates with a shared brace", "P=w S=v H=η:0.1,μ:0.9", @"\begin{array}{rcl} v & = & \mu v - \eta \nabla_w L \\ w & = & w + v \end{array}", InnerMomentum),
    ];
}
