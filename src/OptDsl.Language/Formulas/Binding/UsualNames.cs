using System.Text;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>What papers and programs usually call one thing: <c>η</c>, <c>lr</c>, <c>learning_rate</c>.</summary>
internal static class UsualNames
{
    private static readonly string[][] s_groups =
    [
        ["eta", "lr", "alpha", "learningrate", "learnrate", "rate", "stepsize", "gamma", "mu"],
        ["lambda", "wd", "weightdecay", "decay", "l2"],
        ["mu", "momentum", "beta", "gamma", "rho", "decay"],
        ["beta1", "b1"],
        ["beta2", "b2"],
        ["beta3", "b3"],
        ["epsilon", "eps", "varepsilon", "delta", "damping"],
    ];

    private static readonly ILookup<string, string> s_spelled = LatexCommands.LetterNames.ToLookup(letter => letter.Value, letter => letter.Key);

    /// <summary>True for two names of one thing.</summary>
    public static bool AreOne(string name, string other)
    {
        var (a, b) = (Plain(name), Plain(other));
        return a == b || s_groups.Any(group => group.Contains(a) && group.Contains(b));
    }

    /// <summary>True for names that differ at most in case and underscores.</summary>
    public static bool AreSpelledAlike(string name, string other) => Plain(name) == Plain(other);

    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name)
        {
            if (letter > '\u007f' && s_spelled[letter.ToString()].FirstOrDefault() is { } spelled)
                plain.Append(spelled);
            else if (letter != '_')
                plain.Append(Scripts.Subscript(letter) ?? letter);
        }

        return plain.ToString().ToLowerInvariant();
    }
}
