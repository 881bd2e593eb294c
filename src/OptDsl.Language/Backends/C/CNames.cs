using System.Collections.Immutable;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.C;

/// <summary>The names of a rule in C. Every value has a name of its own: a kept value is in memory, and its new value beside it.</summary>
internal sealed class CNames
{
    private static readonly string[] Reserved =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
        "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
        "real", "size_t", "NULL", "INFINITY", "i", "k", "n", "tensors", "counts", "count", "total_count", "options",
        "sqrt", "cbrt", "fabs", "exp", "log", "sin", "cos", "tanh", "floor", "atan2", "pow", "erf", "fmin", "fmax", "j0", "j1", "y0", "y1", "gamma", "main", "abs", "MIN", "MAX", "SQUARE", "SIGN", "SIGMOID",
    ];

    private readonly Dictionary<StoredSymbol, string> _kept = [];
    private readonly Dictionary<Definition, string> _definitions = [];
    private readonly Identifiers _identifiers = new(Reserved);

    public CNames(RuleModel model)
    {
        Step = _identifiers.Unique(model.Source.CountedStep);
        var options = model.Hypers.Select(hyper => _identifiers.Unique(Identifiers.OfProperty(hyper.Source.Property))).ToImmutableArray();
        Hypers = [.. options, .. model.Shifted.Select(shifted => _identifiers.Unique(Identifiers.OfShifted(options[shifted.Base!.Index], shifted.Shift)))];
        _kept[model.Parameter] = _identifiers.Unique(model.Parameter.Name);
        Gradient = _identifiers.Unique(model.Source.Gradient);
        foreach (var state in model.States)
            _kept[state] = _identifiers.Unique(state.Name);
        foreach (var definition in model.Definitions)
        {
            var isAgain = definition.Target is StoredSymbol || definition.Target.Name == model.Source.Gradient;
            _definitions[definition] = _identifiers.Unique(definition.Target.Name + (isAgain ? "_new" : ""));
        }
    }

    /// <summary>The name of the function that a rule becomes.</summary>
    public static string OfRule(string name) => new Identifiers(Reserved).Unique(Identifiers.Spell(name).ToLowerInvariant());

    public string Step { get; }

    public string Gradient { get; }

    /// <summary>For each hyper-parameter, and then each value of a schedule at another step, its option.</summary>
    public ImmutableArray<string> Hypers { get; }

    /// <summary>The memory of the parameter or a state.</summary>
    public string Kept(StoredSymbol symbol) => _kept[symbol];

    public string Of(Definition definition) => _definitions[definition];

    /// <summary>A name for a value that has none in the formulas.</summary>
    public string Fresh(string stem) => _identifiers.Unique(stem);
}
