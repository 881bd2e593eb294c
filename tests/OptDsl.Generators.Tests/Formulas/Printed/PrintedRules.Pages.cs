namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>What the clipboard makes of pages: lecture notes, word processors, browsers, and programs in other languages.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_pages =
    [
        new("notes in Chinese", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
1. 计算梯度：g_t = ∇_θ J(θ_{t−1})
2. 更新一阶矩估计：m_t = β_1 m_{t−1} + (1 − β_1) g_t
3. 更新二阶矩估计：v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
4. 偏差修正：m̂_t = m_t / (1 − β_1^t)，v̂_t = v_t / (1 − β_2^t)
5. 更新参数：θ_t = θ_{t−1} − α m̂_t / (√v̂_t + ε)
""", Adam),
        new("notes in Chinese, full width", "P=w S=v H=η:0.1,μ:0.9", "动量法：\nv＝μ v＋g；\nw＝w－η v。", HeavyBall),
        new("notes in Russian", "P=w S=v H=η:0.1,γ:0.9", """
Метод импульса (heavy ball). На каждом шаге вычисляем
    v_t = γ v_{t−1} + η ∇Q(w_{t-1}),
    w_t = w_{t-1} − v_t,
где η — скорость обучения, γ — коэффициент затухания.
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + (h[0] * g); return w - s[0]; }),
        new("notes in German", "P=w S=m H=η:0.1,β:0.9", """
Für t = 1, 2, …:
  Berechne den Gradienten g_t = ∇f(w_{t−1}).
  m_t := β·m_{t−1} + (1 − β)·g_t,
  w_t := w_{t−1} − η·m_t
wobei η > 0 die Schrittweite ist.
""", AveragedMomentum),
        new("notes in French", "P=w H=η:0.1", "Règle de mise à jour : w ← w − η ∇f(w), avec η = 0,1.", Descent),
        new("notes with decimal commas", "P=w S=v H=η:0.1", "v = 0,9 v + g\nw = w − η v", (s, w, g, t, h) => { s[0] = (0.9 * s[0]) + g; return w - (h[0] * s[0]); }),
        new("word processor, linear", PaperRoles, """
m_t=β_1 m_(t-1)+(1-β_1 ) g_t
v_t=β_2 v_(t-1)+(1-β_2 ) g_t^2
m ̂_t=m_t/(1-β_1^t )
v ̂_t=v_t/(1-β_2^t )
θ_t=θ_(t-1)-α m ̂_t/(√(v ̂_t )+ε)
""", Adam),
        new("word processor, invisible brackets", "P=w S=v H=η:0.1,μ:0.9", "v_t=μ〖v〗_(t-1)+g_t\nw_t=w_(t-1)-η〖v〗_t", HeavyBall),
        new("page of a PDF, lost subscripts", PaperRoles, "mt ← β1 · mt−1 + (1 − β1) · gt\nθt ← θt−1 − α · mt", AveragedMomentum),
        new("page of a PDF, other minus and stars", "P=w S=v H=η:0.1,μ:0.9", "v ← μ∗v ＋ g\nw ← w ﹣ η∗v", HeavyBall),
        new("page of a PDF, ligatures", "P=w H=coefficient:0.1", "w = w − coeﬃcient · g", Descent),
        new("page of a PDF, soft hyphens", "P=w S=velocity H=momentum:0.9,η:0.1", "velo\u00ADcity = momen\u00ADtum · velocity + g\nw = w − η · velocity", (s, w, g, t, h) => { s[0] = (h[0] * s[0]) + g; return w - (h[1] * s[0]); }),
        new("page of a PDF, zero width", "P=w H=η:0.1", "w\u200B = w\u2060 − η\u200D g\uFEFF", Descent),
        new("page of a PDF, epsilon of an old font", PaperRoles, "m ← β_1 m + (1−β_1) g; v ← β_2 v + (1−β_2) g²; θ ← θ − α m/(√v + ǫ)", AdamUncorrected),
        new("page of a PDF, primes", "P=w H=η:0.1", "g' = g/(1+|g|)\nw = w − η g′", (s, w, g, t, h) => w - (h[0] * g / (1 + Math.Abs(g)))),
        new("encyclopedia's alternative text", "P=w S=v H=η:0.1,γ:0.9,ε:1e-6", """
{\displaystyle v(w,t):=\gamma v(w,t-1)+\left(1-\gamma \right)\left(\nabla Q_{i}(w)\right)^{2}}
{\displaystyle w:=w-{\frac {\eta }{\sqrt {v(w,t)+\varepsilon }}}\nabla Q_{i}(w)}
""", RmsPropInside),
        new("encyclopedia's Adam", "P=w S=m_w,v_w H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", """
{\displaystyle m_{w}^{(t)}:=\beta _{1}m_{w}^{(t-1)}+\left(1-\beta _{1}\right)\nabla _{w}L^{(t-1)}}
{\displaystyle v_{w}^{(t)}:=\beta _{2}v_{w}^{(t-1)}+\left(1-\beta _{2}\right)\left(\nabla _{w}L^{(t-1)}\right)^{2}}
{\displaystyle {\hat {m}}_{w}={\frac {m_{w}^{(t)}}{1-\beta _{1}^{t}}}}
{\displaystyle {\hat {v}}_{w}={\frac {v_{w}^{(t)}}{1-\beta _{2}^{t}}}}
{\displaystyle w^{(t)}:=w^{(t-1)}-\eta {\frac {{\hat {m}}_{w}}{{\sqrt {{\hat {v}}_{w}}}+\varepsilon }}}
""", Adam),
        new("encyclopedia's momentum", "P=w S=Δw H=η:0.1,α:0.9", """
{\displaystyle \Delta w:=\alpha \Delta w-\eta \,\nabla Q_{i}(w)}
{\displaystyle w:=w+\Delta w}
""", InnerMomentum),
        new("HTML", "P=w S=v H=η:0.1,β_1:0.9", "v<sub>t</sub> = &beta;<sub>1</sub>v<sub>t&minus;1</sub> + g<sub>t</sub><br>\nw<sub>t</sub> = w<sub>t&minus;1</sub> &minus; &eta;&middot;v<sub>t</sub>", HeavyBall),
        new("HTML, entities", "P=w S=v H=η:0.1,μ:0.9", "v = &mu;&nbsp;v + g\nw = w &#8722; &eta; v", HeavyBall),
        new("Markdown", "P=w S=v H=η:0.1,μ:0.9", "**Momentum update:**\n\n$$ v = \\mu v + g $$\n\n> $w = w - \\eta v$\n\nwhere $\\mu$ is the *momentum*.", HeavyBall),
        new("Markdown table", "P=w H=η:0.1", "| method | rule |\n|---|---|\n| SGD | $w \\leftarrow w - \\eta g$ |", Descent),
        new("ASCII mathematics", "P=θ S=m H=α:0.1,β:0.9", "m_(t) = β m_(t-1) + (1-β) g_(t)\nθ_(t+1) = θ_(t) - α m_(t)", AveragedMomentum),
        new("ASCII mathematics in back quotes", "P=theta S=m H=alpha:0.1,beta:0.9", "`m_t = beta*m_(t-1) + (1-beta)*g_t`\n`theta_t = theta_(t-1) - alpha*m_t`", AveragedMomentum),
        new("MathML as text", "P=w S=v H=η:0.1,μ:0.9", "v t = μ v t − 1 + g t\nw t = w t − 1 − η v t", HeavyBall) { Advice = "if subscripts were lost in copying, write v_{t}", Mended = "v_t = μ v_{t − 1} + g_t\nw_t = w_{t − 1} − η v_t" },
        new("Unicode mathematics", "P=𝒘 S=𝒗 H=𝜂:0.1,𝛽:0.9", "𝒗ₜ = 𝛽𝒗ₜ₋₁ + 𝒈ₜ\n𝒘ₜ = 𝒘ₜ₋₁ − 𝜂𝒗ₜ", HeavyBall),
        new("question-and-answer page", "P=w S=m H=lr:0.1,b:0.9", "m(t) = b * m(t-1) + (1 - b) * g(t)   // first moment\nw(t) = w(t-1) - lr * m(t)             // update", AveragedMomentum),
        new("slide with arrows", "P=w H=η:0.1", "• w ⟵ w − η·∇L(w)", Descent),
        new("slide with boxes", "P=w S=v H=α:0.1,ρ:0.9", "▪ v_{t+1} = ρ v_t + ∇f(x_t)\n▪ x_{t+1} = x_t − α v_{t+1}", HeavyBall) { Roles = "P=x S=v H=α:0.1,ρ:0.9" },
        new("Julia", "P=x G=dx S=m,v H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
@. m = β1 * m + (1 - β1) * dx
@. v = β2 * v + (1 - β2) * dx^2
@. x -= η * (m / (1 - β1^t)) / (sqrt(v / (1 - β2^t)) + ϵ)
""", Adam),
        new("Julia, dotted signs", "P=x G=dx S=m,v H=η:0.01,β1:0.9,β2:0.99,ϵ:1e-6", """
m .= β1 .* m .+ (1 .- β1) .* dx
v .= β2 .* v .+ (1 .- β2) .* dx .^ 2
x .-= η .* (m ./ (1 - β1^t)) ./ (sqrt.(v ./ (1 - β2^t)) .+ ϵ)
""", Adam),
        new("MATLAB", "P=theta G=grad S=m,v H=alpha:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
% Adam update
m = beta1.*m + (1 - beta1).*grad;      % first moment
v = beta2.*v + (1 - beta2).*(grad.^2); % second moment
mHat = m./(1 - beta1^t);
vHat = v./(1 - beta2^t);
theta = theta - alpha.*mHat./(sqrt(vHat) + epsilon);
""", Adam),
        new("R", "P=w S=v H=lr:0.1,mu:0.9", "v <- mu * v + g\nw <- w - lr * v", HeavyBall),
        new("C", "P=w G=g S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
for (int i = 0; i < n; i++) {
    m[i] = b1 * m[i] + (1.0f - b1) * g[i];
    v[i] = b2 * v[i] + (1.0f - b2) * g[i] * g[i];
    float mhat = m[i] / (1.0f - powf(b1, t));
    float vhat = v[i] / (1.0f - powf(b2, t));
    w[i] -= lr * mhat / (sqrtf(vhat) + eps);
}
""", Adam),
        new("C++", "P=w S=v H=lr:0.1,rho:0.9,eps:1e-6", "v = rho * v + (1.0 - rho) * g * g;\nw -= lr * g / (std::sqrt(v) + eps);", RmsProp),
        new("C#", "P=w S=v H=lr:0.1,rho:0.9,eps:1e-6", "v = rho * v + (1 - rho) * g * g;\nvar step = lr * g / (MathF.Sqrt(v) + eps);\nw -= step;", RmsProp),
        new("JavaScript", "P=w G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
const b1t = 1 - Math.pow(beta1, t);
const b2t = 1 - Math.pow(beta2, t);
m = beta1 * m + (1 - beta1) * grad;
v = beta2 * v + (1 - beta2) * grad * grad;
w -= lr * (m / b1t) / (Math.sqrt(v / b2t) + eps);
""", Adam),
        new("Rust", "P=w S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
let m_hat = m / (1.0 - beta1.powi(t));
""", Adam) { Text = """
m = beta1 * m + (1.0 - beta1) * g;
v = beta2 * v + (1.0 - beta2) * g * g;
let m_hat = m / (1.0 - beta1.powi(t));
let v_hat = v / (1.0 - beta2.powi(t));
w = w - lr * m_hat / (v_hat.sqrt() + eps);
""" },
        new("Go", "P=w G=grad S=cache H=lr:0.1,eps:1e-6", "cache += grad * grad\nw -= lr * grad / (math.Sqrt(cache) + eps)", AdaGrad),
        new("Python, helper in a line", "P=w H=lr:0.1", "squash = lambda x: x / (1 + abs(x))\nw = w - lr * squash(g)", (s, w, g, t, h) => w - (h[0] * g / (1 + Math.Abs(g)))),
        new("Python, helper in two lines", "P=w H=lr:0.1", "def squash(x):\n    return x / (1 + np.abs(x))\n\nw = w - lr * squash(g)", (s, w, g, t, h) => w - (h[0] * g / (1 + Math.Abs(g)))),
        new("Python, power function", PaperRoles, "m = β_1 * m + (1 - β_1) * g\nv = β_2 * v + (1 - β_2) * np.power(g, 2)\nθ = θ - α * m / (np.power(v, 0.5) + ε)", AdamUncorrected),
        new("Python, where", "P=w H=lr:0.1,c:0.5", "w = w - lr * np.where(np.abs(g) > c, c * np.sign(g), g)", (s, w, g, t, h) => w - (h[0] * Math.Clamp(g, -h[1], h[1]))),
        new("Python, continued lines", "P=w S=v H=lr:0.1,mu:0.9", "v = mu * v \\\n    + g\nw = w \\\n    - lr * v", HeavyBall),
        new("Python, types", "P=w S=v H=lr:0.1,mu:0.9", "v = mu * v + g.astype(np.float32)\nw = w - lr * v", HeavyBall),
        new("Python, several on a line", "P=w S=v H=lr:0.1,mu:0.9", "v = mu*v + g; w -= lr*v", HeavyBall),
        new("Python, session", "P=w S=v H=lr:0.1,mu:0.9", ">>> v = mu * v + g\n>>> w = w - lr * v", HeavyBall),
        new("Python, attributes", "P=w S=v H=lr:0.1,mu:0.9", "self.v = self.mu * self.v + g\nself.w -= self.lr * self.v", HeavyBall),
        new("Python, dictionaries", "P=W1 G=dW1 S=v H=lr:0.1,mu:0.9", "v['W1'] = mu * v['W1'] + grads['W1']\nparams['W1'] -= lr * v['W1']", HeavyBall) { Roles = "P=params G=grads S=v H=lr:0.1,mu:0.9" },
        new("Python, dictionary by key", "P=params G=grads S=v H=lr:0.1,momentum:0.9", """
for key in params.keys():
    self.v[key] = self.momentum*self.v[key] - self.lr*grads[key]
    params[key] += self.v[key]
""", InnerMomentum),
        new("Python, dictionary AdaGrad", "P=params G=grads S=h H=lr:0.1", """
for key in params.keys():
    self.h[key] += grads[key] * grads[key]
    params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
""", (s, w, g, t, h) => { s[0] += g * g; return w - (h[0] * g / (Math.Sqrt(s[0]) + 1e-7)); }),
        new("Python, iteration counter", "P=w S=m,v T=self.iter H=lr:0.01,beta1:0.9,beta2:0.99", """
self.iter += 1
lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)
self.m += (1 - self.beta1) * (g - self.m)
self.v += (1 - self.beta2) * (g**2 - self.v)
w -= lr_t * self.m / (np.sqrt(self.v) + 1e-7)
""", (s, w, g, t, h) => AdamFoldedRate(s, w, g, t, [h[0], h[1], h[2], 1e-7])) { Roles = "P=w S=m,v T=iter H=lr:0.01,beta1:0.9,beta2:0.99" },
        new("pseudocode, let", "P=w S=m H=η:0.1,β:0.9", "let m ← β·m + (1−β)·g\nset w ← w − η·m", AveragedMomentum),
        new("pseudocode, begin and end", "P=w S=m H=η:0.1,β:0.9", "procedure UPDATE(w, g)\nbegin\n  m := β*m + (1-β)*g;\n  w := w - η*m;\nend", AveragedMomentum),
        new("pseudocode, numbered choice", "P=w S=m H=η:0.1,β:0.9", """
