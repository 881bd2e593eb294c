using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT205. Proves one of: this step's gradient cannot move the parameter in this step; the first step is thousands of times the
/// later ones because the denominator does not hold this step's gradient yet; a sign is taken of a mixture of the gradient
/// and an average that holds it already, with another weight (Lion mixes the old average); a denominator is seeded in a first
/// step that does not move, which only makes sense if its old value is read (ADOPT), but the new one is.
/// </summary>
internal sealed class ReadOrderCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.ReadOrder];

    public override ImmutableArray<string> SilencedBy => [LintIds.ReadOrder, LintIds.StateNeverUpdated];

    public override ImmutableArray<Type> After => [typeof(CorrectionChainCheck)];

    public override bool NeedsUpdate => true;

    public override bool SeesChoices => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update)
            return;
        _ = ReportDelay(context, update) || ReportEmptyDenominator(context, update) || ReportMixture(context) || ReportLagging(context, update) || ReportSeeded(context, update);
    }

    private static bool ReportDelay(LintContext context, Definition update)
    {
        // What only decides a choice does not move the parameter.
        var reads = Values(update.Value);
        if (reads.Contains(Dependence.Gradient))
            return false;
        var state = context.Model.States.FirstOrDefault(state => reads.Contains(state) && context.Dependence.IsDriven(state));
        if (state is null)
            return false;
        context.Report(
            LintIds.ReadOrder, Reaches.OldRead(context.Model, state)?.Span ?? update.StatementSpan,
            $"{context.Model.Parameter.Name} is updated from the {state.Name} of the last step: this step's gradient moves it only in the next one; move the statement of {state.Name} up",
            OrderFixes.Read(context, state));
        return true;
    }

    /// <summary>What a value is made of within a step; not what it is chosen by.</summary>
    private static HashSet<Symbol> Values(Expr expression)
    {
        var symbols = new HashSet<Symbol>();
        var seen = new HashSet<Definition>();
        Collect(expression);
        return symbols;

        void Collect(Expr node)
        {
            switch (node)
            {
                case GradientExpr:
                    symbols.Add(Dependence.Gradient);
                    break;
                case OldExpr old:
                    symbols.Add(old.Symbol);
                    break;
                case DefinedExpr defined:
                    if (seen.Add(defined.Definition))
                        Collect(defined.Definition.Value);
                    break;
                case ConditionalExpr choice:
                    Collect(choice.WhenTrue);
                    Collect(choice.WhenFalse);
                    break;
                case BinaryExpr { Operator: >= Op.Less }:
                    break;
                default:
                    foreach (var child in node.Children())
                        Collect(child);
                    break;
            }
        }
    }

    private static bool ReportEmptyDenominator(LintContext context, Definition update)
    {
        var reads = Values(update.Value);
        var read = Reaches.Definitions(update.Value);
        foreach (var state in context.Model.States.Where(state => reads.Contains(state) && context.Dependence.IsDriven(state)))
        {
            if (context.Model.Final(state) is not { } final || read.Contains(final))
                continue;
            var prober = context.Experiments.ProbeBothWays();
            prober.ResetStates();
            var first = Math.Abs(prober.Step(1, parameter: 1, gradient: 1));
            prober.SetOld(state, prober.Result(final), prober.OppositeResult(final));
            var ratio = first / Math.Abs(prober.Step(1, parameter: 1, gradient: 1));
            if (!(ratio > 1000) || double.IsInfinity(ratio))
                continue;
            context.Report(
                LintIds.ReadOrder, Reaches.OldRead(context.Model, state)?.Span ?? update.StatementSpan,
                $"{state.Name} is read before this step's gradient enters it, so the first step divides by next to nothing: it is {ratio.ToString("0.#e0", CultureInfo.InvariantCulture)} times what it would be with the new {state.Name}; move the statement of {state.Name} up",
                OrderFixes.Read(context, state));
            return true;
        }

        return false;
    }

    private static bool ReportMixture(LintContext context)
    {
        foreach (var average in context.Recurrences.Where(recurrence => recurrence is { Forgets: true, Driven: true, Degree: 1 }))
        {
            if (Math.Abs(average.SettledSum - 1) > Tolerances.Measured)
                continue;
            foreach (var sign in Signs(context))
            {
                var argument = sign.Arguments[0];
                var prober = context.Experiments.Probe(average.Final);
                var (fromAverage, fromGradient) = (Slope(prober, 1, 0), Slope(prober, 0, 1));
                if (!(fromAverage > 0 && fromGradient > 0) || Math.Abs(fromAverage + fromGradient - 1) > Tolerances.Exact || Math.Abs(fromAverage - average.SettledDecay) < Tolerances.Exact)
                    continue;
                context.Report(
                    LintIds.ReadOrder, Reaches.NewReads(context.Model, average.Final).FirstOrDefault()?.Span ?? sign.Span,
                    $"{average.State.Name} holds this step's gradient already and is mixed with it once more: the gradient weighs {Numbers.Short(1 - (fromAverage * average.SettledDecay), "0.####")} and not {Numbers.Short(fromGradient, "0.####")}; mix the {average.State.Name} of the last step and update it afterwards",
                    OrderFixes.Read(context, average.State));
                return true;

                double Slope(Prober probe, double held, double gradient)
                {
                    probe.SetHeld(average.Final, 0);
                    probe.Step(9, 0, 0);
                    var origin = probe.Value(argument);
                    probe.SetHeld(average.Final, held);
                    probe.Step(9, 0, gradient);
                    return probe.Value(argument) - origin;
                }
            }
        }

        return false;
    }

    private static IEnumerable<CallExpr> Signs(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value))
            .OfType<CallExpr>().Where(call => call.Function == Op.Sign);

    /// <summary>Of averages of the gradient that are added up, one is read before its statement and the others after theirs.</summary>
    private static bool ReportLagging(LintContext context, Definition update)
    {
        foreach (var sum in Reaches.Definitions(update.Value).Append(update).Where(definition => definition.Target is not StateSymbol).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Where(node => node.Operator == Op.Add))
        {
            var terms = Terms(sum).ToArray();
            if (!terms.OfType<DefinedExpr>().Any(term => IsAverage(term.Definition.Target)))
                continue;
            var lagging = terms.OfType<OldExpr>().FirstOrDefault(term => IsAverage(term.Symbol) && !terms.OfType<DefinedExpr>().Any(other => other.Definition.Target.Equals(term.Symbol)));
            if (lagging is null)
                continue;
            context.Report(
                LintIds.ReadOrder, lagging.Span,
                $"{lagging.Symbol.Name} is read before this step's gradient enters it, and is added to averages that hold it: move the statement of {lagging.Symbol.Name} up",
                OrderFixes.Read(context, (StateSymbol)lagging.Symbol));
            return true;
        }

        return false;

        bool IsAverage(Symbol symbol) => context.Recurrences.Any(recurrence => recurrence is { Driven: true, Odd: true, Degree: 1, SettledDecay: > 0 and < 1 } && recurrence.State.Equals(symbol));

        static IEnumerable<Expr> Terms(Expr node) => node switch
        {
            BinaryExpr { Operator: Op.Add } sum => Terms(sum.Left).Concat(Terms(sum.Right)),
            BinaryExpr { Operator: Op.Multiply } product when product.Left.Cardinality == Cardinality.PerStep => Terms(product.Right),
            _ => [node],
        };
    }

    private static bool ReportSeeded(LintContext context, Definition update)
    {
        var seeded = context.Recurrences.FirstOrDefault(recurrence =>
            recurrence.Driven && !recurrence.Odd && recurrence.Decays.Length == 2 && recurrence.Decays[0] == 0 && Math.Abs(recurrence.Fill(1) - 1) < Tolerances.Measured);
        if (seeded is null)
            return false;
        var run = context.Experiments.Start([1], context.Typical);
        run.Step([0.5]);
        var first = run.Parameter[0] - 1;
        run.Step([0.5]);
        var isRead = context.Model.Definitions.Where(context.Liveness.IsLive)
            .SelectMany(definition => Expressions.Nodes(definition.Value))
            .OfType<DefinedExpr>().FirstOrDefault(node => node.Definition == seeded.Final);
        if (first != 0 || run.Parameter[0] == 1 || isRead is null)
            return false;
        context.Report(
            LintIds.ReadOrder, isRead.Span,
            $"the first step only seeds {seeded.State.Name} and does not move, so that later steps can divide by the {seeded.State.Name} of the step before; but the new {seeded.State.Name} is read, which holds this step's gradient: move the statement of {seeded.State.Name} down",
            OrderFixes.Read(context, seeded.State));
        return true;
    }
}
