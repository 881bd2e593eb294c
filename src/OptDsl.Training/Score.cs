namespace OptDsl.Training;

/// <summary>How a model does on some examples.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Correct">How many were classified correctly; null where there are no classes.</param>
/// <param name="Count">How many there were.</param>
public readonly record struct Score(double Loss, int? Correct, int Count)
{
    /// <summary>The share that was classified correctly; NaN where there are no classes.</summary>
    public double Accuracy => Correct is { } correct ? (double)correct / Count : double.NaN;

    /// <summary>The score of two sets of examples together; one without examples counts for nothing.</summary>
    /// <param name="a">The score of the one set.</param>
    /// <param name="b">The score of the other.</param>
    public static Score operator +(Score a, Score b) =>
        a.Count == 0 ? b : b.Count == 0 ? a : new((a.Loss * a.Count + b.Loss * b.Count) / (a.Count + b.Count), a.Correct + b.Correct, a.Count + b.Count);

    /// <summary>The score of two sets of examples together.</summary>
    /// <param name="other">The score of the other set.</param>
    public Score Add(Score other) => this + other;

    /// <summary>Loss and accuracy: <c>loss 0.1234, accuracy 97.5 %</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"loss {Loss:0.0000}") + (Correct is null ? "" : FormattableString.Invariant($", accuracy {100 * Accuracy:0.0} %"));
}
