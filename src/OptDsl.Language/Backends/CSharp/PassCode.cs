using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The statements that one pass executes for an element: which values get a variable, in which order, under which name.</summary>
internal sealed class PassCode
{
    private readonly Plan _plan;
    private readonly PassPlan _pass;
    private readonly RuleNames _names;
    private readonly Guards _guards;
    private readonly Dictionary<Node, string> _variables = [];
    private readonly Dictionary<Node, int> _uses = [];

    public PassCode(Plan plan, PassPlan pass, RuleNames names)
    {
        (_plan, _pass, _names, _guards) = (plan, pass, names, new Guards(pass));
        var nodes = pass.ElementNodes();
        foreach (var operand in nodes.SelectMany(node => pass.Operands(node)).Concat(pass.Reductions.SelectMany(reduction => reduction.Operands)))
            _uses[operand] = _uses.TryGetValue(operand, out var uses) ? uses + 1 : 1;
        var conditions = new HashSet<Node>(nodes.Where(node => node.Op == Op.Select).Select(node => node.Operands[0]).Concat(_guards.Conditions));
        Slots = [.. names.Slots.Where(slot => conditions.Contains(slot.Node) || nodes.Any(node => pass.Operands(node).Contains(slot.Node)))];
        Switches = [.. Slots.Where(slot => conditions.Contains(slot.Node)).OrderBy(slot => !pass.Conditions.Values.Any(condition => condition.Node == slot.Node))];
        Values = [.. Slots.Where(slot => nodes.Any(node => pass.Operands(node).Skip(node.Op == Op.Select ? 1 : 0).Contains(slot.Node)))];
        Unroll = nodes.Length switch
        {
            <= 64 => 4,
            <= 128 => 2,
            _ => 1,
        };
        Operations = [.. nodes.Select(node => node.Op).Distinct()];
        Order(nodes);
        Name();
    }

    /// <summary>All scalars that the pass reads.</summary>
    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>The scalars that it reads as numbers.</summary>
    public IReadOnlyList<Slot> Values { get; }

    /// <summary>The scalars that it reads as conditions: first those that loads and stores depend on.</summary>
    public IReadOnlyList<Slot> Switches { get; }

    /// <summary>What is computed for an element.</summary>
    public IReadOnlyList<Op> Operations { get; }

    /// <summary>How many vectors the main loop takes at once: fewer for a body that would exhaust the inliner.</summary>
    public int Unroll { get; }

    /// <summary>The statements, in order.</summary>
    public List<Statement> Statements { get; } = [];

    public string? Variable(Node node) => _variables.TryGetValue(node, out var name) ? name : null;

    /// <summary>What a variable is assigned: of a choice that is decided where it is needed, the side that is taken.</summary>
    public Node Value(Node node) => node.Op == Op.New ? _guards.ValueOf(node) is var value && value != node ? value : node.Operands[0] : node;

