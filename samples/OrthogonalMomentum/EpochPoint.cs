using System.Globalization;

namespace OrthogonalMomentum;

/// <summary>How far a rule has come after an epoch.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Steps">The steps so far.</param>
/// <param name="Seconds">The time so far, that of the forward and backward passes included.</param>
/// <param name="Loss">The mean loss during the epoch.</param>
internal sealed record EpochPoint(string Rule, long Steps, double Seconds, double Loss)
{
    /// <summary>Writes points as comma-separated values.</summary>
    public static void Write(string path, IEnumerable<EpochPoint> points) => File.WriteAllLines(
        path, points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Rule},{point.Steps},{point.Seconds:0.000},{point.Loss:0.000E0}")).Prepend("rule,steps,seconds,loss"));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static List<EpochPoint> Read(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
        .Select(cells => new EpochPoint(
            cells[0],
            long.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture)))];
}
