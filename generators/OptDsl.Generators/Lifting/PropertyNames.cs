using OptDsl.Language.Checks;

namespace OptDsl.Generators.Lifting;

/// <summary>The properties that hyper-parameters become.</summary>
internal static class PropertyNames
{
    private static readonly Dictionary<string, string> s_known = new()
    {
        ["lr"] = "LearningRate",
        ["eta"] = "LearningRate",
        ["learningrate"] = "LearningRate",
        ["alpha"] = "LearningRate",
        ["rate"] = "LearningRate",
        ["stepsize"] = "LearningRate",
        ["learnrate"] = "LearningRate",
        ["beta1"] = "Beta1",
        ["b1"] = "Beta1",
        ["beta2"] = "Beta2",
        ["b2"] = "Beta2",
        ["eps"] = "Epsilon",
        ["epsilon"] = "Epsilon",
        ["wd"] = "WeightDecay",
        ["weightdecay"] = "WeightDecay",
        ["lambda"] = "WeightDecay",
        ["l2"] = "WeightDecay",
        ["mu"] = "Decay",
        ["momentum"] = "Decay",
        ["rho"] = "Decay",
    };

    /// <summary>The usual value of one that code gives no value to.</summary>
    public static double? Usual(string property) => property switch
    {
        "Beta1" => 0.9,
        "Beta2" => 0.999,
        "Epsilon" => SampleValues.UsualEpsilon,
        _ => null,
    };

    /// <summary>The name that the ready-made rules use for what code calls so, or the code's in the form of a property.</summary>
    public static string Of(string name)
    {
        var plain = Words.Plain(name);
        if (s_known.TryGetValue(plain, out var known))
            return known;
        var parts = name.Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "Value" : string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
    }
}
