namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A sixth set, written down before any of it was tried, after the fifth was mended.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_sixth =
    [
        new("sixth: KaTeX page, one formula of a line", "P=θ H=γ:0.1", "The step is θt=θt−1−γgt\\theta_t = \\theta_{t-1} - \\gamma g_tθt​=θt−1​−γgt​.", Descent),
        new("sixth: encyclopedia, Adam's averages", "P=w S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-8", """
m w ( t + 1 ) := β 1 m w ( t ) + ( 1 − β 1 ) ∇ w L ( t ) {\displaystyle m_{w}^{(t+1)}:=\beta _{1}m_{w}^{(t)}+\left(1-\beta _{1}\right)\nabla _{w}L^{(t)}}
v w ( t + 1 ) := β 2 v w ( t ) + ( 1 − β 2 ) ( ∇ w L ( t ) ) 2 {\displaystyle v_{w}^{(t+1)}:=\beta _{2}v_{w}^{(t)}+\left(1-\beta _{2}\right)\left(\nabla _{w}L^{(t)}\right)^{2}}
m ^ w = m w ( t + 1 ) 1 − β 1 t {\displaystyle {\hat {m}}_{w}={\frac {m_{w}^{(t+1)}}{1-\beta _{1}^{t}}}}
v ^ w = v w ( t + 1 ) 1 − β 2 t {\displaystyle {\hat {v}}_{w}={\frac {v_{w}^{(t+1)}}{1-\beta _{2}^{t}}}}
w ( t + 1 ) := w ( t ) − η m ^ w v ^ w + ε {\displaystyle w^{(t+1)}:=w^{(t)}-\eta {\frac {{\hat {m}}_{w}}{{\sqrt {{\hat {v}}_{w}}}+\varepsilon }}}
""", Adam) { Roles = "P=w S=m_w,v_w H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-8" },
        new("sixth: encyclopedia, running average of a function", "P=w S=v H=η:0.1,γ:0.9", @"{\displaystyle v(w,t):=\gamma v(w,t-1)+\left(1-\gamma \right)\left(\nabla Q_{i}(w)\right)^{2}}
{\displaystyle w:=w-{\frac {\eta }{\sqrt {v(w,t)}}}\nabla Q_{i}(w)}", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); return w - (h[0] / Math.Sqrt(s[0]) * g); }),
        new("sixth: page of a PDF, momentum over two columns", "P=θ S=v H=ε:0.1,μ:0.9", "vt+1 = µvt − ε∇f(θt)\nθt+1 = θt + vt+1", InnerMomentum),
        new("sixth: page of a PDF, Nesterov looks ahead", "P=θ S=v H=ε:0.1,μ:0.9", "vt+1 = µvt − ε∇f(θt + µvt)\nθt+1 = θt + vt+1", InnerMomentum) { Advice = "rules that look ahead have a form in which that point is the parameter" },
        new("sixth: page of a PDF, AdamW's line with numbers", "P=θ S=m,v H=α:0.01,β1:0.9,β2:0.99,ε:1e-8,λ:0.1", """
1: given α = 0.01, β1 = 0.9, β2 = 0.99, ε = 10−8, λ ∈ R
2: initialize time step t ← 0, parameter vector θt=0 ∈ R^n, first moment vector mt=0 ← 0, second moment vector vt=0 ← 0, schedule multiplier ηt=0 ∈ R
3: repeat
4: t ← t + 1
5: ∇ft(θt−1) ← SelectBatch(θt−1) ▷ select batch and return the corresponding gradient
6: gt ← ∇ft(θt−1)
7: mt ← β1mt−1 + (1 − β1)gt ▷ here and below all operations are element-wise
8: vt ← β2vt−1 + (1 − β2)gt^2
9: m̂t ← mt/(1 − β1^t) ▷ β1 is taken to the power of t
10: v̂t ← vt/(1 − β2^t)
11: θt ← θt−1 − α m̂t/(√v̂t + ε) − λθt−1
12: until stopping criterion is met
13: return optimized parameters θt
""", (s, w, g, t, h) => w - (h[0] * AdamDirection(s, g, t, h)) - (h[4] * w)),
        new("sixth: page of a PDF, accent of its own", "P=θ S=m,v H=α:0.01,β1:0.9,β2:0.99,ε:1e-6", """
mt = β1 mt−1 + (1 − β1) gt
vt = β2 vt−1 + (1 − β2) gt²
mˆt = mt/(1 − β1^t), vˆt = vt/(1 − β2^t)
θt = θt−1 − α mˆt/(√vˆt + ε)
""", Adam),
        new("sixth: page of a PDF, accent before", "P=x S=m,v H=α:0.01,β1:0.9,β2:0.99,ε:1e-6", """
mt = β1 · mt−1 + (1 − β1) · gt
vt = β2 · vt−1 + (1 − β2) · gt ⊙ gt
ˆmt = mt/(1 − β1^t)
ˆvt = vt/(1 − β2^t)
xt = xt−1 − α · ˆmt/(√ˆvt + ε)
""", Adam),
        new("sixth: page of a PDF, numerator above", "P=θ S=v H=η:0.1,ε:1e-6", "vt = vt−1 + gt²\nη gt\nθt = θt−1 − √vt + ε", AdaGrad) { Advice = "stand below a fraction bar that was lost in copying" },
        new("sixth: page of a PDF, displayed fraction on two lines", "P=w S=v H=η:0.1,β:0.9,ε:1e-6", "v_t = β v_{t−1} + (1 − β) g_t²\nw_t = w_{t−1} − η g_t\n√v_t + ε", RmsProp) { Advice = "stand below a fraction bar that was lost in copying" },
        new("sixth: page of a PDF, subscripts behind blanks everywhere", "P=x S=m H=η:0.1,β:0.9", "m t = β m t−1 + (1 − β) g t\nx t = x t−1 − η m t", AveragedMomentum) { Advice = "if subscripts were lost in copying, write m_{t}, and the others alike" },
        new("sixth: paper with macros of its own", "P=\\vtheta S=\\vm,\\vv H=\\alpha:0.01,\\beta_1:0.9,\\beta_2:0.99,\\epsilon:1e-6", @"\begin{align}
\vm_t &= \beta_1 \vm_{t-1} + (1-\beta_1)\vg_t, \\
\vv_t &= \beta_2 \vv_{t-1} + (1-\beta_2)\vg_t \odot \vg_t, \\
\vtheta_t &= \vtheta_{t-1} - \alpha\, \vm_t \oslash (\sqrt{\vv_t} + \epsilon).
\end{align}", AdamUncorrected) { Roles = "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("sixth: paper, eqnarray with nonumber", "P=w S=v H=α:0.1,β:0.9", @"\begin{eqnarray}
v_{k+1} &=& \beta v_k + \nabla F(w_k) \nonumber \\
w_{k+1} &=& w_k - \alpha v_{k+1} \label{hb}
\end{eqnarray}", HeavyBall) { Roles = "P=w T=k S=v H=α:0.1,β:0.9" },
        new("sixth: paper, step with two cases of t", "P=x S=m H=η:0.1,β:0.9", @"m_t = \begin{cases} g_t & t = 1 \\ \beta m_{t-1} + (1-\beta) g_t & t > 1\end{cases}, \qquad x_{t+1} = x_t - \eta m_t", (s, w, g, t, h) => { s[0] = t == 1 ? g : (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0]); }),
        new("sixth: paper, ratio with big brackets", "P=w S=v H=η:0.1,β:0.9,ε:1e-6", @"w_{t+1} = w_t - \eta \Bigl(\frac{g_t}{\sqrt{v_t}+\varepsilon}\Bigr),\quad v_t = \beta v_{t-1} + (1-\beta)\,g_t^{\,2}", RmsProp),
        new("sixth: paper, Lion-K as a sentence", "P=x S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"Lion updates $m_{t+1} = \beta_2 m_t + (1-\beta_2) g_t$ and $x_{t+1} = x_t - \eta\left(\mathrm{sign}(\beta_1 m_t + (1-\beta_1) g_t) + \lambda x_t\right)$.", Lion),
        new("sixth: paper, AdaBelief as a listing in LaTeX", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
\begin{algorithmic}
\State \textbf{Initialize} $\theta_0$, $m_0 \leftarrow 0$, $s_0 \leftarrow 0$, $t \leftarrow 0$
\While{$\theta_t$ not converged}
\State $t \leftarrow t + 1$
\State $g_t \leftarrow \nabla_\theta f_t(\theta_{t-1})$
\State $m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t$
\State $s_t \leftarrow \beta_2 s_{t-1} + (1-\beta_2)(g_t - m_t)^2 + \epsilon$
\State \textbf{Bias Correction}
\State $\qquad \widehat{m_t} \leftarrow \frac{m_t}{1-\beta_1^t}, \ \widehat{s_t} \leftarrow \frac{s_t}{1-\beta_2^t}$
\State \textbf{Update}
\State $\qquad \theta_t \leftarrow \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}}+\epsilon}$
\EndWhile
\end{algorithmic}
""", AdaBelief),
        new("sixth: paper, momentum with dampening as prose", "P=θ S=b H=γ:0.1,μ:0.9,τ:0.5", @"Let $b_t \gets \mu b_{t-1} + (1-\tau) g_t$ be the buffer; then $\theta_t \gets \theta_{t-1} - \gamma b_t$.", Dampened),
        new("sixth: paper, RMSProp with square under a bar", "P=θ S=\\bar{v} H=α:0.1,ρ:0.9,ε:1e-6", @"\bar{v}_{t} = \rho \bar{v}_{t-1} + (1-\rho)\, g_t^2, \qquad \theta_{t+1} = \theta_t - \alpha\, g_t \big/ (\sqrt{\bar v_t} + \epsilon)", RmsProp),
        new("sixth: paper, step size with min", "P=w H=η:0.1,δ:1", @"w_{t+1} = w_t - \min\left\{\eta, \frac{\delta}{\|g_t\|}\right\} g_t", (s, w, g, t, h) => Each(w, (x, i) => x - (Math.Min(h[0], h[1] / Norm(g)) * g[i]))),
        new("sixth: paper, normalised by the largest", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta\, g_t / \|g_t\|_\infty", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / g.Max(Math.Abs)))),
        new("sixth: paper, soft clipping by hyperbolic tangent", "P=w H=η:0.1,τ:0.5", @"w_{t+1} \leftarrow w_t - \eta\,\tau \tanh\!\big(g_t/\tau\big)", (s, w, g, t, h) => w - (h[0] * h[1] * Math.Tanh(g / h[1]))),
        new("sixth: paper, two time scales", "P=θ S=m,n H=η:0.1,β_s:0.9,β_f:0.5", @"m_t = \beta_{s} m_{t-1} + (1-\beta_{s}) g_t,\; n_t = \beta_{f} n_{t-1} + (1-\beta_{f}) g_t,\; \theta_t = \theta_{t-1} - \eta\,\tfrac{1}{2}(m_t + n_t)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g); return w - (h[0] * 0.5 * (s[0] + s[1])); }),
        new("sixth: paper, gradient noise scale aside", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta\,(g_t + \xi_t), \quad \xi_t \sim \mathcal N(0,\sigma^2)", Descent) { Advice = "add the noise to the gradient before the step" },
        new("sixth: Keras docs of FTRL, signs and powers", "P=w G=g S=n,z H=α:0.1,β:1,λ_1:0.01,λ_2:0.01", """
n = n + g ** 2
sigma = (sqrt(n) - sqrt(prev_n)) / alpha
z = z + g - sigma * w
if abs(z) < lambda_1:
  w = 0
else:
  w = (sgn(z) * lambda_1 - z) / ((beta + sqrt(n)) / alpha + lambda_2)
""", (s, w, g, t, h) => { var n = s[0] + (g * g); s[1] += g - ((Math.Sqrt(n) - Math.Sqrt(s[0])) / h[0] * w); s[0] = n; return Math.Abs(s[1]) < h[2] ? 0 : ((Math.Sign(s[1]) * h[2]) - s[1]) / (((h[1] + Math.Sqrt(n)) / h[0]) + h[3]); }) { Roles = "P=w G=g S=n,z H=alpha:0.1,beta:1,lambda_1:0.01,lambda_2:0.01" },
        new("sixth: Keras class with add_slot and var", "P=var G=grad S=m H=lr:0.1,momentum:0.9", """
  def _resource_apply_dense(self, grad, var, apply_state=None):
    m = self.get_slot(var, 'm')
    m_t = m.assign(momentum * m + grad, use_locking=self._use_locking)
    var_update = var.assign_sub(lr * m_t, use_locking=self._use_locking)
    return tf.group(*[var_update, m_t])
""", HeavyBall),
        new("sixth: TensorFlow op's formula in a comment", "P=var G=grad S=mg,ms,mom H=lr:0.1,rho:0.9,momentum:0.5,epsilon:1e-3", """
mg <- rho * mg_{t-1} + (1-rho) * grad
ms <- rho * ms_{t-1} + (1-rho) * grad * grad
mom <- momentum * mom_{t-1} + lr * grad / sqrt(ms - mg * mg + epsilon)
var <- var - mom
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[1] * s[1]) + ((1 - h[1]) * g * g); s[2] = (h[2] * s[2]) + (h[0] * g / Math.Sqrt(s[1] - (s[0] * s[0]) + h[3])); return w - s[2]; }),
        new("sixth: MindSpore page, Adam with l", "P=w S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{array}{ll} \\
    m = \beta_1 * m + (1 - \beta_1) * g \\
    v = \beta_2 * v + (1 - \beta_2) * g * g \\
    l = \alpha * \frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t} \\
    w = w - l * \frac{m}{\sqrt{v} + \epsilon}
