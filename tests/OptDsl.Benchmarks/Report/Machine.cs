using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Report;

/// <summary>What was measured on.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(CultureInfo.InvariantCulture, $"""
        | | |
        |---|---|
        | date | {DateTime.UtcNow:yyyy-MM-dd} |
        | processor | {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture} |
        | caches | {Caches()} |
        | vectors | `Vector<T>` of {8 * Vector<byte>.Count} bits{(Vector512.IsHardwareAccelerated ? ", `Vector512<T>` in hardware" : "")} |
        | runtime | {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} |
        | C | {(CCompiler.Version is { } version ? $"{version}, `{CCompiler.Flags}`" : "no gcc on this machine")} |
        """);

    private static string Processor() => !File.Exists("/proc/cpuinfo") ? "unknown" : File.ReadLines("/proc/cpuinfo")
        .Where(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("cpu family", StringComparison.Ordinal))
        .Distinct().Order().Reverse().Select(line => line.Split(':')[1].Trim())
        .Aggregate((name, family) => $"{name} (family {family})");

    private static string Caches()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Folder))
            return "unknown";
        return string.Join(", ", Directory.GetDirectories(Folder, "index*").Order()
            .Where(index => File.ReadAllText(Path.Combine(index, "type")).Trim() != "Instruction")
            .Select(index => $"L{Read(index, "level")} {Read(index, "size")}"));

        static string Read(string index, string name) => File.ReadAllText(Path.Combine(index, name)).Trim();
    }
}
