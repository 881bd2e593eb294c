namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A third set, written down before any of it was tried: programs, Markdown, plain text and word processors.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_thirdPrograms =
    [
        new("third: target network", "P=θ S=θ'=θ H=η:0.1,τ:0.01", "θ ← θ − η∇L(θ)\nθ′ ← τθ + (1 − τ)θ′", Descent),
        new("third: EMA in code", "P=param S=ema=param H=lr:0.1,decay:0.9", "param.data.add_(param.grad, alpha=-lr)\nema.mul_(decay).add_(param.data, alpha=1 - decay)", Descent),
        new("third: torch, closure and params", "P=p S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()

        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                if grad.is_sparse:
                    raise RuntimeError("Adam does not support sparse gradients")
                state = self.state[p]

                # State initialization
                if len(state) == 0:
                    state["step"] = 0
                    state["exp_avg"] = torch.zeros_like(p)
                    state["exp_avg_sq"] = torch.zeros_like(p)

                exp_avg, exp_avg_sq = state["exp_avg"], state["exp_avg_sq"]
                state["step"] += 1

                exp_avg.mul_(beta1).add_(grad, alpha=(1.0 - beta1))
                exp_avg_sq.mul_(beta2).addcmul_(grad, grad, value=1.0 - beta2)
                denom = exp_avg_sq.sqrt().add_(group["eps"])

                step_size = group["lr"]
                if group["correct_bias"]:
                    bias_correction1 = 1.0 - beta1 ** state["step"]
                    bias_correction2 = 1.0 - beta2 ** state["step"]
                    step_size = step_size * math.sqrt(bias_correction2) / bias_correction1

                p.addcdiv_(exp_avg, denom, value=-step_size)

                if group["weight_decay"] > 0.0:
                    p.add_(p, alpha=(-group["lr"] * group["weight_decay"]))

        return loss
""", (s, w, g, t, h) => { w = AdamFoldedRate(s, w, g, t, h); return w - (h[0] * h[4] * w); }) { Roles = "P=p S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1,correct_bias:1" },
        new("third: torch, Lion of the authors", "P=p G=grad S=exp_avg H=lr:0.01,beta1:0.9,beta2:0.99,wd:0.1", """
def update_fn(p, grad, exp_avg, lr, wd, beta1, beta2):
    # stepweight decay
    p.data.mul_(1. - lr * wd)
    # weight update
    update = exp_avg.clone().mul_(beta1).add(grad, alpha = 1. - beta1).sign_()
    p.add_(update, alpha = -lr)
    # decay the momentum running average coefficient
    exp_avg.mul_(beta2).add_(grad, alpha = 1. - beta2)
""", Lion),
        new("third: torch, single tensor SGD", "P=param G=grad S=buf H=lr:0.1,momentum:0.9,dampening:0.2,weight_decay:0.01,nesterov:1", """
        grad = grads[i] if not maximize else -grads[i]

        if weight_decay != 0:
            grad = grad.add(param, alpha=weight_decay)

        if momentum != 0:
            buf = momentum_buffer_list[i]

            if buf is None:
                buf = torch.clone(grad).detach()
                momentum_buffer_list[i] = buf
            else:
                buf.mul_(momentum).add_(grad, alpha=1 - dampening)

            if nesterov:
                grad = grad.add(buf, alpha=momentum)
            else:
                grad = buf

        param.add_(grad, alpha=-lr)
""", (s, w, g, t, h) => { g += h[3] * w; s[0] = t == 1 ? g : (h[1] * s[0]) + ((1 - h[2]) * g); g += h[1] * s[0]; return w - (h[0] * g); }) { Advice = "'maximize' is not declared" },
        new("third: torch, RMSProp options", "P=param G=grad S=square_avg,grad_avg H=lr:0.1,alpha:0.9,eps:1e-2", """
square_avg.mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
grad_avg.lerp_(grad, 1 - alpha)
avg = square_avg.addcmul(grad_avg, grad_avg, value=-1).sqrt_().add_(eps)
param.addcdiv_(grad, avg, value=-lr)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); s[1] += (1 - h[1]) * (g - s[1]); return w - (h[0] * g / (Math.Sqrt(s[0] - (s[1] * s[1])) + h[2])); }),
        new("third: torch, maximum and norm", "P=param G=grad S=exp_avg,exp_inf H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-8", """
exp_avg.lerp_(grad, 1 - beta1)
torch.maximum(exp_inf.mul_(beta2), grad.abs().add_(eps), out=exp_inf)
bias_correction = 1 - beta1 ** step
clr = lr / bias_correction
param.addcdiv_(exp_avg, exp_inf, value=-clr)
""", (s, w, g, t, h) => { s[0] += (1 - h[1]) * (g - s[0]); s[1] = Math.Max(h[2] * s[1], Math.Abs(g) + h[3]); return w - (h[0] / (1 - Math.Pow(h[1], t)) * s[0] / s[1]); }) { Roles = "P=param G=grad T=step S=exp_avg,exp_inf H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-8" },
        new("third: foreach", "P=params G=grads S=exp_avgs,exp_avg_sqs H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
torch._foreach_lerp_(exp_avgs, grads, 1 - beta1)
torch._foreach_mul_(exp_avg_sqs, beta2)
torch._foreach_addcmul_(exp_avg_sqs, grads, grads, 1 - beta2)
denom = torch._foreach_sqrt(exp_avg_sqs)
torch._foreach_add_(denom, eps)
torch._foreach_addcdiv_(params, exp_avgs, denom, -lr)
""", AdamUncorrected),
        new("third: JAX, tree map", "P=params G=grads S=velocity H=lr:0.1,mu:0.9", """
velocity = jax.tree_util.tree_map(lambda v, g: mu * v + g, velocity, grads)
params = jax.tree_util.tree_map(lambda p, v: p - lr * v, params, velocity)
""", HeavyBall),
        new("third: JAX example optimizer", "P=x G=g S=m,v T=i F=0 H=step_size:0.01,b1:0.9,b2:0.99,eps:1e-6", """
  def update(i, g, state):
    x, m, v = state
    m = (1 - b1) * g + b1 * m  # First  moment estimate.
    v = (1 - b2) * jnp.square(g) + b2 * v  # Second moment estimate.
    mhat = m / (1 - jnp.asarray(b1, m.dtype) ** (i + 1))  # Bias correction.
    vhat = v / (1 - jnp.asarray(b2, m.dtype) ** (i + 1))
    x = x - step_size(i) * mhat / (jnp.sqrt(vhat) + eps)
    return x, m, v
""", Adam),
        new("third: autograd's misc optimizers", "P=x G=g S=m,v T=i F=0 H=step_size:0.01,b1:0.9,b2:0.99,eps:1e-6", """
    m = np.zeros(len(x))
    v = np.zeros(len(x))
    for i in range(num_iters):
        g = grad(x, i)
        if callback: callback(x, i, g)
        m = (1 - b1) * g      + b1 * m  # First  moment estimate.
        v = (1 - b2) * (g**2) + b2 * v  # Second moment estimate.
        mhat = m / (1 - b1**(i + 1))    # Bias correction.
        vhat = v / (1 - b2**(i + 1))
        x = x - step_size*mhat/(np.sqrt(vhat) + eps)
    return x
""", Adam),
        new("third: Flux in Julia", "P=x G=Δ S=mt,vt H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
  @. mt = β[1] * mt + (1 - β[1]) * Δ
  @. vt = β[2] * vt + (1 - β[2]) * Δ * conj(Δ)
  @. Δ =  mt / (1 - βp[1]) / (√(vt / (1 - βp[2])) + ϵ) * η
  x .-= Δ
""", Descent) { Advice = "'βp[1]' is not declared" },
        new("third: Optimisers.jl", "P=x G=dx S=mvel H=η:0.1,ρ:0.9", """
  @.. mvel = ρ * mvel + η * dx
  dx′ = @lazy mvel
  x .= x .- dx′
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("third: C++ of caffe", "P=data G=diff S=h H=lr:0.1,momentum:0.9", """
for (int i = 0; i < N; ++i) {
  float hi = h[i] = momentum * h[i] + lr * diff[i];
  data[i] -= hi;
}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("third: CUDA kernel with pointers", "P=p G=g S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
__global__ void adam(float* p, const float* g, float* m, float* v, float lr, float beta1, float beta2, float eps, int n) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx >= n) return;
    m[idx] = beta1 * m[idx] + (1 - beta1) * g[idx];
    v[idx] = beta2 * v[idx] + (1 - beta2) * g[idx] * g[idx];
    p[idx] -= lr * m[idx] / (sqrtf(v[idx]) + eps);
}
""", AdamUncorrected),
        new("third: pointers in C", "P=p G=g S=v H=lr:0.1,mu:0.9", "*v = mu * (*v) + *g;\n*p -= lr * (*v);", HeavyBall),
        new("third: llm.c style", "P=param G=grad S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
float m = beta1 * m_memory[i] + (1.0f - beta1) * grad;
float v = beta2 * v_memory[i] + (1.0f - beta2) * grad * grad;
float m_hat = m / (1.0f - powf(beta1, t));
float v_hat = v / (1.0f - powf(beta2, t));
m_memory[i] = m;
v_memory[i] = v;
params_memory[i] -= learning_rate * (m_hat / (sqrtf(v_hat) + eps) + weight_decay * param);
""", AdamW) { Roles = "P=params_memory G=grad S=m_memory,v_memory H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", Advice = "'param' is not declared" },
        new("third: micrograd", "P=p G=p.grad H=learning_rate:0.1", "for p in model.parameters():\n    p.data -= learning_rate * p.grad", Descent) { Roles = "P=p H=learning_rate:0.1" },
        new("third: tinygrad Adam", "P=t G=t.grad S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
self.m.assign(b1 * self.m + (1.0 - b1) * t.grad)
self.v.assign(b2 * self.v + (1.0 - b2) * (t.grad * t.grad))
t.assign(t.detach() - lr * self.m / (self.v.sqrt() + eps))
""", AdamUncorrected) { Roles = "P=p S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", Text = """
self.m.assign(b1 * self.m + (1.0 - b1) * p.grad)
self.v.assign(b2 * self.v + (1.0 - b2) * (p.grad * p.grad))
p.assign(p.detach() - lr * self.m / (self.v.sqrt() + eps))
""" },
        new("third: MLX", "P=parameter G=gradient S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * mx.square(gradient)
        state["m"] = m
        state["v"] = v
        return parameter - lr * m / (mx.sqrt(v) + eps)
""", AdamUncorrected),
        new("third: MATLAB with dots and comments", "P=x G=grad S=E H=alpha:0.1,gamma:0.9,epsilon:1e-6", "E = gamma*E + (1-gamma)*grad.^2; % accumulate\nx = x - alpha*grad./(sqrt(E)+epsilon); % descend", RmsProp),
        new("third: R with arrows and comments", "P=theta G=grad S=m,v H=alpha:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
m <- beta1 * m + (1 - beta1) * grad    # first moment
v <- beta2 * v + (1 - beta2) * grad^2  # second moment
m.hat <- m / (1 - beta1^t)
v.hat <- v / (1 - beta2^t)
theta <- theta - alpha * m.hat / (sqrt(v.hat) + eps)
""", Adam),
        new("third: Haskell", "P=w S=v H=lr:0.1,mu:0.9", "let v' = mu * v + g\n    w' = w - lr * v'", HeavyBall),
        new("third: Kotlin", "P=w S=v H=lr:0.1,mu:0.9", "val vNew = mu * v + g\nv = vNew\nw = w - lr * vNew", HeavyBall),
        new("third: Fortran", "P=w S=v H=lr:0.1,mu:0.9", "v = mu*v + g      ! velocity\nw = w - lr*v      ! weights", HeavyBall),
        new("third: Fortran with powers and kinds", "P=w S=s H=eta:0.1", "s = s + g**2\nw = w - eta*g/(sqrt(s) + 1.0d-8)", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] * g / (Math.Sqrt(s[0]) + 1e-8)); }) { Advice = "a number with a power of ten is written 1e-8" },
        new("third: spreadsheets", "P=w S=v H=lr:0.1,mu:0.9", "v = mu*v + g^2\nw = w - lr*g/SQRT(v)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (g * g); return w - (h[0] * g / Math.Sqrt(s[0])); }),
        new("third: Mathematica", "P=w S=v H=lr:0.1,mu:0.9", "v = mu v + g;\nw = w - lr v/Sqrt[1 + v^2];", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + g; return w - (h[0] * s[0] / Math.Sqrt(1 + (s[0] * s[0]))); }),
        new("third: Maple and Pascal", "P=w S=v H=lr:0.1,mu:0.9", "v := mu*v + g:\nw := w - lr*v:", HeavyBall),

        // Markdown, plain text, word processors.
        new("third: Markdown in bold names", "P=θ S=m,v H=α:0.01,β₁:0.9,β₂:0.99,ε:1e-6", """
**Adam** combines both ideas:

- **First moment:** mₜ = β₁·mₜ₋₁ + (1 − β₁)·gₜ
- **Second moment:** vₜ = β₂·vₜ₋₁ + (1 − β₂)·gₜ²
- **Bias correction:** m̂ₜ = mₜ/(1 − β₁ᵗ), v̂ₜ = vₜ/(1 − β₂ᵗ)
- **Update:** θₜ₊₁ = θₜ − α·m̂ₜ/(√v̂ₜ + ε)

where α is the learning rate and ε ≈ 10⁻⁸ prevents division by zero.
""", Adam),
        new("third: Markdown, escaped stars and underscores", "P=w S=v H=lr:0.1,mu:0.9", "v\\_t = mu \\* v\\_{t-1} + g\\_t\nw\\_t = w\\_{t-1} - lr \\* v\\_t", HeavyBall),
        new("third: chat answer", "P=θ S=m H=α:0.1,β:0.9", """
### Momentum update

1. **Compute the velocity**
   \[
   m_t = \beta m_{t-1} + (1 - \beta) g_t
   \]
2. **Update the parameters**
   \[
   \theta_t = \theta_{t-1} - \alpha \, m_t
   \]

Here:
- \( \beta \) is the momentum coefficient (typically 0.9)
- \( \alpha \) is the learning rate
""", AveragedMomentum),
        new("third: underbraces", Third, @"\theta_t = \theta_{t-1} - \alpha\,\frac{\overbrace{m_t/(1-\beta_1^t)}^{\text{corrected mean}}}{\underbrace{\sqrt{v_t/(1-\beta_2^t)}}_{\text{scale}} + \epsilon}, \quad m_t = \beta_1 m_{t-1} + (1-\beta_1)g_t, \quad v_t = \beta_2 v_{t-1} + (1-\beta_2)g_t^2", Adam),
        new("third: d over d", "P=w H=η:0.1", "w_new = w_old − η · dL/dw", Descent),
        new("third: partial with a curly L", "P=w H=η:0.1", "W_{new} = W_{old} - η * ∂L/∂W_{old}", Descent) { Roles = "P=W H=η:0.1" },
        new("third: partials of b as well", "P=w H=α:0.1", "w = w − α ∂J(w,b)/∂w\nb = b − α ∂J(w,b)/∂b", Descent),
        new("third: new from old in LaTeX", "P=θ H=η:0.1", @"\theta_{\text{new}} = \theta_{\text{old}} - \eta \nabla_\theta J(\theta)", Descent),
        new("third: roman times", "P=w S=v H=η:0.1,γ:0.9", @"v_{\mathrm{t}} = \gamma v_{\mathrm{t-1}} + g_{\mathrm{t}},\quad w_{\mathrm{t+1}} = w_{\mathrm{t}} - \eta v_{\mathrm{t}}", HeavyBall),
        new("third: lost scripts, Adam", Third, "mt = β1mt−1 + (1 − β1)gt\nvt = β2vt−1 + (1 − β2)g2t\nm̂t = mt/(1 − βt1)\nv̂t = vt/(1 − βt2)\nθt = θt−1 − α m̂t/(√v̂t + ε)", Adam),
        new("third: x for times", "P=w H=η:0.1,λ:0.01", "w = w - η x (g + λ x w)", DescentWithDecay) { Advice = "a multiplication sign is written '×' or '*'" },
        new("third: docstring with quotes", "P=w S=v H=lr:0.1,mu:0.9", "\"\"\"\nv = mu * v + g\nw = w - lr * v\n\"\"\"", HeavyBall),
        new("third: Japanese", "P=w S=v H=η:0.1,α:0.9", "モーメンタム:\nv ← αv − η ∂L/∂W\nW ← W + v\nここで、ηは学習率を表します。", InnerMomentum) { Roles = "P=W S=v H=η:0.1,α:0.9" },
        new("third: Portuguese", "P=w S=v H=η:0.1,β:0.9", "A atualização é dada por:\nv_t = β v_{t−1} + (1 − β) ∇L(w_{t−1})\nw_t = w_{t−1} − η v_t\nem que β é o coeficiente de momento.", AveragedMomentum),
        new("third: equations with units of text", "P=θ S=v H=η:0.1,γ:0.9", @"\text{velocity:}\quad v_t = \gamma v_{t-1} + \eta g_t \quad (1)
\text{parameters:}\quad \theta_{t} = \theta_{t-1} - v_t \quad (2)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
    ];
}
