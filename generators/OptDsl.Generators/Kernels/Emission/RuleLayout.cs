using System.Collections.Immutable;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Kernels.Algebra;
using OptDsl.Generators.Kernels.Graph;
using OptDsl.Generators.Kernels.Scheduling;

namespace OptDsl.Generators.Kernels.Emission;

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
        return string.Join("; ", parts.Where(part => part.Item2.Any()).Select(part => part.Item1 + string.Join(", ", part.Item2)));
    }

    /// <summary>The C# condition, over the scalars of a step, while which a state exists; null for always.</summary>
    public string? ConditionText(StateSymbol state, string scalars)
    {
        if (!state.IsConditional)
            return null;
        var (node, isOn) = Plan.Graph.Conditions[state];
        return Names.SlotOf(node) is { } slot
            ? $"{scalars}[{CSharp.Int(slot.Index)}] {(isOn ? "!=" : "==")} 0"
            : CSharp.Bool(node.Value != 0 == isOn);
    }

    /// <summary>The C# variable of a state of one number, where the states come as arguments.</summary>
    public string ScalarState(StateSymbol state) => state.Shape == Shape.PerGroup
        ? $"groupStates[{CSharp.Int(GroupStates.IndexOf(state))}]"
        : $"tensorStates[{CSharp.Int(TensorStates.IndexOf(state))}]";

    public static IEnumerable<string> Writes(PassPlan pass) => pass.Stores.Select(store => store.Symbol!.Name);

    private static bool Mentions(Node node, HyperSymbol hyper) =>
        hyper.Equals(node.Symbol) || node.Operands.Any(operand => Mentions(operand, hyper));
}
