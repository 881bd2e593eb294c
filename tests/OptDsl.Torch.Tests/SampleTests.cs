using System.Diagnostics;
using System.Text.RegularExpressions;
using OptDsl.Torch.Tests.Infrastructure;

namespace OptDsl.Torch.Tests;

public sealed partial class SampleTests
{
    [TorchFact]
    public async Task The_sample_trains_with_five_optimizers_and_fine_tunes_the_head_alone()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var start = new ProcessStartInfo(Sample(), ["--short", "--out", folder.FullName]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, output);
            var rows = Row().Matches(output);
            Assert.Equal(5, rows.Count);
            Assert.All(rows, row => Assert.InRange(double.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 85, 100));
            Assert.Contains("Frozen: 6 tensors, bit for bit as they were; states were made for 2.", output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "torch-fine-tuning.svg")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Beside this test's own output, in the same configuration, by its own executable: where the C++ runtime is another, that one knows it.
    private static string Sample()
    {
        var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        var root = string.Join(Path.DirectorySeparatorChar, parts[..^5]);
        return Path.Combine(root, "samples", "TorchFineTuning", Path.Combine(parts[^3..]), OperatingSystem.IsWindows() ? "TorchFineTuning.exe" : "TorchFineTuning");
    }

    [GeneratedRegex(@"│ [^│]+ │ +[0-9.]+ +│ +([0-9.]+) % +│ +[0-9.]+ % +│")]
    private static partial Regex Row();
}
