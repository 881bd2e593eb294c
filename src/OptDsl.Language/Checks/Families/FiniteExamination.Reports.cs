using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>What is said of a value that is no number.</summary>
internal sealed partial class FiniteExamination
{
    /// <summary>A bound that leaves the value out, where there is a name for it.</summary>
    private static FormulaFix[] ExcludeEdge(HyperSymbol hyper, string bound, double value) => (bound, value) switch
    {
        ("Max", 1) => [new ChangeBoundFix($"Keep '{hyper.Source.Property}' below 1", hyper.Source.Property, bound, "BelowOne", 1 - 1.1102230246251565e-16)],
        ("Min", 0) => [new ChangeBoundFix($"Keep '{hyper.Source.Property}' above 0", hyper.Source.Property, bound, "AboveZero", double.Epsilon)],
        _ => [],
    };

    private ChangeDefaultFix ChangeDefault(HyperSymbol hyper)
    {
        var value = _context.Typical[hyper.Index];
        return new ChangeDefaultFix($"Change the default of '{hyper.Source.Property}' to {value.ToString("g", CultureInfo.InvariantCulture)}", hyper.Source.Property, value);
    }

    private void Report(Failure failure, bool isNarrow)
    {
        if (!_reported.Add(failure.Denominator ?? failure.Culprit))
            return;
        if (failure.Denominator is { } denominator)
            ReportDivision(failure, denominator, isNarrow);
        else if (failure.Radicand is { } radicand && !_context.Has(LintIds.WrongBiasCorrection))
            ReportRoot(failure, radicand, isNarrow);
    }

    private void ReportRoot(Failure failure, Expr radicand, bool isNarrow)
    {
        var value = Number(failure.Trial.Value(radicand, failure.Element));
        var isRounding = isNarrow && Math.Abs(failure.Trial.Value(radicand, failure.Element)) < 1;
        var reason = isRounding
            ? $"is never negative in exact arithmetic, but in {failure.Format.Name} rounding makes it {value}"
            : failure.Trial.Value(radicand, failure.Element) == 0 ? "can be zero: it is" : $"can be negative: it is {value}";
        FormulaFix[] candidates = radicand.Cardinality == Cardinality.PerStep ? EpsilonFixes.Clamp(_context, failure.Culprit, radicand)
            : Difference(radicand) is { } difference ? EpsilonFixes.ClampDifference(_context, failure.Culprit, radicand, difference, -failure.Trial.Value(difference, failure.Element) / Math.Abs(failure.Trial.Value(difference.Left, failure.Element)))
            : isNarrow ? EpsilonFixes.Clamp(_context, failure.Culprit, radicand)
            : Signs(radicand);
        // What is taken away where it is to be added is wrong there, and not at the root that shows it.
        var sign = candidates.Length > 0 && candidates.All(fix => fix is ReplaceFix { Span.Length: 1 })
            ? SlipPlaces.Find(_context, candidates, edited => new FiniteExamination(edited).Fails(failure.Scenario, failure.Format, edited.Typical) is null) : null;
        _context.Report(
            LintIds.NegativeRoot, sign ?? failure.Culprit.Span,
            $"'{_context.Text(radicand)}' {reason} at {Step(failure)} with {failure.Scenario.Name}, so that the result is not a number", candidates);
        if (isNarrow || failure.Culprit is not CallExpr { Function: Op.Sqrt })
            return;

        var read = Reaches.Definitions(radicand);
        var unsquared = _context.Recurrences.Where(recurrence => recurrence is { Driven: true, Degree: 1 } && read.Contains(recurrence.Final)).OrderByDescending(recurrence => recurrence.Final.Index)
            .FirstOrDefault(recurrence => recurrence.Odd);
        if (unsquared is not null && !IsDifference(radicand) && Inputs.Of(_context, unsquared.Final) is { } input)
        {
            _context.Report(
                LintIds.MissingSquare, input.Span, $"'{_context.Text(input)}' is not squared, but a root is taken of {unsquared.State.Name}",
                ScalingFixes.Square(_context, input));
        }
    }

