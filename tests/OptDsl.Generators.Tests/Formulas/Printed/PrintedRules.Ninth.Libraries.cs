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
    ];
}
