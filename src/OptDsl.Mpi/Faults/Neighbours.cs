using System.Diagnostics;
using System.Globalization;

namespace OptDsl.Mpi.Faults;

/// <summary>The ranks whose processes this one can see, because they run on the same machine.</summary>
internal sealed class Neighbours
{
    private readonly Dictionary<int, RankProcess> _visible = [];

    /// <param name="ranks">The processes of all ranks, in their order.</param>
    /// <param name="own">This rank.</param>
    public Neighbours(IReadOnlyList<RankProcess> ranks, int own)
    {
        // Where a machine's name is that of another, or processes cannot be seen, only waiting tells.
        foreach (var (rank, process) in ranks.Index())
        {
            if (rank != own && process.Machine == ranks[own].Machine && process.IsAlive)
                _visible.Add(rank, process);
        }
    }

    /// <summary>Which of some ranks have died, as the beginning of a sentence; null where none is known to have.</summary>
    public string? FindDead(IEnumerable<int> ranks)
    {
        var dead = ranks.Where(rank => _visible.TryGetValue(rank, out var process) && !process.IsAlive).Order().ToList();
        return dead.Count == 0 ? null
            : dead.Count == 1 ? $"Rank {dead[0]} has died ({_visible[dead[0]]})"
            : $"Ranks {string.Join(", ", dead)} have died ({string.Join(", ", dead.Select(rank => _visible[rank]))})";
    }
}

/// <summary>The process of a rank.</summary>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Started">When it was started, by the clock of its machine; tells it apart from another that gets its number later.</param>
internal sealed record RankProcess(string Machine, int Id, long Started)
{
    /// <summary>This process.</summary>
    public static RankProcess Own => new(Environment.MachineName, Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>True while it runs on this machine.</summary>
    public bool IsAlive => StartOf(Id) == Started;

    /// <summary>The process as a text of one line, which <see cref="Parse"/> reads.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Started} {Machine}");

    /// <summary>Reads a process.</summary>
    public static RankProcess Parse(string text)
    {
        var parts = text.Split(' ', 3);
        return new RankProcess(parts[2], int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Id} on {Machine}");

    private static long? StartOf(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Behind the name, which may hold anything: the state, of a dead process Z or X, and as the 20th the start.
                var text = File.ReadAllText($"/proc/{id}/stat");
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
            }

            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
