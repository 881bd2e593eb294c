using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The identifiers of the variables of one method: as the formulas call what they hold, where that is not taken.</summary>
/// <param name="names">The identifiers of the file.</param>
/// <param name="taken">Those that the method has in use.</param>
internal sealed class VariableNames(RuleNames names, IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];
    private readonly Dictionary<Variable, string> _identifiers = [];

    public string Of(Variable variable)
    {
        if (!_identifiers.TryGetValue(variable, out var identifier))
            _identifiers.Add(variable, identifier = variable.Name != "" && _taken.Add(names.Of(variable.Name)) ? names.Of(variable.Name) : names.Taken.Unique(variable.Name == "" ? "x" : variable.Name));
        return identifier;
    }
}
