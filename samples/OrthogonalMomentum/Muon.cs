using OptDsl;

namespace OrthogonalMomentum;

/// <summary>Momentum whose steps are made orthogonal, for the matrices inside a network.</summary>
/// <remarks>Jordan et al., Muon: An Optimizer for Hidden Layers in Neural Networks, 2024; steps as long as AdamW's after Liu et al., 2025.</remarks>
[UpdateRule("""
    m = μm + (1-μ)g
    u = μm + (1-μ)g
    O = newtonschulz(u / max(‖u‖, 10⁻⁷), quintic, 5)
    k = 0.2·sqrt(max(rows(W), columns(W)))
    W = (1-ηλ)W - ηkO
    """)]
[State("m", Meaning = "average of the gradient")]
internal sealed partial class Muon
{
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.003;

    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;
}