1: if t = 1 then
2:   m ← g
3: else
4:   m ← β m + (1−β) g
5: end if
6: w ← w − η m
""", (s, w, g, t, h) => { s[0] = t == 1 ? g : (h[1] * s[0]) + ((1 - h[1]) * g); return w - (h[0] * s[0]); }),
        new("statistics: normalised by deviation", "P=w H=η:0.1,ε:1e-3", "w = w − η g / (std(g) + ε)", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / (Math.Sqrt(g.Average(y => (y - g.Average()) * (y - g.Average()))) + h[1])))),
        new("statistics: root mean square", "P=w H=η:0.1,ε:1e-3", @"w = w - \eta \frac{g}{\operatorname{RMS}(g) + \epsilon}", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / (Math.Sqrt(g.Average(y => y * y)) + h[1])))),
        new("statistics: centred gradient", "P=w H=η:0.1", @"w_t = w_{t-1} - \eta\,(g_t - \operatorname{mean}(g_t))", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * (g[i] - g.Average())))),
        new("statistics: fourth norm", "P=w H=η:0.1", @"w = w - \eta\, g / \|g\|_4", (s, w, g, t, h) => Each(w, (x, i) => x - (h[0] * g[i] / Math.Pow(g.Sum(y => y * y * y * y), 0.25)))),
    ];
}
