using System.Globalization;
using System.Text.Json;
using OptDsl.Rules;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>The whole table: every golden rule that a declaration can express, and what is left out with its reason.</summary>
internal static partial class GoldenClaims
{
    private static readonly Dictionary<string, string?> s_moments = new() { ["exp_avg"] = "m", ["exp_avg_sq"] = "v" };
    private static readonly Dictionary<string, string?> s_average = new() { ["momentum_buffer"] = "m" };
    private static readonly Dictionary<string, string?> s_amsgrad = new(s_moments) { ["max_exp_avg_sq"] = "u" };
    private static readonly Dictionary<string, string?> s_velocity = new() { ["momentum_buffer"] = "v" };
    private static readonly Dictionary<string, string?> s_squares = new() { ["square_avg"] = "v", ["grad_avg"] = "ḡ", ["momentum_buffer"] = "b" };

    /// <summary>The claims; a tensor belongs to the first that accepts it.</summary>
    public static IReadOnlyList<GoldenClaim> All { get; } =
    [
        new("SGD", typeof(Sgd)) { States = s_velocity },
        new("Momentum", typeof(Sgd)) { Fixed = new() { ["momentum"] = 0 } },
        new("Momentum", typeof(Momentum)) { Special = new() { ["momentum"] = (rule, options) => ((Momentum)rule).Decay = options.Number("momentum") }, States = s_velocity },
        new("SGDW", typeof(SgdW)) { Special = Corrected(), States = s_velocity },
        new("QHM", typeof(Qhm)) { Special = new() { ["weight_decay_type"] = SetDecayType }, States = s_velocity },
        new("AggMo", typeof(AggMo)) { Special = new() { ["betas"] = SetVelocities }, StateOf = (name, options) => "b" + "₁₂₃₄₅₆"[VelocityOf(name, options)] },
        new("ASGD", typeof(Asgd)) { States = new() { ["ax"] = "x̄", ["eta"] = "s", ["mu"] = "a" } },
        new("Rprop", typeof(Rprop)) { States = new() { ["prev"] = "g'", ["step_size"] = "d" } },
        new("LARS", typeof(Lars)) { States = s_velocity },
        new("Adagrad", typeof(AdaGrad)) { Special = new() { ["lr_decay"] = (rule, options) => ((AdaGrad)rule).LearningRateDecay = options.Number("lr_decay") }, States = new() { ["sum"] = "s" } },
        new("Adadelta", typeof(AdaDelta)) { States = new() { ["square_avg"] = "v", ["acc_delta"] = "a" } },
        new("RMSprop", typeof(RmsProp)) { States = s_squares },
        new("RMSpropTF", typeof(RmsPropTF))
        {
            Special = new(Corrected()) { ["lr_in_momentum"] = (rule, options) => ((RmsPropTF)rule).LearningRateInMomentum = options.Flag("lr_in_momentum") },
            States = s_squares,
        },
        new("Adam", typeof(Adam)) { States = s_amsgrad },
        new("AdamW", typeof(AdamW)) { States = s_amsgrad },
        new("Adamax", typeof(AdaMax)) { States = new() { ["exp_avg"] = "m", ["exp_inf"] = "u" } },
        new("NAdam", typeof(NAdam)) { States = new(s_moments) { ["mu_product"] = "P" } },
        new("NAdamW", typeof(NAdamW)) { Special = Corrected(), States = s_moments },
        new("RAdam", typeof(RAdam)) { States = s_moments },
        new("AdaBelief", typeof(AdaBelief)) { States = new() { ["exp_avg"] = "m", ["exp_avg_var"] = "v", ["max_exp_avg_var"] = "v̄" } },
        new("AdaBound", typeof(AdaBound)) { Special = new() { ["final_lr"] = SetFinalLearningRate }, States = s_amsgrad },
        new("Yogi", typeof(Yogi)) { States = s_moments },
        new("DiffGrad", typeof(DiffGrad)) { States = new(s_moments) { ["previous_grad"] = "g'" } },
        // The oracle's exp_avg_lr_2 is 1 - β₂ᵗ.
        new("LaProp", typeof(LaProp)) { Special = Corrected(), States = new(s_moments) { ["exp_avg_lr_1"] = "l", ["exp_avg_lr_2"] = null } },
        new("ADOPT", typeof(Adopt)) { Special = new(Corrected()) { ["clip_exp"] = SetClipExponent }, States = s_moments },
        new("Lion", typeof(Lion)) { Special = Corrected(), States = new() { ["exp_avg"] = "m" } },
        new("LAMB", typeof(Lamb)) { Special = new(Corrected()) { ["max_grad_norm"] = Ignore }, States = s_moments },
        new("NovoGrad", typeof(NovoGrad)) { States = new(s_moments) { ["max_exp_avg_sq"] = "v̄" } },
        new("Adafactor", typeof(Adafactor))
        {
            Takes = (_, tensor) => !IsMatrix(tensor),
            Special = new() { ["eps"] = SetEpsilons, ["d"] = SetClipThreshold },
            States = new() { ["variance"] = "v" },
        },
        new("AdafactorTimm", typeof(AdafactorTimm))
        {
            Takes = (golden, tensor) => !IsFactoredByTimm(golden, tensor),
            Special = OfTimm(),
            // RMS is that of the weights before the last step.
            States = new() { ["exp_avg_sq"] = "v", ["RMS"] = null },
            StateOf = (name, options) => name == "exp_avg" && options.Number("beta1") != 0 ? "m" : null,
        },
        new("AdafactorBV", typeof(AdafactorBV))
        {
            Takes = (golden, tensor) => !IsFactoredByBigVision(golden, tensor),
            Special = OfBigVision(),
            States = new() { ["exp_avg_sq"] = "v" },
            StateOf = (name, options) => name == "exp_avg" && options.Number("momentum") != 0 ? "m" : null,
        },
        new("MARS", typeof(Mars))
        {
            Takes = (golden, tensor) => IsMatrix(tensor) || golden.Hyper.GetProperty("optimize_1d").GetBoolean(),
            Special = new() { ["mars_type"] = SetMarsType, ["optimize_1d"] = Ignore, ["lr_1d_factor"] = Ignore, ["betas_1d"] = Ignore },
            States = new() { ["exp_avg"] = "m", ["last_grad"] = "g'" },
            StateOf = (name, options) => name == "exp_avg_sq" && options.Text("mars_type") != "lion" ? "v" : null,
        },
        new("MARS", typeof(AdamW))
        {
            Fixed = new() { ["optimize_1d"] = false },
            Special = new()
            {
                ["mars_type"] = Ignore, ["betas"] = Ignore, ["gamma"] = Ignore, ["lr_1d_factor"] = Ignore,
                ["betas_1d"] = (rule, options) => (((AdamW)rule).Beta1, ((AdamW)rule).Beta2) = (options.Of("betas_1d")[0].GetDouble(), options.Of("betas_1d")[1].GetDouble()),
            },
            LearningRateScale = options => options.Number("lr_1d_factor"),
            States = new(s_moments) { ["last_grad"] = null },
        },
        // Muon leaves vectors and narrow matrices to AdamW, or with Nesterov to NAdamW.
        Fallback(typeof(AdamW), nesterov: false),
        Fallback(typeof(NAdamW), nesterov: true),
    ];

