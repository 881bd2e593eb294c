namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>Boxes and snippets as the documentation of libraries prints them.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_documentation =
    [
        new("box: descent with all options", "P=θ S=b H=γ:0.1,λ:0.01,μ:0.9,τ:0.2,nesterov:0", """
\begin{aligned}
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{input}      : \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta)
                \text{ (objective)}, \: \lambda \text{ (weight decay)},                          \\
            &\hspace{13mm} \:\mu \text{ (momentum)}, \:\tau \text{ (dampening)},
            \:\textit{ nesterov,}\:\textit{ maximize}                                     \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                                 \\
            &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do}                         \\
            &\hspace{5mm}g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})           \\
            &\hspace{5mm}\textbf{if} \: \lambda \neq 0                                           \\
            &\hspace{10mm} g_t \leftarrow g_t + \lambda  \theta_{t-1}                            \\
            &\hspace{5mm}\textbf{if} \: \mu \neq 0                                               \\
            &\hspace{10mm}\textbf{if} \: t > 1                                                   \\
            &\hspace{15mm} \textbf{b}_t \leftarrow \mu \textbf{b}_{t-1} + (1-\tau) g_t           \\
            &\hspace{10mm}\textbf{else}                                                          \\
            &\hspace{15mm} \textbf{b}_t \leftarrow g_t                                           \\
            &\hspace{10mm}\textbf{if} \: \textit{nesterov}                                       \\
            &\hspace{15mm} g_t \leftarrow g_{t} + \mu \textbf{b}_t                             \\
            &\hspace{10mm}\textbf{else}                                                   \\[-1.ex]
            &\hspace{15mm} g_t  \leftarrow  \textbf{b}_t                                         \\
            &\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \gamma g_t                    \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
            &\bf{return} \:  \theta_t                                                     \\[-1.ex]
            &\rule{110mm}{0.4pt}                                                          \\[-1.ex]
       \end{aligned}
""", MomentumWithOptions),
        new("box: centred RMSProp with momentum", "P=θ S=v,\\textbf{b},\\bar{g} H=γ:0.1,α:0.9,ε:1e-2,λ:0.01,μ:0.5", """
&\textbf{input} : \alpha \text{ (alpha)}, \: \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)} \\
&\hspace{13mm} \lambda \text{ (weight decay)},\: \mu \text{ (momentum)},\: centered, \: \epsilon \text{ (epsilon)} \\
&\textbf{initialize} : v_0 \leftarrow 0 \text{ (square average)}, \: \textbf{b}_0 \leftarrow 0 \text{ (buffer)}, \: \bar{g}_0 \leftarrow 0 \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}if \: \lambda \neq 0 \\
&\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\hspace{5mm}v_t \leftarrow \alpha v_{t-1} + (1 - \alpha) g^2_t \hspace{8mm} \\
&\hspace{5mm}\bar{g}_t \leftarrow \bar{g}_{t-1} \alpha + (1-\alpha) g_t \\
&\hspace{5mm}\tilde{v_t} \leftarrow v_t - \bar{g}_{t}^{2} \\
&\hspace{5mm} \textbf{b}_t\leftarrow \mu \textbf{b}_{t-1} + g_t/ \big(\sqrt{\tilde{v_t}} + \epsilon \big) \\
&\hspace{5mm} \theta_t \leftarrow \theta_{t-1} - \gamma \textbf{b}_t \\
&\bf{return} \: \theta_t \\[-1.ex]
""", CentredWithMomentum),
        new("box: AdaDelta", "P=θ S=v,u H=γ:0.5,ρ:0.9,ε:1e-6,λ:0.01", """
\begin{aligned}
&\textbf{input} : \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)}, \: \rho \text{ (decay)}, \: \lambda \text{ (weight decay)} \\
&\textbf{initialize} : v_0 \leftarrow 0 \: \text{ (square avg)}, \: u_0 \leftarrow 0 \: \text{ (accumulate variables)} \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}if \: \lambda \neq 0 \\
&\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\hspace{5mm} v_t \leftarrow v_{t-1} \rho + g^2_t (1 - \rho) \\
&\hspace{5mm}\Delta x_t \leftarrow \frac{\sqrt{u_{t-1} + \epsilon }}{ \sqrt{v_t + \epsilon} }g_t \hspace{21mm} \\
&\hspace{5mm} u_t \leftarrow u_{t-1} \rho + \Delta x^2_t (1 - \rho) \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \gamma \Delta x_t \\
&\bf{return} \: \theta_t \\[-1.ex]
\end{aligned}
""", AdaDeltaWithRate),
        new("box: AdaGrad", "P=θ S=state\\_sum H=γ:0.1,λ:0.01,η:0.1,ε:1e-6", """
&\textbf{input} : \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)}, \: \lambda \text{ (weight decay)}, \\
&\hspace{12mm} \tau \text{ (initial accumulator value)}, \: \eta\text{ (lr decay)}\\
&\textbf{initialize} : state\_sum_0 \leftarrow 0 \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm} \tilde{\gamma} \leftarrow \gamma / (1 +(t-1) \eta) \\
&\hspace{5mm} \textbf{if} \: \lambda \neq 0 \\
&\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\hspace{5mm}state\_sum_t \leftarrow state\_sum_{t-1} + g^2_t \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1}- \tilde{\gamma} \frac{g_t}{\sqrt{state\_sum_t}+\epsilon} \\
&\bf{return} \: \theta_t \\[-1.ex]
""", AdaGradWithDecays),
        new("box: Adam with amsgrad", "P=θ S=m,v,v^{max} H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01,amsgrad:1,maximize:0", """
\begin{aligned}
&\textbf{input} : \gamma \text{ (lr)}, \beta_1, \beta_2 \text{ (betas)}, \theta_0 \text{ (params)}, f(\theta) \text{ (objective)} \\
&\hspace{13mm} \lambda \text{ (weight decay)}, \: \textit{amsgrad}, \:\textit{maximize}, \: \epsilon \text{ (epsilon)} \\
&\textbf{initialize} : m_0 \leftarrow 0 \text{ ( first moment)}, v_0\leftarrow 0 \text{ (second moment)},\: v_0^{max}\leftarrow 0 \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}\textbf{if} \: \textit{maximize}: \\
&\hspace{10mm}g_t \leftarrow -\nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}\textbf{else} \\
&\hspace{10mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}\textbf{if} \: \lambda \neq 0 \\
&\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\hspace{5mm}m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&\hspace{5mm}v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\
&\hspace{5mm}\widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\
&\hspace{5mm}\textbf{if} \: amsgrad \\
&\hspace{10mm} v_t^{max} \leftarrow \mathrm{max}(v_{t-1}^{max},v_t) \\
&\hspace{10mm}\widehat{v_t} \leftarrow v_t^{max}/\big(1-\beta_2^t \big) \\
&\hspace{5mm}\textbf{else} \\
&\hspace{10mm}\widehat{v_t} \leftarrow v_t/\big(1-\beta_2^t \big) \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \gamma \widehat{m_t}/ \big(\sqrt{\widehat{v_t}} + \epsilon \big) \\
&\rule{110mm}{0.4pt} \\[-1.ex]
&\bf{return} \: \theta_t \\[-1.ex]
\end{aligned}
""", AmsGradCorrected),
        new("box: AdaMax", "P=θ S=m,u H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.01", """
&\textbf{input} : \gamma \text{ (lr)}, \beta_1, \beta_2 \text{ (betas)},\theta_0 \text{ (params)},f(\theta) \text{ (objective)}, \: \lambda \text{ (weight decay)}, \\
&\hspace{13mm} \epsilon \text{ (epsilon)} \\
&\textbf{initialize} : m_0 \leftarrow 0 \text{ ( first moment)}, u_0 \leftarrow 0 \text{ ( infinity norm)} \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}if \: \lambda \neq 0 \\
&\hspace{10mm} g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\hspace{5mm}m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&\hspace{5mm}u_t \leftarrow \mathrm{max}(\beta_2 u_{t-1}, |g_{t}|+\epsilon) \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \frac{\gamma m_t}{(1-\beta^t_1) u_t} \\
&\bf{return} \: \theta_t \\[-1.ex]
""", AdaMaxWithEpsilon),
        new("box: RAdam", "P=θ S=m,v H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
\begin{aligned}
&\textbf{initialize} : m_0 \leftarrow 0 \text{ ( first moment)}, v_0 \leftarrow 0 \text{ ( second moment)}, \\
&\hspace{18mm} \rho_{\infty} \leftarrow 2/(1-\beta_2) -1 \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{6mm} g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{6mm}m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&\hspace{6mm}v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\
&\hspace{6mm}\widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\
&\hspace{6mm}\rho_t \leftarrow \rho_{\infty} - 2 t \beta^t_2 /\big(1-\beta_2^t \big) \\[0.1ex]
&\hspace{6mm}\textbf{if} \: \rho_t > 5 \\
&\hspace{12mm} l_t \leftarrow \frac{\sqrt{ (1-\beta^t_2) }}{ \sqrt{v_t} +\epsilon } \\
&\hspace{12mm} r_t \leftarrow \sqrt{\frac{(\rho_t-4)(\rho_t-2)\rho_{\infty}}{(\rho_{\infty}-4)(\rho_{\infty}-2) \rho_t}} \\
&\hspace{12mm}\theta_t \leftarrow \theta_{t-1} - \gamma \widehat{m_t} r_t l_t \\
&\hspace{6mm}\textbf{else} \\
&\hspace{12mm}\theta_t \leftarrow \theta_{t-1} - \gamma \widehat{m_t} \\
&\bf{return} \: \theta_t \\[-1.ex]
\end{aligned}
""", RectifiedAdam),
        new("box: Rprop", "P=θ S=g_{prev},η=0.01 H=η_+:1.2,η_-:0.5,Γ_{min}:1e-6,Γ_{max}:50", """
&\textbf{input} : \theta_0 \in \mathbf{R}^d \text{ (params)},f(\theta) \text{ (objective)}, \\
&\hspace{13mm} \eta_{+/-} \text{ (etaplus, etaminus)}, \Gamma_{max/min} \text{ (step sizes)} \\
&\textbf{initialize} : g^0_{prev} \leftarrow 0, \: \eta_0 \leftarrow \text{lr (learning rate)} \\
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm} \textbf{for} \text{ } i = 0, 1, \ldots, d-1 \: \mathbf{do} \\
&\hspace{10mm} \textbf{if} \: g^i_{prev} g^i_t > 0 \\
&\hspace{15mm} \eta^i_t \leftarrow \mathrm{min}(\eta^i_{t-1} \eta_{+}, \Gamma_{max}) \\
&\hspace{10mm} \textbf{else if} \: g^i_{prev} g^i_t < 0 \\
&\hspace{15mm} \eta^i_t \leftarrow \mathrm{max}(\eta^i_{t-1} \eta_{-}, \Gamma_{min}) \\
&\hspace{15mm} g^i_t \leftarrow 0 \\
&\hspace{10mm} \textbf{else} \: \\
&\hspace{15mm} \eta^i_t \leftarrow \eta^i_{t-1} \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1}- \eta_t \mathrm{sign}(g_t) \\
&\hspace{5mm}g_{prev} \leftarrow g_t \\
&\bf{return} \: \theta_t \\[-1.ex]
""", Resilient),
        new("docs: momentum with dampening", "P=p S=v H=lr:0.1,μ:0.9", """
