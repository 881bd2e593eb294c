namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>A rule around formulas, with the hyper-parameters that they name.</summary>
internal static class LintSource
{
    private static readonly (string Symbol, string Property, string Default)[] s_hypers =
    [
        ("η", "Eta", "0.01"), ("μ", "Mu", "0.9"), ("β1", "Beta1", "0.9"), ("β2", "Beta2", "0.999"), ("ε", "Epsilon", "1e-8"), ("λ", "Lambda", "0.01"), ("κ", "Kappa", "0"),
    ];

    public static string Rule(string states, string formulas, string name = "Rule")
    {
        var attributes = string.Concat(states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(state => $"[State(\"{state}\")]\n"));
        var properties = s_hypers.Where(hyper => formulas.Contains(hyper.Symbol, StringComparison.Ordinal))
            .Select(hyper => $"    [Hyper(\"{hyper.Symbol}\")] public double {hyper.Property} {{ get; set; }} = {hyper.Default};\n");
        return $"using OptDsl;\n\n[UpdateRule(\"\"\"\n    {formulas}\n    \"\"\")]\n{attributes}partial class {name}\n{{\n{string.Join("\n", properties)}}}\n";
    }
}
