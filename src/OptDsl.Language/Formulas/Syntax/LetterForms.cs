using System.Text;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// The letters and marks that names are made of, and the one form of each: Unicode's compatibility form (NFKC) of a letter with its marks, from
/// tables of our own, since the framework's asks a library of the system that is not everywhere.
/// </summary>
internal static partial class LetterForms
{
    private const int FirstMathematical = 0x1D400, FirstDotless = 0x1D6A4, FirstGreek = 0x1D6A8, FirstDigamma = 0x1D7CA;
    private const int FirstFullWidth = 0xFF21, FullWidth = 0xFEE0;
    private const string MathematicalGreek = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ";

    // Scripts of which all letters are known: Latin, Greek, Cyrillic, Hebrew, symbols made of letters, kana, Han, Hangul, ligatures,
    // full width, and the typefaces of mathematics.
    private static readonly (int First, int Last)[] s_scripts =
    [
        (0x41, 0x2AF), (0x370, 0x52F), (0x5D0, 0x5EA), (0x1E00, 0x1FFF), (0x2102, 0x214E), (0x2C60, 0x2C7F), (0x3041, 0x3096), (0x30A1, 0x30FA),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFB06), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0x1D400, 0x1D7CB),
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> s_composed =
        Compositions().SelectMany(entry => Pairs(entry.Value).Select(pair => (Key: (pair.Letter, entry.Key), pair.Composed))).ToDictionary(item => item.Key, item => item.Composed);

    private static readonly Dictionary<char, string> s_decomposed = s_composed
        .Select(item => (Character: item.Value, Text: string.Concat(item.Key.Letter, item.Key.Mark)))
        .Concat(Singles.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(single => (Character: single[0], Text: single.Substring(1))))
        .ToDictionary(item => item.Character, item => item.Text);

    /// <summary>True for a character of the scripts that names are made of.</summary>
    public static bool IsKnown(string text, int index) => CodePoint(text, index) is var code && Array.Exists(s_scripts, script => code >= script.First && code <= script.Last);

    /// <summary>True for a character of the blocks of accents, and of marks around letters.</summary>
    public static bool IsMark(char character) => character is (>= '\u0300' and <= '\u036F') or (>= '\u20D0' and <= '\u20F0');

    /// <summary>Letters and marks in their one form: what is composed of two characters is one where there is one.</summary>
    public static string Compose(string text)
    {
        if (text.All(character => character < '\u0080'))
            return text;
        var parts = Decompose(text);
        var composed = new StringBuilder();
        var (starter, lastClass) = (-1, 0);
        foreach (var character in parts)
        {
            var combining = IsMark(character) ? CombiningClass(character) : 0;
            var isBlocked = composed.Length - 1 > starter && lastClass >= combining;
            if (starter >= 0 && !isBlocked && s_composed.TryGetValue((composed[starter], character), out var whole))
            {
                composed[starter] = whole;
                continue;
            }

            if (combining == 0)
                starter = composed.Length;
            lastClass = combining;
            composed.Append(character);
        }

        return composed.ToString();
    }

    /// <summary>A symbol as the compiler names it: <c>b₁</c> is <c>b1</c>, and a letter with its marks has one form.</summary>
    public static string OfSymbol(string symbol) =>
        Compose(string.Concat(symbol.Select(character => character is >= '₀' and <= '₉' ? (char)('0' + (character - '₀')) : character)));

    /// <summary>Letters of one typeface, and behind each its marks in Unicode's order.</summary>
    public static string Decompose(string text)
    {
        var parts = new StringBuilder();
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
            Append(parts, Plain(text, i));
        for (var i = 1; i < parts.Length; i++)
        {
            // Marks move before those of a higher class, and nothing moves across a letter.
            for (var k = i; k > 0 && Class(parts[k]) > 0 && Class(parts[k - 1]) > Class(parts[k]); k--)
                (parts[k - 1], parts[k]) = (parts[k], parts[k - 1]);
        }

        return parts.ToString();
    }

    private static void Append(StringBuilder parts, string text)
    {
        foreach (var character in text)
        {
            if (s_decomposed.TryGetValue(character, out var decomposed))
                Append(parts, decomposed);
            else
                parts.Append(character);
        }
    }

    /// <summary>The character at a place in the usual typeface and width.</summary>
    private static string Plain(string text, int index)
    {
        var code = CodePoint(text, index);
        return code switch
        {
            >= FirstFullWidth and <= 0xFF5A => ((char)(code - FullWidth)).ToString(),
            >= FirstMathematical and < FirstDotless => Latin((code - FirstMathematical) % 52),
            FirstDotless => "ı",
            FirstDotless + 1 => "ȷ",
            >= FirstGreek and < FirstDigamma => MathematicalGreek[(code - FirstGreek) % MathematicalGreek.Length].ToString(),
            FirstDigamma => "Ϝ",
            FirstDigamma + 1 => "ϝ",
            _ => text.Substring(index, code > 0xFFFF ? 2 : 1),
        };

        static string Latin(int letter) => ((char)(letter < 26 ? 'A' + letter : 'a' + letter - 26)).ToString();
    }

    private static int CodePoint(string text, int index) => char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index) : text[index];

    private static int Class(char character) => IsMark(character) ? CombiningClass(character) : 0;

    private static IEnumerable<(char Letter, char Composed)> Pairs(string pairs)
    {
        for (var i = 0; i < pairs.Length; i += 2)
            yield return (pairs[i], pairs[i + 1]);
    }
}
