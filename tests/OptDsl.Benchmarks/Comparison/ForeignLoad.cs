using System.Diagnostics;
using System.Globalization;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>What share of one processor others used during a block of measurements; 0 where the system does not tell.</summary>
internal sealed class ForeignLoad
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _busy = BusySeconds();
    private readonly double _own = OwnSeconds();

    /// <summary>The share since this was created.</summary>
    public double Share =>
        Math.Max(0, (BusySeconds() - _busy - (OwnSeconds() - _own)) / Math.Max(1e-3, Stopwatch.GetElapsedTime(_start).TotalSeconds));

    private static double OwnSeconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>The processors' time at work, of the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.</summary>
    private static double BusySeconds()
    {
        const double TicksPerSecond = 100;
        if (!File.Exists("/proc/stat"))
            return 0;
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / TicksPerSecond;
    }
}
