using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What a pass is called and called with: its tensors, its type arguments, its conditions.</summary>
internal sealed class PassSignature
{
    // More conditions than this would make too many loops: the others are tested inside.
    private const int MostSwitches = 4;

    /// <summary>The constraint of the element type.</summary>
    public const string ElementConstraint = "where T : unmanaged";

    private readonly ImmutableArray<TensorPlan> _elementStates;

    public PassSignature(RulePlan plan, PassPlan pass, RuleNames names, string stem)
    {
        Pass = pass;
        _elementStates = plan.ElementStates;
        Name = "Pass" + (pass.Index + 1).ToString(CultureInfo.InvariantCulture);
        Class = stem + "_" + Name;
        var tensors = pass.TensorsOf(plan).ToList();
        if (plan.UsesShape ? tensors.Count > 0 && pass.Domain == Cardinality.PerElement && !tensors.Exists(tensor => tensor.Cardinality == pass.Domain && tensor.When.IsAlways) : tensors.Count > 0 && tensors.TrueForAll(tensor => tensor.IsElementState))
            tensors.Insert(0, plan.Tensors[0]);
        Tensors = [.. tensors.Select(tensor => new TensorArgument(names.Of(tensor.Name), names.Reference(names.Of(tensor.Name)), tensor, FormOf(tensor, pass)) { IsState = !plan.UsesShape && tensor.IsElementState })];
        ColumnSums = [.. pass.AxisReductions.Where(reduction => reduction.IsOfColumns).Select((reduction, i) => new ReductionVariables(reduction, CSharp.Int(i + 1)))];
        Values = [.. pass.Numbers.Select(scalar => new ScalarArgument(scalar, names.Of(scalar.Name)))];
        Switches = [.. pass.Choices.Take(MostSwitches).Select(scalar => new ScalarArgument(scalar, names.Switch(scalar.Name)))];
        Flags = [.. pass.Choices.Skip(MostSwitches).Select(scalar => new ScalarArgument(scalar, names.Flag(scalar.Name)))];
        Variables = new VariableNames(names, Values.Select(value => value.Name));
        Sums = [.. pass.AxisReductions.Where(reduction => !reduction.IsOfColumns).Concat(pass.Reductions).Select((reduction, i) => new ReductionVariables(reduction, CSharp.Int(i + 1)))];
        Unroll = pass.ValueCount switch
        {
            <= 64 => 4,
            <= 128 => 2,
            _ => 1,
        };
    }

    public PassPlan Pass { get; }

    /// <summary>The method that runs the pass over as many elements as the machine likes to treat together.</summary>
    public string Name { get; }

    /// <summary>The generic class with the pass over packs of one kind.</summary>
    public string Class { get; }

    /// <summary>True where the widest vectors can do all that the pass computes.</summary>
    public bool HasWide => Pass.Operations.All(op => OperationTable.Of(op).Kernel?.IsWide ?? true);

    /// <summary>How many packs the main loop takes at once: fewer for a body that would exhaust the inliner.</summary>
    public int Unroll { get; }

    public IReadOnlyList<TensorArgument> Tensors { get; }

    /// <summary>The scalars that it reads as numbers.</summary>
    public IReadOnlyList<ScalarArgument> Values { get; }

    /// <summary>The conditions that are type arguments.</summary>
    public IReadOnlyList<ScalarArgument> Switches { get; }

    /// <summary>The conditions that are tested.</summary>
    public IReadOnlyList<ScalarArgument> Flags { get; }

    /// <summary>The variables of what it sums up.</summary>
    public IReadOnlyList<ReductionVariables> Sums { get; }

    /// <summary>What it sums up down the columns, one number a column.</summary>
    public IReadOnlyList<ReductionVariables> ColumnSums { get; }

    /// <summary>True where blocks are summed in lanes.</summary>
    public bool HasLanes => Sums.Any(sum => !sum.IsOfExtremes);

    /// <summary>The identifiers of its variables.</summary>
    public VariableNames Variables { get; }

    /// <summary>The tensor whose length is that of the slice: a state may be absent, or narrower.</summary>
    public string Sized => (Tensors.FirstOrDefault(tensor => tensor is { Form: TensorForm.Whole, IsState: false, Tensor.When.IsAlways: true }) ?? Tensors.First(tensor => tensor is { Form: not TensorForm.OfRows, IsState: false })).Name;

