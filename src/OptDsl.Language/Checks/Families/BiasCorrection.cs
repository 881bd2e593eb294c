using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT301, OPT302, OPT304, part of OPT303 and of OPT205. Proves, on the model: with averages filled by one constant gradient the
/// step at some age differs from the settled one; and for an uncorrected average, that with this one at its settled value it no
/// longer does. However the correction is written, a rule that corrects its averages takes the same step at every age.
/// </summary>
internal sealed class BiasCorrection
{
    private const double Tolerance = 0.02;
    private const double Small = 1e-4;
    private const double Large = 1e4;
    private static readonly double[] s_gradients = [1, 0.01, 1000];

    private readonly LintContext _context;
    private readonly AverageResponse _response;

    private BiasCorrection(LintContext context)
    {
        _context = context;
        _response = new AverageResponse(context);
    }

    public static void Run(LintContext context)
    {
        if (ReportStored(context) || ReportUnevenWeights(context))
            return;
        var correction = new BiasCorrection(context);
        if (correction._response.Averages.Length is 0 or > 6)
            return;
        foreach (var gradient in s_gradients)
        {
            if (correction.Examine(gradient))
                return;
        }
    }

    /// <summary>True if the step is the same at every age, or where a schedule changes it, changes alike for all decays.</summary>
    public static bool IsCorrected(LintContext context)
    {
        var correction = new BiasCorrection(context);
        int[] all = [.. Enumerable.Range(0, correction._response.Averages.Length)];
        var steps = correction._response.Steps(s_gradients[0], settled: 0);
        return IsConstant(steps) || LooksAhead(context, correction._response, steps)
            || (correction.IsSchedule(s_gradients[0], all) && !correction.DependsOnShortMemory(s_gradients[0], all));
    }

    /// <summary>A look ahead is corrected for the next step, and so its steps are nearly, and not quite, constant.</summary>
    private static bool LooksAhead(LintContext context, AverageResponse response, double[] steps) =>
        CorrectionFixes.FindPowers(context, response).Any(power => power is BinaryExpr { Right: BinaryExpr { Operator: Op.Add } })
        && steps[steps.Length - 1] is var settled && settled != 0 && steps.All(step => step / settled is > 0.8 and < 1.6);

