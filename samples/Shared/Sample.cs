using System.Globalization;
using System.Reflection;
using System.Text;
using OptDsl.Training.Charts;
using Spectre.Console;

namespace OptDsl.Samples;

/// <summary>How a sample was started: <c>--short</c> for a quick look, <c>--out folder</c> for where the pictures go.</summary>
/// <param name="Short">True for the short form that continuous integration runs.</param>
/// <param name="Folder">Where pictures are written: the sample's own folder unless told otherwise.</param>
/// <param name="Data">Where data is read from, where the sample needs any: <c>--data folder</c>.</param>
public sealed record Sample(bool Short, string Folder, string? Data)
{
    /// <summary>Reads the arguments and makes output the same everywhere: invariant numbers, UTF-8, no wrapping in files.</summary>
    public static Sample Start(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Columns() ?? 120;
            AnsiConsole.Profile.Capabilities.Unicode = true;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var isShort = false;
        var folder = Metadata("SampleFolder");
        string? data = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--short":
                    isShort = true;
                    break;
                case "--out" when i + 1 < args.Length:
                    folder = Path.GetFullPath(args[++i]);
                    Directory.CreateDirectory(folder);
                    break;
                case "--data" when i + 1 < args.Length:
                    data = Path.GetFullPath(args[++i]);
                    break;
                default:
                    Console.Error.WriteLine($"Unknown argument '{args[i]}'. There are: --short, --out <folder>, --data <folder>.");
                    Environment.Exit(2);
                    break;
            }
        }

        return new Sample(isShort, folder, data);
    }

    /// <summary>The folder of the sample's source.</summary>
    public string Home { get; } = Metadata("SampleFolder");

    /// <summary>Writes a picture and says where it is.</summary>
    public void Save(Figure figure, string name)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var path = Path.Combine(Folder, name);
        figure.Save(path);
        Console.WriteLine($"Picture: {Shown(path)}");
    }

    /// <summary>The file that the generator wrote for a rule, relative to the current folder.</summary>
    /// <param name="rule">The declared class.</param>
    public static string GeneratedFile(Type rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var folder = Metadata("GeneratedFolder");
        var file = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, $"{rule.FullName}.g.cs", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        return Shown(file ?? folder);
    }

    /// <summary>What shells call the width of the terminal; programs that read the output may set it too.</summary>
    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns) && columns >= 40 ? columns : null;

    private static string Shown(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);

    private static string Metadata(string key) =>
        Assembly.GetEntryAssembly()!.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
