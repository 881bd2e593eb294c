using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>C# expressions of hyper-parameters inside the user's class.</summary>
internal static class HyperText
{
    private const string Checks = "global::OptDsl.Kernels.RuleChecks";

    /// <summary>The value at a step.</summary>
    public static string Value(HyperSymbol hyper, string step) => hyper.Source.Type switch
    {
        HyperType.Schedule => $"{Checks}.At({Property(hyper)}, {step}, {CSharp.Quote(hyper.Source.Property)})",
        HyperType.Boolean => Property(hyper) + " ? 1.0 : 0.0",
        _ => Property(hyper),
    };

    /// <summary>The value at the step <c>step</c>, verified.</summary>
    public static string Checked(HyperSymbol hyper)
    {
        var bounds = $"{CSharp.Double(hyper.Source.Min)}, {CSharp.Double(hyper.Source.Max)}, {CSharp.Quote(hyper.Source.Property)}";
        return hyper.Source.Type switch
        {
            HyperType.Schedule => $"{Checks}.Hyper({Property(hyper)}, step, {bounds})",
            HyperType.Boolean => Property(hyper) + " ? 1.0 : 0.0",
            _ => $"{Checks}.Hyper({Property(hyper)}, {bounds})",
        };
    }

    private static string Property(HyperSymbol hyper) => "this." + CSharp.Identifier(hyper.Source.Property);
}
