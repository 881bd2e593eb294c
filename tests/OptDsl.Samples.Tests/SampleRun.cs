using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OptDsl.Samples.Tests;

/// <summary>One run of a sample in its short mode, in a process of its own.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to the error stream.</param>
/// <param name="Folder">Where its pictures are.</param>
internal sealed record SampleRun(int ExitCode, string Output, string Errors, string Folder)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<SampleRun>>> Runs = new();

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split('\n');

    /// <summary>The run of a sample that all tests share; it has succeeded.</summary>
    public static async Task<SampleRun> Of(string sample)
    {
        var run = await Runs.GetOrAdd(sample, name => new Lazy<Task<SampleRun>>(() => Start(name))).Value;
        Assert.True(run.ExitCode == 0, $"{sample} ended with {run.ExitCode}.\n{run.Output}\n{run.Errors}");
        return run;
    }

    /// <summary>Runs a sample anew.</summary>
    /// <param name="sample">Its name.</param>
    /// <param name="culture">The culture of the user who runs it.</param>
    /// <param name="arguments">Arguments besides those for the short mode and the folder.</param>
    public static Task<SampleRun> Start(string sample, string culture = "sv_SE.UTF-8", params string[] arguments) => Start(sample, null, culture, arguments);

    /// <summary>Runs a sample anew in a console of so many columns.</summary>
    public static Task<SampleRun> Start(string sample, int columns) => Start(sample, columns, "sv_SE.UTF-8", []);

    private static async Task<SampleRun> Start(string sample, int? columns, string culture, string[] arguments)
    {
        var folder = RunFolders.Create();
        var start = new ProcessStartInfo(Repository.SampleProgram(sample), ["--short", "--out", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["LC_ALL"] = culture;
        start.Environment["COLUMNS"] = columns?.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new SampleRun(process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors, folder);
    }

    /// <summary>The rows of the table after a line, cell by cell.</summary>
    public List<string[]> Table(string heading)
    {
        var rows = Lines.SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(1)
            .SkipWhile(line => !line.StartsWith('├')).Skip(1)
            .TakeWhile(line => line.StartsWith('│'))
            .Select(line => line.Trim('│').Split('│', StringSplitOptions.TrimEntries))
            .ToList();
        Assert.NotEmpty(rows);
        return rows;
    }
}
