using OptDsl.Rules;
using OptDsl.Rules.Matrices;

namespace OptDsl.Tests.Rules;

/// <summary>The rules of matrices, and what their reference implementations leave to others.</summary>
internal static partial class GoldenClaims
{
    /// <summary>The claims of rules of matrices; a tensor belongs to the first that accepts it.</summary>
    public static IReadOnlyList<GoldenClaim> OfMatrices { get; } =
    [
        new("TorchMuon", typeof(Muon)) { Takes = (_, tensor) => tensor.Shape.Length == 2, Special = new() { ["ns_coefficients"] = SetCoefficients, ["ns_steps"] = SetIterations, ["adjust_lr_fn"] = SetScaling }, States = s_average },
        new("Muon", typeof(Muon))
        {
            Takes = (_, tensor) => IsOrthogonalised(tensor.Shape),
            Fixed = new() { ["conv_mode"] = "flatten", ["algo"] = "muon", ["scale_eps"] = false },
            Special = new()
            {
                ["ns_coefficients"] = SetCoefficients, ["ns_steps"] = SetIterations, ["adjust_lr_fn"] = SetScaling,
                ["betas"] = Ignore, ["fallback_lr_scale"] = Ignore, ["normalize_spatial"] = Ignore,
            },
            States = s_average,
        },
        new("KellerMuon", typeof(Muon))
        {
            Fixed = new() { ["use_muon"] = true },
            Takes = (_, tensor) => tensor.Shape.Length == 2,
            Prepare = rule => (((Muon)rule).AddEpsilon, ((Muon)rule).WeightDecay) = (true, 0),
            States = s_average,
        },
        Auxiliary("KellerMuon"),
        new("NorMuon", typeof(NorMuon))
        {
            Fixed = new() { ["use_muon"] = true },
            Takes = (_, tensor) => tensor.Shape.Length == 2,
            States = new(s_average) { ["second_momentum_buffer"] = "v" },
        },
        Auxiliary("NorMuon"),
        new("AdaMuonSign", typeof(AdaMuon))
        {
            Takes = (_, tensor) => tensor.Shape.Length == 2,
            Special = new() { ["ns_steps"] = SetIterations },
            States = new(s_average) { ["v_buffer"] = "v" },
        },
        new("EOMuon", typeof(Muon))
        {
            Prepare = rule => ((Muon)rule).Epsilon = 1e-15,
            Special = new()
            {
                ["coefficient_type"] = SetCoefficients, ["num_ns_steps"] = SetIterations, ["scale_mode"] = SetScaling,
                ["extra_scale_factor"] = (rule, options) => ((Muon)rule).ScaleFactor = options.Number("extra_scale_factor"), ["weight_decay_method"] = SetDecayMethod,
            },
            States = s_average,
        },
        new("EOScion", typeof(Muon))
        {
            Prepare = rule => (((Muon)rule).Epsilon, ((Muon)rule).Nesterov, ((Muon)rule).WeightDecay, ((Muon)rule).Scaling) = (1e-15, false, 1, MuonScaling.RmsToRms),
            Special = new()
            {
                ["coefficient_type"] = SetCoefficients, ["num_ns_steps"] = SetIterations,
                ["spectral_radius"] = (rule, options) => ((Muon)rule).ScaleFactor = options.Number("spectral_radius"),
            },
            States = s_average,
        },
        new("EOMop", typeof(Muon))
        {
            Prepare = rule => ((Muon)rule).Exact = true,
            Special = new()
            {
                ["scale_mode"] = SetScaling, ["weight_decay_method"] = SetDecayMethod,
                ["extra_scale_factor"] = (rule, options) => ((Muon)rule).ScaleFactor = options.Number("extra_scale_factor"),
            },
            States = s_average,
        },
        new("EOAdaptiveMuon", typeof(AdaptiveMuon))
        {
            Special = new()
            {
                ["coefficient_type"] = SetCoefficients, ["num_ns_steps"] = SetIterations, ["scale_mode"] = SetScaling, ["moment2_method"] = SetMomentOfMuon,
                ["extra_scale_factor"] = (rule, options) => ((AdaptiveMuon)rule).ScaleFactor = options.Number("extra_scale_factor"), ["weight_decay_method"] = SetDecayMethod,
            },
            States = s_average,
            StateOf = (name, options) => name == "moment2_buffer" && options.Text("moment2_method") == "adamuon" ? "v" : null,
        },
        new("EORowNorm", typeof(RowNorm))
        {
            Special = new()
            {
                ["extra_scale_factor"] = (rule, options) => ((RowNorm)rule).ScaleFactor = options.Number("extra_scale_factor"), ["weight_decay_method"] = SetDecayMethod,
            },
            States = s_average,
        },
        new("CAME", typeof(Came))
        {
            Takes = (_, tensor) => tensor.Shape.Length <= 2,
            States = new() { ["exp_avg"] = "m", ["exp_avg_sq"] = "R", ["exp_avg_sq_row"] = "R", ["exp_avg_sq_col"] = "C", ["exp_avg_res_row"] = "R'", ["exp_avg_res_col"] = "C'", ["RMS"] = null },
        },
        new("SM3", typeof(Sm3))
        {
            Takes = (_, tensor) => tensor.Shape.Length <= 2,
            States = new() { ["accumulator_0"] = "r", ["accumulator_1"] = "c" },
            StateOf = (name, options) => name == "momentum_buffer" && options.Number("momentum") > 0 ? "m" : null,
        },
        new("Adafactor", typeof(FactoredAdafactor))
        {
            Takes = (_, tensor) => tensor.Shape.Length == 2,
            Special = new() { ["eps"] = SetEpsilons, ["d"] = SetClipThreshold },
            States = new() { ["row_var"] = "R", ["col_var"] = "C" },
        },
        new("AdafactorTimm", typeof(FactoredAdafactorTimm))
        {
            Takes = (golden, tensor) => tensor.Shape.Length == 2 && IsFactoredByTimm(golden, tensor),
            Special = OfTimm(),
            States = new() { ["exp_avg_sq_row"] = "R", ["exp_avg_sq_col"] = "C", ["RMS"] = null },
            StateOf = (name, options) => name == "exp_avg" && options.Number("beta1") != 0 ? "m" : null,
        },
        new("AdafactorBV", typeof(FactoredAdafactorBV))
        {
            Takes = (golden, tensor) => tensor.Shape.Length == 2 && IsFactoredByBigVision(golden, tensor),
            Special = OfBigVision(),
            // Of a tall matrix the oracle calls the columns its rows.
            StateOf = (name, options) => name == "exp_avg" && options.Number("momentum") != 0 ? "m" : null,
        },
        new("RACS", typeof(Racs)) { Special = new(Decays()), States = new() { ["s"] = "s", ["q"] = "q", ["theta"] = "θ" } },
        new("Shampoo", typeof(Shampoo))
        {
            Takes = (_, tensor) => tensor.Shape.Length <= 2,
            Special = new(Decays()) { ["preconditioning_compute_steps"] = (rule, options) => ((Shampoo)rule).Interval = options.Number("preconditioning_compute_steps"), ["matrix_eps"] = (rule, options) => ((Shampoo)rule).MatrixEpsilon = options.Number("matrix_eps") },
            States = new() { ["pre_cond_0"] = "L", ["inv_pre_cond_0"] = "P", ["pre_cond_1"] = "R", ["inv_pre_cond_1"] = "Q" },
            StateOf = (name, options) => name == "momentum_buffer" && options.Number("momentum") > 0 ? "b" : null,
        },
        new("ScalableShampoo", typeof(ScalableShampoo))
        {
            Takes = (golden, tensor) => tensor.Shape.Length <= 2 && tensor.Shape.All(dimension => dimension <= golden.HyperValue("block_size") && dimension <= golden.HyperValue("no_preconditioning_for_layers_with_dim_gt")),
            Fixed = new() { ["skip_preconditioning_rank_lt"] = 1 },
            Special = new()
            {
                ["decoupled_weight_decay"] = (rule, options) => ((ScalableShampoo)rule).CoupledWeightDecay = !options.Flag("decoupled_weight_decay"),
                ["inverse_exponent_override"] = (rule, options) => ((ScalableShampoo)rule).InverseExponent = options.Number("inverse_exponent_override"),
                ["start_preconditioning_step"] = (rule, options) => ((ScalableShampoo)rule).Start = options.Number("start_preconditioning_step"),
                ["preconditioning_compute_steps"] = (rule, options) => ((ScalableShampoo)rule).Interval = options.Number("preconditioning_compute_steps"),
                ["statistics_compute_steps"] = (rule, options) => ((ScalableShampoo)rule).StatisticsInterval = options.Number("statistics_compute_steps"),
                ["graft_type"] = (rule, options) => ((ScalableShampoo)rule).Graft = options.Number("graft_type"),
                ["pre_conditioner_type"] = SetSides,
                ["diagonal_eps"] = (rule, options) => ((ScalableShampoo)rule).DiagonalEpsilon = options.Number("diagonal_eps"),
                ["matrix_eps"] = (rule, options) => ((ScalableShampoo)rule).MatrixEpsilon = options.Number("matrix_eps"),
                ["block_size"] = Ignore, ["no_preconditioning_for_layers_with_dim_gt"] = Ignore,
            },
            States = new() { ["momentum"] = "m", ["graft_statistics"] = "s", ["statistics"] = null, ["pre_conditioners"] = null },
            // The oracle keeps one of the two that the options let matter.
            StateOf = (name, options) => name == "graft_momentum" ? "n" : null,
        },
        new("SOAP", typeof(Soap))
        {
            Takes = (_, tensor) => tensor.Shape.Length <= 2,
            Fixed = new() { ["merge_dims"] = false },
            Special = new()
            {
                ["shampoo_beta"] = (rule, options) =>
                {
                    if (options.Number("shampoo_beta") >= 0)
                        (((Soap)rule).OwnProductDecay, ((Soap)rule).ProductDecay) = (true, options.Number("shampoo_beta"));
                },
                ["precondition_frequency"] = (rule, options) => ((Soap)rule).Interval = options.Number("precondition_frequency"),
                ["max_precond_dim"] = (rule, options) => ((Soap)rule).MaxPreconditionerSize = options.Number("max_precond_dim"),
                ["precondition_1d"] = (rule, options) => ((Soap)rule).PreconditionVectors = options.Flag("precondition_1d"),
            },
            States = new() { ["GG_0"] = "L", ["GG_1"] = "R" },
        },
    ];

