using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>The edits that mend what people get wrong where they write a rule as a program: brackets, arguments, and what they copied from the line above.</summary>
internal static class SlipEdits
{
    /// <summary>All of them, and then those of one token.</summary>
    public static IEnumerable<ReplaceFix> Find(LintContext context)
    {
        var text = new FormulaText(context);
        foreach (var definition in context.Model.Definitions)
        {
            foreach (var node in Expressions.Nodes(definition.Value).OrderBy(node => node.Span.Start).Where(node => node.Span.Length > 0))
            {
                foreach (var edit in Of(node, definition, context.Model, text))
                    yield return edit;
            }
        }

        foreach (var edit in ConformanceFixes.Edits(context))
            yield return edit;
    }

    /// <summary>
    /// Forms that nobody means: <c>βm + 1 - βg</c>, where <c>βm + (1 - β)g</c> is meant, and the larger of what a state was and a
    /// gradient with its sign.
    /// </summary>
    public static IEnumerable<ReplaceFix> Obvious(LintContext context)
    {
        var text = new FormulaText(context);
        foreach (var node in context.Model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value)))
        {
            if (node is BinaryExpr sum && Bracket(sum, text) is { } bracket)
                yield return bracket;
            if (node is CallExpr { Function: Op.Max } largest && largest.Arguments.OfType<GradientExpr>().FirstOrDefault() is { } gradient && largest.Arguments.Any(argument => Expressions.Nodes(argument).Any(part => part is OldExpr)))
                yield return Size(gradient, text);
        }
    }

    private static IEnumerable<ReplaceFix> Of(Expr node, Definition definition, RuleModel model, FormulaText text)
    {
        switch (node)
        {
            case DefinedExpr read:
                foreach (var other in model.Definitions.TakeWhile(other => other != definition).Where(other => other != read.Definition && other.Target is not ParameterSymbol && other.Cardinality == read.Cardinality))
                    yield return new ReplaceFix($"Change '{text.Of(read)}' to '{other.Target.Name}'", read.Span, other.Target.Name);
                // The correction of one average where that of another belongs.
                if (read.Definition.Value is BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: BinaryExpr { Operator: Op.Power, Left: HyperExpr used, Right: StepExpr } })
                {
                    foreach (var other in model.Hypers.Where(other => !other.Equals(used.Symbol) && !Specialisation.IsOption(other)))
                        yield return new ReplaceFix($"Change '{text.Of(read)}' to '{text.Correction(other.Source.Symbol)}'", read.Span, $"({text.Correction(other.Source.Symbol)})");
                }

                break;
            case GradientExpr gradient:
                yield return Size(gradient, text);
                break;
            case BinaryExpr { Operator: Op.Power, Left: StepExpr step, Right: HyperExpr decay } power:
                yield return new ReplaceFix($"Exchange '{text.Of(step)}' and '{text.Of(decay)}'", power.Span, $"{text.Of(decay)}^{text.Of(step)}");
                break;
            case BinaryExpr { Operator: Op.Multiply or Op.Divide } product:
                foreach (var factor in new[] { product.Left, product.Right }.OfType<HyperExpr>().Where(_ => product.Operator == Op.Multiply))
                    yield return new ReplaceFix($"Change '{text.Of(factor)}' to '1 - {text.Of(factor)}'", factor.Span, $"(1 - {text.Of(factor)})");
                // What corrects or scales is one number; an array is not taken for the other by mistake.
                if (product.Right.Cardinality == Cardinality.PerElement)
                    break;
                yield return new ReplaceFix(
                    product.Operator == Op.Multiply ? $"Divide by '{text.Of(product.Right)}'" : $"Multiply by '{text.Of(product.Right)}'", product.Span,
                    product.Operator == Op.Multiply ? $"{FormulaText.Atom(text.Of(product.Left))} / {FormulaText.Atom(text.Of(product.Right))}" : $"{FormulaText.Atom(text.Of(product.Left))} * {FormulaText.Atom(text.Of(product.Right))}");
                break;
            case BinaryExpr { Operator: Op.Add, Left: BinaryExpr { Operator: Op.Divide } quotient, Right: HyperExpr or NumberExpr } sum:
                yield return new ReplaceFix($"Add '{text.Of(sum.Right)}' below the fraction bar", sum.Span, $"{text.Of(quotient.Left)} / {FormulaText.Plus(text.Of(quotient.Right), text.Of(sum.Right))}");
                break;
            case BinaryExpr { Operator: Op.Subtract } difference when Bracket(difference, text) is { } bracket:
                yield return bracket;
                break;
        }
    }

    private static ReplaceFix Size(GradientExpr gradient, FormulaText text) => new($"Take the size of '{text.Of(gradient)}'", gradient.Span, $"abs({text.Of(gradient)})");

    private static ReplaceFix? Bracket(BinaryExpr node, FormulaText text) =>
        node is { Operator: Op.Subtract, Left: BinaryExpr { Operator: Op.Add, Left: var kept, Right: NumberExpr { Value: 1 } }, Right: BinaryExpr { Operator: Op.Multiply, Left: HyperExpr decay, Right: var added } }
            && Expressions.Nodes(kept).OfType<HyperExpr>().Any(read => read.Symbol.Equals(decay.Symbol))
            ? new ReplaceFix($"Put '1 - {text.Of(decay)}' in brackets", node.Span, $"{text.Of(kept)} + (1 - {text.Of(decay)})*{FormulaText.Atom(text.Of(added))}") : null;
}
