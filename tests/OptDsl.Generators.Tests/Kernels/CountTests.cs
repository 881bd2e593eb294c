using OptDsl.Generators.Tests.Infrastructure;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>The number of elements is a number like any other: it divides as one.</summary>
public sealed class CountTests
{
    [Theory]
    [InlineData("n = count(W)/3", 7.0 / 3)]
    [InlineData("n = 1/count(W)", 1.0 / 7)]
    [InlineData("n = (count(W) - 1)/count(W)", 6.0 / 7)]
    [InlineData("n = count(W)/(2group(count(W)))", 1.0 / 2)]
    [InlineData("ρ = count(W)/group(count(W))\nn = ρ/2", 1.0 / 2)]
    [InlineData("n = √(count(W)/2) + 1/2", 2.3708286933869704)]
    [InlineData("n = (count(W) > 6 ? 1 : 2)/count(W)", 1.0 / 7)]
    [InlineData("n = (count(W)/2)^2", 12.25)]
    public void Counts_divide_as_numbers(string formulas, double expected)
    {
        var source = Of(formulas + "\nW = W - n g", "n:tensor").WithOutputs();
        using var code = CompiledCode.Load(RuleCode.Of(source, "Plain"), RuleCode.Of(source, "AsWritten", precise: true));
        foreach (var name in new[] { "Plain", "AsWritten" })
        {
            var run = new KernelRun<double>(code.Create(name), [1, 2, 3, 4, 5, 6, 7]);
            run.Step([1, 1, 1, 1, 1, 1, 1]);
            Assert.Equal(expected, run.TensorStates[0], 1e-15);
            Assert.Equal(1 - expected, run.Parameter[0], 1e-15);
        }
    }
}
