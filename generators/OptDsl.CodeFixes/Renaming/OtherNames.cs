using System.Text.RegularExpressions;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.CodeFixes.Renaming;

/// <summary>
/// Names that a symbol may be wanted under: its letter for a word and its word for a letter, what PyTorch calls the state, the
/// letter that papers have for what the property is.
/// </summary>
internal static class OtherNames
{
    private static readonly Regex s_word = new(@"^([A-Za-z]+?)_?([0-9]*)(?:_(hat|bar|tilde))?$", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> s_letters = new(StringComparer.Ordinal)
    {
        ["lr"] = "η",
        ["LearningRate"] = "η",
        ["StepSize"] = "η",
        ["WeightDecay"] = "λ",
        ["wd"] = "λ",
        ["Momentum"] = "μ",
        ["momentum"] = "μ",
        ["eps"] = "ε",
        ["Epsilon"] = "ε",
    };

    /// <summary>The names, the likeliest first; some may be taken.</summary>
    /// <param name="symbol">The symbol of a rule.</param>
    /// <param name="written">As it is written.</param>
    public static IEnumerable<string> Of(Symbol symbol, string written)
    {
        string?[] names =
        [
            Letter(written),
            symbol is HyperSymbol hyper ? Letter(hyper.Source.Property) ?? Letter(char.ToLowerInvariant(hyper.Source.Property[0]) + hyper.Source.Property.Substring(1)) : null,
            symbol is StateSymbol state ? TorchNames.Of(state) : null,
            symbol.Name.Any(character => character > '\u007f') ? Identifiers.Spell(symbol.Name) : null,
        ];
        return names.OfType<string>().Where(name => name != written).Distinct();
    }

    /// <summary><c>beta_1</c> is <c>β₁</c>, <c>m_hat</c> is <c>m̂</c>; null for what is no such word.</summary>
    private static string? Letter(string word)
    {
        if (s_letters.TryGetValue(word, out var usual))
            return usual;
        if (s_word.Match(word) is not { Success: true } match)
            return null;
        var (name, digits, mark) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        var letter = LatexCommands.LetterNames.TryGetValue(name, out var greek) && greek != "l" ? greek : null;
        if (letter is null && (mark == "" || name.Length != 1))
            return null;
        return (letter ?? name) + (mark == "" ? "" : LatexCommands.Accents[mark]) + string.Concat(digits.Select(digit => (char)('₀' + (digit - '0'))));
    }
}
