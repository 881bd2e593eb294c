namespace OptDsl.Samples.Learning;

/// <summary>How a network does on some examples.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Correct">How many were classified correctly.</param>
/// <param name="Count">How many there were.</param>
public readonly record struct Score(double Loss, int Correct, int Count)
{
    /// <summary>The share that was classified correctly.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>The score of two sets of examples together.</summary>
    public static Score operator +(Score a, Score b) =>
        a.Count + b.Count == 0 ? default : new((a.Loss * a.Count + b.Loss * b.Count) / (a.Count + b.Count), a.Correct + b.Correct, a.Count + b.Count);

    /// <inheritdoc/>
    public override string ToString() => $"loss {Loss:0.0000}, accuracy {100 * Accuracy:0.0} %";
}
