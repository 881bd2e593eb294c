namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>A seventh set, written down before any of it was tried: programs.</summary>
internal static partial class PrintedRules
{
    private static readonly PrintedRule[] s_seventhPrograms =
    [
        new("seventh: torch of old, numbers before tensors", "P=p G=grad T=step S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
                exp_avg.mul_(beta1).add_(1 - beta1, grad)
                exp_avg_sq.mul_(beta2).addcmul_(1 - beta2, grad, grad)
                denom = exp_avg_sq.sqrt().add_(eps)
                bias_correction1 = 1 - beta1 ** step
                bias_correction2 = 1 - beta2 ** step
                step_size = lr * math.sqrt(bias_correction2) / bias_correction1
                p.data.addcdiv_(-step_size, exp_avg, denom)
""", AdamFoldedRate),
        new("seventh: torch, lists of tensors with corrections as lists", "P=params G=grads T=step S=exp_avgs,exp_avg_sqs H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
        torch._foreach_mul_(exp_avgs, beta1)
        torch._foreach_add_(exp_avgs, grads, alpha=1 - beta1)
        torch._foreach_mul_(exp_avg_sqs, beta2)
        torch._foreach_addcmul_(exp_avg_sqs, grads, grads, value=1 - beta2)
        exp_avg_sq_sqrt = torch._foreach_sqrt(exp_avg_sqs)
        torch._foreach_add_(exp_avg_sq_sqrt, eps)
        torch._foreach_addcdiv_(params, exp_avgs, exp_avg_sq_sqrt, value=-lr)
""", AdamUncorrected),
        new("seventh: torch, maximum and neg of lists", "P=params G=grads S=exp_avgs,exp_infs H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
        torch._foreach_lerp_(exp_avgs, grads, 1 - beta1)
        torch._foreach_mul_(exp_infs, beta2)
        grad_buf = torch._foreach_abs(grads)
        torch._foreach_add_(grad_buf, eps)
        torch._foreach_maximum_(exp_infs, grad_buf)
        torch._foreach_addcdiv_(params, exp_avgs, exp_infs, value=-lr)
""", (s, w, g, t, h) => { s[0] += (1 - h[1]) * (g - s[0]); s[1] = Math.Max(h[2] * s[1], Math.Abs(g) + h[3]); return w - (h[0] * s[0] / s[1]); }),
        new("seventh: torch, step of a class with a dictionary", "P=p G=grad S=mu,nu H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1", """
        if id(param) not in state:
            state[id(param)] = {
                "step": 0,
                "mu": torch.zeros_like(param),
                "nu": torch.zeros_like(param),
            }
        entry = state[id(param)]
        mu, nu = entry["mu"], entry["nu"]
        mu.mul_(beta1).add_(grad, alpha=1.0 - beta1)
        nu.mul_(beta2).addcmul_(grad, grad, value=1.0 - beta2)
        update = mu / (torch.sqrt(nu) + eps)
        if weight_decay != 0.0:
            update = update + weight_decay * param
        param.add_(update, alpha=-lr)
""", (s, w, g, t, h) => AdamUncorrected(s, w, g, t, h) - (h[0] * h[4] * w)) { Roles = "P=param G=grad S=mu,nu H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6,weight_decay:0.1" },
        new("seventh: Keras 3 step, assign and ops", "P=variable G=gradient S=m,v H=learning_rate:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6", """
    def update_step(self, gradient, variable, learning_rate):
        lr = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        local_step = ops.cast(self.iterations + 1, variable.dtype)
        beta_1_power = ops.power(ops.cast(self.beta_1, variable.dtype), local_step)
        beta_2_power = ops.power(ops.cast(self.beta_2, variable.dtype), local_step)

        m = self._momentums[self._get_variable_index(variable)]
        v = self._velocities[self._get_variable_index(variable)]

        alpha = lr * ops.sqrt(1 - beta_2_power) / (1 - beta_1_power)

        self.assign_add(m, ops.multiply(ops.subtract(gradient, m), 1 - self.beta_1))
        self.assign_add(v, ops.multiply(ops.subtract(ops.square(gradient), v), 1 - self.beta_2))
        self.assign_sub(variable, ops.divide(ops.multiply(m, alpha), ops.add(ops.sqrt(v), self.epsilon)))
""", AdamFoldedRate) { Roles = "P=variable G=gradient T=iterations F=0 S=m,v H=learning_rate:0.01,beta_1:0.9,beta_2:0.99,epsilon:1e-6" },
        new("seventh: optax transformation", "P=params G=updates S=mu,nu H=b1:0.9,b2:0.99,eps:1e-6,lr:0.01", """
mu = otu.tree_update_moment(updates, state.mu, b1, 1)
nu = otu.tree_update_moment_per_elem_norm(updates, state.nu, b2, 2)
count_inc = numerics.safe_increment(state.count)
mu_hat = otu.tree_bias_correction(mu, b1, count_inc)
nu_hat = otu.tree_bias_correction(nu, b2, count_inc)
updates = jax.tree.map(lambda m, v: m / (jnp.sqrt(v) + eps), mu_hat, nu_hat)
params = optax.apply_updates(params, -lr * updates)
""", (s, w, g, t, h) => Adam(s, w, g, t, [h[3], h[0], h[1], h[2]])) { Roles = "P=params G=updates S=mu,nu H=b1:0.9,b2:0.99,eps:1e-6,lr:0.01" },
        new("seventh: JAX, tree maps with lambdas", "P=params G=grads S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g ** 2, v, grads)
params = jax.tree.map(lambda p, m, v: p - lr * m / (jnp.sqrt(v) + eps), params, m, v)
return params, m, v
""", AdamUncorrected),
        new("seventh: NumPy, with einsum and dot", "P=w G=g H=lr:0.1,eps:1e-6", """
norm = np.sqrt(np.einsum('i,i->', g, g))
w -= lr * g / (norm + eps)
""", (s, w, g, t, h) => { var n = Norm(g); Each(w, (x, i) => x - (h[0] * g[i] / (n + h[1]))); }),
        new("seventh: NumPy, matmul norm of one's own", "P=w G=g H=lr:0.1,c:0.5", """
norm = np.linalg.norm(g)
if norm > c:
    g = g * (c / norm)
w = w - lr * g
""", (s, w, g, t, h) => { var n = Norm(g); var f = n > h[1] ? h[1] / n : 1; Each(w, (x, i) => x - (h[0] * g[i] * f)); }),
        new("seventh: Rust, iterators zipped", "P=param G=grad T=t S=m_t,v_t H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    self.params
        .iter()
        .zip(self.m.iter_mut().zip(self.v.iter_mut()))
        .for_each(|(param, (m_t, v_t))| {
            let grad = param.borrow().grad;

            *m_t = self.beta1 * *m_t + (1.0 - self.beta1) * grad;
            *v_t = self.beta2 * *v_t + (1.0 - self.beta2) * grad * grad;

            let mc_t = *m_t / (1.0 - self.beta1.powi(self.t as i32));
            let vc_t = *v_t / (1.0 - self.beta2.powi(self.t as i32));

            param.borrow_mut().data -=
                self.lr * mc_t / (vc_t.sqrt() + self.epsilon);
        })
""", Adam) { Roles = "P=param G=grad T=t S=m_t,v_t H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6" },
        new("seventh: Rust, indices and vectors", "P=params G=grads S=v H=lr:0.1,momentum:0.9", """
for i in 0..params.len() {
    self.v[i] = self.momentum * self.v[i] + grads[i];
    params[i] -= self.lr * self.v[i];
}
""", HeavyBall),
        new("seventh: Rust, tensors of a framework", "P=theta G=g S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
let next_m = ((m.as_tensor() * beta1)? + (&g * (1.0 - beta1))?)?;
let next_v = ((v.as_tensor() * beta2)? + (g.sqr()? * (1.0 - beta2))?)?;
let adjusted_grad = (&next_m / (next_v.sqrt()? + eps)?)?;
theta.set(&theta.sub(&(adjusted_grad * lr)?)?)?;
m.set(&next_m)?;
v.set(&next_v)?;
""", AdamUncorrected),
        new("seventh: C++ with raw loops and const", "P=w G=dw S=mom,cache H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
void step(float* w, const float* dw, float* mom, float* cache, int n, int t) {
    const float c1 = 1.f - std::pow(b1, (float)t);
    const float c2 = 1.f - std::pow(b2, (float)t);
    #pragma omp parallel for
    for (int i = 0; i < n; ++i) {
        mom[i]   = b1 * mom[i]   + (1.f - b1) * dw[i];
        cache[i] = b2 * cache[i] + (1.f - b2) * dw[i] * dw[i];
        const float mhat = mom[i] / c1;
        const float vhat = cache[i] / c2;
        w[i] -= lr * mhat / (sqrtf(vhat) + eps);
    }
}
""", Adam),
        new("seventh: CUDA kernel with threads", "P=param G=grad S=m,v H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6", """
__global__ void adam_kernel(float* param, const float* grad, float* m, float* v, float lr, float beta1, float beta2, float eps, int n) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx < n) {
        m[idx] = beta1 * m[idx] + (1.0f - beta1) * grad[idx];
        v[idx] = beta2 * v[idx] + (1.0f - beta2) * grad[idx] * grad[idx];
        param[idx] -= lr * m[idx] / (sqrtf(v[idx]) + eps);
    }
}
""", AdamUncorrected),
        new("seventh: CUDA kernel that returns early", "P=params_memory G=grad S=m_memory,v_memory H=learning_rate:0.01,beta1:0.9,beta2:0.99,beta1_correction:0.5,beta2_correction:0.5,eps:1e-6,weight_decay:0.1", """
   int i = blockIdx.x * blockDim.x + threadIdx.x;
   if (i >= num_parameters) return;  // guard
   float grad = grads_memory[i];
   float m = m_memory[i];
   float v = v_memory[i];
   // update the first moment (momentum)
   m = lerp(grad, m, beta1);
   m_memory[i] = m;
   // update the second moment (RMSprop)
   v = lerp(grad * grad, v, beta2);
   v_memory[i] = v;
   m /= beta1_correction;  // m_hat
   v /= beta2_correction;  // v_hat
   params_memory[i] -= learning_rate * (m / (sqrtf(v) + eps) + weight_decay * params_memory[i]);
""", (s, w, g, t, h) => { s[0] = (h[1] * s[0]) + ((1 - h[1]) * g); s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g); return w - (h[0] * ((s[0] / h[3] / (Math.Sqrt(s[1] / h[4]) + h[5])) + (h[6] * w))); }) { Roles = "P=params_memory G=grads_memory S=m_memory,v_memory H=learning_rate:0.01,beta1:0.9,beta2:0.99,beta1_correction:0.5,beta2_correction:0.5,eps:1e-6,weight_decay:0.1" },
        new("seventh: Julia, struct and loop", "P=x G=g S=v H=α:0.1,β:0.9", """
function step!(M::Momentum, f, ∇f, x)
    α, β, v, g = M.α, M.β, M.v, ∇f(x)
    v[:] = β*v - α*g
    return x + v
end
""", InnerMomentum),
        new("seventh: Julia, for over steps", "P=x S=v H=α:0.1,β:0.9", """
x = copy(x0)
v = zero(x)
for k in 1:5
    v = β * v .- α .* ∇f(x)
    x = x .+ v
end
x
""", InnerMomentum),
        new("seventh: Julia, macro dot with squares", "P=x G=g S=s H=η:0.1,ρ:0.9,ϵ:1e-6", "@. s = ρ * s + (1 - ρ) * g^2\n@. x -= η * g / (sqrt(s) + ϵ)", RmsProp),
        new("seventh: MATLAB, function with outputs", "P=theta G=grad S=vel H=learnRate:0.1,momentum:0.9", """
function [theta, vel] = sgdmupdate(theta, grad, vel, learnRate, momentum)
    vel = momentum .* vel - learnRate .* grad;   % velocity
    theta = theta + vel;
end
""", InnerMomentum),
        new("seventh: MATLAB, dots and powers", "P=w G=g T=iter S=m,v H=alpha:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
m = beta1.*m + (1 - beta1).*g;
v = beta2.*v + (1 - beta2).*(g.^2);
mhat = m./(1 - beta1^iter);
vhat = v./(1 - beta2^iter);
w = w - alpha.*mhat./(sqrt(vhat) + epsilon);
""", Adam),
        new("seventh: R, lists of layers", "P=w1 G=dJw1 S=first_moment_1 H=alpha:0.1,beta1:0.9", """
  first_moment_1 <- lapply(1:(k-1), function(j){
    beta1 * first_moment_1[[j]] + (1 - beta1) * dJw1[[j]]
  })
  w1 <- lapply(1:(k-1), function(j){
    w1[[j]] - alpha * first_moment_1[[j]]
  })
""", AveragedMomentum),
        new("seventh: Swift", "P=param G=grad S=velocity H=lr:0.1,momentum:0.9", "velocity = momentum * velocity + grad\nlet update = velocity * lr\nparam = param - update", HeavyBall),
        new("seventh: Haskell", "P=w G=g S=v H=eta:0.1,mu:0.9", "step (w, v) g = (w', v')\n  where\n    v' = mu * v - eta * g\n    w' = w + v'", InnerMomentum),
        new("seventh: OCaml of a framework", "P=w G=g S=m H=lr:0.1,beta:0.9", "let m = beta *. m +. (1. -. beta) *. g in\nlet w = w -. lr *. m in\nw, m", AveragedMomentum),
        new("seventh: spreadsheet of pseudo-code, set and to", "P=w G=g S=v H=lr:0.1,mu:0.9", "SET v TO mu * v + g\nSET w TO w - lr * v", HeavyBall),
        new("seventh: C#, spans", "P=w G=g S=m H=lr:0.1,beta:0.9", """
for (var i = 0; i < w.Length; i++)
{
    m[i] = beta * m[i] + (1 - beta) * g[i];
    w[i] -= lr * m[i];
}
""", AveragedMomentum),
        new("seventh: ONNX operator's definition", "P=X G=G S=H H=R:0.1,norm_coefficient:0.01,epsilon:1e-6", """
    // Compute gradient of 0.5 * norm_coefficient * ||X||_2^2.
    G_regularized = norm_coefficient * X + G;

    // Compute new accumulated squared gradient.
    H_new = H + G_regularized * G_regularized;

    // Compute the adaptive part of per-coordinate learning rate. Note that Sqrt(...)
    // computes element-wise square-root.
    H_adaptive = Sqrt(H_new) + epsilon

    // Compute the new value of "X".
    X_new = X - R * G_regularized / H_adaptive;
""", (s, w, g, t, h) => AdaGrad(s, w, g + (h[1] * w), t, [h[0], h[2]])) { Roles = "P=X G=G S=H H=R:0.1,norm_coefficient:0.01,epsilon:1e-6" },
        new("seventh: PaddlePaddle kernel by Eigen", "P=param G=grad S=mom1,mom2 H=lr:0.01,beta1:0.9,beta2:0.99,epsilon:1e-6", """
    T g = grad[i];
    T m1 = mom1[i];
    T m2 = mom2[i];
    m1 = beta1 * m1 + (1 - beta1) * g;
    m2 = beta2 * m2 + (1 - beta2) * g * g;
    param[i] -= lr * (m1 / (sqrt(m2) + epsilon));
    mom1[i] = m1;
    mom2[i] = m2;
""", AdamUncorrected),
        new("seventh: tinygrad, chained assigns", "P=t G=g S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6", """
self.m[i].assign(self.b1 * self.m[i] + (1.0 - self.b1) * g)
self.v[i].assign(self.b2 * self.v[i] + (1.0 - self.b2) * (g * g))
up = self.m[i] / (self.v[i].sqrt() + self.eps)
t.assign(t.detach() - self.lr * up)
""", AdamUncorrected) { Roles = "P=t G=g T=k S=m,v H=lr:0.01,b1:0.9,b2:0.99,eps:1e-6" },
        new("seventh: MLX, apply_single with dictionary", "P=parameter G=gradient S=v H=lr:0.1,momentum:0.9", """
        v = state.get("v")
        v = self.momentum * v
        v += gradient
        state["v"] = v
        return parameter - self.learning_rate * v
""", HeavyBall) { Roles = "P=parameter G=gradient S=v H=learning_rate:0.1,momentum:0.9" },
    ];
}
