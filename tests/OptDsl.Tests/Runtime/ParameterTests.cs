using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class ParameterTests
{
    [Fact]
    public void A_parameter_without_shape_has_one_dimension()
    {
        var parameter = new Parameter<float>("b", new float[3], new float[3]);
        Assert.Equal([3], parameter.Shape);
        Assert.Equal(1, parameter.Rank);
        Assert.Equal("b [3]", parameter.ToString());
        Assert.Equal("w [2 × 3]", new Parameter<float>("w", new float[6], new float[6], 2, 3).ToString());
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        Refused("no elements", () => new Parameter<float>("body.bias", Array.Empty<float>(), Array.Empty<float>()));
        Refused("3 elements and its gradient 4", () => new Parameter<float>("body.bias", new float[3], new float[4]));
        Refused("[2 × 2]", () => new Parameter<float>("body.bias", new float[3], new float[3], 2, 2));
        Refused("[65536 × 65536 × 65536 × 65536 × 65536]", () => new Parameter<float>("body.bias", new float[3], new float[3], 65536, 65536, 65536, 65536, 65536));
        Refused("dimension of 0", () => new Parameter<float>("body.bias", new float[3], new float[3], 3, 0));
        Refused("dimension of -1", () => new Parameter<float>("body.bias", new float[3], new float[3], -1, -3));
        var shared = new float[10];
        Refused("overlap", () => new Parameter<float>("body.bias", shared, shared));
        Refused("overlap", () => new Parameter<float>("body.bias", shared.AsMemory(0, 5), shared.AsMemory(4, 5)));
        Assert.Throws<ArgumentException>(() => new Parameter<float>(" ", new float[1], new float[1]));
        Assert.Throws<ArgumentNullException>(() => new Parameter<float>(null!, new float[1], new float[1]));
        Assert.Throws<ArgumentException>(() => new Parameter<float>("\ud800", new float[1], new float[1]));
        _ = new Parameter<float>("😀", shared.AsMemory(0, 5), shared.AsMemory(5, 5));

        static void Refused(string reason, Func<object> make)
        {
            var message = Assert.Throws<ArgumentException>(make).Message;
            Assert.Contains("'body.bias'", message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_or_a_parameter_that_is_there_already_is_refused_and_nothing_is_added()
    {
        var optimizer = new Optimizer<float>();
        var first = new Parameter<float>("a", new float[3], new float[3]);
        optimizer.Add(new TestMomentum(), first);

        var other = new Parameter<float>("b", new float[3], new float[3]);
        var clash = new Parameter<float>("a", new float[3], new float[3]);
        Assert.Contains("another parameter 'a'", Assert.Throws<ArgumentException>(() => optimizer.Add(new TestMomentum(), other, clash)).Message, StringComparison.Ordinal);
        Assert.Contains("'a' has been added before", Assert.Throws<ArgumentException>(() => optimizer.Add(new TestMomentum(), other, first)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("parameters", () => optimizer.Add(new TestMomentum(), other, null!));
        Assert.Contains("no parameter for TestMomentum", Assert.Throws<ArgumentException>("parameters", () => optimizer.Add(new TestMomentum())).Message, StringComparison.Ordinal);
        Assert.Equal([first], optimizer.Parameters);
        Assert.Single(optimizer.Groups);

        optimizer.Add(new TestMomentum(), other);
        Assert.Equal([first, other], optimizer.Parameters);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(9, 2)]
    [InlineData(5, 1)]
    [InlineData(0, 100)]
    public void Buffers_that_overlap_another_parameters_are_refused(int start, int length)
    {
        var arena = new double[200];
        var native = new NativeDoubles(100);
        foreach (var (memory, kind) in new[] { (arena.AsMemory(), "array"), (native.Memory, "native") })
        {
            var optimizer = new Optimizer<double>();
            optimizer.Add(new TestMomentum(), new Parameter<double>("a", memory[..10], new double[10]));
            var asValue = new Parameter<double>("b", memory.Slice(start, length), new double[length]);
            var asGradient = new Parameter<double>("b", new double[length], memory.Slice(start, length));
            Assert.Contains("The value of parameter 'b' overlaps the value of parameter 'a'", Assert.Throws<ArgumentException>(() => optimizer.Add(new TestMomentum(), asValue)).Message, StringComparison.Ordinal);
            Assert.Contains("The gradient of parameter 'b' overlaps the value of parameter 'a'", Assert.Throws<ArgumentException>(() => optimizer.Add(new TestMomentum(), asGradient)).Message, StringComparison.Ordinal);
            Assert.Single(optimizer.Parameters);
            Assert.NotNull(kind);
        }
    }

    [Fact]
    public void Neighbours_in_one_array_are_welcome_in_any_order()
    {
        var arena = new float[60];
        var optimizer = new Optimizer<float>();
        foreach (var slot in (int[])[4, 0, 2, 5, 1, 3])
            optimizer.Add(new TestMomentum(), new Parameter<float>($"p{slot}", arena.AsMemory(slot * 5, 5), arena.AsMemory(30 + (slot * 5), 5)));
        arena.AsSpan(30).Fill(1);
        optimizer.Step();
        Assert.All(arena.AsSpan(0, 30).ToArray(), element => Assert.Equal(-0.1f, element));
        Assert.All(arena.AsSpan(30).ToArray(), element => Assert.Equal(1, element));
    }

    [Fact]
    public void Native_memory_is_trained_in_place()
    {
        using var value = new NativeDoubles(1000);
        using var gradient = new NativeDoubles(1000);
        value.GetSpan().Fill(1);
        gradient.GetSpan().Fill(2);
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 0.25 }, new Parameter<double>("w", value.Memory, gradient.Memory, 10, 100));
        optimizer.Step();
        Assert.All(value.GetSpan().ToArray(), element => Assert.Equal(0.5, element));
    }
}
