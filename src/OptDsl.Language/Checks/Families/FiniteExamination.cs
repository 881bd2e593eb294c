using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT311 to OPT314. Proves by example: with these gradients and these hyper-parameters the parameter or a state is no longer a
/// number, and names the innermost expression that is to blame. An epsilon is without effect where it is there and it happens
/// all the same.
/// </summary>
internal sealed partial class FiniteExamination
{
    private readonly LintContext _context;
    private readonly HashSet<Expr> _reported = new(ByIdentity.Instance);

    private FiniteExamination(LintContext context) => _context = context;

    public static void Run(LintContext context)
    {
        var examination = new FiniteExamination(context);
        foreach (var scenario in Scenario.Of(context.Domain))
        {
            if (examination.Fails(scenario, ElementFormat.Double, context.Typical) is { } failure)
                examination.Report(failure, isNarrow: false);
        }

        if (examination._reported.Count == 0 && context.Options.Format != ElementFormat.Double)
        {
            foreach (var scenario in Scenario.Of(context.Domain).Where(scenario => scenario.IsFinePrint || context.Options.Format != ElementFormat.Half))
            {
                if (examination.Fails(scenario, context.Options.Format, context.Typical) is { } failure)
                    examination.Report(failure, isNarrow: true);
            }
        }

        if (examination._reported.Count == 0 && context.Options.Format != ElementFormat.Half)
            examination.TryCancellation();
        if (examination._reported.Count == 0)
            examination.TrySubtracted();
        if (examination._reported.Count == 0)
            examination.TryCrossings();
        if (examination._reported.Count == 0)
            examination.TryDifferences();
        if (examination._reported.Count == 0)
            examination.TryTurns();
        if (examination._reported.Count == 0)
            examination.TryLate();
        if (examination._reported.Count == 0)
            examination.TryDefaults();
        if (examination._reported.Count == 0)
            examination.TryRests();
        if (context.Findings.IsEmpty)
            examination.TryEdges();
    }

    /// <summary>Runs until something is no number; null if nothing ever is.</summary>
    private Failure? Fails(Scenario scenario, ElementFormat format, IReadOnlyList<double> hypers)
    {
        var trial = _context.Experiments.Observe([.. scenario.Parameter], hypers, format);
        for (var step = 0; step < scenario.Steps; step++)
        {
            trial.Step(scenario.Gradient(step));
            if (trial.Bad() is not { } bad)
                continue;
            var culprit = trial.Culprit(bad.Definition, bad.Element);
            return new Failure(scenario, format, culprit, trial, bad.Element, step + 1);
        }

        return null;
    }

