namespace OptDsl.Language.Backends.MathML;

/// <summary>Elements of presentation MathML as text.</summary>
internal static class MathMLElements
{
    /// <summary>Stands between factors, and says so to who listens.</summary>
    public const string Times = "<mo>&#x2062;</mo>";

    /// <summary>Stands between a function and its arguments.</summary>
    public const string Apply = "<mo>&#x2061;</mo>";

    public static string Identifier(string name) => $"<mi>{Escape(name)}</mi>";

    public static string Number(string digits) => $"<mn>{Escape(digits)}</mn>";

    public static string Operator(string sign) => $"<mo>{Escape(sign)}</mo>";

    /// <summary>A sign that stays as it is above a letter.</summary>
    public static string Accent(string sign) => $"<mo stretchy=\"false\">{Escape(sign)}</mo>";

    public static string Words(string words) => $"<mtext>{Escape(words)}</mtext>";

    public static string Row(params string[] parts) => parts.Length == 1 ? parts[0] : $"<mrow>{string.Concat(parts)}</mrow>";

    public static string Of(string element, params string[] children) => $"<{element}>{string.Concat(children)}</{element}>";

    /// <summary>Between signs that grow with what they hold.</summary>
    public static string Fenced(string open, string inner, string close) =>
        $"<mrow><mo fence=\"true\">{Escape(open)}</mo>{inner}<mo fence=\"true\">{Escape(close)}</mo></mrow>";

    /// <summary>Text as content or attribute; what XML has no place for is left out.</summary>
    public static string Escape(string text) => string.Concat(text.Select(character => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\n' => "&#10;",
        < ' ' or '\uFFFE' or '\uFFFF' => "",
        _ => character.ToString(),
    }));
}
