using System.CommandLine;
using BenchmarkDotNet.Running;
using OptDsl;
using OptDsl.Benchmarks;
using OptDsl.Benchmarks.Ahead;
using OptDsl.Benchmarks.Checks;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Generation;
using OptDsl.Benchmarks.Matrices;
using OptDsl.Benchmarks.Report;

var rules = new Option<string[]>("--rules") { Description = "The rules to compare: SGD, momentum, RMSProp, AdamW, Lion, LAMB, random1 to random3.", AllowMultipleArgumentsPerToken = true };
var sizes = new Option<int[]>("--sizes") { Description = "The numbers of elements.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Measurements.Sizes };
var threads = new Option<int[]>("--threads") { Description = "One thread, two, or both.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 2] };
var seed = new Option<int>("--seed") { Description = "What the random rules are drawn from.", DefaultValueFactory = _ => 1 };

var compare = new Command("compare", "Times the generated kernels side by side with C, TensorPrimitives, plain C# and the streaming limit.") { rules, sizes, threads, seed };
compare.SetAction(result =>
{
    using var field = Field.Gather(result.GetValue(seed));
    field.Verify();
    foreach (var rule in field.Select(result.GetValue(rules)!))
    {
        foreach (var length in result.GetValue(sizes)!)
        {
            foreach (var degree in result.GetValue(threads)!.Where(degree => degree == 1 || length >= StepComparison.ParallelThreshold))
                Console.WriteLine(RowText.Of(StepComparison.Run(new StepCase(rule, length, degree), field.Native)));
        }
    }
});

var pipeline = new Command("pipeline", "Times norm, clipping, step and zeroing in one call and in four passes.");
pipeline.SetAction(_ =>
{
    var momentum = KnownRules.All.Single(rule => rule.Name == "momentum");
    foreach (var length in Measurements.PipelineSizes)
    {
        var result = PipelineComparison.Run(momentum, length);
        Console.WriteLine($"{length}: one call ÷ plain {result.Ratio(PipelineComparison.OneCall, PipelineComparison.Plain)}, ÷ four passes {result.Ratio(PipelineComparison.OneCall, PipelineComparison.FourPasses)}, in blocks {result.Ratio(PipelineComparison.OneCall, PipelineComparison.FourPassesInBlocks)}");
    }
});

var small = new Command("small", "Times an optimizer of 200 small tensors, with what a tensor costs.") { rules };
small.SetAction(result =>
{
    using var field = Field.Gather(1);
    Console.WriteLine("| rule | lengths | µs a step | ns a tensor | C's | `Update`'s | ÷ C | TensorPrimitives ÷ ours |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|");
    foreach (var (rule, lengths, race) in Measurements.TakeSmallTensors(field, result.GetResult(rules) is { Implicit: false } ? result.GetValue(rules)! : Measurements.SmallRules))
    {
        Console.WriteLine(
            $"| {rule} | {lengths} | {race.Nanoseconds(Contestant.Optimizer) / 1000:0.0} | {OfTensor(Contestant.Optimizer)} | {OfTensor(Contestant.C)} | {OfTensor(Contestant.Generated)}"
            + $" | {race.Ratio(Contestant.Optimizer, Contestant.C)} | {race.Ratio(Contestant.Tensor, Contestant.Optimizer)} |");

        string OfTensor(string contestant) => $"{race.Nanoseconds(contestant) / SmallTensorComparison.Count:0.0}";
    }
});

var verify = new Command("verify", "Holds every contestant against double, and times nothing.") { seed };
verify.SetAction(result =>
{
    using var field = Field.Gather(result.GetValue(seed));
    Console.WriteLine($"{field.Verify()} contestants compute what they should.");
});

var narrow = new Command("narrow", $"The in-cache part of the results as a table; for a process with {Measurements.NarrowVariable}=0.");
narrow.SetAction(_ =>
{
    using var field = Field.Gather(1);
    field.Verify();
    Console.Write(StepTable.Of(Measurements.TakeInCache(field)));
});

var generation = new Command("generation", "Times the generator: cold, and after a keystroke.");
generation.SetAction(_ => Console.Write(GenerationText.Measure()));

var each = new Option<bool>("--each") { Description = "A line a rule, and not only the dearest ones." };
var checks = new Command("checks", "Times the analyses of the labelled rules of the tests.") { each };
checks.SetAction(result => Console.Write(CheckCost.Measure(result.GetValue(each))));

var loops = new Command("loops", "Times plain loops beside the rules that the editor makes of them.");
loops.SetAction(_ =>
{
    foreach (var (name, run) in LoopComparison.All)
    {
        foreach (var length in (int[])[1024, 1 << 14, 1 << 20, 1 << 22])
        {
            var result = run(length);
            Console.WriteLine($"{name}, {length}: loop ÷ converted {result.Ratio(LoopComparison.Loop, LoopComparison.Converted)}{(result.Disturbed ? " (disturbed)" : "")}");
        }
    }
});

var storage = new Command("storage", "Times states in fewer bits beside floats.") { rules, sizes, threads };
storage.SetAction(result =>
{
    using var field = Field.Gather(1);
    var chosen = result.GetResult(rules) is { Implicit: false } ? result.GetValue(rules)! : ["momentum", "AdamW"];
    foreach (var rule in field.Select(chosen).Where(rule => rule.Buffers > 0))
    {
        foreach (var length in result.GetResult(sizes) is { Implicit: false } ? result.GetValue(sizes)! : [1 << 10, 1 << 14, 1 << 18, 1 << 24])
        {
            foreach (var degree in result.GetValue(threads)!.Where(degree => degree == 1 || length >= StepComparison.ParallelThreshold))
            {
                var race = StorageComparison.Run(rule, length, degree);
                var ratios = Enum.GetValues<Storage>().Where(storage => storage != Storage.Element).Select(storage => $"{storage} ÷ float {race.Ratio(storage.ToString(), nameof(Storage.Element))}");
                Console.WriteLine($"{rule.Name} {length}, {degree} thread(s): float {race.Nanoseconds(nameof(Storage.Element)) / length:0.000} ns an element, {string.Join(", ", ratios)}{(race.Disturbed ? " (disturbed)" : "")}");
            }
        }
    }
});

var other = new Argument<string>("OptDsl.dll") { Description = "The library of the other build." };
var names = new Option<string[]>("--rules") { Description = "Names of library rules; all that both builds have, unless given.", AllowMultipleArgumentsPerToken = true };
var builds = new Command("builds", "Times library rules of this build beside those of another, in one process and over the same memory.") { other, names, sizes };
builds.SetAction(result =>
{
    var comparison = new BuildComparison(result.GetValue(other)!);
    var lengths = result.GetResult(sizes) is { Implicit: false } ? result.GetValue(sizes)! : [1 << 10, 1 << 16];
    Console.WriteLine("| rule | elements | old, ns | new, ns | new ÷ old |");
    Console.WriteLine("|---|---|---|---|---|");
    foreach (var rule in result.GetResult(names) is { Implicit: false } ? result.GetValue(names)! : comparison.Rules)
    {
        foreach (var length in lengths)
        {
            var race = comparison.Run(rule, length);
            Console.WriteLine($"| {rule} | {length} | {race.Nanoseconds(BuildComparison.Old):0} | {race.Nanoseconds(BuildComparison.New):0} | {race.Ratio(BuildComparison.New, BuildComparison.Old)}{(race.Disturbed ? " (disturbed)" : "")} |");
        }
    }
});

var results = new Command("results", "Measures everything and writes RESULTS.md; takes less than ten minutes.") { seed };
results.SetAction(result =>
{
    using var field = Field.Gather(result.GetValue(seed));
    var measured = Measurements.Take(field, Console.WriteLine);
    var path = Path.Combine(ProjectFolder.Path, "RESULTS.md");
    File.WriteAllText(path, ReportText.Of(measured));
    Console.WriteLine(path);
});

var matrices = new Command("matrices", "Times products of square matrices on one thread, beside OpenBLAS.") { sizes };
matrices.SetAction(result =>
{
    using var blas = OpenBlas.Load();
    if (blas is null)
    {
        Console.WriteLine("Left out: the machine has no libopenblas.so.0 (Debian: libopenblas0-pthread).");
        return;
    }

    Console.WriteLine($"OpenBLAS for {blas.Core}");
    Console.WriteLine("| type | size | GFLOP/s | OpenBLAS | ours ÷ OpenBLAS | square ÷ OpenBLAS |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (var size in result.GetResult(sizes) is { Implicit: false } ? result.GetValue(sizes)! : [256, 1024, 2048])
    {
        Console.WriteLine(ProductComparison.Run<float>(blas, size));
        Console.WriteLine(ProductComparison.Run<double>(blas, size));
    }
});

var muon = new Command("muon", "Times a step of Muon beside PyTorch's, and what of it is not matrix products.") { threads };
muon.SetAction(result =>
{
    foreach (var degree in result.GetValue(threads)!)
        MuonComparison.Print(degree);
});

var rounds = new Option<int>("--rounds") { Description = "How often both programs run.", DefaultValueFactory = _ => 3 };
var ahead = new Command("ahead", "Publishes library rules with native compilation at three instruction sets, and times them beside the just-in-time compiler at the same vectors.") { rounds };
ahead.SetAction(result => AheadComparison.Run(result.GetValue(rounds), Console.WriteLine));

var single = new Command("single", "BenchmarkDotNet's view of one rule at a time; takes its options.") { TreatUnmatchedTokensAsErrors = false };
single.SetAction(result => BenchmarkSwitcher.FromAssembly(typeof(StepBenchmarks).Assembly).Run([.. result.UnmatchedTokens]));

return new RootCommand("Benchmarks of OptDsl.") { compare, builds, small, pipeline, storage, verify, narrow, generation, checks, loops, ahead, matrices, muon, results, single }.Parse(args).Invoke();
