namespace OptDsl.Execution;

/// <summary>The tensors of a parameter group that are updated in the steps of a plan, and what they share.</summary>
internal sealed class TensorGroup<T>(ParameterGroup<T> group)
    where T : unmanaged
{
    private readonly List<TensorStep<T>> _tensors = [];

    /// <summary>The number of elements of all tensors.</summary>
    public long Count { get; private set; }

    /// <summary>The steps that the tensors have taken together; the formulas of a rule with per-group states count one more.</summary>
    public long StepsTaken => group.MostSteps;

    /// <summary>The per-group states, as the last step left them.</summary>
    public ReadOnlySpan<double> States => group.States;

    public void Add(TensorStep<T> tensor)
    {
        _tensors.Add(tensor);
        Count += tensor.Length;
    }

    /// <summary>Gives the per-group states their values before the first step.</summary>
    public void InitializeStates(long optimizerStep)
    {
        if (_tensors.Count > 0 && StepsTaken == 0)
            group.States = [.. group.Shape.GroupStates.Select((_, state) => group.Rule.InitialGroupState(state, group.StepAt(1, optimizerStep)))];
    }

    /// <summary>Combines over all tensors, in their order, what a pass reduced over each.</summary>
    public void CombineTensors(int pass)
    {
        foreach (var reduction in group.Shape.GroupReductionsOf(pass))
        {
            var kind = group.Shape.KindOf(reduction);
            var tree = default(PartialTree);
            foreach (var tensor in _tensors)
                tree.Add(tensor.Totals[reduction], kind);
            var total = tree.Result(kind);
            foreach (var tensor in _tensors)
                tensor.Totals[reduction] = total;
        }
    }

    /// <summary>Keeps the per-group states of the step that was made, which each tensor has computed.</summary>
    public void Commit()
    {
        if (_tensors.Count > 0 && _tensors[0].Cohort is { HasTensorScalars: true })
            _tensors[0].GroupStates.CopyTo(group.States);
    }
}
