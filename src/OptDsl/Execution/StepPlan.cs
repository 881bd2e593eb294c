namespace OptDsl.Execution;

/// <summary>
/// The work of a step, cut into items for the threads: small tensors in batches, large ones in chunks. Made when parameters
/// are added, frozen or unfrozen, and used by every step until then.
/// </summary>
internal sealed class StepPlan<T>
    where T : unmanaged
{
    private readonly UpdateWorkload<T>[] _phases;
    private bool _prepared;

    public StepPlan(IReadOnlyList<ParameterGroup<T>> groups, int chunkLength)
    {
        var cohorts = new List<Cohort<T>>();
        var tensors = new List<TensorStep<T>>();
        foreach (var group in groups)
        {
            var first = cohorts.Count;
            foreach (var slot in group.Slots.Where(slot => !slot.Frozen))
            {
                var cohort = cohorts.FindIndex(first, cohort => cohort.StepsTaken == slot.StepsTaken);
                if (cohort < 0)
                {
                    cohort = cohorts.Count;
                    cohorts.Add(new Cohort<T>(group, slot.StepsTaken));
                }

                tensors.Add(new TensorStep<T>(slot, cohorts[cohort], chunkLength));
            }
        }

        Cohorts = [.. cohorts];
        Tensors = [.. tensors];
        ElementCount = Tensors.Sum(tensor => (long)tensor.Length);
        var chunked = Tensors.Where(tensor => tensor.ChunkCount > 1).ToArray();
        var phaseCount = chunked.Select(tensor => tensor.PassCount).Append(1).Max();
        _phases = new UpdateWorkload<T>[phaseCount];
        for (var phase = 0; phase < phaseCount; phase++)
            _phases[phase] = new UpdateWorkload<T>(Tensors, chunkLength, phase);
    }

    /// <summary>The cohorts that take part.</summary>
    public Cohort<T>[] Cohorts { get; }

    /// <summary>The tensors that take part.</summary>
    public TensorStep<T>[] Tensors { get; }

    /// <summary>The number of elements of all of them.</summary>
    public long ElementCount { get; }

    /// <summary>Makes room for the states of tensors at their first step, then initializes them.</summary>
    public void PrepareStates()
    {
        if (_prepared)
            return;
        foreach (var tensor in Tensors)
            tensor.Slot.AllocateStates();
        foreach (var tensor in Tensors)
        {
            if (tensor.Slot.StepsTaken == 0)
                tensor.Slot.InitializeStates();
        }

        _prepared = true;
    }

    /// <summary>Updates all tensors.</summary>
    public void Run(Crew crew, int degree)
    {
        foreach (var phase in _phases)
            phase.Run(crew, degree);
    }

    /// <summary>Counts the step that was made.</summary>
    public void CountStep()
    {
        foreach (var cohort in Cohorts)
            cohort.StepsTaken++;
        foreach (var tensor in Tensors)
            tensor.Slot.StepsTaken++;
    }
}
