namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>An eighth set, written down before any of it was tried, after the seventh was mended.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_eighth =
    [
        new("eighth: paper's macros without their definitions", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"\begin{align*}
\vm_{t} &= \beta_1 \vm_{t-1} + (1-\beta_1)\grad_t, &
\vv_{t} &= \beta_2 \vv_{t-1} + (1-\beta_2)\grad_t^2, \\
\vtheta_{t+1} &= \vtheta_t - \alpha \frac{\vm_t}{\sqrt{\vv_t} + \epsilon}
\end{align*}", AdamUncorrected),
        new("eighth: paper with macros of two letters and a norm", "P=w H=η:0.1,c:1", @"\newcommand{\norm}[1]{\left\lVert #1 \right\rVert}
\newcommand{\gr}{\nabla f(w_t)}
\[ w_{t+1} = w_t - \eta\,\frac{\gr}{\norm{\gr} + c} \]", (s, w, g, t, h) => { var n = Norm(g); Each(w, (x, i) => x - (h[0] * g[i] / (n + h[1]))); }),
        new("eighth: beamer frame with items and pauses", "P=w S=v H=η:0.1,γ:0.9", @"\begin{frame}{Momentum}
\begin{itemize}
\item<1-> Velocity: $v_t = \gamma v_{t-1} + \eta\, g_t$ \pause
\item<2-> Update: $w_{t+1} = w_t - v_t$
\end{itemize}
\end{frame}", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("eighth: paper's subequations with labels and text between", "P=x S=y,v H=γ:0.1,β:0.9", @"\begin{subequations}
\begin{align}
v^{k+1} &= \beta v^{k} + (1-\beta)\, \nabla f(x^k), \label{eq:a}\\
\intertext{followed by the descent step}
x^{k+1} &= x^{k} - \gamma v^{k+1}. \label{eq:b}
\end{align}
\end{subequations}", AveragedMomentum) { Roles = "P=x T=k S=v H=γ:0.1,β:0.9" },
        new("eighth: Adam in one line of an abstract", "P=w S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"Adam \citep{kingma2014adam} maintains $m_t=\beta_1m_{t-1}+(1-\beta_1)g_t$ and $v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2$ and sets $w_{t+1}=w_t-\eta\,\hat m_t/(\sqrt{\hat v_t}+\varepsilon)$, where $\hat m_t=m_t/(1-\beta_1^t)$ and $\hat v_t=v_t/(1-\beta_2^t)$.", Adam),
        new("eighth: Rprop in words of cases", "P=w S=Δ=0.1,g_{t-1} H=η_plus:1.2,η_minus:0.5", @"\Delta_t = \begin{cases} \eta_{plus}\,\Delta_{t-1} & g_t g_{t-1} > 0 \\ \eta_{minus}\,\Delta_{t-1} & g_t g_{t-1} < 0 \\ \Delta_{t-1} & \text{else}\end{cases}
w_{t+1} = w_t - \operatorname{sgn}(g_t)\,\Delta_t", (s, w, g, t, h) => { s[0] = t == 1 ? 0.1 : s[0]; var a = g * s[1]; s[0] *= a > 0 ? h[0] : a < 0 ? h[1] : 1; s[1] = g; return w - (Math.Sign(g) * s[0]); }),
        new("eighth: AdaGrad as a diagonal matrix of a survey", "P=x S=s H=α:0.1,ε:1e-6", @"s_t = \sum_{i=1}^{t} g_i^2, \qquad x_{t+1} = x_t - \frac{\alpha}{\sqrt{s_t}+\epsilon}\, g_t", AdaGrad),
        new("eighth: bound of steps, max of history", "P=θ S=n:tensor H=η:0.1,ε:1e-6", @"n_t = \max(n_{t-1}, \|g_t\|_2), \quad \theta_t = \theta_{t-1} - \eta\, \frac{g_t}{n_t+\epsilon}", (s, w, g, t, h) => { s[0][0] = Math.Max(s[0][0], Norm(g)); Each(w, (x, i) => x - (h[0] * g[i] / (s[0][0] + h[1]))); }),
        new("eighth: cyclic rate in the text", "P=w H=η:0.1,T:10", @"w_{t} = w_{t-1} - \eta_t g_t, \quad \eta_t = \frac{\eta}{2}\left(1+\cos\frac{\pi t}{T}\right)", (s, w, g, t, h) => w - (h[0] / 2 * (1 + Math.Cos(Math.PI * t / h[1])) * g)),
        new("eighth: Polyak average as a displayed mean", "P=w S=\\bar{w}=w H=η:0.1", @"w_{t} = w_{t-1} - \eta g_t, \qquad \bar{w}_t = \frac{t-1}{t}\bar{w}_{t-1} + \frac{1}{t} w_t", Descent),
        new("eighth: PDF of a thesis, equation numbers and broken line", "P=θ S=m H=η:0.1,β:0.9", """
mt = β mt−1 + (1 − β) gt                    (2.4)
θt+1 = θt
− η mt                                       (2.5)
""", AveragedMomentum),
        new("eighth: PDF, ligatures and soft hyphens", "P=w S=v H=η:0.1,μ:0.9", "The coeﬃcient µ deﬁnes the fric­tion:\nv_t = µ v_{t−1} − η g_t ,\nw_t = w_{t−1} + v_t .", InnerMomentum),
        new("eighth: OCR with l for 1 and spaces", "P=w S=m H=η:0.1,β:0.9", "m_t = β m_{t-1} + (1 - β) g_t , (7)\nw_{t+1} = w_t - η m_t . (8)", AveragedMomentum),
        new("eighth: MathML of a page with accents", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
<math display="block"><mtable><mtr><mtd><msub><mi>m</mi><mi>t</mi></msub></mtd><mtd><mo>=</mo><msub><mi>β</mi><mn>1</mn></msub><msub><mi>m</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>+</mo><mo>(</mo><mn>1</mn><mo>−</mo><msub><mi>β</mi><mn>1</mn></msub><mo>)</mo><msub><mi>g</mi><mi>t</mi></msub></mtd></mtr>
<mtr><mtd><msub><mi>v</mi><mi>t</mi></msub></mtd><mtd><mo>=</mo><msub><mi>β</mi><mn>2</mn></msub><msub><mi>v</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>+</mo><mo>(</mo><mn>1</mn><mo>−</mo><msub><mi>β</mi><mn>2</mn></msub><mo>)</mo><msubsup><mi>g</mi><mi>t</mi><mn>2</mn></msubsup></mtd></mtr></mtable></math>
<math display="block"><msub><mover accent="true"><mi>m</mi><mo>^</mo></mover><mi>t</mi></msub><mo>=</mo><mfrac><msub><mi>m</mi><mi>t</mi></msub><mrow><mn>1</mn><mo>−</mo><msubsup><mi>β</mi><mn>1</mn><mi>t</mi></msubsup></mrow></mfrac><mo>,</mo><mspace width="1em"/><msub><mover accent="true"><mi>v</mi><mo>^</mo></mover><mi>t</mi></msub><mo>=</mo><mfrac><msub><mi>v</mi><mi>t</mi></msub><mrow><mn>1</mn><mo>−</mo><msubsup><mi>β</mi><mn>2</mn><mi>t</mi></msubsup></mrow></mfrac></math>
<math display="block"><msub><mi>θ</mi><mi>t</mi></msub><mo>=</mo><msub><mi>θ</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>−</mo><mi>α</mi><mfrac><msub><mover accent="true"><mi>m</mi><mo>^</mo></mover><mi>t</mi></msub><mrow><msqrt><msub><mover accent="true"><mi>v</mi><mo>^</mo></mover><mi>t</mi></msub></msqrt><mo>+</mo><mi>ε</mi></mrow></mfrac></math>
""", Adam),
        new("eighth: wiki markup with math tags", "P=w S=v H=η:0.1,α:0.9", """
Stochastic gradient descent with '''momentum''' remembers the update {{math|Δ''w''}}:
:<math>v := \alpha v - \eta\, \nabla Q_i(w)</math>
:<math>w := w + v</math>
""", InnerMomentum),
        new("eighth: reStructuredText with two directives", "P=θ S=v H=η:0.1,ρ:0.9,ε:1e-6", """
.. math::

   v_{t+1} = \rho v_{t} + (1 - \rho) g_t^2

.. math::

   \theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{v_{t+1}} + \epsilon} \odot g_t

where :math:`\odot` is the element-wise product.
""", RmsProp),
        new("eighth: Doxygen comment", "P=w S=v H=lr:0.1,mu:0.9", """
 * The update is
 * @f{eqnarray*}{
 *   v_{t} &=& mu v_{t-1} + g_t \\
 *   w_{t} &=& w_{t-1} - lr v_t
 * @f}
""", HeavyBall),
        new("eighth: Javadoc with code tags", "P=w S=cache H=lr:0.1,decay:0.9,eps:1e-6", """
 * <pre>{@code
 * cache = decay * cache + (1 - decay) * g^2
 * w = w - lr * g / (sqrt(cache) + eps)
 * }</pre>
""", RmsProp),
        new("eighth: chat with arrows and approximate words", "P=w S=v H=η:0.1,β:0.9", """
**Intuition:** think of a ball rolling downhill 🏀

- velocity ← β × velocity + gradient
- weight ← weight − η × velocity

(β ≈ 0.9 is typical)
""", HeavyBall) { Roles = "P=weight G=gradient S=velocity H=η:0.1,β:0.9" },
        new("eighth: chat with numbered headings and a code fence", "P=w S=m H=lr:0.1,beta:0.9", """
### 1. Update the momentum

```python
m = beta * m + (1 - beta) * grad
```

### 2. Update the weights

```python
w = w - lr * m
```
""", AveragedMomentum) { Roles = "P=w G=grad S=m H=lr:0.1,beta:0.9" },
        new("eighth: notebook with output and magic", "P=w S=v H=lr:0.1,mu:0.9", "%%time\nv = mu * v - lr * g   # velocity\nw += v\nw[:3]", InnerMomentum),
        new("eighth: Unicode art of a slide", "P=w S=v H=η:0.1,β:0.9", "┌───────────────┐\n│ v ← βv + ∇L   │\n│ w ← w − ηv    │\n└───────────────┘", HeavyBall),
        new("eighth: spreadsheet's headings before formulas", "P=W S=V H=alpha:0.1,beta:0.9", "Step 1 - V = beta*V + (1-beta)*dW\nStep 2 - W = W - alpha*V", AveragedMomentum) { Roles = "P=W G=dW S=V H=alpha:0.1,beta:0.9" },
        new("eighth: torch functional with norm clipping", "P=p G=grad S=buf H=lr:0.1,momentum:0.9,max_norm:0.5", """
total_norm = torch.linalg.vector_norm(grad)
clip_coef = max_norm / (total_norm + 1e-6)
clip_coef_clamped = torch.clamp(clip_coef, max=1.0)
grad.mul_(clip_coef_clamped)
buf.mul_(momentum).add_(grad)
p.add_(buf, alpha=-lr)
""", (s, w, g, t, h) => { var c = Math.Min(1, h[2] / (Norm(g) + 1e-6)); for (var i = 0; i < w.Length; i++) { s[i][0] = (h[1] * s[i][0]) + (g[i] * c); w[i] -= h[0] * s[i][0]; } }),
        new("eighth: torch, Adadelta in place", "P=param G=grad S=square_avg,acc_delta H=lr:0.5,rho:0.9,eps:1e-6", """
square_avg.mul_(rho).addcmul_(grad, grad, value=1 - rho)
std = square_avg.add(eps).sqrt_()
delta = acc_delta.add(eps).sqrt_()
delta.div_(std).mul_(grad)
acc_delta.mul_(rho).addcmul_(delta, delta, value=1 - rho)
param.add_(delta, alpha=-lr)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); var d = Math.Sqrt(s[1] + h[2]) / Math.Sqrt(s[0] + h[2]) * g; s[1] = (h[1] * s[1]) + ((1 - h[1]) * d * d); return w - (h[0] * d); }),
        new("eighth: torch, foreach Adadelta", "P=params G=grads S=square_avgs,acc_deltas H=lr:0.5,rho:0.9,eps:1e-6", """
torch._foreach_mul_(square_avgs, rho)
torch._foreach_addcmul_(square_avgs, grads, grads, value=1 - rho)
std = torch._foreach_add(square_avgs, eps)
torch._foreach_sqrt_(std)
deltas = torch._foreach_add(acc_deltas, eps)
torch._foreach_sqrt_(deltas)
torch._foreach_div_(deltas, std)
torch._foreach_mul_(deltas, grads)
torch._foreach_mul_(acc_deltas, rho)
torch._foreach_addcmul_(acc_deltas, deltas, deltas, value=1 - rho)
torch._foreach_add_(params, deltas, alpha=-lr)
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g); var d = Math.Sqrt(s[1] + h[2]) / Math.Sqrt(s[0] + h[2]) * g; s[1] = (h[1] * s[1]) + ((1 - h[1]) * d * d); return w - (h[0] * d); }),
        new("eighth: torch, lerp and copysign of a repository", "P=p G=g S=m H=lr:0.01,b1:0.9,b2:0.99,wd:0.1", """
p.mul_(1 - lr * wd)
update = m.clone().mul_(b1).add_(g, alpha=1 - b1).sign_()
p.add_(update, alpha=-lr)
m.lerp_(g, 1 - b2)
""", (s, w, g, t, h) => { w *= 1 - (h[0] * h[3]); var u = Math.Sign((h[1] * s[0]) + ((1 - h[1]) * g)); s[0] += (1 - h[2]) * (g - s[0]); return w - (h[0] * u); }),
        new("eighth: Keras 2 get_updates", "P=p G=g S=m,v H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
            m_t = (self.beta_1 * m) + (1. - self.beta_1) * g
            v_t = (self.beta_2 * v) + (1. - self.beta_2) * K.square(g)
            p_t = p - lr * m_t / (K.sqrt(v_t) + self.epsilon)

            self.updates.append(K.update(m, m_t))
            self.updates.append(K.update(v, v_t))
            self.updates.append(K.update(p, p_t))
""", AdamUncorrected),
        new("eighth: Flax-like class with replace", "P=param G=grad S=momentum H=learning_rate:0.1,beta:0.9", """
    new_momentum = beta * state.momentum + grad
    new_param = param - learning_rate * new_momentum
    new_state = _MomentumParamState(new_momentum)
    return new_param, new_state
""", HeavyBall),
        new("eighth: Paddle's momentum with regularisation", "P=param G=grad S=velocity H=mu:0.9,lr:0.1,regularization_coeff:0.01", """
grad = grad + regularization_coeff * param
velocity = mu * velocity + grad
param = param - lr * velocity
""", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) + g + (h[2] * w); return w - (h[1] * s[0]); }),
        new("eighth: MXNet FTML", "P=w G=g S=d,v,z H=lr:0.01,β1:0.6,β2:0.99,ε:1e-6", """
v = β2 * v + (1 - β2) * g^2
d_new = (1 - β1^t) / lr * (sqrt(v / (1 - β2^t)) + ε)
σ = d_new - β1 * d
z = β1 * z + (1 - β1) * g - σ * w
w = -z / d_new
""", (s, w, g, t, h) => { s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); var d = (1 - Math.Pow(h[1], t)) / h[0] * (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]); var sigma = d - (h[1] * s[0]); s[2] = (h[1] * s[2]) + ((1 - h[1]) * g) - (sigma * w); s[0] = d; return -s[2] / d; }),
        new("eighth: C with pointers and increments", "P=w G=g S=v H=lr:0.1,mu:0.9", """
for (size_t i = 0; i < n; i++, w++, g++, v++) {
    *v = mu * *v + *g;
    *w -= lr * *v;
}
""", HeavyBall),
        new("eighth: Zig with slices", "P=w G=g S=m H=lr:0.1,beta:0.9", "for (w, g, m) |*wi, gi, *mi| {\n    mi.* = beta * mi.* + (1 - beta) * gi;\n    wi.* -= lr * mi.*;\n}", AveragedMomentum),
        new("eighth: Kotlin", "P=w G=g S=v H=lr:0.1,mu:0.9", "for (i in w.indices) {\n    v[i] = mu * v[i] + g[i]\n    w[i] -= lr * v[i]\n}", HeavyBall),
        new("eighth: Fortran 90 with do", "P=w G=g S=v H=eta:0.1,mu:0.9", "do i = 1, n\n  v(i) = mu*v(i) - eta*g(i)\n  w(i) = w(i) + v(i)\nend do", InnerMomentum),
        new("eighth: F# with copies and updates", "P=w G=g S=m H=lr:0.1,beta:0.9", "let m' = beta * m + (1.0 - beta) * g\nlet w' = w - lr * m'\n{ state with W = w'; M = m' }", AveragedMomentum),
        new("eighth: Mathematica", "P=w G=g S=v H=eta:0.1,mu:0.9", "v = mu*v + g;\nw = w - eta*v;", HeavyBall),
        new("eighth: Maple-like assignment with colons", "P=w G=g S=s H=eta:0.1,eps:1e-6", "s := s + g^2:\nw := w - eta*g/(sqrt(s) + eps):", AdaGrad),
        new("eighth: natural language of a patent", "P=θ S=v H=η:0.1,γ:0.9", "In step S102, the velocity is updated according to v ← γ·v + η·∇J(θ); in step S103, the parameters are updated according to θ ← θ − v.", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("eighth: two forms side by side", "P=w S=v H=η:0.1,μ:0.9", @"v_{t+1} = \mu v_t - \eta g_t,\; w_{t+1} = w_t + v_{t+1} \quad\Longleftrightarrow\quad w_{t+1} = w_t - \eta g_t + \mu (w_t - w_{t-1})", InnerMomentum) { Advice = "run one after the other they are two updates; leave one of them out" },
    ];
}
