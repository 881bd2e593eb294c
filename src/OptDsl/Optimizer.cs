using OptDsl.Execution;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl;

/// <summary>Runs update rules over parameters: keeps their states and step counts, and uses several threads where that pays.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The results are the same, bit for bit, for every number of threads. A step allocates nothing, the first after a change of
/// the parameters, or of which of them have gradients, apart. An optimizer is to be used by one thread at a time. It is no class to derive
/// from: the only one that does, <c>ShardedOptimizer</c> of OptDsl.Mpi, divides the states among processes.
/// </remarks>
public partial class Optimizer<T>
    where T : unmanaged
{
    private readonly Dictionary<string, Slot<T>> _slots = new(StringComparer.Ordinal);
    private readonly List<ParameterGroup<T>> _groups = [];
    private readonly BufferRegistry<T> _buffers = new();

    /// <summary>An optimizer without parameters.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="float"/> nor <see cref="double"/>.</exception>
    public Optimizer()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Parameters are of float or double, not {typeof(T).Name}.");
    }

    /// <summary>The groups, in the order in which they were added.</summary>
    public IReadOnlyList<ParameterGroup<T>> Groups => _groups;

    /// <summary>The parameters of all groups.</summary>
    public IEnumerable<Parameter<T>> Parameters => _groups.SelectMany(group => group.Slots, (_, slot) => slot.Parameter);

    /// <summary>Adds parameters, as a group of their own.</summary>
    /// <param name="rule">The rule that updates them.</param>
    /// <param name="parameters">The parameters, at least one.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">
    /// There are no parameters, or one has the name of another, or its value or gradient overlaps another's in memory, or it is a vector and the
    /// rule one for matrices only (<see cref="RuleDescription.IsForMatrices"/>). Nothing has been added.
    /// </exception>
    public ParameterGroup<T> Add(IUpdateRule<T> rule, IEnumerable<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(parameters);
        var group = new ParameterGroup<T>(this, rule);
        try
        {
            foreach (var parameter in parameters)
                AddTo(group, parameter, nameof(parameters));
            if (group.Slots.Count == 0)
                throw new ArgumentException($"There is no parameter for {rule.Description.Name} to update; add a group when it has one.", nameof(parameters));
        }
        catch
        {
            Remove(group);
            throw;
        }

        _groups.Add(group);
        Replan();
        return group;
    }

    /// <inheritdoc cref="Add(IUpdateRule{T}, IEnumerable{Parameter{T}})"/>
    public ParameterGroup<T> Add(IUpdateRule<T> rule, params Parameter<T>[] parameters) => Add(rule, (IEnumerable<Parameter<T>>)parameters);

    /// <summary>
    /// Adds groups that one rule updates, each with a factor on its learning rate:
    /// <c>optimizer.AddGroups(new AdamW(), (body, 0.1), (head, 1))</c>.
    /// </summary>
    /// <param name="rule">The rule that updates them all.</param>
    /// <param name="groups">The parameters of each group, at least one, and its <see cref="ParameterGroup{T}.LearningRateFactor"/>.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="ArgumentException">As of <see cref="Add(IUpdateRule{T}, IEnumerable{Parameter{T}})"/>. Nothing has been added.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite. Nothing has been added.</exception>
    public IReadOnlyList<ParameterGroup<T>> AddGroups(IUpdateRule<T> rule, params (IEnumerable<Parameter<T>> Parameters, double LearningRateFactor)[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var added = new List<ParameterGroup<T>>();
        try
        {
            foreach (var (parameters, factor) in groups)
            {
                added.Add(Add(rule, parameters));
                added[^1].LearningRateFactor = factor;
            }
        }
        catch
        {
            foreach (var group in added)
                Remove(group);
            throw;
        }

        return added;
    }

    /// <summary>Keeps parameters as they are from the next step on; their states and step counts wait with them.</summary>
    /// <param name="matches">True for the names to freeze: <c>name => !name.StartsWith("head.")</c>.</param>
    /// <returns>How many parameters match.</returns>
    public int Freeze(Func<string, bool> matches) => SetFrozen(matches, frozen: true);

    /// <summary>Updates parameters again, from the next step on.</summary>
    /// <param name="matches">True for the names to unfreeze.</param>
    /// <returns>How many parameters match.</returns>
    /// <remarks>
    /// A parameter's <c>t</c> counts its own steps: one that was frozen from the start begins with 1. Only where its rule has
    /// per-group states (<see cref="Per.Group"/>), <c>t</c> is that of the group, which may have gone on without it.
    /// </remarks>
    public int Unfreeze(Func<string, bool> matches) => SetFrozen(matches, frozen: false);

    /// <summary>True for a parameter that is kept as it is.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public bool IsFrozen(string name) => SlotOf(name).Frozen;

    /// <summary>
    /// How many steps a parameter has taken part in: the <c>t</c> of its rule at the last of them. With per-group states
    /// (<see cref="Per.Group"/>) that is how many its group had taken by then.
    /// </summary>
    /// <param name="name">The name of the parameter.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public long StepsOf(string name) => SlotOf(name).StepsTaken;

    /// <summary>A state of a parameter that is a tensor: element-wise, shaped like it, or with a value a row or a column, or a square matrix, row by row.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="symbol">The symbol of the state, as its declaration spells it.</param>
    /// <returns>
    /// The state, widened where its <see cref="Storage"/> is narrower than the elements; empty before the parameter's first step, and where
    /// <see cref="StateAttribute.When"/> did not hold at its last.
    /// </returns>
    /// <exception cref="KeyNotFoundException">There is no such parameter, or its rule has no such state but as one number.</exception>
    public ReadOnlyMemory<T> State(string name, string symbol)
    {
        var slot = SlotOf(name);
        var state = IndexOf(slot.Group.Rule.Description.Name, slot.Group.Shape.ElementStates, symbol);
        return slot.States is { } states && slot.Layout.Has(state) ? Complete(slot, states, state, $"State '{symbol}' of '{name}'") : default;
    }

    /// <summary>The states of a parameter that are tensors, by their symbols: those that exist, none before its first step.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public IReadOnlyDictionary<string, ReadOnlyMemory<T>> States(string name)
    {
        var slot = SlotOf(name);
        return slot.Group.Shape.ElementStates.Index().Where(state => slot.States is not null && slot.Layout.Has(state.Index))
            .ToDictionary(state => state.Item.Symbol, state => Complete(slot, slot.States!, state.Index, $"State '{state.Item.Symbol}' of '{name}'"), StringComparer.Ordinal);
    }

    /// <summary>The states of a parameter that are one number, and those of its group, by their symbols; none before the first step.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public IReadOnlyDictionary<string, double> TensorStates(string name)
    {
        var slot = SlotOf(name);
        var ofTensor = slot.Group.Shape.TensorStates.Zip(slot.TensorStates, (state, value) => KeyValuePair.Create(state.Symbol, value));
        var ofGroup = slot.Group.Shape.GroupStates.Zip(slot.Group.States, (state, value) => KeyValuePair.Create(state.Symbol, value));
        return ofTensor.Concat(ofGroup).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>A per-tensor state of a parameter, or a per-group state of its group.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="symbol">The symbol of the state, as its declaration spells it.</param>
    /// <returns>The state; NaN before the first step of the parameter, or of its group.</returns>
    /// <exception cref="KeyNotFoundException">There is no such parameter, or its rule has no such state of one number.</exception>
    public double TensorState(string name, string symbol)
    {
        var slot = SlotOf(name);
        var (tensorStates, groupStates) = (slot.Group.Shape.TensorStates, slot.Group.Shape.GroupStates);
        var state = IndexOf(slot.Group.Rule.Description.Name, [.. tensorStates, .. groupStates], symbol);
        return state < tensorStates.Length
            ? slot.TensorStates.Length == 0 ? double.NaN : slot.TensorStates[state]
            : slot.Group.States.Length == 0 ? double.NaN : slot.Group.States[state - tensorStates.Length];
    }

    internal ParameterGroup<T> Split(ParameterGroup<T> from, Func<Parameter<T>, bool> matches, IUpdateRule<T> rule)
    {
        var (moved, kept) = (new List<Slot<T>>(), new List<Slot<T>>());
        foreach (var slot in from.Slots)
            (matches(slot.Parameter) ? moved : kept).Add(slot);
        foreach (var slot in moved)
            CheckShape(rule, slot.Parameter, nameof(rule));
        if (moved.Find(slot => slot.StepsTaken > 0) is { } stepped)
            throw new InvalidOperationException($"Parameter '{stepped.Parameter.Name}' has been stepped: its states belong to the rule it has. Split a group before the first step.");

        var group = new ParameterGroup<T>(this, rule);
        group.StoreLike(from);
        foreach (var slot in moved)
        {
            slot.Group = group;
            slot.ForgetStates();
        }

        group.Slots = moved;
        from.Slots = kept;
        _groups.Add(group);
        Replan();
        return group;
    }

    internal static int IndexOf(string rule, StateDescription[] states, string symbol)
    {
        // The compatibility form is the compiler's: 'b₁' is 'b1'.
        var name = LetterForms.OfSymbol(symbol);
        var index = Array.FindIndex(states, state => LetterForms.OfSymbol(state.Symbol) == name);
        if (index >= 0)
            return index;
        var known = states.Length == 0 ? "none" : string.Join(", ", states.Select(state => $"'{state.Symbol}'"));
        throw new KeyNotFoundException($"The rule {rule} has no such state '{symbol}'; it has {known}.");
    }

    private void AddTo(ParameterGroup<T> group, Parameter<T> parameter, string argument)
    {
        ArgumentNullException.ThrowIfNull(parameter, argument);
        if (_slots.TryGetValue(parameter.Name, out var other))
        {
            throw new ArgumentException(
                other.Parameter == parameter
                    ? $"Parameter '{parameter.Name}' has been added before; a weight that two layers share is added once."
                    : $"There is another parameter '{parameter.Name}'; names tell parameters apart in checkpoints and must differ.",
                argument);
        }

        CheckShape(group.Rule, parameter, argument);
        _buffers.Add(parameter);
        var slot = new Slot<T>(parameter, group);
        parameter.Watch(_parametersChanged);
        _slots.Add(parameter.Name, slot);
        group.Slots.Add(slot);
    }

    private static void CheckShape(IUpdateRule<T> rule, Parameter<T> parameter, string argument)
    {
        if (!rule.Description.IsForMatrices || parameter.Rank >= 2)
            return;
        var name = rule.Description.Name;
        throw new ArgumentException(
            $"The rule {name} is for matrices and says nothing about vectors, of which '{parameter.Name}' is one: give it the matrices only and vectors another rule, " +
            $"as in optimizer.Add(new AdamW {{ … }}, parameters).Except(parameter => parameter.Rank >= 2, new {name} {{ … }}), or let its formulas say by rank(W) what becomes of vectors.",
            argument);
    }

    private void Remove(ParameterGroup<T> group)
    {
        _buffers.Remove(group.Parameters);
        foreach (var slot in group.Slots)
            _slots.Remove(slot.Parameter.Name);
        _groups.Remove(group);
        Replan();
    }

    private int SetFrozen(Func<string, bool> matches, bool frozen)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var matching = _slots.Values.Where(slot => matches(slot.Parameter.Name)).ToList();
        foreach (var slot in matching)
            slot.Frozen = frozen;
        Replan();
        return matching.Count;
    }

    internal Slot<T> SlotOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _slots.TryGetValue(name, out var slot) ? slot : throw new KeyNotFoundException($"There is no parameter '{name}'.");
    }
}
