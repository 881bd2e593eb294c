namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A third set of notations, written down before any of it was tried.</summary>
internal static partial class PrintedRules
{
    /// <summary>Hyper-parameters: rate, both decays, ε, λ: the decay is taken of the weights before the step.</summary>
    private static double AdamDecayFirst(double[] s, double w, double g, double t, double[] h)
    {
        var d = AdamDirection(s, g, t, h);
        return w - (h[0] * h[4] * w) - (h[0] * d);
    }

    /// <summary>Hyper-parameters: rate, both decays, ε; ε is added inside the root.</summary>
    private static double AdamInside(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / Math.Sqrt((s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
    }

    private const string Third = "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6";

    private static readonly PrintedRule[] s_third =
    [
        // Documentation of libraries: boxes.
        new("third: box of AdamW", "P=θ S=m,v,v^{max} H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1,amsgrad:0,maximize:0", """
       \begin{aligned}
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{input}      : \gamma \text{(lr)}, \: \beta_1, \beta_2
                \text{(betas)}, \: \theta_0 \text{(params)}, \: f(\theta) \text{(objective)},
                \: \epsilon \text{ (epsilon)}                                                    \\
            &\hspace{13mm}      \lambda \text{(weight decay)},  \: \textit{amsgrad},
                \: \textit{maximize}                                                             \\
            &\textbf{initialize} : m_0 \leftarrow 0 \text{ (first moment)}, v_0 \leftarrow 0
                \text{ ( second moment)}, \: v_0^{max}\leftarrow 0                        \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do}                         \\

            &\hspace{5mm}\textbf{if} \: \textit{maximize}:                                       \\
            &\hspace{10mm}g_t           \leftarrow   -\nabla_{\theta} f_t (\theta_{t-1})         \\
            &\hspace{5mm}\textbf{else}                                                           \\
            &\hspace{10mm}g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})          \\
            &\hspace{5mm} \theta_t \leftarrow \theta_{t-1} - \gamma \lambda \theta_{t-1}         \\
            &\hspace{5mm}m_t           \leftarrow   \beta_1 m_{t-1} + (1 - \beta_1) g_t          \\
            &\hspace{5mm}v_t           \leftarrow   \beta_2 v_{t-1} + (1-\beta_2) g^2_t          \\
            &\hspace{5mm}\widehat{m_t} \leftarrow   m_t/\big(1-\beta_1^t \big)                   \\
            &\hspace{5mm}\textbf{if} \: amsgrad                                                  \\
            &\hspace{10mm} v_t^{max} \leftarrow \mathrm{max}(v_{t-1}^{max},v_t)                  \\
            &\hspace{10mm}\widehat{v_t} \leftarrow v_t^{max}/\big(1-\beta_2^t \big)              \\
            &\hspace{5mm}\textbf{else}                                                           \\
            &\hspace{10mm}\widehat{v_t} \leftarrow   v_t/\big(1-\beta_2^t \big)                  \\
            &\hspace{5mm}\theta_t \leftarrow \theta_t - \gamma \widehat{m_t}/
                \big(\sqrt{\widehat{v_t}} + \epsilon \big)                                       \\
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
            &\bf{return} \:  \theta_t                                                     \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
       \end{aligned}
""", AdamDecayFirst),
        new("third: box of NAdam", "P=θ S=m,v,U=1 H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1,ψ:0.004", """
       \begin{aligned}
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{input}      : \gamma_t \text{ (lr)}, \: \beta_1,\beta_2 \text{ (betas)},
                \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)}                   \\
            &\hspace{13mm} \: \lambda \text{ (weight decay)}, \:\psi \text{ (momentum decay)}    \\
            &\textbf{initialize} :  m_0 \leftarrow 0 \text{ ( first moment)},
                v_0 \leftarrow 0 \text{ ( second moment)}                                 \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do}                         \\
            &\hspace{5mm}g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})           \\
            &\hspace{5mm} \theta_t \leftarrow \theta_{t-1}                                       \\
            &\hspace{5mm} \textbf{if} \: \lambda \neq 0                                          \\
            &\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1}                            \\
            &\hspace{5mm} \mu_t \leftarrow \beta_1 \big(1 - \frac{1}{2}  0.96^{t \psi} \big)     \\
            &\hspace{5mm} \mu_{t+1} \leftarrow \beta_1 \big(1 - \frac{1}{2} 0.96^{(t+1)\psi}\big)\\
            &\hspace{5mm} U_t \leftarrow U_{t-1} \mu_t \\
            &\hspace{5mm}m_t           \leftarrow   \beta_1 m_{t-1} + (1 - \beta_1) g_t          \\
            &\hspace{5mm}v_t           \leftarrow   \beta_2 v_{t-1} + (1-\beta_2) g^2_t          \\
            &\hspace{5mm}\widehat{m_t} \leftarrow \mu_{t+1} m_t/(1-U_t \mu_{t+1})  + (1-\mu_t) g_t /(1-U_t)    \\
            &\hspace{5mm}\widehat{v_t} \leftarrow   v_t/\big(1-\beta_2^t \big)                   \\
            &\hspace{5mm}\theta_t \leftarrow \theta_t - \gamma \widehat{m_t}/
                \big(\sqrt{\widehat{v_t}} + \epsilon \big)                                       \\
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
            &\bf{return} \:  \theta_t                                                     \\[-1.ex]
       \end{aligned}
""", (s, w, g, t, h) =>
        {
            if (t == 1)
                s[2] = 1;
            g += h[4] * w;
            double Mu(double k) => h[1] * (1 - (0.5 * Math.Pow(0.96, k * h[5])));
            s[2] *= Mu(t);
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var m = (Mu(t + 1) * s[0] / (1 - (s[2] * Mu(t + 1)))) + ((1 - Mu(t)) * g / (1 - s[2]));
            return w - (h[0] * m / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
        }),
        new("third: optax page of Adam, with the step added", "P=θ G=g S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,\\bar{ε}:1e-3", """
  .. math::

    \begin{align*}
      m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
      v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) \cdot {g_t}^2 \\
      \hat{m}_t &\leftarrow m_t / {(1-\beta_1^t)} \\
      \hat{v}_t &\leftarrow v_t / {(1-\beta_2^t)} \\
      u_t &\leftarrow -\alpha_t \cdot \hat{m}_t / \left({\sqrt{\hat{v}_t
      + \bar{\varepsilon}} + \varepsilon} \right)\\
      S_t &\leftarrow (m_t, v_t).
    \end{align*}

  θ_t = θ_{t-1} + u_t
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / (Math.Sqrt((s[1] / (1 - Math.Pow(h[2], t))) + h[4]) + h[3]));
        }),
        new("third: optax page of Lion", "P=θ S=m H=α:0.01,b_1:0.9,b_2:0.99,λ:0.1", """
    \begin{align*}
      c_t &\leftarrow b_1 \cdot m_{t-1} + (1-b_1) \cdot g_t \\
      u_t &\leftarrow -\alpha_t \cdot \left( sign \left( c_t \right) +
      \lambda \theta_{t} \right)\\
      m_t &\leftarrow b_2 \cdot m_{t-1} + (1-b_2) \cdot g_t \\
      S_t &\leftarrow (m_t).
    \end{align*}
    \theta_{t+1} \leftarrow \theta_t + u_t
""", Lion),
        new("third: optax page of AdaBelief", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,\\bar{ε}:1e-3", """
\begin{align*}
  m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
  s_t &\leftarrow \beta_2 \cdot s_{t-1} + (1-\beta_2) \cdot (g_t - m_t)^2
  + \bar{\varepsilon} \\
  \hat{m}_t &\leftarrow m_t / {(1-\beta_1^t)} \\
  \hat{s}_t &\leftarrow s_t / {(1-\beta_2^t)} \\
  u_t &\leftarrow -\alpha_t \cdot \hat{m}_t / \left(\sqrt{\hat{s}_t}
  + \varepsilon \right) \\
  S_t &\leftarrow (m_t, s_t).
\end{align*}
\theta \leftarrow \theta + u_t
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * (g - s[0]) * (g - s[0])) + h[4];
            return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
        }),
        new("third: op page of Adam", "P=var S=m,v H=lr:0.01,β_1:0.9,β_2:0.99,ε:1e-6,use\\_nesterov:1", """
$$\text{lr}_t := \mathrm{lr} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}$$
$$m_t := \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g$$
$$v_t := \beta_2 \cdot v_{t-1} + (1 - \beta_2) \cdot g^2$$
$$\text{var} := \begin{cases} \text{var} - (m_t \beta_1 + g \cdot (1 - \beta_1))\cdot\text{lr}_t/(\sqrt{v_t} + \epsilon), &\text{if use_nesterov}\\\\  \text{var} - m_t \cdot \text{lr}_t /(\sqrt{v_t} + \epsilon), &\text{otherwise} \end{cases}$$
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var rate = h[0] * Math.Sqrt(1 - Math.Pow(h[2], t)) / (1 - Math.Pow(h[1], t));
            return w - (((s[0] * h[1]) + (g * (1 - h[1]))) * rate / (Math.Sqrt(s[1]) + h[3]));
        }),
        new("third: op page of AdaDelta", "P=var G=grad S=accum,update_accum H=lr:0.5,rho:0.9,epsilon:1e-6", """
accum = rho() * accum + (1 - rho()) * grad.square();
update = (update_accum + epsilon).sqrt() * (accum + epsilon()).rsqrt() * grad;
update_accum = rho() * update_accum + (1 - rho()) * update.square();
var -= lr * update;
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
            var u = Math.Sqrt(s[1] + h[2]) / Math.Sqrt(s[0] + h[2]) * g;
            s[1] = (h[1] * s[1]) + ((1 - h[1]) * u * u);
            return w - (h[0] * u);
        }),
        new("third: op page of FTRL", "P=var G=grad S=accum=0.1,linear H=lr:0.1,l1:0.01,l2:0.1,lr_power:-0.5", """
accum_new = accum + grad * grad
linear += grad - (accum_new^(-lr_power) - accum^(-lr_power)) / lr * var
quadratic = 1.0 / (accum_new^(lr_power) * lr) + 2 * l2
var = (sign(linear) * l1 - linear) / quadratic if |linear| > l1 else 0.0
accum = accum_new
""", (s, w, g, t, h) =>
        {
            if (t == 1)
                s[0] = 0.1;
            var next = s[0] + (g * g);
            s[1] += g - ((Math.Pow(next, -h[3]) - Math.Pow(s[0], -h[3])) / h[0] * w);
            var quadratic = (1 / (Math.Pow(next, h[3]) * h[0])) + (2 * h[2]);
            s[0] = next;
            return Math.Abs(s[1]) > h[1] ? ((Math.Sign(s[1]) * h[1]) - s[1]) / quadratic : 0;
        }),
        new("third: op page of AddSign", "P=variable S=m H=lr:0.1,beta1:0.9,alpha:1,sign_decay:0.5", """
m_t <- beta1 * m_{t-1} + (1 - beta1) * g
update <- (alpha + sign_decay * sign(g) *sign(m)) * g
variable <- variable - lr_t * update
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * (h[2] + (h[3] * Math.Sign(g) * Math.Sign(s[0]))) * g); }),
        new("third: op page of PowerSign", "P=variable S=m H=lr:0.1,beta1:0.9,logbase:1,sign_decay:0.5", """
m_t <- beta1 * m_{t-1} + (1 - beta1) * g
update <- exp(logbase * sign_decay * sign(g) * sign(m_t)) * g
variable <- variable - lr_t * update
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Exp(h[2] * h[3] * Math.Sign(g) * Math.Sign(s[0])) * g); }),
        new("third: op page of centred RMSProp", "P=var G=grad S=mg,ms,mom H=lr:0.1,rho:0.9,momentum:0.5,epsilon:1e-2", """
mg <- rho * mg_{t-1} + (1-rho) * grad
ms <- rho * ms_{t-1} + (1-rho) * grad * grad
mom <- momentum * mom_{t-1} + lr * grad / sqrt(ms - mg * mg + epsilon)
var <- var - mom
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[1] * s[1]) + ((1 - h[1]) * g * g);
            s[2] = (h[2] * s[2]) + (h[0] * g / Math.Sqrt(s[1] - (s[0] * s[0]) + h[3]));
            return w - s[2];
        }),
        new("third: op page of proximal AdaGrad", "P=var G=grad S=accum=0.1 H=lr:0.1,l1:0.01,l2:0.1", """
accum += grad * grad
prox_v = var - lr * grad * (1 / sqrt(accum))
var = sign(prox_v)/(1+lr*l2) * max{|prox_v|-lr*l1,0}
""", (s, w, g, t, h) =>
        {
            s[0] = (t == 1 ? 0.1 : s[0]) + (g * g);
            var z = w - (h[0] * g / Math.Sqrt(s[0]));
            return Math.Sign(z) / (1 + (h[0] * h[2])) * Math.Max(Math.Abs(z) - (h[0] * h[1]), 0);
        }),
        new("third: optimizer docstring with braces for times", "P=var G=gradient S=mean_square,mom H=learning_rate:0.1,decay:0.9,momentum:0.5,epsilon:1e-6", """
mean_square = decay * mean_square{t-1} + (1-decay) * gradient ** 2
mom = momentum * mom{t-1} + learning_rate * g_t / sqrt(mean_square + epsilon)
delta = - mom
var = var + delta
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
            s[1] = (h[2] * s[1]) + (h[0] * g / Math.Sqrt(s[0] + h[3]));
            return w - s[1];
        }) { Advice = "the gradient is 'gradient'" },
        new("third: Keras docstring of SGD", "P=w G=g S=velocity H=learning_rate:0.1,momentum:0.9,nesterov:1", """
Update rule for parameter `w` with gradient `g` when `momentum` is larger
than 0:

```python
velocity = momentum * velocity - learning_rate * g
w = w + velocity
```
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) - (h[0] * g); return w + s[0]; }),
        new("third: Keras docstring of SGD, Nesterov", "P=w G=g S=velocity H=learning_rate:0.1,momentum:0.9", """
When `nesterov=True`, this rule becomes:

```python
velocity = momentum * velocity - learning_rate * g
w = w + momentum * velocity - learning_rate * g
```
""", NesterovAhead),
        new("third: Keras update_step of Adam", "P=variable G=gradient S=m,v T=local_step H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
        beta_1_power = ops.power(ops.cast(self.beta_1, variable.dtype), local_step)
        beta_2_power = ops.power(ops.cast(self.beta_2, variable.dtype), local_step)

        alpha = lr * ops.sqrt(1 - beta_2_power) / (1 - beta_1_power)

        self.assign_add(
            m, ops.multiply(ops.subtract(gradient, m), 1 - self.beta_1)
        )
        self.assign_add(
            v,
            ops.multiply(
                ops.subtract(ops.square(gradient), v), 1 - self.beta_2
            ),
        )
        self.assign_sub(
            variable,
            ops.divide(
                ops.multiply(m, alpha), ops.add(ops.sqrt(v), self.epsilon)
            ),
        )
""", AdamFoldedRate),
        new("third: Keras update_step of Lion", "P=variable G=gradient S=m H=lr:0.01,beta_1:0.9,beta_2:0.99", """
    def update_step(self, gradient, variable, learning_rate):
        # Update step given gradient and the associated model variable.
        lr = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        beta_1 = ops.cast(self.beta_1, variable.dtype)
        beta_2 = ops.cast(self.beta_2, variable.dtype)
        m = self._momentums[self._get_variable_index(variable)]

        self.assign_sub(
            variable,
            ops.multiply(
                lr,
                ops.sign(
                    ops.add(
                        ops.multiply(m, beta_1),
                        ops.multiply(gradient, (1.0 - beta_1)),
                    )
                ),
            ),
        )
        self.assign(
            m,
            ops.add(
                ops.multiply(m, beta_2), ops.multiply(gradient, (1.0 - beta_2))
            ),
        )
""", (s, w, g, t, h) => { var c = (h[1] * s[0]) + ((1 - h[1]) * g); s[0] = (h[2] * s[0]) + ((1 - h[2]) * g); return w - (h[0] * Math.Sign(c)); }),
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

        // Papers.
        new("third: AdamW paper's listing", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1,η:1", """
1: given α = 0.001, β_1 = 0.9, β_2 = 0.999, ε = 10^{−8}, λ ∈ ℝ
2: initialize time step t ← 0, parameter vector θ_{t=0} ∈ ℝ^n, first moment vector m_{t=0} ← 0, second moment vector v_{t=0} ← 0, schedule multiplier η_{t=0} ∈ ℝ
3: repeat
4:   t ← t + 1
5:   ∇f_t(θ_{t−1}) ← SelectBatch(θ_{t−1})    ▷ select batch and return the corresponding gradient
6:   g_t ← ∇f_t(θ_{t−1})
7:   m_t ← β_1 m_{t−1} + (1 − β_1) g_t    ▷ here and below all operations are element-wise
8:   v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2
9:   \hat{m}_t ← m_t/(1 − β_1^t)    ▷ β_1 is taken to the power of t
10:  \hat{v}_t ← v_t/(1 − β_2^t)    ▷ β_2 is taken to the power of t
11:  η_t ← SetScheduleMultiplier(t)    ▷ can be fixed, decay, or also be used for warm restarts
12:  θ_t ← θ_{t−1} − η_t (α \hat{m}_t/(\sqrt{\hat{v}_t} + ε) + λ θ_{t−1})
13: until stopping criterion is met
14: return optimized parameters θ_t
""", (s, w, g, t, h) => w - ((h[0] * AdamDirection(s, g, t, h)) + (h[4] * w))),
        new("third: SGDW paper's listing", "P=θ S=m H=α:0.1,β_1:0.9,λ:0.1,η:1", """
\STATE{\textbf{given} initial learning rate $\alpha \in \mathbb{R}$, momentum factor $\beta_1 \in \mathbb{R}$, weight decay $\lambda\in\mathbb{R}$}
\STATE{\textbf{initialize} time step $t \leftarrow 0$, parameter vector $\vec{\theta}_{t=0} \in \mathbb{R}^n$,  first moment vector $\vec{m}_{t=0} \leftarrow \vec{0}$}
\REPEAT
	\STATE{$t \leftarrow t + 1$}
	\STATE{$\nabla f_t(\vec{\theta}_{t-1}) \leftarrow  \text{SelectBatch}(\vec{\theta}_{t-1})$}  
	\STATE{$\vec{g}_t \leftarrow \nabla f_t(\vec{\theta}_{t-1})$}
	\STATE{$\eta_t \leftarrow \text{SetScheduleMultiplier}(t)$}
	\STATE{$\vec{m}_t \leftarrow \beta_1 \vec{m}_{t-1} + \eta_t \alpha \vec{g}_t $}
	\STATE{$\vec{\theta}_t \leftarrow \vec{\theta}_{t-1} - \vec{m}_t - \eta_t\lambda\vec{\theta}_{t-1}$}
\UNTIL{ \textit{stopping criterion is met} }
\RETURN{optimized parameters $\vec{\theta}_t$}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0] - (h[2] * w); }),
        new("third: RAdam paper", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99", """
m_0, v_0 ← 0, 0 (Initialize moving 1st and 2nd moment)
ρ_∞ ← 2/(1 − β_2) − 1 (Compute the maximum length of the approximated SMA)
while t = {1, · · · , T} do
  g_t ← ∇_θ f_t(θ_{t−1}) (Calculate gradients w.r.t. stochastic objective at timestep t)
  v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2 (Update exponential moving 2nd moment)
  m_t ← β_1 m_{t−1} + (1 − β_1) g_t (Update exponential moving 1st moment)
  \hat{m}_t ← m_t/(1 − β_1^t) (Compute bias-corrected moving average)
  ρ_t ← ρ_∞ − 2tβ_2^t/(1 − β_2^t) (Compute the length of the approximated SMA)
  if the variance is tractable, i.e., ρ_t > 4 then
    l_t ← \sqrt{(1 − β_2^t)/v_t} (Compute adaptive learning rate)
    r_t ← \sqrt{\frac{(ρ_t−4)(ρ_t−2)ρ_∞}{(ρ_∞−4)(ρ_∞−2)ρ_t}} (Compute the variance rectification term)
    θ_t ← θ_{t−1} − α_t r_t \hat{m}_t l_t (Update parameters with adaptive momentum)
  else
    θ_t ← θ_{t−1} − α_t \hat{m}_t (Update parameters with un-adapted momentum)
return θ_T
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var m = s[0] / (1 - Math.Pow(h[1], t));
            var (last, power) = ((2 / (1 - h[2])) - 1, Math.Pow(h[2], t));
            var length = last - (2 * t * power / (1 - power));
            if (length <= 4)
                return w - (h[0] * m);
            var r = Math.Sqrt((length - 4) * (length - 2) * last / ((last - 4) * (last - 2) * length));
            return w - (h[0] * m * r * Math.Sqrt((1 - power) / s[1]));
        }),
        new("third: AMSGrad paper's listing in TeX", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99", @"\begin{algorithm}[H]
\caption{{\sc AMSGrad}}
\label{alg:amsgrad}
\begin{algorithmic}
\STATE {\bfseries Input:} $x_1 \in \mathcal{F}$, step size $\{\alpha_t\}_{t=1}^T$, $\{\beta_{1t}\}_{t=1}^T, \beta_2$
\STATE Set $m_0 = 0$, $v_0 = 0$ and $\hat{v}_0 = 0$
\FOR{$t=1$ {\bfseries to} $T$}
\STATE $g_t = \nabla f_t(x_t)$
\STATE $m_t = \beta_{1t}m_{t-1} + (1 - \beta_{1t})g_t$
\STATE $v_t = \beta_2 v_{t-1} + (1 - \beta_2)g_t^2$
\STATE $\hat{v}_t = \max(\hat{v}_{t-1},v_t)$ and $\hat{V}_t = \text{diag}(\hat{v}_t)$
\STATE $x_{t+1} = \Pi_{\mathcal{F}, \sqrt{\hat{V}_t}}(x_t - \alpha_t m_t/\sqrt{\hat{v}_t})$
\ENDFOR
\end{algorithmic}
\end{algorithm}", (s, w, g, t, h) => AmsGrad(s, w, g, t, [h[0], h[1], h[2], 0])) { Advice = "as a projection onto an interval this is written clip(x, low, high)" },
        new("third: AdaBound with fractions of step", "P=x S=m,v H=α:0.01,β_1:0.9,β_2:0.99,η_{final}:0.1", @"m_t = \beta_{1} m_{t-1} + (1-\beta_{1}) g_t, \; v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\eta_l(t) = \eta_{final} - \frac{\eta_{final}}{(1-\beta_2)t + 1}, \quad \eta_u(t) = \eta_{final} + \frac{\eta_{final}}{(1-\beta_2)t}
\hat{\eta}_t = \mathrm{Clip}(\alpha/\sqrt{v_t}, \eta_l(t), \eta_u(t)) \text{ and } \eta_t = \hat{\eta}_t/\sqrt{t}
x_{t+1} = x_t - \eta_t \odot m_t", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var (low, high) = (h[3] - (h[3] / (((1 - h[2]) * t) + 1)), h[3] + (h[3] / ((1 - h[2]) * t)));
            return w - (Math.Min(Math.Max(h[0] / Math.Sqrt(s[1]), low), high) / Math.Sqrt(t) * s[0]);
        }),
        new("third: Yogi listing", "P=x S=m,v=1e-6 H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-3", @"Input: x_1 ∈ R^d, learning rate {η_t}_{t=1}^T, decay parameters 0 ≤ β_1, β_2 ≤ 1, ε > 0
Set m_0 = 0, v_0 = 1e-6
for t = 1 to T do
  Draw a sample s_t from P.
  Compute g_t = ∇ℓ(x_t, s_t).
  m_t = β_1 m_{t−1} + (1 − β_1) g_t
  v_t = v_{t−1} − (1 − β_2) sign(v_{t−1} − g_t^2) g_t^2
  x_{t+1} = x_t − η_t m_t/(√v_t + ε)
end for", (s, w, g, t, h) => { s[1] = t == 1 ? 1e-6 : s[1]; return Yogi(s, w, g, t, h); }),
        new("third: LAMB listing", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", @"Input: x_1 ∈ R^d, learning rate {η_t}_{t=1}^T, parameters 0 < β_1, β_2 < 1, scaling function φ, ε > 0
Set m_0 = 0, v_0 = 0
for t = 1 to T do
  Draw b samples S_t from P.
  Compute g_t = \frac{1}{|S_t|} \sum_{s_t ∈ S_t} ∇ℓ(x_t, s_t).
  m_t = β_1 m_{t−1} + (1 − β_1) g_t
  v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
  m_t = m_t/(1 − β_1^t)
  v_t = v_t/(1 − β_2^t)
  Compute ratio r_t = \frac{m_t}{\sqrt{v_t} + ε}
  x_{t+1}^{(i)} = x_t^{(i)} − η_t \frac{\|x_t^{(i)}\|}{\|r_t^{(i)} + λ x_t^{(i)}\|} (r_t^{(i)} + λ x_t^{(i)})
end for", (s, w, g, t, h) =>
        {
            var r = w.Select((x, i) => AdamDirection(s[i], g[i], t, [0, h[1], h[2], h[3]])).ToArray();
            var moved = w.Select((x, i) => r[i] + (h[4] * x)).ToArray();
            var ratio = Norm(w) / Norm(moved);
            for (var i = 0; i < w.Length; i++)
                w[i] -= h[0] * ratio * moved[i];
        }) { Advice = "then it has a name of its own" },
        new("third: LARS listing", "P=w S=v H=γ:0.1,η:0.02,β:0.01,m:0.9", @"Parameters: base LR γ_0, momentum m, weight decay β, LARS coefficient η, number of steps T
Init: t = 0, v = 0. Init weight w_0^l for each layer l
while t < T for each layer l do
  g_t^l ← ∇L(w_t^l) (obtain a stochastic gradient for the current mini-batch)
  γ_t ← γ ∗ (1 − \frac{t}{T})^2 (compute the global learning rate)
  λ^l ← \frac{‖w_t^l‖}{‖g_t^l‖ + β‖w_t^l‖} (compute the local LR λ^l)
  v_{t+1}^l ← m v_t^l + γ_{t+1} ∗ λ^l ∗ (g_t^l + β w_t^l) (update the momentum)
  w_{t+1}^l ← w_t^l − v_{t+1}^l (update the weights)
end while", (s, w, g, t, h) => { var rate = Norm(w) / (Norm(g) + (h[1] * Norm(w))); for (var i = 0; i < w.Length; i++) w[i] -= s[i][0] = (h[2] * s[i][0]) + (h[0] * rate * (g[i] + (h[1] * w[i]))); }) { Roles = "P=w S=v H=γ:0.1,β:0.01,m:0.9", Text = @"g_t^l ← ∇L(w_t^l) (obtain a stochastic gradient for the current mini-batch)
λ^l ← \frac{‖w_t^l‖}{‖g_t^l‖ + β‖w_t^l‖} (compute the local LR λ^l)
v_{t+1}^l ← m v_t^l + γ_{t+1} ∗ λ^l ∗ (g_t^l + β w_t^l) (update the momentum)
w_{t+1}^l ← w_t^l − v_{t+1}^l (update the weights)" },
        new("third: NovoGrad listing", "P=w S=m,v H=λ:0.01,β_1:0.9,β_2:0.5,d:0.01,ε:1e-6", @"t = 0: weight initialization w ← Init().
t = 1: moment initialization
for each layer l do
  v_1^l ← ‖g_1^l‖^2;
  m_1^l ← \frac{g_1^l}{‖v_1^l‖} + d · w_1^l.
end for
while t ≤ T do
  compute global learning rate λ_t ← LR(t)
  for each layer l do
    g_t^l ← ∇_l L(w_t)
    v_t^l ← β_2 · v_{t−1}^l + (1 − β_2) · ‖g_t^l‖^2
    m_t^l ← β_1 · m_{t−1}^l + (\frac{g_t^l}{\sqrt{v_t^l} + ε} + d · w_t^l)
    w_{t+1}^l ← w_t^l − λ_t · m_t^l
  end for
end while", Descent) { Advice = "'l' is not declared" },
        new("third: NovoGrad, the step alone", "P=w S=m,v H=λ:0.01,β_1:0.9,β_2:0.5,d:0.01,ε:1e-6", @"v_t^l = \beta_2 \cdot v_{t-1}^l + (1-\beta_2)\cdot \|g_t^l\|^2
m_t^l = \beta_1 \cdot m_{t-1}^l + \left(\frac{g_t^l}{\sqrt{v_t^l}+\epsilon} + d\cdot w_t^l\right)
w_{t+1}^l = w_t^l - \lambda_t\cdot m_t^l", (s, w, g, t, h) =>
        {
            for (var i = 0; i < w.Length; i++)
            {
                s[i][1] = (h[2] * s[i][1]) + ((1 - h[2]) * Norm(g) * Norm(g));
                s[i][0] = (h[1] * s[i][0]) + (g[i] / (Math.Sqrt(s[i][1]) + h[4])) + (h[3] * w[i]);
                w[i] -= h[0] * s[i][0];
            }
        }),
        new("third: AdaBelief with EMA in words", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t$\\
$s_t \leftarrow \beta_2 s_{t-1} + (1-\beta_2) \color{blue}{(g_t-m_t)^2} + \epsilon$\\
\hspace{4mm}\textbf{Bias Correction}\\
$\widehat{m_t} \leftarrow \frac{m_t}{1-\beta_1^t}$, $\widehat{s_t} \leftarrow \frac{s_t}{1-\beta_2^t}$\\
\hspace{4mm}\textbf{Update}\\
$\theta_t \leftarrow \prod_{\mathcal{F}, \sqrt{\widehat{s_t}}} \Big( \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}} + \epsilon} \Big)$", AdaBelief) { Advice = "as a projection onto an interval this is written clip(x, low, high)" },
        new("third: AdaBelief's step", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"$m_t \leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t$\\
$s_t \leftarrow \beta_2 s_{t-1} + (1-\beta_2) {\color{blue}(g_t-m_t)^2} + \epsilon$\\
$\widehat{m_t} \leftarrow \frac{m_t}{1-\beta_1^t}$, $\widehat{s_t} \leftarrow \frac{s_t}{1-\beta_2^t}$\\
$\theta_t \leftarrow \theta_{t-1} - \frac{\alpha \widehat{m_t}}{\sqrt{\widehat{s_t}} + \epsilon}$", AdaBelief),
        new("third: Lion as a program", "P=weight G=gradient S=momentum H=lr:0.01,β1:0.9,β2:0.99,λ:0.1", """
def train(weight, gradient, momentum, lr):
  update = interp(gradient, momentum, β1)
  update = sign(update)
  momentum = interp(gradient, momentum, β2)
  weight_decay = weight * λ
  update = update + weight_decay
  update = update * lr
  return update, momentum
""", Lion) { Advice = "define it in a line of its own, 'interp(x, y, z) = …'" },
        new("third: Sophia's step", "P=θ S=m,h H=η:0.1,β_1:0.9,β_2:0.99,γ:2,λ:0.01,ε:1e-3", @"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t
h_t = \beta_2 h_{t-1} + (1-\beta_2)\, g_t \odot g_t
\theta_t = \theta_t - \eta_t \lambda \theta_t
\theta_{t+1} = \theta_t - \eta_t\cdot \mathrm{clip}\left(m_t/\max\{\gamma\cdot h_t,\epsilon\}, 1\right)", Clipped) { Advice = "keeps a value between two bounds to some papers" },
        new("third: Adan listing", "P=θ S=m,v,n,g_{k-1} T=k H=η:0.01,β_1:0.1,β_2:0.2,β_3:0.05,λ:0.1,ε:1e-6", @"Input: initialization θ_0, step size η, momentum (β_1, β_2, β_3) ∈ [0, 1]^3, stable parameter ε > 0, weight decay λ_k > 0, restart condition.
1 while k < K do
2   estimate the stochastic gradient g_k at θ_k;
3   m_k = (1 − β_1) m_{k−1} + β_1 g_k;
4   v_k = (1 − β_2) v_{k−1} + β_2 (g_k − g_{k−1});
5   n_k = (1 − β_3) n_{k−1} + β_3 [g_k + (1 − β_2)(g_k − g_{k−1})]^2;
6   η_k = η/(\sqrt{n_k} + ε);
7   θ_{k+1} = (1 + λ_k η)^{−1} [θ_k − η_k ◦ (m_k + (1 − β_2) v_k)];
end while", (s, w, g, t, h) =>
        {
            s[0] = ((1 - h[1]) * s[0]) + (h[1] * g);
            s[1] = ((1 - h[2]) * s[1]) + (h[2] * (g - s[3]));
            var c = g + ((1 - h[2]) * (g - s[3]));
            s[2] = ((1 - h[3]) * s[2]) + (h[3] * c * c);
            s[3] = g;
            return (w - (h[0] / (Math.Sqrt(s[2]) + h[5]) * (s[0] + ((1 - h[2]) * s[1])))) / (1 + (h[4] * h[0]));
        }),
        new("third: Lookahead", "P=φ S=θ H=α:0.5,k:5", @"for t = 1, 2, … do
  Synchronize parameters θ_{t,0} ← φ_{t−1}
  for i = 1, 2, …, k do
    sample minibatch of data d ∼ D
    θ_{t,i} ← θ_{t,i−1} + A(L, θ_{t,i−1}, d)
  end for
  Perform outer update φ_t ← φ_{t−1} + α(θ_{t,k} − φ_{t−1})
end for
return parameters φ", Descent) { Advice = "this is the value of θ before the first step" },
        new("third: SWA", "P=w S=w_{SWA} H=α:0.1,c:1", @"w ← w − α∇L_i(w) {Stochastic gradient update}
if mod(i, c) = 0 then
n_models ← i/c {Number of models}
w_{SWA} ← \frac{w_{SWA} · n_models + w}{n_models + 1} {Update average}
end if", Descent) { Advice = "the left side of an assignment must be a single name" },
        new("third: stochastic average gradient", "P=w S=\\bar{w}=w H=η:0.1", @"w_{t+1} = w_t - \eta \nabla f_{i_t}(w_t), \quad \bar{w}_{t+1} = \frac{t}{t+1}\bar{w}_t + \frac{1}{t+1} w_{t+1}", Descent),
        new("third: Rprop paper's listing", "P=w S=Δ=0.1,g_{t-1} H=η^+:1.2,η^-:0.5,Δ_{max}:50,Δ_{min}:1e-6", @"if (g_{t-1} * g_t > 0) then {
    Δ_t = minimum(Δ_{t-1} * η^+, Δ_{max})
    w_{t+1} = w_t - sign(g_t) * Δ_t
}
else if (g_{t-1} * g_t < 0) then {
    Δ_t = maximum(Δ_{t-1} * η^-, Δ_{min})
}
else if (g_{t-1} * g_t = 0) then {
    w_{t+1} = w_t - sign(g_t) * Δ_t
}", (s, w, g, t, h) =>
        {
            s[0] = t == 1 ? 0.1 : s[0];
            var a = s[1] * g;
            s[1] = g;
            s[0] = a > 0 ? Math.Min(s[0] * h[0], h[2]) : a < 0 ? Math.Max(s[0] * h[1], h[3]) : s[0];
            return a < 0 ? w : w - (Math.Sign(g) * s[0]);
        }) { Advice = "which is assigned only further down" },
        new("third: QHM", "P=θ S=g' H=α:0.1,β:0.9,ν:0.7", "", QuasiHyperbolic) { Roles = "P=θ G=∇ S=g H=α:0.1,β:0.9,ν:0.7", Text = @"g_{t+1} \leftarrow \beta \cdot g_t + (1-\beta)\cdot \nabla\hat{L}_t(\theta_t)
\theta_{t+1} \leftarrow \theta_t - \alpha\left[(1-\nu)\cdot\nabla\hat{L}_t(\theta_t) + \nu\cdot g_{t+1}\right]" },
        new("third: AggMo family", "P=θ S=v H=γ:0.1,β:0.9,K:3", @"v_t^{(i)} = \beta^{(i)} v_{t-1}^{(i)} - \nabla_\theta f(\theta_{t-1})
\theta_t = \theta_{t-1} + \frac{\gamma_t}{K}\sum_{i=1}^K v_t^{(i)}", Descent) { Advice = "several values are added as they are declared, each by its name" },
        new("third: Signum", "P=x T=k H=δ:0.1,β:0.9 S=m", @"\tilde{g}_k \gets \text{stochasticGradient}(x_k)
m_{k+1} \gets \beta m_k + (1-\beta)\tilde{g}_k
x_{k+1} \gets x_k - \delta\,\mathrm{sign}[m_{k+1}]", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Sign(s[0])); }) { Roles = "P=x G=\\tilde{g} T=k H=δ:0.1,β:0.9 S=m" },
        new("third: signSGD", "P=x G=\\tilde{g} T=k H=δ:0.1", @"Input: learning rate δ, current point x_k
\tilde{g}_k ← stochasticGradient(x_k)
x_{k+1} ← x_k − δ sign(\tilde{g}_k)", Sign),
        new("third: PID", "P=θ S=V,D,g_{t-1} H=r:0.1,α:0.9,K_d:0.5", @"V_{t+1} = \alpha V_t - r\,\partial L_t/\partial\theta_t
D_{t+1} = \alpha D_t + (1-\alpha)(\partial L_t/\partial\theta_t - \partial L_{t-1}/\partial\theta_{t-1})
\theta_{t+1} = \theta_t + V_{t+1} + K_d D_{t+1}", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) - (h[0] * g);
            s[1] = (h[1] * s[1]) + ((1 - h[1]) * (g - s[2]));
            s[2] = g;
            return w + s[0] + (h[2] * s[1]);
        }),
        new("third: SAM", "P=w H=η:0.1,ρ:0.05", @"\hat{\boldsymbol{\epsilon}}(\boldsymbol{w}) = \rho\, \mathrm{sign}(\nabla_w L_S(w)) |\nabla_w L_S(w)|^{q-1} / (\|\nabla_w L_S(w)\|_q^q)^{1/p}
\nabla_w L(w)|_{w + \hat\epsilon(w)}
w_{t+1} = w_t - \eta g", Descent) { Advice = "the left side of an assignment must be a single name" },
        new("third: Tiger", "P=θ S=m H=α:0.01,β:0.9,λ:0.1", @"\text{Tiger}:=\left\{\begin{aligned}
&\boldsymbol{m}_t = \beta \boldsymbol{m}_{t-1} + \left(1 - \beta\right) \boldsymbol{g}_t \\
&\boldsymbol{\theta}_t = \boldsymbol{\theta}_{t-1} - \alpha_t \left[\text{sign}(\boldsymbol{m}_t) \color{skyblue}{ + \lambda_t \boldsymbol{\theta}_{t-1}}\right] \\
\end{aligned}\right.", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * (Math.Sign(s[0]) + (h[2] * w))); }),
        new("third: Adam in a blog with braces", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"\text{Adam}\color{skyblue}{\text{W}}:=\left\{\begin{aligned}
&\boldsymbol{m}_t = \beta_1 \boldsymbol{m}_{t-1} + \left(1 - \beta_1\right) \boldsymbol{g}_t\\
&\boldsymbol{v}_t = \beta_2 \boldsymbol{v}_{t-1} + \left(1 - \beta_2\right) \boldsymbol{g}_t^2\\
&\hat{\boldsymbol{m}}_t = \boldsymbol{m}_t\left/\left(1 - \beta_1^t\right)\right.\\
&\hat{\boldsymbol{v}}_t = \boldsymbol{v}_t\left/\left(1 - \beta_2^t\right)\right.\\
&\boldsymbol{u}_t =\hat{\boldsymbol{m}}_t\left/\left(\sqrt{\hat{\boldsymbol{v}}_t} + \epsilon\right)\right.\\
&\boldsymbol{\theta}_t = \boldsymbol{\theta}_{t-1} - \alpha_t (\boldsymbol{u}_t \color{skyblue}{ + \lambda_t\boldsymbol{\theta}_{t-1}})
\end{aligned}\right.", AdamW),
        new("third: Prodigy step", "P=x S=m,v H=γ:0.1,d:1,β_1:0.9,β_2:0.99,ε:1e-6", @"g_k \in \partial f(x_k)
m_{k+1} = \beta_1 m_k + (1-\beta_1) d_k g_k
v_{k+1} = \beta_2 v_k + (1-\beta_2) d_k^2 g_k^2
x_{k+1} = x_k - \gamma_k d_k m_{k+1} / (\sqrt{v_{k+1}} + d_k \epsilon)", (s, w, g, t, h) => { s[0] = (h[2] * s[0]) + ((1 - h[2]) * h[1] * g); s[1] = (h[3] * s[1]) + ((1 - h[3]) * h[1] * h[1] * g * g); return w - (h[0] * h[1] * s[0] / (Math.Sqrt(s[1]) + (h[1] * h[4]))); }) { Roles = "P=x T=k S=m,v H=γ:0.1,d:1,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("third: schedule-free listing", "P=y S=z=y,x=y,v H=γ:0.1,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", @"1: Input: x_1, learning rate γ, decay λ, warmup steps T_warmup, β_1, β_2, ε
2: z_1 = x_1
3: v_0 = 0
4: for t = 1 to T do
5:   y_t = (1 − β_1) z_t + β_1 x_t    ▷ Momentum via interpolation
6:   g_t ∈ ∂f(y_t, ζ_t)    ▷ Gradient is evaluated at y
7:   v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
8:   γ_t = γ \sqrt{1 − β_2^t} min(1, t/T_warmup)    ▷ LR includes warmup and Adam bias-correction
9:   z_{t+1} = z_t − γ_t g_t/(√v_t + ε) − γ_t λ y_t
10:  c_{t+1} = \frac{γ_t^2}{\sum_{i=1}^t γ_i^2}
11:  x_{t+1} = (1 − c_{t+1}) x_t + c_{t+1} z_{t+1}    ▷ Update weighted iterate average
12: end for
13: Return x_{T+1}", Descent) { Advice = "a sum over the steps so far is a state" },
        new("third: Adai", "P=θ S=v,m H=η:0.1,β_0:0.1,β_2:0.99,ε:1e-3", @"g_t = \nabla L(\theta_{t-1})
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\hat{v}_t = \frac{v_t}{1 - \beta_2^t}
\bar{v}_t = mean(\hat{v}_t)
\beta_{1,t} = (1 - \frac{\beta_0}{\bar{v}_t}\hat{v}_t).Clip(0, 1-\epsilon)
m_t = \beta_{1,t} m_{t-1} + (1-\beta_{1,t}) g_t
\theta_t = \theta_{t-1} - \eta m_t", (s, w, g, t, h) =>
        {
            var v = w.Select((_, i) => (s[i][0] = (h[2] * s[i][0]) + ((1 - h[2]) * g[i] * g[i])) / (1 - Math.Pow(h[2], t))).ToArray();
            for (var i = 0; i < w.Length; i++)
            {
                var beta = Math.Clamp(1 - (h[1] / v.Average() * v[i]), 0, 1 - h[3]);
                w[i] -= h[0] * (s[i][1] = (beta * s[i][1]) + ((1 - beta) * g[i]));
            }
        }),
        new("third: Adafactor without factors", "P=X S=V H=ρ:0.01,β_2:0.99,ε_1:1e-30,ε_2:1e-3,d:1", @"for t = 1 to T do
  α_t = max(ε_2, RMS(X_{t−1})) ρ_t
  G_t = ∇f_t(X_{t−1})
  \hat{V}_t = \hat{β}_{2t} \hat{V}_{t−1} + (1 − \hat{β}_{2t})(G_t^2 + ε_1 1_n)
  U_t = G_t/\sqrt{\hat{V}_t}
  \hat{U}_t = U_t / max(1, RMS(U_t)/d)
  X_t = X_{t−1} − α_t \hat{U}_t
end for", (s, w, g, t, h) =>
        {
            double Rms(IEnumerable<double> x) => Math.Sqrt(x.Average(y => y * y));
            var rate = Math.Max(h[3], Rms(w)) * h[0];
            var u = w.Select((_, i) => g[i] / Math.Sqrt(s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * ((g[i] * g[i]) + h[2])))).ToArray();
            var length = Math.Max(1, Rms(u) / h[4]);
            for (var i = 0; i < w.Length; i++)
                w[i] -= rate * u[i] / length;
        }) { Roles = "P=X G=G S=\\hat{V} H=ρ:0.01,\\hat{β}_2:0.99,ε_1:1e-30,ε_2:1e-3,d:1" },
        new("third: AdaShift like", "P=θ S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = β_1 m_{t−1} + (1 − β_1) g_t ; v_t = β_2 v_{t−1} + (1 − β_2) g_{t−1}^2 ; θ_{t+1} = θ_t − η m_t / (√v_t + ε)", Descent) { Advice = "declare [State(\"g_{t-1}\")]" },
        new("third: Nostalgic Adam", "P=x S=v,B H=α:0.1,γ:0.5", @"v_t = \beta_{2,t} v_{t-1} + (1-\beta_{2,t}) g_t^2, \quad \beta_{2,t} = B_{t-1}/B_t, \quad B_t = B_{t-1} + t^{-\gamma}
x_{t+1} = x_t - \frac{\alpha}{\sqrt t}\frac{g_t}{\sqrt{v_t}}", (s, w, g, t, h) => { var next = s[1] + Math.Pow(t, -h[1]); var beta = s[1] / next; s[1] = next; s[0] = (beta * s[0]) + ((1 - beta) * g * g); return w - (h[0] / Math.Sqrt(t) * g / Math.Sqrt(s[0])); }),
        new("third: gradient centralization", "P=w H=α:0.1", @"\Phi_{GC}(\nabla_{w}\mathcal{L}) = \nabla_{w}\mathcal{L} - \mu_{\nabla_{w}\mathcal{L}}
w^{t+1} = w^t - \alpha^t \Phi_{GC}(\nabla_{w^t}\mathcal{L})", Descent) { Advice = "the caller computes the gradient, and formulas call it 'g'" },
        new("third: Adam mini-like, hats inside the fraction", Third, @"m_{t}=\beta_{1}m_{t-1}+(1-\beta_{1})g_{t}\\v_{t}=\beta_{2}v_{t-1}+(1-\beta_{2})g_{t}^{2}\\{\hat {m}}_{t}={\frac {m_{t}}{1-\beta _{1}^{t}}}\\{\hat {v}}_{t}={\frac {v_{t}}{1-\beta _{2}^{t}}}\\\theta_{t}=\theta_{t-1}-\alpha\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}", Adam),
        new("third: a vector of states at once", Third, @"(m_t, v_t) = (\beta_1 m_{t-1} + (1-\beta_1)g_t,\; \beta_2 v_{t-1} + (1-\beta_2) g_t^2)
\theta_t = \theta_{t-1} - \alpha m_t/(\sqrt{v_t}+\epsilon)", AdamUncorrected),
        new("third: generic scheme", Third, @"m_t = \phi_t(g_1, \ldots, g_t) \text{ and } V_t = \psi_t(g_1, \ldots, g_t)
\hat{x}_{t+1} = x_t - \alpha_t m_t/\sqrt{V_t}", Descent) { Advice = "dots stand for something that must be written out" },
        new("third: Adam by its sums", Third, @"m_t = (1-\beta_1)\sum_{i=1}^{t}\beta_1^{t-i} g_i
\theta_t = \theta_{t-1} - \alpha m_t", Descent) { Advice = "a sum over the steps so far is a state" },
        new("third: normalised momentum", "P=w S=m H=η:0.1,β:0.9", @"m_t = \beta m_{t-1} + (1-\beta) \nabla f(w_t;\xi_t),\qquad w_{t+1} = w_t - \eta\,\frac{m_t}{\lVert m_t\rVert}.", (s, w, g, t, h) => { var m = w.Select((_, i) => s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * g[i])).ToArray(); for (var i = 0; i < w.Length; i++) w[i] -= h[0] * m[i] / Norm(m); }),
        new("third: clipped descent", "P=x T=k H=η:0.1,γ:1", @"x_{k+1} = x_k - \min\left\{\eta, \frac{\gamma\eta}{\|\nabla f(x_k)\|}\right\}\nabla f(x_k)", (s, w, g, t, h) => Each(w, (x, i) => x - (Math.Min(h[0], h[1] * h[0] / Norm(g)) * g[i]))),
        new("third: FISTA", "P=y S=x_{k-1}=y T=k H=L:10", @"x_k = y_k - \frac{1}{L}\nabla f(y_k), \quad t_{k+1} = \frac{1 + \sqrt{1 + 4t_k^2}}{2}, \quad y_{k+1} = x_k + \frac{t_k - 1}{t_{k+1}}(x_k - x_{k-1})", Descent) { Advice = "declare it as a state" },
        new("third: Nesterov's constant momentum", "P=y S=x=y T=k H=α:0.1,β:0.9", @"x_{k+1} = y_k - \alpha\nabla f(y_k),\\ y_{k+1} = x_{k+1} + \beta(x_{k+1} - x_k)", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w - (h[0] * g); return s[0] + (h[1] * (s[0] - before)); }),
        new("third: accelerated with k over k+3", "P=y S=x=y T=k F=0 H=s:0.1", @"x_{k+1} = y_k - s\nabla f(y_k)
y_{k+1} = x_{k+1} + \frac{k}{k+3}(x_{k+1} - x_k)", (s, w, g, t, h) => { var before = t == 1 ? w : s[0]; s[0] = w - (h[0] * g); return s[0] + ((t - 1) / (t + 2) * (s[0] - before)); }),
        new("third: mirror descent", "P=w H=η:0.1", @"w_{t+1,i} = \frac{w_{t,i}\exp(-\eta g_{t,i})}{\sum_j w_{t,j}\exp(-\eta g_{t,j})}", (s, w, g, t, h) => { var e = w.Select((x, i) => x * Math.Exp(-h[0] * g[i])).ToArray(); var sum = e.Sum(); for (var i = 0; i < w.Length; i++) w[i] = e[i] / sum; }) { Advice = "the sum over a whole tensor is sum(x)" },
        new("third: exponentiated gradient", "P=w H=η:0.1", "w_{t+1} = w_t · exp(−η ∇f(w_t)) / Σ_i w_{t,i} exp(−η ∇_i f(w_t))", Descent) { Advice = "the sum over a whole tensor is sum(x)" },
        new("third: dual averaging", "P=w S=z,s H=η:0.1", @"z_{t+1} = z_t + g_t,\quad w_{t+1} = -\frac{\eta}{\sqrt{t}}\, z_{t+1}", (s, w, g, t, h) => { s[0] += g; return -h[0] / Math.Sqrt(t) * s[0]; }),
        new("third: regularised leader", "P=w H=η:0.1", @"w_{t+1} = \arg\min_w \langle g_{1:t}, w\rangle + \frac{1}{2\eta}\|w\|_2^2", Descent) { Advice = "formulas are the steps of an optimizer and cannot minimise" },
        new("third: Langevin", "P=θ H=ε:0.01", @"\Delta\theta_t = \frac{\epsilon_t}{2}\nabla \log p(\theta_t) + \eta_t, \quad \eta_t \sim N(0,\epsilon_t)", Descent) { Advice = "what is drawn from a distribution is random" },
        new("third: Polyak averaging", "P=θ S=\\bar{θ} H=η:0.1,β:0.9", @"\theta_t = \theta_{t-1} - \eta g_t; \quad \bar\theta_t = \beta\cdot\bar\theta_{t-1} + (1-\beta)\theta_t", Descent),
        new("third: target network", "P=θ S=θ'=θ H=η:0.1,τ:0.01", "θ ← θ − η∇L(θ)\nθ′ ← τθ + (1 − τ)θ′", Descent),
        new("third: EMA in code", "P=param S=ema=param H=lr:0.1,decay:0.9", "param.data.add_(param.grad, alpha=-lr)\nema.mul_(decay).add_(param.data, alpha=1 - decay)", Descent),
        new("third: cyclical momentum of a super-convergence", "P=w S=v H=lr:0.1,β:0.9", "v_t = β_t v_{t-1} + (1 − β_t) g_t\nw_t = w_{t-1} − lr_t · v_t", AveragedMomentum),
        new("third: AccSGD", "P=w S=\\bar{w}=w H=δ:0.1,κ:100,ξ:10,ε:0.7", @"\alpha \leftarrow 1 - \frac{\epsilon^2\xi}{\kappa}
\bar{w}_{t+1} \leftarrow \alpha\bar{w}_t + (1-\alpha)\left[w_t - \frac{\kappa\delta}{\epsilon}\hat\nabla f(w_t)\right]
w_{t+1} \leftarrow \frac{\epsilon}{\epsilon+(1-\alpha)}\left[w_t - \delta\hat\nabla f(w_t)\right] + \frac{1-\alpha}{\epsilon+(1-\alpha)}\bar{w}_{t+1}", (s, w, g, t, h) =>
        {
            s[0] = t == 1 ? w : s[0];
            var a = 1 - (h[3] * h[3] * h[2] / h[1]);
            s[0] = (a * s[0]) + ((1 - a) * (w - (h[1] * h[0] / h[3] * g)));
            return (h[3] / (h[3] + 1 - a) * (w - (h[0] * g))) + ((1 - a) / (h[3] + 1 - a) * s[0]);
        }),
        new("third: AdaSmooth-like", "P=w S=s H=η:0.1,ρ_1:0.5,ρ_2:0.99,ε:1e-6,c:0.3", @"s_t = c^2 g_t^2 + (1-c^2)\, s_{t-1}, \quad \Delta w_t = -\frac{\eta}{\sqrt{s_t}+\epsilon}\odot g_t, \quad w_{t+1} = w_t + \Delta w_t", (s, w, g, t, h) => { s[0] = (h[4] * h[4] * g * g) + ((1 - (h[4] * h[4])) * s[0]); return w - (h[0] * g / (Math.Sqrt(s[0]) + h[3])); }),
        new("third: WNGrad", "P=w S=b=1 H=c:0.1", @"b_{j+1} \leftarrow b_j + \frac{c^2}{b_j}\|\nabla f(w_j)\|^2, \quad w_{j+1} \leftarrow w_j - \frac{c}{b_{j+1}}\nabla f(w_j)", (s, w, g, t, h) => { for (var i = 0; i < w.Length; i++) { s[i][0] = t == 1 ? 1 : s[i][0]; s[i][0] += h[0] * h[0] / s[i][0] * Norm(g) * Norm(g); w[i] -= h[0] / s[i][0] * g[i]; } }) { Roles = "P=w T=j S=b=1 H=c:0.1" },
        new("third: AdaGrad-Norm", "P=x S=b=0.1 T=j H=η:0.1", @"b_{j+1}^2 \leftarrow b_j^2 + \|G_j\|^2, \; x_{j+1} \leftarrow x_j - \frac{\eta}{b_{j+1}} G_j", Descent) { Roles = "P=x G=G S=b=0.1 T=j H=η:0.1", Advice = "this assigns a square, and the state is 'b' itself" },
        new("third: AdaNorm written with the square", "P=x S=b T=j H=η:0.1,ε:1e-3", @"b_{j+1} \leftarrow b_j + \|g_j\|^2, \qquad x_{j+1} \leftarrow x_j - \frac{\eta}{\sqrt{b_{j+1}+\epsilon}}\,g_j", (s, w, g, t, h) => { for (var i = 0; i < w.Length; i++) { s[i][0] += Norm(g) * Norm(g); w[i] -= h[0] / Math.Sqrt(s[i][0] + h[1]) * g[i]; } }),

        // Programs.
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
""", Descent) { Advice = "'β' is not declared" },
        new("third: Optimisers.jl", "P=x G=dx S=mvel H=η:0.1,ρ:0.9", """
  @.. mvel = ρ * mvel + η * dx
  dx′ = @lazy mvel
  x .= x .- dx′
""", Descent) { Advice = "expected a value, found '@'" },
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
""", AdamUncorrected) { Advice = "what is assigned to the parameter and the states is the result" },
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
