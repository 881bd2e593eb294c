using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// Names what is wrong with a correction that is there but does not fit. Proves that the step at every age is the settled one times
/// powers of 1-βᵗ; or, failing that, that it is out of all proportion (not finite, of the wrong sign, several times the settled
/// one) and depends on the decay.
/// </summary>
internal sealed class WrongCorrection(LintContext context, AverageResponse response)
{
    private const double Overshoot = 3;
    private static readonly double[] s_exponents = [-1, -0.5, 0.5, 1, -1.5, 1.5, -2, 2];

    public bool Report(double gradient, int[] sensitive)
    {
        var steps = response.Steps(gradient, 0);
        if (Explain(steps, MixesGradient(gradient, sensitive)) is { } explanation)
        {
            Report(sensitive, $"the bias correction does not fit: the step is off by the factor {explanation}{First(steps)}");
            return true;
        }

        return ReportSeparately(gradient, sensitive) || ReportWild(gradient, sensitive, steps);
    }

    /// <summary>
    /// Where something else changes the step with age too (a warm-up, a rectification), one decay at a time: by how much the step
    /// of an age, in units of the settled one, changes with the decay.
    /// </summary>
    private bool ReportSeparately(double gradient, int[] sensitive)
    {
        var missing = new List<int>();
        foreach (var hyper in sensitive.SelectMany(position => response.Averages[position].DecayHypers).Distinct().ToArray())
        {
            var positions = sensitive.Where(position => response.Averages[position].DecayHypers.Contains(hyper)).ToArray();
            var (changes, powers) = Changes(gradient, hyper, settled: 0);
            if (changes.All(change => Math.Abs(change) < Tolerances.Fit) || changes.Any(double.IsNaN))
                continue;
            var set = positions.Sum(position => 1 << position);
            if (Changes(gradient, hyper, set).Logs.All(change => Math.Abs(change) < Tolerances.Fit))
            {
                missing.AddRange(positions);
                continue;
            }

            if (SinglePower(changes, powers) is not { } exponent)
                continue;
            var name = $"(1-{context.Model.Hypers[hyper].Name}^{context.StepCount}){Raised(exponent)}";
            Report(positions, $"the bias correction does not fit: the step is off by the factor {name}, besides what else changes it with the step count");
            return true;
        }

        if (sensitive.Any(position => !response.Averages[position].Odd && !Shrinks(position, gradient)))
            return false;
        var hypers = missing.SelectMany(position => response.Averages[position].DecayHypers).Distinct().ToArray();
        var least = BiasCorrection.Subsets([.. missing.Distinct()])
            .FirstOrDefault(set => hypers.All(hyper => Changes(gradient, hyper, set).Logs.All(change => Math.Abs(change) < Tolerances.Fit)));
        return least != 0 && (ReportFactor(gradient, least) || new MissingCorrection(context, response, gradient, least).ReportDefects());
    }

    /// <summary>A larger value makes a smaller step, as a denominator's; not as that of an average which bounds the step.</summary>
    private bool Shrinks(int position, double gradient) =>
        Math.Abs(response.Step(response.Ages[3], gradient, 0, new(position, 4))) < 0.9 * Math.Abs(response.Step(response.Ages[3], gradient, 0));

    /// <summary>The logarithm of what another decay does to the early steps, and of what it does to 1-βᵗ.</summary>
    private (double[] Logs, double[] Powers) Changes(double gradient, int hyper, int settled)
    {
        var decay = context.Typical[hyper];
        var before = response.Steps(gradient, settled);
        response.Vary([hyper], 0.6);
        var after = response.Steps(gradient, settled);
        response.Restore();
        var other = SampleValues.Moved(decay, 0.6);
        var last = before.Length - 1;
        return (
            [.. before.Select((step, index) => Math.Log(step / before[last] / (after[index] / after[last])))],
            [.. response.Ages.Select(age => Math.Log((1 - Math.Pow(decay, age)) / (1 - Math.Pow(other, age))))]);
    }

