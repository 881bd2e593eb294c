namespace OptDsl;

/// <content>What a step does besides the rules.</content>
public partial class Optimizer<T>
{
    /// <summary>The number of elements from which on several threads pay.</summary>
    internal const int DefaultParallelThreshold = 64 * 1024;

    /// <summary>The number of elements that a thread takes at a time.</summary>
    internal const int DefaultChunkLength = 16 * 1024;

    private readonly List<WeightAverage<T>> _averages = [];

    /// <summary>The name under which the optimizer's measurements are recorded; none unless set.</summary>
    public string? Name { get; set; }

    /// <summary>The largest number of threads that a step uses, the caller's included; all processors unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxDegreeOfParallelism));
            field = value;
        }
    }
    = Environment.ProcessorCount;

    /// <summary>A factor on all gradients, applied before they are clipped; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite as a number of the elements' type.</exception>
    public double GradientScale
    {
        get;
        set
        {
            if (!(value > 0 && double.IsFinite(value)) || (typeof(T) == typeof(float) && !float.IsNormal((float)value)))
                throw new ArgumentOutOfRangeException(nameof(GradientScale), value, $"The scale must be a positive and finite {typeof(T).Name}.");
            field = value;
        }
    }
    = 1;

    /// <summary>
    /// The number of parts of a batch whose gradients make one step: only every so many calls of <see cref="Step"/> update the
    /// parameters, by the mean of the gradients that the backward passes have added up since. 1 unless set.
    /// </summary>
    /// <remarks>The backward pass has to add to the gradients; <see cref="ZeroGradients"/> clears them after the step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    /// <exception cref="InvalidOperationException">As many parts have been counted towards the next step already.</exception>
    public int AccumulationSteps
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(AccumulationSteps));
            if (PendingAccumulations >= value)
                throw new InvalidOperationException($"{PendingAccumulations} parts have been counted towards the next step, so it cannot be made of {value}; set {nameof(AccumulationSteps)} after it.");
            field = value;
        }
    }
    = 1;

    /// <summary>Which steps the schedules of hyper-parameters count; each parameter's own unless set.</summary>
    public ScheduleClock SchedulesFollow { get; set; }

    /// <summary>
    /// Decides, with the names of the parameters, how states are rounded whose <see cref="Storage"/> is narrower than the elements; 0 unless set.
    /// Another seed gives another run with the same expectation.
    /// </summary>
    public long RoundingSeed { get; set; }

    /// <summary>How many calls of <see cref="Step"/> have been counted towards the next step.</summary>
    public int PendingAccumulations { get; private set; }

    /// <summary>How gradients are kept from growing too large; groups may differ. Applied inside the kernels' passes.</summary>
    public GradientClipping Clipping
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Clipping));
            field = value;
            Replan();
        }
    }
    = GradientClipping.None;

    /// <summary>
    /// True to leave zeros in the gradients of all parameters after a step, frozen ones included, and after a step that was
    /// skipped. Written by the kernels as they read.
    /// </summary>
    public bool ZeroGradients
    {
        get;
        set
        {
            field = value;
            Replan();
        }
    }

    /// <summary>What a step does when a gradient is infinite or NaN.</summary>
    public NonFinitePolicy NonFiniteGradients { get; set; }

    /// <summary>How many steps were skipped because of gradients that were not finite.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>The scale of the loss, which the step takes off the gradients; none unless set.</summary>
    public LossScaler? LossScaler { get; set; }

    /// <summary>Slow weights that follow the rule's; none unless set. Setting it, to whatever value, drops the slow weights.</summary>
    public Lookahead? Lookahead
    {
        get;
        set
        {
            field = value;
            foreach (var slot in _slots.Values)
                slot.Slow = null;
        }
    }

    /// <summary>The averages of the weights.</summary>
    public IReadOnlyList<WeightAverage<T>> Averages => _averages;

    /// <summary>The average that is in the place of the weights; null where none is.</summary>
    internal WeightAverage<T>? SwappedAverage => _averages.Find(average => average.IsSwapped);

    /// <summary>The number of elements that a thread takes at a time: a power of two of at least 512.</summary>
    internal int ChunkLength
    {
        get;
        set
        {
            field = value;
            Replan();
        }
    }
    = DefaultChunkLength;

    /// <summary>The number of elements from which on a step uses several threads.</summary>
    internal int ParallelThreshold { get; set; } = DefaultParallelThreshold;

    /// <summary>Averages the weights of all parameters from the next step on.</summary>
    /// <param name="averaging">How and when: <c>Averaging.Exponential(0.999)</c>.</param>
    /// <param name="name">The name of the average, by which checkpoints know it.</param>
    /// <returns>The average.</returns>
    /// <exception cref="ArgumentException">There is an average of this name.</exception>
    public WeightAverage<T> AddAverage(Averaging averaging, string name = "average")
    {
        ArgumentNullException.ThrowIfNull(averaging);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException("The name of an average has no slash: checkpoints put the parameter's name after one.", nameof(name));
        if (_averages.Exists(average => average.Name == name))
            throw new ArgumentException($"There is an average '{name}' already; give this one a name of its own.", nameof(name));
        var average = new WeightAverage<T>(this, name, averaging);
        _averages.Add(average);
        Replan();
        return average;
    }
}
