using System.Text.Json;
using OptDsl.Checkpoints;
using OptDsl.Torch.Kernels;
using static TorchSharp.torch;

namespace OptDsl.Torch.States;

/// <summary>What an optimizer keeps, to be written to a file.</summary>
internal sealed class StateFile : IDisposable
{
    public const string MasterName = "master";
    public const string StepName = "step";
    public const string GroupsKey = "groups";

    private readonly List<SafetensorsTensor> _tensors = [];
    private readonly List<Tensor> _own = [];
    private string _groups = "";

    private StateFile()
    {
    }

    public static StateFile Of(
        IEnumerable<(RuleGroup Group, IReadOnlyDictionary<string, double> States)> groups, IEnumerable<(TrainedParameter Parameter, ParameterState State)> parameters)
    {
        var file = new StateFile
        {
            _groups = JsonSerializer.Serialize(
                groups.Select(pair => new SavedRuleGroup(
                    pair.Group.Rule.Description.Name, pair.Group.Rule.Description.Hash, pair.Group.LearningRate, pair.Group.InitialLearningRate,
                    new Dictionary<string, double>(pair.States), [.. pair.Group.NamedParameters.Select(parameter => parameter.Name)])).ToArray(),
                SavedRuleGroup.Json),
        };
        foreach (var (parameter, state) in parameters)
            file.Add(parameter, state);
        return file;
    }

    public void Write(Stream stream) => new SafetensorsLayout([new(GroupsKey, _groups)], _tensors).Write(stream);

    public void Dispose()
    {
        foreach (var tensor in _own)
            tensor.Dispose();
    }

    private void Add(TrainedParameter parameter, ParameterState state)
    {
        using (state)
        {
            if (state.Steps == 0)
                return;
            foreach (var description in parameter.Group.Rule.Description.States)
            {
                if (state.States.TryGetValue(description.Symbol, out var tensor))
                    Add($"{parameter.Name}.{StateNames.Of(description)}", tensor);
            }

            if (state.Master is not null)
                Add($"{parameter.Name}.{MasterName}", state.Master);
            _tensors.Add(new SafetensorsTensor<double>($"{parameter.Name}.{StepName}", [], new double[] { state.Steps }));
        }
    }

    private void Add(string name, Tensor tensor)
    {
        var inOrder = tensor.contiguous().DetachFromDisposeScope();
        _own.Add(inOrder);
        int[] shape = [.. inOrder.shape.Select(dimension => checked((int)dimension))];
        _tensors.Add(inOrder.dtype == ScalarType.Float64
            ? new SafetensorsTensor<double>(name, shape, Memory<double>(inOrder))
            : new SafetensorsTensor<float>(name, shape, Memory<float>(inOrder)));
    }

    private static Memory<T> Memory<T>(Tensor tensor)
        where T : unmanaged
    {
        var memory = new TensorMemory<T>((int)tensor.numel());
        memory.MoveTo(tensor.bytes);
        return memory.Memory;
    }
}