    private static Dictionary<string, Action<object, GoldenOptions>> OfTimm() => new()
    {
        ["lr"] = UnlessNull("lr", "LearningRate"),
        ["beta1"] = UnlessNull("beta1", "Beta1"),
        ["min_dim_size_to_factor"] = Ignore,
    };

    private static Dictionary<string, Action<object, GoldenOptions>> OfBigVision() => new(Corrected())
    {
        ["momentum"] = (rule, options) => Set(rule, "Momentum", options.IsNull("momentum") ? 0 : options.Number("momentum")),
        ["eps"] = UnlessNull("eps", "Epsilon"),
        ["clipping_threshold"] = UnlessNull("clipping_threshold", "ClippingThreshold"),
        ["unscaled_wd"] = (rule, options) => Set(rule, "UnscaledWeightDecay", options.Flag("unscaled_wd")),
        ["min_dim_size_to_factor"] = Ignore,
        // The oracle does not use it.
        ["decay_offset"] = Ignore,
    };

    private static void SetClipThreshold(object rule, GoldenOptions options) => Set(rule, "ClipThreshold", options.Number("d"));

    private static void Set(object rule, string property, object value) => rule.GetType().GetProperty(property)!.SetValue(rule, value);

    /// <summary>The golden rules whose matrices are left out, with the reason; what they treat as vectors is not.</summary>
    public static IReadOnlyDictionary<string, string> MatrixMethods { get; } = new Dictionary<string, string>
    {
        ["Muon"] = "orthogonalises a matrix",
        ["Adafactor"] = "averages over rows and columns",
        ["AdafactorTimm"] = "averages over rows and columns",
        ["AdafactorBV"] = "averages over rows and columns",
    };

    /// <summary>True for a tensor that only a matrix method computes.</summary>
    public static bool IsLeftOut(GoldenCase golden, GoldenTensor tensor) =>
        MatrixMethods.ContainsKey(golden.Rule) && All.Where(claim => claim.GoldenRule == golden.Rule).All(claim => !claim.Takes(golden, tensor));

    /// <summary>The claim that a tensor belongs to, or null.</summary>
    public static GoldenClaim? Of(GoldenCase golden, GoldenTensor tensor) =>
        All.FirstOrDefault(claim => claim.Accepts(BaseOf(golden.Rule), OptionsOf(golden, tensor)) && claim.Takes(golden, tensor));

    /// <summary>The hyper-parameters of a tensor.</summary>
    public static GoldenOptions OptionsOf(GoldenCase golden, GoldenTensor tensor) => new(golden.Hyper, tensor.HyperOverride, golden.LearningRates, golden.IsDouble);

    /// <summary>The rule that Lookahead is put around, which is the optimizer's: "Lookahead+Momentum".</summary>
    public static string BaseOf(string rule) => rule.StartsWith("Lookahead+", StringComparison.Ordinal) ? rule["Lookahead+".Length..] : rule;

