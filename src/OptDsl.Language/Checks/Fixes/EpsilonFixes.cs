using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that keep a denominator from zero and a radicand from below it.</summary>
internal static class EpsilonFixes
{
    /// <summary>Above the smallest normal float by thirty orders of magnitude, below any gradient that matters.</summary>
    private const double Default = 1e-8;

    /// <summary>Rounding of floats is less, and what a step takes away too much is more.</summary>
    private const double Narrowest = 1e-5;

    /// <summary>Adds an epsilon to a denominator: one that the rule has and does not use, else a new one.</summary>
    public static FormulaFix[] Guard(LintContext context, Expr quotient, Expr denominator)
    {
        var text = new FormulaText(context);
        var (symbol, isNew) = Symbol(context);
        var (span, guarded) = Guarded(text, quotient, denominator, symbol);
        var title = $"Add '{symbol}' to '{text.Of(denominator)}'";
        return [isNew ? new EditsFix(title, [new(span, guarded)]) { Declares = new NewHyper(symbol, Default) } : new ReplaceFix(title, span, guarded)];
    }

    /// <summary>
    /// What mends a division by zero: a product where a hyper-parameter was to scale a term of a state, and an epsilon only beside
    /// what is never negative, since elsewhere the sum is zero somewhere else.
    /// </summary>
    public static FormulaFix[] Mend(LintContext context, Expr culprit, Expr denominator, FormulaFix[] guards)
    {
        // What is divided by the smaller of a number and a size is made longer where it is small: nothing keeps that from zero but the larger.
        if (Bound(denominator) is { } smaller)
            return Larger(context, smaller);
        if (culprit is BinaryExpr { Operator: Op.Divide, Left: { Cardinality: Cardinality.PerStep or Cardinality.PerTensor or Cardinality.PerGroup } and not NumberExpr, Right.Cardinality: > Cardinality.PerStep } quotient && (IsTerm(context, quotient) || TurnsSign(context, denominator)))
            return Multiply(context, quotient);
        return TurnsSign(context, denominator) ? [] : guards;
    }

    private static CallExpr? Bound(Expr denominator) => denominator switch
    {
        CallExpr { Function: Op.Min } call when call.Arguments.Any(argument => argument is NumberExpr or HyperExpr) => call,
        DefinedExpr { Definition.Target: LocalSymbol } local => Bound(local.Definition.Value),
        _ => null,
    };

    private static FormulaFix[] Larger(LintContext context, CallExpr call)
    {
        var at = context.Text(call).IndexOf("min", StringComparison.Ordinal);
        return at < 0 ? [] : [new ReplaceFix("Change 'min' to 'max'", new TextSpan(call.Span.Start + at, 3), "max")];
    }

    /// <summary>A weighted term of a state.</summary>
    private static bool IsTerm(LintContext context, Expr quotient) => context.Model.Definitions
        .Where(definition => definition.Target is StateSymbol).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
        .Any(sum => sum.Operator is Op.Add or Op.Subtract && (ReferenceEquals(sum.Left, quotient) || ReferenceEquals(sum.Right, quotient)));

    private static FormulaFix[] Multiply(LintContext context, BinaryExpr quotient)
    {
        var between = TextSpan.FromBounds(quotient.Left.Span.End, Math.Max(quotient.Left.Span.End, quotient.Right.Span.Start));
        var at = context.Text(between).IndexOf('/');
        return at < 0 ? [] : [new ReplaceFix("Change '/' to '*'", new TextSpan(between.Start + at, 1), "*")];
    }

