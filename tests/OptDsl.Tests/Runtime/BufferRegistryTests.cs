using OptDsl.Execution;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

/// <summary>What it costs to add many parameters, counted.</summary>
public sealed class BufferRegistryTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_are_added_with_few_comparisons_wherever_their_memory_lies(bool native)
    {
        var registry = new BufferRegistry<double>();
        var before = GC.CollectionCount(0);
        foreach (var parameter in Parameters(native))
            registry.Add(parameter);
        AssertFew(registry, before);

        registry.Check();
        AssertFew(registry, before);
    }

    [Fact]
    public void A_failing_addition_of_many_costs_no_more_than_one_that_works()
    {
        var parameters = Parameters(native: true);
        var optimizer = new Optimizer<double>();
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Throws<ArgumentException>(() => optimizer.Add(new TestMomentum(), [.. parameters, parameters[0]]));
        Assert.Empty(optimizer.Parameters);
        var group = optimizer.Add(new TestMomentum(), parameters);

        var asked = 0;
        var rest = group.Except(
            parameter =>
            {
                asked++;
                return parameter.Name.EndsWith('1');
            },
            new TestMomentum());
        Assert.Equal((Count, Count / 10, Count - (Count / 10)), (asked, rest.Parameters.Count, group.Parameters.Count));
        Assert.Equal("p11", rest.Parameters[1].Name);
    }

    private static void AssertFew(BufferRegistry<double> registry, int collectionsBefore)
    {
        // Two buffers a parameter; after every collection they are sorted anew.
        var buffers = 2.0 * Count;
        var bound = 4 * buffers * Math.Log2(buffers) * (1 + GC.CollectionCount(0) - collectionsBefore);
        Assert.True(registry.Comparisons <= bound, $"{registry.Comparisons} comparisons for {buffers} buffers");
    }

    private static Parameter<double>[] Parameters(bool native)
    {
        var memory = native ? new NativeDoubles(2 * Count).Memory : new double[2 * Count];
        return [.. Enumerable.Range(0, Count).Select(i => new Parameter<double>($"p{i}", memory.Slice(i, 1), memory.Slice((2 * Count) - 1 - i, 1)))];
    }
}
