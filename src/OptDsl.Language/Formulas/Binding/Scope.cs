using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>What every name of a rule means while its statements are bound in order.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Symbol> _symbols = [];

    public Scope(string? step, string? gradient, ParameterSymbol? parameter, IEnumerable<StateSymbol> states, IEnumerable<HyperSymbol> hypers)
    {
        Step = step;
        Gradient = gradient;
        Parameter = parameter;
        States = [.. states];
        foreach (var symbol in hypers.Concat<Symbol>(States).Concat(parameter is null ? [] : [parameter]))
            _symbols[symbol.Name] = symbol;
    }

    /// <summary>The symbol of the step count, where there is one.</summary>
    public string? Step { get; }

    /// <summary>The symbol of the gradient, where there is one.</summary>
    public string? Gradient { get; }

    public ParameterSymbol? Parameter { get; }

    public ImmutableArray<StateSymbol> States { get; }

    /// <summary>What else the declaration has, which formulas do not see.</summary>
    public IReadOnlyList<UnseenMember> Unseen { get; init; } = [];

    /// <summary>Names that have a meaning in other texts of the declaration, and why they have none here.</summary>
    public IReadOnlyDictionary<string, string> Elsewhere { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names that some statement assigns, whether or not it has run yet.</summary>
    public HashSet<string> Assigned { get; } = [];

    /// <summary>The functions that the text defines, by name.</summary>
    public Dictionary<string, HelperSyntax> Helpers { get; } = [];

    /// <summary>The arguments of the function whose definition is read.</summary>
    public IReadOnlyCollection<string> Arguments { get; set; } = [];

    /// <summary>The hyper-parameters.</summary>
    public IEnumerable<HyperSymbol> Hypers => _symbols.Values.OfType<HyperSymbol>();

    /// <summary>Every name that can stand in a formula.</summary>
    public IEnumerable<string> Visible =>
        _symbols.Keys.Concat(Assigned).Concat(new[] { Step, Gradient }.OfType<string>()).Distinct();

    /// <summary>True for declared names and constants.</summary>
    public bool IsName(string name) => IsDeclared(name) || Functions.Constants.ContainsKey(name) || name == Functions.UnitMatrix;

    /// <summary>True for roles, states, hyper-parameters and names that a statement assigns.</summary>
    public bool IsDeclared(string name) => name == Step || name == Gradient || _symbols.ContainsKey(name) || Assigned.Contains(name) || Arguments.Contains(name);

    public Symbol? Find(string name) => _symbols.TryGetValue(name, out var symbol) ? symbol : null;

    /// <summary>Gives a symbol a second name.</summary>
    public void AddAlias(string name, Symbol symbol) => _symbols[name] = symbol;

    /// <summary>A name as its declaration writes it.</summary>
    public string Display(string name) => Find(name) switch
    {
        HyperSymbol hyper => hyper.Source.Symbol,
        StateSymbol state => state.Source.Symbol,
        _ => name,
    };

    /// <summary>The symbol of a name; an unknown one becomes a local.</summary>
    public Symbol Local(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
            _symbols[name] = symbol = new LocalSymbol(name);
        return symbol;
    }
}
