using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What the parts of a generated file agree on: names and signatures.</summary>
internal sealed class RuleLayout
{
    // As many as the runtime checks in one call.
    private const int MostAtOnce = 5;

    public RuleLayout(RuleDeclaration declaration, RulePlan plan)
    {
        (Declaration, Plan) = (declaration, plan);
        Names = new RuleNames(plan.Model);
        Arguments = new UpdateArguments(plan.Model);
        Passes = [.. plan.Passes.Select(pass => new PassSignature(plan, pass, Names, Stem(declaration.Type)))];
        ClassName = Stem(declaration.Type);
        Buffers =
        [
            new(Arguments.Parameter, Model.Parameter.Name),
            new(Arguments.Gradient, Model.Source.Gradient),
            .. plan.ElementStates.Select(state => new CheckedBuffer(Arguments.Of(state.Symbol), state.Name) { Type = state.Type == ElementType.BFloat16 ? "ushort" : null }),
        ];
    }

    public RuleDeclaration Declaration { get; }

    public RulePlan Plan { get; }

    public RuleModel Model => Plan.Model;

    public RuleNames Names { get; }

    public UpdateArguments Arguments { get; }

    public ImmutableArray<PassSignature> Passes { get; }

    /// <summary>The tensors of a step over spans.</summary>
    public ImmutableArray<CheckedBuffer> Buffers { get; }

    /// <summary>True where one call of the runtime's checks their lengths and that they share no memory.</summary>
    public bool IsCheckedAtOnce => Buffers.Length <= MostAtOnce && !Plan.UsesShape && !Plan.HasConditionalStates
        && Buffers.All(buffer => buffer.Type is null && buffer.Symbol == buffer.Name.TrimStart('@'));

    /// <summary>The stem of the names of the file-local classes.</summary>
    public string ClassName { get; }

    /// <summary>The file-local class with what does not depend on the element type.</summary>
    public string ScalarsClass => ClassName + "_Rule";

    /// <summary>The stem of the names of a type's file-local classes.</summary>
    public static string Stem(TypeHeader type)
    {
        var parts = new[] { type.Namespace }.Concat(type.Containers.Select(part => part.Name)).Append(type.Type.Name);
        return string.Join("_", parts.Where(part => part != "").Select(part => part.Replace('.', '_')));
    }

    /// <summary>The file-local type with the passes.</summary>
    public string KernelClass => ClassName + "_Kernel";

    /// <summary>True unless all states that are tensors begin at 0, as they do where a rule does not say otherwise.</summary>
    public bool HasInitialTensors => Plan.ElementStates.Any(state => !state.Initial!.Is(0));

    /// <summary>The names of tensors, as the formulas have them.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<TensorPlan> tensors) => tensors.Select(tensor => tensor.Name);

    /// <summary>What a pass does to memory, in a line.</summary>
    public static string Traffic(PassPlan pass)
    {
        var parts = new[]
        {
            ("reads ", NamesOf(pass.Reads)), ("writes ", NamesOf(pass.Writes)), ("sums up ", pass.Reductions.Select(reduction => reduction.Formula)),
        };
        var traffic = string.Join("; ", parts.Where(part => part.Item2.Any()).Select(part => part.Item1 + string.Join(", ", part.Item2)));
        return pass.When.IsAlways ? traffic : $"{traffic}; only while {pass.WhenText}";
    }

    /// <summary>The C# variable of a state of one number, where the states come as arguments.</summary>
    public string NumberState(TensorPlan state) => state.Cardinality == Cardinality.PerGroup
        ? $"groupStates[{CSharp.Int(Plan.GroupStates.IndexOf(state))}]"
        : $"tensorStates[{CSharp.Int(Plan.TensorStates.IndexOf(state))}]";

    /// <summary>The C# condition, over the scalars of a step, under which all of some hold; null for always.</summary>
    public string? ConditionText(Guard guard, string scalars) =>
        guard.IsAlways ? null : string.Join(" && ", guard.Conditions.Select(condition => ConditionText(condition, scalars)));

    /// <summary>The C# condition, over the scalars of a step, under which something has to be computed for each tensor; null for always or never.</summary>
    public string? HasTensorScalarsText(string scalars)
    {
        var guards = Plan.TensorScalarsWhen;
        return guards.IsEmpty || guards.Any(guard => guard.IsAlways) ? null
            : string.Join(" || ", guards.Select(guard => guards.Length > 1 && guard.Conditions.Length > 1 ? $"({ConditionText(guard, scalars)})" : ConditionText(guard, scalars)));
    }

    private string ConditionText(Condition condition, string scalars) => Plan.Scalars.Of(condition.Node) is { } scalar
        ? $"{scalars}[{CSharp.Int(scalar.Index)}] {(condition.IsOn ? "!=" : "==")} 0"
        : CSharp.Bool(condition.Node.Value != 0 == condition.IsOn);
}
