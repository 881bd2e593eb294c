using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>C# expressions of hyper-parameters inside the user's class.</summary>
internal static class HyperText
{
    /// <summary>
    /// The learning rate, which groups may change: the first hyper-parameter that is a schedule, or else the number that is called so.
    /// </summary>
    public static HyperSymbol? RateOf(RuleModel model) =>
        model.Hypers.FirstOrDefault(hyper => hyper.Source.Type == HyperType.Schedule)
            ?? model.Hypers.FirstOrDefault(hyper => hyper.Source is { Property: "LearningRate", Type: HyperType.Double or HyperType.Single });

    /// <summary>The value at the step <c>step</c>; of a learning rate as the group has it.</summary>
    public static string Value(HyperSymbol hyper, bool isRate) => hyper.Source.Type switch
    {
        HyperType.Boolean => Property(hyper) + " ? 1.0 : 0.0",
        HyperType.Schedule => $"{Kernels}{(isRate ? RuleChecks.RateAt : RuleChecks.At)}({Property(hyper)}, step, {CSharp.Quote(hyper.Source.Property)})",
        _ when isRate => $"{Kernels}{RuleChecks.RateAt}({Property(hyper)}, step, {CSharp.Quote(hyper.Source.Property)})",
        _ => Property(hyper),
    };

    /// <summary>The value at the step <c>step</c>, verified; of a learning rate as the group has it.</summary>
    public static string Checked(HyperSymbol hyper, bool isRate)
    {
        var bounds = $"{CSharp.Double(hyper.Source.Min)}, {CSharp.Double(hyper.Source.Max)}, {CSharp.Quote(hyper.Source.Property)}";
        return hyper.Source.Type switch
        {
            HyperType.Boolean => Property(hyper) + " ? 1.0 : 0.0",
            HyperType.Schedule => $"{Kernels}{(isRate ? RuleChecks.Rate : RuleChecks.Hyper)}({Property(hyper)}, {Step(hyper.Shift)}, {bounds})",
            _ when isRate => $"{Kernels}{RuleChecks.Rate}({Property(hyper)}, step, {bounds})",
            _ => $"{Kernels}{RuleChecks.Hyper}({Property(hyper)}, {bounds})",
        };
    }

    private static string Step(int shift) => shift == 0 ? "step" : $"{Kernels}{RuleChecks.Later}(step, {CSharp.Int(shift)})";

    /// <summary>The statement that sets the property to a number.</summary>
    public static string Assignment(HyperSymbol hyper, string value) => Property(hyper) + " = " + hyper.Source.Type switch
    {
        HyperType.Boolean => value + " != 0;",
        HyperType.Single => $"(float){value};",
        _ => value + ";",
    };

    /// <summary>The property.</summary>
    public static string Property(HyperSymbol hyper) => "this." + CSharp.Identifier(hyper.Source.Property);
}
