/*
 * The yardstick: each rule as a C programmer writes it, one plain loop over restrict pointers, with everything that is the
 * same for all elements computed before the loop. gcc vectorises all of them but the sums of lamb.
 *
 * W parameter, g gradient, s0 to s2 states, n elements; h the hyper-parameters in the order of each function's first lines.
 */
#include <math.h>

#define STEP(name) \
    void name(float *restrict W, const float *restrict g, float *restrict s0, float *restrict s1, float *restrict s2, \
              long n, const double *restrict h, long t)

STEP(sgd)
{
    const float lr = h[0];
    for (long i = 0; i < n; i++)
        W[i] -= lr * g[i];
}

STEP(momentum)
{
    const float lr = h[0], mu = h[1];
    float *restrict v = s0;
    for (long i = 0; i < n; i++) {
        v[i] = mu * v[i] + g[i];
        W[i] -= lr * v[i];
    }
}

STEP(rmsprop)
{
    const float lr = h[0], alpha = h[1], rest = 1 - h[1], eps = h[2];
    float *restrict v = s0;
    for (long i = 0; i < n; i++) {
        v[i] = alpha * v[i] + rest * g[i] * g[i];
        W[i] -= lr * g[i] / (sqrtf(v[i]) + eps);
    }
}

STEP(adamw)
{
    const float beta1 = h[1], rest1 = 1 - h[1], beta2 = h[2], rest2 = 1 - h[2], eps = h[3];
    const float step = h[0] / (1 - pow(h[1], t));
    const float root = 1 / sqrt(1 - pow(h[2], t));
    const float keep = 1 - h[0] * h[4];
    float *restrict m = s0, *restrict v = s1;
    for (long i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + rest1 * g[i];
        v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
        W[i] = keep * W[i] - step * m[i] / (sqrtf(v[i]) * root + eps);
    }
}

STEP(lion)
{
    const float lr = h[0], beta1 = h[1], rest1 = 1 - h[1], beta2 = h[2], rest2 = 1 - h[2], keep = 1 - h[0] * h[3];
    float *restrict m = s0;
    for (long i = 0; i < n; i++) {
        const float c = beta1 * m[i] + rest1 * g[i];
        W[i] = keep * W[i] - (c > 0 ? lr : c < 0 ? -lr : 0);
        m[i] = beta2 * m[i] + rest2 * g[i];
    }
}

STEP(lamb)
{
    const float beta1 = h[1], rest1 = 1 - h[1], beta2 = h[2], rest2 = 1 - h[2], eps = h[3], decay = h[4];
    const float scale1 = 1 / (1 - pow(h[1], t));
    const float root = 1 / sqrt(1 - pow(h[2], t));
    float *restrict m = s0, *restrict v = s1, *restrict u = s2;
    double weights = 0, updates = 0;
    for (long i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + rest1 * g[i];
        v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
        u[i] = scale1 * m[i] / (sqrtf(v[i]) * root + eps) + decay * W[i];
        weights += (double)W[i] * W[i];
        updates += (double)u[i] * u[i];
    }
    const float step = h[0] * (weights > 0 && updates > 0 ? sqrt(weights) / sqrt(updates) : 1);
    for (long i = 0; i < n; i++)
        W[i] -= step * u[i];
}
