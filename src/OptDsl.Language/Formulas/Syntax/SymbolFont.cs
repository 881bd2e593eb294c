namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The characters that old word processors set in the font Symbol, whose places in Unicode are private.</summary>
internal static class SymbolFont
{
    private const string Letters = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    private const string SmallLetters = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

    /// <summary>What a character from U+F020 on looks like; nothing for what has no meaning in a formula.</summary>
    public static string Of(char character) => (character - 0xF000) switch
    {
        >= 'A' and <= 'Z' and var letter => Letters[letter - 'A'].ToString(),
        >= 'a' and <= 'z' and var letter => SmallLetters[letter - 'a'].ToString(),
        '-' => "−",
        >= ' ' and < '~' and var sign => ((char)sign).ToString(),
        0xA2 => "′",
        0xA3 => "≤",
        0xA5 => "∞",
        0xAC => "←",
        0xB3 => "≥",
        0xB4 => "×",
        0xB6 => "∂",
        0xB7 => "·",
        0xB8 => "÷",
        0xB9 => "≠",
        0xC4 => "⊗",
        0xCE => "∈",
        0xD1 => "∇",
        0xD6 => "√",
        0xD7 => "⋅",
        0xE5 => "∑",
        _ => "",
    };
}
