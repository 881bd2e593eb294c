using OptDsl.Language.Checks;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Lints.Mutations;

/// <summary>The slips of one token that people make in a formula, applied wherever the formula has room for them.</summary>
internal static class RuleMutations
{
    public static IEnumerable<Mutant> Of(LabelledRule rule)
    {
        var model = rule.Compile();
        var edits = model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value))
            .SelectMany(node => OfNode(model, node))
            .Concat(OfStatements(model));
        return edits.Distinct().Select(edit => new Mutant(edit.Kind, rule with { Source = rule.Source with { Formulas = edit.Text } }));
    }

    private static IEnumerable<(string Kind, string Text)> OfNode(RuleModel model, Expr node)
    {
        var decays = model.Hypers.Where(hyper => hyper.Source.Default is > 0.5 and < 1).ToArray();
        switch (node)
        {
            case BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square:
                yield return ("square dropped", Replace(square, Text(square.Left)));
                break;
            case BinaryExpr { Operator: Op.Power, Right: StepExpr } power:
                yield return ("exponent t dropped", Replace(power, Text(power.Left)));
                yield return ("exponent t off by one", Replace(power.Right, "(t-1)"));
                break;
            case BinaryExpr { Operator: Op.Divide, Right: BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 } } } quotient
                when Expressions.Nodes(quotient.Right).Any(inner => inner is StepExpr):
                yield return ("correction dropped", Replace(quotient, Text(quotient.Left)));
                yield return ("correction multiplied", Replace(quotient, $"{Text(quotient.Left)}*({Text(quotient.Right)})"));
                break;
            case BinaryExpr { Operator: Op.Add } sum when IsEpsilon(sum.Right):
                yield return ("epsilon dropped", Replace(sum, $"({Text(sum.Left)})"));
                break;
            case BinaryExpr { Operator: Op.Multiply, Left: BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr } } product
                when product.Right.Cardinality != Cardinality.PerStep:
                yield return ("weight 1-β dropped", Replace(product, Text(product.Right)));
                break;
            case BinaryExpr { Operator: Op.Multiply, Left: HyperExpr } product when product.Right.Cardinality != Cardinality.PerStep:
                yield return ("factor dropped", Replace(product, Text(product.Right)));
                yield return ("term times zero", Replace(product.Left, "0"));
                break;
        }

        switch (node)
        {
            case CallExpr { Function: Op.Sqrt } root when Text(root)[0] is 's' or '√':
                yield return ("root dropped", Replace(root, $"({Text(root.Arguments[0])})"));
                break;
            case CallExpr { Function: Op.Abs } abs:
                yield return ("magnitude dropped", Replace(abs, $"({Text(abs.Arguments[0])})"));
                break;
            case CallExpr { Function: Op.Sign } sign:
                yield return ("sign function dropped", Replace(sign, $"({Text(sign.Arguments[0])})"));
                break;
            case CallExpr { Function: Op.Max, Arguments: [var left, _] } max when Text(max).StartsWith("max", StringComparison.Ordinal):
                yield return ("maximum dropped", Replace(max, Text(left)));
                yield return ("maximum to minimum", Replace(max, "min" + Text(max)[3..]));
                break;
            case HyperExpr hyper when decays.Contains(hyper.Symbol):
                foreach (var other in decays.Where(other => !other.Equals(hyper.Symbol)))
                    yield return ("decays mixed up", Replace(hyper, other.Source.Symbol));
                break;
            case BinaryExpr { Operator: Op.Add or Op.Subtract } sum when SignOf(sum) is { } at:
                var text = model.Source.Formulas;
                yield return ("sign turned", string.Concat(text.AsSpan(0, at), text[at] == '+' ? "-" : "+", text.AsSpan(at + 1)));
                break;
            case BinaryExpr { Operator: Op.Multiply } product when SignOf(product, '*') is { } star && product.Cardinality != Cardinality.PerStep:
                yield return ("product to quotient", model.Source.Formulas[..star] + "/" + model.Source.Formulas[(star + 1)..]);
                break;
            case BinaryExpr { Operator: Op.Divide } quotient when SignOf(quotient, '/') is { } slash && quotient.Cardinality != Cardinality.PerStep:
                yield return ("quotient to product", model.Source.Formulas[..slash] + "*" + model.Source.Formulas[(slash + 1)..]);
                break;
        }

        if (node is DefinedExpr { Definition: { Target: LocalSymbol } local } read && local.Value.Cardinality == Cardinality.PerElement
            && Expressions.Nodes(local.Value).OfType<DefinedExpr>().FirstOrDefault(inner => inner.Definition.Target is StateSymbol) is { } state)
        {
            yield return ("state for local", Replace(read, Text(state)));
        }

        string Text(Expr expression) => model.Source.Formulas.Substring(expression.Span.Start, expression.Span.Length);
        string Replace(Expr expression, string replacement) =>
            model.Source.Formulas[..expression.Span.Start] + replacement + model.Source.Formulas[expression.Span.End..];
        bool IsEpsilon(Expr expression) => expression is HyperExpr { Symbol.Source.Default: > 0 and <= 0.001 } or NumberExpr { Value: > 0 and < 1e-4 };
        int? SignOf(BinaryExpr binary, params char[] signs)
        {
            if (binary.Right.Span.Start <= binary.Left.Span.End)
                return null;
            var found = model.Source.Formulas.IndexOfAny(signs.Length > 0 ? signs : ['+', '-', '−'], binary.Left.Span.End, binary.Right.Span.Start - binary.Left.Span.End);
            return found < 0 ? null : found;
        }
    }

    private static IEnumerable<(string Kind, string Text)> OfStatements(RuleModel model)
    {
        var lines = model.Source.Formulas.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            yield return ("statement dropped", Join(lines.Where((_, index) => index != line)));
            if (line + 1 < lines.Length)
            {
                yield return ("statements swapped", Join([.. lines[..line], lines[line + 1], lines[line], .. lines[(line + 2)..]]));
                yield return ("statement last", Join([.. lines.Where((_, index) => index != line), lines[line]]));
            }
        }

        static string Join(IEnumerable<string> lines) => string.Join('\n', lines);
    }
}

/// <summary>A rule with one slip.</summary>
internal sealed record Mutant(string Kind, LabelledRule Rule);
