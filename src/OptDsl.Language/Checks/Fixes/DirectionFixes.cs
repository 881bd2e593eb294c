using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Finds the operators whose sign decides where a rule goes.</summary>
internal static class DirectionFixes
{
    /// <summary>Turns the sign between the parameter and its step, or else one that decides over the step.</summary>
    public static FormulaFix[] Flip(LintContext context, Definition update)
    {
        var statements = Reaches.Definitions(update.Value).OrderByDescending(definition => definition.Index).Prepend(update).ToArray();
        return [.. Turned(), .. Turn(update, ofPositions: false), .. Negate(context, update), .. TurnExponents(context), .. statements.Skip(1).SelectMany(statement => Turn(statement, ofPositions: false)), .. statements.SelectMany(statement => Turn(statement, ofPositions: true))];

        // An average that holds the opposite of what it takes in is where the sign was lost, whatever reads it.
        IEnumerable<FormulaFix> Turned() => context.Recurrences.Where(recurrence => recurrence.Driven && recurrence.WeightHypers.Any(recurrence.DecayHypers.Contains) && Math.Abs(recurrence.SettledSum + 1) < Tolerances.Measured)
            .SelectMany(recurrence => WeightFixes.TurnSign(context, recurrence));

        // A position that is mixed with another, as iterates are, is no step; and what divides is positive as a sum, and passes through zero as a difference.
        IEnumerable<FormulaFix> Turn(Definition definition, bool ofPositions)
        {
            var nodes = Expressions.Nodes(definition.Value).ToArray();
            var divisors = nodes.OfType<BinaryExpr>().Where(node => node.Operator == Op.Divide).SelectMany(quotient => Expressions.Nodes(quotient.Right)).ToArray();
            return nodes.OfType<BinaryExpr>()
                .Where(sum => sum.Operator is Op.Add or Op.Subtract && context.Dependence.IsDriven(sum.Right) && IsOfPosition(sum.Right) == ofPositions && !(sum.Operator == Op.Add && divisors.Contains(sum, ByIdentity.Instance)))
                .SelectMany(sum => FlipOperator(context, sum));
        }

        bool IsOfPosition(Expr term) => context.Dependence.Reads(term).OfType<StateSymbol>().Any(state => context.InitialValue(state) is null);
    }

