using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.MathML;

/// <summary>Writes a name with its accents, subscripts, labels and time.</summary>
internal static class MathMLNames
{
    private static readonly Dictionary<char, string> s_accents = new()
    {
        ['\u0300'] = "`",
        ['\u0301'] = "´",
        ['\u0302'] = "^",
        ['\u0303'] = "~",
        ['\u0304'] = "¯",
        ['\u0305'] = "¯",
        ['\u0306'] = "˘",
        ['\u0307'] = "˙",
        ['\u0308'] = "¨",
        ['\u030A'] = "˚",
        ['\u030C'] = "ˇ",
        ['\u20D7'] = "→",
    };

    /// <param name="name">The name.</param>
    /// <param name="exponent">What stands above it besides, in MathML; null for nothing.</param>
    public static string Write(NameSyntax name, string? exponent = null)
    {
        var labels = name.Subscripts.Where(part => part.IsLabel).ToList();
        var above = string.Concat(labels.Where(label => label.Text[0] == '^').Select(label => Label(label.Text.Substring(1))));
        var (letters, below) = Base(name);
        if (name.TimeIndex is { } time)
        {
            if (above == "")
                above = MathMLElements.Fenced("(", Show(time), ")");
            else
                below = below.Add(Show(time));
        }

        var inner = Scripted(letters, below, above == "" ? exponent ?? "" : above);
        return above == "" || exponent is null ? inner : MathMLElements.Of("msup", MathMLElements.Fenced("(", inner, ")"), exponent);
    }

    private static (string Letters, ImmutableArray<string> Below) Base(NameSyntax name)
    {
        var below = name.Subscripts.Where(part => part.Text != "'" && !part.IsLabel).Select(Show).ToImmutableArray();
        var primes = new string('′', name.Subscripts.Count(part => part.Text == "'"));
        var brackets = string.Concat(name.Subscripts.Where(part => part.IsLabel && part.Text[0] == '[').Select(part => part.Text));
        string letters;
        if (name.Glyphs.Length == 1)
        {
            var (glyph, digits) = Glyph(name.Glyphs[0].Text, primes);
            letters = glyph;
            if (digits != "")
                below = below.Insert(0, MathMLElements.Number(digits));
        }
        else
        {
            letters = MathMLElements.Identifier(name.Letters + primes);
        }

        return (brackets == "" ? letters : MathMLElements.Row(letters, MathMLElements.Words(brackets)), below);
    }

    /// <summary>A letter under its marks; digits that belong to it stand below.</summary>
    private static (string Letter, string Digits) Glyph(string glyph, string primes)
    {
        var parts = LetterForms.Decompose(glyph);
        var length = char.IsSurrogate(parts[0]) ? 2 : 1;
        var rest = parts.Substring(length);
        var letter = MathMLElements.Identifier(parts.Substring(0, length));
        foreach (var mark in rest.Where(s_accents.ContainsKey))
            letter = $"<mover accent=\"true\">{letter}{MathMLElements.Accent(s_accents[mark])}</mover>";
        var all = primes + new string('′', rest.Count(character => character == '\''));
        return (all == "" ? letter : MathMLElements.Of("msup", letter, MathMLElements.Operator(all)), string.Concat(rest.Where(char.IsDigit)));
    }

    private static string Scripted(string letters, ImmutableArray<string> below, string above)
    {
        var subscript = below.Length == 0 ? "" : MathMLElements.Row([.. below.SelectMany((part, i) => i == 0 ? [part] : new[] { MathMLElements.Operator(","), part })]);
        return (subscript, above) switch
        {
            ("", "") => letters,
            ("", _) => MathMLElements.Of("msup", letters, above),
            (_, "") => MathMLElements.Of("msub", letters, subscript),
            _ => MathMLElements.Of("msubsup", letters, subscript, above),
        };
    }

    private static string Label(string text) => text.All(char.IsLetter) ? MathMLElements.Identifier(text) : MathMLElements.Words(text);

    private static string Show(Subscript part)
    {
        var label = part.Text.IndexOf('^');
        var text = label > 0
            ? MathMLElements.Of("msup", Word(part.Text.Substring(0, label)), Label(part.Text.Substring(label + 1)))
            : Word(part.Text);
        return part.Offset == 0 ? text : MathMLElements.Row(
            text, MathMLElements.Operator(part.Offset > 0 ? "+" : "−"), MathMLElements.Number(Math.Abs(part.Offset).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Word(string text) => text.All(char.IsDigit) ? MathMLElements.Number(text) : MathMLElements.Identifier(text);
}
