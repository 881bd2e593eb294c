namespace OptDsl.Training;

/// <summary>Tells when what is observed, a validation loss, has stopped getting better (Keras' EarlyStopping).</summary>
/// <remarks>
/// Call <see cref="Observe"/> after every epoch. It returns true for the best so far, which is the moment to save it:
/// <c>if (stopping.Observe(loss)) optimizer.Save("best.safetensors");</c>
/// </remarks>
public sealed class EarlyStopping
{
    /// <summary>How many observations in a row may be no better.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Patience));
            field = value;
        }
    }
    = 10;

    /// <summary>By how much an observation must be better than the best to count as better.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Improvement
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Improvement), value, "The improvement must be at least 0.");
    }

    /// <summary>True where larger observations are better: accuracies.</summary>
    public bool Maximize { get; init; }

    /// <summary>The best observation so far; NaN before the first.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>How many observations in a row have been no better.</summary>
    public int BadObservations { get; private set; }

    /// <summary>True once more observations in a row have been no better than <see cref="Patience"/> allows.</summary>
    public bool ShouldStop => BadObservations > Patience;

    /// <summary>Takes an observation into account; one that is NaN is no better.</summary>
    /// <param name="value">The loss, or whatever is to fall, or to grow with <see cref="Maximize"/>.</param>
    /// <returns>True for the best so far.</returns>
    public bool Observe(double value)
    {
        var isBetter = double.IsNaN(Best) ? !double.IsNaN(value) : Maximize ? value > Best + Improvement : value < Best - Improvement;
        if (isBetter)
            (Best, BadObservations) = (value, 0);
        else
            BadObservations++;
        return isBetter;
    }
}
