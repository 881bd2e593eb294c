using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>A parameter that is stepped through operations of torch: its states, and its weights in the type of arithmetic.</summary>
internal sealed class TensorSlot : IDisposable
{
    private readonly SixteenBitWeights _sixteenBit;
    private readonly bool _isSixteenBit;
    private readonly ScalarType _element;

    /// <exception cref="NotSupportedException">The parameter's type is no floating-point type of 16, 32 or 64 bits.</exception>
    public TensorSlot(TorchSharp.Modules.Parameter parameter, string name, SixteenBitWeights sixteenBit)
    {
        Parameter = parameter;
        _sixteenBit = sixteenBit;
        _isSixteenBit = parameter.dtype is ScalarType.Float16 or ScalarType.BFloat16;
        _element = ElementOf(parameter, name);
        Arithmetic = new TensorArithmetic(_element, parameter.device);
    }

    /// <summary>The type in which a parameter is stepped.</summary>
    /// <exception cref="NotSupportedException">The parameter's type is no floating-point type of 16, 32 or 64 bits.</exception>
    public static ScalarType ElementOf(TorchSharp.Modules.Parameter parameter, string name) => parameter.dtype switch
    {
        ScalarType.Float64 => ScalarType.Float64,
        ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => ScalarType.Float32,
        var type => throw new NotSupportedException($"Parameter '{name}' is of type {type}; rules update float16, bfloat16, float32 and float64."),
    };

    public TorchSharp.Modules.Parameter Parameter { get; }

    public TensorArithmetic Arithmetic { get; }

    /// <summary>How many steps the parameter has taken part in.</summary>
    public long StepsTaken { get; set; }

    /// <summary>The element-wise and per-tensor states, by their position in the declaration.</summary>
    public Dictionary<int, Tensor> States { get; } = [];

    /// <summary>The weights in float32 that are trained in place of those of 16 bits; null where there are none.</summary>
    public Tensor? Master { get; set; }

    /// <summary>True where weights in float32 are trained in place of those of 16 bits.</summary>
    public bool HasMaster => _isSixteenBit && _sixteenBit == SixteenBitWeights.MasterCopy;

    /// <summary>The gradient of the step, set before it.</summary>
    public Tensor? GivenGradient { get; set; }

    /// <summary>The weights in the type of arithmetic, for one step: where they are of that type, the parameter's own memory.</summary>
    public Tensor Weights()
    {
        if (!_isSixteenBit)
            return Parameter.detach();
        if (_sixteenBit == SixteenBitWeights.StochasticRounding)
            return Parameter.detach().to_type(_element);
        Master ??= Parameter.detach().to_type(_element).DetachFromDisposeScope();
        return Master.detach();
    }

    /// <summary>The gradient in the type of arithmetic.</summary>
    public Tensor Gradient() => GivenGradient!.dtype == _element ? GivenGradient.detach() : GivenGradient.detach().to_type(_element);

    /// <summary>Puts the weights that a step has computed in place.</summary>
    /// <param name="weights">The weights, in the type of arithmetic.</param>
    /// <param name="isInPlace">True for what <see cref="Weights"/> gave.</param>
    public void Write(Tensor weights, bool isInPlace)
    {
        if (!_isSixteenBit)
        {
            if (!isInPlace)
                Parameter.copy_(weights);
        }
        else if (_sixteenBit == SixteenBitWeights.StochasticRounding)
        {
            Parameter.copy_(StochasticRounding.Round(weights, Parameter.dtype));
        }
        else
        {
            if (!isInPlace)
                Master!.copy_(weights);
            Parameter.copy_(weights);
        }
    }

    public void Dispose()
    {
        foreach (var state in States.Values)
            state.Dispose();
        States.Clear();
        Master?.Dispose();
        Master = null;
    }
}
