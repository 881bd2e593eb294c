using System.Runtime.InteropServices;
using OptDsl.Rules;
using OptDsl.Rules.Matrices;
using OptDsl.Tests.TestRules;
using static OptDsl.Tests.Runtime.StoredRuns;

namespace OptDsl.Tests.Runtime;

/// <summary>States in fewer bits: what a group says and does with them.</summary>
public sealed class StorageTests
{
    [Fact]
    public void A_group_halves_the_memory_of_its_moments_and_says_so()
    {
        var (wide, narrow) = (Stepped<float>(1, storage: Storage.Element), Stepped<float>(1));
        var elements = Lengths.Sum();
        Assert.Equal(8L * elements, wide.Groups[0].StateBytes);
        Assert.Equal(4L * elements, narrow.Groups[0].StateBytes);
        Assert.Equal(Storage.BFloat16, narrow.Groups[0].StorageOf("m"));
        Assert.Contains("87.6", narrow.Summary(), StringComparison.Ordinal);

        // A byte an element, and a float for every 256 of them.
        var blocks = Stepped<float>(1, storage: Storage.Block8);
        Assert.Equal(2L * (elements + (4 * Lengths.Sum(length => (length + 255) / 256))), blocks.Groups[0].StateBytes);
        Assert.Contains("44.5", blocks.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void States_that_are_weights_stay_unless_they_are_named()
    {
        var optimizer = new Optimizer<float>();
        var group = optimizer.Add(new ScheduleFreeAdamW(), new Parameter<float>("w", new float[40], new float[40])).StoreStates(Storage.BFloat16);
        Assert.Equal(Storage.Element, group.StorageOf("z"));
        Assert.Equal(Storage.BFloat16, group.StorageOf("v"));
        group.StoreState("z", Storage.BFloat16);
        Assert.Equal(Storage.BFloat16, group.StorageOf("z"));
        Assert.Throws<KeyNotFoundException>(() => group.StoreState("q", Storage.BFloat16));
        Assert.Throws<ArgumentOutOfRangeException>(() => group.StoreStates((Storage)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => group.StoreStates(Storage.BFloat16, (Rounding)99));
    }

    [Fact]
    public void A_group_that_is_split_off_begins_with_the_same_storage()
    {
        var optimizer = new Optimizer<float>();
        var group = optimizer.Add(new AdamW(), Parameters<float>()).StoreStates(Storage.BFloat16);
        Assert.Equal(Storage.BFloat16, group.Except(parameter => parameter.Length == 17, new AdamW { WeightDecay = 0 }).StorageOf("v"));
    }

    [Fact]
    public void A_rule_that_was_not_compiled_is_refused()
    {
        var optimizer = new Optimizer<float>();
        var group = optimizer.Add(new TestMomentum(), new Parameter<float>("w", new float[4], new float[4]));
        Assert.Contains("compiled", Assert.Throws<NotSupportedException>(() => group.StoreStates(Storage.BFloat16)).Message, StringComparison.Ordinal);
        group.StoreStates(Storage.Element);
    }

    [Fact]
    public void Rules_of_rows_and_columns_say_why_their_states_stay()
    {
        foreach (var rule in new IUpdateRule<float>[] { new Muon(), new FactoredAdafactor(), new Sm3(), new Lars() })
        {
            var group = new Optimizer<float>().Add(rule, new Parameter<float>("w", new float[6], new float[6], 2, 3));
            var message = Record.Exception(() => group.StoreStates(Storage.BFloat16))?.Message;
            Assert.Equal(
                rule is Lars ? null : $"The rule {rule.Description.Name} works on rows and columns, and its passes over them read states as elements: these cannot be BFloat16.", message);
        }
    }

    [Fact]
    public void A_declared_storage_is_that_of_a_group_and_of_the_step_over_spans()
    {
        var optimizer = new Optimizer<float> { RoundingSeed = 5 };
        optimizer.Add(new NarrowAdamW(), Parameters<float>());
        var other = new Optimizer<float> { RoundingSeed = 5 };
        other.Add(new AdamW(), Parameters<float>()).StoreStates(Storage.BFloat16);
        Step(optimizer, 5);
        Step(other, 5);
        Assert.Equal(Bits(optimizer), Bits(other));

        // Rounding is that of its seed; the values are within what 2⁻⁸ a step can do.
        var (W, g, m, v) = (new float[100], new float[100], new ushort[100], new ushort[100]);
        var (W1, m1, v1) = (new double[100], new double[100], new double[100]);
        for (var t = 1; t <= 5; t++)
        {
            for (var i = 0; i < 100; i++)
                g[i] = MathF.Sin((i * 0.7f) + t) + 0.01f;
            new NarrowAdamW().Update(t, W, g, m, v, roundingSeed: 3);
            new AdamW { WeightDecay = 0.01 }.Update(t, W1, Array.ConvertAll(g, x => (double)x), m1, v1);
        }

        for (var i = 0; i < 100; i++)
            Assert.Equal(m1[i], BFloat16Bits.ToSingle(m[i]), 0.02);
        Assert.Throws<ArgumentException>(() => new NarrowAdamW().Update(1, W, g, m, new ushort[99]));
        Assert.Throws<ArgumentException>(() => new NarrowAdamW().Update(1, W, g, m, m));
        Assert.Throws<ArgumentException>(() => new NarrowAdamW().Update(1, W, g, m, MemoryMarshal.Cast<float, ushort>(g.AsSpan())[..100]));
    }

    [Fact]
    public void Blocks_that_are_declared_are_those_of_a_group_and_elements_of_the_step_over_spans()
    {
        var optimizer = new Optimizer<float> { RoundingSeed = 5 };
        var declared = optimizer.Add(new NarrowerAdamW(), Parameters<float>());
        Assert.Equal((Storage.BFloat16, Storage.Block8), (declared.StorageOf("m"), declared.StorageOf("v")));
        Assert.Equal((4 + 4 + 2 + 1) + (4 + 2 + 1), declared.Rule.Description.BytesPerElement(sizeof(float)));
        var other = new Optimizer<float> { RoundingSeed = 5 };
        other.Add(new AdamW(), Parameters<float>()).StoreStates(Storage.BFloat16).StoreState("v", Storage.Block8);
        Step(optimizer, 5);
        Step(other, 5);
        Assert.Equal(Bits(optimizer), Bits(other));

        var (W, g, m, v) = (new float[300], Enumerable.Range(0, 300).Select(i => MathF.Sin(i)).ToArray(), new ushort[300], new float[300]);
        new NarrowerAdamW().Update(1, W, g, m, v);
        Assert.Equal(0.001f * g[7] * g[7], v[7], 1e-9f);
    }

    [Fact]
    public void Rows_without_gradients_keep_their_states_in_blocks_that_others_change()
    {
        var parameter = new Parameter<float>("e", new float[3000], default, 1000, 3);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new SgdW { LearningRate = 0.1, Momentum = 0.9 }, parameter).StoreStates(Storage.Block8);
        parameter.SetRowGradient(Enumerable.Range(0, 1000).ToArray(), Enumerable.Range(0, 3000).Select(i => 1 + MathF.Abs(MathF.Sin(i))).ToArray());
        optimizer.Step();
        var before = optimizer.States("e").Values.Single().ToArray();
        int[] stepped = [7, 8, 500, 999];
        parameter.SetRowGradient(stepped, Enumerable.Range(0, 12).Select(i => 0.5f).ToArray());
        optimizer.Step();
        var after = optimizer.States("e").Values.Single().ToArray();
        for (var i = 0; i < 3000; i++)
        {
            if (stepped.Contains(i / 3))
                Assert.Equal((0.9f * before[i]) + 0.5f, after[i], ((0.9f * before[i]) + 0.5f) / 8);
            else
                Assert.Equal(before[i], after[i]);
        }
    }

    [Fact]
    public void A_gradient_that_is_not_finite_makes_its_block_nan_and_the_others_go_on()
    {
        var parameter = new Parameter<float>("w", new float[1000], Enumerable.Range(0, 1000).Select(i => 1f + i).ToArray());
        var optimizer = new Optimizer<float> { NonFiniteGradients = NonFinitePolicy.LetThrough };
        optimizer.Add(new SgdW { LearningRate = 0.1, Momentum = 0.9 }, parameter).StoreStates(Storage.Block8);
        parameter.Gradient.Span[300] = float.PositiveInfinity;
        optimizer.Step();
        optimizer.Step();
        Assert.Equal(256, optimizer.States("w").Values.Single().ToArray().Count(float.IsNaN));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void States_of_every_kind_follow_a_run_with_wide_ones(bool nesterov)
    {
        var (mixed, wide) = (Mixed(Storage.BFloat16), Mixed(Storage.Element));
        for (var i = 0; i < 40; i++)
        {
            Step(mixed, 1);
            Step(wide, 1);
        }

        foreach (var (one, other) in mixed.Parameters.Zip(wide.Parameters))
        {
            for (var i = 0; i < one.Length; i++)
                Assert.Equal(other.Value.Span[i], one.Value.Span[i], 0.01f);
        }

        Optimizer<float> Mixed(Storage storage)
        {
            var optimizer = new Optimizer<float>();
            var group = optimizer.Add(new MixedStorage { Nesterov = nesterov }, Parameters<float>());
            Assert.Equal(Storage.BFloat16, group.StorageOf("m"));
            group.StoreState("m", storage, Rounding.Nearest);
            return optimizer;
        }
    }

    [Fact]
    public void An_average_that_stalls_when_rounded_to_the_nearest_moves_when_rounded_at_random()
    {
        Assert.Equal(1, Final(Rounding.Nearest));
        Assert.InRange(Final(Rounding.Stochastic), 0.34, 0.40);

        // v = 0.999 v, from 1, a thousand times.
        static double Final(Rounding rounding)
        {
            var optimizer = new Optimizer<float>();
            var parameter = new Parameter<float>("w", new float[4096], new float[4096]);
            optimizer.Add(new AdamW { Beta2 = 0.9, LearningRate = 0 }, parameter).StoreState("v", Storage.BFloat16, rounding);
            var rule = (AdamW)optimizer.Groups[0].Rule;
            parameter.Gradient.Span.Fill((float)Math.Sqrt(10));
            optimizer.Step();
            Assert.Equal(1, optimizer.State("w", "v").Span[0], 0.01);
            parameter.Gradient.Span.Clear();
            rule.Beta2 = 0.999;
            for (var i = 0; i < 1000; i++)
                optimizer.Step();
            return optimizer.State("w", "v").ToArray().Average(x => (double)x);
        }
    }

    [Fact]
    public void A_group_changes_its_storage_between_steps()
    {
        var optimizer = Stepped<float>(5, storage: Storage.Element);
        var before = optimizer.State("p4", "v").ToArray();
        optimizer.Groups[0].StoreStates(Storage.BFloat16);
        Assert.Equal(before, optimizer.State("p4", "v").ToArray());
        Step(optimizer, 1);
        Assert.Equal(4L * Lengths.Sum(), optimizer.Groups[0].StateBytes);
        optimizer.Groups[0].StoreStates(Storage.Block8);
        Step(optimizer, 1);
        Assert.Equal(Stepped<float>(1, storage: Storage.Block8).Groups[0].StateBytes, optimizer.Groups[0].StateBytes);
        optimizer.Groups[0].StoreStates(Storage.Element);
        Step(optimizer, 1);
        Assert.Equal(8L * Lengths.Sum(), optimizer.Groups[0].StateBytes);
    }

    [Theory]
    [InlineData(Storage.BFloat16)]
    [InlineData(Storage.Block8)]
    public void A_step_allocates_nothing(Storage storage)
    {
        var optimizer = Stepped<float>(3, storage: storage);
        optimizer.MaxDegreeOfParallelism = 1;
        optimizer.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            optimizer.Step();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
