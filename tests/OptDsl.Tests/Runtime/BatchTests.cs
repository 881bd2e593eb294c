using System.Numerics;
using OptDsl.Rules;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

/// <summary>Small tensors, which a rule updates in one call, have the bits that they have one by one; steps that are measured take them one by one.</summary>
public sealed class BatchTests
{
    private static readonly int[] s_lengths = [1, 2, 7, 15, 16, 17, 31, 64, 65, 100, 127, 200, 255, 256, 300, 777, 1024, 2047, 3];

    public static TheoryData<string> Clippings => ["none", "value", "global norm", "tensor norm", "adaptive"];

    [Theory]
    [MemberData(nameof(Clippings))]
    public void Tensors_at_once_have_the_bits_of_tensors_one_by_one(string clipping)
    {
        foreach (var zero in (bool[])[false, true])
        {
            AllRules<float>(With);
            AllRules<double>(With);

            void With(dynamic optimizer)
            {
                optimizer.Clipping = Clipping(clipping);
                optimizer.ZeroGradients = zero;
            }
        }
    }

    [Theory]
    [InlineData(Storage.BFloat16, Storage.BFloat16)]
    [InlineData(Storage.Element, Storage.BFloat16)]
    [InlineData(Storage.Block8, Storage.Element)]
    public void States_in_fewer_bits_are_the_same(Storage first, Storage second)
    {
        Same<float>(() => new AdamW(), _ => { }, group => group.StoreState("m", first).StoreState("v", second, Rounding.Nearest));
        Same<double>(() => new AdamW(), _ => { }, group => group.StoreState("m", first).StoreState("v", second));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_change_nothing(int degree) => AllRules<float>(optimizer =>
    {
        optimizer.MaxDegreeOfParallelism = degree;
        optimizer.ParallelThreshold = 0;
        optimizer.ChunkLength = 512;
    });

    [Fact]
    public void What_comes_between_steps_is_followed() => Assert.Equal(Run(measured: true), Run(measured: false));

    [Fact]
    public void A_parameter_in_two_optimizers_is_followed_by_both()
    {
        var parameter = new Parameter<float>("w", new float[] { 1 }, new float[] { 1 });
        var (one, other) = (new Optimizer<float>(), new Optimizer<float>());
        one.Add(new Sgd { LearningRate = 1 }, parameter);
        other.Add(new Sgd { LearningRate = 1 }, parameter);
        one.Step();
        other.Step();
        parameter.Gradient = new float[] { 10 };
        one.Step();
        other.Step();
        Assert.Equal(-21, parameter.Value.Span[0]);
    }

    [Fact]
    public void Memory_that_was_disposed_of_is_not_stepped()
    {
        var (value, gradient, other) = (new NativeDoubles(3), new NativeDoubles(3), new double[] { 1 });
        value.GetSpan().Clear();
        gradient.GetSpan().Fill(1);
        var optimizer = new Optimizer<double>();
        optimizer.Add(new Sgd { LearningRate = 1 }, new Parameter<double>("a", other, new double[] { 1 }), new Parameter<double>("b", value.Memory, gradient.Memory));
        optimizer.Step();
        Assert.Equal((0, -1), (other[0], value.GetSpan()[0]));

        ((IDisposable)gradient).Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.Step());
        Assert.Equal((0, -1), (other[0], value.GetSpan()[0]));
        ((IDisposable)value).Dispose();
    }

    [Fact]
    public void Steps_are_counted_for_each_parameter()
    {
        var model = new Model<float>(1, 5, 6, 7);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new AdamW(), model.Parameters);
        model.Train(optimizer, 2);
        optimizer.Freeze(name => name == "p1");
        model.Train(optimizer, 3);
        model.Parameters[2].Gradient = null;
        optimizer.Step();
        optimizer.Unfreeze(name => name == "p1");
        Assert.Equal((6, 2, 5), (optimizer.StepsOf("p0"), optimizer.StepsOf("p1"), optimizer.StepsOf("p2")));
        optimizer.Step();
        Assert.Equal((7, 3, 5), (optimizer.StepsOf("p0"), optimizer.StepsOf("p1"), optimizer.StepsOf("p2")));
    }

    private static void AllRules<T>(Action<Optimizer<T>> with)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var create in (Func<IUpdateRule>[])
            [() => new Sgd(), () => new ClassicMomentum(), () => new RmsProp(), () => new AdamW(), () => new Lion(), () => new Lamb(), () => new Adan(), () => new DeclaredOptions { Momentum = 0.5 },
             () => new DeclaredOptions { Scaled = true }, () => new TestMomentum()])
            Same(() => (IUpdateRule<T>)create(), with, _ => { });
    }

    private static void Same<T>(Func<IUpdateRule<T>> rule, Action<Optimizer<T>> with, Action<ParameterGroup<T>> group)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (together, alone) = (Trained(measured: false), Trained(measured: true));
        Assert.Equal(alone.Values, together.Values);
        Assert.Equal(alone.Gradients, together.Gradients);

        Model<T> Trained(bool measured)
        {
            var model = new Model<T>(3, s_lengths);
            var optimizer = new Optimizer<T> { MeasuresSteps = measured, MaxDegreeOfParallelism = 1 };
            group(optimizer.Add(rule(), model.Parameters));
            with(optimizer);
            model.Train(optimizer, 3);
            return model;
        }
    }

    /// <summary>Trains, and changes between steps what a step may find elsewhere.</summary>
    private static float[][] Run(bool measured)
    {
        var model = new Model<float>(4, s_lengths);
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1, MeasuresSteps = measured };
        var rule = new AdamW { LearningRate = 0.01 };
        var group = optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 2);
        foreach (var parameter in model.Parameters)
            parameter.Gradient = new float[parameter.Length];
        model.Train(optimizer, 1);
        model.Parameters[5].Upper = Enumerable.Repeat(0.1f, model.Parameters[5].Length).ToArray();
        model.Train(optimizer, 1);
        Assert.InRange(model.Parameters[5].Value.ToArray().Max(), -1, 0.1f);
        optimizer.Freeze(name => name == "p3");
        model.Train(optimizer, 1);
        optimizer.Unfreeze(name => name == "p3");
        model.Parameters[7].Gradient = null;
        model.Train(optimizer, 1);
        group.StoreState("v", Storage.BFloat16);
        model.Train(optimizer, 1);
        optimizer.RoundingSeed = 17;
        model.Train(optimizer, 1);
        optimizer.Lookahead = new Lookahead(2);
        model.Train(optimizer, 3);
        rule.LearningRate = 0.02;
        optimizer.AddAverage(Averaging.Equal());
        model.Train(optimizer, 1);
        return model.Values;
    }

    private static GradientClipping Clipping(string name) => name switch
    {
        "value" => GradientClipping.ByValue(0.25),
        "global norm" => GradientClipping.ByGlobalNorm(1),
        "tensor norm" => GradientClipping.ByTensorNorm(2),
        "adaptive" => GradientClipping.Adaptive(),
        _ => GradientClipping.None,
    };
}
