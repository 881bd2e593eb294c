using System.Diagnostics;

namespace OptDsl.Benchmarks;

/// <summary>Runs a command of this program in a process of its own, where the runtime is set up otherwise.</summary>
internal static class OwnProcess
{
    /// <summary>What the command prints.</summary>
    /// <param name="command">The command.</param>
    /// <param name="variable">An environment variable of the runtime.</param>
    /// <param name="value">Its value.</param>
    public static string Run(string command, string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OwnProcess).Assembly.Location, command]) { RedirectStandardOutput = true };
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The command {command} failed.");
    }
}
