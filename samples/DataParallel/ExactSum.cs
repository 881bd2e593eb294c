using OptDsl.Samples.Learning;

namespace DataParallel;

/// <summary>
/// Adds gradients up so that the sum does not depend on who adds what: each is rounded to a multiple of 2⁻²², and sums of such multiples
/// below 4 are exact in float. So every number of ranks trains with the same gradients, bit for bit.
/// </summary>
internal sealed class ExactSum(Network network)
{
    private const float Steps = 1 << 22;

    private readonly float[][] _sums = [.. network.Parameters.Select(parameter => new float[parameter.Length])];

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        foreach (var sum in _sums)
            Array.Clear(sum);
    }

    /// <summary>Adds the network's gradients times a weight.</summary>
    public void Add(float weight)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            var gradient = network.Parameters[i].Gradient.Span;
            for (var j = 0; j < gradient.Length; j++)
                _sums[i][j] += MathF.Round(weight * gradient[j] * Steps) / Steps;
        }
    }

    /// <summary>Puts the sums in the place of the network's gradients.</summary>
    public void Store()
    {
        for (var i = 0; i < _sums.Length; i++)
            _sums[i].CopyTo(network.Parameters[i].Gradient);
    }
}