.. math::
    \begin{aligned}
        v_{t+1} & = \mu * v_{t} + \text{lr} * g_{t+1}, \\
        p_{t+1} & = p_{t} - v_{t+1}.
    \end{aligned}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("docs: words in code style", "P=w G=g S=velocity H=learning_rate:0.1,momentum:0.9", """
velocity = momentum * velocity - learning_rate * g
w = w + velocity
""", InnerMomentum),
        new("docs: Nesterov in code style", "P=w G=g S=velocity H=learning_rate:0.1,momentum:0.9", """
velocity = momentum * velocity - learning_rate * g
w = w + momentum * velocity - learning_rate * g
""", NesterovAhead),
        new("docs: FTRL", "P=w S=z,n H=lr:0.1,lambda_1:0.01,lambda_2:0.1,beta:0.5", """
Initialization:

n = 0
z = 0

Update rule for one variable w:

prev_n = n
n = n + g ** 2
sigma = (n ** 0.5 - prev_n ** 0.5) / lr
z = z + g - sigma * w
if abs(z) <= lambda_1:
  w = 0
else:
  w = (sgn(z) * lambda_1 - z) / ((beta + sqrt(n)) / lr + lambda_2)
""", Ftrl),
        new("docs: AdaMax in steps", "P=w G=g S=m,u H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
m = 0  # Initialize initial 1st moment vector
u = 0  # Initialize the exponentially weighted infinity norm
t = 0  # Initialize timestep

t += 1
m = beta1 * m + (1 - beta1) * g
u = max(beta2 * u, abs(g))
current_lr = learning_rate / (1 - beta1 ** t)
w = w - current_lr * m / (u + epsilon)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = Math.Max(h[2] * s[1], Math.Abs(g)); return w - (h[0] / (1 - Math.Pow(h[1], t)) * s[0] / (s[1] + h[3])); })
        { Roles = "P=w G=g S=m,u H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6" },
        new("docs: transformations, Adam", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,\\bar{ε}:1e-3,ε:1e-6", """
.. math::

  \begin{align*}
    m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
    v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) \cdot {g_t}^2 \\
    \hat{m}_t &\leftarrow m_t / {(1-\beta_1^t)} \\
    \hat{v}_t &\leftarrow v_t / {(1-\beta_2^t)} \\
    u_t &\leftarrow -\alpha_t \cdot \hat{m}_t / \left({\sqrt{\hat{v}_t + \bar{\varepsilon}} + \varepsilon} \right)\\
    \theta_{t+1} &\leftarrow \theta_t + u_t.
  \end{align*}
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); return w - (h[0] * (s[0] / (1 - Math.Pow(h[1], t))) / (Math.Sqrt((s[1] / (1 - Math.Pow(h[2], t))) + h[3]) + h[4])); }),
        new("docs: transformations, Lion", "P=θ S=m H=α:0.01,b_1:0.9,b_2:0.99,λ:0.1", """
.. math::

  \begin{align*}
    c_t &\leftarrow b_1 \cdot m_{t-1} + (1-b_1) \cdot g_t \\
    u_t &\leftarrow -\alpha_t \cdot \left( sign \left( c_t \right) +
    \lambda \theta_{t} \right)\\
    m_t &\leftarrow b_2 \cdot m_{t-1} + (1-b_2) \cdot g_t \\
    \theta_{t+1} &\leftarrow \theta_t + u_t
  \end{align*}
""", Lion),
        new("docs: transformations, sign of momentum", "P=θ S=m H=α:0.1,β:0.9", """
    m_t &\leftarrow \beta_t m_{t-1} + (1-\beta_t) g_t \\
    u_t &\leftarrow -\alpha_t\, \text{sign}\,(m_t)\\
    \theta_{t+1} &\leftarrow \theta_{t} + u_t
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Sign(s[0])); }),
        new("source: in-place chain, momentum", "P=p S=buf H=lr:0.1,momentum:0.9,dampening:0.2", """
buf.mul_(momentum).add_(grad, alpha=1 - dampening)
p.add_(buf, alpha=-lr)
""", Dampened) { Roles = "P=p G=grad S=buf H=lr:0.1,momentum:0.9,dampening:0.2" },
        new("source: in-place chain, Adam", TorchRoles + " G=grad", """
            exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)
            exp_avg_sq.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
            bias_correction1 = 1 - beta1 ** step
            bias_correction2 = 1 - beta2 ** step
            denom = (exp_avg_sq.sqrt() / math.sqrt(bias_correction2)).add_(eps)
            step_size = lr / bias_correction1
            p.addcdiv_(exp_avg, denom, value=-step_size)
