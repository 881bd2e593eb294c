using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

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
        return letters + Labels(name, '[') + UnicodeSubscript(subscripts) + Labels(name, '^') + (TimeAbove(name) is { } index ? UnicodeTimeIndex(index) : "");
    }

    /// <summary>What is written on the name that is a part of it; the labels above it are in braces.</summary>
    private static string Labels(NameSyntax name, char kind) => string.Concat(name.Subscripts.Where(part => part.IsLabel && part.Text[0] == kind)
        .Select(part => kind == '[' ? part.Text : $"^{{{part.Text.Substring(1)}}}"));

    /// <summary>The time that stands above the name; where a label does, it stands below.</summary>
    private static Subscript? TimeAbove(NameSyntax name) => HasLabel(name) ? null : name.TimeIndex;

    private static bool HasLabel(NameSyntax name) => name.Subscripts.Any(part => part.IsLabel);

    /// <summary>True where something stands above the name, so that an exponent needs braces around it.</summary>
    public static bool HasScriptAbove(NameSyntax name) => name.TimeIndex is not null || HasLabel(name);

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
        written = Labels(name, '[') is { Length: > 0 } bracketed ? written.TrimEnd() + LatexLabel(bracketed) : written;
        if (subscripts.Length > 0)
            written = $"{written.TrimEnd()}_{{{string.Join(",", subscripts.Select(part => part.Replace("∞", "\\infty ")))}}}";
        written = Labels(name, '^') is { Length: > 0 } above ? written.TrimEnd() + LatexLabel(above) : written;
        return TimeAbove(name) is { } index ? $"{written.TrimEnd()}^{{({Show(index)})}}" : written;
    }

    /// <summary>A letter with its marks: <c>β̂'</c> is <c>\hat{\beta}'</c>.</summary>
    private static string LatexLetter(string glyph)
    {
        var parts = LetterForms.Decompose(glyph);
        var length = char.IsSurrogate(parts[0]) ? 2 : 1;
        var letter = parts.Substring(0, length);
        var written = LetterCommands.TryGetValue(letter, out var command) ? $"\\{command} " : letter;
        foreach (var mark in parts.Skip(length).Where(AccentCommands.ContainsKey))
            written = $"\\{AccentCommands[mark]}{{{written.TrimEnd()}}}";
        return written + string.Concat(parts.Skip(length).Where(character => char.IsDigit(character) || character == '\''));
    }

    /// <summary>A label with its letters as commands.</summary>
    private static string LatexLabel(string label) =>
        string.Concat(label.Select(letter => LetterCommands.TryGetValue(letter.ToString(), out var command) ? $"\\{command} " : letter.ToString()));

    /// <summary>Primes that stand behind a subscript belong to the letters.</summary>
    private static (string Letters, ImmutableArray<string> Subscripts) Separate(NameSyntax name)
    {
        var primes = name.Subscripts.Count(part => part.Text == "'");
        var below = name.Subscripts.Where(part => part.Text != "'" && !part.IsLabel).Select(Show);
        return (name.Letters + new string('\'', primes), [.. HasLabel(name) && name.TimeIndex is { } time ? below.Append(Show(time)) : below]);
    }

    private static string Show(Subscript part) => part.Offset switch
    {
        0 => part.Text.IndexOf('^') is > 0 and var label ? $"{part.Text.Substring(0, label)}^{{{part.Text.Substring(label + 1)}}}" : part.Text,
        > 0 => $"{part.Text}+{part.Offset}",
        _ => $"{part.Text}-{-part.Offset}",
    };
}
