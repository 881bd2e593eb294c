using System.Numerics;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(7, 5)]
    public void Saving_and_loading_in_between_changes_no_bit_of_what_follows(int before, int after)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var folder = new TemporaryFolder();
            var straight = new Everything<T>();
            straight.Run(before + after);

            var first = new Everything<T>();
            first.Run(before);
            first.Optimizer.Save(folder["c"]);
            var second = new Everything<T>(seedOfWeights: 99);
            second.Optimizer.Unfreeze(_ => true);
            Assert.Equal(first.Optimizer.StepCount, second.Optimizer.Load(folder["c"]).Step);
            Assert.Equal(first.Digest(), second.Digest());
            second.Calls = before;
            second.Run(after);
            Assert.Equal(straight.Digest(), second.Digest());
        }
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var everything = new Everything<float>();
        everything.Run(3);
        everything.Optimizer.Save(folder["a"]);
        everything.Optimizer.Save(folder["b"]);
        everything.Optimizer.Load(folder["a"]);
        everything.Optimizer.Save(folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void A_checkpoint_from_before_the_first_step_holds_the_weights_alone()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(1, 4);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestTrustRatio(), model.Parameters);
        optimizer.Save(folder["c"]);
        var weights = model.Values;

        model.Train(optimizer, 2);
        optimizer.Load(folder["c"]);
        Assert.Equal(weights, model.Values);
        Assert.Equal((0, 0), (optimizer.StepCount, optimizer.StepsOf("p0")));
        Assert.True(optimizer.State("p0", "m").IsEmpty);

        model.Train(optimizer, 2);
        var twin = new Model<float>(1, 4);
        var other = new Optimizer<float>();
        other.Add(new TestTrustRatio(), twin.Parameters);
        twin.Train(other, 2);
        Assert.Equal(twin.Values, model.Values);
    }

    [Fact]
    public void Parameters_are_known_by_name_whatever_their_order_and_groups()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (new Model<double>(2, 5, 6, 7), new Model<double>(3, 5, 6, 7));
        var saved = new Optimizer<double>();
        saved.Add(new TestMomentum(), one.Parameters);
        one.Train(saved, 2);
        saved.Save(folder["c"]);

        var loaded = new Optimizer<double>();
        loaded.Add(new TestMomentum(), other.Parameters[2]);
        loaded.Add(new TestMomentum(), other.Parameters[1], other.Parameters[0]);
        Assert.Empty(loaded.Load(folder["c"]).HyperChanges);
        Assert.Equal(one.Values, other.Values);
        Assert.Equal(saved.State("p1", "v").ToArray(), loaded.State("p1", "v").ToArray());
        one.Train(saved, 1);
        for (var i = 0; i < 3; i++)
            one.Parameters[i].Gradient.CopyTo(other.Parameters[i].Gradient);
        loaded.Step();
        Assert.Equal(one.Values, other.Values);
    }

    [Fact]
    public void Hyper_parameters_that_have_changed_are_reported_and_stay()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(4, 5);
        var rule = new TestMomentum { LearningRate = 0.1 };
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        rule.LearningRate = 0.01;
        rule.WeightDecay = double.PositiveInfinity;
        optimizer.Save(folder["d"]);
        var changes = optimizer.Load(folder["c"]).HyperChanges;
        Assert.Equal([("p0", "LearningRate", 0.1, 0.01), ("p0", "WeightDecay", 0, double.PositiveInfinity)], changes.Select(change => (change.Parameter, change.Property, change.Saved, change.Current)));
        Assert.Equal(0.01, rule.LearningRate.At(1));
        Assert.Empty(optimizer.Load(folder["d"]).HyperChanges);
    }

    [Fact]
    public void Names_in_any_script_survive()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["слой.вес", "层/权重", "a\"b\\c", "a/m", "a", "__metadata__", "😀 \u0001\n"];
        var model = new Model<float>(5, names.Select((name, i) => (name, (int[])[i + 1])));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestTrustRatio(), model.Parameters);
        model.Train(optimizer, 2);
        optimizer.Save(folder["c"]);
        var weights = model.Values;
        model.Train(optimizer, 2);
        optimizer.Load(folder["c"]);
        Assert.Equal(weights, model.Values);
    }

    [Fact]
    public void A_link_to_a_checkpoint_stays_a_link()
    {
        using var folder = new TemporaryFolder();
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), new Model<float>(6, 5).Parameters);
        optimizer.Save(folder["real"]);
        var length = new FileInfo(folder["real"]).Length;
        File.CreateSymbolicLink(folder["latest"], folder["real"]);
        optimizer.Step();
        optimizer.Save(folder["latest"]);
        Assert.Equal(["latest", "real"], folder.Files.Order());
        Assert.True(new FileInfo(folder["real"]).Length > length);
        Assert.NotNull(new FileInfo(folder["latest"]).LinkTarget);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        var native = new DisposableMemory(10);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), new Model<float>(6, 5).Parameters);
        optimizer.Add(new TestMomentum(), new Parameter<float>("w", native.Memory, new float[10]));
        optimizer.Save(folder["c"]);
        var bytes = File.ReadAllBytes(folder["c"]);
        ((IDisposable)native).Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.Save(folder["c"]));
        Assert.Equal(bytes, File.ReadAllBytes(folder["c"]));
        Assert.Equal(["c"], folder.Files);

        Assert.ThrowsAny<IOException>(() => optimizer.Save(Path.Combine(folder["nowhere"], "c")));
        Directory.CreateDirectory(folder["directory"]);
        Assert.ThrowsAny<Exception>(() => optimizer.Save(folder["directory"]));
        Assert.Equal(["c"], folder.Files);
        Assert.Throws<FileNotFoundException>(() => optimizer.Load(folder["x"]));
    }

    [Fact]
    public void Memory_that_is_gone_stops_a_step_and_a_load_before_anything_changes()
    {
        using var folder = new TemporaryFolder();
        var native = new DisposableMemory(10);
        var model = new Model<float>(6, 5);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        optimizer.Add(new TestMomentum(), new Parameter<float>("w", native.Memory, new float[10]));
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        model.Train(optimizer, 1);
        var weights = model.Values;
        var state = optimizer.State("p0", "v").ToArray();
        ((IDisposable)native).Dispose();

        Assert.Throws<ObjectDisposedException>(() => optimizer.Step());
        Assert.Throws<ObjectDisposedException>(() => optimizer.Load(folder["c"]));
        Assert.Equal(weights, model.Values);
        Assert.Equal(state, optimizer.State("p0", "v").ToArray());
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void Nothing_is_saved_or_loaded_while_an_average_is_in_the_weights_place()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(6, 5);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        var average = optimizer.AddAverage(Averaging.Equal());
        model.Train(optimizer, 2);
        average.Swap();
        Assert.Throws<InvalidOperationException>(() => optimizer.Save(folder["c"]));
        Assert.Throws<InvalidOperationException>(() => optimizer.Load(folder["c"]));
        Assert.Empty(folder.Files);
    }

    private sealed class DisposableMemory(int length) : System.Buffers.MemoryManager<float>
    {
        private float[]? _elements = new float[length];

        public override Span<float> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_elements is null, this);
            return _elements;
        }

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing) => _elements = null;
    }
}
