namespace OptDsl.Samples.Learning;

/// <summary>The loss of a classifier: the negative logarithm of the probability that softmax gives to the right class.</summary>
/// <remarks>
/// Computed through log Σ exp(zᵢ) = max z + log Σ exp(zᵢ - max z): no exponential overflows and no logarithm of zero is taken,
/// whatever the logits.
/// </remarks>
public static class SoftmaxCrossEntropy
{
    /// <summary>The loss of one row of logits.</summary>
    /// <param name="logits">The logits of all classes.</param>
    /// <param name="label">The right class.</param>
    public static double Loss(ReadOnlySpan<float> logits, int label) => LogSumExp(logits) - logits[label];

    /// <summary>The loss of one row; its gradient replaces the logits.</summary>
    /// <param name="logits">The logits; on return softmax(z) minus one at the right class, times <paramref name="scale"/>.</param>
    /// <param name="label">The right class.</param>
    /// <param name="scale">A factor on the gradient: one over the batch size for the mean.</param>
    public static double LossAndGradient(Span<float> logits, int label, double scale)
    {
        var logSum = LogSumExp(logits);
        var loss = logSum - logits[label];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = (float)(scale * (Math.Exp(logits[i] - logSum) - (i == label ? 1 : 0)));
        return loss;
    }

    private static double LogSumExp(ReadOnlySpan<float> logits)
    {
        var largest = float.NegativeInfinity;
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp((double)logit - largest);
        return largest + Math.Log(sum);
    }
}
