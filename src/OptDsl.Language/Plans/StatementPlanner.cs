using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>The statements that one pass executes for an element: which values get a variable, and in which order.</summary>
internal sealed class StatementPlanner
{
    // Until all statements stand, none has a variable.
    private static readonly Variable s_unnamed = new("");

    private readonly ScheduledRule _rule;
    private readonly Pass _pass;
    private readonly ScalarLayout _scalars;
    private readonly ImmutableArray<TensorPlan> _tensors;
    private readonly ImmutableArray<ReductionPlan> _reductions;
    private readonly ScratchLayout? _scratch;
    private readonly Guards _guards;
    private readonly ImmutableArray<Node> _nodes;
    private readonly List<Statement> _statements = [];
    private readonly Dictionary<Node, Variable> _variables = [];
    private readonly Dictionary<Node, int> _uses = [];

    public StatementPlanner(
        ScheduledRule rule, Pass pass, ScalarLayout scalars, ImmutableArray<TensorPlan> tensors, ImmutableArray<ReductionPlan> reductions, ScratchLayout? scratch)
    {
        (_rule, _pass, _scalars, _tensors, _reductions, _scratch, _guards, _nodes) = (rule, pass, scalars, tensors, reductions, scratch, new Guards(pass), pass.ElementNodes());
        foreach (var operand in _nodes.SelectMany(node => pass.Operands(node)).Concat(reductions.SelectMany(reduction => reduction.Operands)))
            _uses[operand] = _uses.TryGetValue(operand, out var uses) ? uses + 1 : 1;
    }

    /// <summary>The pass, but for what it needs from outside.</summary>
    public PassPlan Plan()
    {
        Order();
        Name();
        for (var i = 0; i < _statements.Count; i++)
        {
            if (_statements[i] is DefineStatement { Declares: true, Guard.IsAlways: false } define)
                _statements[i] = define with { IsReadOutside = IsReadOutside(i, _statements.Count - 1, Holders(define.Variable)) };
        }

        var conditions = new HashSet<Node>(_nodes.Where(node => node.Op == Op.Select).Select(node => node.Operands[0]).Concat(_guards.Conditions));
        var existence = _pass.Conditions.Values.Select(condition => condition.Node).ToList();
        return new PassPlan(
            _pass.Index,
            _pass.When,
            [.. _tensors.Where(tensor => tensor.Symbol is { } symbol ? _pass.Reads.Contains(symbol) : _pass.ReadsGradient), .. _nodes.Where(_pass.Kept.Contains).Select(Tensor).Distinct()],
            [.. _pass.Stores.Select(Tensor), .. _pass.Keeps.Select(Kept)],
            [.. _reductions.Where(reduction => reduction.Destination is null)],
            [.. _scalars.All.Where(scalar => _nodes.Any(node => _pass.Operands(node).Skip(node.Op == Op.Select ? 1 : 0).Contains(scalar.Value)))],
            [.. _scalars.All.Where(scalar => conditions.Contains(scalar.Value)).OrderBy(scalar => !existence.Contains(scalar.Value))],
            [.. _statements],
            _variables.ToImmutableDictionary(),
            [.. _nodes.Select(node => node.Op).Distinct()],
            _nodes.Length)
        {
            Domain = _pass.Domain,
            AxisReductions = [.. _reductions.Where(reduction => reduction.Destination is not null)],
            IsByRows = _rule.Model.UsesMatrices && !_pass.Domain.IsVector() && (!_reductions.IsEmpty || _nodes.Any(node => _pass.IsLoad(node) && node.Cardinality != _pass.Domain)),
        };
    }

    /// <summary>What a variable is assigned: of a choice that is decided where it is needed, the side that is taken.</summary>
    private Node Value(Node node) => node.Op == Op.New ? _guards.ValueOf(node) is var value && value != node ? value : node.Operands[0] : node;

    private TensorPlan Tensor(Node node) => _pass.Kept.Contains(node) ? Kept(node) : _tensors.First(tensor => Equals(tensor.Symbol, node.Symbol));

