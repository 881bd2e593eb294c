using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.Generators.Declarations;

/// <summary>Which symbol stands for what; each symbol may stand for one thing only.</summary>
internal sealed class RoleTable(DeclarationReport report)
{
    /// <summary>What there is without a declaration.</summary>
    private static readonly HashSet<string> s_given = ["the parameter", "the gradient", "the step"];

    private readonly Dictionary<string, string> _roleOf = new(StringComparer.Ordinal);

    /// <summary>Enters a symbol, or reports why it cannot stand for <paramref name="role"/>.</summary>
    public bool TryAdd(string? symbol, string role, Func<Location> location) => TryAdd(symbol, SymbolNames.Normalize(symbol ?? ""), role, location);

    /// <summary>The same for a state, whose symbol may be of an earlier time.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="step">The symbol of the step.</param>
    /// <param name="location">Where it stands.</param>
    public bool TryAddState(string? symbol, string step, Func<Location> location) =>
        TryAdd(symbol, SymbolNames.NormalizeState(symbol ?? "", step)?.Name, StateReader.Role, location);

    private bool TryAdd(string? symbol, string? name, string role, Func<Location> location)
    {
        if (name is null)
        {
            report.Add(DeclarationDescriptors.UnusableSymbol, location(), WhyUnusable(symbol, role));
            return false;
        }

        if (!_roleOf.TryGetValue(name, out var taken))
        {
            _roleOf.Add(name, role);
            return true;
        }

        if (taken == StateReader.Role && role == StateReader.Role)
            report.Add(DeclarationDescriptors.StateTwice, location(), symbol!);
        else if (taken != role) // Two properties of one name are an error of C#.
            report.Add(DeclarationDescriptors.SymbolTaken, location(), symbol!, taken, role, s_given.Contains(taken) ? $"{taken} needs no declaration; remove this one, or rename one of them" : "rename one of them");
        return false;
    }

    private static string WhyUnusable(string? symbol, string role)
    {
        if (symbol is null)
            return role == StateReader.Role ? "A state has no symbol: write the name that formulas use, [State(\"v\")]; each state has an attribute of its own" : $"{role.Substring(0, 1).ToUpperInvariant()}{role.Substring(1)} has no symbol: write the name that formulas use, [Hyper(\"η\")]";
        string[] words = [.. symbol.Split([' ', ',', ';', '-', '.'], StringSplitOptions.RemoveEmptyEntries)];
        var advice = words.Length < 2 || !words.All(word => SymbolNames.Normalize(word) is not null) ? ""
            : role == StateReader.Role && symbol.IndexOfAny([',', ';']) >= 0 ? $"; each state has an attribute of its own: {string.Join(", ", words.Select(word => $"[State(\"{word}\")]"))}"
            : $"; write '{string.Join("_", words)}', or a letter";
        return $"'{symbol}' cannot be the symbol of {role}: a symbol is a letter, then letters, digits, subscripts, primes or accents{advice}";
    }
}
