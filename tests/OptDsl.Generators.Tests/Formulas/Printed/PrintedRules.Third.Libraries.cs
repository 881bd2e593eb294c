namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A third set, written down before any of it was tried: notations of libraries' pages.</summary>
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

    private static readonly PrintedRule[] s_thirdLibraries =
    [
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
    ];
}
