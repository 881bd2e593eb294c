using OptDsl.Rules;
using static OptDsl.Tests.Runtime.StoredRuns;

namespace OptDsl.Tests.Runtime;

/// <summary>States in fewer bits have the same bits, however a step is divided.</summary>
public sealed class StorageDeterminismTests
{
    [Theory]
    [InlineData(typeof(float), Storage.BFloat16)]
    [InlineData(typeof(double), Storage.BFloat16)]
    [InlineData(typeof(float), Storage.Block8)]
    [InlineData(typeof(double), Storage.Block8)]
    public void Results_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size(Type type, Storage storage)
    {
        var digests = new HashSet<ulong>();
        foreach (var degree in new[] { 1, 2, 3, 8 })
        {
            foreach (var chunk in new[] { 512, 1024, 4096, 1 << 20 })
                digests.Add(type == typeof(float) ? DigestOf<float>(degree, chunk, storage) : DigestOf<double>(degree, chunk, storage));
        }

        Assert.Single(digests);
    }

    [Theory]
    [InlineData(Storage.BFloat16)]
    [InlineData(Storage.Block8)]
    public void Measuring_clipping_by_units_and_gradients_of_rows_round_the_same(Storage storage)
    {
        var plain = Stepped<float>(10, storage: storage);
        var measured = Stepped<float>(10, optimizer => optimizer.MeasuresSteps = true, storage);
        Assert.Equal(Bits(plain), Bits(measured));

        var (all, rows) = (Embedding(storage, ofRows: false), Embedding(storage, ofRows: true));
        Assert.Equal(Bits(all), Bits(rows));
    }

    [Fact]
    public void States_of_every_storage_beside_one_another_have_the_same_bits_for_any_threads_and_chunks()
    {
        Storage[] storages = [Storage.Element, Storage.BFloat16, Storage.Block8];
        foreach (var (m, v, z) in new[] { (0, 1, 2), (1, 2, 0), (2, 0, 1), (2, 2, 2), (2, 1, 2) })
        {
            var digests = new HashSet<ulong>();
            foreach (var (degree, chunk) in new[] { (1, 512), (3, 1024), (2, 1 << 20) })
            {
                var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = degree, ParallelThreshold = 0, ChunkLength = chunk, Clipping = GradientClipping.Adaptive() };
                optimizer.Add(new MixedStorage(), [.. Parameters<float>(), new Parameter<float>("rows", new float[3000], new float[3000], 1000, 3)])
                    .StoreState("m", storages[m], Rounding.Nearest).StoreState("v", storages[v]).StoreState("z", storages[z]);
                Step(optimizer, 6);
                digests.Add(DigestOf(optimizer));
            }

            Assert.Single(digests);
        }
    }

    [Fact]
    public void A_tensor_beyond_the_caches_has_the_same_bits_in_one_run_and_in_chunks()
    {
        var gradient = Enumerable.Range(0, (1 << 20) + 100).Select(i => MathF.Sin(i * 0.37f) * (1 + (i % 7))).ToArray();
        var (one, other) = (Stepped(1, 1 << 14), Stepped(2, 512));
        Assert.Equal(DigestOf(one), DigestOf(other));

        Optimizer<float> Stepped(int degree, int chunk)
        {
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = degree, ChunkLength = chunk };
            optimizer.Add(new AdamW(), new Parameter<float>("w", new float[gradient.Length], gradient)).StoreStates(Storage.Block8);
            for (var step = 0; step < 3; step++)
                optimizer.Step();
            return optimizer;
        }
    }
}
