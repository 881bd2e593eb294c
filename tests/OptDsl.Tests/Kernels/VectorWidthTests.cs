using System.Diagnostics;
using OptDsl.Tests.Processes;

namespace OptDsl.Tests.Kernels;

/// <summary>The library in processes whose vectors are narrower than the machine's: what each rule and function of matrices computes has the same bits.</summary>
public sealed class VectorWidthTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_rule_and_function_of_matrices_has_the_same_bits_with_vectors_of_every_width_that_can_contract()
    {
        var usual = await Run();
        var narrower = await Run(("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0"));
        output.WriteLine($"{usual.Width} bits and {narrower.Width}: {usual.Lines.Length} rules and functions of matrices");
        Assert.True(usual.Lines.Length > 130);
        Assert.Contains(usual.Lines, line => line.StartsWith("NewtonSchulz ", StringComparison.Ordinal));
        Assert.True(narrower.Width <= 256);
        Assert.Equal(narrower.Lines, usual.Lines);
    }

    [Fact]
    public async Task States_in_fewer_bits_have_the_same_bits_with_vectors_of_128_bits()
    {
        var usual = await Run();
        var narrow = await Run(("DOTNET_EnableAVX", "0"));
        output.WriteLine($"{usual.Width} bits and {narrow.Width}");
        Assert.True(narrow.Width <= 128);
        Assert.Equal(Halving(narrow.Lines), Halving(usual.Lines));

        static string[] Halving(string[] lines)
        {
            var found = Array.FindAll(lines, line => line.StartsWith("Halving", StringComparison.Ordinal));
            Assert.Equal(2, found.Length);
            return found;
        }
    }

    private static async Task<(int Width, string[] Lines)> Run(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Bits).Assembly.Location, "bits"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return (int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), lines[1..]);
    }
}
