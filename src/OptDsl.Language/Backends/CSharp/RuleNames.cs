using System.Globalization;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The identifiers of a rule's generated code: the user's symbols where they are legal.</summary>
internal sealed class RuleNames
{
    private static readonly string[] Reserved =
    [
        "Vector", "Math", "MathF", "MemoryMarshal", "Unsafe", "ElementMath", "Elements", "Span", "ReadOnlySpan", "MethodImpl",
        "MethodImplOptions", "scalars", "gradient", "slice", "i", "n", "lanes", "end", "count", "totals", "partials",
        "tensorStates", "index", "parameter", "destination", "state", "pass", "step",
        "groupCount", "groupStates", "On", "Off", "position", "last", "BlockSum", "BlockNorm", "RuleChecks",
        "PlainGradient", "PassSlice", "IPasses", "T", "TPack", "TLanes", "TGradient", "At", "Run", "Rest",
        "WidePack", "VectorPack", "ElementPack", "WideLanes", "VectorLanes", "ElementLanes", "IPack", "IFunctionPack", "IBlockLanes",
        "Vector512", "IGradientReader", "ISwitch", "IStateMemory", "ElementStates", "BFloat16States", "MixedStates", "states", "TStates", "ArgumentOutOfRangeException", "nint", "nuint",
        "Description", "RuleDescription", "StateDescription", "HyperDescription", "PassDescription", "ReductionDescription", "ReductionKind",
        "Check", "CheckNumbers", "HasState", "HasPass", "BeginStep", "BeforePass", "RunPass", "RunBatch", "Initialize", "InitialTensorState", "InitialGroupState",
        "rows", "columns", "rank", "row", "start", "ofRow", "width", "height", "blockRows", "RowBlocks", "RowTree", "MatrixFills", "Matrix", "MatrixMath", "ReductionKind",
        "TensorSymbols", "TensorArguments", "NumberSymbols", "NumberArguments", "global", "OptDsl", "System",
        .. Enumerable.Range(1, 64).SelectMany(number => new[] { "total", "block", "lane", "lanes", "max", "maxima", "kept", "first", "Pass", "columnSums", "columnSum", "tree" }.Select(
            stem => stem + number.ToString(CultureInfo.InvariantCulture))),
    ];

    /// <summary>True for a name that the generated code has a use of its own for, so that no symbol may be called so there.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name) || IsPass(name) || Identifiers.IsKeyword(name);

    /// <summary>True for the names of a pass's methods: <c>Pass1</c>, <c>Pass1Loop</c>, <c>Pass12Vector512</c>.</summary>
    private static bool IsPass(string name) => name.Length > 4 && name.StartsWith("Pass", StringComparison.Ordinal) && name[4] is >= '0' and <= '9';

    private readonly Dictionary<string, string> _symbols = [];
    private readonly Dictionary<string, string> _derived = [];

    public RuleNames(RuleModel model)
    {
        Step = Of(model.Source.CountedStep);
        Of(model.Parameter.Name);
        Of(model.Source.Gradient);
        foreach (var symbol in model.States.Cast<Symbol>().Concat(model.Hypers).Concat(model.Shifted).Concat(model.Definitions.Select(definition => definition.Target)))
            Of(symbol.Name);
    }

    /// <summary>Identifiers that are in use all over the file.</summary>
    public Identifiers Taken { get; } = new(Reserved);

    public string Step { get; }

    /// <summary>The identifier for a symbol, or for what a plan calls a scalar.</summary>
    public string Of(string name)
    {
        if (!_symbols.TryGetValue(name, out var identifier))
            _symbols.Add(name, identifier = Taken.Unique(IsPass(name) ? "_" + name : name));
        return identifier;
    }

    /// <summary>The reference to the first element of a tensor.</summary>
    public string Reference(string tensor) => Derived(tensor.TrimStart('@') + "0");

    /// <summary>The condition that a scalar is, where it is not a type argument.</summary>
    public string Flag(string scalar) => Derived(scalar.TrimStart('@') + "On");

    /// <summary>The type argument that a condition is.</summary>
    public string Switch(string scalar)
    {
        var name = Of(scalar).TrimStart('@');
        return Derived("T" + char.ToUpperInvariant(name[0]) + name.Substring(1));
    }

    private string Derived(string name)
    {
        if (!_derived.TryGetValue(name, out var identifier))
            _derived.Add(name, identifier = Taken.Unique(name));
        return identifier;
    }
}