    /// <summary>
    /// A root of a difference: once a constant gradient has settled the averages, the difference is all rounding error.
    /// </summary>
    private void TryCancellation()
    {
        var isDifference = _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value))
            .OfType<CallExpr>().Any(call => call.Function == Op.Sqrt && IsDifference(call.Arguments[0]));
        if (!isDifference)
            return;

        var slowest = _context.Recurrences.Where(recurrence => recurrence.Forgets).Select(recurrence => recurrence.SettledDecay).DefaultIfEmpty(0.9).Max();
        var half = Math.Min(5000, (int)(18 / (1 - slowest)));
        var scenario = new Scenario(
            "gradients that settle from 2 to 1", [1, 1, 1], 2 * half, step => step < half ? [2, -1.4, 0.2] : [1, -0.7, 0.1], IsFinePrint: false);
        if (Fails(scenario, _context.Options.Format, _context.Typical) is { } failure)
            Report(failure, isNarrow: true);
    }

    /// <summary>At ages beyond the whole numbers among the defaults, where a schedule is over.</summary>
    private void TryLate()
    {
        if (!Expressions.Nodes(_context.Model).Any(node => node is CallExpr { Function: Op.Sqrt or Op.Ln, Cardinality: Cardinality.PerStep } or BinaryExpr { Operator: Op.Power, Cardinality: Cardinality.PerStep }))
            return;
        foreach (var age in _context.Typical.Where(value => value is >= 10 and <= 1e6).Select(value => (2 * (long)value) + 7))
        {
            var trial = _context.Experiments.Observe([1, -2, 0.5], _context.Typical);
            for (var step = 0; step < 4 && trial.IsFinite; step++)
            {
                if (step == 2)
                    trial.Run.StepCount = age;
                trial.Step([Scenario.Wave(step), 0.5, -Scenario.Wave(step + 40)]);
            }

            if (trial.Bad() is not { } bad || trial.Culprit(bad.Definition, bad.Element) is not { Cardinality: Cardinality.PerStep } culprit)
                continue;
            _reported.Add(culprit);
            var argument = culprit is CallExpr call ? call.Arguments[0] : culprit;
            _context.Report(
                LintIds.NegativeRoot, culprit.Span,
                $"'{_context.Text(argument)}' is {Numbers.Of(trial.Value(argument, bad.Element))} at {_context.Model.Source.Step} = {age + 2}, and every step from then on is not a number",
                culprit is CallExpr { Function: Op.Sqrt } ? EpsilonFixes.Clamp(_context, culprit, argument) : []);
            return;
        }
    }

    /// <summary>An epsilon that is taken away from what it is to keep from zero: gradients smaller than it turn the step around.</summary>
    private void TrySubtracted()
    {
        foreach (var node in _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>())
        {
            if (node is not { Operator: Op.Subtract, Right: HyperExpr guard } || !_context.Dependence.IsDriven(node.Left) || !Epsilons.IsGuard(_context, guard.Symbol))
                continue;
            var size = _context.Typical[guard.Symbol.Index] / 100;
            var (tiny, plain) = (_context.Experiments.Moves(Situation.Constant(size * size, 1) with { Weight = 0 })[0], _context.Experiments.Moves(Situation.Constant(1, 1))[0]);
            if (!(tiny * plain < 0))
                continue;
            _reported.Add(node);
            _context.Report(
                LintIds.IneffectiveEpsilon, guard.Span,
                $"{guard.Symbol.Name} is taken away from '{_context.Text(node.Left)}': where that is smaller, the step goes the other way, and where the two are equal the division is by zero",
                DirectionFixes.FlipOperator(_context, node));
            return;
        }
    }

    private bool IsDifference(Expr expression) => Difference(expression) is not null;

    /// <summary>The difference of two values that gradients drive, in what may be more.</summary>
    private BinaryExpr? Difference(Expr expression) => expression switch
    {
        BinaryExpr { Operator: Op.Subtract } difference when _context.Dependence.IsDriven(difference.Left) && _context.Dependence.IsDriven(difference.Right) => difference,
        BinaryExpr { Operator: Op.Add or Op.Divide or Op.Multiply } both => Difference(both.Left) ?? Difference(both.Right),
        ConditionalExpr choice => Difference(choice.WhenTrue) ?? Difference(choice.WhenFalse),
        CallExpr { Function: Op.Max or Op.Min } call => call.Arguments.Select(Difference).FirstOrDefault(difference => difference is not null),
        DefinedExpr { Definition.Target: LocalSymbol } local => Difference(local.Definition.Value),
        _ => null,
    };

    /// <summary>With the defaults themselves: a zero among them may be what divides.</summary>
    private void TryDefaults()
    {
        if (_context.Defaults.SequenceEqual(_context.Typical))
            return;
        if (ReportBarred())
            return;
        foreach (var scenario in Scenario.Of(_context.Domain))
        {
            if (Fails(scenario, ElementFormat.Double, _context.Defaults) is not { } failure)
                continue;
            var zero = Enumerable.Range(0, _context.Defaults.Length).First(index => _context.Defaults[index] != _context.Typical[index]);
            var reads = _context.Dependence.Reads(failure.Denominator ?? failure.Culprit);
            zero = Enumerable.Range(0, _context.Defaults.Length).Where(index => _context.Defaults[index] == 0 && reads.Contains(_context.Model.Hypers[index])).DefaultIfEmpty(zero).First();
            _context.Report(
                LintIds.HyperDividesByZero, (failure.Denominator ?? failure.Culprit).Span,
                $"with {_context.Model.Hypers[zero].Name} = 0, its default, '{_context.Text(failure.Denominator ?? failure.Culprit)}' divides by zero: the result is not a number where the step should be 0",
                EpsilonFixes.Floor(_context, failure.Denominator ?? failure.Culprit), ChangeDefault(_context.Model.Hypers[zero]));
            return;
        }
    }

    /// <summary>A default of zero that divides the step count makes an infinity of it, and of the step nothing, whatever the gradients.</summary>
    private bool ReportBarred()
    {
        foreach (var quotient in _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>())
        {
            if (quotient is not { Operator: Op.Divide, Cardinality: Cardinality.PerStep, Right: HyperExpr { Symbol: var hyper } } || _context.Defaults[hyper.Index] != 0)
                continue;
            var moves = _context.Experiments.Moves(Situation.Constant(1, 3) with { Hypers = _context.Defaults });
            if (moves.Any(move => move != 0))
                continue;
            _reported.Add(quotient);
            _context.Report(
                LintIds.HyperDividesByZero, quotient.Right.Span,
                $"with {hyper.Name} = 0, its default, '{_context.Text(quotient)}' is infinite, and no gradient moves {_context.Model.Parameter.Name}",
                ChangeDefault(hyper));
            return true;
        }

        return false;
    }

    /// <summary>A schedule may be 0 in its first steps, as at the start of a warm-up: what it multiplies on both sides of a fraction is 0/0 then.</summary>
    private void TryRests()
    {
        foreach (var hyper in _context.Model.Hypers.Where(hyper => hyper.Source.Type == Formulas.HyperType.Schedule && _context.Liveness.IsLive(hyper)))
        {
            var scenario = Scenario.Of(_context.Domain).Last() with { Steps = 1 };
            if (Fails(scenario, ElementFormat.Double, _context.Typical.SetItem(hyper.Index, 0)) is not { Culprit: BinaryExpr { Operator: Op.Divide } quotient, Denominator: { } denominator } failure
                || failure.Trial.Value(quotient.Left, failure.Element) != 0 || !_context.Dependence.Reads(quotient.Left).Contains(hyper) || _reported.Contains(denominator))
                continue;
            _context.Report(
                LintIds.HyperDividesByZero, denominator.Span,
                $"while the schedule {hyper.Name} is 0, as at the start of a warm-up, '{_context.Text(quotient)}' is 0/0: the step is not a number where it should be 0",
                EpsilonFixes.Floor(_context, denominator));
            return;
        }
    }

    /// <summary>
    /// With a hyper-parameter at a bound of its declared range. Only what divides whatever the gradients are is reported: an
    /// epsilon that may be zero is a choice.
    /// </summary>
    private void TryEdges()
    {
        foreach (var hyper in _context.Model.Hypers.Where(hyper => hyper.Source.Type != Formulas.HyperType.Boolean))
        {
            foreach (var (bound, value) in new[] { ("Min", hyper.Source.Min), ("Max", hyper.Source.Max) })
            {
                var scenario = Scenario.Of(_context.Domain).Last() with { Steps = 3 };
                if (double.IsInfinity(value) || Fails(scenario, ElementFormat.Double, _context.Typical.SetItem(hyper.Index, value)) is not { Denominator: { Cardinality: Cardinality.PerStep } denominator } failure
                    || _context.Dependence.IsDriven(denominator))
                    continue;
                _context.Report(
                    LintIds.HyperDividesByZero, denominator.Span,
                    $"{hyper.Name} = {value.ToString("R", CultureInfo.InvariantCulture)} is legal ({hyper.Source.Property} has this {bound}), and makes '{_context.Text(denominator)}' zero at {Step(failure)}: the step is not a number",
                    ExcludeEdge(hyper, bound, value));
            }
        }
    }

    private sealed record Failure(Scenario Scenario, ElementFormat Format, Expr Culprit, Trial Trial, int Element, int Step)
    {
        public Expr? Denominator => Culprit switch
        {
            BinaryExpr { Operator: Op.Divide } quotient when Trial.Value(quotient.Right, Element) == 0 => quotient.Right,
            BinaryExpr { Operator: Op.Power } power when Trial.Value(power.Left, Element) == 0 => power.Left,
            _ => null,
        };

        public Expr? Radicand => Culprit switch
        {
            CallExpr { Function: Op.Sqrt or Op.Ln } call => call.Arguments[0],
            BinaryExpr { Operator: Op.Power } power when Trial.Value(power.Left, Element) < 0 => power.Left,
            _ => null,
        };
    }
}
