using System.Collections.Immutable;
using OptDsl.Language.Formulas.Binding;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Gives every place of a step a name that formulas can have: its own in the code where that is one.</summary>
internal sealed class Naming(bool isPlain)
{
    private static readonly HashSet<string> s_reserved =
    [
        "if", "else", "elif", "then", "and", "or", "not", "otherwise", "end", "group", "repeat", "where", "for", "when", "max", "min", "fi", "endif", "elseif", "elsif", "rank", "count", "sum", "mean", "norm", "return", "require", "do", "while", "to", "with", "initialize", "output", "input", "ensure", "pi", "e",
    ];

    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, string> _inCode = [];

    /// <summary>What the names that are not those of the code are called there, but for underscores around them.</summary>
    public ImmutableDictionary<string, string> InCode => _inCode.ToImmutableDictionary();

    /// <summary>The name of a place.</summary>
    public string Of(Place place) => Of(place.Path, place.Name);

    public string Of(string key, string name)
    {
        if (_names.TryGetValue(key, out var known))
            return known;
        foreach (var candidate in Candidates(name))
        {
            if (s_reserved.Contains(candidate.ToLowerInvariant()) || Functions.Find(candidate) is not null || SymbolNames.Normalize(candidate) is not { } normal || !_taken.Add(normal))
                continue;
            _names.Add(key, candidate);
            if (name.Trim('_') is { Length: > 0 } bare && bare != candidate)
                _inCode.Add(candidate, name);
            return candidate;
        }

        return _names[key] = name;
    }

    private IEnumerable<string> Candidates(string name)
    {
        if (!isPlain)
        {
            yield return name == Counting.Step.Path ? "t" : Joined(name);
            yield return Joined(name) + "Value";
        }

        for (var i = 1; i < 1000; i++)
            yield return $"x{i}";
    }

    /// <summary><c>_exp_avg</c> is expAvg, as a subscript is no part of a word.</summary>
    private static string Joined(string name)
    {
        var parts = name.Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "x" : parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
    }
}
