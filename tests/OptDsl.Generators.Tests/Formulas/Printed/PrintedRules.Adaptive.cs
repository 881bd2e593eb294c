namespace OptDsl.Generators.Tests.Formulas.Printed;

internal static partial class PrintedRules
{
    private static double AdaGrad(double[] s, double w, double g, double t, double[] h)
    {
        s[0] += g * g;
        return w - (h[0] * g / (Math.Sqrt(s[0]) + h[1]));
    }

    private static double AdaGradInside(double[] s, double w, double g, double t, double[] h)
    {
        s[0] += g * g;
        return w - (h[0] * g / Math.Sqrt(s[0] + h[1]));
    }

    private static double RmsProp(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
        return w - (h[0] * g / (Math.Sqrt(s[0]) + h[2]));
    }

    private static double RmsPropInside(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
        return w - (h[0] * g / Math.Sqrt(s[0] + h[2]));
    }

    private static double RmsPropCentered(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
        s[1] = (h[1] * s[1]) + ((1 - h[1]) * g);
        return w - (h[0] * g / Math.Sqrt(s[0] - (s[1] * s[1]) + h[2]));
    }

    private static double AdaDelta(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[0] * s[0]) + ((1 - h[0]) * g * g);
        var change = -Math.Sqrt(s[1] + h[1]) / Math.Sqrt(s[0] + h[1]) * g;
        s[1] = (h[0] * s[1]) + ((1 - h[0]) * change * change);
        return w + change;
    }

    /// <summary>Hyper-parameters: rate, both decays, ε.</summary>
    private static double Adam(double[] s, double w, double g, double t, double[] h) => w - (h[0] * AdamDirection(s, g, t, h));

    private static double AdamDirection(double[] s, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        return s[0] / (1 - Math.Pow(h[1], t)) / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]);
    }

    private static double AdamUncorrected(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        return w - (h[0] * s[0] / (Math.Sqrt(s[1]) + h[3]));
    }

    private static double AdamFoldedRate(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        return w - (h[0] * Math.Sqrt(1 - Math.Pow(h[2], t)) / (1 - Math.Pow(h[1], t)) * s[0] / (Math.Sqrt(s[1]) + h[3]));
    }

    private static double AdamW(double[] s, double w, double g, double t, double[] h) => w - (h[0] * (AdamDirection(s, g, t, h) + (h[4] * w)));

    private static double AdamCoupled(double[] s, double w, double g, double t, double[] h) => Adam(s, w, g + (h[4] * w), t, h);

    private static double AdaMax(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = Math.Max(h[2] * s[1], Math.Abs(g));
        return w - (h[0] / (1 - Math.Pow(h[1], t)) * s[0] / s[1]);
    }

    private static double AmsGrad(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        s[2] = Math.Max(s[2], s[1]);
        return w - (h[0] * s[0] / (Math.Sqrt(s[2]) + h[3]));
    }

    private static double NAdam(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        var corrected = 1 - Math.Pow(h[1], t);
        return w - (h[0] / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]) * ((h[1] * s[0] / corrected) + ((1 - h[1]) * g / corrected)));
    }

    private static double AdaBelief(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * (g - s[0]) * (g - s[0])) + h[3];
        return w - (h[0] * s[0] / (1 - Math.Pow(h[1], t)) / (Math.Sqrt(s[1] / (1 - Math.Pow(h[2], t))) + h[3]));
    }

    private static double Yogi(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] -= (1 - h[2]) * Math.Sign(s[1] - (g * g)) * g * g;
        return w - (h[0] * s[0] / (Math.Sqrt(s[1]) + h[3]));
    }

    private static double Lion(double[] s, double w, double g, double t, double[] h)
    {
        var c = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[0] = (h[2] * s[0]) + ((1 - h[2]) * g);
        return w - (h[0] * (Math.Sign(c) + (h[3] * w)));
    }

    private static double QuasiHyperbolic(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        return w - (h[0] * (((1 - h[2]) * g) + (h[2] * s[0])));
    }

    private static double Averaged(double[] s, double w, double g, double t, double[] h)
    {
        w -= h[0] * g;
        s[0] += (w - s[0]) / t;
        return w;
    }

    private const string AdamRoles = "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6";

    private static readonly PrintedRule[] s_adaptive =
    [
        new("AdaGrad, plain", "S=v H=η:0.1,ε:1e-6", "v = v + g²\nW = W - ηg / (√v + ε)", AdaGrad),
        new("AdaGrad, notes", "P=x G=dx S=cache H=learning_rate:0.1,eps:1e-6", "# Assume the gradient dx and parameter vector x\ncache += dx**2\nx += - learning_rate * dx / (np.sqrt(cache) + eps)", AdaGrad),
        new("AdaGrad, book listing", "P=θ G=\\boldsymbol{g} S=r H=ε:0.1,δ:1e-6", @"Require: Global learning rate ε
Require: Initial parameter θ
Require: Small constant δ, perhaps 10^{-6}, for numerical stability
Initialize gradient accumulation variable r = 0
while stopping criterion not met do
  Sample a minibatch of m examples from the training set {x^{(1)}, …, x^{(m)}} with corresponding targets y^{(i)}.
  Compute gradient: \boldsymbol{g} ← \frac{1}{m} ∇_θ Σ_i L(f(x^{(i)}; θ), y^{(i)}).
  Accumulate squared gradient: r ← r + \boldsymbol{g} ⊙ \boldsymbol{g}.
  Compute update: Δθ ← −\frac{ε}{δ + \sqrt{r}} ⊙ \boldsymbol{g}. (Division and square root applied element-wise)
  Apply update: θ ← θ + Δθ.
end while", AdaGrad),
        new("AdaGrad, diagonal", "P=θ S=G H=η:0.1,ε:1e-6", @"G_{t} = G_{t-1} + g_t \odot g_t
\theta_{t+1} = \theta_{t} - \dfrac{\eta}{\sqrt{G_{t} + \epsilon}} \odot g_{t}.", AdaGradInside),
        new("AdaGrad, elements", "P=θ S=G H=η:0.1,ε:1e-6", @"G_{t,i} = G_{t-1,i} + g_{t,i}^2
\theta_{t+1, i} = \theta_{t, i} - \dfrac{\eta}{\sqrt{G_{t, i} + \epsilon}} \cdot g_{t, i}", AdaGradInside),
        new("AdaGrad, sum over the past", "P=θ S=s H=η:0.1,ε:1e-6", @"\theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{\epsilon + \sum_{\tau=1}^{t} g_\tau^2}} g_t", AdaGradInside) { Advice = "is a state", Mended = "s = s + g²\n\\theta_{t+1} = \\theta_t - \\frac{\\eta}{\\sqrt{\\epsilon + s}} g_t" },
        new("RMSProp, plain", "S=v H=η:0.1,α:0.9,ε:1e-6", "v = αv + (1-α)g²\nW = W - ηg/(√v + ε)", RmsProp),
        new("RMSProp, notes", "P=x G=dx S=cache H=learning_rate:0.1,decay_rate:0.9,eps:1e-6", "cache = decay_rate * cache + (1 - decay_rate) * dx**2\nx += - learning_rate * dx / (np.sqrt(cache) + eps)", RmsProp),
        new("RMSProp, listing", "P=θ S=v H=γ:0.1,α:0.9,ε:1e-6", @"&\textbf{input} : \alpha \text{ (alpha)}, \: \gamma \text{ (lr)}, \: \theta_0 \text{ (params)}, \: f(\theta) \text{ (objective)} \\
&\textbf{initialize} : v_0 \leftarrow 0 \text{ (square average)} \\[-1.ex]
&\rule{110mm}{0.4pt} \\
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm}g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm}v_t \leftarrow \alpha v_{t-1} + (1 - \alpha) g^2_t \hspace{8mm} \\
&\hspace{5mm}\theta_t \leftarrow \theta_{t-1} - \gamma g_t/ \big(\sqrt{v_t} + \epsilon \big) \hspace{3mm} \\
&\bf{return} \: \theta_t", RmsProp),
        new("RMSProp, expectation", "P=θ S=E[g^2] H=η:0.1,γ:0.9,ε:1e-6", @"E[g^2]_t = \gamma E[g^2]_{t-1} + (1-\gamma) g^2_t
\theta_{t+1} = \theta_{t} - \dfrac{\eta}{\sqrt{E[g^2]_t + \epsilon}} g_{t}", RmsPropInside),
        new("RMSProp, expectation in Unicode", "P=θ S=E[g²] H=η:0.1,ρ:0.9,ε:1e-6", "E[g²]ₜ = ρE[g²]ₜ₋₁ + (1−ρ)gₜ²\nθₜ₊₁ = θₜ − η gₜ / √(E[g²]ₜ + ε)", RmsPropInside),
        new("RMSProp, expectation in blackboard bold", "P=w S=\\mathbb{E}[g^2] H=η:0.1,β:0.9,ε:1e-6", @"\mathbb{E}[g^2]_t = \beta\,\mathbb{E}[g^2]_{t-1} + (1-\beta)\left(\frac{\partial C}{\partial w}\right)^2
w_t = w_{t-1} - \frac{\eta}{\sqrt{\mathbb{E}[g^2]_t + \epsilon}}\,\frac{\partial C}{\partial w}", RmsPropInside),
        new("RMSProp, layers", "P=W S=S_{dW} G=dW H=α:0.1,β:0.9,ε:1e-6", @"S_{dW} = \beta S_{dW} + (1-\beta) dW^2
W = W - \alpha \frac{dW}{\sqrt{S_{dW}} + \epsilon}", RmsProp),
        new("RMSProp, mean square as a word", "P=w S=MeanSquare H=η:0.1,γ:0.9,ε:1e-6", @"\mathrm{MeanSquare}(w, t) = \gamma\,\mathrm{MeanSquare}(w, t-1) + (1-\gamma)\left(\frac{\partial E}{\partial w}\right)^2
w = w - \eta\frac{\partial E}{\partial w} / \sqrt{\mathrm{MeanSquare}(w, t) + \epsilon}", RmsPropInside),
        new("RMSProp, centred", "P=w S=n,\\bar{g} H=η:0.1,ρ:0.9,ε:1e-2", @"n_t = \rho n_{t-1} + (1-\rho) g_t^2
\bar{g}_t = \rho \bar{g}_{t-1} + (1-\rho) g_t
w_t = w_{t-1} - \eta \frac{g_t}{\sqrt{n_t - \bar{g}_t^2 + \epsilon}}", RmsPropCentered),
        new("RMSProp, framework page", "P=w G=gradient S=mean_square H=lr:0.1,rho:0.9,eps:1e-6", "mean_square = rho * mean_square + (1 - rho) * gradient ** 2\nw = w - lr * gradient / (tf.sqrt(mean_square) + eps)", RmsProp),
        new("AdaDelta, paper", "P=x S=E[g^2],E[Δx^2] H=ρ:0.9,ε:1e-6", @"1: Compute Gradient: g_t
2: Accumulate Gradient: E[g^2]_t = \rho E[g^2]_{t-1} + (1-\rho) g_t^2
3: Compute Update: \Delta x_t = -\frac{RMS[\Delta x]_{t-1}}{RMS[g]_t} g_t
4: Accumulate Updates: E[\Delta x^2]_t = \rho E[\Delta x^2]_{t-1} + (1-\rho) \Delta x_t^2
5: Apply Update: x_{t+1} = x_t + \Delta x_t", AdaDelta),
        new("AdaDelta, overview", "P=θ S=E[g^2],E[Δθ^2] H=γ:0.9,ε:1e-6", @"E[g^2]_t = \gamma E[g^2]_{t-1} + (1 - \gamma) g^2_t
RMS[g]_t = \sqrt{E[g^2]_t + \epsilon}
\Delta \theta_t = - \dfrac{\sqrt{E[\Delta \theta^2]_{t-1} + \epsilon}}{RMS[g]_t} g_t
E[\Delta \theta^2]_t = \gamma E[\Delta \theta^2]_{t-1} + (1 - \gamma) \Delta \theta^2_t
\theta_{t+1} = \theta_t + \Delta \theta_t", AdaDelta),
        new("AdaDelta, textbook", "P=x S=s,Δx H=ρ:0.9,ε:1e-6", @"\mathbf{s}_t & = \rho \mathbf{s}_{t-1} + (1 - \rho) \mathbf{g}_t^2, \\
\mathbf{g}_t' & = \frac{\sqrt{\Delta\mathbf{x}_{t-1} + \epsilon}}{\sqrt{{\mathbf{s}_t + \epsilon}}} \odot \mathbf{g}_t, \\
\mathbf{x}_t  & = \mathbf{x}_{t-1} - \mathbf{g}_t', \\
\Delta \mathbf{x}_t & = \rho \Delta\mathbf{x}_{t-1} + (1 - \rho) {\mathbf{g}_t'}^2.", AdaDelta),
        new("AdaDelta, listing", "P=θ S=v,u H=ρ:0.9,ε:1e-6", @"\State $v_t \leftarrow v_{t-1} \rho + g^2_t (1 - \rho)$
\State $\Delta x_t \leftarrow \frac{\sqrt{u_{t-1} + \epsilon }}{ \sqrt{v_t + \epsilon}  }g_t$
\State $u_t \leftarrow u_{t-1} \rho + \Delta x^2_t (1 - \rho)$
\State $\theta_t \leftarrow \theta_{t-1} - \Delta x_t$", AdaDelta),
        new("Adam, plain", "S=m,v H=η:0.01,β₁:0.9,β₂:0.99,ε:1e-6", "m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nm̂ = m/(1-β₁ᵗ)\nv̂ = v/(1-β₂ᵗ)\nW = W - η m̂/(√v̂ + ε)", Adam),
        new("Adam, paper", AdamRoles, @"Require: α: Stepsize
Require: β_1, β_2 ∈ [0, 1): Exponential decay rates for the moment estimates
Require: f(θ): Stochastic objective function with parameters θ
Require: θ_0: Initial parameter vector
m_0 ← 0 (Initialize 1st moment vector)
v_0 ← 0 (Initialize 2nd moment vector)
t ← 0 (Initialize timestep)
while θ_t not converged do
t ← t + 1
g_t ← ∇_θ f_t(θ_{t−1}) (Get gradients w.r.t. stochastic objective at timestep t)
m_t ← β_1 · m_{t−1} + (1 − β_1) · g_t (Update biased first moment estimate)
v_t ← β_2 · v_{t−1} + (1 − β_2) · g_t^2 (Update biased second raw moment estimate)
\hat{m}_t ← m_t/(1 − β_1^t) (Compute bias-corrected first moment estimate)
\hat{v}_t ← v_t/(1 − β_2^t) (Compute bias-corrected second raw moment estimate)
θ_t ← θ_{t−1} − α · \hat{m}_t/(\sqrt{\hat{v}_t} + ε) (Update parameters)
end while
return θ_t (Resulting parameters)", Adam),
        new("Adam, overview", AdamRoles, @"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2
\hat{m}_t = \dfrac{m_t}{1 - \beta^t_1}
\hat{v}_t = \dfrac{v_t}{1 - \beta^t_2}
\theta_{t+1} = \theta_{t} - \dfrac{\alpha}{\sqrt{\hat{v}_t} + \epsilon} \hat{m}_t", Adam),
        new("Adam, aligned", AdamRoles, @"\begin{align*}
m_t &\leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t, \\
v_t &\leftarrow \beta_2 v_{t-1} + (1-\beta_2) g_t^2, \\
\widehat{m_t} &= \frac{m_t}{1-\beta_1^t}, \quad \widehat{v_t} = \frac{v_t}{1-\beta_2^t}, \\
\theta_t &= \theta_{t-1} - \alpha\, \widehat{m_t} \big/ \left(\sqrt{\widehat{v_t}} + \epsilon\right).
\end{align*}", Adam),
        new("Adam, encyclopedia", "P=w S=m_w,v_w H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_w ^ {(t)} := \beta_1 m_w ^ {(t-1)} + \left(1-\beta_1\right) \nabla _w L ^ {(t-1)}
v_w ^ {(t)} := \beta_2 v_w ^ {(t-1)} + \left(1-\beta_2\right) \left(\nabla _w L ^ {(t-1)} \right)^2
\hat{m}_w = \frac{m_w ^ {(t)}}{1 - \beta_1^t}
\hat{v}_w = \frac{ v_w ^ {(t)}}{1 - \beta_2^t}
w ^ {(t)} := w ^ {(t-1)} - \eta \frac{\hat{m}_w}{\sqrt{\hat{v}_w} + \epsilon}", Adam),
        new("Adam, notes", "P=x G=dx S=m,v H=learning_rate:0.01,beta1:0.9,beta2:0.99,eps:1e-6", "# t is your iteration counter going from 1 to infinity\nm = beta1*m + (1-beta1)*dx\nmt = m / (1-beta1**t)\nv = beta2*v + (1-beta2)*(dx**2)\nvt = v / (1-beta2**t)\nx += - learning_rate * mt / (np.sqrt(vt) + eps)", Adam),
        new("Adam, layers", "P=W G=dW S=v_{dW},s_{dW} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"v_{dW} = \beta_1 v_{dW} + (1-\beta_1) dW, \qquad s_{dW} = \beta_2 s_{dW} + (1-\beta_2) dW^2
v^{corrected}_{dW} = \frac{v_{dW}}{1-\beta_1^t}, \qquad s^{corrected}_{dW} = \frac{s_{dW}}{1-\beta_2^t}
W := W - \alpha\frac{v^{corrected}_{dW}}{\sqrt{s^{corrected}_{dW}} + \epsilon}", Adam),
        new("Adam, folded", AdamRoles, @"\alpha_t = \alpha \frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}
m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\theta_t = \theta_{t-1} - \alpha_t\, m_t/(\sqrt{v_t} + \epsilon)", AdamFoldedRate),
        new("Adam, framework page", "P=variable G=g S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", "m_0 := 0\nv_0 := 0\nt := t + 1\nlr_t := lr * sqrt(1 - beta2^t) / (1 - beta1^t)\nm_t := beta1 * m_{t-1} + (1 - beta1) * g\nv_t := beta2 * v_{t-1} + (1 - beta2) * g * g\nvariable := variable - lr_t * m_t / (sqrt(v_t) + eps)", AdamFoldedRate),
        new("Adam, functional time", AdamRoles, "m(t) = β_1 m(t−1) + (1−β_1) g(t)\nv(t) = β_2 v(t−1) + (1−β_2) g(t)²\nm̂(t) = m(t)/(1−β_1^t)\nv̂(t) = v(t)/(1−β_2^t)\nθ(t) = θ(t−1) − α m̂(t)/(√v̂(t) + ε)", Adam),
        new("Adam, upper steps", "P=x T=k S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m^{k} = \beta_1 m^{k-1} + (1-\beta_1) g^k
v^{k} = \beta_2 v^{k-1} + (1-\beta_2) (g^k)^2
\hat m^k = m^k / (1-\beta_1^k)
\hat v^k = v^k / (1-\beta_2^k)
x^{k+1} = x^k - \alpha\, \hat m^k / (\sqrt{\hat v^k} + \epsilon)", Adam),
        new("Adam, elements", AdamRoles, @"m_{t,i} = \beta_1 m_{t-1,i} + (1-\beta_1) g_{t,i}
v_{t,i} = \beta_2 v_{t-1,i} + (1-\beta_2) g_{t,i}^2
\theta_{t,i} = \theta_{t-1,i} - \alpha \frac{m_{t,i}/(1-\beta_1^t)}{\sqrt{v_{t,i}/(1-\beta_2^t)} + \epsilon}", Adam),
        new("Adam, one name for both moments", AdamRoles, @"\mathbf{m}_t \gets \beta_1\mathbf{m}_{t-1} + (1-\beta_1)\mathbf{g}_t
\mathbf{v}_t \gets \beta_2\mathbf{v}_{t-1} + (1-\beta_2)\mathbf{g}_t\odot\mathbf{g}_t
\boldsymbol\theta_t \gets \boldsymbol\theta_{t-1} - \alpha\,\frac{\mathbf{m}_t/(1-\beta_1^t)}{\sqrt{\mathbf{v}_t/(1-\beta_2^t)}+\epsilon}", Adam),
        new("Adam, programs", "P=w G=grad S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", "exp_avg = beta1 * exp_avg + (1 - beta1) * grad\nexp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad * grad\nw = w - lr * (exp_avg / (1 - beta1**t)) / (torch.sqrt(exp_avg_sq / (1 - beta2**t)) + eps)", Adam),
        new("Adam, defaults in a sentence", AdamRoles, "m_t = β_1 m_{t-1} + (1-β_1) g_t, where β_1 = 0.9 is the decay\nv_t = β_2 v_{t-1} + (1-β_2) g_t^2\nθ_t = θ_{t-1} − α (m_t/(1-β_1^t)) / (√(v_t/(1-β_2^t)) + ε)", Adam),
        new("Adam, another default", AdamRoles, "β_1 = 0.5\nm_t = β_1 m_{t-1} + (1-β_1) g_t\nθ_t = θ_{t-1} − α m_t", Adam) { Advice = "its property says another, 0.9" },
        new("Adam, uncorrected", AdamRoles, @"m \gets \beta_1 m + (1-\beta_1) g; \quad v \gets \beta_2 v + (1-\beta_2) g^2; \quad \theta \gets \theta - \alpha\, m/(\sqrt{v}+\epsilon)", AdamUncorrected),
        new("Adam, time below the root", AdamRoles, @"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t
v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{v}_t + \epsilon}\, m_t", AdamUncorrected),
        new("Adam, colours", AdamRoles, @"m_t = {\beta}_1 m_{t-1} + (1-{\beta}_1) \textcolor{red}{g_t}
v_t = {\beta}_2 v_{t-1} + (1-{\beta}_2) {\color{blue} g_t^2}
\theta_t = \theta_{t-1} - \alpha\, \frac{m_t}{\sqrt{v_t} + \epsilon}", AdamUncorrected),
        new("Adam, doubtful quotient", AdamRoles, "m = β_1 m + (1-β_1) g; v = β_2 v + (1-β_2) g²\nθ = θ − α/(√v + ε) m", AdamUncorrected) { Advice = "write which", Mended = "m = β_1 m + (1-β_1) g; v = β_2 v + (1-β_2) g²\nθ = θ − (α/(√v + ε)) m" },
        new("AdamW, listing", "P=θ S=m,v H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"\begin{aligned}
&\textbf{input} : \gamma \text{(lr)}, \: \beta_1, \beta_2 \text{(betas)}, \: \theta_0 \text{(params)}, \: f(\theta) \text{(objective)}, \: \epsilon \text{ (epsilon)} \\
&\hspace{13mm} \lambda \text{(weight decay)} \\
&\textbf{initialize} : m_0 \leftarrow 0 \text{ (first moment)}, v_0 \leftarrow 0 \text{ ( second moment)} \\[-1.ex]
&\textbf{for} \: t=1 \: \textbf{to} \: \ldots \: \textbf{do} \\
&\hspace{5mm} g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\hspace{5mm} \theta_t \leftarrow \theta_{t-1} - \gamma \lambda \theta_{t-1} \\
&\hspace{5mm} m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&\hspace{5mm} v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\
&\hspace{5mm} \widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\
&\hspace{5mm} \widehat{v_t} \leftarrow v_t/\big(1-\beta_2^t \big) \\
&\hspace{5mm} \theta_t \leftarrow \theta_t - \gamma \widehat{m_t}/ \big(\sqrt{\widehat{v_t}} + \epsilon \big) \\
&\bf{return} \: \theta_t \\[-1.ex]
\end{aligned}", AdamW),
        new("AdamW, paper", "P=θ S=m,v H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"1: given α = 0.01, β_1 = 0.9, β_2 = 0.99, λ ∈ ℝ
2: initialize time step t ← 0, first moment vector m_{t=0} ← 0, second moment vector v_{t=0} ← 0
3: repeat
4: t ← t + 1
5: g_t ← ∇f_t(θ_{t−1})
6: m_t ← β_1 m_{t−1} + (1 − β_1) g_t ▷ here and below all operations are element-wise
7: v_t ← β_2 v_{t−1} + (1 − β_2) g_t^2
8: \hat{m}_t ← m_t/(1 − β_1^t) ▷ β_1 is taken to the power of t
9: \hat{v}_t ← v_t/(1 − β_2^t)
10: θ_t ← θ_{t−1} − α (\hat{m}_t/(\sqrt{\hat{v}_t} + ε) + λθ_{t−1})
11: until stopping criterion is met
12: return optimized parameters θ_t", AdamW),
        new("Adam with coupled decay", "P=θ S=m,v H=γ:0.01,β_1:0.9,β_2:0.99,ε:1e-6,λ:0.1", @"g_t \gets \nabla f_t(\theta_{t-1}) + \lambda\theta_{t-1}
m_t \gets \beta_1 m_{t-1} + (1-\beta_1) g_t
v_t \gets \beta_2 v_{t-1} + (1-\beta_2) g_t^2
\theta_t \gets \theta_{t-1} - \gamma \frac{m_t/(1-\beta_1^t)}{\sqrt{v_t/(1-\beta_2^t)} + \epsilon}", AdamCoupled),
        new("AdaMax, paper", "P=θ S=m,u H=α:0.01,β_1:0.9,β_2:0.99", @"m_t ← β_1 · m_{t−1} + (1 − β_1) · g_t (Update biased first moment estimate)
u_t ← max(β_2 · u_{t−1}, |g_t|) (Update the exponentially weighted infinity norm)
θ_t ← θ_{t−1} − (α/(1 − β_1^t)) · m_t/u_t (Update parameters)", AdaMax),
        new("AdaMax, broken lines", "P=θ S=m,u H=α:0.01,β_1:0.9,β_2:0.99", "m = β_1 m + (1-β_1)g\nu = max(β_2 u,\n  ∣g∣)\nθ = θ −\n  \\frac{α}{1-β_1^t}\n  \\frac{m}{u}", AdaMax),
        new("AMSGrad, paper", "P=x S=m,v,\\hat{v} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"for t = 1 to T do
g_t = ∇f_t(x_t)
m_t = β_1 m_{t−1} + (1 − β_1) g_t
v_t = β_2 v_{t−1} + (1 − β_2) g_t^2
\hat{v}_t = \max(\hat{v}_{t−1}, v_t)
x_{t+1} = x_t − α m_t/(\sqrt{\hat{v}_t} + ε)
end for", AmsGrad),
        new("AMSGrad, labelled", "P=θ S=m,v,v^{max} H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"m_t = \beta_1 m_{t-1} + (1-\beta_1)g_t
v_t = \beta_2 v_{t-1} + (1-\beta_2)g_t^2
v_t^{\max} = \mathrm{max}(v_{t-1}^{\max}, v_t)
\theta_t = \theta_{t-1} - \alpha\, m_t/(\sqrt{v^{max}_t} + \epsilon)", AmsGrad),
        new("AMSGrad, program", "P=w S=m,v,v_max H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", "m = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g**2\nv_max = np.maximum(v_max, v)\nw -= lr * m / (np.sqrt(v_max) + eps)", AmsGrad),
        new("NAdam, overview", AdamRoles, @"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t
v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2
\hat{m}_t = \frac{m_t}{1 - \beta^t_1}
\hat{v}_t = \frac{v_t}{1 - \beta^t_2}
\theta_{t+1} = \theta_{t} - \dfrac{\alpha}{\sqrt{\hat{v}_t} + \epsilon} \left(\beta_1 \hat{m}_t + \dfrac{(1 - \beta_1) g_t}{1 - \beta^t_1}\right)", NAdam),
        new("AdaBelief, paper", "P=θ S=m,s H=α:0.01,β_1:0.9,β_2:0.99,ε:1e-6", @"Initialize θ_0, m_0 ← 0, s_0 ← 0, t ← 0
While θ_t not converged
t ← t + 1
g_t ← ∇_θ f_t(θ_{t-1})
m_t ← β_1 m_{t-1} + (1-β_1) g_t
s_t ← β_2 s_{t-1} + (1-β_2) (g_t - m_t)^2 + ε
Bias Correction
\hat{m}_t ← \frac{m_t}{1-β_1^t}, \hat{s}_t ← \frac{s_t}{1-β_2^t}
Update
θ_t ← θ_{t-1} - \frac{α \hat{m}_t}{\sqrt{\hat{s}_t} + ε}", AdaBelief),
        new("Yogi, paper", "P=x S=m,v H=η:0.01,β_1:0.9,β_2:0.99,ε:1e-3", @"m_t = β_1 m_{t-1} + (1-β_1) g_t
v_t = v_{t-1} - (1-β_2)\,\operatorname{sign}(v_{t-1} - g_t^2)\, g_t^2
x_{t+1} = x_t - η\, m_t/(\sqrt{v_t}+ε)", Yogi),
        new("Lion, paper", "P=θ S=m H=η:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"given β_1, β_2, λ, η, f
initialize θ_0, m_0 ← 0
while θ_t not converged do
g_t ← ∇_θ f(θ_{t−1})
update model parameters
c_t ← β_1 m_{t−1} + (1 − β_1) g_t
θ_t ← θ_{t−1} − η (\text{sign}(c_t) + λθ_{t−1})
update EMA of g_t
m_t ← β_2 m_{t−1} + (1 − β_2) g_t
end while
return θ_t", Lion),
        new("Lion, program", "P=w G=g S=m H=lr:0.01,beta1:0.9,beta2:0.99,wd:0.1", "update = beta1 * m + (1 - beta1) * g\nm_new = beta2 * m + (1 - beta2) * g\nw -= lr * (jnp.sign(update) + wd * w)\nm = m_new", Lion),
        new("Lion, starred", "P=w S=m H=η^*:0.01,β_1:0.9,β_2:0.99,λ:0.1", @"u_t = \mathop{\rm sign}(\beta_1 m_{t-1} + (1-\beta_1) g_t), \quad m_t = \beta_2 m_{t-1} + (1-\beta_2)g_t, \quad w_t = w_{t-1} - \eta^*(u_t + \lambda w_{t-1})", Lion),
        new("quasi-hyperbolic momentum", "P=θ S=g' G=∇ H=α:0.1,β:0.9,ν:0.7", "g = 1", QuasiHyperbolic) { Roles = "P=θ S=d H=α:0.1,β:0.9,ν:0.7", Text = @"d_{t+1} \leftarrow \beta d_t + (1-\beta)\,\nabla\hat{L}_t(\theta_t)
\theta_{t+1} \leftarrow \theta_t - \alpha\left[(1-\nu)\,\nabla\hat{L}_t(\theta_t) + \nu\, d_{t+1}\right]" },
        new("averaged descent", "P=w S=\\bar{w} H=η:0.1", @"w_t = w_{t-1} - \eta g_t, \qquad \bar{w}_t = \bar{w}_{t-1} + \frac{1}{t}\left(w_t - \bar{w}_{t-1}\right)", Averaged),
    ];
}
