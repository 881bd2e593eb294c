using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>One way to step parameters. What it keeps of a parameter is read and set as tensors, whatever it is kept in.</summary>
internal abstract class Engine : IDisposable
{
    /// <summary>Adds parameters of one group.</summary>
    public abstract void Add(RuleGroup group, IReadOnlyList<TrainedParameter> parameters);

    /// <summary>Takes the gradient of a parameter for the next step, which takes part if there is one.</summary>
    public abstract void Take(TrainedParameter parameter, Tensor gradient);

    /// <summary>Steps the parameters whose gradients were taken.</summary>
    /// <param name="threads">The largest number of threads.</param>
    public abstract void Step(int threads);

    /// <summary>Forgets the gradients that were taken.</summary>
    public abstract void Release();

    /// <summary>A copy of what is kept of a parameter, on the CPU.</summary>
    public abstract ParameterState StateOf(TrainedParameter parameter);

    /// <summary>Sets what is kept of a parameter, and the per-group states of its group where it is the only engine that has them.</summary>
    public abstract void SetState(TrainedParameter parameter, ParameterState state);

    /// <summary>The per-group states of a group by their symbols; empty before its first step, and where it has none here.</summary>
    public abstract IReadOnlyDictionary<string, double> GroupStates(RuleGroup group);

    /// <summary>Sets the per-group states of a group.</summary>
    public abstract void SetGroupStates(RuleGroup group, IReadOnlyDictionary<string, double> states);

    /// <inheritdoc/>
    public abstract void Dispose();
}
