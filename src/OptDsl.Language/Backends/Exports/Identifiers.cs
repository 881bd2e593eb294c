using System.Globalization;
using System.Text;

namespace OptDsl.Language.Backends.Exports;

/// <summary>Hands out identifiers in plain ASCII: Greek letters and marks are spelt out.</summary>
internal sealed class Identifiers
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['α'] = "alpha",
        ['β'] = "beta",
        ['γ'] = "gamma",
        ['δ'] = "delta",
        ['ε'] = "eps",
        ['ϵ'] = "eps",
        ['ζ'] = "zeta",
        ['η'] = "eta",
        ['θ'] = "theta",
        ['ϑ'] = "theta",
        ['ι'] = "iota",
        ['κ'] = "kappa",
        ['λ'] = "lam",
        ['μ'] = "mu",
        ['ν'] = "nu",
        ['ξ'] = "xi",
        ['ο'] = "o",
        ['π'] = "pi",
        ['ρ'] = "rho",
        ['σ'] = "sigma",
        ['ς'] = "sigma",
        ['τ'] = "tau",
        ['υ'] = "upsilon",
        ['φ'] = "phi",
        ['ϕ'] = "phi",
        ['χ'] = "chi",
        ['ψ'] = "psi",
        ['ω'] = "omega",
        ['Γ'] = "Gamma",
        ['Δ'] = "Delta",
        ['Θ'] = "Theta",
        ['Λ'] = "Lambda",
        ['Ξ'] = "Xi",
        ['Π'] = "Pi",
        ['Σ'] = "Sigma",
        ['Φ'] = "Phi",
        ['Ψ'] = "Psi",
        ['Ω'] = "Omega",
        ['ℓ'] = "l",
        ['∞'] = "inf",
    };

    private static readonly Dictionary<char, string> Marks = new()
    {
        ['\u0300'] = "grave",
        ['\u0301'] = "acute",
        ['\u0302'] = "hat",
        ['\u0303'] = "tilde",
        ['\u0304'] = "bar",
        ['\u0305'] = "bar",
        ['\u0306'] = "breve",
        ['\u0307'] = "dot",
        ['\u0308'] = "ddot",
        ['\u030A'] = "ring",
        ['\u030C'] = "check",
        ['\u20D7'] = "vec",
        ['\''] = "prime",
        ['′'] = "prime",
        ['″'] = "prime_prime",
    };

    private readonly HashSet<string> _taken;

    /// <param name="reserved">Keywords, and names that the surrounding code uses.</param>
    public Identifiers(IEnumerable<string> reserved) => _taken = [.. reserved];

    /// <summary>An identifier like a symbol; another one where it is taken.</summary>
    public string Unique(string symbol)
    {
        var stem = Spell(symbol);
        var candidate = stem;
        for (var n = 2; !_taken.Add(candidate); n++)
            candidate = $"{stem}_{n.ToString(CultureInfo.InvariantCulture)}";
        return candidate;
    }

    /// <summary><c>β̂₁'</c> is <c>beta1_hat_prime</c>.</summary>
    public static string Spell(string symbol)
    {
        var (stem, marks) = (new StringBuilder(), new StringBuilder());
        foreach (var c in symbol)
        {
            if (Marks.TryGetValue(c, out var mark))
                marks.Append('_').Append(mark);
            else if (Letters.TryGetValue(c, out var letter))
                stem.Append(stem.Length > 0 ? "_" : "").Append(letter);
            else if (c is >= '₀' and <= '₉')
                stem.Append((char)('0' + (c - '₀')));
            else if (c < 128 && (char.IsLetterOrDigit(c) || c == '_'))
                stem.Append(c);
            else
                stem.Append('u').Append(((int)c).ToString("x", CultureInfo.InvariantCulture));
        }

        if (stem.Length == 0 || char.IsDigit(stem[0]))
            stem.Insert(0, '_');
        return stem.Append(marks).ToString();
    }

    /// <summary><c>LearningRate</c> is <c>lr</c> and <c>MaxLearningRate</c> is <c>max_lr</c>, as Python's libraries call them.</summary>
    public static string OfProperty(string property)
    {
        var text = new StringBuilder();
        foreach (var c in property)
            text.Append(char.IsUpper(c) && text.Length > 0 && text[text.Length - 1] != '_' ? "_" : "").Append(char.ToLowerInvariant(c));
        var snake = text.ToString().Replace("learning_rate", "lr");
        return Spell(snake == "epsilon" ? "eps" : snake);
    }

    /// <summary>The value of a schedule some steps later: <c>lr_next</c>, <c>lr_previous</c>, <c>lr_in_2</c>, <c>lr_2_ago</c>.</summary>
    public static string OfShifted(string schedule, int shift) => schedule + shift switch
    {
        1 => "_next",
        -1 => "_previous",
        > 1 => "_in_" + shift.ToString(CultureInfo.InvariantCulture),
        _ => $"_{(-shift).ToString(CultureInfo.InvariantCulture)}_ago",
    };
}
