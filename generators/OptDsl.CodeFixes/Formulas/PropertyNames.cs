using System.Globalization;
using System.Text;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>
/// Names C# properties after symbols, letter by letter as LaTeX does: <c>β₁</c> is Beta1, <c>m̂</c> is MHat. The two symbols
/// that mean one thing in nearly every paper have its name.
/// </summary>
internal static class PropertyNames
{
    private static readonly ILookup<string, string> s_letters = LatexCommands.LetterNames.ToLookup(pair => pair.Value, pair => pair.Key);
    private static readonly ILookup<string, string> s_marks = LatexCommands.Accents.ToLookup(pair => pair.Value, pair => pair.Key);

    /// <summary>A name for the symbol's property that none of <paramref name="taken"/> is.</summary>
    public static string For(string symbol, ICollection<string> taken)
    {
        var name = symbol switch
        {
            "η" => "LearningRate",
            "λ" => "WeightDecay",
            _ => Spell(LetterForms.Decompose(string.Concat(symbol.Select(c => Scripts.Subscript(c) ?? c)))),
        };
        var free = name;
        for (var i = 2; taken.Contains(free); i++)
            free = name + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    private static string Spell(string symbol)
    {
        var name = new StringBuilder();
        var startsWord = true;
        foreach (var c in symbol)
        {
            if (c > '\u007f' && s_letters[c.ToString()].Concat(s_marks[c.ToString()]).FirstOrDefault() is { } spelled)
                name.Append(Capitalised(spelled));
            else if (c is '\'' or '′')
                name.Append("Prime");
            else if (char.IsLetterOrDigit(c))
                name.Append(startsWord ? Capitalised(c.ToString()) : c.ToString());
            startsWord = !char.IsLetterOrDigit(c);
        }

        return name.Length > 0 && char.IsLetter(name[0]) ? name.ToString() : $"Hyper{name}";
    }

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);
}
