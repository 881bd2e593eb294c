namespace OptDsl.Generators.Tests.Formulas.Printed;

internal static partial class PrintedRules
{
    private static double Descent(double[] s, double w, double g, double t, double[] h) => w - (h[0] * g);

    private static double DescentWithDecay(double[] s, double w, double g, double t, double[] h) => w - (h[0] * (g + (h[1] * w)));

    private static double DescentRootDecay(double[] s, double w, double g, double t, double[] h) => w - (h[0] / Math.Sqrt(t) * g);

    private static double Sign(double[] s, double w, double g, double t, double[] h) => w - (h[0] * Math.Sign(g));

    private static double HeavyBall(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + g;
        return w - (h[0] * s[0]);
    }

    private static double InnerMomentum(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) - (h[0] * g);
        return w + s[0];
    }

    private static double AveragedMomentum(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        return w - (h[0] * s[0]);
    }

    private static double NesterovWithBuffer(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + g;
        return w - (h[0] * (g + (h[1] * s[0])));
    }

    private static double NesterovNotes(double[] s, double w, double g, double t, double[] h)
    {
        var before = s[0];
        s[0] = (h[1] * s[0]) - (h[0] * g);
        return w - (h[1] * before) + ((1 + h[1]) * s[0]);
    }

    private static readonly PrintedRule[] s_descent =
    [
        new("descent, plain", "H=η:0.1", "W = W - η g", Descent),
        new("descent, textbook", "P=θ H=η:0.1", @"\theta = \theta - \eta \cdot \nabla_\theta J( \theta)", Descent),
        new("descent, per example", "P=θ H=η:0.1", @"\theta = \theta - \eta \cdot \nabla_\theta J( \theta; x^{(i)}; y^{(i)})", Descent),
        new("descent, a range of examples", "P=θ H=η:0.1", @"\theta = \theta - \eta \cdot \nabla_\theta J( \theta; x^{(i:i+n)}; y^{(i:i+n)})", Descent),
        new("descent, upper step", "P=x T=k H=α:0.1", @"x^{k+1} = x^k - \alpha \nabla f(x^k)", Descent),
        new("descent, upper step in brackets", "P=x T=k H=α:0.1", @"\mathbf{x}^{(k+1)} := \mathbf{x}^{(k)} - \alpha\, \nabla f\left(\mathbf{x}^{(k)}\right)", Descent),
        new("descent, functional time", "P=w H=η:0.1", "w(t+1) = w(t) - η ∇E(w(t))", Descent),
        new("descent, arrow", "P=w H=η:0.1", @"w \leftarrow w - \eta \frac{\partial L}{\partial w}", Descent),
        new("descent, partial derivative in a line", "P=w H=η:0.1", "w := w − η ∂J/∂w", Descent),
        new("descent, derivative of a function", "P=θ H=α:0.1", @"\theta_j := \theta_j - \alpha \frac{\partial}{\partial \theta_j} J(\theta)", Descent),
        new("descent, layers", "P=W^{[l]} G=dW^{[l]} H=α:0.1", @"W^{[l]} = W^{[l]} - \alpha \text{ } dW^{[l]}", Descent),
        new("descent, notebook", "P=x G=dx H=learning_rate:0.1", "# vanilla update\nx += - learning_rate * dx", Descent),
        new("descent, in place", "P=param G=grad H=lr:0.1", "param -= lr * grad", Descent),
        new("descent, mini-batch", "P=w G=g H=η:0.1", "Sample a mini-batch B_t of size m\ng_t ← (1/m) Σ_{i∈B_t} ∇ℓ_i(w_t)\nw_{t+1} ← w_t − η g_t", Descent),
        new("descent, loop on one line", "P=w H=η:0.1", "for t = 1, 2, … do w ← w − η∇f(w)", Descent),
        new("descent, repeat until", "P=w H=η:0.1", "repeat\n  w ← w − η ∇f(w)\nuntil convergence", Descent),
        new("descent, of the loss in calligraphic", "P=θ H=η:0.1", @"\boldsymbol{\theta}_{t+1} = \boldsymbol{\theta}_t - \eta\nabla\mathcal{L}(\boldsymbol{\theta}_t) \tag{2.1}\label{eq:gd}", Descent),
        new("descent, evaluated", "P=w H=η:0.1", @"w_{t+1} = w_t - \eta \left.\frac{\partial L}{\partial w}\right|_{w_t}", Descent),
        new("descent, elements", "P=w H=η:0.1", "w_i = w_i - η g_i", Descent),
        new("descent, at another point", "P=w H=η:0.1", "w = w - η ∇f(z)", Descent) { Advice = "here it is taken at z", Mended = "w = w - η ∇f(w)" },
        new("descent, decay coupled", "P=θ H=η:0.1,λ:0.01", @"\theta_t \leftarrow \theta_{t-1} - \eta\,(g_t + \lambda\,\theta_{t-1}) \qquad (7)", DescentWithDecay),
        new("descent, decay in two lines", "P=W H=η:0.1,λ:0.01", "g_t ← g_t + λ W_{t-1}\nW_t ← W_{t-1} − η g_t", DescentWithDecay),
        new("descent, decay of a name in words", "P=w H=lr:0.1,weight_decay:0.01", "w = w - lr * (g + weight_decay * w)", DescentWithDecay),
        new("descent, decay, escaped words", "P=w H=\\text{lr}:0.1,weight\\_decay:0.01", @"w_t = w_{t-1} - \text{lr}\,(g_t + \text{weight\_decay}\cdot w_{t-1})", DescentWithDecay),
        new("descent, falling rate", "P=x H=η:0.1", @"\eta_t = \frac{\eta}{\sqrt{t}}, \quad x_{t+1} = x_t - \eta_t \nabla f_t(x_t)", DescentRootDecay),
        new("descent, falling rate as a function", "P=x H=η_0:0.1", "η(t) = η_0 / √t\nx = x − η(t) g", DescentRootDecay),
        new("descent, rate of the step and the point", "P=x H=c:0.1", "r(x, t) = c / sqrt(t)\nx = x - r(x, t) * g", DescentRootDecay),
        new("sign", "P=x H=δ:0.1", @"x_{k+1} \gets x_k - \delta\, \text{sign}(g_k)", Sign) { Roles = "P=x T=k H=δ:0.1" },
        new("sign, old typeface", "P=x T=k H=δ:0.1", @"x_{k+1} = x_k - \delta\,{\rm sign}(g_k)", Sign),
        new("sign, abbreviated", "P=w H=η:0.1", "w_{t+1} = w_t − η sgn(∇f(w_t))", Sign),
        new("sign, array library", "P=w G=grad H=lr:0.1", "w -= lr * np.sign(grad)", Sign),
    ];

    private static readonly PrintedRule[] s_momentum =
    [
        new("heavy ball, plain", "S=v H=η:0.1,μ:0.9", "v = μv + g\nW = W - ηv", HeavyBall),
        new("heavy ball, documentation", "P=p S=v H=lr:0.1,μ:0.9", @"\begin{aligned}
                v_{t+1} & = \mu * v_{t} + g_{t+1}, \\
                p_{t+1} & = p_{t} - \text{lr} * v_{t+1},
            \end{aligned}", HeavyBall),
        new("heavy ball, listing", "P=θ S=b H=γ:0.1,μ:0.9", @"&\rule{110mm}{0.4pt} \\
            &\textbf{input} : \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)}, \: \mu \text{ (momentum)} \\[-1.ex]
            &\rule{110mm}{0.4pt} \\
            &\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
            &\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
            &\hspace{5mm}\textbf{b}_t \leftarrow \mu \textbf{b}_{t-1} + g_t \\
            &\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \gamma \textbf{b}_t \\[-1.ex]
            &\bf{return} \: \theta_t \\[-1.ex]", HeavyBall),
        new("heavy ball, brackets", "P=w S=v H=η:0.1,μ:0.9", "v[t] = μ v[t-1] + g[t]\nw[t] = w[t-1] - η v[t]", HeavyBall),
        new("heavy ball, function of time", "P=w S=v H=η:0.1,μ:0.9", "v(t) = μ v(t−1) + g(t)\nw(t) = w(t−1) − η v(t)", HeavyBall),
        new("heavy ball, upper steps", "P=w S=v T=k H=η:0.1,μ:0.9", "v^{k+1} = μ v^k + ∇f(w^k)\nw^{k+1} = w^k − η v^{k+1}", HeavyBall),
        new("heavy ball, loss with a time", "P=w S=v H=η:0.1,μ:0.9", @"v_t = \mu v_{t-1} + \nabla_w L^{(t)}, \qquad
w_t = w_{t-1} - \eta v_t", HeavyBall),
        new("heavy ball, layers", "P=W S=v_{dW} G=dW H=α:0.1,β:0.9", @"v_{dW^{[l]}} = \beta v_{dW^{[l]}} + dW^{[l]}
W^{[l]} = W^{[l]} - \alpha v_{dW^{[l]}}", HeavyBall),
        new("heavy ball, state by its name", "P=w G=grad S=velocity H=lr:0.1,momentum:0.9", "velocity = momentum * velocity + grad\nw = w - lr * velocity", HeavyBall),
        new("heavy ball, numbered", "P=θ S=m H=η:0.1,β:0.9", "1: m ← βm + ∇f(θ)\n2: θ ← θ − ηm", HeavyBall),
        new("heavy ball, markdown list", "P=θ S=m H=η:0.1,β:0.9", "* $m = \\beta m + g$\n* $\\theta = \\theta - \\eta m$", HeavyBall),
        new("heavy ball, sentences", "P=θ S=m H=η:0.1,β:0.9", "First accumulate the momentum: m_t = β m_{t-1} + g_t. \nThen update the parameters: θ_t = θ_{t-1} − η m_t, where η is the learning rate.", HeavyBall),
        new("heavy ball, broken lines", "P=θ S=m H=η:0.1,β:0.9", @"m_t &= \beta
   m_{t-1}
   + g_t \\
\theta_t &= \theta_{t-1}
   - \eta
   m_t", HeavyBall),
        new("heavy ball, reset first", "P=w S=v H=η:0.1,μ:0.9", "v = 0\nfor t = 1 to T:\n    v = μ v + g\n    w = w − η v", HeavyBall),
        new("heavy ball, packages", "P=w S=v H=η:0.1,μ:0.9", @"\begin{algorithm}[t]
\caption{SGD with momentum}
\label{alg:sgdm}
\begin{algorithmic}[1]
\REQUIRE learning rate $\eta > 0$, momentum $\mu \in [0,1)$
\STATE $v_0 \gets 0$
\FOR{$t=1$ to $T$}
\STATE $v_t \gets \mu v_{t-1} + g_t$ \COMMENT{accumulate}
\STATE $w_t \gets w_{t-1} - \eta v_t$
\ENDFOR
\RETURN $w_T$
\end{algorithmic}
\end{algorithm}", HeavyBall),
        new("heavy ball, another package", "P=w S=v H=η:0.1,μ:0.9", @"\KwIn{rate $\eta$, momentum $\mu$}
\KwOut{weights $w$}
$v \leftarrow \mu v + g$ \tcp*{velocity}
$w \leftarrow w - \eta v$\;", HeavyBall),
        new("momentum with the rate inside", "P=x G=dx S=v H=learning_rate:0.1,mu:0.9", "v = mu * v - learning_rate * dx # integrate velocity\nx += v # integrate position", InnerMomentum),
        new("momentum as a change", "P=x S=Δx H=η:0.1,ρ:0.9", @"\Delta x_t = \rho \Delta x_{t-1} - \eta g_t
x_{t+1} = x_t + \Delta x_t", InnerMomentum),
        new("momentum as a change, Unicode", "P=w S=Δw H=η:0.1,α:0.9", "Δw ← αΔw − η∇Q(w)\nw ← w + Δw", InnerMomentum),
        new("momentum as a change, functional", "P=w S=Δw H=η:0.1,α:0.9", "Δw(t) = -η ∂E/∂w(t) + α Δw(t-1)\nw(t+1) = w(t) + Δw(t)", InnerMomentum),
        new("momentum, average", "P=θ S=v H=α:0.1,β:0.9", @"v_{t} = \beta v_{t-1} + (1-\beta)\nabla_\theta J(\theta_{t-1}) \\
\theta_t = \theta_{t-1} - \alpha v_t", AveragedMomentum),
        new("momentum, average with brackets in text", "P=θ S=m H=α:0.1,β:0.9", @"m_t = \beta m_{t-1} + (1-\beta) g_t \text{ (first moment)}
\theta_t = \theta_{t-1} - \alpha m_t \text{ (update)}", AveragedMomentum),
        new("momentum, averaged layers", "P=W^{[l]} S=v_{dW^{[l]}} G=dW^{[l]} H=α:0.1,β:0.9", @"\begin{cases}
v_{dW^{[l]}} = \beta v_{dW^{[l]}} + (1 - \beta) dW^{[l]} \\
W^{[l]} = W^{[l]} - \alpha v_{dW^{[l]}}
\end{cases}", AveragedMomentum),
        new("Nesterov, buffer", "P=θ S=b H=γ:0.1,μ:0.9", @"\textbf{b}_t \gets \mu \textbf{b}_{t-1} + g_t
g_t \gets g_t + \mu \textbf{b}_t
\theta_t \gets \theta_{t-1} - \gamma g_t", NesterovWithBuffer),
        new("Nesterov, documentation", "P=w S=v H=η:0.1,μ:0.9", "v_t = μ * v_{t-1} + g_t\nw_t = w_{t-1} - η * (g_t + μ * v_t)", NesterovWithBuffer),
        new("Nesterov, notes", "P=x G=dx S=v H=learning_rate:0.1,mu:0.9", "v_prev = v # back this up\nv = mu * v - learning_rate * dx # velocity update stays the same\nx += -mu * v_prev + (1 + mu) * v # position update changes form", NesterovNotes),
        new("Nesterov, looking ahead", "P=θ S=v H=η:0.1,γ:0.9", @"v_t = \gamma v_{t-1} + \eta \nabla_\theta J( \theta - \gamma v_{t-1} )
\theta = \theta - v_t", NesterovNotes) { Advice = "look ahead" },
        new("Nesterov, two sequences", "P=x S=y T=k H=η:0.1,β:0.9", @"x_{k} = y_{k-1} - \eta\nabla f(y_{k-1})
y_k = x_k + \beta(x_k - x_{k-1})", NesterovNotes) { Advice = "Parameter = \"y\"" },
    ];
}
