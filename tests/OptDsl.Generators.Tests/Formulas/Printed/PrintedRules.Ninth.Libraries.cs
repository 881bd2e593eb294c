namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A ninth set, written down before any of it was tried: pages and programs of libraries with what stands around their formulas.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_ninthLibraries =
    [
        new("ninth: note of a documentation's source, momentum", "P=p G=g S=v H=lr:0.1,μ:0.9", """
    .. note::
        The implementation of SGD with Momentum/Nesterov subtly differs from
        Sutskever et al. and implementations in some other frameworks.

        Considering the specific case of Momentum, the update can be written as

        .. math::
            \begin{aligned}
                v_{t+1} & = \mu * v_{t} + g_{t+1}, \\
                p_{t+1} & = p_{t} - \text{lr} * v_{t+1},
            \end{aligned}

        where :math:`p`, :math:`g`, :math:`v` and :math:`\mu` denote the
        parameters, gradient, velocity, and momentum respectively.

        The Nesterov version is analogously modified.
""", HeavyBall),
        new("ninth: the same note, copied from the page", "P=p G=g S=v H=lr:0.1,μ:0.9", """
Considering the specific case of Momentum, the update can be written as
vt+1=μ∗vt+gt+1,pt+1=pt−lr∗vt+1,\begin{aligned} v_{t+1} & = \mu * v_{t} + g_{t+1}, \\ p_{t+1} & = p_{t} - \text{lr} * v_{t+1}, \end{aligned}vt+1​pt+1​​=μ∗vt​+gt+1​,=pt​−lr∗vt+1​,​
where ppp, ggg, vvv and μ\muμ denote the parameters, gradient, velocity, and momentum respectively.
""", HeavyBall),
        new("ninth: note on another framework's momentum", "P=p G=g S=v H=lr:0.1,μ:0.9", """
This is in contrast to Sutskever et al. and other frameworks which employ an update of the form

.. math::
    \begin{aligned}
        v_{t+1} & = \mu * v_{t} + \text{lr} * g_{t+1}, \\
        p_{t+1} & = p_{t} - v_{t+1}.
    \end{aligned}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("ninth: docstring of AdamW with its arguments", "P=θ S=m,v,v^{max} H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1,amsgrad:0,maximize:0", """"
    r"""Implements AdamW algorithm, where weight decay does not accumulate in the momentum nor variance.

    .. math::
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
            &\hspace{10mm}g_t           \leftarrow   -\nabla_{\theta} f_t (\theta_{t-1})          \\
            &\hspace{5mm}\textbf{else}                                                           \\
            &\hspace{10mm}g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})           \\
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

    For further details regarding the algorithm we refer to `Decoupled Weight Decay Regularization`_.

    Args:
        params (iterable): iterable of parameters or named_parameters to optimize
        lr (float, Tensor, optional): learning rate (default: 1e-3)
        amsgrad (bool, optional): whether to use the AMSGrad variant of this algorithm
            from the paper `On the Convergence of Adam and Beyond`_
            (default: False)
    """
"""", (s, w, g, t, h) => Adam(s, w - (h[0] * h[4] * w), g, t, h)),
        new("ninth: page of AdamW, all forms of a browser", "P=θ S=m,v H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", """
input:γ(lr),β1,β2(betas),θ0(params),f(θ)(objective),ϵ (epsilon)λ(weight decay)initialize:m0←0 (first moment),v0←0 ( second moment)for t=1 to … dogt←∇θft(θt−1)θt←θt−1−γλθt−1mt←β1mt−1+(1−β1)gtvt←β2vt−1+(1−β2)gt2mt^←mt/(1−β1t)vt^←vt/(1−β2t)θt←θt−γmt^/(vt^+ϵ)return θt\begin{aligned} &\rule{110mm}{0.4pt} \\ &\textbf{input} : \gamma \text{(lr)}, \: \beta_1, \beta_2 \text{(betas)}, \: \theta_0 \text{(params)}, \: f(\theta) \text{(objective)}, \: \epsilon \text{ (epsilon)} \\ &\hspace{13mm} \lambda \text{(weight decay)} \\ &\textbf{initialize} : m_0 \leftarrow 0 \text{ (first moment)}, v_0 \leftarrow 0 \text{ ( second moment)} \\[-1.ex] &\rule{110mm}{0.4pt} \\ &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\ &\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\ &\hspace{5mm} \theta_t \leftarrow \theta_{t-1} - \gamma \lambda \theta_{t-1} \\ &\hspace{5mm}m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\ &\hspace{5mm}v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\ &\hspace{5mm}\widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\ &\hspace{5mm}\widehat{v_t} \leftarrow v_t/\big(1-\beta_2^t \big) \\ &\hspace{5mm}\theta_t \leftarrow \theta_t - \gamma \widehat{m_t}/ \big(\sqrt{\widehat{v_t}} + \epsilon \big) \\ &\rule{110mm}{0.4pt} \\[-1.ex] &\bf{return} \: \theta_t \\[-1.ex] &\rule{110mm}{0.4pt} \\[-1.ex] \end{aligned}​input:γ(lr),β1​,β2​(betas),θ0​(params),f(θ)(objective),ϵ (epsilon)λ(weight decay)initialize:m0​←0 (first moment),v0​←0 ( second moment)for t=1 to … dogt​←∇θ​ft​(θt−1​)θt​←θt−1​−γλθt−1​mt​←β1​mt−1​+(1−β1​)gt​vt​←β2​vt−1​+(1−β2​)gt2​mt​​←mt​/(1−β1t​)vt​​←vt​/(1−β2t​)θt​←θt​−γmt​​/(vt​​​+ϵ)returnθt​​
""", (s, w, g, t, h) => Adam(s, w - (h[0] * h[4] * w), g, t, h)),
        new("ninth: function of a single tensor, RAdam", "P=param G=grad T=step S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0", """
    for i, param in enumerate(params):
        grad = grads[i]
        exp_avg = exp_avgs[i]
        exp_avg_sq = exp_avg_sqs[i]
        step_t = state_steps[i]
        # update step
        step_t += 1
        step = step_t.item()

        bias_correction1 = 1 - beta1 ** step
        bias_correction2 = 1 - beta2 ** step

        if weight_decay != 0:
            grad = grad.add(param, alpha=weight_decay)

        # Decay the first and second moment running average coefficient
        exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)
        exp_avg_sq.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)

        # correcting bias for the first moving moment
        bias_corrected_exp_avg = exp_avg / bias_correction1

        # maximum length of the approximated SMA
        rho_inf = 2 / (1 - beta2) - 1
        # compute the length of the approximated SMA
        rho_t = rho_inf - 2 * step * (beta2 ** step) / bias_correction2

        if rho_t > 5.:
            # Compute the variance rectification term and update parameters accordingly
            rect = math.sqrt((rho_t - 4) * (rho_t - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho_t))
            adaptive_learning_rate = math.sqrt(bias_correction2) / exp_avg_sq.sqrt().add_(eps)

            param.add_(bias_corrected_exp_avg * lr * adaptive_learning_rate * rect, alpha=-1.0)
        else:
            param.add_(bias_corrected_exp_avg * lr, alpha=-1.0)
