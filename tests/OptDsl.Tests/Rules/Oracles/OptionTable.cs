using System.Text.Json.Nodes;

namespace OptDsl.Tests.Rules.Oracles;

/// <summary>The options of a golden rule, and what to vary them on.</summary>
/// <param name="Rule">The golden rule.</param>
/// <param name="Case">The recorded case that gives the hyper-parameters to start from.</param>
/// <param name="Axes">Options that can be combined; of each, what can be chosen besides the recorded values, as JSON.</param>
internal sealed record OptionTable(string Rule, string Case, params string[][] Axes)
{
    private const string NoDecay = /*lang=json*/ """{"weight_decay": 0}""";
    private const string Decay = /*lang=json*/ """{"weight_decay": 0.07}""";
    private const string Maximize = /*lang=json*/ """{"maximize": true}""";
    private const string Scheduled = /*lang=json*/ """{"$schedule": true}""";
    private const string Corrected = /*lang=json*/ """{"corrected_weight_decay": true, "weight_decay": 0.07}""";
    private const string Caution = /*lang=json*/ """{"caution": true}""";
    private const string Amsgrad = /*lang=json*/ """{"amsgrad": true}""";
    private const string Betas = /*lang=json*/ """{"betas": [0.8, 0.9]}""";
    private const string BetasAndEps = /*lang=json*/ """{"betas": [0.8, 0.9], "eps": 0.0001}""";
    private const string Undecayed = /*lang=json*/ """{"$group": {"lr": 0.003, "weight_decay": 0}}""";
    private const string Decayed = /*lang=json*/ """{"$group": {"lr": 0.003, "weight_decay": 0.3}}""";

    /// <summary>The shapes of the tensors.</summary>
    public int[][] Shapes { get; init; } = [[37], [14]];

    /// <summary>Hyper-parameters that the recorded case does not have, as JSON.</summary>
    public string Added { get; init; } = "{}";

    /// <summary>True for gradients with spikes, false for rules whose norms or differences these would drown.</summary>
    public bool IsWild { get; init; } = true;

