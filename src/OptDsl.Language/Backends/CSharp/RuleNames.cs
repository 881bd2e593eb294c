using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// The identifiers of a rule's kernel: the user's symbols where they are legal. Also lays out the scalars that the kernel
/// reads: one slot for every distinct value that is the same for all elements.
/// </summary>
internal sealed class RuleNames
{
    private static readonly string[] Reserved =
    [
        "Vector", "Math", "MathF", "MemoryMarshal", "Unsafe", "ElementMath", "Span", "ReadOnlySpan", "MethodImpl",
        "MethodImplOptions", "scalars", "gradient", "slice", "i", "n", "lanes", "end", "count", "totals", "partials",
        "tensorStates", "index", "parameter", "destination", "state", "pass", "step",
        "groupCount", "groupStates", "On", "Off", "position", "last", "BlockSum", "FloatLanes", "DoubleLanes", "RuleChecks", "CompensatedSum",
        "PlainGradient", "ScaledGradient", "ConsumedGradient", "PassSlice", "TGradient", "TFirst", "TSecond", "TThird", "TFourth",
        .. Enumerable.Range(1, 64).SelectMany(number => new[] { "total", "block", "lane", "lanes", "max", "maxima", "Pass" }.Select(
            stem => stem + number.ToString(CultureInfo.InvariantCulture))),
    ];

    private readonly Dictionary<string, string> _symbols = [];
    private readonly Dictionary<string, string> _derived = [];
    private readonly Dictionary<Node, string> _definitionNames = [];
    private readonly Dictionary<Node, Slot> _slots = [];

    public RuleNames(Plan plan)
    {
        Taken = new Names(Reserved);
        var model = plan.Model;
        Step = Symbol(UpdateArguments.StepName(model.Source));
        Parameter = Symbol(model.Parameter.Name);
        Gradient = Symbol(model.Source.Gradient);
        foreach (var symbol in model.States.Cast<Symbol>().Concat(model.Hypers).Concat(model.Definitions.Select(definition => definition.Target)))
            Symbol(symbol.Name);
        for (var i = 0; i < model.Definitions.Length; i++)
        {
            if (model.Definitions[i].Target is LocalSymbol local && !_definitionNames.ContainsKey(plan.Graph.Values[i]))
                _definitionNames.Add(plan.Graph.Values[i], _symbols[local.Name]);
        }

        foreach (var node in plan.Passes.SelectMany(pass => pass.ElementNodes().Where(node => !pass.IsLoad(node))))
        {
            foreach (var operand in node.Operands.Where(operand => operand.IsScalar))
                AddSlot(operand);
        }

        foreach (var state in model.States.Where(state => state.IsConditional))
            AddSlot(plan.Graph.Conditions[state].Node);
        foreach (var condition in plan.Passes.SelectMany(pass => pass.When.Conditions))
            AddSlot(condition.Node);
        foreach (var store in plan.Graph.ScalarStores)
            AddSteps(store.Value);
    }

    /// <summary>Identifiers that are in use all over the kernel.</summary>
    public Names Taken { get; }

    public string Step { get; }

    public string Parameter { get; }

    public string Gradient { get; }

    /// <summary>The scalars, in order.</summary>
    public IReadOnlyList<Slot> Slots => [.. _slots.Values];

    public string Of(Symbol symbol) => _symbols[symbol.Name];

    /// <summary>The reference to the first element of a tensor.</summary>
    public string Reference(string tensor) => Derived(tensor.TrimStart('@') + "0");

    /// <summary>The condition that a scalar is, where it is not a type argument.</summary>
    public string Flag(Slot slot) => Derived(slot.Name.TrimStart('@') + "On");

    public Slot? SlotOf(Node node) => _slots.TryGetValue(node, out var slot) ? slot : null;

    /// <summary>What to say after the assignment of a scalar by a text that is not its name.</summary>
    public string SlotComment(Node node, string text) => SlotOf(node) is { } slot && slot.Name != text ? " // " + slot.Name : "";

    /// <summary>The name of the local that a definition gives a value, or null.</summary>
    public string? DefinitionName(Node node) => _definitionNames.TryGetValue(node, out var name) ? name : null;

    private string Derived(string name)
    {
        if (!_derived.TryGetValue(name, out var identifier))
            _derived.Add(name, identifier = Taken.Unique(name));
        return identifier;
    }

    private string Symbol(string name)
    {
        if (!_symbols.TryGetValue(name, out var identifier))
            _symbols.Add(name, identifier = Taken.Unique(name));
        return identifier;
    }

    private void AddSlot(Node node)
    {
        if (node.IsConstant || _slots.ContainsKey(node))
            return;
        if (node.Shape != Shape.PerStep)
            AddSteps(node);
        _slots.Add(node, new Slot(_slots.Count, node, NameOf(node)));
    }

    /// <summary>What a value per tensor or group needs of the step: there is no other way for it to get there.</summary>
    private void AddSteps(Node node)
    {
        var parts = Traversal.InOrder([node], part => part.Shape == Shape.PerStep || part.Op.IsReduction() ? [] : part.Operands);
        foreach (var part in parts.Where(part => part.Shape == Shape.PerStep))
            AddSlot(part);
    }

    private string NameOf(Node node) =>
        Simple(node) ?? Taken.Unique(
            node.Op == Op.Linear && node.Operands.Length == 3 && node.Offset.Is(1) && node.Operands[1].Is(-1) && Simple(node.Operands[2]) is { } from1
                ? "oneMinus" + from1.TrimStart('@')
            : node.Op == Op.Subtract && node.Operands[0].Is(1) && Simple(node.Operands[1]) is { } subtracted ? "oneMinus" + subtracted.TrimStart('@')
            : node.Op == Op.Product && node.Operands.Length == 1 && node.Value == -1 && node.Halves[0] == 2 && Simple(node.Operands[0]) is { } negated
                ? "minus" + negated.TrimStart('@')
            : "c" + (_slots.Values.Count(slot => IsNumbered(slot.Name)) + 1).ToString(CultureInfo.InvariantCulture));

    private static bool IsNumbered(string name) => name.Length > 1 && name[0] == 'c' && name.Skip(1).All(char.IsDigit);

    private string? Simple(Node node) => node.Op switch
    {
        Op.Hyper => Of(node.Symbol!),
        Op.Step => Step,
        Op.Old => Of(node.Symbol!),
        _ => DefinitionName(node),
    };
}

/// <summary>A value that is the same for all elements.</summary>
/// <param name="Index">Its position among the scalars.</param>
/// <param name="Node">The value.</param>
/// <param name="Name">Its name in the kernel.</param>
internal sealed record Slot(int Index, Node Node, string Name)
{
    /// <summary>The scalar.</summary>
    public string Target => "scalars[" + CSharp.Int(Index) + "]";
}