    /// <summary>Turns the sign of what a parameter is that is computed anew, as from the sum of all gradients.</summary>
    private static IEnumerable<FormulaFix> Negate(LintContext context, Definition update)
    {
        if (Expressions.Nodes(update.Value).Any(node => node is OldExpr { Symbol: ParameterSymbol } or OldExpr { Symbol: StateSymbol }
            && (node is OldExpr { Symbol: ParameterSymbol } || context.InitialValue((StateSymbol)((OldExpr)node).Symbol) is null)))
            return [];
        var text = new FormulaText(context);
        return Branches(update.Value).Where(context.Dependence.IsDriven)
            .Select(value => value is UnaryExpr { Operator: Op.Negate } negated
                ? new ReplaceFix($"Leave out the sign of '{text.Of(value)}'", value.Span, text.Of(negated.Operand))
                : new ReplaceFix($"Change the sign of '{text.Of(value)}'", value.Span, $"-{FormulaText.Atom(text.Of(value))}"));

        static IEnumerable<Expr> Branches(Expr value) => value is ConditionalExpr choice ? Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)) : [value];
    }

    /// <summary>Turns a sign in the statement or in one that reads it; not that of what is added to keep something from zero.</summary>
    public static FormulaFix[] FlipReaders(LintContext context, Definition statement) =>
        [.. context.Model.Definitions.Where(definition => definition == statement || Expressions.ReadsDefinition(definition.Value, statement))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Where(sum => sum.Operator is Op.Add or Op.Subtract && !(sum is { Operator: Op.Add, Right: HyperExpr guard } && Epsilons.IsSmall(context, guard.Symbol)))
            .SelectMany(sum => FlipOperator(context, sum))];

    /// <summary>The product that holds the parameter in a sum with something that is not the parameter itself.</summary>
    public static Expr? DecayTerm(LintContext context) => DecaySums(context).Select(sum => sum.Term).FirstOrDefault();

    /// <summary>The sums that add a decay to something else, and the decay.</summary>
    public static IEnumerable<(BinaryExpr Sum, Expr Term)> AddedDecays(LintContext context) =>
        DecaySums(context).Where(sum => sum.Sum.Operator == Op.Add).Select(sum => (sum.Sum, sum.Term));

    public static FormulaFix[] FlipDecay(LintContext context) =>
        [.. DecaySums(context).Where(sum => sum.IsRight).SelectMany(sum => FlipOperator(context, sum.Sum)), .. Factors(context)];

    /// <summary>Sums of 1 and something small that scale the parameter.</summary>
    private static IEnumerable<FormulaFix> Factors(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Where(sum => sum is { Operator: Op.Add or Op.Subtract, Left: NumberExpr { Value: 1 }, Cardinality: Cardinality.PerStep })
            .SelectMany(sum => FlipOperator(context, sum));

    private static IEnumerable<(BinaryExpr Sum, Expr Term, bool IsRight)> DecaySums(LintContext context)
    {
        foreach (var definition in context.Model.Definitions.Where(context.Liveness.IsLive))
        {
            foreach (var sum in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node.Operator is Op.Add or Op.Subtract))
            {
                if (IsDecay(sum.Right))
                    yield return (sum, sum.Right, true);
                else if (IsDecay(sum.Left))
                    yield return (sum, sum.Left, false);
            }
        }

        bool IsDecay(Expr term)
        {
            while (term is BinaryExpr { Operator: Op.Multiply or Op.Divide } product)
            {
                var (inner, factor) = Expressions.ReadsOld(product.Right, context.Model.Parameter) ? (product.Right, product.Left) : (product.Left, product.Right);
                if (context.Dependence.IsDriven(factor))
                    return false;
                if (inner is OldExpr { Symbol: ParameterSymbol } || (inner is CallExpr { Function: Op.Sign } sign && sign.Arguments[0] is OldExpr { Symbol: ParameterSymbol }))
                    return true;
                term = inner;
            }

            return false;
        }
    }

    /// <summary>Lets the divisor and a factor of the dividend, which gradients drive too, change places.</summary>
    public static FormulaFix[] TurnFraction(LintContext context, BinaryExpr quotient)
    {
        var text = new FormulaText(context);
        return
        [
            .. Factors(quotient.Left).Where(factor => factor.Cardinality != Cardinality.PerStep && context.Dependence.IsDriven(factor))
                .Select(factor => new EditsFix(
                    $"Divide by '{text.Of(factor)}' and not by '{text.Of(quotient.Right)}'",
                    [new FormulaEdit(factor.Span, FormulaText.Atom(text.Of(quotient.Right))), new FormulaEdit(quotient.Right.Span, FormulaText.Atom(text.Of(factor)))])),
        ];

        static IEnumerable<Expr> Factors(Expr product) => product is BinaryExpr { Operator: Op.Multiply or Op.Divide } node
            ? Factors(node.Left).Concat(node.Operator == Op.Multiply ? Factors(node.Right) : [])
            : [product];
    }

    /// <summary>Keeps from falling below zero what changes with the step alone and is negative at an age.</summary>
    public static FormulaFix[] KeepAboveZero(LintContext context, long age)
    {
        var text = new FormulaText(context);
        var trial = context.Experiments.Observe([1], context.Typical);
        trial.Run.StepCount = age + context.Options.FirstStep - 2;
        trial.Step([1]);
        return
        [
            .. context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
                .Where(node => node is { Operator: Op.Subtract, Cardinality: Cardinality.PerStep } && context.Dependence.Reads(node).Contains(Dependence.Step) && trial.Value(node) < 0)
                .Select(node => new ReplaceFix($"Keep '{text.Of(node)}' from falling below 0", node.Span, text.Largest(FormulaText.Inner(text.Of(node)), "0"))),
        ];
    }

    /// <summary>Turns a comparison of values that gradients drive.</summary>
    public static FormulaFix[] TurnComparisons(LintContext context)
    {
        return
        [
            .. context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
                .Where(node => node.Operator is >= Op.Less and <= Op.GreaterOrEqual && context.Dependence.IsDriven(node)).SelectMany(Turn),
        ];

        IEnumerable<FormulaFix> Turn(BinaryExpr comparison)
        {
            var between = TextSpan.FromBounds(comparison.Left.Span.End, comparison.Right.Span.Start);
            var text = between.Length > 0 ? context.Text(between) : "";
            var at = text.IndexOfAny(['<', '>', '≤', '≥']);
            if (at < 0)
                yield break;
            var turned = text[at] switch { '<' => '>', '>' => '<', '≤' => '≥', _ => '≤' };
            yield return new ReplaceFix($"Change '{text[at]}' to '{turned}'", new TextSpan(between.Start + at, 1), turned.ToString());
        }
    }

    /// <summary>Turns the sign of what an exponential is taken of.</summary>
    public static IEnumerable<FormulaFix> TurnExponents(LintContext context)
    {
        var text = new FormulaText(context);
        return context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<CallExpr>()
            .Where(call => call.Function == Op.Exp && context.Dependence.IsDriven(call))
            .Select(call => call.Arguments[0])
            .Select(argument => argument is UnaryExpr { Operator: Op.Negate } negated
                ? new ReplaceFix($"Leave out the sign of '{text.Of(argument)}'", argument.Span, text.Of(negated.Operand))
                : new ReplaceFix($"Change the sign of '{text.Of(argument)}'", argument.Span, $"-{FormulaText.Atom(text.Of(argument))}"));
    }

    /// <summary>Turns the sign that is written between the two sides.</summary>
    public static FormulaFix[] FlipOperator(LintContext context, BinaryExpr sum)
    {
        var between = TextSpan.FromBounds(sum.Left.Span.End, sum.Right.Span.Start);
        if (between.Length <= 0)
            return [];
        var text = context.Text(between);
        var at = text.IndexOfAny(['+', '-', '−']);
        if (at < 0)
            return [];
        var sign = text[at] == '+' ? "-" : "+";
        return [new ReplaceFix($"Change '{text[at]}' to '{sign}'", new TextSpan(between.Start + at, 1), sign)];
    }
}