    /// <summary>All golden rules.</summary>
    public static IReadOnlyList<OptionTable> All { get; } =
    [
        new("SGD", "sgd_wd",
            ["""{"momentum": 0.9}""", """{"momentum": 0.9, "dampening": 0.3}""", """{"momentum": 0.8, "nesterov": true}"""], [NoDecay], [Maximize], [Scheduled], [Decayed]),
        new("Momentum", "momentum_wd",
            ["""{"momentum": 0, "dampening": 0.5}""", """{"dampening": 0.3}""", """{"nesterov": true}"""], [NoDecay], [Maximize], [Scheduled], [Decayed, """{"$group": {"momentum": 0.5}}"""]),
        new("Lookahead+Momentum", "lookahead_momentum", ["""{"nesterov": true}""", """{"momentum": 0.5, "dampening": 0.2}"""], [Decay], [Maximize], [Scheduled], ["""{"lookahead_k": 3, "lookahead_alpha": 0.8}"""]),
        new("Lookahead+AdamW", "adamw_wd", [Amsgrad], [Maximize], [Scheduled]) { Added = """{"lookahead_k": 4, "lookahead_alpha": 0.6}""" },
        new("SGDW", "sgdw_nesterov",
            ["""{"momentum": 0}""", """{"nesterov": false, "dampening": 0.3}"""], [Corrected], [NoDecay], [Maximize], [Caution], [Scheduled], [Decayed]),
        new("QHM", "qhm_plain", ["""{"weight_decay_type": "direct"}"""], ["""{"momentum": 0.5, "nu": 1}""", """{"nu": 0}"""], [NoDecay], [Scheduled], [Decayed]),
        new("AggMo", "aggmo_plain",
            ["""{"betas": [0.9]}""", """{"betas": [0.5, 0.95]}""", """{"betas": [0.0, 0.5, 0.9, 0.99]}""", """{"betas": [0.99, 0.9, 0.8, 0.5, 0]}""", """{"betas": [0, 0.9, 0.99, 0.999, 0.3, 0.6]}"""],
            [Decay], [Scheduled], [Decayed]),
        new("ASGD", "asgd_averaging", ["""{"lambd": 0.1, "alpha": 1}"""], ["""{"t0": 0}""", """{"t0": 20}"""], [Decay], [Maximize], [Scheduled], [Decayed]),
        new("Rprop", "rprop_plain", ["""{"etas": [0.3, 1.7]}"""], ["""{"step_sizes": [0.001, 0.02]}"""], [Maximize], [Scheduled], ["""{"$group": {"lr": 0.1, "etas": [0.4, 1.1]}}"""]),
        new("LARS", "lars_momentum",
            ["""{"momentum": 0, "dampening": 0.5}""", """{"dampening": 0.3}""", """{"nesterov": true}"""], ["""{"trust_clip": true}"""], ["""{"always_adapt": true}"""], [NoDecay],
            ["""{"trust_coeff": 0.3, "eps": 0.1}"""], [Scheduled], [Decayed]) { IsWild = false },
        new("Adagrad", "adagrad_wd", ["""{"lr_decay": 0.1}"""], ["""{"initial_accumulator_value": 0.2}"""], ["""{"eps": 1e-10}"""], [NoDecay], [Maximize], [Scheduled], [Decayed]),
        new("Adadelta", "adadelta_wd", ["""{"rho": 0.7}"""], ["""{"eps": 0.001}"""], [NoDecay], [Maximize], [Scheduled], [Decayed]),
        new("RMSprop", "rmsprop_wd_eps", ["""{"momentum": 0.8}"""], ["""{"alpha": 0.8}"""], [NoDecay], [Maximize], [Scheduled], [Decayed]),
        new("RMSprop", "rmsprop_plain", ["""{"centered": true}""", """{"centered": true, "eps": 0.01}"""], ["""{"momentum": 0.8}"""], [Decay], [Maximize], [Scheduled], [Decayed]) { IsWild = false },
        new("RMSpropTF", "rmsproptf_momentum",
            ["""{"momentum": 0}"""], ["""{"lr_in_momentum": false}"""], [Decay], ["""{"decoupled_decay": true, "weight_decay": 0.07}"""], [Corrected], [Caution], [Scheduled], [Decayed]),
        new("RMSpropTF", "rmsproptf_plain",
            ["""{"centered": true, "eps": 0.001}""", """{"centered": true, "eps": 0.001, "alpha": 0.8}"""], ["""{"momentum": 0.9}"""], ["""{"lr_in_momentum": false}"""], [Decay],
            ["""{"decoupled_decay": true}"""], [Caution], [Scheduled]) { IsWild = false },
        new("Adam", "adam_l2", [Amsgrad], [Betas], ["""{"eps": 0.01}"""], [NoDecay], [Maximize], [Scheduled], [Decayed]),
        new("AdamW", "adamw_wd", [Amsgrad], [Betas], ["""{"eps": 0.01}"""], [NoDecay], [Maximize], [Scheduled], [Undecayed]),
        new("Adamax", "adamax_l2", [Betas], ["""{"eps": 0.01}"""], [NoDecay], [Maximize], [Scheduled], [Undecayed]),
        new("NAdam", "nadam_l2", ["""{"decoupled_weight_decay": true}"""], ["""{"momentum_decay": 0.1}"""], [BetasAndEps], [NoDecay], [Maximize], [Scheduled], [Undecayed]),
        new("NAdamW", "nadamw_plain", [Corrected], [BetasAndEps], [NoDecay], [Maximize], [Caution], [Scheduled], [Undecayed]),
        new("RAdam", "radam_l2", ["""{"decoupled_weight_decay": true}"""], [Betas], ["""{"eps": 0.01}"""], [NoDecay], [Maximize], [Scheduled], [Undecayed]),
        new("AdaBelief", "adabelief_default",
            ["""{"rectify": false}"""], [Amsgrad], ["""{"degenerated_to_sgd": false}"""], ["""{"decoupled_decay": false}"""], ["""{"fixed_decay": true}"""], [Decay], ["""{"betas": [0.8, 0.9], "eps": 1e-8}"""],
            [Scheduled], [Decayed]),
        new("AdaBound", "adabound_plain", ["""{"amsbound": true}"""], [BetasAndEps], ["""{"final_lr": 0.5, "gamma": 0.1}"""], [Decay], [Scheduled], [Decayed]),
        new("Yogi", "yogi_wd", [BetasAndEps], ["""{"initial_accumulator": 0.1}"""], [NoDecay], [Scheduled], [Undecayed]),
        new("DiffGrad", "diffgrad_plain", [Betas], ["""{"eps": 0.01}"""], [Decay], [Scheduled], [Decayed]),
        new("LaProp", "laprop_wd", [Corrected], [BetasAndEps], [NoDecay], [Caution], [Scheduled], [Undecayed]),
        new("ADOPT", "adopt_wd_decoupled",
            ["""{"decoupled": false}"""], ["""{"clip_exp": null}""", """{"clip_exp": 0.25}"""], [Corrected], [BetasAndEps], [NoDecay], [Maximize], [Caution], [Scheduled], [Decayed]),
        new("Lion", "lion_wd", [Corrected], [Betas], [NoDecay], [Maximize], [Caution], [Scheduled], [Undecayed]),
        new("LAMB", "lamb_default",
            ["""{"bias_correction": false}"""], ["""{"grad_averaging": false}"""], ["""{"max_grad_norm": null}""", """{"max_grad_norm": 3}"""], ["""{"trust_clip": true}"""], ["""{"always_adapt": true}"""],
            ["""{"decoupled_decay": true}"""], ["""{"corrected_weight_decay": true, "weight_decay": 0.07}"""], [BetasAndEps], [NoDecay], [Caution], [Scheduled], [Undecayed]) { IsWild = false },
        new("NovoGrad", "novograd_wd_avg", [Amsgrad], ["""{"grad_averaging": false}"""], ["""{"betas": [0.95, 0.3], "eps": 0.1}"""], [NoDecay], [Scheduled], [Decayed]) { IsWild = false },
        new("Adafactor", "adafactor_vector",
            ["""{"eps": [0.01, 0.5]}"""], ["""{"d": 0.5}"""], ["""{"beta2_decay": -0.5}"""], [Decay], [Maximize], [Scheduled], [Decayed]),
        new("AdafactorTimm", "adafactor_timm_vector",
            ["""{"lr": null, "relative_step": true}""", """{"lr": null, "relative_step": true, "warmup_init": true}"""], ["""{"scale_parameter": false}"""], ["""{"beta1": 0.8}"""],
            ["""{"clip_threshold": 0.3}"""], ["""{"decay_rate": -0.6, "eps": 1e-8, "eps_scale": 0.5}"""], [Decay], [Caution], [Scheduled], ["""{"$group": {"weight_decay": 0.3}}"""]) { Shapes = [[37], [3, 5]] },
        new("AdafactorBV", "adafactor_bv_matrix",
            ["""{"momentum": null}""", """{"momentum": 0.5}"""], ["""{"unscaled_wd": true, "weight_decay": 0.02}"""], [Corrected], ["""{"decay_rate": 0.5, "beta2_cap": 0.8}"""], ["""{"eps": 1e-8}"""], ["""{"decay_offset": 3}"""], ["""{"clipping_threshold": 0.5}"""],
            [Caution], [Scheduled], [Decayed]) { Shapes = [[37], [3, 5]] },
        new("MARS", "mars_2d",
            ["""{"mars_type": "lion"}"""], ["""{"optimize_1d": true}"""], ["""{"lr_1d_factor": 0.3, "betas_1d": [0.5, 0.7]}"""], ["""{"gamma": 0.2, "betas": [0.7, 0.95], "eps": 0.0001}"""], [NoDecay], [Caution], [Scheduled], [Undecayed])
        { Shapes = [[6, 9], [11]], IsWild = false },
        new("Muon", "muon_original", ["""{"nesterov": true}"""], ["""{"fallback_lr_scale": 0.3}"""], ["""{"betas": [0.8, 0.99], "eps": 1e-4}"""], [NoDecay], [Scheduled], [Undecayed]) { Shapes = [[37], [3, 5]] },
    ];

    /// <summary>The recorded hyper-parameters, each choice alone, and each two of different axes.</summary>
    public IEnumerable<JsonObject> Pairs()
    {
        yield return [];
        for (var i = 0; i < Axes.Length; i++)
        {
            foreach (var first in Axes[i])
            {
                yield return JsonNode.Parse(first)!.AsObject();
                foreach (var second in Axes.Skip(i + 1).SelectMany(axis => axis))
                    yield return Both(first, second);
            }
        }
    }

    public override string ToString() => $"{Rule} ({Case})";

    private static JsonObject Both(string first, string second)
    {
        var both = JsonNode.Parse(first)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(second)!.AsObject())
            both[name] = value?.DeepClone();
        return both;
    }
}
