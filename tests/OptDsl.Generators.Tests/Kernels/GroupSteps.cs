using System.Numerics;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Tensors that an optimizer steps as one group.</summary>
internal sealed class GroupSteps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;
    private readonly Optimizer<T> _optimizer;

    public GroupSteps(object rule, double[][] starts, int chunk = 1 << 20, int degree = 1)
    {
        _parameters = [.. starts.Select((start, i) => new Parameter<T>(Name(i), start.Select(T.CreateTruncating).ToArray(), new T[start.Length]))];
        _optimizer = new Optimizer<T> { ChunkLength = chunk, MaxDegreeOfParallelism = degree, ParallelThreshold = 0 };
        _optimizer.Add((IUpdateRule<T>)rule, _parameters);
    }

    public ReadOnlySpan<T> Parameter(int tensor) => _parameters[tensor].Value.Span;

    public ReadOnlySpan<T> State(int tensor, string symbol) => _optimizer.State(Name(tensor), symbol).Span;

    public double Number(int tensor, string symbol) => _optimizer.TensorState(Name(tensor), symbol);

    public void Step(double[][] gradients)
    {
        for (var i = 0; i < gradients.Length; i++)
            gradients[i].Select(T.CreateTruncating).ToArray().CopyTo(_parameters[i].Gradient);
        _optimizer.Step();
    }

    private static string Name(int tensor) => $"p{tensor}";
}
