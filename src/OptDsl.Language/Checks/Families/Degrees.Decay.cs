using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>The degree of a decay in the weights.</summary>
internal sealed partial class Degrees
{
    private bool ExamineDecay()
    {
        if (_context.Domain != WeightDomain.All || Update is null || !_context.Dependence.Reads(Update).Contains(_context.Model.Parameter))
            return false;
        var power = StepPower();
        if (power < -0.9 && Find<BinaryExpr>(node => node is { Operator: Op.Divide, Right.Cardinality: not Cardinality.PerStep }
            && _context.Dependence.Reads(node.Right) is var reads && reads.Contains(_context.Model.Parameter) && !reads.Contains(Dependence.Gradient)) is not null)
        {
            Report(Update.StatementSpan, $"weights 100 times as large make steps {Numbers.Of(Math.Pow(100, -power))} times as small: where a step follows the size of the weights, it grows with it", DegreeFixes.TurnRatio(_context));
            return true;
        }

        if (power > 1.5)
        {
            Report(Update.StatementSpan, $"weights 100 times as large make steps {Numbers.Ratio(Math.Pow(100, power))} times as large: where a step follows the size of the weights, it grows in proportion to it", [.. ScalingFixes.Norms(_context)]);
            return true;
        }

        double[] sizes = [1, 100, 1e4];
        var moves = sizes.Select(size => Decay(size, 1)).ToArray();
        var late = Decay(1, 40);
        // A projection moves the weights of one sign only.
        var isOneSided = Math.Abs(Math.Abs(moves[0].Even) - Math.Abs(moves[0].Odd)) < Tolerances.Exact;
        if (!isOneSided && Math.Abs(moves[0].Even) > Tolerances.Exact && Math.Abs(moves[0].Even) > Tolerances.Fit * Math.Abs(moves[0].Odd) && Math.Abs(late.Even) > 0.5 * Math.Abs(moves[0].Even))
        {
            Report(Update.StatementSpan, $"without gradients {_context.Model.Parameter.Name} moves by {Numbers.Short(moves[0].Even)} whatever its sign: a decay term must be odd in {_context.Model.Parameter.Name}", [.. DegreeFixes.Decay(_context), .. DegreeFixes.WithGradient(_context)]);
            return true;
        }

        var (low, high) = (Math.Log(Math.Abs(moves[1].Odd / moves[0].Odd), 100), Math.Log(Math.Abs(moves[2].Odd / moves[1].Odd), 100));
        if (!(Math.Abs(low - high) < Tolerance) || high < 1 + Tolerance || Math.Abs(moves[0].Odd) < Tolerances.Rounding || Is(high - power, 1))
            return false;
        Report((DirectionFixes.DecayTerm(_context) ?? Update.Value).Span, $"the decay grows with the power {Numbers.Power(high)} of {_context.Model.Parameter.Name}; a decay is proportional to it", DegreeFixes.Decay(_context));
        return true;
    }

    /// <summary>The power of the weights' size in the step that a gradient makes: a step in units of the weights scales the decay too.</summary>
    private double StepPower()
    {
        return Math.Log(Math.Abs(At(100) / At(1)), 100);

        double At(double size) => _context.Experiments.Moves(Situation.Constant(1, 1) with { Weight = size, Hypers = _context.Typical })[0];
    }

    private (double Odd, double Even) Decay(double size, int steps)
    {
        var run = _context.Experiments.Start([size, -size], _context.Typical);
        for (var step = 0; step < steps; step++)
        {
            run.Parameter[0] = size;
            run.Parameter[1] = -size;
            run.Step([0, 0]);
        }

        var (first, second) = (run.Parameter[0] - size, run.Parameter[1] + size);
        return ((first - second) / 2, (first + second) / 2);
    }
}