""", RectifiedAdam),
        new("ninth: AdamW of a library of transformers, its step", "P=p G=grad S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1,correct_bias:1", """
    @torch.no_grad()
    def step(self, closure: Callable = None):
        loss = None
        if closure is not None:
            loss = closure()

        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                if grad.is_sparse:
                    raise RuntimeError("Adam does not support sparse gradients, please consider SparseAdam instead")

                state = self.state[p]

                # State initialization
                if len(state) == 0:
                    state["step"] = 0
                    # Exponential moving average of gradient values
                    state["exp_avg"] = torch.zeros_like(p)
                    # Exponential moving average of squared gradient values
                    state["exp_avg_sq"] = torch.zeros_like(p)

                exp_avg, exp_avg_sq = state["exp_avg"], state["exp_avg_sq"]
                beta1, beta2 = group["betas"]

                state["step"] += 1

                # Decay the first and second moment running average coefficient
                # In-place operations to update the averages at the same time
                exp_avg.mul_(beta1).add_(grad, alpha=(1.0 - beta1))
                exp_avg_sq.mul_(beta2).addcmul_(grad, grad, value=1.0 - beta2)
                denom = exp_avg_sq.sqrt().add_(group["eps"])

                step_size = group["lr"]
                if group["correct_bias"]:  # No bias correction for Bert
                    bias_correction1 = 1.0 - beta1 ** state["step"]
                    bias_correction2 = 1.0 - beta2 ** state["step"]
                    step_size = step_size * math.sqrt(bias_correction2) / bias_correction1

                p.addcdiv_(exp_avg, denom, value=-step_size)

                if group["weight_decay"] > 0.0:
                    p.add_(p, alpha=(-group["lr"] * group["weight_decay"]))

        return loss
