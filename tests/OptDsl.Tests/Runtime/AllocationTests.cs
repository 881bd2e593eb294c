using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

// Alone, as the allocations of the whole process are counted.
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(1, 300_000)]
    [InlineData(200, 2000)]
    [InlineData(10_000, 50)]
    public void A_step_allocates_nothing(int tensors, int length)
    {
        foreach (var degree in (int[])[1, 2, 3])
        {
            var model = new Model<float>(1, Enumerable.Repeat(length, tensors));
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = degree };
            optimizer.Add(new TestMomentum(), model.Parameters);
            var bytes = BytesPerStep(optimizer);
            output.WriteLine($"{tensors,6} tensors of {length,6}, {degree} threads: {bytes} B per step");
            Assert.Equal(0, bytes);
        }
    }

    [Fact]
    public void A_step_with_everything_on_allocates_nothing()
    {
        foreach (var clipping in (GradientClipping[])[GradientClipping.ByGlobalNorm(1), GradientClipping.Adaptive(), GradientClipping.ByValue(1)])
        {
            var model = new Model<float>(1, ("a", [300, 400]), ("b", [400]), ("c", [20, 20]));
            var optimizer = new Optimizer<float>
            {
                MaxDegreeOfParallelism = 2,
                ParallelThreshold = 0,
                Clipping = clipping,
                AccumulationSteps = 2,
                ZeroGradients = true,
                NonFiniteGradients = NonFinitePolicy.Skip,
                LossScaler = new LossScaler(),
                Lookahead = new Lookahead(3),
                MeasuresSteps = true,
            };
            optimizer.Add(new TestMomentum(), model.Parameters);
            optimizer.AddAverage(Averaging.Exponential(0.9));
            optimizer.Freeze(name => name == "c");
            var bytes = BytesPerStep(optimizer);
            output.WriteLine($"{clipping}: {bytes} B per step");
            Assert.Equal(0, bytes);
        }
    }

    [Fact]
    public void A_step_of_a_rule_with_options_allocates_nothing()
    {
        foreach (var rule in (DeclaredOptions[])[new(), new() { Scaled = true }, new() { Scaled = true, Momentum = 0.5 }])
        {
            var model = new Model<float>(1, 300, 50_000);
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 2, ParallelThreshold = 0 };
            optimizer.Add(rule, model.Parameters);
            optimizer.Step();
            rule.Scaled = !rule.Scaled;
            Assert.Equal(0, BytesPerStep(optimizer));
        }
    }

    [Fact]
    public void A_step_of_a_rule_that_reduces_groups_allocates_nothing()
    {
        foreach (var degree in (int[])[1, 3])
        {
            var model = new Model<float>(1, 300, 50_000, 7, 20_000);
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = degree, ParallelThreshold = 0, MeasuresSteps = true };
            optimizer.Add(new DeclaredGroupStep(), model.Parameters);
            optimizer.Freeze(name => name == "p2");
            Assert.Equal(0, BytesPerStep(optimizer));
        }
    }

    /// <summary>The bytes that a step allocates on all threads, at least: another thread may allocate now and then.</summary>
    internal static long BytesPerStep<T>(Optimizer<T> optimizer)
        where T : unmanaged
    {
        for (var i = 0; i < 10; i++)
            optimizer.Step();
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 4; i++)
                optimizer.Step();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least / 4;
    }
}
