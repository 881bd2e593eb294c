using FsCheck;
using FsCheck.Fluent;
using OptDsl.Execution;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class ChunkingTests(ITestOutputHelper output)
{
    private static readonly int[] s_degrees = [1, 2, 3, 8];
    private static readonly int[] s_chunkLengths = [512, 1024, 4096, 16384, 1 << 20];

    [Fact]
    public void Results_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size()
    {
        int[] lengths = [1, 511, 512, 513, 5000, 16384, 16385, 40_000, 100_003];
        var floats = Table<float>(lengths);
        var doubles = Table<double>(lengths);
        output.WriteLine("threads chunk  float            double");
        foreach (var key in floats.Keys)
            output.WriteLine($"{key.Degree,7} {key.Chunk,7}  {floats[key]:x16} {doubles[key]:x16}");
        Assert.Single(floats.Values.Distinct());
        Assert.Single(doubles.Values.Distinct());
    }

    [Fact]
    public void Any_cut_of_any_tensors_gives_the_bits_of_one_thread_and_whole_tensors()
    {
        var cases =
            from lengths in Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(500, 530), Gen.Choose(1000, 9000)))
            from degree in Gen.Choose(1, 8)
            from chunk in Gen.Choose(0, 5)
            select (Lengths: lengths.Take(12).ToArray(), Degree: degree, Chunk: 512 << chunk);
        Prop.ForAll(cases.ToArbitrary(), c => Digest<float>(c.Lengths, c.Degree, c.Chunk) == Digest<float>(c.Lengths, 1, 1 << 20))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Work_items_cover_every_chunk_of_every_tensor_once()
    {
        var cases =
            from count in Gen.Choose(0, 30)
            from chunks in Gen.Choose(0, 4).ListOf(count)
            from lengths in Gen.Choose(1, 1000).ListOf(count)
            from batch in Gen.Choose(1, 2000)
            select (Chunks: chunks.ToArray(), Lengths: lengths.ToArray(), Batch: batch);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var done = c.Chunks.Select(chunks => new int[chunks]).ToArray();
            foreach (var item in WorkItem.Cut([.. c.Chunks.Select(count => new ChunkRange(0, count, count))], c.Lengths, c.Batch))
            {
                if (item.TensorCount == 0)
                    done[item.Tensor][item.Chunk]++;
                for (var tensor = item.Tensor; tensor < item.Tensor + item.TensorCount; tensor++)
                    done[tensor][0]++;
            }

            return done.All(tensor => tensor.All(times => times == 1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void A_tree_over_trees_is_the_tree_over_all_leaves()
    {
        var cases =
            from count in Gen.Choose(0, 300)
            from seed in Gen.Choose(0, int.MaxValue)
            from size in Gen.Choose(0, 6)
            select (Count: count, Seed: seed, Size: 1 << size);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var random = new Random(c.Seed);
            var leaves = Enumerable.Range(0, c.Count).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-8, 8))).ToArray();
            return Tree(leaves.Chunk(c.Size).Select(Tree)) == Tree(leaves) && Tree(leaves) == Recursive(leaves);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

        static double Tree(IEnumerable<double> values)
        {
            var tree = default(PartialTree);
            foreach (var value in values)
                tree.Add(value, ReductionKind.Sum);
            return tree.Result(ReductionKind.Sum);
        }

        static double Recursive(ReadOnlySpan<double> values)
        {
            if (values.Length < 2)
                return values.IsEmpty ? 0 : values[0];
            var split = 1;
            while (split * 2 < values.Length)
                split *= 2;
            return Recursive(values[..split]) + Recursive(values[split..]);
        }
    }

    private static Dictionary<(int Degree, int Chunk), ulong> Table<T>(int[] lengths)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        (from degree in s_degrees from chunk in s_chunkLengths select (degree, chunk))
        .ToDictionary(key => key, key => Digest<T>(lengths, key.degree, key.chunk));

    private static ulong Digest<T>(int[] lengths, int degree, int chunkLength)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var model = new Model<T>(lengths.Length, lengths);
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = degree, ChunkLength = chunkLength, ParallelThreshold = 0 };
        optimizer.Add((IUpdateRule<T>)(object)new TestTrustRatio(), model.Parameters.Where((_, i) => i % 3 != 2));
        if (lengths.Length > 2)
            optimizer.Add((IUpdateRule<T>)(object)new TestMomentum(), model.Parameters.Where((_, i) => i % 3 == 2));
        model.Train(optimizer, 3);

        var digest = new Digest();
        foreach (var parameter in model.Parameters)
            digest.Add(parameter.Value.Span);
        foreach (var name in optimizer.Groups[0].Parameters.Select(parameter => parameter.Name))
        {
            digest.Add(optimizer.State(name, "m").Span);
            digest.Add([optimizer.TensorState(name, "s")]);
        }

        return digest.Value;
    }
}
