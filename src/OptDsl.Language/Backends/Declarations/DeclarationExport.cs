using System.Globalization;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.Declarations;

/// <summary>The annotated partial class that declares the rule in C#.</summary>
internal sealed class DeclarationExport : IExport
{
    public string Name => "csharp";

    public string Title => "C# declaration";

    public Exported Write(string name, RuleModel model)
    {
        var (source, lines) = (model.Source, new IndentedLines());
        var isRule = source.Kind == RuleKind.UpdateRule;
        lines.Line("using OptDsl;");
        lines.Line();
        lines.Line($"[{(isRule ? "UpdateRule" : "Schedule")}(\"\"\"");
        foreach (var formula in model.WriteFormulas(NotationStyle.Unicode))
            lines.Line("    " + formula);
        lines.Line($"    \"\"\"{string.Concat(Roles(source).Select(role => ", " + role))})]");
        foreach (var state in source.States)
            lines.Line($"[State({string.Join(", ", State(state).Prepend(Literal(state.Symbol)))})]");
        lines.Block($"public sealed partial class {Identifiers.Spell(name)}\n{{", () =>
        {
            for (var i = 0; i < source.Hypers.Count; i++)
            {
                if (i > 0)
                    lines.Line();
                WriteHyper(lines, source.Hypers[i]);
            }
        }, "}");
        return Exported.As(lines.ToString());
    }

    private static IEnumerable<string> Roles(RuleSource source)
    {
        if (source.Kind == RuleKind.UpdateRule && source.Parameter != "W")
            yield return $"Parameter = {Literal(source.Parameter)}";
        if (source.Kind == RuleKind.UpdateRule && source.Gradient != "g")
            yield return $"Gradient = {Literal(source.Gradient)}";
        if (source.Step != "t")
            yield return $"Step = {Literal(source.Step)}";
        if (source.FirstStep != 1)
            yield return $"FirstStep = {source.FirstStep.ToString(CultureInfo.InvariantCulture)}";
        if (source.Maximize)
            yield return "Maximize = true";
    }

    private static IEnumerable<string> State(StateSource state)
    {
        if (state.Initial != "0" && state.Initial != "")
            yield return $"Initial = {Literal(state.Initial)}";
        if (PerOf(state.Cardinality) is { } per)
            yield return $"Per = Per.{per}";
        else if (state.Cardinality != Cardinality.PerElement)
            yield return $"Shape = {Literal(state.Cardinality.Dimensions())}";
        if (state.Storage != StateStorage.Element)
            yield return $"Storage = Storage.{state.Storage}";
        if (state.Rounding == StateRounding.Nearest)
            yield return "Rounding = Rounding.Nearest";
        if (state.Constant)
            yield return "Constant = true";
        if (state.Output)
            yield return "Output = true";
        if (state.When != "")
            yield return $"When = {Literal(state.When)}";
        if (state.Meaning != "")
            yield return $"Meaning = {Literal(state.Meaning)}";
    }

    private static string? PerOf(Cardinality shape) => shape switch
    {
        Cardinality.PerTensor => "Tensor",
        Cardinality.PerGroup => "Group",
        Cardinality.PerRow => "Row",
        Cardinality.PerColumn => "Column",
        _ => null,
    };

    private static void WriteHyper(IndentedLines lines, HyperSource hyper)
    {
        var bounds = (double.IsNegativeInfinity(hyper.Min) ? "" : $", Min = {Bound(hyper.Min)}") + (double.IsPositiveInfinity(hyper.Max) ? "" : $", Max = {Bound(hyper.Max)}");
        var (type, value) = hyper.Type switch
        {
            HyperType.Boolean => ("bool", hyper.Default is null or 0 ? "false" : "true"),
            HyperType.Schedule => ("Schedule", Number(hyper.Default ?? 0.1)),
            HyperType.Single => ("float", Number(hyper.Default ?? 0) + "f"),
            _ => ("double", Number(hyper.Default ?? 0)),
        };
        var spelled = Identifiers.Spell(hyper.Property);
        lines.Line($"[Hyper({Literal(hyper.Symbol)}{bounds})]");
        lines.Line($"public {type} {char.ToUpperInvariant(spelled[0])}{spelled.Substring(1)} {{ get; set; }} = {value};");
    }

    private static string Bound(double value) => value == double.Epsilon ? "HyperAttribute.AboveZero" : value is < 1 and > 1 - 1e-15 ? "HyperAttribute.BelowOne" : Number(value);

    private static string Number(double value) => double.IsInfinity(value) ? "double.PositiveInfinity" : value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e");

    private static string Literal(string text) => "\"" + string.Concat(text.Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";
}
