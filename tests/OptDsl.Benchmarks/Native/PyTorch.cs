using System.Diagnostics;
using System.Globalization;

namespace OptDsl.Benchmarks.Native;

/// <summary>A timing of PyTorch: microseconds a step, and the ratio to C in its own process.</summary>
internal sealed record TorchRow(string Rule, string Size, string Kind, double Microseconds, double RatioToC);

/// <summary>PyTorch's optimizers, where a Python of this machine has it.</summary>
internal sealed record PyTorch(string Version, IReadOnlyList<TorchRow> Rows)
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    /// <summary>Runs the script.</summary>
    /// <returns>What it found, or null where there is no PyTorch.</returns>
    public static PyTorch? Measure(string library, IEnumerable<int> sizes)
    {
        if (Pythons.FirstOrDefault(python => Run(python, ["-c", "import torch"]) is not null) is not { } found)
            return null;
        var script = Path.Combine(AppContext.BaseDirectory, "Native", "torch_steps.py");
        var lines = Run(found, [script, library, .. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))])
            ?? throw new InvalidOperationException("The PyTorch script failed.");
        return new PyTorch(lines[0], [.. lines.Skip(1).Select(line => line.Split('|')).Select(words =>
            new TorchRow(words[0], words[1], words[2], Number(words[3]), Number(words[4])))]);
    }

    /// <summary>The time of a step of Muon, written with PyTorch's matrix products.</summary>
    /// <param name="threads">How many threads PyTorch has.</param>
    /// <param name="sets">Sets of matrices, each as <c>512x512,2048x512</c>.</param>
    /// <returns>The version, and microseconds a step for each set; null where there is no PyTorch.</returns>
    public static (string Version, double[] Microseconds)? MeasureMuon(int threads, IEnumerable<string> sets)
    {
        if (Pythons.FirstOrDefault(python => Run(python, ["-c", "import torch"]) is not null) is not { } found)
            return null;
        var lines = Run(found, [Path.Combine(AppContext.BaseDirectory, "Native", "torch_muon.py"), threads.ToString(CultureInfo.InvariantCulture), .. sets])
            ?? throw new InvalidOperationException("The PyTorch script failed.");
        return (lines[0], [.. lines.Skip(1).Select(Number)]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? Run(string python, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
