using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>The scalars of a rule: one for every distinct value that is the same for all elements and that a pass or a condition reads.</summary>
internal sealed class ScalarLayout
{
    private readonly ScheduledRule _rule;
    private readonly Dictionary<Node, ScalarPlan> _scalars = [];
    private readonly Dictionary<Node, string> _definitionNames = [];
    private readonly HashSet<string> _names = [];

    public ScalarLayout(ScheduledRule rule)
    {
        _rule = rule;
        var model = rule.Model;
        for (var i = 0; i < model.Definitions.Length; i++)
        {
            if (model.Definitions[i].Target is LocalSymbol local && !_definitionNames.ContainsKey(rule.Graph.Values[i]))
                _definitionNames.Add(rule.Graph.Values[i], local.Name);
        }

        foreach (var node in rule.Passes.SelectMany(pass => pass.ElementNodes().Where(node => !pass.IsLoad(node))))
        {
            foreach (var operand in node.Operands.Where(operand => operand.IsScalar))
                Add(operand);
        }

        foreach (var operand in rule.Passes.SelectMany(pass => pass.Operation?.Operands ?? []).Where(operand => operand.IsScalar))
            Add(operand);
        foreach (var state in model.States.Where(state => state.IsConditional))
            Add(rule.Graph.Conditions[state].Node);
        foreach (var condition in rule.Passes.SelectMany(pass => pass.When.Conditions))
            Add(condition.Node);
        foreach (var store in rule.Graph.ScalarStores)
            AddSteps(store.Value);
    }

    /// <summary>All scalars, in order.</summary>
    public ImmutableArray<ScalarPlan> All => [.. _scalars.Values.OrderBy(scalar => scalar.Index)];

    /// <summary>The scalar that a value is, or null.</summary>
    public ScalarPlan? Of(Node node) => _scalars.TryGetValue(node, out var scalar) ? scalar : null;

    /// <summary>The name of the local that a definition gives a value, or null.</summary>
    public string? DefinitionName(Node node) => _definitionNames.TryGetValue(node, out var name) ? name : null;

    private void Add(Node node)
    {
        if (node.IsConstant || _scalars.ContainsKey(node))
            return;
        if (!node.IsOfStep)
            AddSteps(node);
        var composed = Composed(node);
        var name = Unique(Simple(node) ?? composed);
        _scalars.Add(node, new ScalarPlan(_scalars.Count, node, name, _rule.LevelOf(node)) { TellsValue = name == composed });
    }

    /// <summary>What a value per tensor or group needs of the step: there is no other way for it to get there.</summary>
    private void AddSteps(Node node)
    {
        var parts = Traversal.InOrder([node], part => part.IsOfStep || part.Op.IsReduction() ? [] : part.Operands);
        foreach (var part in parts.Where(part => part.IsOfStep))
            Add(part);
    }

    private string? Composed(Node node) =>
        node.Op == Op.Linear && node.Operands.Length == 3 && node.Offset.Is(1) && node.Operands[1].Is(-1) && Simple(node.Operands[2]) is { } from1 ? "oneMinus" + from1
            : node.Op == Op.Subtract && node.Operands[0].Is(1) && Simple(node.Operands[1]) is { } subtracted ? "oneMinus" + subtracted
            : node.Op == Op.Product && node.Operands.Length == 1 && node.Value == -1 && node.Halves[0] == 2 && Simple(node.Operands[0]) is { } negated ? "minus" + negated
            : null;

    private string Unique(string? name)
    {
        if (name is not null && _names.Add(name))
            return name;

        // What the formulas have no name for, or one name for several values of.
        for (var number = 1; ; number++)
        {
            if (_names.Add("c" + number.ToString(CultureInfo.InvariantCulture)))
                return "c" + number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string? Simple(Node node) => node.Op switch
    {
        Op.Hyper or Op.Old => node.Symbol!.Name,
        Op.Step => _rule.Model.Source.CountedStep,
        Op.Rows => "rows",
        Op.Columns => "columns",
        Op.Rank => "rank",
        _ => DefinitionName(node),
    };
}