    /// <summary>What Keller Jordan's code and those after it do with what is no matrix inside the network.</summary>
    private static GoldenClaim Auxiliary(string goldenRule) => new(goldenRule, typeof(AdamW)) { Fixed = new() { ["use_muon"] = false }, States = s_moments };

    private static Dictionary<string, Action<object, GoldenOptions>> Decays() => new()
    {
        ["weight_decouple"] = (rule, options) => rule.GetType().GetProperty("CoupledWeightDecay")!.SetValue(rule, !options.Flag("weight_decouple")),
        ["fixed_decay"] = (rule, options) => rule.GetType().GetProperty("FixedWeightDecay")!.SetValue(rule, options.Flag("fixed_decay")),
    };

    private static void SetIterations(object rule, GoldenOptions options) =>
        rule.GetType().GetProperty("Iterations")!.SetValue(rule, options.Number(options.Names.Single(name => name.EndsWith("ns_steps", StringComparison.Ordinal))));

    private static void SetCoefficients(object rule, GoldenOptions options)
    {
        var value = options.Of(options.Names.Single(name => name is "ns_coefficients" or "coefficient_type"));
        var set = value.ValueKind == System.Text.Json.JsonValueKind.Array ? string.Join(" ", value.EnumerateArray().Select(entry => entry.GetDouble())) : value.GetString();
        rule.GetType().GetProperty("Coefficients")!.SetValue(rule, set switch
        {
            "original" or "simple" or "3.4445 -4.775 2.0315" => NewtonSchulzSet.Original,
            "quintic" => NewtonSchulzSet.Quintic,
            "polar_express" => NewtonSchulzSet.PolarExpress,
            "cans" => NewtonSchulzSet.Cans,
            "aol" => NewtonSchulzSet.Aol,
            "deepseekv4" => NewtonSchulzSet.DeepSeek,
            "cubic5" => NewtonSchulzSet.Cubic,
            var other => throw new InvalidOperationException($"Muon: the coefficients '{other}' have no counterpart."),
        });
    }

