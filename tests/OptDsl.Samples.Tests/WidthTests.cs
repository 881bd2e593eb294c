namespace OptDsl.Samples.Tests;

/// <summary>What the samples print stands right in consoles of 80 and of 120 columns.</summary>
public sealed class WidthTests
{
    /// <summary>What some samples need and a machine may lack: the word by which they say so, and the variable that forbids to do without.</summary>
    private static readonly Dictionary<string, (string Word, string Required)> s_needs = new()
    {
        ["DataParallel"] = (nameof(DllNotFoundException), "OPTDSL_REQUIRE_MPI"),
        ["TorchFineTuning"] = ("libtorch", "OPTDSL_REQUIRE_TORCH"),
    };

    public static TheoryData<string, int> Samples => new(
        from program in Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "Program.cs", SearchOption.AllDirectories)
        let folder = Path.GetDirectoryName(program)!
        where !Directory.Exists(Path.Combine(folder, "wwwroot")) // A page has no columns.
        from columns in (int[])[80, 120]
        orderby folder
        select (Path.GetFileName(folder), columns));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task No_line_is_wider_than_the_console(string sample, int columns)
    {
        var run = columns == 120 && !s_needs.ContainsKey(sample) ? await SampleRun.Of(sample) : await SampleRun.Start(sample, columns);
        if (run.ExitCode != 0 && s_needs.TryGetValue(sample, out var need) && run.Errors.Contains(need.Word, StringComparison.OrdinalIgnoreCase) && Environment.GetEnvironmentVariable(need.Required) != "1")
            Assert.Skip($"{sample} needs what is not here.");
        Assert.True(run.ExitCode == 0, $"{run.Output}\n{run.Errors}");

        // A path is one word, however long.
        Assert.All(run.Lines.Where(line => !IsPath(line)), line => Assert.True(line.TrimEnd().Length <= columns, line));
        Assert.DoesNotContain(run.Lines, line => line.Contains('…', StringComparison.Ordinal) && line.Contains('│', StringComparison.Ordinal));
    }

    /// <summary>A line that only names a file.</summary>
    private static bool IsPath(string line) => line.StartsWith("Picture: ", StringComparison.Ordinal) || line.StartsWith("Read the kernel: ", StringComparison.Ordinal);
}
