using System.Globalization;
using System.Text;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Report;

/// <summary>Writes RESULTS.md.</summary>
internal static class ReportText
{
    public static string Of(Measurements measured)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Results

            Measured by one command, in less than ten minutes:

            ```sh
            dotnet run -c Release --project tests/OptDsl.Benchmarks -- results
            ```

            {Machine.Describe()}

            ## Method

            All contestants run in one process on the same 64-byte aligned tensors, in rounds of shuffled order. A ratio is taken within each
            round; the tables give its median and, in brackets, its quartiles. Up to 256K elements the tensors are set back before each turn, and a
            turn lasts half a millisecond; beyond, a turn is a step. A row is marked † where other processes used more than 8 % of a processor in each
            of three tries. Before anything is timed, every contestant is held against double at 13 lengths for three steps
            ({measured.Verified} contestants).

            - **generated**: `rule.Update(…)` as users call it, with its checks of lengths, overlaps, ranges and what is computed once a step; on two
              threads `Optimizer.Step()`, whose second thread comes from the pool; for the others it is one of their own that spins between steps.
            - **C**: the rule as a C programmer writes it (`Native/rules.c`), with everything that is the same for all elements before the loop; for the
              random rules the same is written from the rule's model.
            - **limit**: a loop over vectors of 256 bits with the rule's reads and writes and one maximum for each write.
            - **TensorPrimitives**: the rule composed of System.Numerics.Tensors, over whole tensors and in blocks of 2K elements.
            - **naive C#**: the indexed loop over spans.


            """);
        text.Append("## Goals\n\n").Append(GoalTable.Of(measured)).Append('\n');
        text.Append("## A step on one thread\n\n").Append(StepTable.Of(measured.Steps.Where(row => row.Case.Threads == 1))).Append('\n');
        text.Append("## A step on two threads\n\n").Append(StepTable.Of(measured.Steps.Where(row => row.Case.Threads > 1))).Append('\n');
        AppendNarrow(text, measured);
        AppendSmall(text, measured);
        AppendPipelines(text, measured);
        AppendTorch(text, measured);
        text.Append("## Generation\n\n").Append(measured.Generation.TrimEnd()).Append("\n\n");
        AppendRandomRules(text, measured);
        return text.ToString();
    }

    private static void AppendNarrow(StringBuilder text, Measurements measured)
    {
        if (measured.Narrow is null)
            return;
        text.Append("## The same without AVX-512\n\nA process that runs with `DOTNET_EnableAVX512=0`, against C with `-mno-avx512f`: vectors of 256 bits on both sides.\n\n");
        text.Append(measured.Narrow.TrimEnd()).Append("\n\n");
    }

    private static void AppendSmall(StringBuilder text, Measurements measured)
    {
        text.Append(CultureInfo.InvariantCulture, $"## A model of {SmallTensorComparison.Count} tensors, one thread\n\n");
        text.Append("`Optimizer.Step()` over all of them; the others are called tensor by tensor.\n\n| rule | lengths | µs a step | time ÷ C | naive C# ÷ ours | TensorPrimitives ÷ ours | in blocks |\n|---|---|---|---|---|---|---|\n");
        foreach (var (rule, sizes, result) in measured.SmallTensors)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {rule}{(result.Disturbed ? " †" : "")} | {sizes} | {result.Nanoseconds(Contestant.Optimizer) / 1000:0.0} | {Or(result.Ratio(Contestant.Optimizer, Contestant.C))} | {Factor(result, Contestant.Naive, Contestant.Optimizer)} | {Factor(result, Contestant.Tensor, Contestant.Optimizer)} | {Factor(result, Contestant.TensorBlocks, Contestant.Optimizer)} |\n");
        }

        text.Append('\n');
    }

    private static void AppendPipelines(StringBuilder text, Measurements measured)
    {
        text.Append("## Norm, clipping, momentum step and zeroing\n\n| elements | one call ÷ plain step | four passes ÷ plain step | one call ÷ four passes | one call ÷ four passes, each in blocks of 2K |\n|---|---|---|---|---|\n");
        foreach (var (length, result) in measured.Pipelines)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {Size(length)}{(result.Disturbed ? " †" : "")} | {Or(result.Ratio(PipelineComparison.OneCall, PipelineComparison.Plain))} | {Or(result.Ratio(PipelineComparison.FourPasses, PipelineComparison.Plain))} | {Or(result.Ratio(PipelineComparison.OneCall, PipelineComparison.FourPasses))} | {Or(result.Ratio(PipelineComparison.OneCall, PipelineComparison.FourPassesInBlocks))} |\n");
        }

        text.Append('\n');
    }

    private static void AppendTorch(StringBuilder text, Measurements measured)
    {
        text.Append("## PyTorch\n\n");
        if (measured.Torch is not { } torch)
        {
            text.Append("No PyTorch on this machine (`python3 -c \"import torch\"` fails), or no gcc.\n\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"PyTorch {torch.Version} on one thread, timed by its own script in its own process beside the C library (through ctypes, which adds a microsecond to C). \"÷ ours\" divides its median by ours of the tables above: other process, same machine.\n\n| rule | elements | kind | µs a step | ÷ C in its process | ÷ ours |\n|---|---|---|---|---|---|\n");
        foreach (var row in torch.Rows.Where(row => row.Kind != "C"))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Rule} | {row.Size} | {row.Kind} | {row.Microseconds:0.0} | {row.RatioToC:0.0} | {TorchRatio.Of(measured, row):0.0} |\n");
        }

        text.Append(torch.Rows.Any(row => row.Kind == "fused") ? "\n" : "\nThis PyTorch has no fused CPU optimizers.\n\n");
    }

    private static void AppendRandomRules(StringBuilder text, Measurements measured)
    {
        text.Append("## The random rules\n\n");
        foreach (var (name, formulas) in measured.RandomRules)
            text.Append(CultureInfo.InvariantCulture, $"{name}:\n\n```text\n{formulas}\n```\n\n");
        text.Length--;
    }

    public static string Size(int length) => length >= 1 << 20 ? $"{length >> 20}M" : $"{length >> 10}K";

    public static string Or(Spread? spread) => spread?.ToString() ?? "–";

    public static string Factor(RaceResult result, string contestant, string ours) =>
        result.Ratio(contestant, ours) is { } ratio ? ratio.Median.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