    private void Order(IReadOnlyList<Node> nodes)
    {
        var loads = nodes.Where(node => _pass.IsLoad(node) && _guards.IsNeeded(node) && _guards.Of(node).IsAlways).OrderBy(LoadOrder).ToList();
        Statements.AddRange(loads.Select(load => new LoadStatement(load)));

        var comments = new List<string>();
        var done = new HashSet<Node>(loads);
        var relevant = RelevantDefinitions();
        for (var i = 0; i < _plan.Model.Definitions.Length; i++)
        {
            if (!relevant.Contains(_plan.Model.Definitions[i]))
                continue;
            comments.Add(FormulaText.Line(_plan.Model, _plan.Model.Definitions[i]));
            var value = _plan.Graph.Values[i];
            if (!value.IsScalar && nodes.Contains(value) && !_pass.IsLoad(value) && IsVariable(value))
            {
                Flush();
                Compute(value);
            }
        }

        Flush();
        foreach (var reduction in _pass.Reductions)
        {
            reduction.Operands.ToList().ForEach(Compute);
            Statements.Add(new ReduceStatement(reduction));
        }

        void Flush()
        {
            if (comments.Count > 0)
                Statements.Add(new CommentStatement([.. comments]));
            comments.Clear();
        }

        void Compute(Node node)
        {
            if (node.IsScalar || !done.Add(node))
                return;
            var guard = _guards.Of(node);
            if (_pass.IsLoad(node))
            {
                Statements.Add(new LoadStatement(node) { Guard = guard });
                return;
            }

            var value = Value(node);
            (value == node ? node.Operands : [value]).ToList().ForEach(Compute);
            if (!IsVariable(node))
                return;
            var isStored = node.Op == Op.New && _pass.Stores.Contains(node);
            if (isStored)
                nodes.Where(old => old.Op == Op.Old && old.Symbol!.Equals(node.Symbol) && _guards.IsNeeded(old)).ToList().ForEach(Compute);
            Statements.Add(new AssignStatement(node) { Guard = guard });
            if (isStored)
                Statements.Add(new StoreStatement(node) { Guard = _guards.StoreGuard(node) });
        }
    }

    private bool IsVariable(Node node) =>
        node.Op == Op.New || (_uses.TryGetValue(node, out var uses) && uses > 1) || _names.DefinitionName(node) is not null;

    /// <summary>
    /// Names that read like the formulas: a new value takes the variable of the old one where that is not needed any more.
    /// </summary>
    private void Name()
    {
        var holders = new Dictionary<string, Node?>();
        foreach (var slot in Slots)
            holders[slot.Name] = null;
        for (var i = 0; i < Statements.Count; i++)
        {
            if (Statements[i] is LoadStatement { Node: var load })
            {
                var symbol = load.Op == Op.Gradient ? _names.Gradient : _names.Of(load.Symbol!);
                _variables[load] = holders.ContainsKey(symbol) ? _names.Taken.Unique(symbol.TrimStart('@')) : symbol;
                holders[_variables[load]] = load;
            }
            else if (Statements[i] is AssignStatement { Node: var node } assign)
            {
                var wanted = node.Op == Op.New ? _names.Of(node.Symbol!) : _names.DefinitionName(node);
                var isTaken = wanted is not null && holders.ContainsKey(wanted);
                var isReused = isTaken && holders[wanted!] is { } holder && CanReuse(holder, i);
                var name = wanted is not null && (!isTaken || isReused) ? wanted : _names.Taken.Unique(wanted?.TrimStart('@') ?? "x");
                holders[name] = node;
                _variables[node] = name;
                Statements[i] = assign with { Name = name, Declares = !isReused };
            }
        }
    }

    /// <summary>True where the variable of a value may take a new one: of the same kind, in its scope, and not needed any more.</summary>
    private bool CanReuse(Node holder, int index)
    {
        var assign = (AssignStatement)Statements[index];
        var declared = Statements.FindIndex(statement => statement.Defines == holder);
        return IsMask(holder) == IsMask(assign.Node) && !IsUsedAfter(holder, index)
            && (IsInScope(declared, index) || IsReadOutside(declared, index, [holder]));
    }

    /// <summary>True where a variable that is declared in a block is read outside it, up to a statement.</summary>
    private bool IsReadOutside(int declaration, int last, IReadOnlyList<Node> holders) =>
        Enumerable.Range(declaration + 1, last - declaration).Any(i => !IsInScope(declaration, i) && holders.Any(holder => Uses(Statements[i], holder)));

    /// <summary>True where statements stand in the same block, or the first in none.</summary>
    private bool IsInScope(int declaration, int use)
    {
        var guard = Statements[declaration].Guard;
        return guard.IsAlways
            || Enumerable.Range(declaration, use - declaration + 1).All(i => Statements[i].Guard.Equals(guard) && Statements[i] is not CommentStatement);
    }

