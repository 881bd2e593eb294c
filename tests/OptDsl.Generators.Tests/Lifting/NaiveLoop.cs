using System.Globalization;
using System.Text;
using OptDsl.CodeFixes.Loops;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Writes a rule as a person would: one loop over the elements, and before it what is the same for all of them.</summary>
internal static class NaiveLoop
{
    /// <summary>A class with a method <c>Step</c>, or null where a rule has what a loop over the elements cannot compute.</summary>
    public static string? Write(RuleModel model, string name)
    {
        if (model.Definitions.SelectMany(definition => Nodes(definition.Value)).Any(node => node is ReduceExpr { OverGroup: true } or ReduceExpr { Reduction: not (Op.Sum or Op.Dot or Op.Norm) } or HyperExpr { Symbol.Shift: not 0 })
            || model.States.Any(state => state.IsScalar || state.Past is not null || state.IsConditional || model.Final(state) is null))
        {
            return null;
        }

        var names = new Dictionary<Symbol, string> { [model.Parameter] = "weights" };
        foreach (var state in model.States)
            names[state] = $"s{state.Index}";
        foreach (var hyper in model.Hypers)
            names[hyper] = hyper.Source.Property == "LearningRate" ? "lr" : $"h{hyper.Index}";
        var text = new StringBuilder();
        // Parameters without a default come first.
        var arguments = new[] { "double[] weights", "double[] gradient" }.Concat(model.States.Select(state => $"double[] {names[state]}")).Append("int t")
            .Concat(model.Hypers.OrderBy(hyper => Default(hyper) != "").Select(hyper => hyper.Source.Type == Language.Formulas.HyperType.Boolean ? $"bool {names[hyper]}{Default(hyper)}" : $"double {names[hyper]}{Default(hyper)}"));
        text.Append(CultureInfo.InvariantCulture, $"class {name}\n{{\n    static void Step({string.Join(", ", arguments)})\n    {{\n");
        var isOpen = false;
        var sums = new Dictionary<ReduceExpr, string>(ReferenceEqualityComparer.Instance);
        var arrays = new Dictionary<Symbol, bool>();
        foreach (var definition in model.Definitions)
        {
            var own = new CodeExpression(Verbatim, isSingle: false);
            foreach (var reduce in Nodes(definition.Value).OfType<ReduceExpr>())
            {
                Open(false);
                var sum = $"sum{sums.Count}";
                var item = reduce.Reduction switch { Op.Sum => reduce.Arguments[0], Op.Dot => new BinaryExpr(default, Op.Multiply, reduce.Arguments[0], reduce.Arguments[1]), _ => new BinaryExpr(default, Op.Multiply, reduce.Arguments[0], reduce.Arguments[0]) };
                if (own.Write(item) is not { } summand)
                    return null;
                text.Append(CultureInfo.InvariantCulture, $"        double {sum} = 0;\n        for (int i = 0; i < weights.Length; i++)\n            {sum} += {summand};\n");
                if (reduce.Reduction == Op.Norm)
                    text.Append(CultureInfo.InvariantCulture, $"        {sum} = Math.Sqrt({sum});\n");
                sums[reduce] = sum;
            }

            if (own.Write(definition.Value) is not { } value)
                return null;
            var isElement = definition.Cardinality == Cardinality.PerElement;
            if (definition.Target is LocalSymbol && !names.ContainsKey(definition.Target))
            {
                names[definition.Target] = $"u{names.Count}";
                Open(false);
                text.Append(isElement ? $"        var {names[definition.Target]} = new double[weights.Length];\n" : $"        double {names[definition.Target]};\n");
                arrays[definition.Target] = isElement;
            }

            if (definition.Target is LocalSymbol && arrays[definition.Target] != isElement)
                return null;
            Open(isElement);
            text.Append(CultureInfo.InvariantCulture, $"{(isElement ? "    " : "")}        {names[definition.Target]}{(isElement ? "[i]" : "")} = {value};\n");
        }

        Open(false);
        return text.Append("    }\n}\n").ToString();

        void Open(bool isElement)
        {
            if (isElement != isOpen)
                text.Append(isElement ? "        for (int i = 0; i < weights.Length; i++)\n        {\n" : "        }\n");
            isOpen = isElement;
        }

        string? Verbatim(Expr expression) => expression switch
        {
            GradientExpr => "gradient[i]",
            StepExpr => "(double)t",
            HyperExpr hyper => names[hyper.Symbol],
            OldExpr old => names[old.Symbol] + "[i]",
            DefinedExpr { Definition: var definition } => names[definition.Target] + (definition.Cardinality == Cardinality.PerElement ? "[i]" : ""),
            ReduceExpr reduce when sums.TryGetValue(reduce, out var computed) => computed,
            _ => null,
        };
    }

    private static string Default(HyperSymbol hyper) => hyper.Source.Default is not { } value ? ""
        : hyper.Source.Type == Language.Formulas.HyperType.Boolean ? $" = {(value != 0 ? "true" : "false")}" : double.IsFinite(value) ? $" = {value.ToString("R", CultureInfo.InvariantCulture)}" : "";

    private static IEnumerable<Expr> Nodes(Expr expression) => expression.Children().SelectMany(Nodes).Append(expression);
}
