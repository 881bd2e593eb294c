using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What the parts of a generated file agree on: names, signatures, the layout of the scalars.</summary>
internal sealed class RuleLayout
{
    public RuleLayout(RuleDeclaration declaration, Plan plan)
    {
        (Declaration, Plan) = (declaration, plan);
        Names = new RuleNames(plan);
        Arguments = new UpdateArguments(plan.Model);
        Passes = [.. plan.Passes.Select(pass => new PassCode(plan, pass, Names)).Select((code, i) => new PassSignature(plan, plan.Passes[i], code, Names))];
        ElementStates = [.. plan.Model.States.Where(state => !state.IsScalar)];
        ScalarStates = [.. plan.Model.States.Where(state => state.IsScalar)];
        TensorStates = [.. ScalarStates.Where(state => state.Shape == Shape.PerTensor)];
        GroupStates = [.. ScalarStates.Where(state => state.Shape == Shape.PerGroup)];
        var algebra = new WrittenAlgebra(plan.Graph.Table);
        Initials = [.. plan.Model.Initials.Select(initial => GraphBuilder.Build(initial, plan.Model, plan.Graph.Table, algebra))];
        InitialHypers = [.. plan.Model.Hypers.Where(hyper => Initials.Any(initial => Mentions(initial, hyper)))];
        ClassName = Stem(declaration.Type);
    }

    public RuleDeclaration Declaration { get; }

    public Plan Plan { get; }

    public RuleModel Model => Plan.Model;

    public RuleNames Names { get; }

    public UpdateArguments Arguments { get; }

    public ImmutableArray<PassSignature> Passes { get; }

    public ImmutableArray<StateSymbol> ElementStates { get; }

    /// <summary>The states of one number, in the order of their declaration: those per tensor and those per group.</summary>
    public ImmutableArray<StateSymbol> ScalarStates { get; }

    public ImmutableArray<StateSymbol> TensorStates { get; }

    public ImmutableArray<StateSymbol> GroupStates { get; }

    /// <summary>True when states come and go with the hyper-parameters.</summary>
    public bool HasConditionalStates => Model.States.Any(state => state.IsConditional);

    /// <summary>True when some passes are left out in some steps.</summary>
    public bool HasConditionalPasses => Plan.Passes.Any(pass => !pass.When.IsAlways);

    /// <summary>The stem of the names of a type's file-local classes.</summary>
    public static string Stem(TypeHeader type)
    {
        var parts = new[] { type.Namespace }.Concat(type.Containers.Select(part => part.Name)).Append(type.Type.Name);
        return string.Join("_", parts.Where(part => part != "").Select(part => part.Replace('.', '_')));
    }

    /// <summary>The hyper-parameters that the initial values of states need.</summary>
    public ImmutableArray<HyperSymbol> InitialHypers { get; }

    /// <summary>The initial values of all states.</summary>
    public ImmutableArray<Node> Initials { get; }

    /// <summary>The stem of the names of the file-local classes.</summary>
    public string ClassName { get; }

    /// <summary>True when something has to be computed for each tensor or group.</summary>
    public bool HasTensorScalars => !Plan.Graph.ScalarStores.IsEmpty || Names.Slots.Any(slot => slot.Node.Shape != Shape.PerStep);

    /// <summary>The scalars that are computed for each tensor before a pass.</summary>
    public IEnumerable<Slot> TensorScalars(int pass) => Names.Slots.Where(slot => slot.Node.Shape != Shape.PerStep && Plan.LevelOf(slot.Node) == pass);

    /// <summary>The C# condition under which they are needed, where that is the one of the pass before; null for always.</summary>
    public string? TensorScalarsCondition(int pass, string scalars) => pass > 0 && Plan.Passes[pass - 1] is { When.IsAlways: false } before
        && TensorScalars(pass).All(slot => Plan.Needs.IsNeeded(slot.Node) && before.When.Conditions.All(Plan.Needs.Of(slot.Node).Conditions.Contains))
        ? ConditionText(before, scalars)
        : null;

    /// <summary>The C# condition, over the scalars of a step, under which something has to be computed for each tensor; null for always.</summary>
    public string? HasTensorScalarsText(string scalars)
    {
        if (!Plan.Graph.ScalarStores.IsEmpty)
            return null;
        var conditions = Enumerable.Range(0, Passes.Length).Where(pass => TensorScalars(pass).Any()).Select(pass => TensorScalarsCondition(pass, scalars)).ToList();
        return conditions.Count == 0 || conditions.Contains(null) ? null
            : string.Join(" || ", conditions.Distinct().Select(condition => conditions.Count > 1 && condition!.Contains("&&") ? $"({condition})" : condition));
    }

    /// <summary>The file-local class with what does not depend on the element type.</summary>
    public string ScalarsClass => ClassName + "_Rule";

