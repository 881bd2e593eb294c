using System.Diagnostics;

namespace OptDsl.Benchmarks.Generation;

/// <summary>Times the generator in a process of its own, which compiles its code in tiers as compilers' hosts do.</summary>
internal static class GenerationProcess
{
    /// <summary>The lines that the process prints.</summary>
    public static string Run()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(GenerationProcess).Assembly.Location, "generation"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredCompilation"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("The generation benchmark failed.");
    }
}