    /// <summary>True where it reads or writes states that may be of another type than the elements.</summary>
    public bool HasStates => Tensors.Any(tensor => tensor.IsState);

    public string GradientReference => Tensors.First(tensor => tensor.IsGradient).Reference;

    /// <summary>The type parameters of the class.</summary>
    public IEnumerable<string> TypeParameters => Arguments("T", "TPack", "TLanes", Switches.Select(item => item.Name));

    /// <summary>The constraints of the class.</summary>
    public IEnumerable<string> Constraints
    {
        get
        {
            yield return ElementConstraint;
            yield return $"where TPack : struct, {IPack.Name}<TPack>, {IPack.Name}<TPack, T>" + (HasWide ? "" : $", {IFunctionPack.Name}<TPack>");
            if (HasLanes)
                yield return $"where TLanes : struct, {IBlockLanes.Name}<TPack>, allows ref struct";
            if (Pass.ReadsGradient)
                yield return GradientConstraint;
            if (HasStates)
                yield return StatesConstraint;
            foreach (var item in Switches)
                yield return $"where {item.Name} : struct, {ISwitch.Name}";
        }
    }

    /// <summary>The constraint of the type that reads the gradient.</summary>
    public static string GradientConstraint => $"where TGradient : struct, {IGradientReader.Name}<T>";

    /// <summary>The constraint of the type that reads and writes states.</summary>
    public static string StatesConstraint => $"where TStates : struct, {IStateMemory.Name}";

    /// <summary>The class for packs of one kind.</summary>
    /// <param name="kind">The stem of the names of the pack and its lanes.</param>
    /// <param name="switches">The conditions.</param>
    public string ClassFor(string kind, IEnumerable<string> switches) =>
        $"{Class}<{string.Join(", ", Arguments("T", kind + "Pack<T>", kind + "Lanes<T>", switches))}>";

    /// <summary>The parameters of the methods that run the pass.</summary>
    public IReadOnlyList<string> Parameters =>
    [
        .. Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
        .. HasStates ? ["TStates states"] : Array.Empty<string>(),
        "ReadOnlySpan<double> scalars",
        .. Sums.Count == 0 ? Array.Empty<string>() : ["Span<double> partials"],
        .. Tensors.Select(tensor => (tensor.Form == TensorForm.OfRows ? "double " : tensor.IsGradient ? "ReadOnlySpan<T> " : "Span<T> ") + tensor.Name),
        .. ColumnSums.Select(sum => "Span<double> " + sum.Columns),
    ];

    /// <summary>The names of these parameters.</summary>
    public IReadOnlyList<string> ParameterNames =>
    [
        .. Pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
        .. HasStates ? ["states"] : Array.Empty<string>(),
        "scalars",
        .. Sums.Count == 0 ? Array.Empty<string>() : ["partials"],
        .. Tensors.Select(tensor => tensor.Name),
        .. ColumnSums.Select(sum => sum.Columns),
    ];

    /// <summary>The parameters of the loop of a pass that sums up nothing, after those that say how far it goes: references first, which fit in registers.</summary>
    public IEnumerable<string> LoopParameters =>
    [
        .. Tensors.Select(tensor => (tensor.Form == TensorForm.OfRows ? "double " : "ref T ") + LoopName(tensor)),
        .. ColumnSums.Select(sum => "ref double " + sum.FirstColumn),
        "ReadOnlySpan<double> scalars",
        .. Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
        .. HasStates ? ["TStates states"] : Array.Empty<string>(),
    ];

    /// <summary>What these are called with.</summary>
    public IEnumerable<string> LoopArguments =>
    [
        .. Tensors.Select(tensor => tensor.Form == TensorForm.OfRows ? tensor.Name : $"ref MemoryMarshal.GetReference({tensor.Name})"),
        .. ColumnSums.Select(sum => $"ref MemoryMarshal.GetReference({sum.Columns})"),
        "scalars",
        .. Pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
        .. HasStates ? ["states"] : Array.Empty<string>(),
    ];

