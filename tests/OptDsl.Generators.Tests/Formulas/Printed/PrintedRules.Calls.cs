namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>Each call of PyTorch that changes a tensor in place, by its labels and without them, and the same for lists of tensors.</summary>
internal static partial class PrintedRules
{
    private const string CallRoles = "P=p G=g S=m=0.5,v=0.25 H=a:0.1,b:0.9";

    private static PrintedRule Call(string text, ScalarStep step) => new($"call: {text}", CallRoles, $"{text}\np.sub_(m)", (s, w, g, t, h) =>
    {
        (s[0], s[1]) = t == 1 ? (0.5, 0.25) : (s[0], s[1]);
        step(s, w, g, t, h);
        return w - s[0];
    });

    private static readonly PrintedRule[] s_calls =
    [
        Call("m.add_(g)", (s, w, g, t, h) => s[0] += g),
        Call("m.add_(g, alpha=b)", (s, w, g, t, h) => s[0] += h[1] * g),
        Call("m.add_(other=g, alpha=-b)", (s, w, g, t, h) => s[0] -= h[1] * g),
        Call("m.sub_(g, alpha=b)", (s, w, g, t, h) => s[0] -= h[1] * g),
        Call("m.mul_(b)", (s, w, g, t, h) => s[0] *= h[1]),
        Call("m.mul_(b).add_(g, alpha=1 - b)", (s, w, g, t, h) => s[0] = (h[1] * s[0]) + ((1 - h[1]) * g)),
        Call("m.div_(b)", (s, w, g, t, h) => s[0] /= h[1]),
        Call("m.addcmul_(g, v, value=b)", (s, w, g, t, h) => s[0] += h[1] * g * s[1]),
        Call("m.addcmul_(g, v)", (s, w, g, t, h) => s[0] += g * s[1]),
        Call("m.addcmul_(b, g, v)", (s, w, g, t, h) => s[0] += h[1] * g * s[1]),
        Call("m.addcmul_(tensor1=g, tensor2=g, value=1 - b)", (s, w, g, t, h) => s[0] += (1 - h[1]) * g * g),
        Call("m.addcdiv_(g, v, value=-a)", (s, w, g, t, h) => s[0] -= h[0] * g / s[1]),
        Call("m.addcdiv_(g, v)", (s, w, g, t, h) => s[0] += g / s[1]),
        Call("m.addcdiv_(-a, g, v)", (s, w, g, t, h) => s[0] -= h[0] * g / s[1]),
        Call("m.addcdiv_(tensor1=g, tensor2=v, value=a)", (s, w, g, t, h) => s[0] += h[0] * g / s[1]),
        Call("m.lerp_(g, 1 - b)", (s, w, g, t, h) => s[0] += (1 - h[1]) * (g - s[0])),
        Call("m.lerp_(g, weight=a)", (s, w, g, t, h) => s[0] += h[0] * (g - s[0])),
        Call("m.lerp_(end=g, weight=a)", (s, w, g, t, h) => s[0] += h[0] * (g - s[0])),
        Call("m.copy_(v)", (s, w, g, t, h) => s[0] = s[1]),
        Call("m.neg_()", (s, w, g, t, h) => s[0] = -s[0]),
        Call("m.sign_()", (s, w, g, t, h) => s[0] = Math.Sign(s[0])),
        Call("m.clamp_(min=-a, max=a)", (s, w, g, t, h) => s[0] = Math.Clamp(s[0], -h[0], h[0])),
        Call("torch._foreach_add_(m, g)", (s, w, g, t, h) => s[0] += g),
        Call("torch._foreach_add_(m, g, alpha=-a)", (s, w, g, t, h) => s[0] -= h[0] * g),
        Call("torch._foreach_sub_(m, g)", (s, w, g, t, h) => s[0] -= g),
        Call("torch._foreach_mul_(m, b)", (s, w, g, t, h) => s[0] *= h[1]),
        Call("torch._foreach_div_(m, v)", (s, w, g, t, h) => s[0] /= s[1]),
        Call("torch._foreach_lerp_(m, g, 1 - b)", (s, w, g, t, h) => s[0] += (1 - h[1]) * (g - s[0])),
        Call("torch._foreach_addcmul_(m, g, g, value=1 - b)", (s, w, g, t, h) => s[0] += (1 - h[1]) * g * g),
        Call("torch._foreach_addcmul_(m, g, g, 1 - b)", (s, w, g, t, h) => s[0] += (1 - h[1]) * g * g),
        Call("torch._foreach_addcdiv_(m, g, v, value=-a)", (s, w, g, t, h) => s[0] -= h[0] * g / s[1]),
        Call("torch._foreach_addcdiv_(m, g, v, -a)", (s, w, g, t, h) => s[0] -= h[0] * g / s[1]),
        Call("torch._foreach_neg_(m)", (s, w, g, t, h) => s[0] = -s[0]),
        Call("torch._foreach_maximum_(m, v)", (s, w, g, t, h) => s[0] = Math.Max(s[0], s[1])),
        Call("torch._foreach_copy_(m, v)", (s, w, g, t, h) => s[0] = s[1]),
        Call("d = torch._foreach_sqrt(v)\nm.add_(d)", (s, w, g, t, h) => s[0] += Math.Sqrt(s[1])),
        Call("m.muli(b).addi(g)", (s, w, g, t, h) => s[0] = (h[1] * s[0]) + g),
        Call("m.subi(g.mul(a))", (s, w, g, t, h) => s[0] -= h[0] * g),
    ];
}
