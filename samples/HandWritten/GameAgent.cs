namespace HandWritten;

/// <summary>A policy that a game trains while it runs. The first moment is corrected with the second one's root.</summary>
public sealed class GameAgent(int parameters)
{
    private readonly float[] _firstMoment = new float[parameters];
    private readonly float[] _secondMoment = new float[parameters];
    private int _step;

    /// <summary>Moves the weights against the gradient of the loss.</summary>
    public void Learn(float[] weights, float[] gradient, float learningRate = 0.001f)
    {
        const float beta1 = 0.9f, beta2 = 0.999f, epsilon = 1e-8f;
        _step++;
        for (var i = 0; i < weights.Length; i++)
        {
            _firstMoment[i] = beta1 * _firstMoment[i] + (1 - beta1) * gradient[i];
            _secondMoment[i] = beta2 * _secondMoment[i] + (1 - beta2) * gradient[i] * gradient[i];
            var corrected = _firstMoment[i] / MathF.Sqrt(1 - MathF.Pow(beta1, _step));
            var size = MathF.Sqrt(_secondMoment[i] / (1 - MathF.Pow(beta2, _step)));
            weights[i] -= learningRate * corrected / (size + epsilon);
        }
    }
}
