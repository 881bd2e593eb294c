namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A fifth set, written down before any of it was tried: what the pages and sources of libraries give.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_fifthLibraries =
    [
        new("fifth: page with KaTeX, all three forms", "P=p S=v H=lr:0.1,μ:0.9", """
vt+1=μ∗vt+gt+1,pt+1=pt−lr∗vt+1,\begin{aligned} v_{t+1} & = \mu * v_{t} + g_{t+1}, \\ p_{t+1} & = p_{t} - \text{lr} * v_{t+1}, \end{aligned}vt+1​pt+1​​=μ∗vt​+gt+1​,=pt​−lr∗vt+1​,​
""", HeavyBall),
        new("fifth: encyclopedia, letters apart and their source", "P=w H=η:0.1", """
w := w − η ∇ Q ( w ) = w − η n ∑ i = 1 n ∇ Q i ( w ) , {\displaystyle w:=w-\eta \,\nabla Q(w)=w-{\frac {\eta }{n}}\sum _{i=1}^{n}\nabla Q_{i}(w),}
""", Descent),
        new("fifth: encyclopedia, momentum with a change", "P=w S=Δw H=η:0.1,α:0.9", """
Δ w := α Δ w − η ∇ Q i ( w ) {\displaystyle \Delta w:=\alpha \Delta w-\eta \,\nabla Q_{i}(w)}
w := w + Δ w {\displaystyle w:=w+\Delta w}
""", InnerMomentum),
        new("fifth: MathML copied as text, a line each", "P=θ H=α:0.1", "θ\nt\n+\n1\n=\nθ\nt\n−\nα\ng\nt", Descent),
        new("fifth: op page, array of LaTeX", "P=w S=m,v H=lr:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
The updating formulas are as follows:

.. math::
    \begin{array}{ll} \\
        m_{t+1} = \beta_1 * m_{t} + (1 - \beta_1) * g \\
        v_{t+1} = \beta_2 * v_{t} + (1 - \beta_2) * g * g \\
        l = lr * \frac{\sqrt{1-\beta_2^{t+1}}}{1-\beta_1^{t+1}} \\
        w_{t+1} = w_{t} - l * \frac{m_{t+1}}{\sqrt{v_{t+1}} + \epsilon}
    \end{array}

:math:`m` represents the 1st moment vector, :math:`v` the 2nd one.
""", AdamFoldedRate) { Roles = "P=w S=m,v H=lr:0.01,β_1:0.9,β_2:0.99,ε:1e-6 F=0" },
        new("fifth: op page, momentum in two options", "P=param S=v H=lr:0.1,u:0.9,use_nesterov:1", """
v_{t+1} = v_{t} \ast u + grad

If use_nesterov is True:
    param_{t+1} = param_{t} - (grad \ast lr + v_{t+1} \ast u \ast lr)

If use_nesterov is False:
    param_{t+1} = param_{t} - lr \ast v_{t+1}
""", NesterovWithBuffer) { Roles = "P=param G=grad S=v H=lr:0.1,u:0.9,use_nesterov:1" },
        new("fifth: docs, escaped underscores in names", "P=param G=grad S=moment H=learning\\_rate:0.1,ε:1e-6", """
moment\_out &= moment + grad * grad

param\_out &= param - \frac{learning\_rate * grad}{\sqrt{moment\_out} + \epsilon}
""", AdaGrad),
        new("fifth: docs, averages as functions of squares", "P=x S=E(g^2),E(dx^2) H=ρ:0.9,ε:1e-6", @"E(g_t^2) &= \rho * E(g_{t-1}^2) + (1-\rho) * g^2

learning\_rate &= \sqrt{ ( E(dx_{t-1}^2) + \epsilon ) / ( E(g_t^2) + \epsilon ) }

E(dx_t^2) &= \rho * E(dx_{t-1}^2) + (1-\rho) * (-g*learning\_rate)^2

x_t &= x_{t-1} - learning\_rate * g", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) + ((1 - h[0]) * g * g); var r = Math.Sqrt((s[1] + h[1]) / (s[0] + h[1])); s[1] = (h[0] * s[1]) + ((1 - h[0]) * g * g * r * r); return w - (r * g); }),
        new("fifth: docs, braces round letters", "P=param G=grad S=moment1,moment2 H=learning_rate:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
moment1 &= {\beta}_1 * moment1 + (1 - {\beta}_1) * grad \\
moment2 &= {\beta}_2 * moment2 + (1 - {\beta}_2) * grad * grad \\
lr &= learning_rate * \frac{\sqrt{1 - {\beta}_2^t}}{1 - {\beta}_1^t} \\
param &= param - lr * \frac{moment1}{\sqrt{moment2} + \epsilon}
""", AdamFoldedRate),
        new("fifth: docs, large-batch rule with a trust ratio", "P=w S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"m_t &= \beta_1 m_{t - 1}+ (1 - \beta_1)g_t

v_t &= \beta_2 v_{t - 1}  + (1 - \beta_2)g_t^2

r_t &= \frac{m_t}{\sqrt{v_t}+\epsilon}

w_t &= w_{t-1} -\eta_t \frac{\left \| w_{t-1}\right \|}{\left \| r_t + \lambda w_{t-1}\right \|} (r_t + \lambda w_{t-1})", (s, w, g, t, h) =>
        {
            var r = w.Select((x, i) =>
            {
                s[i][0] = (h[1] * s[i][0]) + ((1 - h[1]) * g[i]);
                s[i][1] = (h[2] * s[i][1]) + ((1 - h[2]) * g[i] * g[i]);
                return (s[i][0] / (Math.Sqrt(s[i][1]) + h[3])) + (h[4] * x);
            }).ToArray();
            var ratio = Norm(w) / Norm(r);
            Each(w, (x, i) => x - (h[0] * ratio * r[i]));
        }),
        new("fifth: docstring, rescaled gradient and clip", "P=weight G=grad S=state H=lr:0.1,momentum:0.9,wd:0.01,rescale_grad:1,clip_gradient:0.5", """
    The optimizer updates the weight by::

        rescaled_grad = lr * (rescale_grad * clip(grad, clip_gradient) + wd * weight)
        state = momentum * state + rescaled_grad
        weight = weight - state
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * (Math.Clamp(g, -h[4], h[4]) + (h[2] * w))); return w - s[0]; }) { Advice = "keeps a value between two bounds to some papers" },
        new("fifth: docstring, sign of a momentum", "P=weight G=grad S=state H=lr:0.1,momentum:0.9,wd:0.01,wd_lh:0.1", """
        rescaled_grad = grad + wd * weight
        state = momentum * state + (1-momentum) * rescaled_grad
        weight = (1 - lr * wd_lh) * weight - lr * sign(state)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * (g + (h[2] * w))); return ((1 - (h[0] * h[3])) * w) - (h[0] * Math.Sign(s[0])); }),
        new("fifth: docstring, delayed gradients", "P=weight G=grad S=mom,previous_weight=weight H=lr:0.1,momentum:0.9,lamda:0.5,wd:0.01", """
grad = grad + wd * weight
mom = momentum * mom - lr * (grad + lamda * grad * grad * (weight - previous_weight))
previous_weight = weight
weight += mom
""", (s, w, g, t, h) => { s[1] = t == 1 ? w : s[1]; g += h[3] * w; s[0] = (h[1] * s[0]) - (h[0] * (g + (h[2] * g * g * (w - s[1])))); s[1] = w; return w + s[0]; }),
        new("fifth: Optimisers.jl, lazy broadcasts", "P=x G=dx S=mt,vt H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
function apply!(o::Adam, state, x::AbstractArray{T}, dx) where T
  η, β, ϵ = T(o.eta), T.(o.beta), _eps(T, o.epsilon)
  mt, vt, βt = state

  @.. mt = β[1] * mt + (1 - β[1]) * dx
  @.. vt = β[2] * vt + (1 - β[2]) * abs2(dx)
  dx′ = @lazy mt / (1 - βt[1]) / (sqrt(vt / (1 - βt[2])) + ϵ) * η

  return (mt, vt, βt .* β), dx′
end
""", Adam) { Advice = "can mean the power β1^t or the value of β1 at t" },
        new("fifth: Optimisers.jl, momentum", "P=x G=dx S=mvel H=eta:0.1,rho:0.9", """
function apply!(o::Momentum, mvel, x::AbstractArray{T}, dx) where T
  η, ρ = T(o.eta), T(o.rho)
  @.. mvel = ρ * mvel + η * dx # Macro broadcasts in-place if possible
  return mvel, mvel
end
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }) { Advice = "if mvel is the step that a program returns, apply it" },
        new("fifth: Flux of old, get! of a state", "P=x G=Δ S=v H=η:0.1,ρ:0.9", """
function apply!(o::Momentum, x, Δ)
  η, ρ = o.eta, o.rho
  v = get!(() -> zero(x), o.velocity, x)::typeof(x)
  @. v = ρ * v - η * Δ
  @. Δ = -v
end
x .-= Δ
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) - (h[0] * g); return w + s[0]; }),
        new("fifth: fused kernel, unbiased by corrections", "P=r_p G=r_g S=r_m,r_v H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6,decay:0.1", """
r_m[ii] = beta1 * r_m[ii] + (1-beta1) * r_g[ii];
r_v[ii] = beta2 * r_v[ii] + (1-beta2) * r_g[ii] * r_g[ii];
MATH_T next_m_unbiased = r_m[ii] / (1 - pow(beta1, t));
MATH_T next_v_unbiased = r_v[ii] / (1 - pow(beta2, t));
MATH_T denom = sqrtf(next_v_unbiased) + epsilon;
MATH_T update = (next_m_unbiased / denom) + (decay * r_p[ii]);
r_p[ii] = r_p[ii] - (lr * update);
""", AdamW),
        new("fifth: kernel string of an array library", "P=param G=grad S=m,v H=lr:0.01,one_minus_beta1:0.1,one_minus_beta2:0.01,eps:1e-6", """
'''m += one_minus_beta1 * (grad - m);
   v += one_minus_beta2 * (grad * grad - v);
   param -= lr * m / (sqrt(v) + eps);''',
""", (s, w, g, t, h) => { s[0] += h[1] * (g - s[0]); s[1] += h[2] * ((g * g) - s[1]); return w - (h[0] * s[0] / (Math.Sqrt(s[1]) + h[3])); }),
        new("fifth: update_core_cpu with hyperparameters' prefix", "P=param G=grad S=m,v H=alpha:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay_rate:0.1", """
    def update_core_cpu(self, param):
        grad = param.grad
        if grad is None:
            return
        hp = self.hyperparam
        m, v = self.state['m'], self.state['v']
        m += (1 - hp.beta1) * (grad - m)
        v += (1 - hp.beta2) * (grad * grad - v)
        param.data -= hp.alpha * m / (numpy.sqrt(v) + hp.eps) + hp.weight_decay_rate * param.data
""", (s, w, g, t, h) => AdamUncorrected(s, w, g, t, h) - (h[4] * w)),
        new("fifth: symbolic updates of Lasagne", "P=param G=grad S=velocity H=learning_rate:0.1,momentum:0.9", """
    updates = sgd(loss_or_grads, params, learning_rate)
    for param in params:
        value = param.get_value(borrow=True)
        velocity = theano.shared(np.zeros(value.shape, dtype=value.dtype))
        x = momentum * velocity - learning_rate * grad
        updates[velocity] = x
        updates[param] = param + x
""", InnerMomentum),
        new("fifth: list of updates in words of code", "P=param G=gradient S=velocity H=learning_rate:0.1,momentum:0.9", """
    Generates update expressions of the form:

    * ``velocity := momentum * velocity - learning_rate * gradient``
    * ``param := param + momentum * velocity - learning_rate * gradient``
""", NesterovAhead),
        new("fifth: tutorial of Caffe, components in brackets", "P=W S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"(m_t)_i = \beta_1 (m_{t-1})_i + (1-\beta_1)(\nabla L(W_t))_i,\\
(v_t)_i = \beta_2 (v_{t-1})_i + (1-\beta_2)(\nabla L(W_t))_i^2

and the update

$$(W_{t+1})_i = (W_t)_i - \alpha \frac{\sqrt{1-(\beta_2)_i^t}}{1-(\beta_1)_i^t}\frac{(m_t)_i}{\sqrt{(v_t)_i}+\varepsilon}.$$", AdamFoldedRate),
        new("fifth: Caffe's layers of C calls", "P=data G=diff S=history H=rate:0.1,momentum:0.9", """
caffe_cpu_axpby(net_params[param_id]->count(), local_rate,
      net_params[param_id]->cpu_diff(), momentum,
      history_[param_id]->mutable_cpu_data());
""", InnerMomentum) { Advice = "of which formulas do not know what it changes" },
        new("fifth: user guide, regulariser and loss", "P=w H=η:0.1,α:0.01", @"w \leftarrow w - \eta \left[\alpha w + \frac{\partial L(w^T x_i + b, y_i)}{\partial w}\right]", DescentWithDecay),
        new("fifth: solver's lists of arrays", "P=param G=grad S=velocity H=learning_rate:0.1,momentum:0.9", """
        updates = [
            self.momentum * velocity - self.learning_rate * grad
            for velocity, grad in zip(self.velocities, grads)
        ]
        self.velocities = updates
""", InnerMomentum) { Advice = "is the step that a program returns, apply it" },
        new("fifth: solver's Adam with lists", "P=coef G=grad S=m,v H=learning_rate_init:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
self.t += 1
self.ms = [self.beta_1 * m + (1 - self.beta_1) * grad for m, grad in zip(self.ms, grads)]
self.vs = [self.beta_2 * v + (1 - self.beta_2) * (grad ** 2) for v, grad in zip(self.vs, grads)]
self.learning_rate = (self.learning_rate_init * np.sqrt(1 - self.beta_2 ** self.t) / (1 - self.beta_1 ** self.t))
updates = [-self.learning_rate * m / (np.sqrt(v) + self.epsilon) for m, v in zip(self.ms, self.vs)]
""", AdamFoldedRate) { Advice = "if updates is the step that a program returns, apply it" },
        new("fifth: functor of device arrays", "P=var G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    m.device(d) += (grad - m) * (T(1) - beta1());
    v.device(d) += (grad.square() - v) * (T(1) - beta2());
    var.device(d) -= (m * alpha) / (v.sqrt() + epsilon());
""", Adam) { Advice = "'alpha' is not declared; add a [Hyper] property" },
        new("fifth: op documentation in TensorFlow", "P=variable G=g S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
$$\text{lr}_t := \mathrm{learning_rate} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}$$
$$m_t := \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g$$
$$v_t := \beta_2 \cdot v_{t-1} + (1 - \beta_2) \cdot g^2$$
$$\text{variable} := \text{variable} - \text{lr}_t \cdot m_t / (\sqrt{v_t} + \epsilon)$$
""", AdamFoldedRate) { Roles = "P=variable S=m,v H=learning_rate:0.01,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("fifth: op documentation, plain lines", "P=var G=grad S=accum,accum_update H=lr:0.5,rho:0.9,epsilon:1e-6", """
accum = rho() * accum + (1 - rho()) * grad.square();
update = (update_accum + epsilon).sqrt() * (accum + epsilon()).rsqrt() * grad;
update_accum = rho() * update_accum + (1 - rho()) * update.square();
var -= update;
""", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) + ((1 - h[0]) * g * g); var u = Math.Sqrt(s[1] + h[1]) / Math.Sqrt(s[0] + h[1]) * g; s[1] = (h[0] * s[1]) + ((1 - h[0]) * u * u); return w - u; }) { Roles = "P=var G=grad S=accum,update_accum H=rho:0.9,epsilon:1e-6" },
        new("fifth: timm, RMSprop after TensorFlow", "P=p G=grad S=square_avg=1,momentum_buffer H=lr:0.1,alpha:0.9,eps:1e-3,momentum:0.9", """
                square_avg = state['square_avg']
                one_minus_alpha = 1. - group['alpha']

                state['step'] += 1

                # Tensorflow order of ops for updating squared avg
                square_avg.add_(grad.pow(2) - square_avg, alpha=one_minus_alpha)

                avg = square_avg.add(group['eps']).sqrt_()  # eps moved in sqrt

                if group['momentum'] > 0:
                    buf = state['momentum_buffer']
                    buf.mul_(group['momentum'])
                    buf.addcdiv_(grad, avg, value=group['lr'])
                    p.add_(-buf)
                else:
                    p.addcdiv_(grad, avg, value=-group['lr'])
""", (s, w, g, t, h) => { s[0] = t == 1 ? 1 : s[0]; s[0] += (1 - h[1]) * ((g * g) - s[0]); s[1] = (h[3] * s[1]) + (h[0] * g / Math.Sqrt(s[0] + h[2])); return w - s[1]; }),
        new("fifth: timm, belief in the gradient", "P=p G=grad S=exp_avg,exp_avg_var H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
                beta1, beta2 = group['betas']
                exp_avg, exp_avg_var = state['exp_avg'], state['exp_avg_var']
                state['step'] += 1
                bias_correction1 = 1 - beta1 ** state['step']
                bias_correction2 = 1 - beta2 ** state['step']
                # update first and second moments
                exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)
                grad_residual = grad - exp_avg
                exp_avg_var.mul_(beta2).addcmul_(grad_residual, grad_residual, value=1 - beta2)
                denom = (exp_avg_var.add_(group['eps']).sqrt() / math.sqrt(bias_correction2)).add_(group['eps'])
                step_size = group['lr'] / bias_correction1
                p.data.addcdiv_(exp_avg, denom, value=-step_size)
""", AdaBelief),
        new("fifth: timm, MADGRAD's dual average", "P=p G=grad S=grad_sum_sq,s,x0=p H=lr:0.1,momentum:0.9,eps:1e-6", """
                ck = 1 - momentum
                lamb = lr * math.sqrt(t)
                grad_sum_sq.addcmul_(grad, grad, value=lamb)
                rms = grad_sum_sq.pow(1 / 3).add_(eps)
                s.add_(grad, alpha=lamb)
                z = x0.addcdiv(s, rms, value=-1)
                p.mul_(1 - ck).add_(z, alpha=ck)
""", (s, w, g, t, h) => { s[2] = t == 1 ? w : s[2]; var l = h[0] * Math.Sqrt(t); s[0] += l * g * g; var r = Math.Cbrt(s[0]) + h[2]; s[1] += l * g; var z = s[2] - (s[1] / r); return (h[1] * w) + ((1 - h[1]) * z); }),
        new("fifth: Keras, Nadam's step", "P=variable G=gradient S=m,v,u_product=1 H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
        u_t = self.beta_1 * (1.0 - 0.5 * (ops.power(0.96, t)))
        u_t_1 = self.beta_1 * (1.0 - 0.5 * (ops.power(0.96, t + 1)))
        u_product_t = u_product * u_t
        u_product_t_1 = u_product_t * u_t_1
        beta_2_power = ops.power(self.beta_2, t)

        self.assign(u_product, u_product_t)
        self.assign(m, ops.add(m, ops.multiply(ops.subtract(gradient, m), (1 - self.beta_1))))
        self.assign(v, ops.add(v, ops.multiply(ops.subtract(ops.square(gradient), v), (1 - self.beta_2))))
        m_hat = ops.add(
            ops.divide(ops.multiply(u_t_1, m), 1 - u_product_t_1),
            ops.divide(ops.multiply(1 - u_t, gradient), 1 - u_product_t),
        )
        v_hat = ops.divide(v, (1 - beta_2_power))

        self.assign_sub(
            variable,
            ops.divide(
                ops.multiply(m_hat, lr), ops.add(ops.sqrt(v_hat), self.epsilon)
            ),
        )
""", (s, w, g, t, h) =>
        {
            double U(double k) => h[1] * (1 - (0.5 * Math.Pow(0.96, k)));
            s[2] = (t == 1 ? 1 : s[2]) * U(t);
            s[0] += (g - s[0]) * (1 - h[1]);
            s[1] += ((g * g) - s[1]) * (1 - h[2]);
            var m = (U(t + 1) * s[0] / (1 - (s[2] * U(t + 1)))) + ((1 - U(t)) * g / (1 - s[2]));
            return w - (m * h[0] / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
        }),
        new("fifth: Keras, maximum norm", "P=variable G=gradient S=m,u H=learning_rate:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-7", """
        lr = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        local_step = ops.cast(self.iterations + 1, variable.dtype)
        beta_1_power = ops.power(
            ops.cast(self.beta_1, variable.dtype), local_step
        )

        m = self._m[self._get_variable_index(variable)]
        u = self._u[self._get_variable_index(variable)]

        self.assign_add(
            m, ops.multiply(ops.subtract(gradient, m), (1 - self.beta_1))
        )
        self.assign(
            u, ops.maximum(ops.multiply(self.beta_2, u), ops.abs(gradient))
        )
        self.assign_sub(
            variable,
            ops.divide(
                ops.multiply(lr, m),
                ops.multiply((1 - beta_1_power), ops.add(u, self.epsilon)),
            ),
        )
""", (s, w, g, t, h) => { s[0] += (g - s[0]) * (1 - h[1]); s[1] = Math.Max(h[2] * s[1], Math.Abs(g)); return w - (h[0] * s[0] / ((1 - Math.Pow(h[1], t)) * (s[1] + h[3]))); }),
        new("fifth: Keras, steps of the docstring", "P=w G=g S=accum_grad,accum_delta H=learning_rate:1,rho:0.9,epsilon:1e-6", """
        def rms(x):
            return ops.sqrt(ops.add(x, self.epsilon))

        self.assign(accum_grad, ops.add(rho * accum_grad, ops.multiply(1 - rho, ops.square(g))))
        delta_var = ops.negative(
            ops.divide(
                ops.multiply(rms(accum_delta), g), rms(accum_grad)
            )
        )
        self.assign(accum_delta, ops.add(ops.multiply(rho, accum_delta), ops.multiply(1 - rho, ops.square(delta_var))))
        self.assign_add(w, ops.multiply(learning_rate, delta_var))
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); var d = -Math.Sqrt(s[1] + h[2]) * g / Math.Sqrt(s[0] + h[2]); s[1] = (h[1] * s[1]) + ((1 - h[1]) * d * d); return w + (h[0] * d); }),
        new("fifth: optax, code of the second moment", "P=params G=updates S=mu,nu H=learning_rate:0.01,b1:0.9,b2:0.99,eps:1e-6", """
    mu = jax.tree.map(lambda g, t: (1 - b1) * g + b1 * t, updates, mu)
    nu = jax.tree.map(lambda g, t: (1 - b2) * (g ** 2) + b2 * t, updates, nu)
    updates = jax.tree.map(lambda m, v: m / (jnp.sqrt(v) + eps), mu, nu)
    params = jax.tree.map(lambda p, u: p - learning_rate * u, params, updates)
""", AdamUncorrected),
        new("fifth: optax page, root of the sum", "P=w S=s H=α:0.1,ε:1e-6", @"\begin{align*}
  s_t &\leftarrow s_{t-1} + g_t^2 \\
  u_t &\leftarrow - \frac{\alpha_t g_t}{\sqrt{s_t + \varepsilon}} \\
  w_t &\leftarrow w_{t-1} + u_t
\end{align*}

Here :math:`\alpha_t` is a given learning rate, or a schedule.", AdaGradInside),
        new("fifth: optax page, Nesterov's form of the moments", "P=w S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{align*}
m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) \cdot {g_t}^2 \\
\hat{m}_t &\leftarrow \beta_1 m_t / {(1-\beta_1^{t+1})} + (1 - \beta_1) g_t / {(1-\beta_1^t)}\\
\hat{v}_t &\leftarrow v_t / {(1-\beta_2^t)} \\
u_t &\leftarrow - \alpha_t \cdot \hat{m}_t / \left({\sqrt{\hat{v}_t} + \varepsilon} \right) \\
w_t &\leftarrow w_{t-1} + u_t
\end{align*}", NAdamSimple),
        new("fifth: optax page, AMSGrad's sets", "P=w S=m,v,ν H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{align*}
  m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1) \cdot g_t \\
  v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2) \cdot {g_t}^2 \\
  \hat{m}_t &\leftarrow m_t / {(1-\beta_1^t)} \\
  \hat{v}_t &\leftarrow v_t / {(1-\beta_2^t)} \\
  \nu_t &\leftarrow \max(\hat{\nu}_{t-1}, \hat{v}_t) \\
  u_t &\leftarrow -\alpha_t \cdot \hat{m}_t / {(\sqrt{\nu_t} + \varepsilon)} \\
  S_t &\leftarrow (m_t, v_t, \nu_t).
\end{align*}", Adam) { Advice = "is not declared; add a [Hyper] property or a [State]" },
    ];
}
