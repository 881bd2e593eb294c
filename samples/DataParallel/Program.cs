// Trains the network of the Quickstart with the states of its optimizer divided among the ranks of an MPI job:
//     mpiexec -n 4 dotnet run -c Release --no-build --project samples/DataParallel
// Every rank has its part of each batch, and the curve is the same, to the last bit, for 1, 2, 3, 4, 6 and 12 ranks.

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DataParallel;
using OptDsl;
using OptDsl.Mpi;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Schedules;
using Quickstart;
using Spectre.Console;

const int PartsOfABatch = 12;
const int PartSize = 4;

var sample = Sample.Start(args);
using var world = World.Start(args);
if (PartsOfABatch % world.Size != 0)
{
    if (world.Rank == 0)
        Console.Error.WriteLine($"A batch has {PartsOfABatch} parts, which {world.Size} ranks cannot share equally: start 1, 2, 3, 4, 6 or 12.");
    return 2;
}

// The same seed on every rank: the same weights, and the same batches, of which each takes its parts.
var random = new RandomSource(seed: 2024);
var (train, test) = Digits.Load(random);
var network = new Network(random, Digits.Pixels, 64, Digits.Classes);
var epochs = sample.Short ? 3 : 12;
var steps = epochs * (train.Count / (PartsOfABatch * PartSize));
var rate = new WarmUpCosine { Peak = 0.005, WarmUpSteps = steps / 10, Steps = steps };
var optimizer = new ShardedOptimizer<float>(world, GradientReduction.Sum) { Clipping = GradientClipping.ByGlobalNorm(1) };
optimizer
    .Add(new SteadyAdam { LearningRate = rate }, network.Parameters)
    .Except(parameter => parameter.Rank < 2, new SteadyAdam { LearningRate = rate, Decay = 0 });

if (world.Rank == 0)
    Console.WriteLine($"{world.Size} {(world.Size == 1 ? "rank" : "ranks")} over {world.Library}; batches of {PartsOfABatch * PartSize}, {PartsOfABatch / world.Size} of {PartsOfABatch} parts a rank.");

var ownParts = PartsOfABatch / world.Size;
var sum = new ExactSum(network);
var inStep = new Stopwatch();
var clock = Stopwatch.StartNew();
for (var epoch = 1; epoch <= epochs; epoch++)
{
    var (loss, batches) = (0.0, 0);
    foreach (var batch in train.Batches(random, PartsOfABatch * PartSize))
    {
        sum.Clear();
        var losses = new double[ownParts];
        for (var part = 0; part < ownParts; part++)
        {
            var rows = Enumerable.Range(((world.Rank * ownParts) + part) * PartSize, PartSize).ToArray();
            losses[part] = network.Backward(batch.Rows(rows)).Loss;
            sum.Add(1f / PartsOfABatch);
        }

        sum.Store();
        inStep.Start();
        optimizer.Step();
        inStep.Stop();

        // The parts are in the same order whoever has them.
        loss += world.Gather(losses).Sum() / PartsOfABatch;
        batches++;
    }

    if (world.Rank == 0)
        AnsiConsole.WriteLine($"epoch {epoch}: loss {loss / batches:R}, test {network.Evaluate(test)}, weights {Digest()}");
}

var all = world.Gather(1e6 * inStep.Elapsed.TotalSeconds / optimizer.StepCount, optimizer.Groups.Sum(group => group.StateBytes), optimizer.SharedElements);
if (world.Rank == 0)
{
    var table = new Table().Border(TableBorder.Rounded).AddColumns("rank", "elements", "bytes of states", "µs a step");
    foreach (var (rank, values) in all.Chunk(3).Index())
        table.AddRow($"{rank}", $"{values[2]:N0}", $"{values[1]:N0}", $"{values[0]:0}");
    AnsiConsole.Write(table);
    Console.WriteLine($"All in {clock.Elapsed.TotalSeconds:0.0} s.");
}

return network.Evaluate(test).Accuracy >= (sample.Short ? 0.9 : 0.95) ? 0 : 1;

string Digest()
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var parameter in network.Parameters)
        hash.AppendData(MemoryMarshal.AsBytes<float>(parameter.Value.Span));
    return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
}
