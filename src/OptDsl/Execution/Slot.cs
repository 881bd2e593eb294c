namespace OptDsl.Execution;

/// <summary>A parameter in an optimizer: its group, its states and how many steps it has taken.</summary>
internal sealed class Slot<T>(Parameter<T> parameter, ParameterGroup<T> group)
    where T : unmanaged
{
    private StepClock _clock = new(0);

    public Parameter<T> Parameter { get; } = parameter;

    public ParameterGroup<T> Group { get; set; } = group;

    public bool Frozen { get; set; }

    /// <summary>The part whose states are here.</summary>
    public Share Share { get; set; } = Share.Whole(parameter.Length);

    /// <summary>True for a tensor whose states several processes share.</summary>
    public bool IsShared { get; set; }

    /// <summary>True for a tensor that several processes share and that is cut between rows.</summary>
    public bool IsSharedByRows { get; set; }

    /// <summary>True for a parameter that the next step updates.</summary>
    public bool TakesPart => !Frozen && Parameter.HasGradient;

    /// <summary>The version of the gradient that the optimizer has seen.</summary>
    public int GradientVersion { get; private set; } = parameter.GradientVersion;

    /// <summary>Whether there was a gradient when the optimizer last looked, and whether it was of rows.</summary>
    public (bool Any, bool OfRows) HadGradient { get; private set; } = (parameter.HasGradient, parameter.HasRowGradient);

    /// <summary>Looks at the gradient again.</summary>
    /// <returns>Whether it has moved, and whether it has come or gone, or become one of rows.</returns>
    public (bool Moved, bool CameOrWent) FollowGradient()
    {
        if (GradientVersion == Parameter.GradientVersion)
            return default;
        var has = (Parameter.HasGradient, Parameter.HasRowGradient);
        var cameOrWent = HadGradient != has;
        (GradientVersion, HadGradient) = (Parameter.GradientVersion, has);
        return (true, cameOrWent);
    }

    /// <summary>How many steps the parameter has taken part in; one more is the <c>t</c> of its next step.</summary>
    public long StepsTaken
    {
        get => _clock.Steps;
        set => _clock = new StepClock(value);
    }

    /// <summary>Counts from now on as others do that step together with this one.</summary>
    public void Follow(StepClock clock) => _clock = clock;

    /// <summary>The states of the share that are tensors; null before the parameter takes part in a step.</summary>
    public StateMemory<T>? States { get; set; }

    /// <summary>Which states exist, and what each is in memory.</summary>
    public StateLayout Layout { get; set; } = group.Shape.AllStates;

    /// <summary>Decides, with a seed, how the states of this parameter are rounded: by its name, so that it is the same wherever the parameter is.</summary>
    public ulong RoundingSeed { get; } = SeedOf(parameter.Name);

    /// <summary>The per-tensor states.</summary>
    public double[] TensorStates { get; set; } = [];

    /// <summary>The slow weights of lookahead, of the share, in one row; null before they start.</summary>
    public AlignedArray<T>? Slow { get; set; }

    /// <summary>True for slow weights that become a copy of the weights when they first follow.</summary>
    public bool SlowIsFresh { get; set; }

    /// <summary>Fills the states with their values before the first step.</summary>
    public void InitializeStates(RuleStep first)
    {
        for (var state = 0; state < Group.Shape.ElementStates.Length; state++)
            InitializeState(state, first);
        for (var state = 0; state < TensorStates.Length; state++)
            TensorStates[state] = Group.Rule.InitialTensorState(state, first);
    }

    /// <summary>Drops the states; the next step makes new ones.</summary>
    public void ForgetStates()
    {
        States = null;
        TensorStates = [];
        Layout = Group.Shape.AllStates;
    }

    /// <summary>
    /// Makes room for the states of a layout. Of a parameter that has stepped before, states that the old layout has too keep
    /// their values, and the others begin.
    /// </summary>
    public void AllocateStates(StateLayout layout, RuleStep first)
    {
        var shape = Group.Shape;
        if (TensorStates.Length != shape.TensorStates.Length)
            TensorStates = new double[shape.TensorStates.Length];
        if (States is not null && Layout.SameAs(layout))
            return;
        var (old, oldLayout) = (States, Layout);
        States = layout.StateCount == 0 ? null : new StateMemory<T>(shape.ElementStates, layout, Share.Length, Parameter.MatrixShape);
        Layout = layout;
        for (var state = 0; state < shape.ElementStates.Length && StepsTaken > 0; state++)
        {
            if (old is not null && oldLayout.Has(state) && layout.Has(state))
                States!.Copy(state, old);
            else
                InitializeState(state, first);
        }
    }

    private void InitializeState(int state, RuleStep first)
    {
        if (!Layout.Has(state) || Share.Length == 0)
            return;
        var values = States!.Offer(state);
        if (Parameter.Constant(Group.Shape.ElementStates[state].Symbol) is { IsEmpty: false } given)
            given.Slice(Share.Start, Share.Length).Span.CopyTo(values.Span);
        else
            Group.Rule.Initialize(state, first, Parameter.Value.Span.Slice(Share.Start, Share.Length), values.Span);
        States.Take(state, values);
    }

    private static ulong SeedOf(string name)
    {
        var digest = new Fingerprint();
        digest.Add<char>(name);
        return digest.Value;
    }
}
