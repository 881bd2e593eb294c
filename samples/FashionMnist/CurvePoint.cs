using System.Globalization;

namespace FashionMnist;

/// <summary>How a rule did after one epoch.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Epoch">The epoch, 1 for the first.</param>
/// <param name="TrainLoss">The mean loss during the epoch.</param>
/// <param name="TestAccuracy">The share of the test pictures that was right after it.</param>
internal sealed record CurvePoint(string Rule, int Epoch, double TrainLoss, double TestAccuracy)
{
    /// <summary>Writes points as comma-separated values.</summary>
    public static void Write(string path, IEnumerable<CurvePoint> points) => File.WriteAllLines(
        path, points.Select(point => $"{point.Rule},{point.Epoch},{point.TrainLoss:0.0000},{point.TestAccuracy:0.0000}").Prepend("rule,epoch,train loss,test accuracy"));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static List<CurvePoint> Read(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
        .Select(cells => new CurvePoint(
            cells[0],
            int.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture)))];
}
