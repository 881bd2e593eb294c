using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>
/// Under which conditions a pass needs a value. A choice whose condition is the same for all elements needs one side only, and
/// whatever serves nothing but that side, loads and stores included, is not done where the other side is taken. A state that
/// exists only while a condition holds is needed under that condition at most, whatever the choices around it are.
/// </summary>
internal sealed class Guards
{
    private readonly Pass _pass;
    private readonly HashSet<Node> _walked;
    private readonly Dictionary<Node, Guard> _guards = [];
    private readonly bool _takesApart;

    public Guards(Pass pass)
        : this(
            pass,
            pass.Reductions.SelectMany(reduction => reduction.Operands).Concat(pass.Operation?.Inputs() ?? []).Where(node => !node.IsScalar),
            pass.ElementNodes().Where(node => !node.IsScalar))
    {
    }

    private Guards(Pass pass, IEnumerable<Node> always, IEnumerable<Node> nodes, bool takesApart = false)
    {
        (_pass, _takesApart) = (pass, takesApart);
        var walked = nodes.OrderByDescending(node => node.Id).ToList();
        _walked = [.. walked];
        foreach (var node in always)
            Need(node, Guard.Always);
        foreach (var store in pass.Stores)
        {
            var guard = StoreGuard(store);
            Need(store, guard);
            foreach (var condition in guard.Conditions)
                Need(condition.Node, Guard.Always);
        }

        foreach (var node in pass.Keeps)
            Need(node, pass.Guards.TryGetValue(node, out var guard) ? guard : Guard.Always);

        // Operands are older than what uses them: when a node's turn comes, all its uses have been seen.
        foreach (var node in walked.Where(IsNeeded))
        {
            foreach (var (operand, guard) in Needs(node))
                Need(operand, guard);
        }
    }

    /// <summary>Under which conditions a rule needs its values, whatever the passes: those that are one a step or a tensor too.</summary>
    /// <param name="graph">The values.</param>
    /// <param name="takesApart">True to know of <c>a and b</c> that a holds and b holds, where it does.</param>
    public static Guards Of(RuleGraph graph, bool takesApart = false)
    {
        var scalarStores = graph.ScalarStores.Select(store => store.Value).ToList();
        var whole = new Pass(0, false, [], graph.Stores, [], []) { Conditions = graph.Conditions };
        return new Guards(whole, scalarStores, Traversal.InOrder(graph.Stores.Concat(scalarStores)), takesApart);
    }

    /// <summary>False for the side of a choice that is never taken where the choice is needed.</summary>
    public bool IsNeeded(Node node) => _guards.ContainsKey(node);

    /// <summary>All conditions under which any value is needed.</summary>
    public IEnumerable<Node> Conditions => _guards.Values.SelectMany(guard => guard.Conditions).Select(condition => condition.Node).Distinct();

    /// <summary>The conditions under which a value is needed.</summary>
    public Guard Of(Node node) => _guards[node];

    /// <summary>The conditions under which a new value differs from the old one.</summary>
    public Guard StoreGuard(Node store) => WhileThere(store, IsKept(store, 1) ? Guard.Always.And(store.Operands[0].Operands[0], false)
        : IsKept(store, 2) ? Guard.Always.And(store.Operands[0].Operands[0], true)
        : Guard.Always);

    /// <summary>
    /// What a new value is where it is needed: where only one side of a choice is, that side; of a state that exists only while
    /// a condition holds, what its statement computes.
    /// </summary>
    public Node ValueOf(Node node)
    {
        if (node.Op != Op.New || node.Operands[0] is not { Op: Op.Select } choice)
            return node;
        if (node.Symbol is StateSymbol { IsConditional: true } && (IsKept(node, 1) || IsKept(node, 2)))
            return choice.Operands[IsKept(node, 1) ? 2 : 1];
        return !Of(node).Conditions.Contains(new Condition(choice.Operands[0], true))
            ? !Of(node).Conditions.Contains(new Condition(choice.Operands[0], false)) ? choice : choice.Operands[2]
            : choice.Operands[1];
    }

    private static bool IsKept(Node store, int side) =>
        store.Operands[0] is { Op: Op.Select } choice && choice.Operands[0].IsScalar
        && choice.Operands[side] is { Op: Op.Old } old && old.Symbol!.Equals(store.Symbol);

    private IEnumerable<(Node Operand, Guard Guard)> Needs(Node node)
    {
        var guard = Of(node);
        if (node.Op == Op.New && !_pass.IsLoad(node) && ValueOf(node) is var value && value != node)
            return [(value, guard)];
        if (node.Op != Op.Select || !node.Operands[0].IsScalar)
            return _pass.Operands(node).Select(operand => (operand, guard));
        return [(node.Operands[0], guard), (node.Operands[1], And(guard, node.Operands[0], true)), (node.Operands[2], And(guard, node.Operands[0], false))];
    }

    private Guard And(Guard guard, Node condition, bool isOn)
    {
        guard = guard.And(condition, isOn);
        if (!_takesApart)
            return guard;
        return condition.Op == Op.Not ? And(guard, condition.Operands[0], !isOn)
            : condition.Op == (isOn ? Op.And : Op.Or) ? And(And(guard, condition.Operands[0], isOn), condition.Operands[1], isOn)
            : guard;
    }

    private void Need(Node node, Guard guard)
    {
        if (!_walked.Contains(node))
            return;
        guard = WhileThere(node, guard);
        _guards[node] = _guards.TryGetValue(node, out var other) ? other.Or(guard) : guard;
    }

    /// <summary>A guard that also keeps the old and the new value of a state from being touched where it does not exist.</summary>
    private Guard WhileThere(Node node, Guard guard) =>
        node.Symbol is StateSymbol state && _pass.Conditions.TryGetValue(state, out var condition) && !condition.Node.IsConstant
            ? guard.And(condition.Node, condition.IsOn)
            : guard;
}

/// <summary>Conditions that all hold.</summary>
internal sealed record Guard(ImmutableArray<Condition> Conditions)
{
    public static Guard Always { get; } = new(ImmutableArray<Condition>.Empty);

    public bool IsAlways => Conditions.IsEmpty;

    public Guard And(Node condition, bool isOn) => Conditions.Contains(new Condition(condition, isOn))
        ? this
        : new Guard([.. Conditions.Append(new Condition(condition, isOn)).OrderBy(item => item.Node.Id)]);

    /// <summary>The conditions common to both: what is needed under either guard is needed under these at most.</summary>
    public Guard Or(Guard other) => new([.. Conditions.Where(other.Conditions.Contains)]);

    public bool Equals(Guard? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    public override int GetHashCode() => Conditions.Length;
}