    private static void SetScaling(object rule, GoldenOptions options)
    {
        var value = options.Of(options.Names.Single(name => name is "adjust_lr_fn" or "scale_mode"));
        rule.GetType().GetProperty("Scaling")!.SetValue(rule, (value.ValueKind == System.Text.Json.JsonValueKind.Null ? null : value.GetString()) switch
        {
            null or "original" or "shape_scaling" => MuonScaling.Original,
            "match_rms_adamw" => MuonScaling.MatchRms,
            "rms_to_rms" or "unit_rms_norm" => MuonScaling.RmsToRms,
            "spectral" => MuonScaling.Spectral,
            "nuclear_norm" => MuonScaling.NuclearNorm,
            var other => throw new InvalidOperationException($"Muon: the scaling '{other}' has no counterpart."),
        });
    }

    private static void SetDecayMethod(object rule, GoldenOptions options)
    {
        var method = options.Text("weight_decay_method");
        if (method is not ("decoupled" or "independent" or "palm" or "l2"))
            throw new InvalidOperationException($"Muon: the weight_decay_method '{method}' has no counterpart.");
        Set("CoupledWeightDecay", "l2");
        Set("IndependentWeightDecay", "independent");
        Set("SquaredWeightDecay", "palm");

        void Set(string property, string name) => rule.GetType().GetProperty(property)!.SetValue(rule, method == name);
    }

    private static void SetMomentOfMuon(object rule, GoldenOptions options) => ((AdaptiveMuon)rule).Moment = options.Text("moment2_method") switch
    {
        "adamuon" => 0,
        "normuon" => 1,
        "namo" => 2,
        var other => throw new InvalidOperationException($"Muon: the moment2_method '{other}' has no counterpart."),
    };

    private static void SetSides(object rule, GoldenOptions options) => ((ScalableShampoo)rule).BothSides = options.Number("pre_conditioner_type") switch
    {
        0 => true,
        1 => false,
        var other => throw new InvalidOperationException($"ScalableShampoo: the pre_conditioner_type {other} has no counterpart."),
    };
}