    /// <summary>Negative for some gradients, and positive for others.</summary>
    private static bool TurnsSign(LintContext context, Expr value)
    {
        var trial = context.Experiments.Observe([1, -2, 0.5], context.Typical);
        for (var step = 0; step < 6; step++)
        {
            trial.Step([Scenario.Wave(step), Scenario.Wave(step + 20), -Scenario.Wave(step)]);
            for (var element = 0; element < 3; element++)
            {
                if (trial.Value(value, element) < 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Lets what feeds on its own root begin: the epsilon that guards others is added there too.</summary>
    public static FormulaFix[] Start(LintContext context, StateSymbol state)
    {
        var text = new FormulaText(context);
        var guard = Expressions.Nodes(context.Model).OfType<HyperExpr>().FirstOrDefault(hyper => Epsilons.IsGuard(context, hyper.Symbol));
        return guard is null
            ? []
            : [
                .. Expressions.Nodes(context.Model).OfType<CallExpr>()
                    .Where(call => call.Function == Op.Sqrt && call.Arguments[0] is OldExpr old && old.Symbol.Equals(state))
                    .Select(call => new ReplaceFix($"Add '{text.Of(guard)}' to '{text.Of(call.Arguments[0])}'", call.Arguments[0].Span, $"{text.Of(call.Arguments[0])} + {text.Of(guard)}")),
            ];
    }

    /// <summary>Takes an epsilon from where it does nothing and adds it to the denominator.</summary>
    public static FormulaFix[] Move(LintContext context, HyperExpr epsilon, Expr quotient, Expr denominator)
    {
        var text = new FormulaText(context);
        var parent = Expressions.Nodes(context.Model).OfType<BinaryExpr>().FirstOrDefault(node => ReferenceEquals(node.Left, epsilon) || ReferenceEquals(node.Right, epsilon));
        if (parent is null)
            return [];
        var other = ReferenceEquals(parent.Left, epsilon) ? parent.Right : parent.Left;
        var title = $"Move '{text.Of(epsilon)}' to '{text.Of(denominator)}'";
        var (place, sum) = Guarded(text, quotient, denominator, text.Of(epsilon));
        if (parent.Operator == Op.Multiply && (place.End <= parent.Span.Start || parent.Span.End <= place.Start))
            return [new EditsFix(title, [new(parent.Span, text.Of(other)), new(place, sum)])];
        if (parent.Operator == Op.Multiply)
            return [new ReplaceFix(title, parent.Span, FormulaText.Plus(text.Of(other), text.Of(epsilon)))];
        if (parent.Operator != Op.Add)
            return [];
        var (span, guarded) = (place, sum);
        if (span.Start < other.Span.Start || span.End > other.Span.End)
            return span.Start < parent.Span.End && parent.Span.Start < span.End ? [] : [new EditsFix(title, [new(parent.Span, text.Of(other)), new(span, guarded)])];
        var rest = text.Of(other);
        return [new ReplaceFix(title, parent.Span, rest.Substring(0, span.Start - other.Span.Start) + guarded + rest.Substring(span.End - other.Span.Start))];
    }

    /// <summary>The quotient of a product's factors, with an epsilon in the denominator.</summary>
    public static FormulaFix DivideGuarded(LintContext context, BinaryExpr product)
    {
        var text = new FormulaText(context);
        var (symbol, isNew) = Symbol(context);
        var quotient = $"{text.Of(product.Left)} / {FormulaText.Plus(text.Of(product.Right), symbol)}";
        return new EditsFix($"Divide by '{text.Of(product.Right)}'", [new(product.Span, quotient)]) { Declares = isNew ? new NewHyper(symbol, Default) : null };
    }

    /// <summary>Keeps a value of a step, which is not negative, from zero.</summary>
    public static FormulaFix Floor(LintContext context, Expr denominator)
    {
        var text = new FormulaText(context);
        return new ReplaceFix($"Keep '{text.Of(denominator)}' from zero", denominator.Span, $"max({text.Of(denominator)}, {Default.ToString("0e-0", CultureInfo.InvariantCulture)})");
    }

    /// <summary>Keeps a number of steps from being less than one; others have no floor that is right.</summary>
    public static FormulaFix[] FloorOfSteps(LintContext context, Expr denominator)
    {
        var text = new FormulaText(context);
        return context.Dependence.Reads(denominator).Contains(Dependence.Step)
            ? [new ReplaceFix($"Keep '{text.Of(denominator)}' from being less than 1", denominator.Span, $"max({FormulaText.Inner(text.Of(denominator))}, 1)")]
            : [];
    }

    public static FormulaFix[] Clamp(LintContext context, Expr root, Expr radicand)
    {
        var text = new FormulaText(context);
        return [new ReplaceFix($"Keep '{text.Of(radicand)}' from being negative", radicand.Span, Clamped(root, radicand, text.Of(radicand)))];
    }

    /// <summary>
    /// Of a difference only what rounding makes negative is kept from it. Where more is taken away than there is, zero is as wrong: a
    /// number that multiplies what is taken away may be one too many. The share is how far below zero it was seen, in units of what it is taken from.
    /// </summary>
    public static FormulaFix[] ClampDifference(LintContext context, Expr root, Expr radicand, BinaryExpr difference, double share)
    {
        if (share < Narrowest && !IsLargely(context, difference))
            return Clamp(context, root, radicand);
        if (difference.Right is not BinaryExpr { Operator: Op.Multiply, Left: NumberExpr } product)
            return [];
        var text = new FormulaText(context);
        var rest = text.Of(radicand);
        var start = product.Span.Start - radicand.Span.Start;
        if (start < 0 || start + product.Span.Length > rest.Length)
            return [];
        var once = rest.Substring(0, start) + text.Of(product.Right) + rest.Substring(start + product.Span.Length);
        return [new ReplaceFix($"Take '{text.Of(product.Right)}' away once, and keep the difference from being negative", radicand.Span, Clamped(root, radicand, once))];
    }

    private static string Clamped(Expr root, Expr radicand, string text) => root.Span.End > radicand.Span.End ? $"max({text}, 0)" : $"(max({text}, 0))";

    /// <summary>Negative by more than rounding.</summary>
    private static bool IsLargely(LintContext context, BinaryExpr difference)
    {
        foreach (var scenario in Scenario.Of(context.Domain))
        {
            var trial = context.Experiments.Observe([.. scenario.Parameter], context.Typical);
            for (var step = 0; step < scenario.Steps; step++)
            {
                trial.Step(scenario.Gradient(step));
                for (var element = 0; element < scenario.Parameter.Length; element++)
                {
                    if (trial.Value(difference, element) < -Tolerances.Measured * Math.Abs(trial.Value(difference.Left, element)))
                        return true;
                }
            }
        }

        return false;
    }

    private static (TextSpan Span, string NewText) Guarded(FormulaText text, Expr quotient, Expr denominator, string symbol)
    {
        if (denominator.Span == quotient.Span && denominator is CallExpr { Function: Op.Sqrt } root)
            return (root.Arguments[0].Span, $"{text.Of(root.Arguments[0])} + {symbol}");
        return (denominator.Span, FormulaText.Plus(text.Of(denominator), symbol));
    }

    private static (string Symbol, bool IsNew) Symbol(LintContext context)
    {
        if (Epsilons.Unused(context) is { } unused)
            return (context.Model.Source.Hypers[unused.Index].Symbol, false);
        var names = new HashSet<string>(context.Model.Hypers.Select(hyper => hyper.Name)
            .Concat(context.Model.States.Select(state => state.Name)).Concat(context.Model.Definitions.Select(definition => definition.Target.Name)));
        if (!names.Contains("ε"))
            return ("ε", true);
        for (var number = 2; ; number++)
        {
            var name = $"ε{number.ToString(CultureInfo.InvariantCulture)}";
            if (!names.Contains(name))
                return (name, true);
        }
    }
}
