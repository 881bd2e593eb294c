using OptDsl.Generators.Tests.Infrastructure;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Norms in kernels are finite wherever the elements are, in any chunks, over tensors and groups.</summary>
public sealed class NormKernelTests
{
    [Theory]
    [InlineData(1e200, false)]
    [InlineData(1e-200, false)]
    [InlineData(1e-310, false)]
    [InlineData(1e300, true)]
    [InlineData(1, false)]
    public void Direction_of_any_gradient_has_the_length_1(double size, bool precise)
    {
        var source = Of("u = 0.5u + g\nn = ‖u‖\nW = W - 0.5g/‖g‖ - 0.5u/group(‖u‖)\nr = ‖g‖/‖2g‖ + rms(g)/(1 + maxabs(g))", "u n:tensor r:tensor").WithOutputs();
        using var code = CompiledCode.Load(RuleCode.Of(source, "Direction", precise));
        var random = new Random(1);
        foreach (var length in new[] { 1, 7, 40, 513, 2_000 })
        {
            var gradient = Enumerable.Range(0, length).Select(_ => size * (random.NextDouble() + 0.1)).ToArray();
            var run = new KernelRun<double>(code.Create("Direction"), new double[length]);
            var chunks = new KernelRun<double>(code.Create("Direction"), new double[length], chunk: 512);
            run.Step(gradient);
            chunks.Step(gradient);

            Assert.Equal(1, Math.Sqrt(run.Parameter.ToArray().Sum(element => element * element)), 1e-9);
            Assert.Equal(run.Parameter.ToArray(), chunks.Parameter.ToArray());
            Assert.Equal(run.TensorStates.ToArray(), chunks.TensorStates.ToArray());
            Assert.True(double.IsFinite(run.TensorStates[0]) && run.TensorStates[0] > 0);
        }
    }
}
