using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.Generators.Declarations;

/// <summary>Which symbol stands for what; each symbol may stand for one thing only.</summary>
internal sealed class RoleTable(DeclarationReport report)
{
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
            report.Add(DeclarationDescriptors.UnusableSymbol, location(), symbol is null ? "null" : $"'{symbol}'", role);
            return false;
        }

        if (!_roleOf.TryGetValue(name, out var taken))
        {
            _roleOf.Add(name, role);
            return true;
        }

        if (taken == StateReader.Role && role == StateReader.Role)
            report.Add(DeclarationDescriptors.StateTwice, location(), symbol!);
        else
            report.Add(DeclarationDescriptors.SymbolTaken, location(), symbol!, taken, role);
        return false;
    }
}
