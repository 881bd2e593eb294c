namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A second set of notations, written down before any of it was tried.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_fresh =
    [
        new("fresh: descent with a dot over it", "P=w H=α:0.1", @"w^{\text{new}} = w^{\text{old}} - \alpha \nabla L(w^{\text{old}})", Descent),
        new("fresh: Wikipedia's gradient of Q", "P=w H=η:0.1", @"{\displaystyle w:=w-\eta \nabla Q_{i}(w).}", Descent),
        new("fresh: batch mean in the update", "P=θ H=η:0.1", @"\theta \leftarrow \theta - \frac{\eta}{n}\sum_{i=1}^{n} \nabla_\theta \ell(x_i, y_i; \theta)", Descent) { Advice = "leave the sum and its factor out, and write 'g'", Mended = @"\theta \leftarrow \theta - \eta g" },
        new("fresh: two lines with et", "P=w S=v H=η:0.1,γ:0.9", "v_t = γ v_{t−1} + ∇f(w_{t−1}) et w_t = w_{t−1} − η v_t", HeavyBall) { Advice = "and the next statement on a line of its own or after ';'", Mended = "v_t = γ v_{t−1} + ∇f(w_{t−1})\nw_t = w_{t−1} − η v_t" },
        new("fresh: Spanish", "P=w S=v H=η:0.1,γ:0.9", "Primero calculamos v_t = γ v_{t-1} + g_t.\nDespués actualizamos w_t = w_{t-1} − η v_t, donde η es la tasa de aprendizaje.", HeavyBall),
        new("fresh: Japanese", "P=w S=v H=η:0.1,γ:0.9", "v_t = γ v_{t-1} + g_t　（モーメンタム）\nw_t = w_{t-1} − η v_t　（更新）", HeavyBall) { Advice = "has no meaning in a formula" },
        new("fresh: Korean", "P=w S=h H=η:0.1,ε:1e-6", "기울기 제곱합: h ← h + g ⊙ g\n갱신: w ← w − η g / (√h + ε)", AdaGrad),
        new("fresh: torch, foreach", "P=p G=grad S=buf H=lr:0.1,momentum:0.9", "torch._foreach_mul_(buf, momentum)\ntorch._foreach_add_(buf, grad, alpha=1)\ntorch._foreach_add_(p, buf, alpha=-lr)", HeavyBall),
        new("fresh: torch, sub_", "P=w S=v H=lr:0.1,mu:0.9", "v = mu * v + w.grad\nw.data.sub_(lr * v)", HeavyBall),
        new("fresh: torch, decay first", "P=p G=grad S=exp_avg H=lr:0.1,beta:0.9,wd:0.1", "p.mul_(1 - lr * wd)\nexp_avg.lerp_(grad, weight=1 - beta)\np.add_(exp_avg, alpha=-lr)", (s, w, g, t, h) => { w *= 1 - (h[0] * h[2]); s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0]); }),
        new("fresh: torch, rsqrt", "P=p G=grad S=v H=lr:0.1,rho:0.9,eps:1e-6", "v.mul_(rho).addcmul_(grad, grad, value=1 - rho)\np -= lr * grad * (v + eps).rsqrt()", RmsPropInside),
        new("fresh: torch, maximum in place", "P=p G=grad S=m,v,v_max H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", "m.mul_(beta1).add_(grad, alpha=1-beta1)\nv.mul_(beta2).addcmul_(grad, grad, value=1-beta2)\ntorch.maximum(v_max, v, out=v_max)\ndenom = v_max.sqrt().add_(eps)\np.addcdiv_(m, denom, value=-lr)", AmsGrad),
        new("fresh: torch, momentum buffer of the first time", "P=p S=buf H=lr:0.1,momentum:0.9,dampening:0.5", """
if 'momentum_buffer' not in param_state:
    buf = torch.clone(p.grad).detach()
else:
    buf.mul_(momentum).add_(p.grad, alpha=1 - dampening)
p.add_(buf, alpha=-lr)
""", (s, w, g, t, h) => { s[0] = t == 1 ? g : (h[1] * s[0]) + ((1 - h[2]) * g); return w - (h[0] * s[0]); }),
        new("fresh: tf, apply", "P=var G=grad S=accum H=lr:0.1,epsilon:1e-6", "accum.assign_add(tf.square(grad))\nvar.assign_sub(lr * grad * tf.math.rsqrt(accum + epsilon))", AdaGradInside),
        new("fresh: tf, assigned to itself", "P=w G=g S=m H=lr:0.1,beta:0.9", "m_t = m.assign(beta * m + (1 - beta) * g)\nw.assign_sub(lr * m)", AveragedMomentum),
        new("fresh: jax", "P=params G=grads S=mu H=lr:0.1,decay:0.9", "mu = jax.tree_map(lambda m, g: decay * m + g, mu, grads)\nparams = params - lr * mu", HeavyBall),
        new("fresh: numpy, in place functions", "P=w S=v H=lr:0.1,mu:0.9", "v *= mu\nv += g\nw -= lr * v", HeavyBall),
        new("fresh: numpy, sum of squares", "P=w S=s H=lr:0.1,eps:1e-8", "s += np.square(g)\nw -= lr / np.sqrt(s + eps) * g", AdaGradInside),
        new("fresh: numpy, linalg", "P=w H=lr:0.1,c:1", "norm = np.linalg.norm(g)\nw -= lr * g * min(1.0, c / norm)", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] * Math.Min(1, h[1] / Norm(g))))),
        new("fresh: Ruby", "P=w S=v H=lr:0.1,mu:0.9", "v = mu * v + g\nw = w - lr * v\nend", HeavyBall),
        new("fresh: Swift", "P=w S=v H=lr:0.1,mu:0.9", "let step = lr * (mu * v + g)\nv = mu * v + g\nw = w - step", HeavyBall),
        new("fresh: Kotlin", "P=w S=v H=lr:0.1,rho:0.9,eps:1e-6", "v = rho * v + (1 - rho) * g * g\nval step = lr * g / (kotlin.math.sqrt(v) + eps)\nw -= step", RmsProp) { Advice = "write the name of the value" },
        new("fresh: Fortran", "P=w S=v H=lr:0.1,mu:0.9", "v = mu*v + g\nw = w - lr*v  ! update", HeavyBall),
        new("fresh: C with pointers", "P=w S=v H=lr:0.1,mu:0.9", "*v = mu * *v + *g;\n*w -= lr * *v;", HeavyBall),
        new("fresh: CUDA", "P=param G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-8", """
int i = blockIdx.x * blockDim.x + threadIdx.x;
m[i] = beta1 * m[i] + (1.0f - beta1) * grad[i];
v[i] = beta2 * v[i] + (1.0f - beta2) * grad[i] * grad[i];
float m_hat = m[i] / (1.0f - powf(beta1, t));
float v_hat = v[i] / (1.0f - powf(beta2, t));
param[i] -= lr * m_hat / (sqrtf(v_hat) + eps);
""", Adam),
        new("fresh: box with conditions in braces", "P=w S=m H=η:0.1,β:0.9,λ:0.1", "if (λ ≠ 0) { g ← g + λ w }\nm ← β m + (1 − β) g;\nw ← w − η m;", (s, w, g, t, h) => { g += h[2] * w; s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0]); }),
        new("fresh: cases in the update", "P=w H=η:0.1", @"w_{t+1} = \begin{cases} w_t - \eta g_t, & \text{if } |g_t| \leq 1, \\ w_t - \eta\,\text{sign}(g_t), & \text{otherwise.} \end{cases}", (s, w, g, t, h) => w - (h[0] * (Math.Abs(g) <= 1 ? g : Math.Sign(g)))),
        new("fresh: hat over a fraction", AdamRoles, @"m_t=\beta_1m_{t-1}+(1-\beta_1)g_t,\ v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2,\ \theta_t=\theta_{t-1}-\alpha\frac{m_t}{\sqrt{v_t}+\epsilon}", AdamUncorrected),
        new("fresh: text subscripts", "P=W S=v_\\text{old} H=η:0.1,β:0.9", @"v_{\text{new}} = \beta v_{\text{old}} + g, \quad W = W - \eta v_{\text{new}}, \quad v_{\text{old}} = v_{\text{new}}", HeavyBall),
        new("fresh: nicefrac", AdamRoles, @"m \gets \beta_1 m + (1-\beta_1) g \\ v \gets \beta_2 v + (1-\beta_2) g^2 \\ \theta \gets \theta - \nicefrac{\alpha m}{(\sqrt v + \epsilon)}", AdamUncorrected),
        new("fresh: over and under braces", "P=w H=η:0.1,λ:0.01", @"w_{t+1} = w_t - \eta\bigl(\underbrace{g_t}_{\text{gradient}} + \underbrace{\lambda w_t}_{\text{decay}}\bigr)", DescentWithDecay),
        new("fresh: phantom and spacing", "P=w H=η:0.1", @"w_{t+1}\;=\;w_t\;-\;\eta\,g_t\mathstrut\phantom{x}", Descent),
        new("fresh: mathbb gradient", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta\,\mathbf{\nabla} f(w_t)", Descent),
        new("fresh: vectors with arrows", "P=\\vec{w} S=\\vec{v} G=\\vec{g} H=η:0.1,μ:0.9", @"\vec{v} \leftarrow \mu\vec{v} + \vec{g},\quad \vec{w} \leftarrow \vec{w} - \eta\vec{v}", HeavyBall),
        new("fresh: evaluated gradient", "P=w H=η:0.1", @"w^{(t+1)} = w^{(t)} - \eta\,\nabla_w L\big|_{w=w^{(t)}}", Descent),
        new("fresh: derivative in Leibniz form", "P=w H=η:0.1", @"w \leftarrow w - \eta\,\frac{dL}{dw}", Descent),
        new("fresh: Unicode partial", "P=w H=η:0.1", "w ← w − η·∂𝓛/∂w", Descent),
        new("fresh: asterisks in Markdown", "P=w S=v H=lr:0.1,mu:0.9", "1. **Velocity**: `v = mu * v + g`\n2. **Weights**: `w = w - lr * v`", HeavyBall),
        new("fresh: definition list", "P=w S=v H=η:0.1,μ:0.9", "velocity: v = μ v + g\nweights: w = w − η v", HeavyBall),
        new("fresh: docstring", "P=w S=v H=lr:0.1,mu:0.9", "r\"\"\"Updates the weights.\n\n    v = mu * v + g\n    w = w - lr * v\n\"\"\"", HeavyBall),
        new("fresh: numbered with periods", "P=w S=v H=η:0.1,μ:0.9", "1. Compute g = ∇f(w)\n2. v = μv + g\n3. w = w − ηv", HeavyBall),
        new("fresh: steps in words", "P=w S=v H=η:0.1,μ:0.9", "Step 1: v ← μ v + g\nStep 2: w ← w − η v", HeavyBall),
        new("fresh: roman letters in text", "P=w H=η:0.1", @"w_{\mathrm{t+1}} = w_{\mathrm{t}} - \eta g_{\mathrm{t}}", Descent),
        new("fresh: hyper as a function", "P=w H=α:0.1,k:0.5", @"w_{t+1} = w_t - \alpha(t)\,g_t,\qquad \alpha(t) = \frac{\alpha}{1 + k t}", (s, w, g, t, h) => w - (h[0] / (1 + (h[1] * t)) * g)),
        new("fresh: exponential decay of the rate", "P=w H=η_0:0.1,k:0.1", @"\eta_t = \eta_0 e^{-kt}, \quad w_{t+1} = w_t - \eta_t g_t", (s, w, g, t, h) => w - (h[0] * Math.Exp(-h[1] * t) * g)),
        new("fresh: power of ten", "P=w S=s H=η:0.1", @"s \gets s + g^2,\quad w \gets w - \frac{\eta\, g}{\sqrt{s} + 10^{-8}}", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] * g / (Math.Sqrt(s[0]) + 1e-8)); }),
        new("fresh: max with zero", "P=w H=η:0.1", "w = [w − η g]_+", (s, w, g, t, h) => Math.Max(w - (h[0] * g), 0)),
        new("fresh: group of normalised", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta \frac{g_t}{\lVert g_t \rVert_{2}}", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / Norm(g)))),
        new("fresh: standardised", "P=w H=η:0.1,ε:1e-3", @"\tilde{g} = \frac{g - \operatorname{mean}(g)}{\operatorname{std}(g) + \epsilon},\ w = w - \eta\tilde{g}", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * (g[i] - g.Average()) / (Math.Sqrt(g.Average(y => (y - g.Average()) * (y - g.Average()))) + h[1])))),
        new("fresh: torch std", "P=w H=lr:0.1", "w -= lr * w.grad / torch.std(w.grad)", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / Math.Sqrt(g.Sum(y => (y - g.Average()) * (y - g.Average())) / 2)))),
        new("fresh: nested helpers", "P=w S=m H=η:0.1,β:0.9", "σ(x) = 1/(1 + e^{-x})\nh(x) = 2σ(x) − 1\nm = βm + (1−β)g\nw = w − η h(m)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * ((2 / (1 + Math.Exp(-s[0]))) - 1)); }),
        new("fresh: helper with a mapping arrow", "P=w H=η:0.1", "φ: x ↦ x/(1+|x|)\nw = w − η φ(g)", (s, w, g, t, h) => w - (h[0] * g / (1 + Math.Abs(g)))) { Advice = "define it in a line of its own: φ(x) = …", Mended = "φ(x) = x/(1+|x|)\nw = w − η φ(g)" },
        new("fresh: lost in copying, Adam without powers", AdamRoles, "mt = β1mt−1 + (1 − β1)gt\nvt = β2vt−1 + (1 − β2)gt · gt\nθt = θt−1 − α mt/(√vt + ε)", AdamUncorrected),
        new("fresh: lost powers", AdamRoles, "mt = β1mt−1 + (1 − β1)gt\nvt = β2vt−1 + (1 − β2)g2t\nθt = θt−1 − α mt/(√vt + ε)", AdamUncorrected),
        new("fresh: lost powers of the decay", AdamRoles, "mt = β1mt−1 + (1 − β1)gt\nθt = θt−1 − α mt/(1 − β1t)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t))); }),
        new("fresh: lost powers or times of the decay", AdamRoles, "mt = β1tmt−1 + (1 − β1t)gt\nθt = θt−1 − α mt", AveragedMomentum) { Advice = "can mean β1^t, β1_t or β1·t" },
        new("fresh: subscripts behind blanks", "P=w S=v H=η:0.1,μ:0.9", "v _t = μ v _{t-1} + g _t\nw _t = w _{t-1} − η v _t", HeavyBall),
        new("fresh: hyphen for minus, x for times", "P=w H=η:0.1", "w = w - η x g", Descent) { Advice = "'x' is not declared" },
        new("fresh: circled operators", "P=w S=v H=η:0.1,μ:0.9", "v ← μ⊙v ⊕ g\nw ← w ⊖ η⊙v", HeavyBall),
    ];
}
