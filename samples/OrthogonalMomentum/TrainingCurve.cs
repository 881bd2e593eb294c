using System.Diagnostics;
using OptDsl;
using OptDsl.Samples.Learning;
using OptDsl.Training;

namespace OrthogonalMomentum;

/// <summary>A network in training: its loss epoch by epoch, and the time that it took.</summary>
internal sealed class TrainingCurve(string rule, double rate, Network network, Optimizer<float> optimizer)
{
    private readonly Stopwatch _clock = new();
    private readonly Stopwatch _inSteps = new();
    private readonly List<EpochPoint> _points = [];

    public string Rule { get; } = rule;

    public double Rate { get; } = rate;

    public Network Network { get; } = network;

    public IReadOnlyList<EpochPoint> Points => _points;

    public double LastLoss => _points[^1].Loss;

    public double SecondsPerStep => _clock.Elapsed.TotalSeconds / optimizer.StepCount;

    /// <summary>The share of the time that was spent in the optimizer.</summary>
    public double ShareOfSteps => _inSteps.Elapsed / _clock.Elapsed;

    public void RunEpoch(IEnumerable<Examples> batches)
    {
        var score = default(Score);
        _clock.Start();
        foreach (var batch in batches)
        {
            score += Network.Backward(batch);
            _inSteps.Start();
            optimizer.Step();
            _inSteps.Stop();
        }

        _clock.Stop();
        _points.Add(new EpochPoint(Rule, optimizer.StepCount, _clock.Elapsed.TotalSeconds, score.Loss));
    }
}
