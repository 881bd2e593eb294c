namespace OptDsl.Tool.Tests;

/// <summary>Rules that several tests read.</summary>
internal static class Files
{
    public const string Adam = """
        # Kingma and Ba
        rule Adam
        state m "first moment (exp_avg)"
        state v "second moment (exp_avg_sq)"
        hyper η LearningRate = 0.001 in [0, ∞)
        hyper β₁ Beta1 = 0.9 in [0, 1)
        hyper β₂ Beta2 = 0.999 in [0, 1)
        hyper ε Epsilon = 1e-8 in (0, ∞)

        m = β₁m + (1-β₁)g
        v = β₂v + (1-β₂)g²
        m̂ = m / (1-β₁ᵗ)
        v̂ = v / (1-β₂ᵗ)
        W = W - η m̂ / (√v̂ + ε)
        """;

    public const string Uncorrected = """
        rule Adam
        state m
        state v
        hyper η = 0.001 in [0, ∞)
        hyper β₁ = 0.9 in [0, 1)
        hyper β₂ = 0.999 in [0, 1)
        hyper ε = 1e-8 in (0, ∞)

        m = β₁m + (1-β₁)g
        v = β₂v + (1-β₂)g²
        W = W - η m / (√v + ε)
        """;

    public const string CSharp = """"
        [UpdateRule("""
            v = μv + q
            W = W - ηv
            """)]
        [State("v")]
        public sealed partial class Momentum
        {
            [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ", Min = 0, Max = 0.99)] public double Decay { get; set; } = 0.9;
        }
        """";

    public const string Decay = """
        schedule Decay
        hyper c Scale = 0.1 in [0, ∞)

        η = c / √t
        """;
}
