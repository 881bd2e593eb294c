using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 for the step size. Measures by what power of each hyper-parameter the step grows: for gradients of several sizes, at the
/// first step, settled, and at ages beyond every whole number among the defaults. Proves one of: a power of two in some situation; a
/// choice by the step count of which one side lacks it; a decay that it multiplies, so that small steps forget; that it cancels out
/// of the step that it multiplies; or that it divides.
/// </summary>
internal sealed class StepSizePowers
{
    private const int Settled = 40;
    private static readonly double[] s_sizes = [0.01, 1, 100];
    private readonly LintContext _context;
    private readonly ImmutableArray<long> _ages;
    private readonly double[] _moves;

    private StepSizePowers(LintContext context)
    {
        _context = context;
        _ages = [.. Enumerable.Range(1, Settled).Select(age => (long)age), .. context.Experiments.FarAges.SelectMany(age => new[] { age, age + 1, age + 2 })];
        _moves = Moves(context.Undecayed);
    }

    public static void Run(LintContext context)
    {
        var sizes = new StepSizePowers(context);
        var powers = context.Model.Hypers.Select(sizes.Powers).ToArray();
        _ = sizes.ReportTwice(powers) || sizes.ReportBranch(powers) || sizes.ReportDecay(powers) || sizes.ReportParameterDecay(powers) || sizes.ReportCancelled(powers) || sizes.ReportDivisor(powers) || sizes.ReportNone(powers);
    }

    /// <summary>The first, the settled and every late move, for every size.</summary>
    private double[] Moves(ImmutableArray<double> hypers) =>
    [
        .. s_sizes.SelectMany(size => _context.Experiments.Moves(Situation.Constant(size, _ages.Length) with { Ages = _ages, Hypers = hypers })
            .Where((_, step) => step == 0 || step == Settled - 1 || (step > Settled && (step - Settled) % 3 == 2))),
    ];

    /// <summary>The power of a hyper-parameter in each of the moves; NaN where there is none that is whole.</summary>
    private double[] Powers(HyperSymbol hyper)
    {
        var value = _context.Undecayed[hyper.Index];
        if (hyper.Source.Type == HyperType.Boolean || value <= 0 || value >= 10)
            return [];
        var half = Moves(_context.Undecayed.SetItem(hyper.Index, value / 2));
        double[] upper = [.. _moves.Zip(half, (move, other) => Math.Log(move / other, 2))];
        if (!upper.Any(IsWhole))
            return [.. upper.Select(_ => double.NaN)];
        var quarter = Moves(_context.Undecayed.SetItem(hyper.Index, value / 4));
        return [.. upper.Select((power, index) => IsWhole(power) && Math.Abs(power - Math.Log(half[index] / quarter[index], 2)) < Tolerances.Power ? Math.Round(power) : double.NaN)];

        static bool IsWhole(double power) => Math.Abs(power - Math.Round(power)) < Tolerances.Power;
    }

    private bool ReportTwice(double[][] powers)
    {
        foreach (var hyper in _context.Model.Hypers.Where(hyper => powers[hyper.Index].Contains(2) && !powers[hyper.Index].Contains(-1) && powers[hyper.Index].All(power => power is 1 or 2 || double.IsNaN(power))))
        {
            // Friction in continuous time applies it to the velocity and to the parameter, and settles at a power of one.
            if (_context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.DecayHypers.Contains(hyper.Index)))
                continue;
            if (powers.Any(other => other != powers[hyper.Index] && other.Length > 0 && other.All(power => power == 1)))
                continue;
            var where = powers[hyper.Index].All(power => power == 2) ? "" : " in some of the steps";
            // A mirror map computes the parameter from a position of its own, and need not be straight.
            if (where != "" && !_context.Dependence.Reads(Update).Contains(_context.Model.Parameter) && _context.Dependence.Reads(Update).OfType<StateSymbol>().Any(state => _context.InitialValue(state) is null))
                continue;
            Report(Update.StatementSpan, $"{hyper.Name} is applied twice{where}: half of it makes the step a quarter", DegreeFixes.Once(_context, hyper));
            return true;
        }

