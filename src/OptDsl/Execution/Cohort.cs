namespace OptDsl.Execution;

/// <summary>
/// The parameters of a group that have taken equally many steps, and have one shape where the rule looks at it, and so share all
/// that a step computes once.
/// </summary>
internal sealed class Cohort<T>(ParameterGroup<T> group, long stepsTaken, TensorShape shape)
    where T : unmanaged
{
    public ParameterGroup<T> Group { get; } = group;

    /// <summary>Counts the steps.</summary>
    public StepClock Clock { get; } = new(stepsTaken);

    public long StepsTaken => Clock.Steps;

    /// <summary>What <see cref="IUpdateRule.BeginStep"/> computed.</summary>
    public double[] Scalars { get; } = new double[group.Shape.ScalarCount];

    /// <summary>The passes that the step that has begun makes, in order; as many as <see cref="PassCount"/> count.</summary>
    public int[] Passes { get; } = [.. Enumerable.Range(0, group.Shape.PassCount)];

    /// <summary>The number of passes that the step that has begun makes.</summary>
    public int PassCount { get; private set; } = group.Shape.PassCount;

    /// <summary>True where some values are one a tensor or a group, so that tensors cannot share what the step that has begun computed once.</summary>
    public bool HasTensorScalars { get; private set; } = true;

    /// <summary>The states that exist in the step that has begun.</summary>
    public StateLayout Layout { get; private set; } = group.LayoutOf(_ => true);

    /// <summary>Checks the hyper-parameters of the next step and computes its scalars.</summary>
    /// <param name="optimizerStep">The step of the optimizer.</param>
    public void BeginStep(long optimizerStep)
    {
        Group.BeginStep(StepsTaken + 1, optimizerStep, shape, Scalars);
        HasTensorScalars = Group.Rule.HasTensorScalars(Scalars);
        if (!Group.Shape.LeavesPassesOut)
            return;
        PassCount = 0;
        for (var pass = 0; pass < Group.Shape.PassCount; pass++)
        {
            if (Group.Rule.HasPass(pass, Scalars))
                Passes[PassCount++] = pass;
        }
    }

    /// <summary>Works out which states exist in the step that has begun.</summary>
    /// <returns>True where they are others than before.</returns>
    public bool UpdateLayout()
    {
        var changed = false;
        foreach (var state in Group.Shape.ConditionalStates)
            changed |= Group.Rule.HasState(state, Scalars) != Layout.Has(state);
        if (changed)
            Layout = Group.LayoutOf(state => Group.Rule.HasState(state, Scalars));
        return changed;
    }
}