""", (s, w, g, t, h) => { w = AdamFoldedRate(s, w, g, t, h); return w - (h[0] * h[4] * w); }),
        new("ninth: Adan of its authors, one tensor", "P=param G=grad S=exp_avg,exp_avg_diff,exp_avg_sq,neg_grad_or_diff H=lr:0.01,beta1:0.98,beta2:0.92,beta3:0.99,eps:1e-6,weight_decay:0.02", """
        # for memory saving, we use `neg_grad_or_diff`
        # to get some temp variable in a inplace way
        neg_grad_or_diff.add_(grad)

        exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)  # m_t
        exp_avg_diff.mul_(beta2).add_(neg_grad_or_diff, alpha=1 - beta2)  # diff_t

        neg_grad_or_diff.mul_(beta2).add_(grad)
        exp_avg_sq.mul_(beta3).addcmul_(neg_grad_or_diff, neg_grad_or_diff, value=1 - beta3)  # n_t

        denom = ((exp_avg_sq).sqrt()).add_(eps)
        param.addcdiv_(exp_avg, denom, value=-lr)
        param.addcdiv_(exp_avg_diff, denom, value=-lr * beta2)
        param.div_(1 + lr * weight_decay)

        neg_grad_or_diff.zero_().add_(grad, alpha=-1.0)
""", (s, w, g, t, h) =>
        {
            var d = s[3] + g;
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * d);
            var n = (h[2] * d) + g;
            s[2] = (h[3] * s[2]) + ((1 - h[3]) * n * n);
            s[3] = -g;
            var b = Math.Sqrt(s[2]) + h[4];
            return (w - (h[0] * s[0] / b) - (h[0] * h[2] * s[1] / b)) / (1 + (h[0] * h[5]));
        }),
        new("ninth: AdaBound of its authors", "P=p G=grad T=step S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,final_lr:0.1,gamma:0.05", """
                exp_avg, exp_avg_sq = state['exp_avg'], state['exp_avg_sq']
                exp_avg.mul_(beta1).add_(1 - beta1, grad)
                exp_avg_sq.mul_(beta2).addcmul_(1 - beta2, grad, grad)
                denom = exp_avg_sq.sqrt().add_(group['eps'])

                bias_correction1 = 1 - beta1 ** state['step']
                bias_correction2 = 1 - beta2 ** state['step']
                step_size = group['lr'] * math.sqrt(bias_correction2) / bias_correction1

                # Applies bounds on actual learning rate
                # lr_scheduler cannot affect final_lr, this is a workaround to apply lr decay
                final_lr = group['final_lr']
                lower_bound = final_lr * (1 - 1 / (group['gamma'] * state['step'] + 1))
                upper_bound = final_lr * (1 + 1 / (group['gamma'] * state['step']))
                step_size = torch.full_like(denom, step_size)
                step_size.div_(denom).clamp_(lower_bound, upper_bound).mul_(exp_avg)

                p.data.add_(-step_size)
""", (s, w, g, t, h) =>
        {
            s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
            s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
            var rate = h[0] * Math.Sqrt(1 - Math.Pow(h[2], t)) / (1 - Math.Pow(h[1], t)) / (Math.Sqrt(s[1]) + h[3]);
            return w - (Math.Clamp(rate, h[4] * (1 - (1 / ((h[5] * t) + 1))), h[4] * (1 + (1 / (h[5] * t)))) * s[0]);
        }),
        new("ninth: AdaBelief of its authors", "P=p G=grad T=step S=exp_avg,exp_avg_var H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
                bias_correction1 = 1 - beta1 ** state['step']
                bias_correction2 = 1 - beta2 ** state['step']

                # Update first and second moment running average
                exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)
                grad_residual = grad - exp_avg
                exp_avg_var.mul_(beta2).addcmul_(grad_residual, grad_residual, value=1 - beta2)

                denom = (exp_avg_var.add_(group['eps']).sqrt() / math.sqrt(bias_correction2)).add_(group['eps'])
                step_size = group['lr'] / bias_correction1
                p.data.addcdiv_(exp_avg, denom, value=-step_size)
""", AdaBelief),
        new("ninth: schedule-free descent of its authors", "P=y G=grad S=z=y H=lr:0.1,beta1:0.9,ckp1:0.5", """
                # These operations update y in-place,
                # without computing x explicitly.
                y.lerp_(end=z, weight=ckp1)
                y.add_(grad, alpha=lr*(beta1*(1-ckp1)-1))

                # z step
                z.sub_(grad, alpha=lr)
""", (s, w, g, t, h) => { s[0] = t == 1 ? w : s[0]; w += h[2] * (s[0] - w); w += h[0] * ((h[1] * (1 - h[2])) - 1) * g; s[0] -= h[0] * g; return w; }),
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