    private static GoldenClaim Fallback(Type rule, bool nesterov) => new("Muon", rule)
    {
        Takes = (_, tensor) => !IsOrthogonalised(tensor.Shape),
        Fixed = new() { ["nesterov"] = nesterov },
        Special = new[] { "momentum", "ns_steps", "ns_coefficients", "safety_factor", "adjust_lr_fn", "conv_mode", "normalize_spatial", "algo", "scale_eps", "fallback_lr_scale" }
            .ToDictionary(name => name, _ => (Action<object, GoldenOptions>)Ignore),
        LearningRateScale = options => options.Number("fallback_lr_scale"),
        States = s_moments,
    };

    private static bool IsMatrix(GoldenTensor tensor) => tensor.Shape.Length > 1;

    private static bool IsFactoredByTimm(GoldenCase golden, GoldenTensor tensor)
    {
        var (shape, least) = (tensor.Shape, golden.HyperValue("min_dim_size_to_factor"));
        return shape.Length > 1 && ((shape[0] > least && shape[1] > least) || (shape[^2] > least && shape[^1] > least));
    }

    private static bool IsFactoredByBigVision(GoldenCase golden, GoldenTensor tensor) =>
        IsMatrix(tensor) && tensor.Shape.OrderDescending().ElementAt(1) >= golden.HyperValue("min_dim_size_to_factor");

    private static bool IsOrthogonalised(int[] shape)
    {
        if (shape.Count(dimension => dimension > 1) < 2 || shape[0] == 1 || shape[1] == 1)
            return false;
        var columns = shape.Skip(1).Aggregate(1, (product, dimension) => product * dimension);
        var (least, most) = (Math.Min(shape[0], columns), Math.Max(shape[0], columns));
        return least >= 4 && most <= 128 * least;
    }

    /// <summary>The decay that falls with the square of the learning rate, relative to the one that the oracle was made with.</summary>
    private static Dictionary<string, Action<object, GoldenOptions>> Corrected() => new()
    {
        ["corrected_weight_decay"] = (rule, options) =>
        {
            if (options.Flag("corrected_weight_decay"))
                rule.GetType().GetProperty("MaxLearningRate")!.SetValue(rule, options.Hyper.GetProperty("lr").GetDouble());
        },
    };

    private static Action<object, GoldenOptions> UnlessNull(string name, string property) => (rule, options) =>
    {
        if (!options.IsNull(name))
            GoldenClaim.Set(rule, rule.GetType().GetProperty(property)!, options.Of(name));
    };

    private static void SetDecayType(object rule, GoldenOptions options) => ((Qhm)rule).DirectWeightDecay = options.Text("weight_decay_type").ToUpperInvariant() switch
    {
        "GRAD" => false,
        "DIRECT" => true,
        var other => throw new InvalidOperationException($"QHM: the weight_decay_type '{other}' has no counterpart."),
    };

    private static void SetMarsType(object rule, GoldenOptions options) => ((Mars)rule).Lion = options.Text("mars_type") switch
    {
        "adamw" => false,
        "lion" => true,
        var other => throw new InvalidOperationException($"MARS: the mars_type '{other}' has no counterpart."),
    };

    private static void SetVelocities(object rule, GoldenOptions options)
    {
        var betas = options.Of("betas");
        ((AggMo)rule).Velocities = betas.GetArrayLength();
        for (var i = 0; i < betas.GetArrayLength(); i++)
            GoldenClaim.Set(rule, rule.GetType().GetProperty($"Beta{i + 1}")!, betas[i]);
    }

    /// <summary>The position in betas that a name such as "momentum_buffer[0.9]" gives by its value.</summary>
    private static int VelocityOf(string name, GoldenOptions options)
    {
        var beta = double.Parse(name[(name.IndexOf('[', StringComparison.Ordinal) + 1)..^1], CultureInfo.InvariantCulture);
        return options.Of("betas").EnumerateArray().ToList().FindIndex(value => value.GetDouble() == beta);
    }

    private static void SetClipExponent(object rule, GoldenOptions options)
    {
        var adopt = (Adopt)rule;
        adopt.Clip = !options.IsNull("clip_exp");
        if (adopt.Clip)
            adopt.ClipExp = options.Number("clip_exp");
    }

    /// <summary>The oracle's bounds are relative to the learning rate that it was made with, ours to that of the first step.</summary>
    private static void SetFinalLearningRate(object rule, GoldenOptions options) =>
        ((AdaBound)rule).FinalLearningRate = options.Number("final_lr") * (options.LearningRates is { } rates ? rates[0] / options.Number("lr") : 1);

    private static void SetEpsilons(object rule, GoldenOptions options)
    {
        var epsilons = options.Of("eps");
        var machine = options.IsDouble ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1) - 1;
        Set(rule, "Epsilon1", epsilons[0].ValueKind == JsonValueKind.Null ? machine : epsilons[0].GetDouble());
        Set(rule, "Epsilon2", epsilons[1].GetDouble());
    }

    private static void Ignore(object rule, GoldenOptions options)
    {
    }
}