    /// <summary>The one exponent that explains every age at which there is something to explain, or how the first three compare.</summary>
    private static double? SinglePower(double[] changes, double[] powers)
    {
        var affected = Enumerable.Range(0, changes.Length).Where(index => Math.Abs(changes[index]) > Tolerances.Fit).ToArray();
        foreach (var exponent in s_exponents)
        {
            var left = changes.Zip(powers, (change, power) => change - (exponent * power)).ToArray();
            if ((affected.Length > 2 && affected.All(index => Math.Abs(left[index]) < 2e-3))
                || (Math.Abs(changes[2] - changes[0]) > 1e-2 && Math.Abs(left[1] - left[0]) < Tolerances.Fit && Math.Abs(left[2] - left[0]) < Tolerances.Fit))
                return exponent;
        }

        return null;
    }

    /// <summary>The correction is a power of 1-β where one of 1-βᵗ is due.</summary>
    public bool ReportFactor(double gradient, int missing)
    {
        foreach (var position in Enumerable.Range(0, response.Averages.Length).Where(position => (missing & (1 << position)) != 0))
        {
            var average = response.Averages[position];
            if (average.DecayHypers.Count == 0 || (average.Odd && !IsDivided(gradient)) || !ScalesWithComplement(average, gradient, missing))
                continue;
            var hyper = context.Model.Hypers[average.DecayHypers[0]].Name;
            Report([position], $"the correction of {average.State.Name} does not change with the step: it divides by a power of 1-{hyper} where 1-{hyper}^{context.StepCount} is due{First(response.Steps(gradient, 0))}");
            return true;
        }

        return false;
    }

    private bool ScalesWithComplement(Recurrence average, double gradient, int missing)
    {
        var before = response.Step(Last, gradient, missing);
        response.Vary(average.DecayHypers, 0.6);
        var after = response.Step(Last, gradient, missing);
        response.Restore();
        var power = Math.Log(after / before) / Math.Log(0.6);
        return new[] { 0.5, 1, -0.5, -1, 2, -2 }.Any(expected => Math.Abs(power - expected) < 0.01);
    }

    private int Last => response.Ages[response.Ages.Length - 1];

    private bool IsDivided(double gradient) => Math.Abs(response.Step(Last, 2 * gradient, 0) / response.Step(Last, gradient, 0)) < 1.2;

    /// <summary>The gradient itself shares in the step, as with Nesterov's, where an exponent of t+1 is right and sums look like one.</summary>
    private bool MixesGradient(double gradient, int[] sensitive) =>
        sensitive.Where(position => response.Averages[position].Odd)
            .All(position => Math.Abs(response.Step(Last, gradient, 0, new(position, 0))) > Tolerances.Measured * Math.Abs(response.Step(Last, gradient, 0)));

    /// <summary>The step in units of the settled one as a product of one or two powers, or null.</summary>
    private string? Explain(double[] steps, bool mixesGradient)
    {
        var settled = steps[steps.Length - 1];
        if (settled == 0 || double.IsNaN(settled) || double.IsInfinity(settled))
            return null;
        var ages = Enumerable.Range(0, steps.Length).Where(index => !double.IsNaN(steps[index]) && !double.IsInfinity(steps[index]) && steps[index] != 0).ToArray();
        if (ages.Length < 5)
            return null;
        var target = ages.Select(index => Math.Log(steps[index] / steps[ages[ages.Length - 1]])).ToArray();
        var terms = Terms(ages.Select(index => response.Ages[index]).ToArray(), mixesGradient ? [0] : [0, -1, 1]);
        foreach (var term in terms)
        {
            if (Fits(target, term.Logs, null))
                return term.Name;
        }

        foreach (var first in terms)
        {
            foreach (var second in terms)
            {
                if ((first.Hyper != second.Hyper || first.IsSum != second.IsSum) && Fits(target, first.Logs, second.Logs))
                    return $"{first.Name}·{second.Name}";
            }
        }

        return null;
    }

