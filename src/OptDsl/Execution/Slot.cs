namespace OptDsl.Execution;

/// <summary>A parameter in an optimizer: its group, its states and how many steps it has taken.</summary>
internal sealed class Slot<T>(Parameter<T> parameter, ParameterGroup<T> group)
    where T : unmanaged
{
    public Parameter<T> Parameter { get; } = parameter;

    public ParameterGroup<T> Group { get; set; } = group;

    public bool Frozen { get; set; }

    /// <summary>How many steps the parameter has taken part in; one more is the <c>t</c> of its next step.</summary>
    public long StepsTaken { get; set; }

    /// <summary>The element-wise states, one a row; null before the parameter takes part in a step, or where there are none.</summary>
    public AlignedArray<T>? States { get; set; }

    /// <summary>The per-tensor states.</summary>
    public double[] TensorStates { get; set; } = [];

    /// <summary>The slow weights of lookahead, in one row; null before they start.</summary>
    public AlignedArray<T>? Slow { get; set; }

    /// <summary>True for slow weights that become a copy of the weights when they first follow.</summary>
    public bool SlowIsFresh { get; set; }

    /// <summary>Fills the states with their values before the first step.</summary>
    public void InitializeStates()
    {
        var rule = Group.Rule;
        for (var state = 0; state < Group.Shape.ElementStates.Length; state++)
            rule.Initialize(state, Parameter.Value.Span, States!.RowSpan(state));
        for (var state = 0; state < TensorStates.Length; state++)
            TensorStates[state] = rule.InitialTensorState(state);
    }

    /// <summary>Drops the states; the next step makes new ones.</summary>
    public void ForgetStates()
    {
        States = null;
        TensorStates = [];
    }

    /// <summary>Makes room for the states.</summary>
    public void AllocateStates()
    {
        var shape = Group.Shape;
        if (States is null && shape.ElementStates.Length > 0)
            States = new AlignedArray<T>(shape.ElementStates.Length, Parameter.Length);
        if (TensorStates.Length != shape.TensorStates.Length)
            TensorStates = new double[shape.TensorStates.Length];
    }
}
