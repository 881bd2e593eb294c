using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.Python;

/// <summary>What exports to Python have in common: arguments with their ranges, and the formulas as documentation.</summary>
internal static class PythonRule
{
    /// <summary>True where tensors of a group wait for one another.</summary>
    public static bool IsCollective(RuleModel model) =>
        model.Definitions.SelectMany(definition => definition.Value.Nodes()).Any(node => node is ReduceExpr { OverGroup: true });

    /// <summary>True where the tensors of a group share a state, and so the step.</summary>
    public static bool SharesStep(RuleModel model) => model.States.Any(state => state.Cardinality == Cardinality.PerGroup);

    /// <summary>True for a schedule that the formulas read at other steps than this.</summary>
    public static bool IsReadTwice(RuleModel model, HyperSymbol hyper) => model.Shifted.Any(shifted => shifted.Base!.Index == hyper.Index);

    /// <summary>The hyper-parameters as arguments with their defaults.</summary>
    public static IEnumerable<string> Arguments(RuleModel model, PythonNames names) =>
        model.Hypers.Select(hyper => hyper.Source.Default is { } value
            ? $"{names.Options[hyper.Index]}={(hyper.Source.Type == HyperType.Boolean ? value != 0 ? "True" : "False" : CodeText.Number(value, "math.inf").Text)}"
            : names.Options[hyper.Index]);

    /// <summary>The formulas and what the arguments and states are, for a documentation string.</summary>
    /// <param name="name">The name of the rule.</param>
    /// <param name="model">The rule.</param>
    /// <param name="names">Its names.</param>
    /// <param name="more">Arguments that are none of the rule's.</param>
    public static IEnumerable<string> Documentation(string name, RuleModel model, PythonNames names, params string[] more)
    {
        yield return $"{name}::";
        yield return "";
        foreach (var formula in model.WriteFormulas(NotationStyle.Unicode))
            yield return "    " + formula.Replace("\"\"\"", "'''");
        yield return "";
        yield return "Args:";
        foreach (var hyper in model.Hypers)
            yield return $"    {names.Options[hyper.Index]}: {hyper.Source.Symbol}{Describe(hyper.Source)}{(IsReadTwice(model, hyper) ? "; a number, or a function of the step, since it is read at several" : "")}";
        foreach (var argument in more)
            yield return "    " + argument;
        foreach (var state in model.States.Where(state => state.Source.Meaning != ""))
            yield return $"State ``{names.StateKeys[state.Index]}``: {state.Source.Symbol}, {OneLine(state.Source.Meaning)}";
    }

    /// <summary>Writes statements that refuse values outside their range, at construction.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="model">The rule.</param>
    /// <param name="names">Its names.</param>
    /// <param name="mayBeCallable">True for a hyper-parameter that can be a function of the step, which has no value yet.</param>
    public static void WriteChecks(IndentedLines lines, RuleModel model, PythonNames names, Func<HyperSymbol, bool> mayBeCallable)
    {
        foreach (var hyper in model.Hypers.Where(hyper => hyper.Source.Type != HyperType.Boolean))
        {
            var name = names.Options[hyper.Index];
            if (Range(hyper.Source, name) is not { } range)
                continue;
            lines.Block($"if not {(mayBeCallable(hyper) ? $"(callable({name}) or {range})" : range)}:", () =>
                lines.Line($"raise ValueError(f\"{name} is {{{name}}}, and must hold {range}\")"));
        }
    }

    /// <summary>Writes the driver of rules whose tensors wait for one another.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="total">The statement that combines the parts.</param>
    public static void WriteTogether(IndentedLines lines, string total) => lines.Block("def together(runs):", () =>
    {
        lines.Line("\"\"\"Runs the tensors of a group side by side: what each of them yields, all of them get combined.\"\"\"");
        lines.Line("parts = [next(run) for run in runs]");
        lines.Block("while True:", () =>
        {
            lines.Line(total);
            lines.Line("parts, results = [], []");
            lines.Block("for run in runs:", () =>
            {
                lines.Block("try:", () => lines.Line("parts.append(run.send(total))"));
                lines.Block("except StopIteration as end:", () => lines.Line("results.append(end.value)"));
            });
            lines.Block("if results:", () => lines.Line("return results"));
        });
    });

    private static string? Range(HyperSource hyper, string name)
    {
        var low = double.IsNegativeInfinity(hyper.Min) ? "" : hyper.Min == double.Epsilon ? "0 < " : $"{CodeText.Number(hyper.Min, "math.inf").Text} <= ";
        var high = double.IsPositiveInfinity(hyper.Max) ? "" : hyper.Max is < 1 and > 1 - 1e-12 ? " < 1" : $" <= {CodeText.Number(hyper.Max, "math.inf").Text}";
        return low + high == "" ? null : low + name + high;
    }

    private static string Describe(HyperSource hyper) => Range(hyper, hyper.Symbol) is { } range && hyper.Type != HyperType.Boolean ? $", with {range}" : "";

    private static string OneLine(string text) => string.Join(" ", text.Split(['\r', '\n', '\u2028', '\u2029', '\u0085', '\f', '\v'], StringSplitOptions.RemoveEmptyEntries)).Replace("\"\"\"", "'''");
}
