using System.Text.Json;

namespace OptDsl.Tests.Golden;

/// <summary>The rules of matrices of the golden cases as a reader of the papers would write them down.</summary>
internal static class MatrixTexts
{
    /// <summary>The case of each rule.</summary>
    public static IEnumerable<string> Cases => s_cases.SelectMany(pair => pair.Value);

    public static MatrixText Of(GoldenCase golden) => Of(s_cases.First(pair => pair.Value.Contains(golden.Name)).Key, golden);

    private static readonly Dictionary<string, string[]> s_cases = new()
    {
        ["Muon"] = ["muon_original", "muon_quintic"],
        ["TorchMuon"] = ["torch_muon_original", "torch_muon_match_rms"],
        ["KellerMuon"] = ["keller_muon_aux"],
        ["NorMuon"] = ["normuon_aux"],
        ["AdaMuonSign"] = ["adamuon_sign"],
        ["EOMuon"] = ["eo_muon_polar_express", "eo_muon_cans", "eo_muon_quintic_l2", "eo_muon_polar_express_f32", "eo_adamuon", "eo_normuon", "eo_scion", "eo_mop_polar", "eo_row_norm"],
        ["Shampoo"] = ["shampoo_every_step", "shampoo_default_eps", "shampoo_interval10_long", "shampoo_f32"],
        ["ScalableShampoo"] = ["scalable_shampoo_plain", "scalable_shampoo_graft_sgd", "scalable_shampoo_interval10_long"],
        ["SOAP"] = ["soap_freq1", "soap_freq10", "soap_onesided", "soap_freq10_long", "soap_f32"],
        ["CAME"] = ["came_plain", "came_wd_betas", "came_f32"],
        ["SM3"] = ["sm3_plain", "sm3_ema_momentum", "sm3_wild_f32"],
        ["RACS"] = ["racs_plain"],
        ["Adafactor"] = ["adafactor_matrix", "adafactor_matrix_wd", "adafactor_vector", "adafactor_vector_wild"],
        ["AdafactorTimm"] = ["adafactor_timm_matrix", "adafactor_timm_vector"],
        ["AdafactorBV"] = ["adafactor_bv_matrix"],
        ["MARS"] = ["mars_2d"],
    };

