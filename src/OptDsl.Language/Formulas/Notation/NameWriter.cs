using System.Collections.Immutable;
using System.Text;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Writes a name with its accents, subscripts and time index.</summary>
internal static class NameWriter
{
    private static readonly Dictionary<string, string> LetterCommands =
        LatexCommands.LetterNames.Where(pair => pair.Value[0] > 127).GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key);

    private static readonly Dictionary<char, string> AccentCommands =
        LatexCommands.Accents.GroupBy(pair => pair.Value[0]).ToDictionary(group => group.Key, group => group.First().Key);

    public static string Write(NameSyntax name, NotationStyle style) => style == NotationStyle.Unicode ? Unicode(name) : Latex(name);

    private static string Unicode(NameSyntax name)
    {
        var (letters, subscripts) = Separate(name);
        return letters + UnicodeSubscript(subscripts) + (name.TimeIndex is { } index ? UnicodeTimeIndex(index) : "");
    }

    private static string UnicodeSubscript(ImmutableArray<string> subscripts)
    {
        if (subscripts.Length == 0)
            return "";
        var isShort = subscripts.Length == 1 && (subscripts[0].Length == 1 || subscripts[0].Any(character => !char.IsLetter(character)));
        return isShort && Scripts.TryToSubscript(subscripts[0], out var script) ? script : $"_{{{string.Join(",", subscripts)}}}";
    }

    private static string UnicodeTimeIndex(Subscript index)
    {
        var text = $"({Show(index)})";
        return Scripts.TryToSuperscript(text, out var script) ? script : $"^{{{text}}}";
    }

    private static string Latex(NameSyntax name)
    {
        var (letters, subscripts) = Separate(name);
        var digits = new string([.. letters.Reverse().TakeWhile(char.IsDigit).Reverse()]);
        var written = name.Glyphs.Length == 1
            ? LatexLetter(letters.Substring(0, letters.Length - digits.Length))
            : $"\\mathrm{{{string.Concat(name.Glyphs.Select(glyph => LatexLetter(glyph.Text)))}}}";
        if (name.Glyphs.Length == 1 && digits != "")
            subscripts = subscripts.Insert(0, digits);
        if (subscripts.Length > 0)
            written = $"{written.TrimEnd()}_{{{string.Join(",", subscripts.Select(part => part.Replace("∞", "\\infty ")))}}}";
        return name.TimeIndex is { } index ? $"{written.TrimEnd()}^{{({Show(index)})}}" : written;
    }

    /// <summary>A letter with its marks: <c>β̂'</c> is <c>\hat{\beta}'</c>.</summary>
    private static string LatexLetter(string glyph)
    {
        var parts = glyph.Normalize(NormalizationForm.FormD);
        var length = char.IsSurrogate(parts[0]) ? 2 : 1;
        var letter = parts.Substring(0, length);
        var written = LetterCommands.TryGetValue(letter, out var command) ? $"\\{command} " : letter;
        foreach (var mark in parts.Skip(length).Where(AccentCommands.ContainsKey))
            written = $"\\{AccentCommands[mark]}{{{written.TrimEnd()}}}";
        return written + string.Concat(parts.Skip(length).Where(character => char.IsDigit(character) || character == '\''));
    }

    /// <summary>Primes that stand behind a subscript belong to the letters.</summary>
    private static (string Letters, ImmutableArray<string> Subscripts) Separate(NameSyntax name)
    {
        var primes = name.Subscripts.Count(part => part.Text == "'");
        return (name.Letters + new string('\'', primes), [.. name.Subscripts.Where(part => part.Text != "'").Select(Show)]);
    }

    private static string Show(Subscript part) => part.Offset switch
    {
        0 => part.Text,
        > 0 => $"{part.Text}+{part.Offset}",
        _ => $"{part.Text}-{-part.Offset}",
    };
}