    /// <summary>The signs of the states below a root.</summary>
    private FormulaFix[] Signs(Expr radicand) =>
        [.. Reaches.Definitions(radicand).Where(definition => definition.Target is StateSymbol).SelectMany(definition => DirectionFixes.FlipReaders(_context, definition)).Distinct()];

    private void ReportDivision(Failure failure, Expr denominator, bool isNarrow)
    {
        var text = _context.Text(denominator);
        if (denominator.Cardinality == Cardinality.PerStep && !_context.Dependence.IsDriven(denominator))
        {
            ReportStepDenominator(failure, denominator);
            return;
        }

        var where = $"at {Step(failure)} with {failure.Scenario.Name}";
        if (isNarrow)
        {
            var epsilon = Epsilons.In(_context, denominator).FirstOrDefault();
            var reason = epsilon is null
                ? $"'{text}' becomes 0 in {failure.Format.Name} {where}"
                : $"{epsilon.Symbol.Name} = {Number(_context.Typical[epsilon.Symbol.Index])} has no effect in '{text}': in {failure.Format.Name} nothing is left of it, so {where} the division is by zero";
            _context.Report(LintIds.IneffectiveEpsilon, (epsilon ?? denominator).Span, reason, EpsilonFixes.Mend(_context, failure.Culprit, denominator, EpsilonFixes.Guard(_context, failure.Culprit, denominator)));
            return;
        }

        if (denominator.Cardinality == Cardinality.PerElement && failure.Culprit is BinaryExpr { Operator: Op.Divide } quotient && _context.Dependence.IsDriven(denominator)
            && !_context.Dependence.Reads(denominator).Contains(_context.Model.Parameter) && IsOdd(denominator) && DirectionFixes.TurnFraction(_context, quotient) is { Length: > 0 } turned)
        {
            _context.Report(
                LintIds.MissingEpsilon, denominator.Span,
                $"'{text}' is zero {where} and turns its sign with the gradients, so that no guard keeps it from zero: values without bound come of dividing by it",
                turned);
            return;
        }

        if (Epsilons.Misplaced(_context, denominator, FailsAlike) is { } misplaced)
        {
            _context.Report(
                LintIds.IneffectiveEpsilon, misplaced.Span,
                $"{misplaced.Symbol.Name} does not keep '{text}' from being zero: {where} the division is by zero; add it to the denominator",
                EpsilonFixes.Mend(_context, failure.Culprit, denominator, [.. EpsilonFixes.Move(_context, misplaced, failure.Culprit, denominator), .. EpsilonFixes.Guard(_context, failure.Culprit, denominator)]));
            return;
        }

        bool FailsAlike(HyperSymbol hyper)
        {
            var hypers = _context.Typical.SetItem(hyper.Index, 0);
            return Fails(failure.Scenario, failure.Format, hypers) is { } other && ReferenceEquals(other.Culprit, failure.Culprit);
        }

        _context.Report(
            LintIds.MissingEpsilon, denominator.Span,
            $"'{text}' is zero {where}, and the division gives a result that is not a number",
            EpsilonFixes.Mend(_context, failure.Culprit, denominator, EpsilonFixes.Guard(_context, failure.Culprit, denominator)));
    }

    /// <summary>Zero whatever the gradients: because of a hyper-parameter, or of the step count.</summary>
    private void ReportStepDenominator(Failure failure, Expr denominator)
    {
        var reads = _context.Dependence.Reads(denominator);
        var isCorrection = reads.Contains(Dependence.Step)
            && _context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.DecayHypers.Any(index => reads.Contains(_context.Model.Hypers[index])));
        if (isCorrection && _context.Has(LintIds.WrongBiasCorrection))
            return;
        _context.Report(
            isCorrection ? LintIds.WrongBiasCorrection : LintIds.HyperDividesByZero, denominator.Span,
            $"'{_context.Text(denominator)}' is zero at {Step(failure)}, so the step is not a number{(isCorrection ? $"; the first step is {_context.Model.Source.FirstStep.ToString(CultureInfo.InvariantCulture)}, and 1-β^{_context.StepCount} corrects it" : "")}");
    }

    private string Step(Failure failure) => _context.StepAt(failure.Step);

    private static string Number(double value) => value == 0 ? "0" : value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
