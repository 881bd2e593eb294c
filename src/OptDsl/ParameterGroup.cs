using OptDsl.Execution;

namespace OptDsl;

/// <summary>The parameters of an optimizer that one rule, with one set of hyper-parameters, updates.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class ParameterGroup<T>
    where T : unmanaged
{
    private readonly Optimizer<T> _optimizer;

    internal ParameterGroup(Optimizer<T> optimizer, IUpdateRule<T> rule)
    {
        _optimizer = optimizer;
        Rule = rule;
        Shape = new RuleShape(rule.Description);
        _storages = [.. Shape.ElementStates.Select(state => new StateStorage(state.Storage, state.Rounding))];
        CheckStorage();
    }

    /// <summary>The rule. Setting its hyper-parameters between steps is how they are changed by hand.</summary>
    public IUpdateRule<T> Rule { get; }

    /// <summary>The parameters, in the order in which they were added.</summary>
    public IReadOnlyList<Parameter<T>> Parameters
    {
        get => field.Count == Slots.Count ? field : field = Slots.ConvertAll(slot => slot.Parameter);
    }
    = [];

    /// <summary>The clipping of this group alone; null for that of the optimizer, together with its other parameters.</summary>
    public GradientClipping? Clipping
    {
        get;
        set
        {
            field = value;
            _optimizer.Replan();
        }
    }

    internal RuleShape Shape { get; }

    internal List<Slot<T>> Slots { get; set; } = [];

    /// <summary>The per-group states; empty before the first step.</summary>
    internal double[] States { get; set; } = [];

    /// <summary>
    /// Moves the parameters that match to a group of their own, with another rule. Keeps weight decay off biases and norms in
    /// one line: <c>optimizer.Add(new AdamW(), parameters).Except(p => p.Rank &lt; 2, new AdamW { WeightDecay = 0 })</c>.
    /// </summary>
    /// <param name="matches">True for the parameters to move.</param>
    /// <param name="rule">Their rule.</param>
    /// <returns>The new group; empty where nothing matches.</returns>
    /// <remarks>Per-group states (<see cref="Per.Group"/>) are not shared with the new group, which has its own.</remarks>
    /// <exception cref="InvalidOperationException">A parameter that matches has been stepped already: its states belong to the rule it has.</exception>
    public ParameterGroup<T> Except(Func<Parameter<T>, bool> matches, IUpdateRule<T> rule)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(rule);
        return _optimizer.Split(this, matches, rule);
    }
}