    private static string LoopName(TensorArgument tensor) => tensor.Form == TensorForm.OfRows ? tensor.Name : tensor.Reference;

    /// <summary>The parameters of the methods that treat one pack of elements, or some of them, after their index.</summary>
    /// <param name="sum">The name of what is summed up.</param>
    /// <param name="position">That of the pack among those that fill the lanes; empty where it has none.</param>
    public IEnumerable<string> ElementParameters(Func<ReductionVariables, string> sum, string position = "") =>
    [
        .. Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
        .. HasStates ? ["TStates states"] : Array.Empty<string>(),
        .. Tensors.Select(tensor => $"{(tensor.Form == TensorForm.OfRows ? "TPack" : "ref T")} {tensor.Reference}"),
        .. ColumnSums.Select(sum => "ref double " + sum.FirstColumn),
        .. Values.Select(value => "TPack " + value.Name),
        .. Flags.Select(flag => "bool " + flag.Name),
        .. position != "" ? [position] : Array.Empty<string>(),
        .. Sums.Select(item => $"ref {(item.IsOfExtremes ? "TPack" : "TLanes")} {sum(item)}"),
        .. Sums.Where(item => item.IsNorm).Select(item => "ref T " + item.FirstKept),
    ];

    /// <summary>The C# condition of a choice that is the same for all elements.</summary>
    public string Switch(Node condition)
    {
        foreach (var item in Switches)
        {
            if (item.Scalar.Value == condition)
                return $"{item.Name}.{ISwitch.IsOn}";
        }

        return Flags.First(flag => flag.Scalar.Value == condition).Name;
    }

    /// <summary>The position of a state among those that have a value for each element, as C# writes it.</summary>
    public string StateIndex(TensorPlan state) => CSharp.Int(_elementStates.IndexOf(state));

    public TensorArgument Argument(TensorPlan tensor) => Tensors.First(argument => argument.Tensor == tensor);

    public string Reference(TensorPlan tensor) => Argument(tensor).Reference;

    /// <summary>The variables of a reduction.</summary>
    public ReductionVariables Variable(ReductionPlan reduction) => Sums.Concat(ColumnSums).First(sum => sum.Plan == reduction);

    private static TensorForm FormOf(TensorPlan tensor, PassPlan pass) =>
        tensor.Cardinality == pass.Domain ? TensorForm.Whole
        : tensor.Cardinality.Width() == Extent.One ? TensorForm.OfRows
        : TensorForm.OfColumns;

    private IEnumerable<string> Arguments(string element, string pack, string lanes, IEnumerable<string> switches) =>
        [element, pack, .. HasLanes ? [lanes] : Array.Empty<string>(), .. TypesAfter([]), .. switches];

    /// <summary>The type arguments of a method of the pass beside those of its conditions.</summary>
    /// <param name="first">Those before them.</param>
    public IEnumerable<string> TypesAfter(IEnumerable<string> first) =>
        [.. first, .. Pass.ReadsGradient ? ["TGradient"] : Array.Empty<string>(), .. HasStates ? ["TStates"] : Array.Empty<string>()];
}

/// <summary>A tensor among the arguments of a pass.</summary>
/// <param name="Name">Its span.</param>
/// <param name="Reference">The reference to its first element.</param>
/// <param name="Tensor">The parameter, the gradient, a state, or what is computed on the way.</param>
/// <param name="Form">How it meets the elements of the pass.</param>
internal sealed record TensorArgument(string Name, string Reference, TensorPlan Tensor, TensorForm Form)
{
    public bool IsGradient => Tensor.IsGradient;

    /// <summary>True for a state that may be of another type than the elements.</summary>
    public bool IsState { get; init; }
}

/// <summary>A scalar that a pass reads: as a number or a condition in a variable, or as a condition in a type argument.</summary>
internal sealed record ScalarArgument(ScalarPlan Scalar, string Name);

/// <summary>How a tensor meets the elements that a pass goes over.</summary>
internal enum TensorForm
{
    /// <summary>It has a value for each of them.</summary>
    Whole,

    /// <summary>It has a value for each row of them.</summary>
    OfRows,

    /// <summary>It has a value for each column of them.</summary>
    OfColumns,
}