    /// <summary>
    /// A state whose new term weighs (1-β)/(1-βᵗ) at every step is an average from the first step on; with another exponent or
    /// another decay below the line it is none until late.
    /// </summary>
    private static bool ReportUnevenWeights(LintContext context)
    {
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence.Driven && recurrence.Decays.Length > 40 && recurrence.DecayHypers.Count is 1 or 2))
        {
            foreach (var shift in new[] { 0, 1, -1 })
            {
                foreach (var (weight, power) in recurrence.DecayHypers.SelectMany(weight => recurrence.DecayHypers.Select(power => (weight, power))))
                {
                    if ((shift == 0 && weight == power) || context.Typical[weight] is not (> 0 and < 1) || context.Typical[power] is not (> 0 and < 1) || !Enumerable.Range(2, 30).All(age => Fits(age, context.Typical[weight], context.Typical[power], shift)))
                        continue;
                    var (name, step) = (context.Model.Hypers[power].Name, context.StepCount);
                    var exponent = shift == 0 ? step : $"({step}{(shift > 0 ? "+1" : "-1")})";
                    context.Report(
                        LintIds.WrongBiasCorrection, recurrence.Final.StatementSpan,
                        $"the new term of {recurrence.State.Name} weighs (1-{context.Model.Hypers[weight].Name})/(1-{name}^{exponent}): the weights sum to 1 from the first step on only with 1-{context.Model.Hypers[weight].Name}^{step} below the line",
                        CorrectionFixes.Mend(context, new AverageResponse(context)));
                    return true;
                }
            }

            bool Fits(int age, double weight, double power, int shift) =>
                Math.Abs(((1 - recurrence.Decays[age - 1]) * (1 - Math.Pow(power, age + context.Options.FirstStep - 1 + shift))) - 1 + weight) < 1e-7;
        }

        return false;
    }

    /// <summary>A state whose decay at every step is β/(1-βᵗ) keeps its corrected value, which the next step corrects again.</summary>
    private static bool ReportStored(LintContext context)
    {
        var isFound = false;
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence.Driven && recurrence.Decays.Length > 40 && recurrence.DecayHypers.Count == 1))
        {
            var decay = context.Typical[recurrence.DecayHypers[0]];
            var isStored = Enumerable.Range(1, 30).All(age =>
                Math.Abs((recurrence.Decays[age - 1] * (1 - Math.Pow(decay, age + context.Options.FirstStep - 1))) - decay) < Tolerances.Measured);
            if (!isStored)
                continue;
            context.Report(
                LintIds.WrongBiasCorrection, recurrence.Final.StatementSpan,
                $"the corrected {recurrence.State.Name} is stored, so that the next step corrects it once more: at {context.StepAt(1)} the old value is multiplied by {Numbers.Short(recurrence.Decays[0])} instead of {Numbers.Short(decay)}; correct it into a local",
                CorrectionFixes.KeepApart(context, recurrence.Final));
            isFound = true;
        }

        return isFound;
    }

    /// <returns>True if something was found.</returns>
    private bool Examine(double gradient)
    {
        var steps = _response.Steps(gradient, settled: 0);
        if (steps.All(step => step == 0 || double.IsNaN(step)))
            return false;

        var sensitive = Enumerable.Range(0, _response.Averages.Length).Where(average => IsSensitive(average, gradient)).ToArray();
        if (sensitive.Length == 0)
            return false;
        var normalised = sensitive.Where(average => IsNormalised(average, gradient)).ToArray();

        if (IsConstant(steps))
            return ReportLevel(gradient, sensitive, normalised) || ReportNested(gradient, sensitive, normalised);
        if (normalised.Length == 0 || IsSchedule(gradient, sensitive))
            return false;
        if (IsConstant(_response.Steps(gradient, 0, new(null, 1, OldAsNew: true))))
        {
            ReportOldRead(sensitive);
            return true;
        }

        foreach (var missing in Subsets(normalised))
        {
            if (!IsConstant(_response.Steps(gradient, missing)))
                continue;
            if (DependsOnDecay(gradient, missing, normalised))
                return new WrongCorrection(_context, _response).ReportFactor(gradient, missing) || new WrongCorrection(_context, _response).Report(gradient, sensitive);
            return new MissingCorrection(_context, _response, gradient, missing).Report();
        }

        return new WrongCorrection(_context, _response).Report(gradient, sensitive) || ReportRectified(gradient, normalised);
    }

    /// <summary>
    /// The step changes with age for more reasons than its averages (a rectification that the decay sets too), and no factor of it
    /// corrects a denominator whose neighbours are corrected.
    /// </summary>
    private bool ReportRectified(double gradient, int[] normalised)
    {
        var factors = new CorrectionFactors(_context);
        bool IsCorrectedBy(int position) => factors.Has(_response.Averages[position].SettledDecay);
        if (_context.Model.States.Any(state => !_context.Dependence.IsDriven(state)) || !normalised.Any(position => _response.Averages[position].Odd && IsCorrectedBy(position)))
            return false;
        var set = normalised.Where(position => _response.Averages[position] is { Odd: false, IsSeeded: false, Decays.Length: 1 } && !IsCorrectedBy(position)).Sum(position => 1 << position);
        return set != 0 && new MissingCorrection(_context, _response, gradient, set).ReportDefects();
    }

    /// <summary>The averages that the step takes part of.</summary>
    private bool IsSensitive(int average, double gradient)
    {
        return _response.Ages.Where((_, index) => index % 3 == 1).Any(age =>
            Differs(_response.Step(age, gradient, 0), _response.Step(age, gradient, 0, new(average, 1.5)), 1e-6));
    }

    /// <summary>An average and not a sum: its settled value does not depend on its decay.</summary>
    private bool IsNormalised(int position, double gradient)
    {
        var average = _response.Averages[position];
        if (average.DecayHypers.Count == 0)
            return !(Math.Abs(average.SettledSum - 1) > Tolerances.Measured);
        var before = _response.SettledValue(position, gradient);
        _response.Vary(average.DecayHypers, 0.6);
        var after = _response.SettledValue(position, gradient);
        _response.Restore();
        return !Differs(before, after, 1e-4);
    }

    /// <summary>A step that changes with age but not with any decay is a schedule.</summary>
    private bool IsSchedule(double gradient, int[] sensitive) =>
        sensitive.All(average => _response.Averages[average].DecayHypers.Count > 0) && !DependsOnDecay(gradient, 0, sensitive);

    private bool DependsOnDecay(double gradient, int settled, int[] averages)
    {
        var before = _response.Steps(gradient, settled);
        foreach (var average in averages)
        {
            _response.Vary(_response.Averages[average].DecayHypers, 0.6);
            var after = _response.Steps(gradient, settled);
            _response.Restore();
            if (before.Zip(after, (first, second) => Differs(first, second, Tolerance)).Any(differs => differs))
                return true;
        }

        return false;
    }

    /// <summary>Where a decay is 0.5, an exponent that is one off shows, which decays near 1 hide.</summary>
    private bool DependsOnShortMemory(double gradient, int[] averages)
    {
        foreach (var hyper in averages.SelectMany(average => _response.Averages[average].DecayHypers).Distinct().Where(hyper => _context.Typical[hyper] is > 0.5 and < 1))
        {
            var before = _response.Steps(gradient, settled: 0);
            _response.Vary([hyper], 0.5 / (1 - _context.Typical[hyper]));
            var after = _response.Steps(gradient, settled: 0);
            _response.Restore();
            if (before.Zip(after, (first, second) => Differs(first, second, Tolerance)).Any(differs => differs))
                return true;
        }

        return false;
    }

    /// <summary>The settled step changes with the decay, however little: no factor makes up for the weights.</summary>
    private bool SetsLevel(double gradient, Recurrence average)
    {
        var last = _response.Ages[_response.Ages.Length - 1];
        var before = _response.Step(last, gradient, 0);
        _response.Vary(average.DecayHypers, 0.6);
        var after = _response.Step(last, gradient, 0);
        _response.Restore();
        return Differs(before, after, 1e-5);
    }

    /// <summary>The corrections fit the decays, but the weights of a state do not sum to what they presume.</summary>
    private bool ReportLevel(double gradient, int[] sensitive, int[] normalised)
    {
        // Without anything that changes with the step there is no correction.
        var reads = _context.Dependence.Reads(_context.Model.Final(_context.Model.Parameter)!);
        if (!reads.Contains(Dependence.Step) && !reads.OfType<StateSymbol>().Any(state => !_context.Dependence.IsDriven(state)) && !_response.Averages.Any(average => average.Decays.Length > 1))
            return false;
        foreach (var position in sensitive.Except(normalised))
        {
            var average = _response.Averages[position];
            var isLiteral = average.DecayHypers.Count == 0 && Math.Abs(average.Weight - 1) > Tolerances.Exact;
            if (average.Fill(1) > 0.9 || !(isLiteral || SetsLevel(gradient, average)))
                continue;
            var sum = average.SettledSum;
            // A constant beside the average, as AdaBelief's epsilon, unsettles the levels but not the weights.
            if (Math.Abs(sum - 1) < 1e-2)
                continue;
            // Nor are the bounds of a clipped gradient weights: small ones pass them whole.
            if (Math.Abs((_response.SettledValue(position, Small) / (average.Odd ? Small : Small * Small)) - 1) < 1e-2)
                continue;
            // Beside large gradients a constant that is stored with them, or with the square of another average, counts for nothing.
            if (double.IsNaN(sum) && _response.SettledValue(position, Large) is var level && (Math.Abs((level / Large) - 1) < 1e-2 || Math.Abs((level / (Large * Large)) - 1) < 1e-2))
                continue;
            var size = double.IsNaN(sum) ? "not to 1" : $"to {Numbers.Short(sum)}";
            var ratio = _response.Step(5000, gradient, 0) / _response.Step(5000, gradient, 0, new(position, 1 / sum));
            var steps = double.IsNaN(ratio) || double.IsInfinity(ratio) || Math.Abs(ratio - 1) < Tolerances.Visible ? ""
                : Math.Abs(ratio + 1) < Tolerances.Visible ? ": every step goes the other way" : $": every step is {Numbers.Short(ratio)} times the intended one";
            _context.Report(
                LintIds.WeightSum, average.Final.StatementSpan,
                $"the weights of {average.State.Name} sum {size}, but its correction presumes an average, whose weights sum to 1{steps}",
                WeightFixes.Complement(_context, average));
            return true;
        }

        return false;
    }

    /// <summary>
    /// The average that the step takes is corrected, and one that divides what goes into it is not. The rule itself is run: with
    /// a constant gradient no step of a corrected rule depends on a decay, and this one's do unless the average starts settled.
    /// </summary>
    private bool ReportNested(double gradient, int[] sensitive, int[] normalised)
    {
        if (!normalised.Any(position => _response.Averages[position].Odd))
            return false;
        foreach (var position in Enumerable.Range(0, _response.Averages.Length).Except(sensitive))
        {
            var average = _response.Averages[position];
            if (average.DecayHypers.Count != 1 || average.Odd || !_context.Liveness.IsLive(average.Final))
                continue;
            var full = _response.SettledValue(position, gradient);
            var (zero, settled) = (Run(average, null, 1), Run(average, full, 1));
            if (!Depends(zero, Run(average, null, 0.6)) || Depends(settled, Run(average, full, 0.6)))
                continue;
            _context.Report(
                LintIds.MissingBiasCorrection, Reaches.NewReads(_context.Model, average.Final).FirstOrDefault()?.Span ?? average.Final.TargetSpan,
                $"{average.State.Name} is a zero-initialised average ({_context.Model.Hypers[average.DecayHypers[0]].Name} = {Numbers.Short(_context.Typical[average.DecayHypers[0]])}) used uncorrected, while what it goes into is corrected: with a constant gradient the first step is {Numbers.Short(zero[0] / settled[0])} times the settled one",
                CorrectionFixes.Insert(_context, average));
            return true;
        }

        return false;

        static bool Depends(double[] first, double[] second) => first.Zip(second, (left, right) => Differs(left, right, Tolerance)).Any(differs => differs);

        double[] Run(Recurrence average, double? initial, double factor)
        {
            var decay = average.DecayHypers[0];
            var situation = Situation.Constant(gradient, 12) with { Hypers = _context.Undecayed.SetItem(decay, SampleValues.Moved(_context.Undecayed[decay], factor)) };
            var run = _context.Experiments.Start(situation);
            var state = run.State(average.State.Index);
            for (var element = 0; element < state.Length; element++)
                state[element] = initial ?? state[element];
            var steps = new double[situation.Steps];
            for (var step = 0; step < steps.Length; step++)
            {
                _context.Experiments.Advance(run, situation, step);
                steps[step] = (run.Parameter[0] - run.Parameter[1]) / 2;
            }

            return steps;
        }
    }

    private void ReportOldRead(int[] sensitive)
    {
        var read = _response.Averages.Where((_, index) => sensitive.Contains(index))
            .FirstOrDefault(average => _context.Dependence.Reads(_context.Model.Final(_context.Model.Parameter)!).Contains(average.State)
                && !Reaches.Definition(_context.Model.Final(_context.Model.Parameter)!.Value, average.Final));
        if (read is null)
            return;
        _context.Report(
            LintIds.ReadOrder, Reaches.OldRead(_context.Model, read.State)?.Span ?? read.Final.StatementSpan,
            $"{read.State.Name} is read before this step's gradient enters it, but its bias correction counts this step: move the statement of {read.State.Name} up",
            OrderFixes.Read(_context, read.State));
    }

    /// <summary>The sets of some positions as bits, the smallest first; not the empty one.</summary>
    public static IEnumerable<int> Subsets(int[] items)
    {
        var all = Enumerable.Range(1, (1 << items.Length) - 1)
            .Select(bits => Enumerable.Range(0, items.Length).Where(index => (bits & (1 << index)) != 0).Sum(index => 1 << items[index]));
        return all.OrderBy(CountBits);

        static int CountBits(int value) => value == 0 ? 0 : (value & 1) + CountBits(value >> 1);
    }

    private static bool IsConstant(double[] steps)
    {
        var last = steps[steps.Length - 1];
        return last != 0 && !steps.Any(step => Differs(last, step, Tolerance));
    }

    private static bool Differs(double first, double second, double tolerance) =>
        !(Math.Abs(first - second) <= tolerance * Math.Max(Math.Abs(first), Math.Abs(second)));
}
