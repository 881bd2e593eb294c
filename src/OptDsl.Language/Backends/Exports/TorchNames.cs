using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.Exports;

/// <summary>What PyTorch calls a state: the name in brackets at the end of its meaning, as in <c>first moment (exp_avg)</c>.</summary>
internal static class TorchNames
{
    public static string? Of(StateSymbol state)
    {
        var meaning = state.Source.Meaning;
        var start = meaning.LastIndexOf('(');
        if (start < 0 || !meaning.EndsWith(")", StringComparison.Ordinal))
            return null;
        var name = meaning.Substring(start + 1, meaning.Length - start - 2);
        return name.Length > 0 && char.IsLetter(name[0]) && name.All(c => c < 128 && (char.IsLetterOrDigit(c) || c == '_')) ? name : null;
    }
}
