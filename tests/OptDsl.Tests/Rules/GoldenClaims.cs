using System.Text.Json;
using OptDsl.Rules;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>The whole table: every golden rule that a declaration can express, and what is left out with its reason.</summary>
internal static class GoldenClaims
{
    private static readonly Dictionary<string, string?> s_moments = new() { ["exp_avg"] = "m", ["exp_avg_sq"] = "v" };
    private static readonly Dictionary<string, string?> s_amsgrad = new(s_moments) { ["max_exp_avg_sq"] = "u" };
    private static readonly Dictionary<string, string?> s_velocity = new() { ["momentum_buffer"] = "v" };

    /// <summary>The claims; a tensor belongs to the first that accepts it.</summary>
    public static IReadOnlyList<GoldenClaim> All { get; } =
    [
        new("SGD", typeof(Sgd)),
        Momentum("Momentum"),
        Momentum("Lookahead+Momentum") with
        {
            // The optimizer's, and not the rule's.
            Special = new(Momentum("").Special) { ["lookahead_alpha"] = Ignore, ["lookahead_k"] = Ignore },
            States = new(s_velocity) { ["lookahead_slow_buff"] = null },
        },
        new("SGDW", typeof(SgdW)) { Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false }, States = s_velocity },
        new("QHM", typeof(Qhm)) { Special = new() { ["weight_decay_type"] = (rule, value) => ((Qhm)rule).DirectWeightDecay = value.GetString() == "direct" }, States = s_velocity },
        new("AggMo", typeof(AggMo)) { States = new() { ["momentum_buffer[0.0]"] = "b₁", ["momentum_buffer[0.9]"] = "b₂", ["momentum_buffer[0.99]"] = "b₃" } },
        new("ASGD", typeof(Asgd)) { States = new() { ["ax"] = "x̄", ["eta"] = "s", ["mu"] = "a" } },
        new("Rprop", typeof(Rprop)) { States = new() { ["prev"] = "g'", ["step_size"] = "d" } },
        new("LARS", typeof(Lars)) { States = s_velocity },
        new("Adagrad", typeof(AdaGrad)) { Special = new() { ["lr_decay"] = (rule, value) => ((AdaGrad)rule).LearningRateDecay = value.GetDouble() }, States = new() { ["sum"] = "s" } },
        new("Adadelta", typeof(AdaDelta)) { States = new() { ["square_avg"] = "v", ["acc_delta"] = "a" } },
        new("RMSprop", typeof(RmsProp)) { States = new() { ["square_avg"] = "v", ["grad_avg"] = "ḡ", ["momentum_buffer"] = "b" } },
        new("RMSpropTF", typeof(RmsPropTF))
        {
            Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false },
            Special = new() { ["lr_in_momentum"] = (rule, value) => ((RmsPropTF)rule).LearningRateInMomentum = value.GetBoolean() },
            States = new() { ["square_avg"] = "v", ["grad_avg"] = "ḡ", ["momentum_buffer"] = "b" },
        },
        new("Adam", typeof(Adam)) { States = s_amsgrad },
        new("AdamW", typeof(AdamW)) { States = s_amsgrad },
        new("Adamax", typeof(AdaMax)) { States = new() { ["exp_avg"] = "m", ["exp_inf"] = "u" } },
        new("NAdam", typeof(NAdam)) { States = new(s_moments) { ["mu_product"] = "P" } },
        new("NAdamW", typeof(NAdamW)) { Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false }, States = s_moments },
        new("NAdamW", typeof(CautiousNAdamW)) { Fixed = new() { ["caution"] = true, ["corrected_weight_decay"] = false }, States = s_moments },
        new("RAdam", typeof(RAdam)) { States = s_moments },
        new("AdaBelief", typeof(AdaBelief)) { Fixed = new() { ["amsgrad"] = false }, States = new() { ["exp_avg"] = "m", ["exp_avg_var"] = "v" } },
        new("AdaBound", typeof(AdaBound))
        {
            Special = new() { ["final_lr"] = (rule, value) => ((AdaBound)rule).FinalLearningRate = value.GetDouble() },
            States = s_amsgrad,
        },
        new("Yogi", typeof(Yogi)) { States = s_moments },
        new("DiffGrad", typeof(DiffGrad)) { States = new(s_moments) { ["previous_grad"] = "g'" } },
        // The oracle's exp_avg_lr_2 is 1 - β₂ᵗ.
        new("LaProp", typeof(LaProp)) { Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false }, States = new(s_moments) { ["exp_avg_lr_1"] = "l", ["exp_avg_lr_2"] = null } },
        new("ADOPT", typeof(Adopt)) { Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false }, States = s_moments },
        new("Lion", typeof(Lion)) { Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false }, States = new() { ["exp_avg"] = "m" } },
        new("Lion", typeof(CautiousLion)) { Fixed = new() { ["caution"] = true, ["corrected_weight_decay"] = false }, States = new() { ["exp_avg"] = "m" } },
        new("LAMB", typeof(Lamb))
        {
            Fixed = new() { ["caution"] = false, ["corrected_weight_decay"] = false },
            Special = new() { ["max_grad_norm"] = Ignore },
            States = s_moments,
        },
        new("NovoGrad", typeof(NovoGrad)) { Fixed = new() { ["amsgrad"] = false }, States = s_moments },
        new("Adafactor", typeof(Adafactor))
        {
            Takes = (_, tensor) => IsVector(tensor),
            Special = new()
            {
                ["eps"] = (rule, value) => (((Adafactor)rule).Epsilon1, ((Adafactor)rule).Epsilon2) =
                    (value[0].ValueKind == JsonValueKind.Null ? Math.BitIncrement(1.0) - 1 : value[0].GetDouble(), value[1].GetDouble()),
                ["d"] = (rule, value) => ((Adafactor)rule).ClipThreshold = value.GetDouble(),
            },
            States = new() { ["variance"] = "v" },
        },
        new("AdafactorTimm", typeof(AdafactorTimm))
        {
            Takes = (_, tensor) => IsVector(tensor),
            Fixed = new() { ["beta1"] = null, ["caution"] = false },
            Special = new()
            {
                ["lr"] = (rule, value) =>
                {
                    if (value.ValueKind != JsonValueKind.Null)
                        ((AdafactorTimm)rule).LearningRate = value.GetDouble();
                },
                ["min_dim_size_to_factor"] = Ignore,
            },
            // RMS is that of the weights before the last step.
            States = new() { ["exp_avg_sq"] = "v", ["RMS"] = null },
        },
        new("AdafactorBV", typeof(AdafactorBV))
        {
            Takes = (_, tensor) => IsVector(tensor),
            Fixed = new() { ["clipping_threshold"] = null, ["unscaled_wd"] = false, ["caution"] = false, ["corrected_weight_decay"] = false, ["decay_offset"] = 0, ["eps"] = null },
            Special = new() { ["min_dim_size_to_factor"] = Ignore },
            States = new(s_moments),
        },
        new("MARS", typeof(Mars))
        {
            Takes = (golden, tensor) => !IsVector(tensor) || golden.Hyper.GetProperty("optimize_1d").GetBoolean(),
            Fixed = new() { ["mars_type"] = "adamw", ["caution"] = false },
            Special = new() { ["optimize_1d"] = Ignore, ["lr_1d_factor"] = Ignore, ["betas_1d"] = Ignore },
            States = new(s_moments) { ["last_grad"] = "g'" },
        },
        new("MARS", typeof(AdamW))
        {
            Fixed = new() { ["mars_type"] = "adamw", ["caution"] = false, ["optimize_1d"] = false, ["lr_1d_factor"] = 1 },
            Special = new()
            {
                ["betas"] = Ignore, ["gamma"] = Ignore,
                ["betas_1d"] = (rule, value) => (((AdamW)rule).Beta1, ((AdamW)rule).Beta2) = (value[0].GetDouble(), value[1].GetDouble()),
            },
            States = new(s_moments) { ["last_grad"] = null },
        },
        // Muon leaves vectors to AdamW.
        new("Muon", typeof(AdamW))
        {
            Takes = (_, tensor) => IsVector(tensor),
            Fixed = new() { ["nesterov"] = false, ["fallback_lr_scale"] = 1 },
            Special = new[] { "momentum", "ns_steps", "ns_coefficients", "safety_factor", "adjust_lr_fn", "conv_mode", "normalize_spatial", "algo", "scale_eps" }
                .ToDictionary(name => name, _ => (Action<object, JsonElement>)Ignore),
            States = s_moments,
        },
    ];

    /// <summary>The golden rules whose matrices are left out, with the reason; their vectors are not.</summary>
    public static IReadOnlyDictionary<string, string> MatrixMethods { get; } = new Dictionary<string, string>
    {
        ["Muon"] = "orthogonalises a matrix",
        ["Adafactor"] = "averages over rows and columns",
        ["AdafactorTimm"] = "averages over rows and columns",
        ["AdafactorBV"] = "averages over rows and columns",
    };

    /// <summary>True for a tensor that only a matrix method computes.</summary>
    public static bool IsLeftOut(GoldenCase golden, GoldenTensor tensor) => MatrixMethods.ContainsKey(golden.Rule) && !IsVector(tensor);

    /// <summary>The claim that a tensor belongs to, or null.</summary>
    public static GoldenClaim? Of(GoldenCase golden, GoldenTensor tensor) =>
        All.FirstOrDefault(claim => claim.Accepts(golden.Rule, OptionsOf(golden, tensor)) && claim.Takes(golden, tensor));

    /// <summary>The hyper-parameters of a tensor.</summary>
    public static GoldenOptions OptionsOf(GoldenCase golden, GoldenTensor tensor) => new(golden.Hyper, tensor.HyperOverride, golden.LearningRates);

    private static GoldenClaim Momentum(string name) => new(name, typeof(Momentum))
    {
        Special = new() { ["momentum"] = (rule, value) => ((Momentum)rule).Decay = value.GetDouble() },
        States = s_velocity,
    };

    private static bool IsVector(GoldenTensor tensor) => tensor.Shape.Length < 2;

    private static void Ignore(object rule, JsonElement value)
    {
    }
}
