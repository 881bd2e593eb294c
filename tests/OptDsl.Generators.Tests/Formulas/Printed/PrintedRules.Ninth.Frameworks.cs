namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>The ninth set: pages and programs of frameworks beside PyTorch.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_ninthFrameworks =
    [
        new("ninth: optax page of AdamW with its opening", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
  AdamW uses weight decay to regularize learning towards small weights, as
  this leads to better generalization.

  Let :math:`\alpha_t` represent the learning rate and :math:`\beta_1, \beta_2`,
  :math:`\varepsilon` represent the arguments ``b1``, ``b2``, ``eps`` respectively. Let :math:`\lambda` be the weight decay and :math:`\theta_t` the
  parameter vector at time :math:`t`.

  The ``init`` function of this optimizer initializes an internal state
  :math:`S_0 := (m_0, v_0) = (0, 0)`, representing initial estimates for the
  first and second moments. At step :math:`t`, the ``update`` function of this optimizer takes as
  arguments the incoming gradients :math:`g_t` and optimizer state :math:`S_t`
  and computes updates :math:`u_t` and new state :math:`S_{t+1}`. Thus, for
  :math:`t > 0`, we have,

  .. math::

    \begin{align*}
      m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
      v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) \cdot {g_t}^2 \\
      \hat{m}_t &\leftarrow m_t / {(1-\beta_1^t)} \\
      \hat{v}_t &\leftarrow v_t / {(1-\beta_2^t)} \\
      u_t &\leftarrow -\alpha_t \cdot \left( \hat{m}_t / \left({\sqrt{\hat{v}_t}
      + \varepsilon} \right) + \lambda \theta_{t} \right)\\
      S_t &\leftarrow (m_t, v_t).
    \end{align*}

  The new parameters are :math:`\theta_{t+1} = \theta_t + u_t`.
""", AdamW),
        new("ninth: op page of Adam with a choice", "P=var G=g S=m,v H=lr:0.01,β_1:0.9,β_2:0.99,ε:1e-6,use_nesterov:0", """
Update '*var' according to the Adam algorithm.

$$\text{lr}_t := \mathrm{lr} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}$$
$$m_t := \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g$$
$$v_t := \beta_2 \cdot v_{t-1} + (1 - \beta_2) \cdot g^2$$
$$\text{var} := \begin{cases} \text{var} - (m_t \beta_1 + g \cdot (1 - \beta_1))\cdot\text{lr}_t/(\sqrt{v_t} + \epsilon) &\text{if use_nesterov}\\ \text{var} - m_t \cdot \text{lr}_t /(\sqrt{v_t} + \epsilon) &\text{otherwise} \end{cases}$$
""", AdamFoldedRate),
        new("ninth: op page of RMSProp with both spellings", "P=var G=grad S=ms,mom H=rho:0.9,momentum:0.5,lr:0.1,epsilon:1e-3", """
Update '*var' according to the RMSProp algorithm.

Note that in dense implementation of this algorithm, ms and mom will
update even if the grad is zero, but in this sparse implementation, ms
and mom will not update in iterations during which the grad is zero.

ms <- rho * ms_{t-1} + (1-rho) * grad * grad
mom <- momentum * mom_{t-1} + lr * grad / sqrt(ms + epsilon)
var <- var - mom
""", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) + ((1 - h[0]) * g * g); s[1] = (h[1] * s[1]) + (h[2] * g / Math.Sqrt(s[0] + h[3])); return w - s[1]; }),
        new("ninth: op page of FTRL, second version", "P=var G=grad S=accum=0.1,linear H=lr:0.1,l1:0.01,l2:0.02,l2_shrinkage:0.03,lr_power:-0.5", """
grad_with_shrinkage = grad + 2 * l2_shrinkage * var
accum_new = accum + grad * grad
linear += grad_with_shrinkage - (accum_new^(-lr_power) - accum^(-lr_power)) / lr * var
quadratic = 1.0 / (accum_new^(lr_power) * lr) + 2 * l2
var = (sign(linear) * l1 - linear) / quadratic if |linear| > l1 else 0.0
accum = accum_new
""", (s, w, g, t, h) =>
        {
            s[0] = t == 1 ? 0.1 : s[0];
            var next = s[0] + (g * g);
            s[1] += g + (2 * h[3] * w) - ((Math.Pow(next, -h[4]) - Math.Pow(s[0], -h[4])) / h[0] * w);
            s[0] = next;
            var quadratic = (1 / (Math.Pow(next, h[4]) * h[0])) + (2 * h[2]);
            return Math.Abs(s[1]) > h[1] ? ((Math.Sign(s[1]) * h[1]) - s[1]) / quadratic : 0;
        }),
        new("ninth: conditional gradient of an add-on", "P=variable G=gradient H=learning_rate:0.9,lambda_:0.5,epsilon:1e-3", """
