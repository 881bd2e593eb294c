using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Kernels of the field's rules, as compiled by the real generator, against the interpreter.</summary>
public sealed class PublishedRulesTests
{
    private static readonly HyperSource[] Adam = [Hyper("η", 0.01, min: 0), Hyper("β₁", 0.9, 0, 1), Hyper("β₂", 0.999, 0, 1), Hyper("ε", 1e-8, min: 0), Hyper("λ", 0.01, min: 0)];

    internal static readonly (string Name, RuleSource Source)[] Rules =
    [
        ("Sgd", Of("W = W - ηg", "", Adam[0])),
        ("Momentum", Of("v = μv + g + λW\nW = W - ηv", "v", Adam[0], Hyper("μ", 0.9), Adam[4])),
        ("NesterovChoice", Of("g = g + λW\nb = t ≤ 1 ? g : μb + (1-τ)g\nd = nesterov ? g + μb : b\nW = W - ηd", "b", Adam[0], Hyper("μ", 0.9), Hyper("τ", 0.1), Adam[4], Flag("nesterov", true))),
        ("AdamW", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nm̂ = m / (1-β₁ᵗ)\nv̂ = v / (1-β₂ᵗ)\nW = W - η (m̂ / (√v̂ + ε) + λW)", "m v", Adam)),
        ("AmsGrad", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nx = max(x, v)\nd = amsgrad ? x : v\nW = W - (η / (1-β₁ᵗ)) m / (√(d / (1-β₂ᵗ)) + ε) - ηλW", "m v x", [.. Adam, Flag("amsgrad", true)]).When("x", "amsgrad")),
        ("AmsGradOff", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nx = max(x, v)\nd = amsgrad ? x : v\nW = W - (η / (1-β₁ᵗ)) m / (√(d / (1-β₂ᵗ)) + ε) - ηλW", "m v x", [.. Adam, Flag("amsgrad", false)]).When("x", "amsgrad")),
        ("RmsProp", RmsProp(centered: true, momentum: 0.5)),
        ("RmsPropPlain", RmsProp(centered: false, momentum: 0)),
        ("Lion", Of("u = sign(β₁m + (1-β₁)g)\nW = W - η(u + λW)\nm = β₂m + (1-β₂)g", "m", Adam[0], Adam[1], Adam[2], Adam[4])),
        ("AdaDelta", Of("v = ρv + (1-ρ)g²\nd = √((a + ε) / (v + ε)) g\na = ρa + (1-ρ)d²\nW = W - ηd", "v a", Adam[0], Hyper("ρ", 0.9, 0, 1), Hyper("ε", 1e-6, 0))),
        ("AdaMax", Of("m = β₁m + (1-β₁)g\nu = max(β₂u, |g| + ε)\nW = W - (η / (1-β₁ᵗ)) m / u", "m u", [.. Adam.Take(4)])),
        ("AdaBelief", Of("m = β₁m + (1-β₁)g\ns = β₂s + (1-β₂)(g - m)² + ε\nW = W - η m / (1-β₁ᵗ) / (√(s / (1-β₂ᵗ)) + ε)", "m s", [.. Adam.Take(4)])),
        ("DiffGrad", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nf = sigmoid(|p - g|)\nW = W - (η √(1-β₂ᵗ) / (1-β₁ᵗ)) (m f) / (√v + ε)\np = g", "m v p", [.. Adam.Take(4)])),
        ("RAdam", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nN = 2/(1-β₂) - 1\nr = N - 2t β₂ᵗ/(1-β₂ᵗ)\nm̂ = m/(1-β₁ᵗ)\nW = r > 5 ? W - η m̂ √((r-4)(r-2)N/((N-4)(N-2)r)) √(1-β₂ᵗ)/(√v + ε) : W - η m̂", "m v", [.. Adam.Take(4)])),
        ("Yogi", Of("m = β₁m + (1-β₁)g\nv = v - (1-β₂) sign(v - g²) g²\nW = W - η m / (√v + ε)", "m v", [.. Adam.Take(4)])),
        ("Rprop", Of("s = sign(g p)\nd = clip(s > 0 ? 1.2d : s < 0 ? 0.5d : d, 1e-6, 50)\nq = s < 0 ? 0 : g\nW = W - d sign(q)\np = q", "d=0.01 p", Adam[0])),
        ("Lamb", Of("m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nm̂ = m / (1-β₁ᵗ)\nv̂ = v / (1-β₂ᵗ)\nu = m̂ / (√v̂ + ε) + λW\nr = ‖W‖ > 0 and ‖u‖ > 0 ? ‖W‖/‖u‖ : 1\nW = W - η r u", "m v", Adam)),
        ("Lars", Of("p = ‖W‖\nq = ‖g‖\nr = p > 0 and q > 0 ? 0.001 p / (q + λp + ε) : 1\nv = μv + r(g + λW)\nW = W - ηv", "v", Adam[0], Hyper("μ", 0.9), Adam[3], Adam[4])),
        ("ClippedMomentum", Of("g = g min(1, 1/‖g‖)\nv = μv + g\nW = W - ηv", "v", Adam[0], Hyper("μ", 0.9))),
        ("NovoGrad", Of("s = t ≤ 1 ? ‖g‖² : β₂s + (1-β₂)‖g‖²\nm = β₁m + g / (√s + ε) + λW\nW = W - ηm", "m s:tensor", Adam)),
        ("AdafactorVector", Of("ρ = min(η, 1/√t)\nα = max(0.001, rms(W)) ρ\nk = t^-0.8\nv = v + k(g² - v)\nu = g / √(max(v, 1e-30))\nW = W - αu / max(1, rms(u))", "v", Adam[0])),
        ("Centred", Of("v = ρv + (1-ρ)g²\na = ρa + (1-ρ)g\nW = W - η g / √(v - a² + ε)", "v a", Adam[0], Hyper("ρ", 0.95, 0, 1), Hyper("ε", 1e-3, 0))),
        ("Averaged", Of("W = W - ηg\na = t ≤ 2 ? W : a + (W - a)/(t - 1)", "a=W", Adam[0])),
        ("Functions", Of("u = tanh(g) + erf(2W) + exp(-|g|) + ln(1 + g²) + cos(g) - sin(W) + ∛g + floor(3g)/9 + atan2(g, W) + (1+g²)^0.3\nW = W - η u", "", Adam[0])),
        ("Masks", Of("a = g > 0 and not (W < 0.5)\nb = g ≤ 0 or a\nW = W - η (a + (b ? g : 2g) + (g ≠ 0) + where(W == 1, 3, a))", "", Adam[0])),
        ("MaxNorm", Of("M = maxabs(g)\ns = mean(g) + sum(W)/count(W) + dot(g, W)\nv = 0.5 v + g/(M + 1) + s\nW = W - ηv", "v", Adam[0])),
        ("OldAfterStore", Of("o = m\nm = β₁m + (1-β₁)g\nn = ‖m‖\nW = W - η (m + o) / (n + 1)", "m", Adam[0], Adam[1])),
        ("Powers", Of("u = (g² + 1)^-1 + (|W| + 1)^-½ + g³ + (1/(1 + g²))/(2 + W²)\nW = W - η u", "", Adam[0])),
        ("IdleTensorState", Of("W = W - ηg", "n:tensor", Adam[0])),
        ("ReadTensorState", Of("W = W - ηng", "n=2:tensor", Adam[0])),
        ("SmallBesideCancelled", Of("b = 0.5b - 0.3/(0.5 + g²)\nW = W + 0.1(dot(b, W/(|W| + 0.5))/(1 + count(g)) + (1 - t)) min(g, -0.5)", "b", Adam[0])),
        ("HelperFunctions", Of("φ(x, s) = sign(x) ψ(|x|/s) s\nψ(x) = x / (1 + x)\nm = β₁m + (1-β₁)g\nW = W - η φ(m + W/8, 0.5 + ‖g‖) + η φ(φ(g, 2), β₁)", "m", Adam[0], Adam[1])),
        ("Statistics", Of("u = (g - mean(g)) / (std(g) + 0.1) + var(g) W + g / (‖g‖_4 + 1) + W / (1 + ‖g‖_0) + relu(g) - ceil(g)/9\nW = W - ηu", "", Adam[0])),
        ("FourSwitches", Of("a = p ? 2g : g\nb = q ? a + W : a\nc = r ? b² : b\nd = s ? c - g : v\nv = s ? d/2 : v\nW = W - ηd", "v", Adam[0], Flag("p", true), Flag("q", false), Flag("r", true), Flag("s", true))),
    ];

    public static IEnumerable<TheoryDataRow<bool>> Precisions => [false, true];

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Kernels_compute_what_the_formulas_say_at_every_length(bool precise)
    {
        using var code = CompiledCode.Load([.. Rules.Select(rule => RuleCode.Of(rule.Source, rule.Name, precise))]);
        foreach (var (name, source) in Rules)
        {
            var rule = code.Create(name);
            int[] lengths = [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 40, 64, 70, 600];
            foreach (var length in lengths)
            {
                KernelAgreement.Verify<float>(source, rule, length, steps: 3, seed: length);
                KernelAgreement.Verify<double>(source, rule, length, steps: 3, seed: length);
            }
        }
    }

    [Fact]
    public void An_element_has_the_same_bits_wherever_it_lies()
    {
        using var code = CompiledCode.Load([.. Rules.Select(rule => RuleCode.Of(rule.Source, rule.Name))]);
        foreach (var (name, _) in Rules)
        {
            var rule = code.Create(name);
            var chunk = ((IUpdateRule)rule).Description.Reductions.Any() ? 512 : 1;
            KernelAgreement.VerifyChunks<float>(rule, 1337, chunk, steps: 2, seed: 1);
            KernelAgreement.VerifyChunks<double>(rule, 1337, chunk, steps: 2, seed: 2);
        }
    }

    [Theory]
    [InlineData("AdamW", 1)]
    [InlineData("Lamb", 2)]
    [InlineData("Lars", 2)]
    [InlineData("ClippedMomentum", 2)]
    [InlineData("NovoGrad", 2)]
    [InlineData("AdafactorVector", 2)]
    [InlineData("OldAfterStore", 2)]
    public void A_step_makes_as_few_passes_as_its_reductions_allow(string name, int passes)
    {
        var source = Rules.Single(rule => rule.Name == name).Source;
        using var code = CompiledCode.Load(RuleCode.Of(source, name));
        Assert.Equal(passes, ((IUpdateRule)code.Create(name)).Description.Passes.Count);
    }

    private static RuleSource RmsProp(bool centered, double momentum) => Of(
        "v = αv + (1-α)g²\na = αa + (1-α)g\nu = g / √((centered ? v - a² : v) + ε)\nb = μb + u\nW = W - η(μ ≠ 0 ? b : u)", "v a b",
        Adam[0], Hyper("α", 0.95, 0, 1), Hyper("ε", 1e-3, 0), Hyper("μ", momentum), Flag("centered", centered)).When("a", "centered").When("b", "μ ≠ 0");
}
