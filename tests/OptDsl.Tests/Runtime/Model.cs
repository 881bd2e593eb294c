using System.Numerics;

namespace OptDsl.Tests.Runtime;

/// <summary>A few random tensors in an optimizer, with gradients that depend on the step alone.</summary>
internal sealed class Model<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _seed;

    public Model(int seed, params IEnumerable<int> lengths)
    {
        _seed = seed;
        Parameters = [.. lengths.Select((length, i) => Tensor($"p{i}", [length]))];
    }

    public Model(int seed, params IEnumerable<(string Name, int[] Shape)> tensors)
    {
        _seed = seed;
        Parameters = [.. tensors.Select(tensor => Tensor(tensor.Name, tensor.Shape))];
    }

    public Parameter<T>[] Parameters { get; }

    public T[][] Values => [.. Parameters.Select(parameter => parameter.Value.ToArray())];

    public T[][] Gradients => [.. Parameters.Select(parameter => parameter.Gradient.ToArray())];

    /// <summary>Writes the gradients of a step.</summary>
    public void Backward(long step)
    {
        for (var i = 0; i < Parameters.Length; i++)
            Fill(Parameters[i].Gradient.Span, unchecked((int)((_seed * 1_000_003L) + (i * 7919L) + step)), 1);
    }

    /// <summary>Steps with the gradients of each step in turn.</summary>
    public void Train(Optimizer<T> optimizer, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Backward(optimizer.StepCount + 1);
            Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        }
    }

    private static void Fill(Span<T> span, int seed, double scale)
    {
        var state = unchecked((uint)seed * 2654435761u) | 1;
        foreach (ref var element in span)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            element = T.CreateTruncating(((state * (1.0 / uint.MaxValue) * 2) - 1) * scale);
        }
    }

    private Parameter<T> Tensor(string name, int[] shape)
    {
        var length = shape.Aggregate(1, (product, dimension) => product * dimension);
        var value = new T[length];
        Fill(value, unchecked((_seed * 31) + name.Length + (name[^1] * 7919)), 0.5);
        return new Parameter<T>(name, value, new T[length], shape);
    }
}
