using TorchSharp;

namespace OptDsl.Torch.Plans;

/// <summary>A value of a plan: a tensor, or a number that is known on this side.</summary>
internal readonly record struct TensorValue(torch.Tensor? Tensor, double Number = 0)
{
    public static implicit operator TensorValue(double number) => new(null, number);

    public static implicit operator TensorValue(torch.Tensor tensor) => new(tensor);
}
