using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>What an optimizer keeps of a parameter.</summary>
/// <param name="Steps">How many steps the parameter has taken part in.</param>
/// <param name="States">
/// The states by their symbols: shaped like the parameter, or without dimensions where there is one value. Empty before the first step.
/// </param>
/// <param name="Master">The weights in float32 that stand behind weights of 16 bits; null where there are none.</param>
internal sealed record ParameterState(long Steps, IReadOnlyDictionary<string, Tensor> States, Tensor? Master) : IDisposable
{
    public void Dispose()
    {
        foreach (var tensor in States.Values)
            tensor.Dispose();
        Master?.Dispose();
    }
}
