using System.Diagnostics;
using System.Globalization;
using OptDsl.Checkpoints;
using OptDsl.Tests.Processes;

namespace OptDsl.Tests.Checkpoints;

/// <summary>
/// Kills a process that saves without end, at random moments, and asks the file each time. A few times in every run; as many
/// times as the environment variable <c>OPTDSL_KILLS</c> says for the long run.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int DefaultKills = 12;

    [Fact]
    public async Task A_process_killed_while_it_saves_leaves_a_complete_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var path = folder["model.safetensors"];
        var kills = int.Parse(Environment.GetEnvironmentVariable("OPTDSL_KILLS") ?? "0", CultureInfo.InvariantCulture);
        var random = new Random(1);
        var step = 0L;
        var interrupted = 0;
        for (var kill = 0; kill < Math.Max(kills, DefaultKills); kill++)
        {
            var lastReported = await RunAndKill(path, random.Next(0, 60));
            var partialIsLeft = folder.Files.Any(file => file.EndsWith(AtomicFile.PartialSuffix, StringComparison.Ordinal));
            interrupted += partialIsLeft ? 1 : 0;

            var (optimizer, _) = Training.Create();
            var loaded = optimizer.Load(path).Step;
            Assert.True(Training.IsAt(optimizer, loaded), $"The weights are not those of step {loaded}.");
            Assert.True(loaded >= lastReported, $"Step {lastReported} was saved, but step {loaded} is in the file.");
            Assert.True(loaded > step, "The process did not go on from the checkpoint.");
            step = loaded;
            output.WriteLine($"kill {kill + 1,3}: saved step {lastReported}, found step {loaded}{(partialIsLeft ? ", a partial file was left" : string.Empty)}");
        }

        output.WriteLine($"{interrupted} of {Math.Max(kills, DefaultKills)} kills came in the middle of a save; no checkpoint was lost.");
        var (last, gradient) = Training.Create();
        last.Load(path);
        Training.Step(last, gradient);
        last.Save(path);
        Assert.Equal(["model.safetensors"], folder.Files);
    }

    private static async Task<long> RunAndKill(string path, int milliseconds)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Training).Assembly.Location, "save", path])
        {
            RedirectStandardOutput = true,

            // A killed process leaves the sockets of its debugger behind.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        try
        {
            var last = await process.StandardOutput.ReadLineAsync(cancellation);
            Assert.NotNull(last);
            var reading = ReadLast(process.StandardOutput, last, cancellation);
            await Task.Delay(milliseconds, cancellation);
            process.Kill(entireProcessTree: true);
            last = await reading;
            await process.WaitForExitAsync(cancellation);
            return long.Parse(last, CultureInfo.InvariantCulture);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // The last line may have been cut by the kill: only those with an end count.
    private static async Task<string> ReadLast(StreamReader reader, string last, CancellationToken cancellation)
    {
        var text = await reader.ReadToEndAsync(cancellation);
        var lines = text.Split('\n');
        return lines.Length > 1 ? lines[^2].Trim() : last;
    }
}
