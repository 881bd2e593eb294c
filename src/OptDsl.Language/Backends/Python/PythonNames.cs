using System.Collections.Immutable;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.Python;

/// <summary>
/// The names of a rule in Python. A name that is assigned twice is one variable as long as nobody asks for the value it had
/// before; else the later value has a name of its own.
/// </summary>
internal sealed class PythonNames
{
    private static readonly string[] Keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
        "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];

    /// <summary>What the code around the formulas uses.</summary>
    private static readonly string[] Reserved =
    [
        "torch", "self", "group", "closure", "loss", "params", "super", "dict", "tensors", "hyper", "Optimizer", "at",
        "foreach", "each", "results", "all", "update_foreach",
        "jax", "jnp", "optax", "updates", "init", "leaf", "count", "treedef", "leaves", "columns", "rows", "row", "tree", "callable", "NamedTuple", "Any",
        "math", "state", "float", "abs", "min", "max", "sum", "zip", "len", "update", "together", "runs", "run", "new", "old", "name", "range",
    ];

    private readonly Dictionary<Symbol, string> _old = [];
    private readonly Dictionary<Definition, string> _definitions = [];
    private readonly Dictionary<ReduceExpr, string> _totals = [];
    private readonly Identifiers _identifiers;

    public PythonNames(RuleModel model)
    {
        _identifiers = new Identifiers(Keywords.Concat(Reserved));
        Step = _identifiers.Unique(model.Source.CountedStep);
        Options = [.. model.Hypers.Select(hyper => _identifiers.Unique(Identifiers.OfProperty(hyper.Source.Property)))];
        Hypers = [.. Options, .. model.Shifted.Select(shifted => _identifiers.Unique(Identifiers.OfShifted(Options[shifted.Base!.Index], shifted.Shift)))];
        Parameter = _old[model.Parameter] = _identifiers.Unique(model.Parameter.Name);
        Gradient = _identifiers.Unique(model.Source.Gradient);
        foreach (var state in model.States)
            _old[state] = _identifiers.Unique(state.Name);
        NameDefinitions(model);
        foreach (var reduce in model.Definitions.SelectMany(definition => definition.Value.Nodes()).OfType<ReduceExpr>().Where(reduce => reduce.OverGroup))
            _totals[reduce] = _identifiers.Unique("total");
        var keys = new Identifiers([.. Keywords, "step", "count", "params", .. Options]);
        StateKeys = [.. model.States.Select(state => keys.Unique(TorchNames.Of(state) ?? state.Name))];
    }

    /// <summary>The name of the class or function that a rule becomes.</summary>
    public static string OfRule(string spelled) => new Identifiers(Keywords.Concat(Reserved)).Unique(spelled);

    public string Step { get; }

    public string Parameter { get; }

    public string Gradient { get; }

    /// <summary>For each hyper-parameter its name.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>For each hyper-parameter, and then each value of a schedule at another step, its name in the formulas.</summary>
    public ImmutableArray<string> Hypers { get; }

    /// <summary>For each state what it is called from step to step: as PyTorch calls it, where the declaration says how.</summary>
    public ImmutableArray<string> StateKeys { get; }

    /// <summary>The variable that holds the value before the step.</summary>
    public string Old(StoredSymbol symbol) => _old[symbol];

    public string Of(Definition definition) => _definitions[definition];

    /// <summary>The variable that holds what a function over a group came to.</summary>
    public string Total(ReduceExpr reduce) => _totals[reduce];

    private void NameDefinitions(RuleModel model)
    {
        var lastReads = LastReads(model);
        var current = new Dictionary<string, List<object>> { [model.Source.Gradient] = [GradientKey] };
        foreach (var symbol in _old.Keys)
            current[symbol.Name] = [symbol];
        foreach (var definition in model.Definitions)
        {
            var name = definition.Target.Name;
            if (!current.TryGetValue(name, out var versions))
                current[name] = versions = [];
            var isAskedFor = versions.Any(version => lastReads.TryGetValue(version, out var read) && read > definition.Index);
            _definitions[definition] = versions.Count == 0 || isAskedFor ? _identifiers.Unique(name) : Variable(versions[versions.Count - 1]);
            versions.Add(definition);
        }
    }

    private string Variable(object version) => version switch
    {
        Definition definition => _definitions[definition],
        Symbol symbol => _old[symbol],
        _ => Gradient,
    };

    private static readonly object GradientKey = new();

    /// <summary>For each value the last definition that reads it; what is stored at the end is read after all of them.</summary>
    private static Dictionary<object, int> LastReads(RuleModel model)
    {
        var reads = new Dictionary<object, int>();
        foreach (var definition in model.Definitions)
        {
            foreach (var node in definition.Value.Nodes())
            {
                if (Version(node) is { } version)
                    reads[version] = definition.Index;
            }
        }

        foreach (var symbol in model.States.Cast<StoredSymbol>().Append(model.Parameter))
        {
            if (model.Final(symbol) is { } final)
                reads[final] = int.MaxValue;
        }

        return reads;
    }

    private static object? Version(Expr node) => node switch
    {
        GradientExpr => GradientKey,
        OldExpr old => old.Symbol,
        DefinedExpr defined => defined.Definition,
        _ => null,
    };
}
