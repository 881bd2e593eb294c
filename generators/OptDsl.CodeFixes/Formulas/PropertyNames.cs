using System.Globalization;
using System.Text;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>Names C# properties after symbols: <c>β₁</c> is Beta1, and the symbols with one usual meaning have its name.</summary>
internal static class PropertyNames
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["η"] = "LearningRate", ["λ"] = "WeightDecay",
        ["α"] = "Alpha", ["β"] = "Beta", ["γ"] = "Gamma", ["δ"] = "Delta", ["ε"] = "Epsilon", ["ζ"] = "Zeta", ["θ"] = "Theta",
        ["ι"] = "Iota", ["κ"] = "Kappa", ["μ"] = "Mu", ["ν"] = "Nu", ["ξ"] = "Xi", ["ο"] = "Omicron", ["π"] = "Pi", ["ρ"] = "Rho",
        ["σ"] = "Sigma", ["ς"] = "Sigma", ["τ"] = "Tau", ["υ"] = "Upsilon", ["φ"] = "Phi", ["χ"] = "Chi", ["ψ"] = "Psi", ["ω"] = "Omega",
    };

    private static readonly Dictionary<char, string> s_marks = new()
    {
        ['\''] = "Prime", ['′'] = "Prime", ['\u0302'] = "Hat", ['\u0304'] = "Bar", ['\u0305'] = "Bar", ['\u0303'] = "Tilde", ['\u0307'] = "Dot",
    };

    /// <summary>A name for the symbol's property that none of <paramref name="taken"/> is.</summary>
    public static string For(string symbol, ICollection<string> taken)
    {
        var name = Spell(symbol.Normalize(NormalizationForm.FormKD));
        var free = name;
        for (var i = 2; taken.Contains(free); i++)
            free = name + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    private static string Spell(string symbol)
    {
        if (s_names.TryGetValue(symbol, out var whole))
            return whole;

        var name = new StringBuilder();
        var startsWord = true;
        foreach (var c in symbol)
        {
            if (s_names.TryGetValue(c.ToString(), out var letter) && letter is not ("LearningRate" or "WeightDecay"))
                name.Append(letter);
            else if (c is 'η' or 'λ')
                name.Append(c == 'η' ? "Eta" : "Lambda");
            else if (s_marks.TryGetValue(c, out var mark))
                name.Append(mark);
            else if (char.IsLetterOrDigit(c))
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = !char.IsLetterOrDigit(c);
        }

        return name.Length > 0 && char.IsLetter(name[0]) ? name.ToString() : $"Hyper{name}";
    }
}
