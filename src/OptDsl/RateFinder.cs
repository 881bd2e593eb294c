namespace OptDsl;

/// <summary>
/// Finds a learning rate by a short training whose rate grows from step to step (Smith, "Cyclical Learning Rates for Training
/// Neural Networks", 2017): a good one is about where the loss falls fastest. The optimizer is left as it was.
/// </summary>
public static class RateFinder
{
    private const double Smoothing = 0.98;
    private const double Divergence = 4;

    /// <summary>Trains with a learning rate that grows exponentially, and restores weights, states and step counts afterwards.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="optimizer">The optimizer; <see cref="ParameterGroup{T}.LearningRateFactor"/> stays in force.</param>
    /// <param name="backward">A forward and a backward pass over the next batch: writes the gradients, and returns the loss.</param>
    /// <param name="from">The learning rate of the first step.</param>
    /// <param name="to">The learning rate of the last.</param>
    /// <param name="steps">The number of steps; fewer where the loss grows to four times the best, or is NaN.</param>
    /// <returns>The curve.</returns>
    /// <remarks>
    /// What <paramref name="backward"/> itself changes (the place in the data, random numbers, statistics of normalisation) stays changed, and so do the gradients.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The rates are not positive, finite and growing, or there are less than two steps.</exception>
    /// <exception cref="InvalidOperationException">A group has a rule without learning rate, or an average is in the place of the weights.</exception>
    public static RateCurve Run<T>(Optimizer<T> optimizer, Func<double> backward, double from = 1e-7, double to = 10, int steps = 100)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(backward);
        if (!(from > 0 && double.IsFinite(from)))
            throw new ArgumentOutOfRangeException(nameof(from), from, "The rate must be positive and finite.");
        if (!(to > from && double.IsFinite(to)))
            throw new ArgumentOutOfRangeException(nameof(to), to, "The last rate must be finite, and larger than the first.");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        foreach (var group in optimizer.Groups)
            _ = group.LearningRate;

        var schedules = optimizer.Groups.Select(group => group.LearningRateSchedule).ToList();
        var snapshot = optimizer.TakeSnapshot();
        try
        {
            return new RateCurve(Train(optimizer, backward, from, to, steps));
        }
        finally
        {
            snapshot.Restore();
            for (var i = 0; i < schedules.Count; i++)
                optimizer.Groups[i].LearningRateSchedule = schedules[i];
        }
    }

    private static List<RatePoint> Train<T>(Optimizer<T> optimizer, Func<double> backward, double from, double to, int steps)
        where T : unmanaged
    {
        var points = new List<RatePoint>();
        var (average, best) = (0.0, double.PositiveInfinity);
        for (var step = 0; step < steps; step++)
        {
            var rate = from * Math.Pow(to / from, (double)step / (steps - 1));
            var loss = backward();
            average = (Smoothing * average) + ((1 - Smoothing) * loss);
            var smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
            if (!double.IsFinite(loss) || (step > 0 && smoothed > Divergence * best))
                break;
            best = Math.Min(best, smoothed);
            points.Add(new RatePoint(rate, loss, smoothed));
            foreach (var group in optimizer.Groups)
                group.LearningRateSchedule = rate;
            optimizer.Step();
        }

        return points;
    }
}

/// <summary>A step of a search for a learning rate.</summary>
/// <param name="Rate">The learning rate of the step.</param>
/// <param name="Loss">The loss before it.</param>
/// <param name="SmoothedLoss">The moving average of the losses so far.</param>
public readonly record struct RatePoint(double Rate, double Loss, double SmoothedLoss);

/// <summary>What a search for a learning rate has found.</summary>
/// <param name="Points">The steps, in order.</param>
public sealed record RateCurve(IReadOnlyList<RatePoint> Points)
{
    /// <summary>
    /// The rate at which the smoothed loss falls fastest, over the logarithm of the rate; NaN where it never falls.
    /// </summary>
    public double Suggestion
    {
        get
        {
            var (rate, steepest) = (double.NaN, 0.0);
            for (var i = 1; i < Points.Count - 1; i++)
            {
                var slope = (Points[i + 1].SmoothedLoss - Points[i - 1].SmoothedLoss) / Math.Log(Points[i + 1].Rate / Points[i - 1].Rate);
                if (slope < steepest)
                    (rate, steepest) = (Points[i].Rate, slope);
            }

            return rate;
        }
    }

    /// <summary>The suggestion, and how many steps were made.</summary>
    public override string ToString() => FormattableString.Invariant($"learning rate {Suggestion:G3}, after {Points.Count} steps");
}