""", Adam) { Roles = TorchRoles + " G=grad T=step" },
        new("source: optimizer's loop", TorchRoles + " T=step", """
    for group in self.param_groups:
        for p in group['params']:
            if p.grad is None:
                continue
            grad = p.grad.data
            state = self.state[p]
            if len(state) == 0:
                state['step'] = 0
                state['exp_avg'] = torch.zeros_like(p.data)
                state['exp_avg_sq'] = torch.zeros_like(p.data)
            exp_avg, exp_avg_sq = state['exp_avg'], state['exp_avg_sq']
            beta1, beta2 = group['betas']
            state['step'] += 1
            exp_avg.mul_(beta1).add_(1 - beta1, grad)
            exp_avg_sq.mul_(beta2).addcmul_(1 - beta2, grad, grad)
            denom = exp_avg_sq.sqrt().add_(group['eps'])
            bias_correction1 = 1 - beta1 ** state['step']
            bias_correction2 = 1 - beta2 ** state['step']
            step_size = group['lr'] * math.sqrt(bias_correction2) / bias_correction1
            p.data.addcdiv_(-step_size, exp_avg, denom)
""", AdamFoldedRate) { Roles = TorchRoles + " G=grad T=step" },
        new("source: interpolation", "P=param G=grad S=exp_avg H=lr:0.1,beta1:0.9", "exp_avg.lerp_(grad, 1 - beta1)\nparam.add_(exp_avg, alpha=-lr)", AveragedMomentum),
        new("source: Lion", "P=p G=grad S=exp_avg H=lr:0.01,beta1:0.9,beta2:0.99,wd:0.1", """
