using System.Diagnostics;
using OptDsl.Benchmarks.Report;

namespace OptDsl.Benchmarks.Native;

/// <summary>Builds the C contestants, where the machine has gcc.</summary>
internal static class CCompiler
{
    /// <summary>How the yardstick is built; without AVX-512 where the runtime was told to leave it alone.</summary>
    public static string Flags { get; } = "-O3 -march=native -fno-math-errno -fno-trapping-math"
        + (Environment.GetEnvironmentVariable(Measurements.NarrowVariable) == "0" ? " -mno-avx512f" : "");

    /// <summary>The first line of the compiler's version, or null where there is none.</summary>
    public static string? Version => Run("--version", out var output) ? output.Split('\n')[0] : null;

    /// <summary>Builds a shared library of the texts.</summary>
    /// <returns>Its path, or null where there is no gcc.</returns>
    /// <exception cref="InvalidOperationException">The C code does not compile.</exception>
    public static string? Build(params string[] texts)
    {
        if (Version is null)
            return null;
        var folder = Directory.CreateTempSubdirectory("optdsl-benchmarks-").FullName;
        var source = Path.Combine(folder, "rules.c");
        var library = Path.Combine(folder, "rules.so");
        File.WriteAllText(source, string.Join('\n', texts));
        if (!Run($"{Flags} -shared -fPIC -o {library} {source} -lm", out var output))
            throw new InvalidOperationException($"gcc refuses the C contestants:\n{output}");
        return library;
    }

    private static bool Run(string arguments, out string output)
    {
        output = "";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
