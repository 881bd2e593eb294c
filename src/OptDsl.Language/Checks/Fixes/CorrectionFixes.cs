using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that correct an average's bias or mend a correction.</summary>
internal static class CorrectionFixes
{
    private const string LeaveOut = "Leave out the correction";
    private const string TakeRoot = "Take the root of the correction";
    private const string RemoveRoot = "Remove the root from the correction";

    /// <summary>Adds a statement like <c>m̂ = m / (1-βᵗ)</c> and uses it for the step, but not for other states.</summary>
    public static FormulaFix[] Insert(LintContext context, Recurrence average)
    {
        var readers = Readers(context, average, definition => definition.Target is not StateSymbol);
        if (readers.Length == 0)
            readers = Readers(context, average, definition => definition != average.Final);
        if (readers.Length == 0)
            return [];

        var text = new FormulaText(context);
        var name = text.Hat(average.State);
        var state = context.Text(average.Final.TargetSpan);
        var first = readers.OrderBy(reader => reader.Definition.StatementSpan.Start).First().Definition;
        var edits = readers.SelectMany(reader => reader.Reads).Select(read => new FormulaEdit(read.Span, name))
            .Prepend(text.StatementBefore(first, $"{name} = {state} / ({text.Correction(Decay(context, average))})"));
        return [new EditsFix($"Correct the bias of '{state}'", [.. edits])];
    }

    private static (Definition Definition, DefinedExpr[] Reads)[] Readers(LintContext context, Recurrence average, Func<Definition, bool> isUse) =>
        [.. context.Model.Definitions
            .Where(definition => isUse(definition) && definition.Index > average.Final.Index && context.Liveness.IsLive(definition))
            .Select(definition => (definition, Expressions.Nodes(definition.Value).OfType<DefinedExpr>().Where(node => node.Definition == average.Final).ToArray()))
            .Where(reader => reader.Item2.Length > 0)];

    /// <summary>Edits of the parts that corrections are made of, to be tried: one at a time, then all of a kind.</summary>
    public static FormulaFix[] Mend(LintContext context, AverageResponse response)
    {
        var text = new FormulaText(context);
        var weights = Expressions.Nodes(context.Model).OfType<BinaryExpr>().SelectMany(Weights).ToArray();
        var candidates = Live(context, response).Where(node => !weights.Contains(node, ByIdentity.Instance)).SelectMany(node => Edits(context, response, text, node))
            .Concat(response.Averages.SelectMany(average => Complements(context, text, average))).OrderBy(candidate => Rank(candidate.Kind)).ToArray();
        var all = candidates.GroupBy(candidate => candidate.Kind).Where(kind => kind.Count() > 1)
            .Select(kind => new EditsFix(kind.Key, [.. kind.GroupBy(edit => edit.Span).Select(group => new FormulaEdit(group.Key, group.First().NewText))]) { LosesText = LosesText(kind.Key) });
        return [.. candidates.Select(candidate => new ReplaceFix(candidate.Kind, candidate.Span, candidate.NewText) { LosesText = LosesText(candidate.Kind) }), .. all];
    }

    private static bool LosesText(string kind) => kind is LeaveOut or RemoveRoot;

    /// <summary>Another name or exponent is the slip of a key, a root the slip of a thought.</summary>
    private static int Rank(string kind) => LosesText(kind) ? 2 : kind == TakeRoot ? 1 : 0;

