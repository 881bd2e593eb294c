using System.Diagnostics;
using System.Globalization;
using OptDsl.Benchmarks.Comparison;

namespace OptDsl.Benchmarks.Ahead;

/// <summary>Library rules compiled ahead of time beside the same program compiled just in time, at vectors of one width.</summary>
internal sealed class AheadComparison : IDisposable
{
    // What the just-in-time compiler has to be told to use the same vectors.
    private static readonly (string InstructionSet, string[] Settings)[] s_widths =
    [
        ("", ["DOTNET_EnableAVX=0"]),
        ("x86-64-v3", ["DOTNET_EnableAVX512=0"]),
        ("x86-64-v4", []),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("optdsl-ahead-").FullName;

    /// <summary>Publishes, runs and writes a table.</summary>
    /// <param name="rounds">How often both run, one after the other.</param>
    /// <param name="write">Receives the lines.</param>
    public static void Run(int rounds, Action<string> write)
    {
        using var comparison = new AheadComparison();
        comparison.WriteProject();
        comparison.Dotnet("publish", "jit");
        write("| IlcInstructionSet | vectors, bits | rule | elements | ns ahead of time | ns just in time | ahead ÷ just in time |");
        write("|---|---|---|---|---|---|---|");
        foreach (var (set, settings) in s_widths)
        {
            var name = set == "" ? "default" : set;
            comparison.Dotnet("publish", name, ["-r", "linux-x64", "-p:PublishAot=true", .. set == "" ? Array.Empty<string>() : [$"-p:IlcInstructionSet={set}"]]);
            var ahead = new List<Dictionary<string, double>>();
            var justInTime = new List<Dictionary<string, double>>();
            for (var round = 0; round < rounds; round++)
            {
                ahead.Add(comparison.Time(name, []));
                justInTime.Add(comparison.Time("jit", settings));
            }

            foreach (var row in ahead[0].Keys.Where(key => key != "bits"))
            {
                var ratio = Spread.Of(ahead.Zip(justInTime, (one, other) => one[row] / other[row]));
                write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {Bits(ahead)}{(Bits(ahead) == Bits(justInTime) ? "" : $" and {Bits(justInTime)}")} | {row.Replace(" ", " | ", StringComparison.Ordinal)} | {Middle(ahead, row):0} | {Middle(justInTime, row):0} | {ratio} |"));
            }
        }

        static double Bits(List<Dictionary<string, double>> runs) => runs[0]["bits"];

        static double Middle(List<Dictionary<string, double>> runs, string row) => Spread.Of(runs.Select(run => run[row])).Median;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteProject()
    {
        // Beside no settings of the repository: as a user's program, over the library as it was built.
        File.WriteAllText(Path.Combine(_folder, "timing.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <Deterministic>true</Deterministic>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(UpdateRuleAttribute).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Ahead", "Timing.cs"), Path.Combine(_folder, "Timing.cs"));
    }

    private void Dotnet(string command, string output, params IEnumerable<string> arguments) =>
        Start("dotnet", [command, _folder, "-c", "Release", "-v", "q", "-o", Path.Combine(_folder, "out", output), .. arguments], []);

    private Dictionary<string, double> Time(string output, string[] settings) => Start(Path.Combine(_folder, "out", output, "timing"), [], settings)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));

    private static string Start(string program, IEnumerable<string> arguments, string[] settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };

        // Whatever this process was told does not count for those.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_Enable", StringComparison.Ordinal) || name is "DOTNET_TieredCompilation" or "DOTNET_PreferredVectorBitWidth").ToList())
            start.Environment.Remove(name);
        foreach (var setting in settings)
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}:\n{output}");
    }
}