        return false;
    }

    /// <summary>A choice by the step count whose one side grows with the step size and whose other side does not.</summary>
    private bool ReportBranch(double[][] powers)
    {
        foreach (var hyper in _context.Model.Hypers.Where(hyper => powers[hyper.Index].Contains(1) && powers[hyper.Index].Contains(0)))
        {
            // Another one may be the step size there.
            var isReplaced = powers.Any(other => other.Length > 0 && other.Zip(powers[hyper.Index], (there, here) => there == 1 && here == 0).Any(replaces => replaces));
            var choice = isReplaced ? null : Live().OfType<ConditionalExpr>().FirstOrDefault(node => _context.Dependence.Reads(node.Condition).Contains(Dependence.Step)
                && (node.Cardinality == Cardinality.PerStep || (IsDriven(node.WhenTrue) && IsDriven(node.WhenFalse))) && Reads(node.WhenTrue, hyper) != Reads(node.WhenFalse, hyper));
            if (choice is null)
                continue;
            var branch = Reads(choice.WhenTrue, hyper) ? choice.WhenFalse : choice.WhenTrue;
            Report(branch.Span, $"'{_context.Text(branch)}' does not scale with {hyper.Name}, but the other side of the choice does", DegreeFixes.Scale(_context, branch, hyper));
            return true;
        }

        return false;

        bool IsDriven(Expr side) => _context.Dependence.IsDriven(side);
        bool Reads(Expr side, HyperSymbol hyper) => Everything(side).Contains(hyper);

        // States may hold a step size that was learned from it.
        HashSet<Symbol> Everything(Expr side)
        {
            var found = new HashSet<Symbol>();
            var pending = new Stack<Symbol>(_context.Dependence.Reads(side));
            while (pending.Count > 0)
            {
                var symbol = pending.Pop();
                if (!found.Add(symbol) || symbol is not StateSymbol state || _context.Model.Final(state) is not { } final)
                    continue;
                foreach (var read in _context.Dependence.Reads(final))
                    pending.Push(read);
            }

            return found;
        }
    }

    /// <summary>Friction in continuous time makes 1-ηγ of a decay, which goes to 1 with the step size; a decay that goes to 0 is none.</summary>
    private bool ReportDecay(double[][] powers)
    {
        // Weights that do not sum to 1 may have their decay in the wrong place.
        if (_context.Has(LintIds.WeightSum))
            return false;
        foreach (var recurrence in _context.Recurrences.Where(recurrence => recurrence.Driven && _context.Liveness.IsLive(recurrence.Final) && Math.Abs(recurrence.SettledDecay) > Tolerances.Exact))
        {
            foreach (var index in recurrence.DecayHypers.Where(index => powers[index].Length > 0 && powers[index][1] == 1))
            {
                var prober = _context.Experiments.Probe();
                var (whole, half) = (Slope(prober, recurrence), 0.0);
                prober.SetHyper(index, _context.Typical[index] / 2);
                half = Slope(prober, recurrence);
                if (!(Math.Abs(half - (whole / 2)) < Tolerances.Exact * Math.Abs(whole)))
                    continue;
                var name = _context.Model.Hypers[index].Name;
                Report(
                    recurrence.Final.StatementSpan, $"the old {recurrence.State.Name} is multiplied by {name}: at {name} = {Numbers.Of(_context.Typical[index])} only {Numbers.Of(recurrence.SettledDecay)} of it is kept, and the smaller the steps the less",
                    DegreeFixes.Once(_context, _context.Model.Hypers[index]));
                return true;
            }
        }

        return false;

        static double Slope(Prober prober, Recurrence recurrence)
        {
            return At(1) - At(0);

            double At(double old)
            {
                prober.SetOld(recurrence.State, old);
                prober.Step(7, 0, 0);
                return prober.Result(recurrence.Final);
            }
        }
    }

    /// <summary>What the parameter loses by itself grows with the step size, or does not depend on it; less of it with larger steps is a slip.</summary>
    private bool ReportParameterDecay(double[][] powers)
    {
        foreach (var hyper in _context.Model.Hypers.Where(hyper => powers[hyper.Index].Length > 0 && powers[hyper.Index][0] == 1))
        {
            var value = _context.Typical[hyper.Index];
            var (whole, half) = (Lost(value), Lost(value / 2));
            var power = Math.Log(whole / half, 2);
            if (Math.Abs(power - 2) < Tolerances.Power && IsOfDecays(hyper))
            {
                Report(
                    (DirectionFixes.DecayTerm(_context) ?? Update.Value).Span, $"{hyper.Name} multiplies the decay twice: half of it makes the decay a quarter, and the step half as long",
                    DegreeFixes.OnceInDecay(_context, hyper));
                return true;
            }

            if (!(Math.Abs(power + 1) < Tolerances.Power))
                continue;
            Report(Update.StatementSpan, $"the decay is divided by {hyper.Name}: half of it makes the decay twice as strong");
            return true;

            // A decay relative to a first step size, η²/η₀, is of its size.
            bool IsOfDecays(HyperSymbol stepSize) => _context.Decays.Length > 0 && _context.Experiments.Rest([1, -1], 1, _context.Undecayed)[0] == 1
                && _context.Model.Hypers.Where(other => !other.Equals(stepSize) && other.Source.Type != Formulas.HyperType.Boolean && _context.Typical[other.Index] != 0).All(other =>
                    !(Math.Abs(Math.Log(whole / Math.Abs(_context.Experiments.Rest([1, -1], 1, _context.Typical.SetItem(other.Index, _context.Typical[other.Index] / 2))[0] - 1), 2) + 1) < Tolerances.Power));

            double Lost(double stepSize) => Math.Abs(_context.Experiments.Rest([1, -1], 1, _context.Typical.SetItem(hyper.Index, stepSize))[0] - 1);
        }

        return false;
    }

    /// <summary>The step is a product with it and does not depend on it: something that the step is divided by is made of it too.</summary>
    private bool ReportCancelled(double[][] powers)
    {
        if (powers.Any(values => values.Contains(1)))
            return false;
        foreach (var hyper in _context.Model.Hypers.Where(hyper => powers[hyper.Index].Length > 0 && powers[hyper.Index].All(power => power == 0)))
        {
            var factor = Factors(Update.Value).OfType<HyperExpr>().Concat(GradientFactors()).FirstOrDefault(factor => factor.Symbol.Equals(hyper));
            if (factor is null)
                continue;
            Report(factor.Span, $"{hyper.Name} multiplies the step and divides it again: whatever its value, steps are of the same length", DegreeFixes.Once(_context, hyper));
            return true;
        }

        return false;
    }

    /// <summary>What the gradient of this step is multiplied by, before any state takes it in.</summary>
    private IEnumerable<HyperExpr> GradientFactors() => Live().OfType<BinaryExpr>()
        .Where(node => node.Operator == Op.Multiply && node.Left.Cardinality == Cardinality.PerStep && _context.Dependence.Reads(node.Right) is var reads
            && reads.Contains(Dependence.Gradient) && !reads.OfType<StateSymbol>().Any())
        .SelectMany(node => Scales(node.Left));

    /// <summary>The hyper-parameters that a value of a step is a product of.</summary>
    private static IEnumerable<HyperExpr> Scales(Expr factor) => factor switch
    {
        HyperExpr hyper => [hyper],
        BinaryExpr { Operator: Op.Multiply } product => Scales(product.Left).Concat(Scales(product.Right)),
        _ => [],
    };

    /// <summary>Nothing scales the step but something small that divides it.</summary>
    private bool ReportDivisor(double[][] powers)
    {
        if (powers.Any(values => values.Contains(1)))
            return false;
        foreach (var hyper in _context.Model.Hypers.Where(hyper => _context.Typical[hyper.Index] <= 0.1 && powers[hyper.Index].Length > 0 && powers[hyper.Index].All(power => power == -1)))
        {
            Report(Update.StatementSpan, $"the step is divided by {hyper.Name}: half of it makes the step twice as long, and with {Numbers.Of(_context.Typical[hyper.Index])} it is {Numbers.Of(1 / _context.Typical[hyper.Index])} times what it would be without");
            return true;
        }

        return false;
    }

    /// <summary>However long the gradients are, the first of a kind moves every weight by about 1, and no hyper-parameter changes that.</summary>
    private bool ReportNone(double[][] powers)
    {
        if (powers.Any(values => values.Contains(1)) || _context.Domain != WeightDomain.All || !_context.Dependence.Reads(Update).Contains(_context.Model.Parameter))
            return false;
        double[] firsts = [.. new[] { 1, 100, 1e4 }.Select(size => Math.Abs(_context.Experiments.Moves(Situation.Constant(size, 1))[0]))];
        if (!firsts.All(first => first > 0.3 && Math.Abs((first / firsts[0]) - 1) < Tolerances.Visible) || _context.Experiments.IsProjected())
            return false;
        Report(Update.StatementSpan, $"nothing scales the step: gradients of 1, 100 and 10000 all move {_context.Model.Parameter.Name} by {Numbers.Of(firsts[0])} at first, and no hyper-parameter makes that less");
        return true;
    }

    private Definition Update => _context.Model.Final(_context.Model.Parameter)!;

    private IEnumerable<Expr> Live() => _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value));

    /// <summary>The factors of the terms of a value, also of those that locals name.</summary>
    private static IEnumerable<Expr> Factors(Expr value) => value switch
    {
        BinaryExpr { Operator: Op.Add or Op.Subtract or Op.Multiply } both => Factors(both.Left).Concat(Factors(both.Right)),
        BinaryExpr { Operator: Op.Divide } quotient => Factors(quotient.Left),
        UnaryExpr unary => Factors(unary.Operand),
        DefinedExpr { Definition.Target: LocalSymbol } local => Factors(local.Definition.Value),
        _ => [value],
    };

    private void Report(Formulas.TextSpan span, string message, params Formulas.Diagnostics.FormulaFix[] fixes) => _context.Report(LintIds.Homogeneity, span, message, fixes);
}