    /// <summary>True for a statement that declares a variable in a block while it is read outside it.</summary>
    public bool IsDeclaredBefore(Statement statement)
    {
        if (statement.Guard.IsAlways || statement is AssignStatement { Declares: false } || statement.Defines is not { } defined)
            return false;
        var index = Statements.IndexOf(statement);
        var holders = _variables.Where(variable => variable.Value == _variables[defined]).Select(variable => variable.Key).ToList();
        return IsReadOutside(index, Statements.Count - 1, holders);
    }

    /// <summary>True for values that are kept as masks.</summary>
    public static bool IsMask(Node node) => node.Op.IsCondition();

    private bool IsUsedAfter(Node variable, int index) => Statements.Skip(index + 1).Any(statement => Uses(statement, variable));

    private bool Uses(Statement statement, Node variable)
    {
        return statement switch
        {
            AssignStatement assign => Parts(assign.Node).Any(Refers),
            StoreStatement store => store.Node == variable,
            ReduceStatement reduce => reduce.Node.Operands.Any(Refers),
            _ => false,
        };

        // Values without a variable stand inside the expressions that use them.
        bool Refers(Node node) =>
            node == variable || (!node.IsScalar && !_pass.IsLoad(node) && !IsVariable(node) && node.Operands.Any(Refers));

        IEnumerable<Node> Parts(Node node) => Value(node) == node ? node.Operands : [Value(node)];
    }

    private int LoadOrder(Node load) => load.Op == Op.Gradient ? 1 : load.Symbol is StateSymbol state ? 2 + state.Index : 0;

    /// <summary>The definitions whose values the pass computes something of.</summary>
    private HashSet<Definition> RelevantDefinitions()
    {
        var relevant = new HashSet<Definition>();
        foreach (var store in _pass.Stores)
            Add(_plan.Model.Final((StoredSymbol)store.Symbol!)!);
        foreach (var definition in _plan.Model.Definitions)
            VisitReductions(definition.Value);
        return relevant;

        void Add(Definition definition)
        {
            if (definition.Shape != Shape.PerElement || IsStored(definition) || !relevant.Add(definition))
                return;
            Visit(definition.Value);
        }

        void Visit(Expr expression)
        {
            if (expression is DefinedExpr defined)
                Add(defined.Definition);
            foreach (var child in expression.Children().Where(child => child.Shape == Shape.PerElement))
                Visit(child);
        }

        void VisitReductions(Expr expression)
        {
            if (expression is ReduceExpr reduce && _pass.Index == _plan.PassOf(reduce))
                Visit(reduce);
            foreach (var child in expression.Children())
                VisitReductions(child);
        }

        bool IsStored(Definition definition) => definition.Target is StoredSymbol symbol
            && _pass.Stored.Contains(symbol) && _plan.Model.Final(symbol) == definition;
    }
}

/// <summary>A statement of a pass.</summary>
internal abstract record Statement
{
    /// <summary>The conditions under which it runs.</summary>
    public Guard Guard { get; init; } = Guard.Always;

    /// <summary>The value that it gives a variable, or null.</summary>
    public virtual Node? Defines => null;
}

/// <summary>The formulas that the next statements compute.</summary>
internal sealed record CommentStatement(IReadOnlyList<string> Formulas) : Statement;

/// <summary>Reads a value from memory.</summary>
internal sealed record LoadStatement(Node Node) : Statement
{
    public override Node? Defines => Node;
}

/// <summary>Gives a value a variable, a new one if <paramref name="Declares"/>.</summary>
internal sealed record AssignStatement(Node Node, string Name = "", bool Declares = true) : Statement
{
    public override Node? Defines => Node;
}

/// <summary>Writes a new value to memory.</summary>
internal sealed record StoreStatement(Node Node) : Statement;

/// <summary>Adds to a reduction.</summary>
internal sealed record ReduceStatement(Node Node) : Statement;
