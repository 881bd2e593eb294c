using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>A parameter in an optimizer.</summary>
internal sealed class TrainedParameter(RuleGroup group, NamedParameter named)
{
    public RuleGroup Group { get; } = group;

    public string Name { get; } = named.Name;

    public Parameter Parameter { get; } = named.Parameter;

    /// <summary>What steps it.</summary>
    public required Engine Engine { get; init; }

    /// <summary>True where kernels work on the parameter's memory as it is.</summary>
    public static bool IsForKernels(Parameter parameter, ScalarType type) =>
        parameter.dtype == type && parameter.device_type == DeviceType.CPU && parameter.is_contiguous()
        && parameter.numel() * parameter.element_size() <= int.MaxValue;

    /// <summary>The gradient that the next step reads: of the parameter's type, with its elements in order. Null where there is none.</summary>
    /// <exception cref="NotSupportedException">The gradient is sparse.</exception>
    /// <exception cref="InvalidOperationException">The parameter has been disposed of.</exception>
    public Tensor? Gradient()
    {
        if (Parameter.IsInvalid)
            throw new InvalidOperationException($"Parameter '{Name}' has been disposed of: a module that moves to another device or type gets new parameters. Make the optimizer after moving it.");
        if (!Parameter.requires_grad || Parameter.grad is not { } gradient)
            return null;
        if (gradient.is_sparse)
        {
            gradient.Dispose();
            throw new NotSupportedException($"The gradient of parameter '{Name}' is sparse, and rules read every element: make the embedding with sparse: false, or set the gradient to its to_dense() before the step.");
        }

        if (gradient.is_contiguous() || !Parameter.is_contiguous())
            return gradient;
        using (gradient)
            return gradient.contiguous();
    }
}