    private List<(string Name, int Hyper, bool IsSum, double[] Logs)> Terms(int[] ages, int[] shifts)
    {
        var terms = new List<(string, int, bool, double[])>();
        var step = context.StepCount;
        var raised = CorrectionFixes.FindPowers(context, response).OfType<BinaryExpr>().Select(power => power.Left).OfType<HyperExpr>()
            .Select(hyper => hyper.Symbol.Index).Where(index => context.Typical[index] is > 0 and < 1);
        foreach (var hyper in response.Averages.SelectMany(average => average.DecayHypers).Concat(raised).Distinct())
        {
            // (1-β²ᵗ) is (1-βᵗ)(1+βᵗ).
            foreach (var exponent in new[] { -1, -0.5, 0.5, 1 })
            {
                terms.Add((
                    $"(1+{context.Model.Hypers[hyper].Name}^{step}){Raised(exponent)}", hyper, true,
                    [.. ages.Select(age => exponent * Math.Log(1 + Math.Pow(context.Typical[hyper], age)))]));
            }

            foreach (var shift in shifts)
            {
                foreach (var exponent in s_exponents)
                {
                    var decay = context.Typical[hyper];
                    double[] logs = shift == 0
                        ? [.. ages.Select(age => exponent * Math.Log(1 - Math.Pow(decay, age)))]
                        : [.. ages.Select(age => exponent * (Math.Log(1 - Math.Pow(decay, age)) - Math.Log(1 - Math.Pow(decay, age + shift))))];
                    var name = $"(1-{context.Model.Hypers[hyper].Name}^{step})";
                    if (shift != 0)
                        name = $"({name}/(1-{context.Model.Hypers[hyper].Name}^({step}{(shift > 0 ? "+1" : "-1")})))";
                    terms.Add(($"{name}{Raised(exponent)}", hyper, false, logs));
                }
            }
        }

        return terms;
    }

    private static string Raised(double exponent) => exponent == 1 ? "" : $"^{exponent.ToString(CultureInfo.InvariantCulture)}";

