using System.Diagnostics;
using OptDsl.Mpi.Worker;

namespace OptDsl.Mpi.Tests.Infrastructure;

/// <summary>Starts ranks.</summary>
internal static class Launcher
{
    /// <summary>The environment variable that makes a missing MPICH a failure of the tests: "1" where it is installed on purpose.</summary>
    public const string Required = "OPTDSL_REQUIRE_MPI";

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string?> s_missing = new(Find);

    /// <summary>Why tests are skipped, and what to do; null where they are not.</summary>
    public static string? Missing => s_missing.Value;

    private static string Mpiexec => OnPath("mpiexec.mpich") ?? OnPath("mpiexec") ?? "mpiexec";

    /// <summary>Runs the worker to its end.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<Outcome> Run(int ranks, params string[] arguments) => Run(ranks, [], arguments);

    /// <summary>Runs another program to its end.</summary>
    public static Task<Outcome> RunProgram(int ranks, string program, params string[] arguments) => Finish(StartProgram(ranks, [], "dotnet", [program, .. arguments]));

    /// <summary>Runs the worker to its end, each rank behind a shell that lives on for a while: so mpiexec does not notice a death, and ends nobody for it.</summary>
    public static Task<Outcome> RunBehindShell(int ranks, params string[] arguments) =>
        Finish(StartProgram(ranks, [], "bash", ["-c", "dotnet \"$0\" \"$@\"; code=$?; sleep 5; exit $code", typeof(Scenario).Assembly.Location, .. arguments]));

    /// <summary>Runs the worker to its end.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="options">Options of mpiexec.</param>
    /// <param name="arguments">The worker's arguments.</param>
    public static Task<Outcome> Run(int ranks, string[] options, string[] arguments) => Finish(Start(ranks, options, arguments));

    private static async Task<Outcome> Finish(Process started)
    {
        using var process = started;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(s_longest);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts the worker.</summary>
    public static Process Start(int ranks, string[] options, string[] arguments) => StartProgram(ranks, options, "dotnet", [typeof(Scenario).Assembly.Location, .. arguments]);

    private static Process StartProgram(int ranks, string[] options, string program, string[] arguments) => Process.Start(new ProcessStartInfo(
        Mpiexec, [.. options, "-n", $"{ranks}", program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,

        // A killed process leaves the sockets of its debugger behind.
        Environment = { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_TieredCompilation"] = "1" },
    })!;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Required) == "1")
            return null;
        const string Remedy = "Install MPICH (Debian and Ubuntu: apt install mpich).";
        if (OnPath("mpiexec.mpich") is null && OnPath("mpiexec") is null)
            return $"There is no mpiexec on the PATH. {Remedy}";
        try
        {
            MpiLibrary.Use();
            return null;
        }
        catch (DllNotFoundException exception)
        {
            return exception.Message;
        }
    }

    private static string? OnPath(string program)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}

/// <summary>How a job has ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What each rank has said.</summary>
    public IEnumerable<string> Of(int rank) => Lines.Where(line => line.StartsWith($"[{rank}] ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
}
