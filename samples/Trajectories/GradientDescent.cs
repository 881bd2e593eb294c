using OptDsl;

namespace Trajectories;

/// <summary>Gradient descent, pasted from the notes.</summary>
[UpdateRule(@"\theta_{t+1} = \theta_t - \alpha \nabla f(\theta_t)", Parameter = "θ")]
public sealed partial class GradientDescent
{
    /// <summary>Step size.</summary>
    [Hyper("α", Min = 0)] public double StepSize { get; set; } = 0.1;
}
