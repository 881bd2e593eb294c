using System.Globalization;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What a pass is called and called with: its tensors, its type arguments, its conditions.</summary>
internal sealed class PassSignature
{
    // More conditions than this would make too many loops: the others are tested inside.
    private const int MostSwitches = 4;

    private static readonly string[] SwitchTypes = ["TFirst", "TSecond", "TThird", "TFourth"];

    public PassSignature(RulePlan plan, PassPlan pass, RuleNames names)
    {
        Pass = pass;
        Name = "Pass" + (pass.Index + 1).ToString(CultureInfo.InvariantCulture);
        var tensors = pass.TensorsOf(plan).ToList();
        if (tensors.Count > 0 && !tensors.Exists(IsAlwaysThere))
            tensors.Insert(0, plan.Tensors[0]);
        Tensors = [.. tensors.Select(tensor => new TensorArgument(names.Of(tensor.Name), names.Reference(names.Of(tensor.Name)), tensor))];
        Values = [.. pass.Numbers.Select(scalar => new ScalarArgument(scalar, names.Of(scalar.Name)))];
        Switches = [.. pass.Choices.Take(MostSwitches).Select((scalar, i) => new ScalarArgument(scalar, SwitchTypes[i]))];
        Flags = [.. pass.Choices.Skip(MostSwitches).Select(scalar => new ScalarArgument(scalar, names.Flag(scalar.Name)))];
        Variables = new VariableNames(names, Values.Select(value => value.Name));
        Unroll = pass.ValueCount switch
        {
            <= 64 => 4,
            <= 128 => 2,
            _ => 1,
        };
    }

    public PassPlan Pass { get; }

    /// <summary>The stem of the names of its methods.</summary>
    public string Name { get; }

    /// <summary>The method that runs the pass.</summary>
    public string Entry => Name;

    /// <summary>The method with the loop, apart from <see cref="Entry"/> where type arguments are to be chosen first.</summary>
    public string Loop => Switches.Count == 0 ? Name : Name + "Loop";

    /// <summary>True where the widest vectors can do all that the pass computes.</summary>
    public bool HasWide => Pass.Operations.All(ElementForm.IsWide);

    /// <summary>The method with the loop over the widest vectors, where the pass has one.</summary>
    public string Wide => Name + "Wide";

    /// <summary>The method with the loop over what the widest vectors leave.</summary>
    public string Rest => Name + "Rest";

    /// <summary>The method that treats a vector of elements, or one element.</summary>
    public string Body(ElementForm form) => Name + form.Name;

    /// <summary>How many vectors the main loop takes at once: fewer for a body that would exhaust the inliner.</summary>
    public int Unroll { get; }

    public IReadOnlyList<TensorArgument> Tensors { get; }

    /// <summary>The scalars that it reads as numbers.</summary>
    public IReadOnlyList<ScalarArgument> Values { get; }

    /// <summary>The identifiers of its variables.</summary>
    public VariableNames Variables { get; }

    /// <summary>The tensor whose length is that of the slice: one that cannot be absent.</summary>
    public string Sized => Tensors.First(tensor => IsAlwaysThere(tensor.Tensor)).Name;

    /// <summary>The conditions that are type arguments.</summary>
    public IReadOnlyList<ScalarArgument> Switches { get; }

    /// <summary>The conditions that are tested.</summary>
    public IReadOnlyList<ScalarArgument> Flags { get; }

    public string TypeParameters
    {
        get
        {
            string[] all = [.. Pass.ReadsGradient ? ["TGradient"] : Array.Empty<string>(), .. Switches.Select(item => item.Name)];
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
        foreach (var item in Switches)
            yield return $"where {item.Name} : struct, ISwitch";
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
        foreach (var item in Switches)
        {
            if (item.Scalar.Value == condition)
                return item.Name + ".IsOn";
        }

        return Flags.First(flag => flag.Scalar.Value == condition).Name;
    }

    private static bool IsAlwaysThere(TensorPlan tensor) => tensor.When.IsAlways;

    public string Reference(TensorPlan tensor) => Tensors.First(argument => argument.Tensor == tensor).Reference;
}

/// <summary>A tensor among the arguments of a pass.</summary>
/// <param name="Name">Its span.</param>
/// <param name="Reference">The reference to its first element.</param>
/// <param name="Tensor">The parameter, the gradient or a state.</param>
internal sealed record TensorArgument(string Name, string Reference, TensorPlan Tensor)
{
    public bool IsGradient => Tensor.IsGradient;
}

/// <summary>A scalar that a pass reads: as a number or a condition in a variable, or as a condition in a type argument.</summary>
internal sealed record ScalarArgument(ScalarPlan Scalar, string Name);
