namespace OptDsl.Torch;

/// <summary>How weights of 16 bits (bfloat16, float16) keep steps that are smaller than their spacing. States are of float32 either way.</summary>
public enum SixteenBitWeights
{
    /// <summary>A copy of the weights in float32 is trained, and rounded to the weights after each step: 4 bytes more a weight.</summary>
    MasterCopy,

    /// <summary>
    /// The weights are trained themselves; each step rounds up or down at random, so that the mean is exact. No memory beside the
    /// states. The random numbers are torch's: <c>torch.manual_seed</c> repeats them.
    /// </summary>
    StochasticRounding,
}
