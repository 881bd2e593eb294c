using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What a pass is called and called with: its tensors, its type arguments, its conditions.</summary>
internal sealed class PassSignature
{
    // More conditions than this would make too many loops: the others are tested inside.
    private const int MostSwitches = 4;

    private static readonly string[] SwitchTypes = ["TFirst", "TSecond", "TThird", "TFourth"];

    public PassSignature(Plan plan, PassPlan pass, PassCode code, RuleNames names)
    {
        (Pass, Code) = (pass, code);
        Name = "Pass" + (pass.Index + 1).ToString(CultureInfo.InvariantCulture);
        var written = pass.Stores.Select(store => (StoredSymbol)store.Symbol!).ToList();
        StoredSymbol[] symbols = [plan.Model.Parameter, .. plan.Model.States];
        List<TensorArgument> tensors =
        [
            .. symbols.Where(symbol => pass.Reads.Contains(symbol) || written.Contains(symbol))
                .Select(symbol => new TensorArgument(names.Of(symbol), names.Reference(names.Of(symbol)), symbol)),
        ];
        if (pass.ReadsGradient)
        {
            var afterParameter = tensors.Count > 0 && tensors[0].Symbol is ParameterSymbol ? 1 : 0;
            tensors.Insert(afterParameter, new TensorArgument(names.Gradient, names.Reference(names.Gradient), null));
        }

        if (tensors.Count > 0 && !tensors.Exists(IsAlwaysThere))
            tensors.Insert(0, new TensorArgument(names.Parameter, names.Reference(names.Parameter), plan.Model.Parameter));
        Tensors = tensors;
        Switches = [.. code.Switches.Take(MostSwitches).Select((slot, i) => (slot, SwitchTypes[i]))];
        Flags = [.. code.Switches.Skip(MostSwitches).Select(slot => new Flag(slot, names.Flag(slot)))];
    }

    public PassPlan Pass { get; }

    /// <summary>The stem of the names of its methods.</summary>
    public string Name { get; }

    /// <summary>The method that runs the pass.</summary>
    public string Entry => Name;

    /// <summary>The method with the loop, apart from <see cref="Entry"/> where type arguments are to be chosen first.</summary>
    public string Loop => Switches.Count == 0 ? Name : Name + "Loop";

    /// <summary>True where the widest vectors can do all that the pass computes.</summary>
    public bool HasWide => Code.Operations.All(ElementForm.IsWide);

    /// <summary>The method with the loop over the widest vectors, where the pass has one.</summary>
    public string Wide => Name + "Wide";

    /// <summary>The method with the loop over what the widest vectors leave.</summary>
    public string Rest => Name + "Rest";

    /// <summary>The method that treats a vector of elements, or one element.</summary>
    public string Body(ElementForm form) => Name + form.Name;

    public PassCode Code { get; }

    public IReadOnlyList<TensorArgument> Tensors { get; }

    /// <summary>The tensor whose length is that of the slice: one that cannot be absent.</summary>
    public string Sized => Tensors.First(IsAlwaysThere).Name;

    /// <summary>The conditions that are type arguments.</summary>
    public IReadOnlyList<(Slot Slot, string Type)> Switches { get; }

    /// <summary>The conditions that are tested.</summary>
    public IReadOnlyList<Flag> Flags { get; }

    public string TypeParameters
    {
        get
        {
            string[] all = [.. Pass.ReadsGradient ? ["TGradient"] : Array.Empty<string>(), .. Switches.Select(item => item.Type)];
            return all.Length == 0 ? "" : "<" + string.Join(", ", all) + ">";
        }
    }

    public string GradientReference => Tensors.First(tensor => tensor.IsGradient).Reference;

    /// <summary>The type parameters before the conditions are chosen.</summary>
    public string EntryTypeParameters => Pass.ReadsGradient ? "<TGradient>" : "";

    public IEnumerable<string> Constraints(string type, bool withSwitches = true)
    {
        if (Pass.ReadsGradient)
            yield return $"where TGradient : struct, IGradientReader<{type}>";
        if (!withSwitches)
            yield break;
        foreach (var (_, name) in Switches)
            yield return $"where {name} : struct, ISwitch";
    }

    /// <summary>The parameters of the methods that run the pass.</summary>
    public IReadOnlyList<string> Parameters(string type) =>
    [
        .. Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
        "ReadOnlySpan<double> scalars",
        .. Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["Span<double> partials"],
        .. Tensors.Select(tensor => (tensor.IsGradient ? "ReadOnlySpan<" : "Span<") + type + "> " + tensor.Name),
    ];

    /// <summary>The names of these parameters.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. Pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
        "scalars",
        .. Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["partials"],
        .. Tensors.Select(tensor => tensor.Name),
    ];

    /// <summary>The C# condition of a choice that is the same for all elements.</summary>
    public string Switch(Node condition)
    {
        foreach (var (slot, type) in Switches)
        {
            if (slot.Node == condition)
                return type + ".IsOn";
        }

        return Flags.First(flag => flag.Slot.Node == condition).Name;
    }

    private static bool IsAlwaysThere(TensorArgument tensor) => tensor.Symbol is not StateSymbol { IsConditional: true };

    public string Reference(Node node) =>
        node.Op == Op.Gradient ? GradientReference : Tensors.First(tensor => node.Symbol!.Equals(tensor.Symbol)).Reference;
}

/// <summary>A tensor among the arguments of a pass.</summary>
/// <param name="Name">Its span.</param>
/// <param name="Reference">The reference to its first element.</param>
/// <param name="Symbol">The parameter or state, or null for the gradient.</param>
internal sealed record TensorArgument(string Name, string Reference, StoredSymbol? Symbol)
{
    public bool IsGradient => Symbol is null;
}

/// <summary>A condition that a pass tests for every element.</summary>
internal sealed record Flag(Slot Slot, string Name);