    private TensorPlan Kept(Node node) => _scratch!.Of(node)!;

    private void Order()
    {
        var loads = _nodes.Where(node => _pass.IsLoad(node) && _guards.IsNeeded(node) && _guards.Of(node).IsAlways).OrderBy(LoadOrder).ToList();
        loads.ForEach(Load);

        var comments = new List<string>();
        var done = new HashSet<Node>(loads);
        var relevant = RelevantDefinitions();
        for (var i = 0; i < _rule.Model.Definitions.Length; i++)
        {
            if (!relevant.Contains(_rule.Model.Definitions[i]))
                continue;
            comments.Add(FormulaLines.Of(_rule.Model.Source, _rule.Model.Definitions[i].StatementSpan));
            var value = _rule.Graph.Values[i];
            if (!value.IsScalar && _nodes.Contains(value) && _guards.IsNeeded(value) && !_pass.IsLoad(value) && IsVariable(value))
            {
                Flush();
                Compute(value);
            }
        }

        Flush();
        foreach (var reduction in _reductions)
        {
            reduction.Operands.ToList().ForEach(Compute);
            _statements.Add(new ReduceStatement(reduction));
        }

        foreach (var keep in _pass.Keeps.Where(_guards.IsNeeded))
        {
            Compute(keep);
            _statements.Add(new StoreStatement(keep, s_unnamed, Kept(keep)) { Guard = _guards.Of(keep) });
        }

        void Flush()
        {
            if (comments.Count > 0)
                _statements.Add(new FormulaStatement([.. comments]));
            comments.Clear();
        }

        void Compute(Node node)
        {
            if (node.IsScalar || !done.Add(node))
                return;
            if (_pass.IsLoad(node))
            {
                Load(node);
                return;
            }

            var value = Value(node);
            (value == node ? node.Operands : [value]).ToList().ForEach(Compute);
            if (!IsVariable(node))
                return;
            var isStored = node.Op == Op.New && _pass.Stores.Contains(node);
            if (isStored)
                _nodes.Where(old => old.Op == Op.Old && old.Symbol!.Equals(node.Symbol) && _guards.IsNeeded(old)).ToList().ForEach(Compute);
            _statements.Add(new AssignStatement(node, s_unnamed, value) { Guard = _guards.Of(node) });
            if (isStored)
                _statements.Add(new StoreStatement(node, s_unnamed, Tensor(node)) { Guard = _guards.StoreGuard(node) });
        }

        void Load(Node node) => _statements.Add(new LoadStatement(node, s_unnamed, Tensor(node)) { Guard = _guards.Of(node) });
    }

    private bool IsVariable(Node node) =>
        node.Op == Op.New || _pass.Keeps.Contains(node) || (_uses.TryGetValue(node, out var uses) && uses > 1) || _scalars.DefinitionName(node) is not null;

    /// <summary>Variables as the formulas would have them: a new value takes that of the old one where that is not needed any more.</summary>
    private void Name()
    {
        var holders = new Dictionary<string, Node>();
        for (var i = 0; i < _statements.Count; i++)
        {
            switch (_statements[i])
            {
                case LoadStatement load:
                    _statements[i] = load with { Variable = Declare(load.Node, load.Tensor.Name) };
                    break;
                case AssignStatement assign:
                    var wanted = assign.Node.Op == Op.New ? assign.Node.Symbol!.Name : _scalars.DefinitionName(assign.Node) ?? "";
                    var isReused = wanted != "" && holders.TryGetValue(wanted, out var holder) && CanReuse(holder, i);
                    var variable = isReused ? _variables[holders[wanted]] : Declare(assign.Node, wanted);
                    _variables[assign.Node] = variable;
                    holders[wanted] = assign.Node;
                    _statements[i] = assign with { Variable = variable, Declares = !isReused };
                    break;
                case StoreStatement store:
                    _statements[i] = store with { Variable = _variables[store.Node] };
                    break;
            }
        }

        Variable Declare(Node node, string name)
        {
            holders[name] = node;
            return _variables[node] = new Variable(name, IsMask(node));
        }
    }