\end{array}", AdamFoldedRate),
        new("sixth: Paddle page, momentum with Nesterov", "P=param G=gradient S=velocity H=learning_rate:0.1,mu:0.9,use_nesterov:1", @"& velocity = mu * velocity + gradient

& if (use\_nesterov):

&\quad   param = param - (gradient + mu * velocity) * learning\_rate

& else:

&\quad   param = param - learning\_rate * velocity", NesterovWithBuffer),
        new("sixth: MXNet page, Adam in code blocks", "P=w G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6,rescale_grad:1,wd:0.1", """
grad = clip(grad * rescale_grad, clip_gradient) + wd * w
m = beta1 * m + (1 - beta1) * grad
v = beta2 * v + (1 - beta2) * (grad**2)
learning_rate = lr * sqrt(1 - beta1**t) / (1 - beta2**t)
w = w - learning_rate * m / (sqrt(v) + epsilon)
""", Descent) { Advice = "keeps a value between two bounds to some papers" },
        new("sixth: torch, Adamax with cat", "P=param G=grad S=exp_avg,exp_inf H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
            # Update biased first moment estimate.
            exp_avg.lerp_(grad, 1 - beta1)
            # Update the exponentially weighted infinity norm.
            torch.maximum(
                exp_inf.mul_(beta2),
                grad.abs().add_(eps),
                out=exp_inf,
            )
            bias_correction = 1 - beta1 ** step
            clr = lr / bias_correction
            param.addcdiv_(exp_avg, exp_inf, value=-clr)
""", (s, w, g, t, h) => { s[0] += (1 - h[1]) * (g - s[0]); s[1] = Math.Max(h[2] * s[1], Math.Abs(g) + h[3]); return w - (h[0] / (1 - Math.Pow(h[1], t)) * s[0] / s[1]); }) { Roles = "P=param T=step G=grad S=exp_avg,exp_inf H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6" },
        new("sixth: torch, foreach AdamW", "P=params G=grads S=exp_avgs,exp_avg_sqs H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
        torch._foreach_mul_(params, 1 - lr * weight_decay)
        torch._foreach_lerp_(exp_avgs, grads, 1 - beta1)
        torch._foreach_mul_(exp_avg_sqs, beta2)
        torch._foreach_addcmul_(exp_avg_sqs, grads, grads, 1 - beta2)
        bias_correction1 = 1 - beta1 ** step
        bias_correction2 = 1 - beta2 ** step
        step_size = lr / bias_correction1
        exp_avg_sq_sqrt = torch._foreach_sqrt(exp_avg_sqs)
        torch._foreach_div_(exp_avg_sq_sqrt, bias_correction2 ** 0.5)
        torch._foreach_add_(exp_avg_sq_sqrt, eps)
        torch._foreach_addcdiv_(params, exp_avgs, exp_avg_sq_sqrt, -step_size)
""", (s, w, g, t, h) => { w *= 1 - (h[0] * h[4]); return Adam(s, w, g, t, h); }) { Roles = "P=params T=step G=grads S=exp_avgs,exp_avg_sqs H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1" },
        new("sixth: torch, Rprop with where", "P=param G=grad S=prev,step_size=0.01 H=etaminus:0.5,etaplus:1.2,step_size_min:1e-6,step_size_max:50", """
            signs = grad.mul(prev).sign()
            signs[signs.gt(0)] = etaplus
            signs[signs.lt(0)] = etaminus
            signs[signs.eq(0)] = 1

            # update stepsizes with step size updates
            step_size.mul_(signs).clamp_(step_size_min, step_size_max)

            # for dir<0, dfdx=0
            grad = grad.clone()
            grad[signs.eq(etaminus)] = 0

            # update parameters
            param.addcmul_(grad.sign(), step_size, value=-1)
            prev.copy_(grad)
""", (s, w, g, t, h) => { s[1] = t == 1 ? 0.01 : s[1]; var a = s[0] * g; s[1] = Math.Clamp(s[1] * (a > 0 ? h[1] : a < 0 ? h[0] : 1), h[2], h[3]); g = a < 0 ? 0 : g; s[0] = g; return w - (Math.Sign(g) * s[1]); }),
        new("sixth: torch, NovoGrad of a repository", "P=p G=grad S=exp_avg,exp_avg_sq:tensor H=lr:0.01,beta1:0.9,beta2:0.9,eps:1e-6,weight_decay:0.01", """
                norm = torch.sum(torch.pow(grad, 2))

                if exp_avg_sq == 0:
                    exp_avg_sq.copy_(norm)
                else:
                    exp_avg_sq.mul_(beta2).add_(norm, alpha=1 - beta2)

                denom = exp_avg_sq.sqrt().add_(group['eps'])

                grad.div_(denom)
                if group['weight_decay'] != 0:
                    grad.add_(p.data, alpha=group['weight_decay'])
                exp_avg.mul_(beta1).add_(grad)

                p.data.add_(exp_avg, alpha=-group['lr'])
""", (s, w, g, t, h) => { var n = g.Sum(x => x * x); for (var i = 0; i < w.Length; i++) { s[i][1] = s[i][1] == 0 ? n : (h[2] * s[i][1]) + ((1 - h[2]) * n); s[i][0] = (h[1] * s[i][0]) + (g[i] / (Math.Sqrt(s[i][1]) + h[3])) + (h[4] * w[i]); w[i] -= h[0] * s[i][0]; } }),
        new("sixth: weight averaging by a count", "P=w S=w_swa=w H=η:0.1,c:2", """
w ← w − η ∇L(w)
if mod(t, c) = 0 then
    n_models ← t / c
    w_swa ← (w_swa · n_models + w) / (n_models + 1)
end if
""", Descent),
        new("sixth: JAX, step function with tuples", "P=params G=grads S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
def update(i, g, state):
    x, m, v = state
    m = (1 - b1) * g + b1 * m  # First  moment estimate.
    v = (1 - b2) * jnp.square(g) + b2 * v  # Second moment estimate.
    mhat = m / (1 - jnp.asarray(b1, m.dtype) ** (i + 1))  # Bias correction.
    vhat = v / (1 - jnp.asarray(b2, m.dtype) ** (i + 1))
    x = x - lr * mhat / (jnp.sqrt(vhat) + eps)
    return x, m, v
""", Adam) { Roles = "P=x T=i F=0 G=g S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6" },
        new("sixth: numpy class with dictionaries", "P=W G=dW S=v H=lr:0.1,momentum:0.9", """
class Momentum:
    def __init__(self, lr=0.1, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = {}
            for key, val in params.items():
                self.v[key] = np.zeros_like(val)

        for key in params.keys():
            self.v[key] = self.momentum*self.v[key] - self.lr*grads[key]
            params[key] += self.v[key]
""", InnerMomentum),
        new("sixth: numpy class of Adam with dictionaries", "P=W G=dW S=m,v H=lr:0.01,beta1:0.9,beta2:0.99", """
        self.iter += 1
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)

        for key in params.keys():
            self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - self.beta2) * (grads[key]**2 - self.v[key])

            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)