For frobenius norm constraint, the update rule for a variable is

    variable = learning_rate * variable - (1 - learning_rate) * lambda_ * gradient / (frobenius_norm(gradient) + epsilon)
""", (s, w, g, t, h) => { var n = Norm(g); Each(w, (x, i) => (h[0] * x) - ((1 - h[0]) * h[1] * g[i] / (n + h[2]))); }),
        new("ninth: Paddle's Adam, escaped names", "P=param G=grad S=moment\\_1,moment\\_2 H=learning\\_rate:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
    .. math::

        t & = t + 1

        moment\_1\_out & = {\beta}_1 * moment\_1 + (1 - {\beta}_1) * grad

        moment\_2\_out & = {\beta}_2 * moment\_2 + (1 - {\beta}_2) * grad * grad

        learning\_rate & = learning\_rate * \
                          \frac{\sqrt{1 - {\beta}_2^t}}{1 - {\beta}_1^t}

        param\_out & = param - learning\_rate * \frac{moment\_1\_out}{\sqrt{moment\_2\_out} + \epsilon}

    Related paper: `Adam: A Method for Stochastic Optimization <https://arxiv.org/abs/1412.6980>`_
""", AdamFoldedRate),
        new("ninth: MXNet's Signum", "P=weight G=grad S=state H=lr:0.1,momentum:0.9,rescale_grad:1,clip_gradient:1,wd:0.01,wd_lh:0.02", """
    The optimizer updates the weight by::

        rescaled_grad = rescale_grad * clip(grad, -clip_gradient, clip_gradient) + wd * weight
        state = momentum * state + (1-momentum)*rescaled_grad
        weight = (1 - lr * wd_lh) * weight - lr * sign(state)
""", (s, w, g, t, h) => { var r = (h[2] * Math.Clamp(g, -h[3], h[3])) + (h[4] * w); s[0] = (h[1] * s[0]) + ((1 - h[1]) * r); return ((1 - (h[0] * h[5])) * w) - (h[0] * Math.Sign(s[0])); }),
        new("ninth: ND4J's updater", "P=params G=gradient S=m,v H=learningRate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
        INDArray oneMinusBeta1Grad = gradient.mul(1.0 - beta1);
        m.muli(beta1).addi(oneMinusBeta1Grad);

        INDArray oneMinusBeta2GradSquared = gradient.mul(gradient).muli(1 - beta2);
        v.muli(beta2).addi(oneMinusBeta2GradSquared);

        double beta1t = FastMath.pow(beta1, t);
        double beta2t = FastMath.pow(beta2, t);

        double alphat = learningRate * FastMath.sqrt(1 - beta2t) / (1 - beta1t);
        INDArray sqrtV = Transforms.sqrt(v, true).addi(epsilon);

        params.subi(m.mul(alphat).divi(sqrtV));
""", AdamFoldedRate),
        new("ninth: Flux, struct with apply!", "P=x G=Δ S=mt,vt H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
function apply!(o::Adam, x, Δ)
  η, β = o.eta, o.beta

  mt, vt, βp = get!(o.state, x) do
      (zero(x), zero(x), Float64[β[1], β[2]])
  end :: Tuple{typeof(x),typeof(x),Vector{Float64}}

  @. mt = β1 * mt + (1 - β1) * Δ
  @. vt = β2 * vt + (1 - β2) * Δ * conj(Δ)
  @. Δ =  mt / (1 - β1^t) / (√(vt / (1 - β2^t)) + ϵ) * η
  x .-= Δ

  return Δ
end
""", Adam) { Advice = "write the name of the value" },
        new("ninth: scikit-learn's multi-layer solver, momentum", "P=params G=grads S=velocities H=learning_rate:0.1,momentum:0.9", """
        updates = [
            self.momentum * velocity - self.learning_rate * grad
            for velocity, grad in zip(self.velocities, grads)
        ]
        self.velocities = updates
        params = params + updates
""", InnerMomentum),
        new("ninth: Lasagne's Adam", "P=param G=g_t T=t S=m_prev,v_prev H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    # Using theano constant to prevent upcasting of float32
    one = T.constant(1)

    t = t_prev + 1
    a_t = learning_rate*T.sqrt(one-beta2**t)/(one-beta1**t)

    for param, g_t in zip(params, all_grads):
        value = param.get_value(borrow=True)

        m_t = beta1*m_prev + (one-beta1)*g_t
        v_t = beta2*v_prev + (one-beta2)*g_t**2
        step = a_t*m_t/(T.sqrt(v_t) + epsilon)

        updates[m_prev] = m_t
        updates[v_prev] = v_t
        updates[param] = param - step

    updates[t_prev] = t
    return updates
""", AdamFoldedRate),
    ];
}
