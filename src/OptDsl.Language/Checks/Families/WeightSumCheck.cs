using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 where no correction shows it. Proves one of: the new term is weighted with the decay of another average; the old value
/// turns its sign every step; a sum is corrected by 1-βᵗ as only an average is; the gradient is added up without ever being
/// forgotten and the sum is added to the parameter, so that the step grows without bound; a sum that should be an average
/// stands in a denominator.
/// </summary>
internal sealed partial class WeightSumCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.WeightSum];

    public override ImmutableArray<string> SilencedBy => [LintIds.WeightSum];

    public override ImmutableArray<Type> After => [typeof(BiasCorrectionCheck)];

    public override void Run(LintContext context)
    {
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence.Driven))
        {
            if (ReportPair(context))
                return;
            if (BorrowsDecay(context, recurrence) || MismatchesComplement(context, recurrence) || TurnsSign(context, recurrence) || IsCorrectedAsAverage(context, recurrence) || NeverForgets(context, recurrence) || DividesAsSum(context, recurrence) || ExceedsSquares(context, recurrence))
                return;
        }
    }

    private static bool BorrowsDecay(LintContext context, Recurrence recurrence)
    {
        if (BorrowsWeight(context, recurrence))
            return true;
        var foreign = recurrence.WeightHypers.Except(recurrence.DecayHypers).ToArray();
        if (recurrence.DecayHypers.Count == 0 || foreign.Length != 1 || recurrence.WeightHypers.Intersect(recurrence.DecayHypers).Any())
            return false;
        var hyper = context.Model.Hypers[foreign[0]];
        if (Math.Abs(recurrence.Weight - (1 - context.Typical[foreign[0]])) > Tolerances.Exact || Math.Abs(recurrence.SettledSum - 1) < Tolerances.Measured)
            return false;
        if (!IsMixedElsewhere(context, recurrence, hyper) && !IsComplementedElsewhere(context, recurrence) && !(recurrence is { Odd: false, Degree: 2 } && Shrinks(context, recurrence)))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} do not sum to 1 but to {Numbers.Short(recurrence.SettledSum)}: the old value decays with {Name(context, recurrence)}, the new term is weighted with 1-{hyper.Name}",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    /// <summary>Of two terms that are mixed one weighs β and the other 1+β, where 1-β makes a mixture of them.</summary>
    private static bool ReportPair(LintContext context)
    {
        var prober = context.Experiments.Probe();
        prober.Step(7, 1, 1);
        foreach (var sum in context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Where(node => node is { Operator: Op.Add, Cardinality: not Cardinality.PerStep }))
        {
            if (Weight(sum.Left) is not { } first || Weight(sum.Right) is not { } second)
                continue;
            var (lone, added) = first is HyperExpr ? (first, second) : (second, first);
            if (lone is not HyperExpr hyper || added is not BinaryExpr { Operator: Op.Add } plus || !context.Dependence.Reads(plus).Contains(hyper.Symbol)
                || prober.Value(hyper) is not (> 0.3 and < 1) || Math.Abs(prober.Value(plus) - 1 - prober.Value(hyper)) > Tolerances.Rounding)
                continue;
            context.Report(
                LintIds.WeightSum, plus.Span,
                $"'{context.Text(sum)}' mixes two terms with the weights {hyper.Symbol.Name} and 1+{hyper.Symbol.Name}, which sum to {Numbers.Short(1 + (2 * prober.Value(hyper)))}; with 1-{hyper.Symbol.Name} they sum to 1",
                DirectionFixes.FlipOperator(context, plus));
            return true;
        }

        return false;

        static Expr? Weight(Expr term) => term is BinaryExpr { Operator: Op.Divide } quotient ? Weight(quotient.Left) : term is BinaryExpr { Operator: Op.Multiply } product ? (product.Left.Cardinality == Cardinality.PerStep ? product.Left : product.Right.Cardinality == Cardinality.PerStep ? product.Right : null) : null;
    }

    /// <summary>The input weighs 1-β or 1+β, and the old value has another decay than the β that the two share.</summary>
    private static bool MismatchesComplement(LintContext context, Recurrence recurrence)
    {
        if (!recurrence.Forgets || !context.Liveness.IsLive(recurrence.Final) || Math.Abs(recurrence.SettledSum - 1) < Tolerances.Measured)
            return false;
        foreach (var hyper in recurrence.DecayHypers.Where(index => context.Typical[index] is > 0.3 and < 1))
        {
            var decay = context.Typical[hyper];
            var isMinus = recurrence.Decays.Length <= 2 && Math.Abs(recurrence.Weight - (1 - decay)) < Tolerances.Exact && Math.Abs(recurrence.SettledDecay - decay) > Tolerances.Measured;
            var isPlus = Math.Abs(recurrence.Weight - (1 + recurrence.SettledDecay)) < Tolerances.Exact;
            if (!isMinus && !isPlus)
                continue;
            context.Report(
                LintIds.WeightSum, recurrence.Final.StatementSpan,
                $"the weights of {recurrence.State.Name} do not sum to 1 but to {Numbers.Short(recurrence.SettledSum)}: the new term weighs 1{(isPlus ? "+" : "-")}{context.Model.Hypers[hyper].Name}, the old value {Numbers.Short(recurrence.SettledDecay)}",
                WeightFixes.Complement(context, recurrence));
            return true;
        }

        return false;
    }

    /// <summary>The hyper-parameter weights tensors in another statement too, so that it is no factor of its own for this one.</summary>
    private static bool IsMixedElsewhere(LintContext context, Recurrence recurrence, HyperSymbol hyper) =>
        context.Model.Definitions.Where(definition => definition != recurrence.Final && context.Liveness.IsLive(definition))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Any(node => node.Operator is Op.Multiply or Op.Divide && (Weights(context, hyper, node.Left, node.Right) || Weights(context, hyper, node.Right, node.Left)));

    /// <summary>Another statement weights a tensor with one minus this decay, so that the two belong together.</summary>
    private static bool IsComplementedElsewhere(LintContext context, Recurrence recurrence)
    {
        if (recurrence.DecayHypers.Count != 1)
            return false;
        var decay = context.Model.Hypers[recurrence.DecayHypers[0]];
        return context.Model.Definitions.Where(definition => definition != recurrence.Final && context.Liveness.IsLive(definition))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Any(node => node.Operator == Op.Multiply && (IsWeight(node.Left, node.Right) || IsWeight(node.Right, node.Left)));

        bool IsWeight(Expr factor, Expr tensor) =>
            Weights(context, decay, factor, tensor) && factor is not HyperExpr && !context.Dependence.Reads(factor).Contains(Dependence.Step)
            && context.Experiments.Probe() is var prober && prober.Step(1, 1, 1) is var _
            && Math.Abs(prober.Value(factor) - (1 - context.Typical[decay.Index])) < Tolerances.Rounding;
    }

    /// <summary>No average and no sum has a negative decay; what a sign too many makes of β is -β.</summary>
    private static bool TurnsSign(LintContext context, Recurrence recurrence)
    {
        if (!(recurrence.SettledDecay < -1e-9) || recurrence.Decays.Length > 2 || !context.Liveness.IsLive(recurrence.Final))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the old {recurrence.State.Name} enters the new one with the weight {Numbers.Short(recurrence.SettledDecay)}: it turns its sign at every step",
            WeightFixes.TurnSign(context, recurrence));
        return true;
    }

    /// <summary>1-βᵗ is what an average holds after t steps; a sum of other weights holds another multiple of its input.</summary>
    private static bool IsCorrectedAsAverage(LintContext context, Recurrence recurrence)
    {
        if (recurrence.DecayHypers.Count != 1 || !recurrence.Forgets || recurrence.Decays.Length > 1 || double.IsNaN(recurrence.SettledSum) || Math.Abs(recurrence.SettledSum - 1) < 1e-2)
            return false;
        var decay = recurrence.DecayHypers[0];
        if (context.Recurrences.Any(other => other != recurrence && other.DecayHypers.Contains(decay)) || !IsCorrected(context, decay))
            return false;

        if (!IsLevelSensitive(context, decay))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} sum to {Numbers.Short(recurrence.SettledSum)}, but it is corrected by 1-{Name(context, recurrence)}^{context.StepCount} as an average, whose weights sum to 1",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    /// <summary>The settled step changes with the decay, as it does not where a factor makes an average of the sum.</summary>
    private static bool IsLevelSensitive(LintContext context, int decay)
    {
        var response = new AverageResponse(context);
        var last = response.Ages[response.Ages.Length - 1];
        var before = response.Step(last, 1, settled: 0);
        response.Vary([decay], 0.6);
        return Math.Abs(response.Step(last, 1, settled: 0) - before) > Tolerances.Visible * Math.Abs(before);
    }

    /// <summary>A value that is 1-βᵗ at every step is part of the rule.</summary>
    private static bool IsCorrected(LintContext context, int decay)
    {
        var symbol = context.Model.Hypers[decay];
        var candidates = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value))
            .Where(node => node is BinaryExpr { Operator: Op.Subtract, Cardinality: Cardinality.PerStep }
                && context.Dependence.Reads(node) is var reads && reads.Contains(symbol) && reads.Contains(Dependence.Step))
            .ToList();
        var prober = context.Experiments.Probe();
        foreach (var age in new[] { 1, 2, 7 })
        {
            prober.Step(age, 1, 1);
            candidates.RemoveAll(node => !(Math.Abs(prober.Value(node) - 1 + Math.Pow(context.Typical[decay], age + context.Options.FirstStep - 1)) < Tolerances.Exact));
        }

        return candidates.Count > 0;
    }

    private static bool Weights(LintContext context, HyperSymbol hyper, Expr factor, Expr tensor) =>
        factor.Cardinality == Cardinality.PerStep && tensor.Cardinality != Cardinality.PerStep && context.Dependence.Reads(factor).Contains(hyper);

    private static bool NeverForgets(LintContext context, Recurrence recurrence)
    {
        if (recurrence.SettledDecay < 1 - Tolerances.Rounding || recurrence.Decays.Length > 2 || (recurrence.Decays.Length == 2 && recurrence.Decays[0] != 0) || !context.Liveness.IsLive(recurrence.Final))
            return false;
        if (recurrence.SettledDecay < 1 + Tolerances.Rounding && IsWeightedAsAverage(context, recurrence))
        {
            context.Report(
                LintIds.WeightSum, recurrence.Final.StatementSpan,
                $"{recurrence.State.Name} adds up every input with the weight 1-{context.Model.Hypers[recurrence.WeightHypers[0]].Name} of an average and forgets none: its old value needs the decay {context.Model.Hypers[recurrence.WeightHypers[0]].Name}",
                WeightFixes.Decay(context, recurrence));
            return true;
        }

        if (recurrence.SettledDecay < 1 + Tolerances.Rounding && !(recurrence.Odd && recurrence.Degree is 1 or double.NaN && TurnsWithGradient(context, recurrence.State)))
            return false;
        // A copy of the parameter moves by sums as the parameter does.
        if (recurrence.SettledDecay < 1 + Tolerances.Rounding && (context.InitialValue(recurrence.State) is null || !IsAdded(context, recurrence)))
            return false;
        if (recurrence.SettledDecay < 1 + Tolerances.Rounding && !IsMovedFromWhereItIs(context, recurrence))
            return false;
        var early = Step(context, 20);
        var late = Step(context, 200);
        var growth = Math.Abs(late / early);
        if (!(growth > 5 || (growth < 0.7 && recurrence.SettledDecay > 1 + Tolerances.Rounding)))
            return false;
        var start = recurrence.SettledDecay > 1 + Tolerances.Rounding ? $"{recurrence.State.Name} grows by the factor {Numbers.Factor(recurrence.SettledDecay)} every step" : $"{recurrence.State.Name} adds up every gradient and forgets none";
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"{start}: with a constant gradient the step at t = 200 is {(growth < 1e-6 ? "less than a millionth of" : $"{Numbers.Ratio(growth)} times")} the one at t = 20; its old value needs a decay below 1",
            WeightFixes.Forget(context, recurrence));
        return true;
    }

    /// <summary>The sum with the opposite sign moves the parameter elsewhere: it is not only measured, as by a norm.</summary>
    private static bool IsAdded(LintContext context, Recurrence recurrence)
    {
        var prober = context.Experiments.Probe(recurrence.Final);
        return Math.Abs(StepFrom(prober, recurrence, sum: 1, parameter: 1) - StepFrom(prober, recurrence, sum: -1, parameter: 1)) > Tolerances.Rounding;
    }

    /// <summary>
    /// The sum is added to the parameter of the step before. Dual averaging and coin betting compute the parameter from the sum of all
    /// gradients, and forget none on purpose.
    /// </summary>
    private static bool IsMovedFromWhereItIs(LintContext context, Recurrence recurrence)
    {
        var prober = context.Experiments.Probe(recurrence.Final);
        return Math.Abs(StepFrom(prober, recurrence, sum: 0.5, parameter: 2) - StepFrom(prober, recurrence, sum: 0.5, parameter: 1) - 1) < 0.5;
    }

    /// <summary>Where a step leads from a parameter while the state holds a sum.</summary>
    private static double StepFrom(Prober prober, Recurrence recurrence, double sum, double parameter)
    {
        prober.ResetStates();
        prober.SetHeld(recurrence.Final, sum);
        return prober.Step(9, parameter, gradient: 1);
    }

    /// <summary>Opposite gradients give it opposite values: no sum of sizes, whose input may be zero until something else has grown.</summary>
    private static bool TurnsWithGradient(LintContext context, StateSymbol state)
    {
        var run = context.Experiments.Start([1, 1], context.Typical);
        for (var step = 0; step < 3; step++)
            run.Step([1, -1]);
        var values = run.State(state.Index);
        return Math.Abs(values[0] - values[values.Length - 1]) > Tolerances.Measured * Math.Abs(values[0]);
    }

    /// <summary>The input's weight is one minus a hyper-parameter near one, as in an average with that decay.</summary>
    private static bool IsWeightedAsAverage(LintContext context, Recurrence recurrence) =>
        recurrence.WeightHypers.Count == 1 && context.Typical[recurrence.WeightHypers[0]] is > 0.5 and < 1
        && Math.Abs(recurrence.Weight - (1 - context.Typical[recurrence.WeightHypers[0]])) < Tolerances.Exact;

    private static bool DividesAsSum(LintContext context, Recurrence recurrence)
    {
        if (!recurrence.Forgets || recurrence.Decays.Length > 2 || recurrence.Odd || recurrence.Degree != 2
            || (recurrence.DecayHypers.Count == 0 && Math.Abs(recurrence.Weight - 1) < Tolerances.Exact)
            || recurrence.WeightHypers.Except(recurrence.DecayHypers).Any() || Math.Abs(recurrence.SettledSum - 1) < Tolerances.Measured)
            return false;
        if (context.InitialValue(recurrence.State) is not 0 || !Shrinks(context, recurrence))
            return false;
        if (recurrence.DecayHypers.Count == 1 && !IsLevelSensitive(context, recurrence.DecayHypers[0]))
            return false;
        context.Report(
            LintIds.WeightSum, recurrence.Final.StatementSpan,
            $"the weights of {recurrence.State.Name} sum to {Numbers.Short(recurrence.SettledSum)} and not to 1, {(recurrence.SettledSum < 0 ? "so the denominator has the wrong sign" : $"so the denominator depends on {Name(context, recurrence)}: the settled step is {Numbers.Short(1 / Math.Sqrt(recurrence.SettledSum))} times that of an average")}",
            WeightFixes.Complement(context, recurrence));
        return true;
    }

    /// <summary>A larger value means a smaller step.</summary>
    private static bool Shrinks(LintContext context, Recurrence recurrence)
    {
        var prober = context.Experiments.Probe(recurrence.Final);
        prober.SetHeld(recurrence.Final, 1);
        var step = prober.Step(50, 1, 1) - prober.Step(50, 1, -1);
        prober.SetHeld(recurrence.Final, 4);
        var smaller = prober.Step(50, 1, 1) - prober.Step(50, 1, -1);
        return Math.Abs(smaller) < 0.9 * Math.Abs(step);
    }

    private static double Step(LintContext context, int age) =>
        context.Experiments.Moves(Situation.Constant(1, age) with { Weight = 0, PutsBack = false, Hypers = context.Typical })[age - 1];

    private static string Name(LintContext context, Recurrence recurrence) =>
        recurrence.DecayHypers.Count > 0 ? context.Model.Hypers[recurrence.DecayHypers[0]].Name : "its decay";
}
