namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Unicode's superscript and subscript characters and vulgar fractions, as the plain text that they stand for.</summary>
internal static class Scripts
{
    private const string SuperscriptCharacters = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵞᵟᶿᵠᵡᵀ";
    private const string SuperscriptMeanings = "0123456789+-=()inabcdefghjklmoprstuvwxyzβγδθφχ⊤";

    private const string SubscriptCharacters = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ";
    private const string SubscriptMeanings = "0123456789+-=()aeoxhklmnpstijruvβγρφχ";

    private const string Fractions = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞";

    private static readonly (int Numerator, int Denominator)[] FractionValues =
    [
        (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 6), (5, 6), (1, 8), (3, 8), (5, 8), (7, 8),
    ];

    public static char? Superscript(char character) => Meaning(SuperscriptCharacters, SuperscriptMeanings, character);

    public static char? Subscript(char character) => Meaning(SubscriptCharacters, SubscriptMeanings, character);

    public static double? Fraction(char character) =>
        Fractions.IndexOf(character) is >= 0 and var index
            ? (double)FractionValues[index].Numerator / FractionValues[index].Denominator
            : null;

    /// <summary>A text in subscript characters, where every character has one: <c>t-1</c> is <c>ₜ₋₁</c>.</summary>
    public static bool TryToSubscript(string text, out string script) => TryConvert(text, SubscriptMeanings, SubscriptCharacters, out script);

    /// <summary>A text in superscript characters, where every character has one.</summary>
    public static bool TryToSuperscript(string text, out string script) => TryConvert(text, SuperscriptMeanings, SuperscriptCharacters, out script);

    private static bool TryConvert(string text, string meanings, string characters, out string script)
    {
        script = text.All(character => meanings.IndexOf(character) >= 0)
            ? string.Concat(text.Select(character => characters[meanings.IndexOf(character)]))
            : "";
        return script.Length == text.Length;
    }

    private static char? Meaning(string characters, string meanings, char character) =>
        characters.IndexOf(character) is >= 0 and var index ? meanings[index] : null;
}
