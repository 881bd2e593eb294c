namespace OptDsl.Tests.Runtime;

/// <summary>Constants that each element has of its own.</summary>
public sealed class ConstantTests
{
    [Fact]
    public void Given_values_are_used_and_others_are_initial()
    {
        var given = new Parameter<double>("a", new double[] { 1, 1, 1 }, new double[] { 10, -10, 1 });
        var other = new Parameter<double>("b", new double[] { 1, 1 }, new double[] { 100, -1 });
        given.SetConstant("lower", [0.5, 0, 0]);
        given.SetConstant("upper", [2, 1.25, 2]);
        var optimizer = new Optimizer<double>();
        optimizer.Add(new BoundedDescent(), given, other);
        optimizer.Step();
        Assert.Equal([0.5, 1.25, 0.9], given.Value.ToArray());
        Assert.Equal([-1, 1.1], other.Value.ToArray());
        Assert.Equal([0.5, 0, 0], optimizer.State("a", "lower").ToArray());
    }

    [Fact]
    public void A_checkpoint_holds_them()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("optdsl-constants-").FullName, "a.safetensors");
        var first = new Parameter<float>("a", new float[] { 1, 1 }, new float[] { 10, 1 });
        first.SetConstant("lower", [0.5f, -1]);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new BoundedDescent(), first);
        optimizer.Step();
        optimizer.Save(file);

        var second = new Parameter<float>("a", new float[2], new float[] { 10, 1 });
        var other = new Optimizer<float>();
        other.Add(new BoundedDescent(), second);
        other.Load(file);
        other.Step();
        optimizer.Step();
        Assert.Equal(first.Value.ToArray(), second.Value.ToArray());
        Assert.Equal([0.5f, -1], other.State("a", "lower").ToArray());
    }

    [Fact]
    public void The_kernel_takes_them_as_spans()
    {
        double[] w = [1, 1];
        new BoundedDescent { StepSize = 1 }.Update(1, w, [5, -5], [0.25, 0], [2, 3]);
        Assert.Equal([0.25, 3], w);
    }

    [Fact]
    public void There_is_a_value_for_every_element()
    {
        var parameter = new Parameter<float>("a", new float[3]);
        Assert.Contains("3 elements, and the constant 'lower' 2", Assert.Throws<ArgumentException>(() => parameter.SetConstant("lower", [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => parameter.SetConstant(" ", [1, 2, 3]));
    }
}

/// <summary>Descent in a box.</summary>
[UpdateRule("W = clip(W - η g, lower, upper)")]
[State("lower", Constant = true, Initial = "-1"), State("upper", Constant = true, Initial = "W + 1")]
public sealed partial class BoundedDescent
{
    /// <summary>The step size.</summary>
    [Hyper("η", Min = 0)]
    public double StepSize { get; set; } = 0.1;
}
