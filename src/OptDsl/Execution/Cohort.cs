namespace OptDsl.Execution;

/// <summary>The parameters of a group that have taken equally many steps, and so share all that a step computes once.</summary>
internal sealed class Cohort<T>(ParameterGroup<T> group, long stepsTaken)
    where T : unmanaged
{
    public ParameterGroup<T> Group { get; } = group;

    public long StepsTaken { get; set; } = stepsTaken;

    /// <summary>What <see cref="IUpdateRule.BeginStep"/> computed.</summary>
    public double[] Scalars { get; } = new double[group.Shape.ScalarCount];

    /// <summary>The states that exist in the step that has begun.</summary>
    public StateLayout Layout { get; private set; } = group.Shape.AllStates;

    /// <summary>Checks the hyper-parameters of the next step and computes its scalars.</summary>
    public void BeginStep() => Group.Rule.BeginStep(StepsTaken + 1, Scalars);

    /// <summary>Works out which states exist in the step that has begun.</summary>
    /// <returns>True where they are others than before.</returns>
    public bool UpdateLayout()
    {
        var changed = false;
        foreach (var state in Group.Shape.ConditionalStates)
            changed |= Group.Rule.HasState(state, Scalars) != Layout.Has(state);
        if (changed)
            Layout = StateLayout.Of(Group.Shape.ElementStates.Length, state => Group.Rule.HasState(state, Scalars));
        return changed;
    }
}