    /// <summary>True where the variable of a value may take a new one: of the same kind, in its scope, and not needed any more.</summary>
    private bool CanReuse(Node holder, int index)
    {
        var assign = (AssignStatement)_statements[index];
        var declared = _statements.FindIndex(statement => statement.Defines == holder);
        return IsMask(holder) == IsMask(assign.Node) && !IsUsedAfter(holder, index)
            && (IsInScope(declared, index) || IsReadOutside(declared, index, [holder]));
    }

    /// <summary>True where a variable that is declared in a block is read outside it, up to a statement.</summary>
    private bool IsReadOutside(int declaration, int last, IReadOnlyList<Node> holders) =>
        Enumerable.Range(declaration + 1, last - declaration).Any(i => !IsInScope(declaration, i) && holders.Any(holder => Uses(_statements[i], holder)));

    /// <summary>True where statements stand in the same block, or the first in none.</summary>
    private bool IsInScope(int declaration, int use)
    {
        var guard = _statements[declaration].Guard;
        return guard.IsAlways
            || Enumerable.Range(declaration, use - declaration + 1).All(i => _statements[i].Guard.Equals(guard) && _statements[i] is not FormulaStatement);
    }

    private List<Node> Holders(Variable variable) => [.. _variables.Where(item => item.Value == variable).Select(item => item.Key)];

    /// <summary>True for values that are kept as masks.</summary>
    private static bool IsMask(Node node) => node.Op.IsCondition();

    private bool IsUsedAfter(Node variable, int index) => _statements.Skip(index + 1).Any(statement => Uses(statement, variable));

    private bool Uses(Statement statement, Node variable)
    {
        return statement switch
        {
            AssignStatement assign => Parts(assign.Node).Any(Refers),
            StoreStatement store => store.Node == variable,
            ReduceStatement reduce => reduce.Reduction.Operands.Any(Refers),
            _ => false,
        };

        // Values without a variable stand inside the expressions that use them.
        bool Refers(Node node) =>
            node == variable || (!node.IsScalar && !_pass.IsLoad(node) && !IsVariable(node) && node.Operands.Any(Refers));

        IEnumerable<Node> Parts(Node node) => Value(node) == node ? node.Operands : [Value(node)];
    }

    private int LoadOrder(Node load) => _pass.Kept.Contains(load) ? int.MaxValue : load.Op == Op.Gradient ? 1 : load.Symbol is StateSymbol state ? 2 + state.Index : 0;

    /// <summary>The definitions whose values the pass computes something of.</summary>
    private HashSet<Definition> RelevantDefinitions()
    {
        var relevant = new HashSet<Definition>();
        if (_rule.Model.UsesMatrices)
        {
            for (var i = 0; i < _rule.Model.Definitions.Length; i++)
            {
                if (_rule.Graph.Values[i] is { IsScalar: false } value && _nodes.Contains(value) && !_pass.IsLoad(value))
                    relevant.Add(_rule.Model.Definitions[i]);
            }

            return relevant;
        }

        foreach (var store in _pass.Stores)
            Add(_rule.Model.Final((StoredSymbol)store.Symbol!)!);
        foreach (var definition in _rule.Model.Definitions)
            VisitReductions(definition.Value);
        return relevant;

        void Add(Definition definition)
        {
            if (definition.Cardinality != Cardinality.PerElement || IsStored(definition) || !relevant.Add(definition))
                return;
            Visit(definition.Value);
        }

        void Visit(Expr expression)
        {
            if (expression is DefinedExpr defined)
                Add(defined.Definition);
            foreach (var child in expression.Children().Where(child => child.Cardinality == Cardinality.PerElement))
                Visit(child);
        }

        void VisitReductions(Expr expression)
        {
            if (expression is ReduceExpr reduce && _pass.Index == _rule.PassOf(reduce))
                Visit(reduce);
            foreach (var child in expression.Children())
                VisitReductions(child);
        }

        bool IsStored(Definition definition) => definition.Target is StoredSymbol symbol
            && _pass.Stored.Contains(symbol) && _rule.Model.Final(symbol) == definition;
    }
}
