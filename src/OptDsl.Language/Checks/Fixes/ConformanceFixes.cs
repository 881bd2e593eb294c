using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Finds the one edit that makes a rule compute what its reference computes, among the slips of one token.</summary>
internal static class ConformanceFixes
{
    private const int Most = 600;

    /// <summary>The edits after which the two no longer differ, at most two.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="reference">What it is to compute.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <param name="steps">Over how many steps; as many as usual unless given.</param>
    public static ImmutableArray<ReplaceFix> Find(RuleModel rule, RuleModel reference, CancellationToken cancellation, int steps = Conformance.UsualSteps)
    {
        var context = new LintContext(rule, LintOptions.Default, cancellation);
        var compared = new ComparableRule(reference);
        return [.. Edits(context).Take(Most).Where(edit => Conforms(edit, rule, compared, steps, cancellation)).Take(2)];
    }

    private static bool Conforms(ReplaceFix edit, RuleModel rule, ComparableRule reference, int steps, CancellationToken cancellation) =>
        EditedRule.Apply(edit, rule.Source, cancellation) is { } edited && new Conformance(new ComparableRule(edited), reference) { Steps = steps }.Find(cancellation) is null;

    /// <summary>The slips of one token, each as the edit that mends it.</summary>
    public static IEnumerable<ReplaceFix> Edits(LintContext context)
    {
        var text = new FormulaText(context);
        // Of two edits that come to the same the one at the parameter is the plainer.
        foreach (var node in context.Model.Definitions.OrderBy(definition => definition.Target is ParameterSymbol ? 0 : 1).SelectMany(definition => Expressions.Nodes(definition.Value).OrderBy(node => node.Span.Start)).Where(node => node.Span.Length > 0))
        {
            switch (node)
            {
                case HyperExpr hyper:
                    foreach (var other in context.Model.Hypers.Where(other => !other.Equals(hyper.Symbol) && !Specialisation.IsOption(other)))
                        yield return new ReplaceFix($"Change '{text.Of(hyper)}' to '{other.Source.Symbol}'", hyper.Span, other.Source.Symbol);
                    break;
                case GradientExpr or OldExpr or DefinedExpr:
                    yield return new ReplaceFix($"Square '{text.Of(node)}'", node.Span, text.Square(text.Of(node)));
                    break;
                case BinaryExpr { Operator: Op.Add or Op.Subtract } sum:
                    foreach (var flip in DirectionFixes.FlipOperator(context, sum).OfType<ReplaceFix>())
                        yield return flip;
                    if (sum is { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr decay })
                    {
                        yield return new ReplaceFix($"Add the exponent '{text.Step}'", decay.Span, $"{text.Of(decay)}^{text.Step}");
                        yield return new ReplaceFix($"Change '{text.Of(sum)}' to '{text.Of(decay)}'", sum.Span, text.Of(decay));
                    }

                    break;
                case BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square:
                    yield return new ReplaceFix($"Leave out the square of '{text.Of(square.Left)}'", square.Span, text.Of(square.Left));
                    break;
                case BinaryExpr { Operator: Op.Power, Right: not StepExpr } power when context.Dependence.Reads(power.Right).Contains(Dependence.Step):
                    yield return new ReplaceFix($"Change the exponent to '{text.Step}'", power.Right.Span, text.Step);
                    break;
                case CallExpr { Function: Op.Sqrt } root when root.Span.Length > root.Arguments[0].Span.Length:
                    yield return new ReplaceFix($"Leave out the root of '{text.Of(root.Arguments[0])}'", root.Span, FormulaText.Atom(text.Of(root.Arguments[0])));
                    break;
            }

            if (node is BinaryExpr { Operator: Op.Multiply or Op.Divide } product)
            {
                yield return new ReplaceFix($"Leave out '{text.Of(product.Right)}'", product.Span, text.Of(product.Left));
                if (product.Operator == Op.Multiply)
                    yield return new ReplaceFix($"Leave out '{text.Of(product.Left)}'", product.Span, text.Of(product.Right));
                else
                    yield return new ReplaceFix($"Take the root of '{text.Of(product.Right)}'", product.Right.Span, text.Root(text.Of(product.Right)));
            }
        }
    }
}
