using System.Text;

namespace OptDsl.Generators.Declarations;

/// <summary>The one form of a declared symbol by which symbols are compared.</summary>
internal static class DeclaredName
{
    /// <summary>The normal form, or null where the text is no name of the formula language.</summary>
    public static string? Normalise(string? symbol)
    {
        var name = (symbol ?? "").Trim().Normalize(NormalizationForm.FormKD).Replace('ϵ', 'ε').Replace('ϑ', 'θ').Replace('ϕ', 'φ');
        return name.Length > 0 && char.IsLetter(name, 0) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '\'' or '′' || c > '\u02ff')
            ? name
            : null;
    }
}
