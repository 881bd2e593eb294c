namespace OptDsl.Torch;

/// <summary>What concerns all groups of an optimizer.</summary>
public sealed record RuleOptimizerOptions
{
    /// <summary>How weights of 16 bits keep small steps: a copy in float32 unless set.</summary>
    public SixteenBitWeights SixteenBitWeights { get; init; } = SixteenBitWeights.MasterCopy;

    /// <summary>The largest number of threads of a step on the CPU; <c>torch.get_num_threads()</c> at the time of the step unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Threads
    {
        get;
        init
        {
            if (value is { } threads)
                ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// True to step all tensors through torch's operations, even where the kernels could: to compare the two, or for a rule whose
    /// bits shall be the same on every device. Slower.
    /// </summary>
    public bool WithoutKernels { get; init; }
}
