namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>Further notations of the same methods: other letters, layouts and sources.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_notations =
    [
        new("descent, Greek gradient", "P=θ G=δ H=α:0.1", @"\theta_{t+1} = \theta_t - \alpha\,\delta_t", Descent),
        new("descent, semicolons", "P=w H=η:0.1", "w ← w − η∇f(w);", Descent),
        new("descent, display mathematics", "P=x T=k H=α:0.1", @"\[
x_{k+1} = x_k - \alpha \nabla f(x_k).
\]", Descent),
        new("descent, source of documentation", "P=w H=lr:0.1", ".. math::\n\n    w_{t+1} = w_t - lr \\cdot g_t", Descent),
        new("descent, code fence", "P=w G=grad H=lr:0.1", "```python\nw = w - lr * grad\n```", Descent),
        new("descent, table row", "P=w H=η:0.1", @"w_{t+1} &= w_t - \eta g_t &&\text{(gradient descent)}", Descent),
        new("descent, definition sign", "P=w H=η:0.1", "w_{t+1} ≜ w_t − η g_t", Descent),
        new("descent, stacked sign", "P=w H=η:0.1", @"w_{t+1} \stackrel{\text{def}}{=} w_t - \eta g_t", Descent),
        new("descent, subscript in Unicode", "P=θ H=η:0.1", "θₜ₊₁ = θₜ − ηgₜ", Descent),
        new("descent, mathematical letters", "P=θ H=η:0.1", "𝜃 = 𝜃 − 𝜂𝑔", Descent),
        new("descent, function in front of a gradient", "P=w H=η:0.1", @"w \gets w - \eta\,\nabla_w \ell(f(x; w), y)", Descent),
        new("descent, loss of a batch", "P=θ H=η:0.1", @"\theta \gets \theta - \eta \nabla_\theta \mathcal{L}_{\mathcal{B}_t}(\theta)", Descent),
        new("descent, letters of a paste without subscripts", "P=θ H=η:0.1", "θ = θ − ηgt", Descent) { Advice = "if a subscript was lost in copying", Mended = "θ = θ − ηg_t" },
        new("descent, two letters of one name", "P=w H=η:0.1", "w = w − η∇f(u)", Descent) { Advice = "here it is taken at u" },
        new("descent with decay, distributed", "P=w H=η:0.1,λ:0.01", @"w_{t+1} = (1 - \eta\lambda) w_t - \eta g_t", DescentWithDecay),
        new("descent with decay, regularised gradient", "P=w H=η:0.1,λ:0.01", "1. g ← ∇f(w) + λw\n2. w ← w − ηg", DescentWithDecay),
        new("descent with decay, library names", "P=p G=d_p H=lr:0.1,weight_decay:0.01", "d_p = d_p + weight_decay * p\np = p - lr * d_p", DescentWithDecay),
        new("descent, rate of an iteration", "P=w T=k H=η:0.1", "for k = 1, 2, 3, … do\n  η_k ← η / \\sqrt{k}\n  w_{k+1} ← w_k − η_k g_k\nend for", DescentRootDecay),
        new("sign, of a derivative", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta\,\operatorname{sgn}\left(\frac{\partial L}{\partial w_t}\right)", Sign),
        new("sign, capital", "P=w H=η:0.1", "w = w − η Sign(g)", Sign),
        new("heavy ball, boldface", "P=\\mathbf{x} S=\\mathbf{v} H=η:0.1,β:0.9", @"\mathbf{v}_t \leftarrow \beta \mathbf{v}_{t-1} + \mathbf{g}_{t}, \\
\mathbf{x}_t \leftarrow \mathbf{x}_{t-1} - \eta \mathbf{v}_t.", HeavyBall),
        new("heavy ball, bars over letters", "P=θ S=\\bar{m} H=η:0.1,β:0.9", @"\overline{m}_t = \beta\,\overline{m}_{t-1} + g_t
\theta_t = \theta_{t-1} - \eta\,\overline{m}_t", HeavyBall),
        new("heavy ball, joined by and", "P=w S=v H=η:0.1,μ:0.9", "v_t = μ v_{t-1} + g_t and w_t = w_{t-1} − η v_t", HeavyBall),
        new("heavy ball, requirements behind the loop", "P=w S=v H=η:0.1,μ:0.9", "Algorithm 2 Momentum\nwhile not converged do\n  v ← μ v + g  // velocity\n  w ← w − η v  // parameters\nend while\nOutput: w", HeavyBall),
        new("momentum, inertia and force", "P=x S=v H=h:0.1,γ:0.9", @"v_{k+1} = \gamma v_k - h\,\nabla f(x_k), \quad x_{k+1} = x_k + v_{k+1}", InnerMomentum) { Roles = "P=x T=k S=v H=h:0.1,γ:0.9" },
        new("momentum, change with a sign", "P=w S=Δw H=ε:0.1,α:0.9", @"\Delta w^{t} = -\varepsilon \frac{\partial E}{\partial w^{t}} + \alpha\,\Delta w^{t-1}
w^{t+1} = w^t + \Delta w^t", InnerMomentum),
        new("RMSProp, sentences", "P=w S=s H=η:0.1,γ:0.9,ε:1e-6", "We keep a leaky average of squared gradients: s_t = γ s_{t-1} + (1-γ) g_t².\nThe weights are then updated as follows: w_t = w_{t-1} − η g_t / (√s_t + ε)", RmsProp),
        new("RMSProp, times in text", "P=w S=r H=η:0.1,γ:0.9,ε:1e-6", "r(t) := γ r(t-1) + (1-γ) g(t)²\nw(t) := w(t-1) − η g(t) / (sqrt(r(t)) + ε)", RmsProp),
        new("AdaGrad, trace of squares", "P=w S=\\text{accum} H=lr:0.1,eps:1e-6", @"\text{accum}_t = \text{accum}_{t-1} + g_t^2
w_t = w_{t-1} - \text{lr}\,\frac{g_t}{\sqrt{\text{accum}_t} + \text{eps}}", AdaGrad),
        new("AdaGrad, words for the rate", "P=x S=h H=learning\\_rate:0.1,ε:1e-6", @"h \leftarrow h + \nabla f(x) \odot \nabla f(x)
x \leftarrow x - learning\_rate \cdot \frac{1}{\sqrt{h} + \epsilon} \cdot \nabla f(x)", AdaGrad),
        new("Adam, slashes of brackets", AdamRoles, @"m_t = \beta_1 m_{t-1} + (1-\beta_1)g_t
v_t = \beta_2 v_{t-1} + (1-\beta_2)g_t^2
\theta_t = \theta_{t-1} - \alpha\left.\frac{m_t}{1-\beta_1^t}\middle/\left(\sqrt{\frac{v_t}{1-\beta_2^t}} + \epsilon\right)\right.", Adam),
        new("Adam, Unicode", AdamRoles, "mₜ = β₁mₜ₋₁ + (1 − β₁)gₜ\nvₜ = β₂vₜ₋₁ + (1 − β₂)gₜ²\nm̂ₜ = mₜ / (1 − β₁ᵗ)\nv̂ₜ = vₜ / (1 − β₂ᵗ)\nθₜ = θₜ₋₁ − α·m̂ₜ / (√v̂ₜ + ε)", Adam),
        new("Adam, capital letters", "P=W S=M,V H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", "M ← β_1 M + (1 − β_1) G\nV ← β_2 V + (1 − β_2) G^{2}\nW ← W − α M/(1−β_1^t) / (√(V/(1−β_2^t)) + ε)", Adam) { Roles = "P=W G=G S=M,V H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6" },
        new("Adam, requirements in one line", AdamRoles, "Input: α = 0.01, β_1 = 0.9, β_2 = 0.99, ε = 1e-6\nInitialize: m_0 = 0, v_0 = 0, t = 0\nwhile not converged:\n  t = t + 1\n  m_t = β_1 m_{t-1} + (1-β_1) g_t\n  v_t = β_2 v_{t-1} + (1-β_2) g_t²\n  θ_t = θ_{t-1} − α (m_t / (1-β_1^t)) / (√(v_t / (1-β_2^t)) + ε)", Adam),
        new("Adam, numbered equations", AdamRoles, "m_t = β_1 m_{t−1} + (1 − β_1) g_t   (1)\nv_t = β_2 v_{t−1} + (1 − β_2) g_t^2   (2)\nθ_{t+1} = θ_t − \\frac{α}{\\sqrt{v_t} + ε} m_t   (3)", AdamUncorrected),
        new("AMSGrad, joined statements", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t; v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\hat{v}_t = \max\{\hat{v}_{t-1}, v_t\}, \quad x_{t+1} = x_t - \alpha \frac{m_t}{\sqrt{\hat{v}_t} + \epsilon}", AmsGrad),
        new("AMSGrad, library spelling", "P=w S=m,v,vhat H=lr:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", "m = beta_1 * m + (1 - beta_1) * g\nv = beta_2 * v + (1 - beta_2) * K.square(g)\nvhat = K.maximum(vhat, v)\nw = w - lr * m / (K.sqrt(vhat) + epsilon)", AmsGrad),
        new("Lion, arrow of another kind", "P=w S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", "c <- β_1 m + (1 - β_1) g\nw <- w - η (sign(c) + λ w)\nm <- β_2 m + (1 - β_2) g", Lion),
        new("averaged descent, bars", "P=w S=\\bar{w} H=η:0.1", @"w_{t} \gets w_{t-1} - \eta \nabla f(w_{t-1})
\bar w_{t} \gets \left(1 - \tfrac{1}{t}\right)\bar w_{t-1} + \tfrac1t w_{t}", Averaged),
    ];
}
