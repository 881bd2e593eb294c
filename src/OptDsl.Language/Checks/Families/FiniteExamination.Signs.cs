using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>Values that turn their sign where a root or a division needs them not to.</summary>
internal sealed partial class FiniteExamination
{
    /// <summary>
    /// A root of an average of products that are no squares, as of a deviation and the gradient: a gradient that is the same for long and
    /// then smaller makes them negative.
    /// </summary>
    private void TryTurns()
    {
        var product = _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<CallExpr>()
            .Where(call => call.Function == Op.Sqrt).SelectMany(call => Reaches.Definitions(call)).Where(definition => definition.Target is StateSymbol)
            .Select(MixedProduct).FirstOrDefault(found => found is not null);
        if (product is null)
            return;
        var slowest = _context.Recurrences.Where(recurrence => recurrence.Forgets).Select(recurrence => recurrence.SettledDecay).DefaultIfEmpty(0.9).Max();
        var half = Math.Min(5000, (int)(18 / (1 - slowest)));
        var scenario = new Scenario(
            "gradients that are the same for long and then half as large", [1, 1, 1], half + 40, step => step < half ? [2, -1.4, 0.2] : [1, -0.7, 0.1], IsFinePrint: false);
        if (Fails(scenario, ElementFormat.Double, _context.Typical) is not { Radicand: { } radicand } failure || !_reported.Add(radicand))
            return;
        var text = new FormulaText(_context);
        _context.Report(
            LintIds.NegativeRoot, product.Span,
            $"'{_context.Text(product)}' is no square, and a root is taken of its average: at {Step(failure)} with {scenario.Name} it is {Number(failure.Trial.Value(radicand, failure.Element))}, so that the result is not a number",
            [.. new[] { (Bare(product.Left), product.Right), (product.Right, Bare(product.Left)) }.OrderBy(pair => pair.Item1 is GradientExpr).Select(pair => new ReplaceFix($"Square '{text.Of(pair.Item1)}'", pair.Item2.Span, FormulaText.Atom(text.Of(pair.Item1))))]);

        static Expr Bare(Expr factor) => factor is BinaryExpr { Operator: Op.Multiply, Left.Cardinality: Cardinality.PerStep } weighted ? Bare(weighted.Right) : factor;
    }

    /// <summary>A product of two different values that gradients drive, where a state takes one in.</summary>
    private BinaryExpr? MixedProduct(Definition statement) => Inputs.Of(_context, statement) is BinaryExpr { Operator: Op.Multiply } product
        && _context.Dependence.IsDriven(product.Left) && _context.Dependence.IsDriven(product.Right) && _context.Text(product.Left) != _context.Text(product.Right) ? product : null;

    /// <summary>A denominator that follows the sign of the gradients passes through zero whenever they turn.</summary>
    private void TryCrossings()
    {
        foreach (var definition in _context.Model.Definitions.Where(_context.Liveness.IsLive))
        {
            // A choice may be there to keep the division from being made.
            if (definition.Value is ConditionalExpr || Expressions.Nodes(definition.Value).Any(node => node is ConditionalExpr))
                continue;
            foreach (var quotient in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node is { Operator: Op.Divide, Right.Cardinality: Cardinality.PerElement }))
            {
                if (!_context.Dependence.IsDriven(quotient.Right) || _context.Dependence.Reads(quotient.Right).Contains(_context.Model.Parameter) || !IsOdd(quotient.Right))
                    continue;
                _reported.Add(quotient.Right);
                _context.Report(
                    LintIds.MissingEpsilon, quotient.Right.Span,
                    $"'{_context.Text(quotient.Right)}' turns its sign with the gradients: on its way it comes to zero, and the division gives values without bound");
                return;
            }
        }
    }

    /// <summary>A denominator of the whole tensor that is positive beside small gradients and negative beside large ones, or the other way.</summary>
    private void TryDifferences()
    {
        foreach (var definition in _context.Model.Definitions.Where(_context.Liveness.IsLive).Where(definition => !Expressions.Nodes(definition.Value).Any(node => node is ConditionalExpr)))
        {
            foreach (var quotient in Expressions.Nodes(definition.Value).OfType<BinaryExpr>().Where(node => node is { Operator: Op.Divide, Right.Cardinality: Cardinality.PerTensor } && _context.Dependence.IsDriven(node.Right)))
            {
                var difference = Expressions.Nodes(quotient.Right).OfType<BinaryExpr>().FirstOrDefault(node => node is { Operator: Op.Subtract, Cardinality: Cardinality.PerTensor });
                if (difference is null || !(At(1e-6, quotient.Right) * At(1e6, quotient.Right) < 0))
                    continue;
                _reported.Add(quotient.Right);
                _context.Report(
                    LintIds.MissingEpsilon, difference.Span,
                    $"'{_context.Text(difference)}' has one sign beside small gradients and the other beside large ones: between them it is zero, and the division gives values without bound",
                    DirectionFixes.FlipOperator(_context, difference));
                return;
            }
        }

        double At(double size, Expr value)
        {
            var trial = _context.Experiments.Observe([1, -2, 0.5], _context.Typical);
            trial.Step([size, -size, size]);
            return trial.Value(value);
        }
    }

    /// <summary>Opposite gradients give opposite values, but for what guards it.</summary>
    private bool IsOdd(Expr value)
    {
        var trial = _context.Experiments.Observe([1, 1], _context.Undecayed);
        for (var step = 0; step < 4; step++)
        {
            trial.Step([Scenario.Wave(step), -Scenario.Wave(step)]);
            var (first, second) = (trial.Value(value), trial.Value(value, 1));
            if (!(Math.Abs(first + second) < 1e-4 * Math.Abs(first)))
                return false;
        }

        return true;
    }
}