""", (s, w, g, t, h) => AdamFoldedRate(s, w, g, t, [h[0], h[1], h[2], 1e-7])),
        new("sixth: course's dictionary of layers, both rows", "P=W G=dW S=v H=learning_rate:0.1,beta:0.9", """
    for l in range(1, L + 1):
        # compute velocities
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads['dW' + str(l)]
        v["db" + str(l)] = beta * v["db" + str(l)] + (1 - beta) * grads['db' + str(l)]
        # update parameters
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * v["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * v["db" + str(l)]
""", AveragedMomentum),
        new("sixth: slides, three rows with labels", "P=θ S=G H=η:0.1,ε:1e-6", "(1) g ← ∇J(θ)\n(2) G ← G + g ⊙ g\n(3) θ ← θ − η / √(G + ε) ⊙ g", AdaGradInside),
        new("sixth: slides, with question marks and remarks", "P=w S=v H=α:0.1,ρ:0.9", "SGD+Momentum: v_{t+1} = ρ v_t + ∇f(x_t)   ← running mean of gradients\nx_{t+1} = x_t − α v_{t+1}", HeavyBall) { Roles = "P=x S=v H=α:0.1,ρ:0.9" },
        new("sixth: slide, code in a box", "P=x G=dx S=grad_squared H=learning_rate:0.1", """
grad_squared = 0
while True:
  dx = compute_gradient(x)
  grad_squared += dx * dx
  x -= learning_rate * dx / (np.sqrt(grad_squared) + 1e-7)
""", (s, w, g, t, h) => AdaGrad(s, w, g, t, [h[0], 1e-7])),
        new("sixth: slide, code of both moments", "P=x G=dx S=first_moment,second_moment H=learning_rate:0.01,beta1:0.9,beta2:0.99", """
first_moment = 0
second_moment = 0
for t in range(1, num_iterations):
  dx = compute_gradient(x)
  first_moment = beta1 * first_moment + (1 - beta1) * dx
  second_moment = beta2 * second_moment + (1 - beta2) * dx * dx
  first_unbias = first_moment / (1 - beta1 ** t)
  second_unbias = second_moment / (1 - beta2 ** t)
  x -= learning_rate * first_unbias / (np.sqrt(second_unbias) + 1e-7)
""", (s, w, g, t, h) => Adam(s, w, g, t, [h[0], h[1], h[2], 1e-7])),
        new("sixth: book, exercise with a hint", "P=x T=k H=α:0.1", @"Show that the iteration $x_{k+1} = x_k - \alpha\,\nabla f(x_k)$ converges for $0 < \alpha < 2/L$. (Hint: use the descent lemma.)", Descent),
        new("sixth: book, step in a theorem", "P=x T=t H=η:0.1", @"\begin{theorem} Let $\eta = \frac{1}{\beta}$. Gradient descent $x_{t+1} = x_t - \eta \nabla f(x_t)$ satisfies $f(x_t) - f(x^*) \leq \frac{2\beta\|x_1 - x^*\|^2}{t-1}$. \end{theorem}", Descent) { Advice = "is the hyper-parameter and cannot be assigned" },
        new("sixth: notes, update written as increments", "P=w S=Δw H=η:0.1,μ:0.9", @"\Delta w_{ij}(t) = -\eta \frac{\partial E}{\partial w_{ij}}(t) + \mu \Delta w_{ij}(t-1)
w_{ij}(t+1) = w_{ij}(t) + \Delta w_{ij}(t)", InnerMomentum),
        new("sixth: notes in Japanese with full stops", "P=w S=v H=η:0.1,α:0.9", "更新式は次のようになる。\nv ← αv − η ∂L/∂W\nW ← W + v", InnerMomentum) { Roles = "P=W S=v H=η:0.1,α:0.9" },
        new("sixth: notes in Chinese with colons", "P=θ S=r H=ε:0.1,δ:1e-6", "累积平方梯度：r ← r + g ⊙ g\n计算更新：Δθ ← − ε/(δ + √r) ⊙ g\n应用更新：θ ← θ + Δθ", AdaGrad),
        new("sixth: Go", "P=w S=v H=lr:0.1,mu:0.9", "for i := range w {\n\tv[i] = mu*v[i] + g[i]\n\tw[i] -= lr * v[i]\n}", HeavyBall),
        new("sixth: Java", "P=weights G=gradients S=velocity H=learningRate:0.1,momentum:0.9", """
for (int i = 0; i < weights.length; i++) {
    velocity[i] = momentum * velocity[i] - learningRate * gradients[i];
    weights[i] += velocity[i];
}
""", InnerMomentum),
        new("sixth: C++ with vectors and casts", "P=w G=g S=s H=lr:0.1,rho:0.9,eps:1e-6", """
for (std::size_t i = 0; i < w.size(); ++i) {
    s[i] = rho * s[i] + (T(1) - rho) * g[i] * g[i];
    w[i] -= lr * g[i] / (std::sqrt(s[i]) + static_cast<T>(eps));
}
""", RmsProp),
        new("sixth: Scala", "P=w S=v H=lr:0.1,mu:0.9", "v := v * mu + g\nw := w - v * lr", HeavyBall),
        new("sixth: Octave with increments", "P=theta G=grad S=v H=alpha:0.1,beta:0.9", "v = beta*v + (1-beta)*grad;\ntheta -= alpha*v;", AveragedMomentum),
        new("sixth: Julia with unicode increments", "P=θ G=∇θ S=v H=η:0.1,ρ:0.9", "v .= ρ .* v .+ ∇θ\nθ .-= η .* v", HeavyBall) { Roles = "P=θ S=v H=η:0.1,ρ:0.9" },
        new("sixth: TypeScript", "P=w G=g S=m H=lr:0.1,beta:0.9", "const m_new: number = beta * m + (1 - beta) * g;\nw = w - lr * m_new;\nm = m_new;", AveragedMomentum),
        new("sixth: pseudocode, capital keywords", "P=w S=v H=lr:0.1,mu:0.9,nesterov:1", "v = mu * v + g\nIF nesterov THEN\n    w = w - lr * (g + mu * v)\nELSE\n    w = w - lr * v\nENDIF", NesterovWithBuffer),
        new("sixth: chat answer with boxed formula", "P=θ S=v H=η:0.1,β:0.9", "**Momentum** keeps a velocity:\n\n\\[\n\\boxed{v_t = \\beta v_{t-1} + (1-\\beta)\\nabla_\\theta J(\\theta)}\n\\]\n\n\\[\n\\boxed{\\theta = \\theta - \\eta v_t}\n\\]\n\nTypically \\( \\beta = 0.9 \\).", AveragedMomentum),
        new("sixth: HTML with subscripts", "P=w S=v H=η:0.1,μ:0.9", "<p>v<sub>t</sub> = &mu;v<sub>t-1</sub> + g<sub>t</sub></p>\n<p>w<sub>t</sub> = w<sub>t-1</sub> &minus; &eta;v<sub>t</sub></p>", HeavyBall),
        new("sixth: Typst", "P=w S=v H=eta:0.1,mu:0.9", "$ v_t = mu v_(t-1) + g_t $\n$ w_t = w_(t-1) - eta v_t $", HeavyBall),
        new("sixth: Org mode", "P=w S=v H=η:0.1,μ:0.9", "* Momentum\n\\begin{equation}\nv_{t} = \\mu v_{t-1} + g_{t}\n\\end{equation}\n- then the weights:\n\\( w_{t} = w_{t-1} - \\eta v_{t} \\)", HeavyBall),
    ];
}
