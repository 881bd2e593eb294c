using System.Buffers;
using System.Numerics.Tensors;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

/// <summary>How tensors of System.Numerics.Tensors are trained, as documented at <see cref="Parameter{T}"/>.</summary>
public sealed class TensorMemoryTests
{
    [Fact]
    public void A_tensor_over_an_array_is_trained_through_the_array()
    {
        float[] weights = [1, 2, 3, 4, 5, 6], gradients = [1, 1, 1, 1, 1, 1];
        var w = Tensor.Create(weights, [2, 3]);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum { LearningRate = 1 }, new Parameter<float>("w", weights, gradients, 2, 3));
        optimizer.Step();
        Assert.Equal(5, w[1, 2]);
        Assert.Equal(0, w[0, 0]);
    }

    [Fact]
    public void A_tensor_that_owns_its_memory_is_trained_through_a_memory_manager()
    {
        var w = Tensor.CreateFromShape<double>([2, 3]);
        var g = Tensor.CreateFromShape<double>([2, 3]);
        g[1, 2] = 4;
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 1 }, new Parameter<double>("w", new TensorMemory<double>(w).Memory, new TensorMemory<double>(g).Memory, 2, 3));
        optimizer.Step();
        Assert.Equal(-4, w[1, 2]);
        Assert.Equal(0, w[0, 0]);
    }

    /// <summary>The memory of a dense tensor.</summary>
    private sealed class TensorMemory<T>(Tensor<T> tensor) : MemoryManager<T>
    {
        public override Span<T> GetSpan() => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));

        public override MemoryHandle Pin(int elementIndex = 0) => tensor.GetPinnedHandle();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