    /// <summary>The file-local class with the passes over elements of a type.</summary>
    public string KernelClass(string type) => ClassName + (type == "float" ? "_Single" : "_Double");

    /// <summary>The position of a pass's first reduction among those of all passes.</summary>
    public int FirstReduction(PassPlan pass) => Plan.Passes.Take(pass.Index).Sum(earlier => earlier.Reductions.Length);

    /// <summary>The tensors that a pass reads, in the order of the declaration.</summary>
    public IEnumerable<string> Reads(PassPlan pass)
    {
        if (pass.Reads.Any(symbol => symbol is ParameterSymbol))
            yield return Model.Parameter.Name;
        if (pass.ReadsGradient)
            yield return Model.Source.Gradient;
        foreach (var state in pass.Reads.OfType<StateSymbol>())
            yield return state.Name;
    }

    /// <summary>The tensors that a pass of every step reads only where one that may be left out runs.</summary>
    public IEnumerable<string> OptionalReads(PassPlan pass)
    {
        var guards = new Guards(pass);
        var optional = Plan.Passes.Select(other => other.When).Where(when => !when.IsAlways).ToList();
        var read = pass.ElementNodes().Where(node => pass.IsLoad(node) && guards.IsNeeded(node)).ToLookup(
            node => pass.When.IsAlways && optional.Exists(when => when.Conditions.All(guards.Of(node).Conditions.Contains)),
            node => node.Op == Op.Gradient ? Model.Source.Gradient : node.Symbol!.Name);
        return Reads(pass).Where(name => read[true].Contains(name) && !read[false].Contains(name));
    }

    /// <summary>A pass's reductions as the formulas write them.</summary>
    public IEnumerable<string> ReductionTexts(PassPlan pass) => pass.Reductions.Select(ReductionText);

    /// <summary>A reduction as the formulas write it.</summary>
    public string ReductionText(Node reduction) =>
        FormulaText.Line(Model.Source, Plan.Graph.Reductions.First(item => item.Value == reduction).Key.Span);

    /// <summary>What a pass does to memory, in a line.</summary>
    public string Traffic(PassPlan pass)
    {
        var parts = new[]
        {
            ("reads ", Reads(pass)), ("writes ", Writes(pass)), ("sums up ", ReductionTexts(pass)),
        };
        var traffic = string.Join("; ", parts.Where(part => part.Item2.Any()).Select(part => part.Item1 + string.Join(", ", part.Item2)));
        return pass.When.IsAlways ? traffic : $"{traffic}; only while {WhenText(pass)}";
    }

    /// <summary>The condition under which a pass runs, as the formulas write it; empty for always.</summary>
    public string WhenText(PassPlan pass) => string.Join(" and ", pass.When.Conditions.Select(WhenText));

    /// <summary>The C# condition, over the scalars of a step, while which a state exists; null for always.</summary>
    public string? ConditionText(StateSymbol state, string scalars)
    {
        if (!state.IsConditional)
            return null;
        return ConditionText(Plan.Graph.Conditions[state], scalars);
    }

    /// <summary>The C# variable of a state of one number, where the states come as arguments.</summary>
    public string ScalarState(StateSymbol state) => state.Shape == Shape.PerGroup
        ? $"groupStates[{CSharp.Int(GroupStates.IndexOf(state))}]"
        : $"tensorStates[{CSharp.Int(TensorStates.IndexOf(state))}]";

    /// <summary>The C# condition, over the scalars of a step, under which a pass runs; null for always.</summary>
    public string? ConditionText(PassPlan pass, string scalars) =>
        pass.When.IsAlways ? null : string.Join(" && ", pass.When.Conditions.Select(condition => ConditionText(condition, scalars)));

    public static IEnumerable<string> Writes(PassPlan pass) => pass.Stores.Select(store => store.Symbol!.Name);

    private string ConditionText(Condition condition, string scalars) => Names.SlotOf(condition.Node) is { } slot
        ? $"{scalars}[{CSharp.Int(slot.Index)}] {(condition.IsOn ? "!=" : "==")} 0"
        : CSharp.Bool(condition.Node.Value != 0 == condition.IsOn);

    private string WhenText(Condition condition)
    {
        foreach (var isOn in new[] { condition.IsOn, !condition.IsOn })
        {
            var choice = Plan.Graph.Choices.FirstOrDefault(choice => choice.Value == new Condition(condition.Node, isOn)).Key;
            var text = choice is not null ? FormulaText.Line(Model.Source, choice.Span) : isOn ? Names.SlotOf(condition.Node)?.Name : null;
            if (text is not null)
                return isOn == condition.IsOn ? text : $"not ({text})";
        }

        return "";
    }

    private static bool Mentions(Node node, HyperSymbol hyper) =>
        hyper.Equals(node.Symbol) || node.Operands.Any(operand => Mentions(operand, hyper));
}