p.data.mul_(1 - lr * wd)
update = exp_avg.clone().mul_(beta1).add(grad, alpha = 1 - beta1).sign_()
p.add_(update, alpha = -lr)
exp_avg.mul_(beta2).add_(grad, alpha = 1 - beta2)
""", Lion),
        new("source: the group's values", "P=p S=buf H=lr:0.1,momentum:0.9", """
d_p = p.grad
buf.mul_(group['momentum']).add_(d_p)
p.data.add_(buf, alpha=-group['lr'])
""", HeavyBall),
        new("source: clamp", "P=p G=grad S=m H=lr:0.1,beta:0.9", "m = m.mul(beta).add(grad, alpha=1 - beta)\np -= lr * torch.clamp(m, min=-1.0, max=1.0)", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * Math.Clamp(s[0], -1, 1)); }),
        new("source: assigning variables", "P=variable G=gradient S=m H=lr:0.1,beta_1:0.9", """
m.assign(self.beta_1 * m + (1 - self.beta_1) * gradient)
variable.assign_sub(lr * m)
""", AveragedMomentum),
        new("source: assigning by the optimizer", "P=variable G=gradient S=m,v H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
beta_1_power = ops.power(self.beta_1, local_step)
beta_2_power = ops.power(self.beta_2, local_step)
alpha = lr * ops.sqrt(1 - beta_2_power) / (1 - beta_1_power)
self.assign_add(m, ops.multiply(ops.subtract(gradient, m), 1 - self.beta_1))
self.assign_add(v, ops.multiply(ops.subtract(ops.square(gradient), v), 1 - self.beta_2))
self.assign_sub(variable, ops.divide(ops.multiply(m, alpha), ops.add(ops.sqrt(v), self.epsilon)))
""", AdamFoldedRate) { Roles = "P=variable G=gradient T=local_step S=m,v H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6" },
        new("source: updates of a list", "P=p S=a H=lr:0.1,rho:0.9,eps:1e-6 G=g", """
new_a = self.rho * a + (1. - self.rho) * K.square(g)
self.updates.append(K.update(a, new_a))
new_p = p - lr * g / (K.sqrt(new_a) + self.epsilon)
self.updates.append(K.update(p, new_p))
""", RmsProp) { Roles = "P=p S=a H=lr:0.1,rho:0.9,epsilon:1e-6 G=g" },
        new("source: arrays of a book", "P=p S=s H=lr:0.1,gamma:0.9,eps:1e-6", """
with torch.no_grad():
    s[:] = gamma * s + (1 - gamma) * torch.square(p.grad)
    p[:] -= hyperparams['lr'] * p.grad / torch.sqrt(s + eps)
p.grad.data.zero_()
""", RmsPropInside),
        new("source: plain training loop", "P=p H=learning_rate:0.1", "with torch.no_grad():\n    for p in model.parameters():\n        p -= learning_rate * p.grad", Descent),
        new("source: data of a parameter", "P=p H=lr:0.1", "p.data += -lr * p.grad", Descent),
        new("source: functional updates", "P=w G=g S=mu,nu T=count H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
mu = b1 * mu + (1 - b1) * g
nu = b2 * nu + (1 - b2) * jnp.square(g)
mu_hat = mu / (1 - b1 ** count)
nu_hat = nu / (1 - b2 ** count)
w = w - lr * mu_hat / (jnp.sqrt(nu_hat) + eps)
""", Adam),
    ];
}
