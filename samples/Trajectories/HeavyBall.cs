using OptDsl;

namespace Trajectories;

/// <summary>Momentum with the step size inside the velocity, pasted from the textbook.</summary>
[UpdateRule(@"
    \boldsymbol{v} &\leftarrow \gamma \boldsymbol{v} + \eta \nabla f_\mathcal{B}(\boldsymbol{x}),\\
    \boldsymbol{x} &\leftarrow \boldsymbol{x} - \boldsymbol{v}.
    ", Parameter = "x")]
[State("v")]
public sealed partial class HeavyBall
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double StepSize { get; set; } = 0.1;

    /// <summary>How much of the velocity is kept.</summary>
    [Hyper("γ", Min = 0, Max = 1)] public double Decay { get; set; } = 0.5;
}
