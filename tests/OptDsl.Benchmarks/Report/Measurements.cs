using System.Runtime.Intrinsics;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Report;

/// <summary>All that a report tells.</summary>
internal sealed record Measurements(
    int Verified,
    IReadOnlyList<StepRow> Steps,
    IReadOnlyList<(string Rule, string Sizes, RaceResult Result)> SmallTensors,
    IReadOnlyList<(int Length, RaceResult Result)> Pipelines,
    PyTorch? Torch,
    string? Narrow,
    string Generation,
    IReadOnlyList<(string Name, string Formulas)> RandomRules)
{
    /// <summary>The sizes of the table, from the first cache to memory.</summary>
    public static readonly int[] Sizes = [1 << 10, 1 << 14, 1 << 18, 1 << 22, 1 << 26];

    /// <summary>The sizes of what surrounds a step: in the cache, and in memory.</summary>
    public static readonly int[] PipelineSizes = [1 << 18, 1 << 24];

    /// <summary>The lengths of a model of small tensors.</summary>
    public const string SmallSizes = "128 to 2K";

    /// <summary>Set to 0, the runtime leaves AVX-512 alone.</summary>
    public const string NarrowVariable = "DOTNET_EnableAVX512";

    /// <summary>The rules that a model of small tensors is stepped by.</summary>
    public static readonly string[] SmallRules = ["SGD", "momentum", "RMSProp", "AdamW", "Lion"];

    public static Measurements Take(Field field, Action<string> progress)
    {
        var verified = field.Verify();
        progress($"{verified} contestants verified");
        var steps = new List<StepRow>();
        foreach (var rule in field.Rules)
        {
            foreach (var length in Sizes)
            {
                foreach (var threads in length >= StepComparison.ParallelThreshold ? new[] { 1, 2 } : [1])
                {
                    steps.Add(StepComparison.Run(new StepCase(rule, length, threads), field.Native));
                    progress(RowText.Of(steps[^1]));
                }
            }
        }

        var small = TakeSmallTensors(field, SmallRules).ToList();
        progress("200 tensors");
        var momentum = field.Select(["momentum"]).Single();
        var pipelines = PipelineSizes.Select(length => (length, PipelineComparison.Run(momentum, length))).ToList();
        progress("norm, clipping, step and zeroing");
        var torch = field.Library is null ? null : PyTorch.Measure(field.Library, Sizes.Where(size => size <= 1 << 22));
        progress("PyTorch");
        return new Measurements(
            verified, steps, small, pipelines, torch,
            Vector512.IsHardwareAccelerated ? OwnProcess.Run("narrow", NarrowVariable, "0") : null,
            OwnProcess.Run("generation", "DOTNET_TieredCompilation", "1"),
            [.. field.Rules.Where(rule => rule.Formulas is not null).Select(rule => (rule.Name, rule.Formulas!))]);
    }

    /// <summary>All rules in the caches, on one thread.</summary>
    public static IEnumerable<StepRow> TakeInCache(Field field) =>
        from rule in field.Rules
        from length in Sizes.Where(size => size <= 1 << 18)
        select StepComparison.Run(new StepCase(rule, length, 1), field.Native);

    public static IEnumerable<(string Rule, string Sizes, RaceResult Result)> TakeSmallTensors(Field field, string[] rules) =>
        from rule in field.Select(rules)
        from range in new[] { (From: 128, To: 2048, Name: SmallSizes), (From: 1024, To: 65_536, Name: "1K to 64K") }
        select (rule.Name, range.Name, SmallTensorComparison.Run(rule, range.From, range.To, field.Native));
}
