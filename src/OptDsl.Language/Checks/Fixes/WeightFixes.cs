using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that make the weights of an average sum to one.</summary>
internal static class WeightFixes
{
    /// <summary>Weights the input with one minus the decay.</summary>
    public static FormulaFix[] Complement(LintContext context, Recurrence average)
    {
        var text = new FormulaText(context);
        if (average.Final.Value is BinaryExpr { Operator: Op.Multiply, Left.Cardinality: Formulas.Cardinality.PerStep, Right: BinaryExpr { Operator: Op.Add, Left: OldExpr } sum } all)
            return [new ReplaceFix($"Multiply only '{text.Of(sum.Left)}' by '{text.Of(all.Left)}'", all.Span, $"{text.Product(text.Of(all.Left), text.Of(sum.Left))} + {text.Of(sum.Right)}")];
        if (average.DecayHypers.Count == 0 || Inputs.Of(context, average.Final) is not { } input)
            return [];
        var decay = Expressions.Nodes(average.Final.Value).OfType<HyperExpr>().FirstOrDefault(hyper => hyper.Symbol.Index == average.DecayHypers[0]);
        if (decay is null)
            return [];
        var weight = $"(1-{text.Of(decay)})";
        var product = Expressions.Nodes(average.Final.Value).OfType<BinaryExpr>().FirstOrDefault(node =>
            node.Operator == Op.Multiply && (ReferenceEquals(node.Left, input) || ReferenceEquals(node.Right, input)));
        // (1-β)*g*g is a product with g of a product.
        var factor = product is null ? ScalarFactor(input) : ReferenceEquals(product.Left, input) ? product.Right : product.Left;
        if (factor is null)
            return [new ReplaceFix($"Weight the new term with '{weight}'", input.Span, $"{weight}*{FormulaText.Atom(text.Of(input))}")];
        var change = new ReplaceFix($"Change the weight to '{weight}'", factor.Span, weight);
        if (factor is not BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr other } || other.Symbol.Equals(decay.Symbol))
            return [change];
        var decays = new ReplaceFix($"Change the decay to '{text.Of(other)}'", decay.Span, text.Of(other));
        return IsForeign(context, average, decay.Symbol, other.Symbol) ? [decays, change] : [change, decays];
    }

    /// <summary>Of two decays in one average the first is another average's, and not the one that its correction raises to the step.</summary>
    private static bool IsForeign(LintContext context, Recurrence average, HyperSymbol decay, HyperSymbol weight)
    {
        var corrected = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Where(node => node.Operator == Op.Divide && Expressions.ReadsDefinition(node.Left, average.Final) && node.Right.Cardinality == Formulas.Cardinality.PerStep)
            .SelectMany(node => Expressions.Nodes(node.Right)).OfType<BinaryExpr>().FirstOrDefault(node => node is { Operator: Op.Power, Left: HyperExpr })?.Left as HyperExpr;
        if (corrected is not null && (corrected.Symbol.Equals(decay) || corrected.Symbol.Equals(weight)))
            return corrected.Symbol.Equals(weight);
        return Decays(decay) && !Decays(weight);

        bool Decays(HyperSymbol hyper) => context.Recurrences.Any(other => other.Driven && !other.State.Equals(average.State) && other.DecayHypers.Contains(hyper.Index));
    }

    private static Expr? ScalarFactor(Expr expression) => expression is not BinaryExpr { Operator: Op.Multiply } product ? null
        : product.Left.Cardinality == Cardinality.PerStep ? product.Left
        : product.Right.Cardinality == Cardinality.PerStep ? product.Right
        : ScalarFactor(product.Left) ?? ScalarFactor(product.Right);

    /// <summary>Multiplies the old value by the decay that the input's weight presumes.</summary>
    public static FormulaFix[] Decay(LintContext context, Recurrence sum)
    {
        var text = new FormulaText(context);
        var old = Expressions.Nodes(sum.Final.Value).OfType<OldExpr>().FirstOrDefault(node => node.Symbol.Equals(sum.State));
        var decay = Expressions.Nodes(sum.Final.Value).OfType<HyperExpr>().FirstOrDefault(hyper => hyper.Symbol.Index == sum.WeightHypers[0]);
        return old is null || decay is null
            ? []
            : [new ReplaceFix($"Decay '{text.Of(old)}' with '{text.Of(decay)}'", old.Span, $"{text.Of(decay)}*{text.Of(old)}")];
    }

    /// <summary>Turns one sign of the statement.</summary>
    public static FormulaFix[] TurnSign(LintContext context, Recurrence recurrence) =>
        [.. Expressions.Nodes(recurrence.Final.Value).OfType<BinaryExpr>()
            .Where(sum => sum.Operator is Op.Add or Op.Subtract)
            .SelectMany(sum => DirectionFixes.FlipOperator(context, sum))];

    /// <summary>Moves the coefficient of the input to the old value, or puts a decay there.</summary>
    public static FormulaFix[] Forget(LintContext context, Recurrence sum)
    {
        var old = Expressions.Nodes(sum.Final.Value).OfType<OldExpr>().FirstOrDefault(node => node.Symbol.Equals(sum.State));
        if (old is null || Inputs.Of(context, sum.Final) is not { } input)
            return [];
        var text = new FormulaText(context);
        var product = Expressions.Nodes(sum.Final.Value).OfType<BinaryExpr>().FirstOrDefault(node =>
            node.Operator == Op.Multiply && (ReferenceEquals(node.Left, input) || ReferenceEquals(node.Right, input)));
        if (product is not null && (ReferenceEquals(product.Left, input) ? product.Right : product.Left) is HyperExpr coefficient && IsDecay(context, coefficient.Symbol))
        {
            FormulaEdit[] edits = [new(old.Span, $"{text.Of(coefficient)}*{text.Of(old)}"), new(product.Span, text.Of(input))];
            return [new EditsFix($"Decay '{text.Of(old)}' with '{text.Of(coefficient)}'", [.. edits])];
        }

        // One that decays nothing else yet, where it can be no other.
        var isAlone = Expressions.Nodes(sum.Final.Value).Count(node => node is OldExpr other && other.Symbol.Equals(sum.State)) == 1;
        var decays = context.Model.Hypers.Where(hyper => isAlone && IsDecay(context, hyper) && context.Liveness.IsLive(hyper) && !context.Recurrences.Any(other => other.DecayHypers.Contains(hyper.Index))).ToArray();
        return decays.Length == 1 ? [new ReplaceFix($"Decay '{text.Of(old)}' with '{decays[0].Source.Symbol}'", old.Span, $"{decays[0].Source.Symbol}*{text.Of(old)}")] : [];
    }

    private static bool IsDecay(LintContext context, HyperSymbol hyper) => hyper.Source.Type != HyperType.Boolean && context.Typical[hyper.Index] is > 0.3 and < 1;
}
