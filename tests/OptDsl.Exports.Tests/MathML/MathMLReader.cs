using System.Globalization;
using System.Xml.Linq;

namespace OptDsl.Exports.Tests.MathML;

/// <summary>Reads presentation MathML back as formulas, by what a reader sees: fractions, roots and scripts in brackets.</summary>
internal static class MathMLReader
{
    private static readonly Dictionary<string, string> s_accents = new()
    {
        ["^"] = "\u0302",
        ["¯"] = "\u0304",
        ["~"] = "\u0303",
        ["˙"] = "\u0307",
        ["¨"] = "\u0308",
        ["ˇ"] = "\u030C",
        ["˘"] = "\u0306",
        ["´"] = "\u0301",
        ["`"] = "\u0300",
        ["˚"] = "\u030A",
        ["→"] = "\u20D7",
    };

    /// <summary>The formulas, one a line, choices indented.</summary>
    public static string Read(string mathml)
    {
        var table = XDocument.Parse(mathml).Root!.Elements().Single().Elements().First();
        return string.Join("\n", table.Elements().Select(row => string.Concat(row.Elements().SelectMany(cell => cell.Nodes()).Select(Text))));
    }

    private static string Text(XNode node)
    {
        if (node is not XElement element)
            return node is XText text ? text.Value : "";
        var parts = element.Elements().ToArray();
        return element.Name.LocalName switch
        {
            "mo" when element.Value is "\u2062" => " ",
            "mo" when element.Value is "\u2061" => "",
            "mo" when element.Value is "−" => "-",
            "mo" when element.Value is "−=" => "-=",
            "mspace" => new string(' ', 2 * int.Parse(element.Attribute("width")!.Value.Replace("em", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)),
            "mover" => Text(parts[0]) + s_accents[parts[1].Value],
            "mfrac" => $"(({Text(parts[0])})/({Text(parts[1])}))",
            "msqrt" => $"sqrt({All(element)})",
            "mroot" => $"cbrt({Text(parts[0])})",
            "msup" when parts[1].Value.All(character => character == '′') => Text(parts[0]) + new string('\'', parts[1].Value.Length),
            "msup" when parts is [{ Name.LocalName: "mn", Value: "10" }, { Name.LocalName: "mrow" }] => $"1e{Text(parts[1])}",
            "msup" => Text(parts[0]) + Above(parts[1]),
            "msub" => $"{Text(parts[0])}_{{{Text(parts[1])}}}",
            "msubsup" => $"{Text(parts[0])}_{{{Text(parts[1])}}}{Above(parts[2])}",
            "mtable" => Cases(element),
            "mrow" when parts.Length > 2 && parts[0] is { Name.LocalName: "mo", Value: "|" } && parts[^1].Value == "|" => $"abs({string.Concat(parts[1..^1].Select(Text))})",
            "mrow" when parts.Length == 2 && parts[1].Name.LocalName == "mtable" => Text(parts[1]),
            "mrow" when parts is [{ Name.LocalName: "mn" } mantissa, { Value: "×" }, var ten] => mantissa.Value + Text(ten)[1..],
            _ => parts.Length == 0 ? Spaced(element) : All(element),
        };
    }

    /// <summary>Names of several letters, and words, stand apart.</summary>
    private static string Spaced(XElement element) =>
        element.Value is { Length: > 1 } word && char.IsLetter(word[0]) && element.Name.LocalName is "mi" && !word.Contains('\'', StringComparison.Ordinal) ? word
        : element.Name.LocalName == "mo" && (element.Value is "¬" || char.IsLetter(element.Value[0])) ? $" {element.Value} "
        : element.Value.Replace("else if", "elif", StringComparison.Ordinal);

    private static string All(XElement element) => string.Concat(element.Nodes().Select(Text));

    private static string Above(XElement exponent) => Text(exponent) is var text && text.StartsWith("(t", StringComparison.Ordinal) ? $"^{{{text}}}" : $"^({text})";

    private static string Cases(XElement table)
    {
        var rows = table.Elements().Select(row => row.Elements().ToArray()).ToArray();
        var text = All(rows[^1][0]);
        foreach (var row in rows.Reverse().Skip(1))
            text = $"(({All(row[1])[2..]}) ? ({All(row[0])}) : ({text}))";
        return text;
    }
}
