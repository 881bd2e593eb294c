using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Kernels;

/// <summary>A parameter of torch that is stepped by kernels, where it lies.</summary>
internal sealed class KernelSlot<T> : IDisposable
    where T : unmanaged
{
    private readonly TorchSharp.Modules.Parameter _parameter;
    private readonly TensorMemory<T> _value;
    private readonly TensorMemory<T> _gradient;
    private readonly Tensor _emptyView;
    private bool _isTaken;

    public KernelSlot(TorchSharp.Modules.Parameter parameter, string name)
    {
        _parameter = parameter;
        var length = checked((int)parameter.numel());
        _value = new TensorMemory<T>(length);
        _value.MoveTo(parameter.bytes);
        _gradient = new TensorMemory<T>(length);
        Parameter = new Parameter<T>(name, _value.Memory, default, parameter.shape);

        // A view of no elements shares the count of changes by which autograd knows that a tensor is no longer what it was.
        using var scope = torch.NewDisposeScope();
        _emptyView = parameter.detach().view(-1).narrow(0, 0, 0).DetachFromDisposeScope();
    }

    public Parameter<T> Parameter { get; }

    /// <summary>Takes the gradient of the next step.</summary>
    /// <param name="gradient">Contiguous, of the parameter's type, and alive until the step is over.</param>
    public void Take(Tensor gradient)
    {
        _gradient.MoveTo(gradient.bytes);
        _value.MoveTo(_parameter.bytes);
        Parameter.Gradient = _gradient.Memory;
        _isTaken = true;
    }

    /// <summary>Leaves the parameter out of the next step unless a gradient was taken for it.</summary>
    public void RestUnlessTaken()
    {
        if (!_isTaken)
            Parameter.Gradient = default;
    }

    /// <summary>Forgets that a gradient was taken.</summary>
    public void Release() => _isTaken = false;

    /// <summary>Tells autograd that the parameter has changed.</summary>
    public void TellAutograd() => _emptyView.copy_(_emptyView);

    public void Dispose() => _emptyView.Dispose();
}
