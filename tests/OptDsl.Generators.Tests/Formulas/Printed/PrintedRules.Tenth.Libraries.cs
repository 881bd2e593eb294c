namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A tenth set, written down before any of it was tried, after the ninth was mended: documentation and programs of libraries.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_tenthLibraries =
    [
        new("tenth: docstring of Adadelta", "P=θ S=v,u H=γ:0.5,ρ:0.9,ε:1e-6,λ:0.01,maximize:0", """"
__doc__ = (
    r"""Implements Adadelta algorithm.

    .. math::
       \begin{aligned}
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{input}      : \gamma \text{ (lr)}, \: \theta_0 \text{ (params)},
                \: f(\theta) \text{ (objective)}, \: \rho \text{ (decay)},
                \: \lambda \text{ (weight decay)}                                                \\
            &\textbf{initialize} :  v_0  \leftarrow 0 \: \text{ (square avg)},
                \: u_0 \leftarrow 0 \: \text{ (accumulate variables)}                     \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do}                         \\
            &\hspace{5mm}g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})           \\
            &\hspace{5mm}if \: \lambda \neq 0                                                    \\
            &\hspace{10mm} g_t \leftarrow g_t + \lambda  \theta_{t-1}                            \\
            &\hspace{5mm} v_t      \leftarrow v_{t-1} \rho + g^2_t (1 - \rho)                    \\
            &\hspace{5mm}\Delta x_t    \leftarrow   \frac{\sqrt{u_{t-1} +
                \epsilon }}{ \sqrt{v_t + \epsilon}  }g_t \hspace{21mm}                           \\
            &\hspace{5mm} u_t  \leftarrow   u_{t-1}  \rho +
                 \Delta x^2_t  (1 - \rho)                                                        \\
            &\hspace{5mm}\theta_t      \leftarrow   \theta_{t-1} - \gamma  \Delta x_t            \\
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
            &\bf{return} \:  \theta_t                                                     \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
       \end{aligned}

    For further details regarding the algorithm we refer to `ADADELTA: An Adaptive Learning Rate Method`_.
    """
    + rf"""
    Args:
        {_params_doc}
        lr (float, Tensor, optional): coefficient that scale delta before it is applied
            to the parameters (default: 1.0)
        rho (float, optional): coefficient used for computing a running average
            of squared gradients (default: 0.9). A higher value of `rho` will
            result in a slower average, which can be helpful for preventing
            oscillations in the learning process.
        eps (float, optional): term added to the denominator to improve
            numerical stability (default: 1e-6).
    """
)
"""", AdaDeltaWithRate),
        new("tenth: page of SGD, copied without its indentation", "P=θ S=b H=γ:0.1,λ:0.01,μ:0.9,τ:0.2,nesterov:0", """
for t=1 to … do
gt←∇θft(θt−1)
if λ≠0
gt←gt+λθt−1
if μ≠0
if t>1
bt←μbt−1+(1−τ)gt
else
bt←gt
if nesterov
gt←gt+μbt
else
gt←bt
θt←θt−1−γgt
return θt
""", MomentumWithOptions) { Advice = "write the statements below it, indented" },
        new("tenth: function of a single tensor, SGD", "P=param G=grad S=buf H=lr:0.1,weight_decay:0.01,momentum:0.9,dampening:0.2,nesterov:0,maximize:0", """
    for i, param in enumerate(params):
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
""", MomentumWithOptions),
        new("tenth: function of a single tensor, Adamax with maximum", "P=param G=grad T=step S=exp_avg,exp_inf H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
        # Update biased first moment estimate.
        exp_avg.lerp_(grad, 1 - beta1)
        # Update the exponentially weighted infinity norm.
        torch.maximum(
            exp_inf.mul_(beta2),
            grad.abs().add_(eps),
            out=exp_inf,
        )
        bias_correction = 1 - beta1 ** _get_value(step_t)
        clr = lr / bias_correction

        param.addcdiv_(exp_avg, exp_inf, value=-clr)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = Math.Max(h[2] * s[1], Math.Abs(g) + h[3]); return w - (h[0] * s[0] / ((1 - Math.Pow(h[1], t)) * s[1])); }) { Advice = "is not declared" },
        new("tenth: Keras 3, Adam's update_step", "P=variable G=gradient T=t S=m,v,v_hat H=learning_rate:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6,amsgrad:0", """"
    def update_step(self, gradient, variable, learning_rate):
        """Update step given gradient and the associated model variable."""

        lr = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        local_step = ops.cast(self.iterations + 1, variable.dtype)
        beta_1_power = ops.power(
            ops.cast(self.beta_1, variable.dtype), local_step
        )
        beta_2_power = ops.power(
            ops.cast(self.beta_2, variable.dtype), local_step
        )

        m = self._momentums[self._get_variable_index(variable)]
        v = self._velocities[self._get_variable_index(variable)]

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
        if self.amsgrad:
            v_hat = self._velocity_hats[self._get_variable_index(variable)]
            self.assign(v_hat, ops.maximum(v_hat, v))
            v = v_hat
        self.assign_sub(
            variable,
            ops.divide(
                ops.multiply(m, alpha), ops.add(ops.sqrt(v), self.epsilon)
            ),
        )
"""", AdamFoldedRate),
        new("tenth: Keras 3, Adadelta's update_step", "P=variable G=grad S=accumulated_grad,accumulated_delta_var H=learning_rate:0.5,rho:0.9,epsilon:1e-6", """
        lr = ops.cast(learning_rate, variable.dtype)
        grad = ops.cast(grad, variable.dtype)

        rho = self.rho
        accumulated_grad = self._accumulated_grads[
            self._get_variable_index(variable)
        ]
        accumulated_delta_var = self._accumulated_delta_vars[
            self._get_variable_index(variable)
        ]

        def rms(x):
            return ops.sqrt(ops.add(x, self.epsilon))

        self.assign(
            accumulated_grad,
            ops.add(
                rho * accumulated_grad, ops.multiply(1 - rho, ops.square(grad))
            ),
        )
        delta_var = ops.negative(
            ops.divide(
                ops.multiply(rms(accumulated_delta_var), grad),
                rms(accumulated_grad),
            )
        )
        self.assign(
            accumulated_delta_var,
            ops.add(
                ops.multiply(rho, accumulated_delta_var),
                ops.multiply(1 - rho, ops.square(delta_var)),
            ),
        )
        self.assign_add(variable, ops.multiply(lr, delta_var))
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); var d = -Math.Sqrt(s[1] + h[2]) * g / Math.Sqrt(s[0] + h[2]); s[1] = (h[1] * s[1]) + ((1 - h[1]) * d * d); return w + (h[0] * d); }),
        new("tenth: Keras docs of SGD, the part with momentum", "P=w S=velocity H=momentum:0.9,learning_rate:0.1", """
Update rule when `momentum` is larger than 0:

```python
velocity = momentum * velocity - learning_rate * g
w = w + velocity
```
""", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) - (h[1] * g); return w + s[0]; }),
        new("tenth: Keras docs of SGD, all three", "P=w S=velocity H=momentum:0.9,learning_rate:0.1", """
Gradient descent (with momentum) optimizer.

Update rule for parameter `w` with gradient `g` when `momentum` is 0:

```python
w = w - learning_rate * g
```

Update rule when `momentum` is larger than 0:

```python
velocity = momentum * velocity - learning_rate * g
w = w + velocity
```

When `nesterov=True`, this rule becomes:

```python
velocity = momentum * velocity - learning_rate * g
w = w + momentum * velocity - learning_rate * g
```
""", Descent) { Advice = "leave one of them out" },
        new("tenth: op page of AdagradV2", "P=var G=grad S=accum=0.1 H=lr:0.1,epsilon:1e-6", """
Update '*var' according to the adagrad scheme.

accum += grad * grad
var -= lr * grad * (1 / (sqrt(accum) + epsilon))

Args:
  var: A mutable `Tensor`. Should be from a Variable().
  lr: A `Tensor`. Must have the same type as `var`. Scaling factor. Must be a scalar.
""", (s, w, g, t, h) => { s[0] = (t == 1 ? 0.1 : s[0]) + (g * g); return w - (h[0] * g / (Math.Sqrt(s[0]) + h[1])); }),
        new("tenth: op page of Adadelta", "P=var G=grad S=accum,update_accum H=rho:0.9,epsilon:1e-6", """
Update '*var' according to the adadelta scheme.

accum = rho() * accum + (1 - rho()) * grad.square();
update = (update_accum + epsilon).sqrt() * (accum + epsilon()).rsqrt() * grad;
update_accum = rho() * update_accum + (1 - rho()) * update.square();
var -= update;
""", AdaDelta),
        new("tenth: MindSpore's Adam page", "P=w S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"The updating formulas are as follows,

.. math::
    \begin{gather*}
        m = \beta_1 * m + (1 - \beta_1) * g \\
        v = \beta_2 * v + (1 - \beta_2) * g * g \\
        l = \alpha * \frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t} \\
        w = w - l * \frac{m}{\sqrt{v} + \epsilon}
    \end{gather*}

:math:`m` represents the 1st moment vector, :math:`v` represents the 2nd moment vector, :math:`g` represents
`gradients`, :math:`l` represents scaling factor, :math:`\beta_1, \beta_2` represent `beta1` and `beta2`,
:math:`t` represents updating step while :math:`\beta_1^t(\beta_1^{t})` and :math:`\beta_2^t(\beta_2^{t})`
represent `beta1_power` and `beta2_power`, :math:`\alpha` represents `learning_rate`, :math:`w` represents `params`,
:math:`\epsilon` represents `eps`.", AdamFoldedRate),
        new("tenth: MXNet's Adam docs", "P=w G=grad S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6,rescale_grad:1,clip_gradient:1,wd:0.01", """
    Updates are applied by::

        grad = clip(grad * rescale_grad, -clip_gradient, clip_gradient) + wd * w
        m = beta1 * m + (1 - beta1) * grad
        v = beta2 * v + (1 - beta2) * (grad**2)
        lr = learning_rate * sqrt(1 - beta2**t) / (1 - beta1**t)
        w = w - lr * m / (sqrt(v) + epsilon)
""", (s, w, g, t, h) => AdamFoldedRate(s, w, Math.Clamp(g * h[4], -h[5], h[5]) + (h[6] * w), t, h)),
        new("tenth: JAX's example optimizer, Adam", "P=x G=g T=i F=0 S=m,v H=step_size:0.01,b1:0.9,b2:0.99,eps:1e-6", """
  def update(i, g, state):
    x, m, v = state
    m = (1 - b1) * g + b1 * m  # First  moment estimate.
    v = (1 - b2) * jnp.square(g) + b2 * v  # Second moment estimate.
    mhat = m / (1 - jnp.asarray(b1, m.dtype) ** (i + 1))  # Bias correction.
    vhat = v / (1 - jnp.asarray(b2, m.dtype) ** (i + 1))
    x = x - step_size(i) * mhat / (jnp.sqrt(vhat) + eps)
    return x, m, v
""", Adam),
        new("tenth: ensmallen's Adam in Armadillo", "P=iterate G=gradient T=iteration S=m,v H=stepSize:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
      // And update the iterate.
      m *= beta1;
      m += (1 - beta1) * gradient;

      v *= beta2;
      v += (1 - beta2) * (gradient % gradient);

      const double biasCorrection1 = 1.0 - std::pow(beta1, iteration);
      const double biasCorrection2 = 1.0 - std::pow(beta2, iteration);

      iterate -= (stepSize * std::sqrt(biasCorrection2) / biasCorrection1) * m / (arma::sqrt(v) + epsilon);
""", AdamFoldedRate) { Advice = "the product of elements in Armadillo" },
        new("tenth: optax page of Lion with its opening", "P=θ S=m H=α:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"  Lion is discovered by symbolic program search. Unlike most adaptive optimizers
  such as AdamW, Lion only tracks momentum, making it more memory-efficient.

  Let :math:`\alpha_t` represent the learning rate and :math:`\beta_1, \beta_2`,
  represent the arguments ``b1`` and ``b2`` respectively, :math:`\lambda` the weight decay. The learning rate is
  indexed by :math:`t` since the learning rate may also be provided by a schedule function.

  .. math::

    \begin{align*}
      c_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
      u_t &\leftarrow -\alpha_t \cdot \left( sign \left( c_t \right) +
      \lambda \theta_{t} \right)\\
      m_t &\leftarrow \beta_2 \cdot m_{t-1} + (1-\beta_2) \cdot g_t \\
      S_t &\leftarrow (m_t).
    \end{align*}

  The parameters are then :math:`\theta_{t+1} = \theta_t + u_t`.", Lion),
        new("tenth: candle's AdamW", "P=theta G=g S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
                // This involves locking 3 RWLocks per params, if the parameters are large this
                // should not be an issue but this may be problematic with models with lots of
                // small parameters.
                let next_m = ((m.as_tensor() * beta1)? + (g * (1.0 - beta1))?)?;
                let next_v = ((v.as_tensor() * beta2)? + (g.sqr()? * (1.0 - beta2))?)?;
                let m_hat = (&next_m * scale_m)?;
                let v_hat = (&next_v * scale_v)?;
                let next_theta = (theta.as_tensor() * (1f64 - lr_lambda))?;
                let adjusted_grad = (m_hat / (v_hat.sqrt()? + self.params.eps)?)?;
                let next_theta = (next_theta - (adjusted_grad * lr)?)?;
                m.set(&next_m)?;
                v.set(&next_v)?;
                theta.set(&next_theta)?;
""", AdamDecayFirst) { Advice = "is not declared" },
        new("tenth: DL4J's Nesterov in comments", "P=params G=gradient S=v H=mu:0.9,lr:0.1", """
        //reference https://cs231n.github.io/neural-networks-3/#sgd 2nd equation
        //DL4J default is negative step function thus we flipped the signs:
        // x += mu * v_prev + (-1 - mu) * v
        // i.e., we do params -= updatedGradient, not params += updatedGradient
        //v = mu * v - lr * gradient
        v_prev = v
        v = mu * v - lr * gradient
        params = params - mu * v_prev + (1 + mu) * v
""", (s, w, g, t, h) => { var b = s[0]; s[0] = (h[0] * s[0]) - (h[1] * g); return w - (h[0] * b) + ((1 + h[0]) * s[0]); }),
        new("tenth: Adan's display of its paper's page", "P=θ S=m,v,n,g_{t-1} H=η:0.01,β_1:0.02,β_2:0.08,β_3:0.01,λ:0.02,ε:1e-6", @"\begin{equation*}
\left\{
\begin{aligned}
&\mathbf{m}_k = (1-\beta_1)\mathbf{m}_{k-1} + \beta_1 \mathbf{g}_k \\
&\mathbf{v}_k = (1-\beta_2)\mathbf{v}_{k-1} + \beta_2 (\mathbf{g}_k - \mathbf{g}_{k-1}) \\
&\mathbf{n}_k = (1-\beta_3)\mathbf{n}_{k-1} + \beta_3 [\mathbf{g}_k + (1-\beta_2)(\mathbf{g}_k - \mathbf{g}_{k-1})]^2 \\
&\boldsymbol{\eta}_k = \eta / \left(\sqrt{\mathbf{n}_k} + \varepsilon\right) \\
&\boldsymbol{\theta}_{k+1} = (1+\lambda\eta)^{-1} \left[\boldsymbol{\theta}_k - \boldsymbol{\eta}_k \circ (\mathbf{m}_k + (1-\beta_2)\mathbf{v}_k)\right]
\end{aligned}
\right.
\end{equation*}", (s, w, g, t, h) =>
        {
            var d = g - s[3];
            s[0] = ((1 - h[1]) * s[0]) + (h[1] * g);
            s[1] = ((1 - h[2]) * s[1]) + (h[2] * d);
            var n = g + ((1 - h[2]) * d);
            s[2] = ((1 - h[3]) * s[2]) + (h[3] * n * n);
            s[3] = g;
            return (w - (h[0] / (Math.Sqrt(s[2]) + h[5]) * (s[0] + ((1 - h[2]) * s[1])))) / (1 + (h[4] * h[0]));
        }) { Roles = "P=θ T=k S=m,v,n,g_{k-1} H=η:0.01,β_1:0.02,β_2:0.08,β_3:0.01,λ:0.02,ε:1e-6" },
    ];
}
