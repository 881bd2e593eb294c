using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>The degree of the step in each hyper-parameter: one of them is the step size.</summary>
internal sealed partial class Degrees
{
    /// <summary>The step in powers of each hyper-parameter, at the first step and settled.</summary>
    private bool ExamineStepSize()
    {
        var (first, late) = Moves(0, 1);
        var powers = new List<(HyperSymbol Hyper, double First, double Late)>();
        var startsWithStepSize = false;
        foreach (var hyper in _context.Model.Hypers.Where(hyper => hyper.Source.Type != Formulas.HyperType.Boolean))
        {
            var (first2, late2) = Moves(hyper.Index, 2);
            var (powerFirst, powerLate) = (Math.Log(first2 / first, 2), Math.Log(late2 / late, 2));
            startsWithStepSize |= Is(powerFirst, 1);
            if (!Whole(powerFirst) || !Whole(powerLate) || (Is(powerFirst, 0) && Is(powerLate, 0)))
                continue;
            var (first4, late4) = Moves(hyper.Index, 4);
            if (Is(Math.Log(first4 / first, 4), powerFirst) && Is(Math.Log(late4 / late, 4), powerLate))
                powers.Add((hyper, powerFirst, powerLate));
        }

        if (powers.Any(power => Is(power.First, 1) && Is(power.Late, 1)))
            return false;
        foreach (var (hyper, powerFirst, powerLate) in powers)
        {
            if (Is(powerFirst, 2) && Is(powerLate, 2))
                Report(Update.StatementSpan, $"{hyper.Name} is applied twice: half of it makes the step a quarter", DegreeFixes.Once(_context, hyper));
            else if (Is(powerFirst, 0) && Is(powerLate, 1) && !startsWithStepSize && FirstBranch(hyper) is { } branch)
                Report(branch.Span, $"the first step does not scale with {hyper.Name} but later ones do: at {hyper.Name} = {Numbers.Short(_context.Typical[hyper.Index])} the first is {Numbers.Short(Math.Abs(first / late))} times the settled one", DegreeFixes.Scale(_context, branch, hyper));
            else
                continue;
            return true;
        }

        return false;

        static bool Whole(double power) => Is(power, Math.Round(power));
    }

    /// <summary>The branch for the first step, where it does without a hyper-parameter that the other one uses.</summary>
    private Expr? FirstBranch(HyperSymbol hyper)
    {
        foreach (var node in Live().OfType<ConditionalExpr>().Where(node => _context.Dependence.Reads(node.Condition).Contains(Dependence.Step)))
        {
            var (first, other) = (_context.Dependence.Reads(node.WhenTrue), _context.Dependence.Reads(node.WhenFalse));
            if (first.Contains(Dependence.Gradient) && other.Contains(Dependence.Gradient) && first.Contains(hyper) != other.Contains(hyper))
                return first.Contains(hyper) ? node.WhenFalse : node.WhenTrue;
        }

        return null;
    }

    private (double First, double Late) Moves(int hyper, double factor)
    {
        var values = _context.Undecayed;
        if (values.Length > 0)
            values = values.SetItem(hyper, values[hyper] * factor);
        var moves = _context.Experiments.Moves(Situation.Constant(1, 100) with { Hypers = values });
        return (moves[0], moves[moves.Length - 1]);
    }
}