    /// <summary>A complement without the step that multiplies a tensor is the weight of a term in a mixture, and one that divides a number a length: no corrections.</summary>
    private static IEnumerable<Expr> Weights(BinaryExpr product)
    {
        if (product is { Operator: Op.Divide, Left: NumberExpr { Value: not 1 }, Right: BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr } length })
            yield return length;
        if (product.Operator != Op.Multiply)
            yield break;
        foreach (var (factor, tensor) in new[] { (product.Left, product.Right), (product.Right, product.Left) })
        {
            if (tensor.Cardinality != Cardinality.PerStep && factor is BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr })
                yield return factor;
        }
    }

    /// <summary>The decay where its complement is to weigh how far the input is from the old value.</summary>
    private static IEnumerable<(string Kind, TextSpan Span, string NewText)> Complements(LintContext context, FormulaText text, Recurrence average) =>
        Expressions.Nodes(average.Final.Value).OfType<BinaryExpr>()
            .Where(node => node is { Operator: Op.Multiply, Left: HyperExpr, Right: BinaryExpr { Operator: Op.Subtract, Right: OldExpr } difference } && ((OldExpr)difference.Right).Symbol.Equals(average.State))
            .Select(node => ($"Change the weight to '1-{text.Of(node.Left)}'", node.Left.Span, $"(1-{text.Of(node.Left)})"));

    /// <summary>Keeps the corrected value in a local, for all that read it in this step.</summary>
    public static FormulaFix[] KeepApart(LintContext context, Definition stored)
    {
        if (context.Model.Definitions.Count(definition => definition.Target.Equals(stored.Target)) < 2)
            return [];
        var name = new FormulaText(context).Hat((StateSymbol)stored.Target);
        var reads = context.Model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value))
            .Where(node => node is DefinedExpr defined && defined.Definition == stored)
            .Select(read => new FormulaEdit(read.Span, name));
        return [new EditsFix($"Keep the corrected value in '{name}'", [new FormulaEdit(stored.TargetSpan, name), .. reads])];
    }

    /// <summary>The powers of decays with the step in the exponent.</summary>
    public static IEnumerable<Expr> FindPowers(LintContext context, AverageResponse response) =>
        Live(context, response).Where(node => node is BinaryExpr { Operator: Op.Power, Left: HyperExpr } power && context.Dependence.Reads(power.Right).Contains(Dependence.Step));

    /// <summary>A power of a decay with a number in the exponent, as 1-β² for 1-βᵗ; null where there is none.</summary>
    public static Expr? FindConstantPower(LintContext context, AverageResponse response) =>
        Live(context, response).FirstOrDefault(node => node is BinaryExpr { Operator: Op.Power, Left: HyperExpr decay, Right: NumberExpr } && response.Averages.Any(average => average.DecayHypers.Contains(decay.Symbol.Index)));

    private static IEnumerable<Expr> Live(LintContext context, AverageResponse response) =>
        context.Model.Definitions.Where(definition => context.Liveness.IsLive(definition) && response.Averages.All(average => average.Final != definition))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OrderBy(node => node.Span.Start);

    private static IEnumerable<(string Kind, TextSpan Span, string NewText)> Edits(LintContext context, AverageResponse response, FormulaText text, Expr node)
    {
        if (node is BinaryExpr { Operator: Op.Power, Left: HyperExpr decay } power && context.Dependence.Reads(power.Right).Contains(Dependence.Step))
        {
            if (power.Right is not StepExpr)
                yield return ($"Change the exponent to '{text.Step}'", power.Right.Span, text.Step);
            foreach (var other in response.Averages.SelectMany(average => average.DecayHypers).Distinct().Where(index => index != decay.Symbol.Index && IsCorrection(context, power)))
                yield return ($"Change '{text.Of(decay)}' to '{Hyper(context, other)}'", decay.Span, Hyper(context, other));
        }

        if (node is BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 } } complement)
        {
            if (complement.Right is HyperExpr bare && response.Averages.Any(average => average.DecayHypers.Contains(bare.Symbol.Index)))
                yield return ($"Add the exponent '{text.Step}'", bare.Span, $"{text.Of(bare)}^{text.Step}");
            if (complement.Right is BinaryExpr { Operator: Op.Multiply, Left: HyperExpr factor, Right: StepExpr } product)
                yield return ($"Change the product to a power", product.Span, $"{text.Of(factor)}^{text.Step}");
            yield return (TakeRoot, complement.Span, text.Root(text.Of(complement)));
        }

        if (node is BinaryExpr { Operator: Op.Power, Left: HyperExpr constant, Right: NumberExpr { Value: >= 1 } } && response.Averages.Any(average => average.DecayHypers.Contains(constant.Symbol.Index)))
            yield return ($"Change the exponent to '{text.Step}'", node.Span, $"{text.Of(constant)}^{text.Step}");
        if (node is BinaryExpr { Operator: Op.Power, Left: BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr inner }, Right: StepExpr } outside)
            yield return ("Take the power of the decay", outside.Span, $"({text.Correction(text.Of(inner))})");
        if (node is BinaryExpr { Operator: Op.Divide, Right: BinaryExpr { Operator: Op.Power, Left: HyperExpr bareDecay, Right: StepExpr } bare1 })
            yield return ("Subtract the power from 1", bare1.Span, $"({text.Correction(text.Of(bareDecay))})");
        if (node is BinaryExpr { Operator: Op.Add, Left: NumberExpr { Value: 1 }, Right: BinaryExpr { Operator: Op.Power, Left: HyperExpr } } added
            && DirectionFixes.FlipOperator(context, added).FirstOrDefault() is ReplaceFix flip)
            yield return (flip.Title, flip.Span, flip.NewText);
        if (node is BinaryExpr { Operator: Op.Divide or Op.Multiply } again && again.Left.Cardinality > Cardinality.PerStep && again.Right.Cardinality == Cardinality.PerStep
            && context.Dependence.Reads(again.Right).Contains(Dependence.Step))
            yield return (LeaveOut, again.Span, text.Of(again.Left));
        if (node is BinaryExpr { Operator: Op.Divide, Right: CallExpr { Function: Op.Sqrt, Cardinality: Cardinality.PerStep } } bare2 && IsUnrooted(response, bare2.Left))
            yield return ($"Take the root of '{text.Of(bare2.Left)}'", bare2.Left.Span, text.Root(text.Of(bare2.Left)));
        if (node is CallExpr { Function: Op.Sqrt } root && root.Cardinality == Cardinality.PerStep)
            yield return (RemoveRoot, root.Span, FormulaText.Atom(text.Of(root.Arguments[0])));
        if (node is BinaryExpr { Operator: Op.Multiply } multiplied && multiplied.Left.Cardinality > Cardinality.PerStep && multiplied.Right.Cardinality == Cardinality.PerStep
            && context.Dependence.Reads(multiplied.Right).Contains(Dependence.Step))
        {
            var between = TextSpan.FromBounds(multiplied.Left.Span.End, multiplied.Right.Span.Start);
            yield return ("Divide by the correction", between, " / ");
        }
    }

    /// <summary>What 1 is reduced by, or a local on its own; elsewhere a power counts how much has come together, as in a rectification.</summary>
    private static bool IsCorrection(LintContext context, BinaryExpr power) =>
        context.Model.Definitions.Any(definition => ReferenceEquals(definition.Value, power))
        || Expressions.Nodes(context.Model).Any(node => node is BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 } } complement && ReferenceEquals(complement.Right, power));

    /// <summary>An average of squares, divided by the root of its correction: the root was to be taken of both.</summary>
    private static bool IsUnrooted(AverageResponse response, Expr average) =>
        average is DefinedExpr defined && response.Averages.Any(even => even is { Odd: false, Degree: 2 } && even.Final == defined.Definition);

    private static string Hyper(LintContext context, int index) => context.Model.Source.Hypers[index].Symbol;

    /// <summary>The decay as the average's statement writes it.</summary>
    private static string Decay(LintContext context, Recurrence average)
    {
        if (average.DecayHypers.Count == 0)
            return average.SettledDecay.ToString("0.##########", CultureInfo.InvariantCulture);
        var symbol = context.Model.Hypers[average.DecayHypers[0]];
        // Some papers name the weight of the new term: then the decay is one minus it.
        if (average.DecayHypers.Count == 1 && Math.Abs(average.SettledDecay - context.Typical[symbol.Index]) > Tolerances.Measured && Math.Abs(average.SettledDecay - 1 + context.Typical[symbol.Index]) < Tolerances.Measured)
            return $"(1-{symbol.Source.Symbol})";
        var node = Expressions.Nodes(average.Final.Value).OfType<HyperExpr>().FirstOrDefault(hyper => hyper.Symbol.Equals(symbol));
        return node is null ? Hyper(context, symbol.Index) : context.Text(node);
    }
}
