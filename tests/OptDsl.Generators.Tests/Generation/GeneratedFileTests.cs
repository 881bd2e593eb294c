using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>Generated files as a reader meets them: kept beside the tests to be read.</summary>
public sealed class GeneratedFileTests
{
    [Fact]
    public void Momentum() => Snapshot.VerifyFiles(GeneratorRun.Of(
        """
        using OptDsl;
        namespace Demo;

        [UpdateRule("v = μv + g + λW; W = W - ηv"), State("v")]
        public sealed partial class Momentum
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ")] public double Decay { get; set; } = 0.9;
            [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.005;
        }
        """));

    [Fact]
    public void AdamW() => Snapshot.VerifyFiles(GeneratorRun.Of(
        """"
        using OptDsl;
        namespace Demo;

        [UpdateRule("""
            m = β₁m + (1-β₁)g
            v = β₂v + (1-β₂)g²
            m̂ = m / (1-β₁ᵗ)
            v̂ = v / (1-β₂ᵗ)
            W = W - η (m̂ / (√v̂ + ε) + λW)
            """)]
        [State("m"), State("v")]
        public sealed partial class AdamW
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 1e-3;
            [Hyper("β₁", Min = 0, Max = 1)] public double Beta1 { get; set; } = 0.9;
            [Hyper("β₂", Min = 0, Max = 1)] public double Beta2 { get; set; } = 0.999;
            [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-8;
            [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
        }
        """"));

    [Fact]
    public void Schedule() => Snapshot.VerifyFiles(GeneratorRun.Of(
        """"
        using OptDsl;

        [Schedule("""
            warm = min(t / n, 1)
            η = a · warm / √max(t, n)
            """)]
        public sealed partial class WarmUp : Schedule
        {
            [Hyper("a")] public double Peak { get; set; } = 0.1;
            [Hyper("n", Min = 1)] public double Steps { get; set; } = 100;
        }
        """".Replace("[Schedule(", "[OptDsl.Schedule(", StringComparison.Ordinal)));

    [Fact]
    public void Rule_with_errors() => Snapshot.VerifyFiles(GeneratorRun.Of(
        """
        using OptDsl;

        [UpdateRule("v = μv + q; W = W - )"), State("v")]
        public sealed partial class Broken
        {
            [Hyper("μ")] public double Decay { get; set; } = 0.9;
        }
        """));
}
