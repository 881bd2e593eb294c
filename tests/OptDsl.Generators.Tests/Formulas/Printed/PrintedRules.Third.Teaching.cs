namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A third set, written down before any of it was tried: notations of books, courses and overviews.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_thirdTeaching =
    [
        new("third: fastbook, momentum", "P=weight S=avg H=lr:0.1,beta:0.9", "weight.avg = beta * weight.avg + (1-beta) * weight.grad\nnew_weight = weight - lr * weight.avg", AveragedMomentum),
        new("third: fastbook, Adam", "P=weight G=weight.grad T=i F=0 S=avg,sqr_avg H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
w.avg = beta1 * w.avg + (1-beta1) * w.grad
unbias_avg = w.avg / (1 - (beta1**(i+1)))
w.sqr_avg = beta2 * w.sqr_avg + (1-beta2) * (w.grad ** 2)
new_w = w - lr * unbias_avg / sqrt(w.sqr_avg + eps)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / Math.Sqrt(s[1] + h[3])); }) { Roles = "P=w T=i F=0 S=avg,sqr_avg H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6" },
        new("third: d2l, momentum with two times", "P=x S=v H=η:0.1,β:0.9", @"\begin{aligned}
\mathbf{v}_t &\leftarrow \beta \mathbf{v}_{t-1} + \mathbf{g}_{t, t-1}, \\
\mathbf{x}_t &\leftarrow \mathbf{x}_{t-1} - \eta_t \mathbf{v}_t.
\end{aligned}", HeavyBall),
        new("third: d2l, Adam in sentences", "P=x S=v,s H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$$\begin{aligned}
    \mathbf{v}_t & \leftarrow \beta_1 \mathbf{v}_{t-1} + (1 - \beta_1) \mathbf{g}_t, \\
    \mathbf{s}_t & \leftarrow \beta_2 \mathbf{s}_{t-1} + (1 - \beta_2) \mathbf{g}_t^2.
\end{aligned}$$

Correspondingly the normalized state variables are given by

$$\hat{\mathbf{v}}_t = \frac{\mathbf{v}_t}{1 - \beta_1^t} \textrm{ and } \hat{\mathbf{s}}_t = \frac{\mathbf{s}_t}{1 - \beta_2^t}.$$

Armed with the proper estimates we can now write out the update equations. First, we rescale the gradient to obtain

$$\mathbf{g}_t' = \frac{\eta \hat{\mathbf{v}}_t}{\sqrt{\hat{\mathbf{s}}_t} + \epsilon}.$$

Last, we compute updates:

$$\mathbf{x}_t \leftarrow \mathbf{x}_{t-1} - \mathbf{g}_t'.$$", Adam),
        new("third: d2l, Yogi", "P=x S=v,s=1e-6 H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-3", @"\mathbf{v}_t \leftarrow \beta_1 \mathbf{v}_{t-1} + (1 - \beta_1) \mathbf{g}_t
\mathbf{s}_t \leftarrow \mathbf{s}_{t-1} + (1 - \beta_2) \mathbf{g}_t^2 \odot \mathop{\textrm{sgn}}(\mathbf{g}_t^2 - \mathbf{s}_{t-1}).
\mathbf{x}_t \leftarrow \mathbf{x}_{t-1} - \frac{\eta \mathbf{v}_t}{\sqrt{\mathbf{s}_t} + \epsilon}", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = t == 1 ? 1e-6 : s[1];
            s[1] += (1 - h[2]) * g * g * Math.Sign((g * g) - s[1]);
            return w - (h[0] * s[0] / (Math.Sqrt(s[1]) + h[3]));
        }),
        new("third: d2l, Adam from scratch", "P=p S=v,s H=lr:0.01", """
def adam(params, states, hyperparams):
    beta1, beta2, eps = 0.9, 0.999, 1e-6
    for p, (v, s) in zip(params, states):
        with torch.no_grad():
            v[:] = beta1 * v + (1 - beta1) * p.grad
            s[:] = beta2 * s + (1 - beta2) * torch.square(p.grad)
            v_bias_corr = v / (1 - beta1 ** hyperparams['t'])
            s_bias_corr = s / (1 - beta2 ** hyperparams['t'])
            p[:] -= hyperparams['lr'] * v_bias_corr / (torch.sqrt(s_bias_corr)
                                                       + eps)
        p.grad.data.zero_()
    hyperparams['t'] += 1
""", (s, w, g, t, h) => Adam(s, w, g, t, [h[0], 0.9, 0.999, 1e-6])),
        new("third: d2l, AdaDelta from scratch", "P=p S=s,delta H=rho:0.9,eps:1e-5", """
for p, (s, delta) in zip(params, states):
    with torch.no_grad():
        # In-place updates via [:]
        s[:] = rho * s + (1 - rho) * torch.square(p.grad)
        g = (torch.sqrt(delta + eps) / torch.sqrt(s + eps)) * p.grad
        p[:] -= g
        delta[:] = rho * delta + (1 - rho) * g * g
    p.grad.data.zero_()
""", AdaDelta),
        new("third: d2l, clipping", "P=w H=η:0.1,θ:1", @"\mathbf{g} \leftarrow \min\left(1, \frac{\theta}{\|\mathbf{g}\|}\right) \mathbf{g}
\mathbf{w} \leftarrow \mathbf{w} - \eta \mathbf{g}", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * Math.Min(1, h[1] / Norm(g)) * g[i]))),
        new("third: book on deep learning, Adam from a page", "P=θ S=s,r H=ϵ:0.01,ρ1:0.9,ρ2:0.99,δ:1e-6", """
Algorithm 8.7 The Adam algorithm
Require: Step size ϵ (Suggested default: 0.001)
Require: Exponential decay rates for moment estimates, ρ1 and ρ2 in [0, 1).
(Suggested defaults: 0.9 and 0.999 respectively)
Require: Small constant δ used for numerical stabilization (Suggested default:
10−8)
Require: Initial parameters θ
Initialize 1st and 2nd moment variables s = 0, r = 0
Initialize time step t = 0
while stopping criterion not met do
Sample a minibatch of m examples from the training set {x(1), . . . , x(m)} with
corresponding targets y(i).
Compute gradient: g ← 1/m ∇θ Σi L(f(x(i); θ), y(i))
t ← t + 1
Update biased first moment estimate: s ← ρ1s + (1 − ρ1)g
Update biased second moment estimate: r ← ρ2r + (1 − ρ2)g ⊙ g
Correct bias in first moment: ŝ ← s/(1 − ρ1^t)
Correct bias in second moment: r̂ ← r/(1 − ρ2^t)
Compute update: ∆θ = −ϵ ŝ/(√r̂ + δ) (operations applied element-wise)
Apply update: θ ← θ + ∆θ
end while
""", Adam),
        new("third: book on deep learning, momentum", "P=θ S=v H=ϵ:0.1,α:0.9", """
Require: Learning rate ϵ, momentum parameter α
Require: Initial parameter θ, initial velocity v
while stopping criterion not met do
  Sample a minibatch of m examples from the training set {x^{(1)}, . . . , x^{(m)}} with corresponding targets y^{(i)}.
  Compute gradient estimate: g ← \frac{1}{m} ∇_θ Σ_i L(f(x^{(i)}; θ), y^{(i)}).
  Compute velocity update: v ← αv − ϵg.
  Apply update: θ ← θ + v.
end while
""", InnerMomentum),
        new("third: book on deep learning, momentum in two formulas", "P=θ S=v H=ϵ:0.1,α:0.9", @"v \leftarrow \alpha v - \epsilon \nabla_\theta \left( \frac{1}{m} \sum_{i=1}^m L(f(x^{(i)}; \theta), y^{(i)}) \right),
\theta \leftarrow \theta + v.", InnerMomentum),
        new("third: book on deep learning, RMSProp", "P=θ S=r H=ϵ:0.1,ρ:0.9,δ:1e-6", """
Initialize accumulation variables r = 0
while stopping criterion not met do
Compute gradient: g ← (1/m) ∇θ Σ_i L(f(x(i); θ), y(i)).
Accumulate squared gradient: r ← ρr + (1 − ρ)g ⊙ g.
Compute parameter update: Δθ = −\frac{ϵ}{\sqrt{δ + r}} ⊙ g. (\frac{1}{\sqrt{δ + r}} applied element-wise)
Apply update: θ ← θ + Δθ.
end while
""", RmsPropInside),
        new("third: overview, AdaMax", "P=θ S=m,u H=η:0.01,β_1:0.9,β_2:0.99", @"\begin{align}
\begin{split}
u_t &= \beta_2^\infty v_{t-1} + (1 - \beta_2^\infty) |g_t|^\infty\\
              & = \max(\beta_2 \cdot v_{t-1}, |g_t|)
\end{split}
\end{align}
\theta_{t+1} = \theta_{t} - \dfrac{\eta}{1 - \beta_1^t} \frac{m_t}{u_t}", AdaMax) { Advice = "'v_{t-1}' is not declared" },
        new("third: overview, AdaMax without the middle", "P=θ S=m,u H=η:0.01,β_1:0.9,β_2:0.99", @"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
u_t = \max(\beta_2 \cdot u_{t-1}, |g_t|)
\theta_{t+1} = \theta_{t} - \dfrac{\eta}{1 - \beta_1^t} \dfrac{m_t}{u_t}", AdaMax),
        new("third: overview, Nadam's first form", "P=θ S=m H=η:0.1,γ:0.9", @"\begin{align}
\begin{split}
g_t &= \nabla_{\theta_t}J(\theta_t)\\
m_t &= \gamma m_{t-1} + \eta g_t\\
\theta_{t+1} &= \theta_t - (\gamma m_t + \eta g_t)
\end{split}
\end{align}", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - ((h[1] * s[0]) + (h[0] * g)); }),
        new("third: overview, AMSGrad", "P=θ S=m,v,\\hat{v} H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{align} \begin{split} m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\ v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2\\ \hat{v}_t &= \text{max}(\hat{v}_{t-1}, v_t) \\ \theta_{t+1} &= \theta_{t} - \dfrac{\eta}{\sqrt{\hat{v}_t} + \epsilon} m_t \end{split} \end{align}", AmsGrad),
        new("third: overview, AdamW", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,w:0.1", @"\theta_{t+1} = \theta_{t} - \dfrac{\eta}{\sqrt{\hat{v}_t} + \epsilon} \hat{m}_t - \eta w_t\theta_t, \text{ with } m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2, \hat{m}_t = m_t/(1-\beta_1^t), \hat{v}_t = v_t/(1-\beta_2^t)", AdamDecayFirst),
        new("third: encyclopedia, AdaGrad", "P=w S=G H=η:0.1", "", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] / Math.Sqrt(s[0]) * g); }) { Text = @"{\displaystyle G_{j,j} := G_{j,j} + g_{j}^{2}}
{\displaystyle w_{j}:=w_{j}-{\frac {\eta }{\sqrt {G_{j,j}}}}g_{j}.}", },
        new("third: encyclopedia, AdaGrad's sum", "P=w S=G H=η:0.1", @"{\displaystyle G=\sum _{\tau =1}^{t}g_{\tau }g_{\tau }^{\mathsf {T}}}
{\displaystyle w:=w-\eta \,\mathrm {diag} (G)^{-{\frac {1}{2}}}\odot g}", Descent) { Advice = "a sum over the steps so far is a state" },
        new("third: encyclopedia, backtracking", "P=x T=n H=γ:0.1", @"{\displaystyle \mathbf {x} _{n+1}=\mathbf {x} _{n}-\gamma _{n}\nabla F(\mathbf {x} _{n}),\ n\geq 0.}", Descent),
        new("third: encyclopedia, momentum in two", "P=w H=η:0.1,α:0.9 S=Δw", @"{\displaystyle w:=w-\eta \,\nabla Q_{i}(w)+\alpha \Delta w}
{\displaystyle \Delta w := \alpha \Delta w - \eta \nabla Q_i(w)}", InnerMomentum) { Advice = "stands behind the assignment of 'w'" },
        new("third: encyclopedia, Rprop", "P=w S=Δ=0.1,g_{t-1} H=η^+:1.2,η^-:0.5", @"\Delta_{ij}^{(t)} = \begin{cases} \eta^{+} \cdot \Delta_{ij}^{(t-1)}, & \text{if } \frac{\partial E}{\partial w_{ij}}^{(t-1)} \cdot \frac{\partial E}{\partial w_{ij}}^{(t)} > 0 \\ \eta^{-} \cdot \Delta_{ij}^{(t-1)}, & \text{if } \frac{\partial E}{\partial w_{ij}}^{(t-1)} \cdot \frac{\partial E}{\partial w_{ij}}^{(t)} < 0 \\ \Delta_{ij}^{(t-1)}, & \text{else} \end{cases}
w_{ij}^{(t+1)} = w_{ij}^{(t)} - \operatorname{sign}\left(\frac{\partial E}{\partial w_{ij}}^{(t)}\right) \Delta_{ij}^{(t)}", (s, w, g, t, h) => { s[0] = t == 1 ? 0.1 : s[0]; var a = g * s[1]; s[0] *= a > 0 ? h[0] : a < 0 ? h[1] : 1; s[1] = g; return w - (Math.Sign(g) * s[0]); }),
        new("third: course notes, Nesterov", "P=x G=dx S=v H=learning_rate:0.1,mu:0.9", """
x_ahead = x + mu * v
# evaluate dx_ahead (the gradient at x_ahead instead of at x)
v = mu * v - learning_rate * dx_ahead
x += v
""", NesterovNotes) { Advice = "rules that look ahead have a form in which that point is the parameter" },
        new("third: course notes, annealing", "P=x G=dx H=alpha0:0.1,k:0.1", "alpha = alpha0 * exp(-k * t)\nx += - alpha * dx", (s, w, g, t, h) => w - (h[0] * Math.Exp(-h[1] * t) * g)),
        new("third: course notes, update in a loop", "P=weights G=weights_grad H=step_size:0.1", """
# Vanilla Minibatch Gradient Descent

while True:
  data_batch = sample_training_data(data, 256) # sample 256 examples
  weights_grad = evaluate_gradient(loss_fun, data_batch, weights)
  weights += - step_size * weights_grad # perform parameter update
""", Descent),
        new("third: course slides, RMSProp", "P=x G=dx S=grad_squared H=learning_rate:0.1,decay_rate:0.9", """
grad_squared = 0
while True:
  dx = compute_gradient(x)
  grad_squared = decay_rate * grad_squared + (1 - decay_rate) * dx * dx
  x -= learning_rate * dx / (np.sqrt(grad_squared) + 1e-7)
""", (s, w, g, t, h) => RmsProp(s, w, g, t, [h[0], h[1], 1e-7])),
        new("third: course slides, Adam", "P=x G=dx S=first_moment,second_moment H=learning_rate:0.01,beta1:0.9,beta2:0.99", """
first_moment = 0
second_moment = 0
for t in range(1, num_iterations):
  dx = compute_gradient(x)
  first_moment = beta1 * first_moment + (1 - beta1) * dx
  second_moment = beta2 * second_moment + (1 - beta2) * dx * dx
  first_unbias = first_moment / (1 - beta1 ** t)
  second_unbias = second_moment / (1 - beta2 ** t)
  x -= learning_rate * first_unbias / (np.sqrt(second_unbias) + 1e-7))
""", (s, w, g, t, h) => Adam(s, w, g, t, [h[0], h[1], h[2], 1e-7])) { Advice = "')' closes nothing" },
        new("third: course assignment, config", "P=w G=dw S=v H=learning_rate:0.1,momentum:0.9", """
    v = config["momentum"] * v - config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config
""", InnerMomentum),
        new("third: course assignment, Adam in config", "P=w G=dw S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
config['t'] += 1
config['m'] = config['beta1'] * config['m'] + (1 - config['beta1']) * dw
config['v'] = config['beta2'] * config['v'] + (1 - config['beta2']) * (dw ** 2)
mt = config['m'] / (1 - config['beta1'] ** config['t'])
vt = config['v'] / (1 - config['beta2'] ** config['t'])
w -= config['learning_rate'] * mt / (np.sqrt(vt) + config['epsilon'])
""", Adam),
        new("third: lecture, machine learning", "P=θ G=g H=α:0.1", "Repeat until convergence {\n  θj := θj − α ∂/∂θj J(θ)   (for every j)\n}", Descent),
        new("third: lecture, least mean squares", "P=θ H=α:0.1", @"\theta_j := \theta_j + \alpha \left(y^{(i)} - h_\theta(x^{(i)})\right) x_j^{(i)}", Descent) { Advice = "is not declared" },
        new("third: lecture, momentum with layers and numbers", "P=W S=V_{dw} G=dw H=α:0.1,β:0.9", "On iteration t:\n    Compute dW, db on current mini-batch\n    V_{dw} = β V_{dw} + (1 − β) dw\n    W = W − α V_{dw}", AveragedMomentum),
        new("third: lecture, MIT slide", "P=x T=k H=α:0.1,β:0.9 S=z", @"x^{k+1} = x^k - \alpha z^k
z^{k+1} = \nabla f(x^{k+1}) + \beta z^k", HeavyBall) { Advice = "is the gradient at its new value" },
        new("third: lecture, hinton", "P=w S=v H=ε:0.1,α:0.9", @"\mathbf{v}(t) = \alpha\,\mathbf{v}(t-1) - \varepsilon \frac{\partial E}{\partial \mathbf{w}}(t)
\Delta\mathbf{w}(t) = \mathbf{v}(t)
\mathbf{w}(t+1) = \mathbf{w}(t) + \Delta\mathbf{w}(t)", InnerMomentum),
        new("third: lecture, rmsprop division", "P=w S=MeanSquare H=η:0.1", @"MeanSquare(w, t) = 0.9 \; MeanSquare(w, t{-}1) + 0.1 \left(\tfrac{\partial E}{\partial w}(t)\right)^2
w(t+1) = w(t) - \eta \tfrac{\partial E}{\partial w}(t) / \left(\sqrt{MeanSquare(w, t)} + 10^{-8}\right)", (s, w, g, t, h) => { s[0] = (0.9 * s[0]) + (0.1 * g * g); return w - (h[0] * g / (Math.Sqrt(s[0]) + 1e-8)); }),
    ];
}