    private static MatrixText Of(string rule, GoldenCase golden) => rule switch
    {
        "Muon" => new(
            $"""
            W = W - ηλW
            b = μb + (1-μ)g
            u = ν > 0 ? (1-μ)g + μb : b
            X = newtonschulz(u / max(s‖u‖, ε), {(golden.Name == "muon_quintic" ? "quintic" : "original")}, n)
            m = β₁m + (1-β₁)g
            v = β₂v + (1-β₂)g²
            d = ν > 0 ? β₁m + (1-β₁)g : m
            k = ρ > 0 ? 0.2·sqrt(max(rows(W), columns(W))) : sqrt(max(1, rows(W) / columns(W)))
            if rank(W) ≥ 2:
                W = W - ηkX
            else:
                W = W - η/(1-β₁^t) · d / (√v/√(1-β₂^t) + ε)
            """,
            "b m v", With(Common, ("s", Number("safety_factor")), ("ε", Number("eps")), ("n", Number("ns_steps")), ("ρ", Text("adjust_lr_fn", "match_rms_adamw")), ("β₁", Beta(0)), ("β₂", Beta(1)))),
        "TorchMuon" => new(
            """
            b = μb + (1-μ)g
            u = ν > 0 ? (1-μ)g + μb : b
            O = newtonschulz(u / max(‖u‖, ε), original, n)
            k = ρ > 0 ? 0.2·sqrt(max(rows(W), columns(W))) : sqrt(max(1, rows(W) / columns(W)))
            W = W - ηλW - ηkO
            """,
            "b", With(Common, ("ε", Number("eps")), ("n", Number("ns_steps")), ("ρ", Text("adjust_lr_fn", "match_rms_adamw"))))
        { LowestRank = 2 },
        "KellerMuon" or "NorMuon" => new(
            """
            b = μb + (1-μ)g
            u = (1-μ)g + μb
            O = newtonschulz(u / (‖u‖ + 1e-7), original, 5)
            r = β₂r + (1-β₂)rowmean(O²)
            U = O / (√r + 1e-10)
            U = U‖O‖ / (‖U‖ + 1e-10)
            D = ρ > 0 ? U : O
            m = β₁m + (1-β₁)g
            v = β₂v + (1-β₂)g²
            W = W - ηλW
            W = rank(W) ≥ 2 ? W - η·sqrt(max(1, rows(W) / columns(W))) D : W - ηm / (1-β₁^t) / (√(v / (1-β₂^t)) + ε)
            """,
            "b r:row m v", With(Common, ("ε", hyper => hyper.TryGetProperty("eps", out var eps) ? eps.GetDouble() : 1e-10), ("ρ", _ => golden.Rule == "NorMuon" ? 1 : 0),
                ("β₁", hyper => hyper.TryGetProperty("betas", out var betas) ? betas[0].GetDouble() : 0.9),
                ("β₂", hyper => hyper.TryGetProperty("betas", out var betas) ? betas[1].GetDouble() : hyper.TryGetProperty("beta2", out var beta) ? beta.GetDouble() : 0.95))),
        "AdaMuonSign" => new(
            """
            b = μb + (1-μ)g
            u = sign(ν > 0 ? (1-μ)g + μb : b)
            O = newtonschulz(u / (‖u‖ + 1e-7), original, n)
            v = μv + (1-μ)O²
            D = O / (√v + ε)
            D = 0.2 D·sqrt(rows(W) columns(W)) / (‖D‖ + ε)
            W = W(1 - ηλ) - ηD
            """,
            "b v", With(Common, ("ε", Number("eps")), ("n", Number("ns_steps"))))
        { LowestRank = 2 },
        "EOMuon" => EmergingOptimizers(golden),
        "Shampoo" => new(
            """
            L = L + g gᵀ
            P = t mod k == 0 ? inverseroot(L, rank(W)) : P
            H = P g
            R = R + H^T H
            Q = t mod k == 0 ? R^{-1/2} : Q
            W = W - η(rank(W) ≥ 2 ? H Q : H)
            """,
            "L=εI:rows×rows R=εI:columns×columns P:rows×rows Q:columns×columns",
            With(Common, ("k", Number("preconditioning_compute_steps")), ("ε", Number("matrix_eps")))),
        "ScalableShampoo" => new(
            """
            L = t mod c == 0 ? β₂L + (1-β₂)g gᵀ : L
            R = t mod c == 0 ? β₂R + (1-β₂)g^T @ g : R
            P = t mod k == 0 ? L^{-1/4} : P
            Q = t mod k == 0 ? R^{-1/4} : Q
            late = t ≥ τ and rank(W) ≥ 2
            v = β₂v + (1-β₂)g²
            a = κ == 3 ? g / (√v + δ) : g
            h = late ? P g Q : g
            h = κ ≠ 0 ? h‖a‖ / (‖h‖ + 1e-16) : h
            h = h + λW
            a = a + λW
            m = β₁m + h
            b = β₁b + (late ? g : h)
            x = t ≥ τ ? m : b
            x = ν > 0 ? β₁x + (t ≥ τ ? h : a) : x
            m = t ≥ τ ? x : m
            b = t ≥ τ ? b : x
            W = W - ηx
            """,
            "L=εI:rows×rows R=εI:columns×columns P=I:rows×rows Q=I:columns×columns m b v",
            With(Common, ("c", Number("statistics_compute_steps")), ("k", Number("preconditioning_compute_steps")), ("ε", Number("matrix_eps")), ("δ", Number("diagonal_eps")), ("β₁", Beta(0)), ("β₂", Beta(1)),
                ("κ", Number("graft_type")), ("τ", Number("start_preconditioning_step")))),
        "SOAP" => new(
            """
            tall = rows(W) > D
            wide = columns(W) > D or rank(W) < 2
            tall = tall or rank(W) < 2
            G = tall ? g : Pᵀ g
            G = wide ? G : G Q
            m = t > 1 ? β₁m + (1-β₁)g : m
            v = t > 1 ? β₂v + (1-β₂)G² : v
            M = tall ? m : Pᵀ m
            M = wide ? M : M Q
            N = M / (√v + ε)
            N = tall ? N : P N
            N = wide ? N : N Qᵀ
            W = t > 1 ? (W - η·sqrt(1-β₂^(t-1)) / (1-β₁^(t-1)) · N)(1 - ηλ) : W
            L = β₂L + (1-β₂)g gᵀ
            R = β₂R + (1-β₂)g^T @ g
            rotates = t > 1 and (t-1) mod f == 0
            A = ordering(diag(Pᵀ L P))
            B = ordering(diag(Qᵀ R Q))
            v = rotates and not tall ? Aᵀ v : v
            v = rotates and not wide ? v B : v
            P = t == 1 ? eigvecs(L) : rotates ? eigvecs(L, P) : P
            Q = t == 1 ? eigvecs(R) : rotates ? qr(R Q B) : Q
            """,
            "L:rows×rows R:columns×columns P:rows×rows Q:columns×columns m v",
            With(Common, ("ε", Number("eps")), ("β₁", Beta(0)), ("β₂", Beta(1)), ("f", Number("precondition_frequency")), ("D", Number("max_precond_dim")))),
        "CAME" => new(
            """
            q = g² + ε₁
            R = β₂R + (1-β₂)rowmean(q)
            C = β₂C + (1-β₂)colmean(q)
            v = β₂v + (1-β₂)q
            u = rank(W) ≥ 2 ? g·(R/mean(R))^{-1/2} C^{-1/2} : g/√v
            u = u / max(1, rms(u)/d)
            m = β₁m + (1-β₁)u
            r = (u - m)² + ε₂
            A = β₃A + (1-β₃)rowmean(r)
            B = β₃B + (1-β₃)colmean(r)
            s = rank(W) ≥ 2 ? m·(A/mean(A))^{-1/2} B^{-1/2} : m
            W = W - ηλW - ηs
            """,
            "R:row C:column A:row B:column v m",
            With(Common, ("ε₁", hyper => hyper.GetProperty("eps")[0].GetDouble()), ("ε₂", hyper => hyper.GetProperty("eps")[1].GetDouble()), ("d", Number("clip_threshold")), ("β₁", Beta(0)), ("β₂", Beta(1)), ("β₃", Beta(2)))),
        "SM3" => new(
            """
            ν = min(A, C)
            ν = (β > 0 ? βν : ν) + (1-β)g²
            A = β > 0 ? max(A, rowmax(ν)) : rowmax(ν)
            C = β > 0 ? max(C, colmax(ν)) : colmax(ν)
            u = g / √(ν + ε)
            m = μm + (1-μ)u
            W = W - ηm
            """,
            "A:row C:column m", new() { ["η"] = Number("lr"), ["β"] = Number("beta"), ["μ"] = Number("momentum"), ["ε"] = Number("eps") }),
        "RACS" => new(
            """
            W = W(1 - ηλ)
            s = βs + (1-β)mean(g², axis=1)
            q = βq + (1-β)mean(g², axis=0)
            h = g / (√(s+ε) √(q+ε))
            k = t == 1 ? 1 : γ / max(‖h‖ / (θ+ε), γ)
            θ = ‖h‖k
            W = W - ηαkh
            """,
            "s:row q=1:column θ:tensor", With(Common, ("β", Number("beta")), ("α", Number("alpha")), ("γ", Number("gamma")), ("ε", Number("eps"))))
        { HighestRank = 4 },
        "Adafactor" => new(
            """
            κ = t^c
            α = max(ε₂, rms(W)) min(η, 1/√t)
            W = W - ηλW
            R = R + κ(rowmean(g²) - R)
            C = C + κ(colmean(g²) - C)
            v = v + κ(g² - v)
            V = rank(W) ≥ 2 ? R C / max(mean(R), ε₁) : v
            u = g / sqrt(max(V, ε₁²))
            W = W - αu / max(1, rms(u)/d)
            """,
            "R:row C:column v", With(Common, ("c", Number("beta2_decay")), ("ε₁", _ => Math.ScaleB(1, -52)), ("ε₂", hyper => hyper.GetProperty("eps")[1].GetDouble()), ("d", Number("d")))),
        "AdafactorTimm" => new(
            """
            β = 1 - t^c
            q = g² + ε
            R = βR + (1-β)rowmean(q)
            C = βC + (1-β)colmean(q)
            v = βv + (1-β)q
            u = min(rows(W), columns(W)) > z ? g·(R/mean(R))^{-1/2} C^{-1/2} : g/√v
            u = u / max(1, rms(u)/d)
            W = W - ηλW
            W = W - ηu
            """,
            "R:row C:column v", With(Common, ("c", Number("decay_rate")), ("ε", Number("eps")), ("d", Number("clip_threshold")), ("z", Number("min_dim_size_to_factor")))),
        "AdafactorBV" => new(
            """
            β = min(0.999, 1 - t^(-c))
            q = g² + 1e-30
            R = βR + (1-β)rowmean(q)
            C = βC + (1-β)colmean(q)
            v = βv + (1-β)q
            u = min(rows(W), columns(W)) ≥ z and rank(W) ≥ 2 ? g·(R/mean(R))^{-1/2} C^{-1/2} : g/√v
            m = μm + (1-μ)u
            W = W(1 - ηλ) - ηm
            """,
            "R:row C:column v m", With(Common, ("c", Number("decay_rate")), ("z", Number("min_dim_size_to_factor")))),
        "MARS" => new(
            """
            c = t == 1 ? g : g + γβ₁/(1-β₁) · (g - p)
            c = t > 1 ? c / max(1, ‖c‖) : c
            c = rank(W) ≥ 2 ? c : g
            m = β₁m + (1-β₁)c
            v = β₂v + (1-β₂)c²
            u = m / (1-β₁^t) / (√v / √(1-β₂^t) + ε)
            W = W - η(λW + u)
            p = g
            """,
            "m v p", With(Common, ("γ", Number("gamma")), ("ε", Number("eps")), ("β₁", Beta(0)), ("β₂", Beta(1)))),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private static MatrixText EmergingOptimizers(GoldenCase golden)
    {
        var decay = golden.Rule == "EOScion" ? "W = W - ηW" : golden.Hyper.GetProperty("weight_decay_method").GetString() switch
        {
            "independent" => "W = W - λW",
            "l2" => "g = g + λW",
            _ => "W = W - ηλW",
        };
        var set = golden.Hyper.TryGetProperty("coefficient_type", out var type) ? type.GetString() : "";
        var direction = golden.Name switch
        {
            "eo_mop_polar" => "D = msign(u)",
            "eo_row_norm" => "D = u / max(rownorm(u), 1e-8)",
            "eo_adamuon" => $"O = newtonschulz(u / max(‖u‖, 1e-15), {set}, n); v = β₂v + (1-β₂)O²; D = O / (√v + ε)",
            "eo_normuon" => $"""
                O = newtonschulz(u / max(‖u‖, 1e-15), {set}, n)
                r = β₂r + (1-β₂)rowmean(O²)
                c = β₂c + (1-β₂)colmean(O²)
                D = rows(W) ≥ columns(W) ? O / sqrt(max(r, ε)) : O / sqrt(max(c, ε))
                D = D‖O‖ / max(‖D‖, ε)
                """,
            _ => $"D = newtonschulz(u / max(‖u‖, 1e-15), {set}, n)",
        };
        var scale = golden.Rule == "EOScion" ? "k = ω·sqrt(rows(W) / columns(W))" : golden.Name == "eo_row_norm" ? "k = 1" : golden.Hyper.GetProperty("scale_mode").GetString() switch
        {
            "shape_scaling" => "k = sqrt(max(1, rows(W) / columns(W)))",
            "unit_rms_norm" => "k = sqrt(rows(W) / columns(W))",
            "nuclear_norm" => "k = trace(Dᵀ @ u)",
            _ => "k = sqrt(max(rows(W), columns(W)))",
        };
        return new(
            $"""
            {decay}
            b = μb + (1-μ)g
            u = ν > 0 ? (1-μ)g + μb : b
            {direction}
            {scale}
            W = W - ηkxD
            """,
            golden.Name switch { "eo_adamuon" => "b v", "eo_normuon" => "b r:row c:column", _ => "b" },
            With(Common, ("n", Optional("num_ns_steps", 0)), ("x", Optional("extra_scale_factor", 1)), ("β₂", Optional("beta2", 0)), ("ε", Optional("eps", 0)), ("ω", Optional("spectral_radius", 1))))
        { LowestRank = 2 };
    }

    private static Dictionary<string, Func<JsonElement, double>> Common => new()
    {
        ["η"] = Number("lr"),
        ["λ"] = Optional("weight_decay", 0),
        ["μ"] = Optional("momentum", 0),
        ["ν"] = hyper => hyper.TryGetProperty("nesterov", out var nesterov) && nesterov.GetBoolean() ? 1 : 0,
    };

    private static Dictionary<string, Func<JsonElement, double>> With(Dictionary<string, Func<JsonElement, double>> hypers, params (string Symbol, Func<JsonElement, double> Value)[] more)
    {
        foreach (var (symbol, value) in more)
            hypers[symbol] = value;
        return hypers;
    }

    private static Func<JsonElement, double> Number(string name) => hyper => hyper.GetProperty(name).GetDouble();

    private static Func<JsonElement, double> Optional(string name, double otherwise) => hyper => hyper.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private static Func<JsonElement, double> Text(string name, string text) => hyper => hyper.GetProperty(name).GetString() == text ? 1 : 0;

    private static Func<JsonElement, double> Beta(int index) => hyper => hyper.GetProperty("betas")[index].GetDouble();
}
