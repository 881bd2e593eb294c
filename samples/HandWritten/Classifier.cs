namespace HandWritten;

/// <summary>A course's exercise. The denominator lacks its root, so that the step shrinks where the gradient grows.</summary>
public static class Classifier
{
    /// <summary>One step of RMSProp.</summary>
    public static void Update(double[] weights, double[] gradients, double[] cache, double learningRate = 0.001, double decay = 0.9)
    {
        for (var j = 0; j < weights.Length; j++)
        {
            cache[j] = decay * cache[j] + (1 - decay) * gradients[j] * gradients[j];
            weights[j] -= learningRate * gradients[j] / (cache[j] + 1e-8);
        }
    }
}
