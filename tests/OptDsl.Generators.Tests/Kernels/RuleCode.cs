using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>The C# declaration of a rule.</summary>
internal static class RuleCode
{
    public static string Of(RuleSource source, string className, bool precise = false)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>A rule.</summary>\n[OptDsl.UpdateRule({Quote(source.Formulas)}, Parameter = {Quote(source.Parameter)}, ");
        text.Append(CultureInfo.InvariantCulture, $"Gradient = {Quote(source.Gradient)}, Step = {Quote(source.Step)}, Precise = {(precise ? "true" : "false")}, FirstStep = {source.FirstStep})]\n");
        foreach (var state in source.States)
        {
            text.Append(CultureInfo.InvariantCulture, $"[OptDsl.State({Quote(state.Symbol)}, Initial = {Quote(state.Initial)}, ");
            text.Append(CultureInfo.InvariantCulture, $"When = {Quote(state.When)}, {PerOf(state.Cardinality)}, Output = {(state.Output ? "true" : "false")})]\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"public sealed partial class {className}\n{{\n");
        foreach (var hyper in source.Hypers)
        {
            var type = hyper.Type == HyperType.Boolean ? "bool" : "double";
            var value = hyper.Type == HyperType.Boolean ? (hyper.Default == 0 ? "false" : "true") : Number(hyper.Default ?? 0);
            text.Append(CultureInfo.InvariantCulture, $"    /// <summary>A hyper-parameter.</summary>\n    [OptDsl.Hyper({Quote(hyper.Symbol)}, Min = {Number(hyper.Min)}, Max = {Number(hyper.Max)})]\n");
            text.Append(CultureInfo.InvariantCulture, $"    public {type} {hyper.Property} {{ get; set; }} = {value};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string PerOf(Cardinality shape) => shape switch
    {
        Cardinality.PerGroup => "Per = OptDsl.Per.Group",
        Cardinality.PerTensor => "Per = OptDsl.Per.Tensor",
        Cardinality.PerRow => "Per = OptDsl.Per.Row",
        Cardinality.PerColumn => "Per = OptDsl.Per.Column",
        Cardinality.PerElement => "Per = OptDsl.Per.Element",
        _ => $"Shape = {Quote(shape.Dimensions())}",
    };

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Number(double value) => double.IsInfinity(value)
        ? value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