    private static bool Fits(double[] target, double[] first, double[]? second)
    {
        for (var index = 0; index < target.Length; index++)
        {
            var fitted = first[index] - first[first.Length - 1] + (second is null ? 0 : second[index] - second[second.Length - 1]);
            if (!(Math.Abs(target[index] - fitted) < Tolerances.Fit) && !double.IsInfinity(fitted))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Compares ages at which the averages weigh alike: a rule may switch kinds of step on purpose. Rules that keep copies of the
    /// parameter and average them are left out, since their steps shrink with age as the average grows.
    /// </summary>
    private bool ReportWild(double gradient, int[] sensitive, double[] steps)
    {
        var update = context.Model.Final(context.Model.Parameter)!;
        if (context.Dependence.Reads(update).OfType<StateSymbol>().Any(state => context.InitialValue(state) is null) || !HasCorrection() || sensitive.Any(position => response.Averages[position].Fades))
            return false;
        var groups = Enumerable.Range(0, steps.Length).GroupBy(index => string.Join(" ", sensitive.Select(average => Weight(average, response.Ages[index], gradient))));
        foreach (var group in groups.Where(group => group.Count() > 3))
        {
            var last = group.Last();
            if (steps[last] == 0)
                continue;
            foreach (var index in group)
            {
                var age = response.Ages[index];
                var ratio = steps[index] / steps[last];
                var isWild = double.IsNaN(ratio) || double.IsInfinity(ratio) || ratio is < Tolerances.Measured or > Overshoot;
                if (!isWild || !sensitive.Any(average => DependsOnDecay(average, age, response.Ages[last], gradient)))
                    continue;
                Report(sensitive, $"the bias correction does not fit: with a constant gradient the step at {context.StepAt(age)} is {(double.IsNaN(ratio) ? "not a number" : double.IsInfinity(ratio) ? "not finite" : $"{Numbers.Short(ratio)} times a later one")}");
                return true;
            }
        }

        return false;
    }

    /// <summary>Something that may correct is there: outside the averages a decay is read, or what counts steps.</summary>
    private bool HasCorrection() => context.Model.States.Any(state => context.Model.Final(state) is not null && !context.Dependence.IsDriven(state))
        || response.Averages.Any(average => average.Decays.Length > 2)
        || context.Model.Definitions.Where(definition => context.Liveness.IsLive(definition) && response.Averages.All(average => average.Final != definition))
            .SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<HyperExpr>().Any(hyper => response.Averages.Any(average => average.DecayHypers.Contains(hyper.Symbol.Index)))
        || Expressions.Nodes(context.Model).Any(node => node is BinaryExpr { Operator: Op.Power } power && context.Dependence.Reads(power.Right).Contains(Dependence.Step));

    /// <summary>The power of an average in the step, to one decimal.</summary>
    private string Weight(int average, int age, double gradient)
    {
        var power = Math.Log(response.Step(age, gradient, 0, new(average, 1.1)) / response.Step(age, gradient, 0)) / Math.Log(1.1);
        return double.IsNaN(power) || double.IsInfinity(power) ? "" : power.ToString("0.0", CultureInfo.InvariantCulture);
    }

    private bool DependsOnDecay(int average, int age, int later, double gradient)
    {
        var hypers = response.Averages[average].DecayHypers;
        var before = response.Step(age, gradient, 0) / response.Step(later, gradient, 0);
        response.Vary(hypers, 0.6);
        var after = response.Step(age, gradient, 0) / response.Step(later, gradient, 0);
        response.Restore();
        return !(Math.Abs(before - after) <= Tolerances.Visible * Math.Abs(before));
    }

    private void Report(int[] sensitive, string message)
    {
        var average = response.Averages[sensitive[sensitive.Length - 1]];
        var candidates = CorrectionFixes.Mend(context, response);
        var place = Place(candidates) ?? CorrectionFixes.FindConstantPower(context, response)?.Span;
        context.Report(
            LintIds.WrongBiasCorrection, place ?? Reaches.NewReads(context.Model, average.Final).FirstOrDefault()?.Span ?? average.Final.TargetSpan,
            message, candidates);
    }

    /// <summary>Of several powers the one that an edit mends is to blame, else what else it changes, else the first.</summary>
    private TextSpan? Place(FormulaFix[] candidates)
    {
        TextSpan[] powers = [.. CorrectionFixes.FindPowers(context, response).Select(power => power.Span)];
        if (powers.Length == 0 || (powers.Length == 1 && CorrectionFixes.FindConstantPower(context, response) is null && !Bare().Any()))
            return powers.Length == 0 ? null : powers[0];
        var mended = SlipPlaces.Find(context, candidates, BiasCorrection.IsCorrected);
        return powers.Where(power => mended is { } span && power.Start <= span.Start && span.End <= power.End).Select(power => (TextSpan?)power).FirstOrDefault() ?? mended ?? powers[0];

        // 1-β is a correction that forgot the step.
        IEnumerable<ReplaceFix> Bare() => candidates.OfType<ReplaceFix>().Where(fix => Array.TrueForAll(powers, power => power.End <= fix.Span.Start || fix.Span.End <= power.Start));
    }

    private static string First(double[] steps)
    {
        var ratio = steps[0] / steps[steps.Length - 1];
        return double.IsNaN(ratio) || double.IsInfinity(ratio)
            ? ", and the first step is not finite"
            : ratio == 0 ? ", so that the first step moves nothing"
            : $", so the first step is {Numbers.Short(ratio)} times the settled one";
    }
}
