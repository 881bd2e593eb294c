using OptDsl.Training.Charts;

namespace OptDsl.Training;

/// <summary>A log in memory: the curves of a training, to look at and to draw.</summary>
public sealed class TrainingHistory : TrainingLog
{
    /// <summary>From this ratio of the largest to the smallest value on a picture has a logarithmic axis.</summary>
    private const double WideRatio = 50;

    private readonly Dictionary<string, List<(long Step, double Value)>> _curves = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>The names, in the order in which they came.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            Complete();
            return _names;
        }
    }

    /// <summary>The values of a name, by their steps.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under that name.</exception>
    public IReadOnlyList<(long Step, double Value)> this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            Complete();
            return _curves.TryGetValue(name, out var curve)
                ? curve
                : throw new KeyNotFoundException($"Nothing was written as '{name}'; there is {(_names.Count == 0 ? "nothing yet" : string.Join(", ", _names.Select(known => $"'{known}'")))}.");
        }
    }

    /// <summary>Draws curves over the steps, in one panel with a legend; over orders of magnitude with a logarithmic axis.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="names">The names of the curves, at least one.</param>
    /// <exception cref="ArgumentException">There are no names, or no finite values under one.</exception>
    /// <exception cref="KeyNotFoundException">Nothing was written under a name.</exception>
    public Figure Draw(string title, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            throw new ArgumentException("A picture needs the name of a curve.", nameof(names));
        var curves = names.Select(name => this[name].Where(point => double.IsFinite(point.Value)).Select(point => (X: (double)point.Step, Y: point.Value)).ToList()).ToList();
        if (curves.FindIndex(curve => curve.Count == 0) is >= 0 and var empty)
            throw new ArgumentException($"'{names[empty]}' has no finite value.", nameof(names));
        var values = curves.SelectMany(curve => curve.Select(point => point.Y)).ToList();
        var isWide = values.Min() > 0 && values.Max() / values.Min() > WideRatio;
        var figure = new Figure(title, string.Join(", ", names));
        var panel = figure.Add("", Axis.Around(curves.SelectMany(curve => curve.Select(point => point.X)), "step"), Axis.Around(values, names.Count == 1 ? names[0] : "", isWide));
        for (var i = 0; i < names.Count; i++)
            panel.Line(curves[i], new Series(i % Figure.ColorCount, names[i], i >= Figure.ColorCount ? "7 3" : null));
        return figure;
    }

    /// <inheritdoc/>
    protected override void WriteStep(long step, IReadOnlyList<(string Name, double Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
        {
            if (!_curves.TryGetValue(name, out var curve))
            {
                _curves.Add(name, curve = []);
                _names.Add(name);
            }

            curve.Add((step, value));
        }
    }
}
