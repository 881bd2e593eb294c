namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The entities and tags of HTML that formulas on pages are made of.</summary>
internal static class HtmlNames
{
    private static readonly Dictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["nbsp"] = " ",
        ["ensp"] = " ",
        ["emsp"] = " ",
        ["thinsp"] = " ",
        ["shy"] = "",
        ["amp"] = "&",
        ["lt"] = "<",
        ["gt"] = ">",
        ["le"] = "≤",
        ["ge"] = "≥",
        ["ne"] = "≠",
        ["minus"] = "−",
        ["plus"] = "+",
        ["equals"] = "=",
        ["times"] = "×",
        ["middot"] = "·",
        ["sdot"] = "⋅",
        ["divide"] = "÷",
        ["frasl"] = "/",
        ["lowast"] = "*",
        ["ast"] = "*",
        ["odot"] = "⊙",
        ["radic"] = "√",
        ["nabla"] = "∇",
        ["part"] = "∂",
        ["infin"] = "∞",
        ["larr"] = "←",
        ["lArr"] = "←",
        ["rarr"] = "→",
        ["colone"] = ":=",
        ["prime"] = "′",
        ["lang"] = "⟨",
        ["rang"] = "⟩",
        ["isin"] = "∈",
        ["hellip"] = "…",
        ["ndash"] = "–",
        ["mdash"] = "—",
        ["sum"] = "∑",
        ["quot"] = "\"",
        ["epsi"] = "ε",
        ["straightepsilon"] = "ε",
        ["thetasym"] = "θ",
        ["piv"] = "π",
        ["sup2"] = "²",
        ["sup3"] = "³",
        ["frac12"] = "½",
        ["frac14"] = "¼",
        ["lpar"] = "(",
        ["rpar"] = ")",
        ["vert"] = "|",
    };

    /// <summary>What an entity stands for, or null where it is none.</summary>
    public static string? Entity(string name) =>
        Signs.TryGetValue(name, out var sign) || LatexCommands.LetterNames.TryGetValue(name, out sign) ? sign : null;

    /// <summary>What a tag does to the formula: scripts, ends of lines, or nothing; null where it is no tag that pages set formulas with.</summary>
    public static string? Tag(string name, bool isEnd) => name switch
    {
        "sub" => isEnd ? "}" : "_{",
        "sup" => isEnd ? "}" : "^{",
        "br" or "p" or "div" or "li" or "tr" or "ul" or "ol" or "pre" or "table" or "tbody" or "h1" or "h2" or "h3" or "h4" => "\n",
        "span" or "em" or "strong" or "var" or "code" or "td" or "th" or "font" or "math" or "mi" or "mn" or "mo" or "mrow" or "a" => "",
        "i" or "b" or "u" => "",
        _ => null,
    };
}
