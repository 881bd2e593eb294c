using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// Decides how much a missing correction matters. A zero-initialised average that is divided by another, or divides one, throws
/// the first steps out of proportion: a warning. One that only scales the steps while it fills (momentum as an average) or whose
/// correction is left out by convention (RMSProp, where the gradient itself is divided) is worth a note.
/// </summary>
internal sealed class MissingCorrection(LintContext context, AverageResponse response, double gradient, int missing)
{
    public bool Report()
    {
        foreach (var position in Positions())
        {
            if (IsDefect(position))
                Warn(position);
            else
                Note(position);
        }

        return true;
    }

    /// <summary>Leaves out what is only worth a note.</summary>
    public bool ReportDefects()
    {
        var defects = Positions().Where(IsDefect).ToArray();
        foreach (var position in defects)
            Warn(position);
        return defects.Length > 0;
    }

    private IEnumerable<int> Positions() => Enumerable.Range(0, response.Averages.Length).Where(position => (missing & (1 << position)) != 0);

    private bool IsDefect(int position)
    {
        var average = response.Averages[position];
        if (average.Fades || HasGrowingScale() || !IsDivided() || StartsSlowly() || IsPublishedSo())
            return false;
        if (IsNumerator(position))
            return FollowsGradient(position) && !HasCorrectedCompanion(position);
        return IsOfWholeTensorOrSizes(position) || (FollowsGradient(position) && Enumerable.Range(0, response.Averages.Length)
            .Any(other => other != position && IsNumerator(other) && FollowsGradient(other)));
    }

    /// <summary>
    /// No step is longer than a settled one, since what divides is corrected or fills as fast as what is divided: the rule warms up, as
    /// it may on purpose.
    /// </summary>
    private bool StartsSlowly() =>
        ((Positions().All(IsNumerator) && (HasCorrectedDenominator() || Positions().All(DividesItself))) || (response.Averages.Length > 1 && response.Averages.All(other => other.SettledDecay == response.Averages[0].SettledDecay)))
        && Transient().Largest < 1.05;

    /// <summary>AMSGrad, which keeps the largest value of its second average, was published without any correction: theirs is no oversight.</summary>
    private bool IsPublishedSo() => missing == (1 << response.Averages.Length) - 1 && RunningMaximum.IsKept(context.Model);

    /// <summary>An average of sizes that divides the step is corrected, so that it was known how, and this one left out.</summary>
    private bool HasCorrectedDenominator() => Enumerable.Range(0, response.Averages.Length).Any(other =>
        (missing & (1 << other)) == 0 && !response.Averages[other].Odd && Math.Abs(Settled(new(other, 4))) < 0.9 * Math.Abs(Settled()));

    /// <summary>It stands below the line too, so that four times of it makes no step of four times the length.</summary>
    private bool DividesItself(int position) => Math.Abs(Settled(new(position, 4))) < 3.5 * Math.Abs(Settled());

    /// <summary>
    /// Averages of sizes that no root softens, or of what the whole tensor shares. The convention that lets a denominator fill is
    /// RMSProp's alone: of each element's square, under a root.
    /// </summary>
    private bool IsOfWholeTensorOrSizes(int position)
    {
        var average = response.Averages[position];
        return !average.Odd && FollowsGradient(position) && (average.Degree == 1 || Inputs.Of(context, average.Final) is { Cardinality: Cardinality.PerTensor or Cardinality.PerGroup });
    }

    /// <summary>An average of the gradient, and not of steps that are normalised already.</summary>
    private bool FollowsGradient(int position) => Follows(position, gradient) || Follows(position, gradient / 10);

    private bool Follows(int position, double size) =>
        Math.Abs(response.SettledValue(position, 2 * size)) > 1.2 * Math.Abs(response.SettledValue(position, size));

    /// <summary>The step turns with it: an average of the gradient's direction.</summary>
    private bool IsNumerator(int position)
    {
        var step = Settled();
        var turned = Settled(new(position, -1));
        return response.Averages[position].Odd && Math.Abs(step - turned) > Tolerances.Measured * Math.Abs(step);
    }

    /// <summary>
    /// The step does not grow with the gradient, because something that follows the gradient at once divides it; what merely bounds
    /// it lets small ones through.
    /// </summary>
    private bool IsDivided() => IsFlat(1) && IsFlat(0.01);

    private bool IsFlat(double size)
    {
        var growth = Settled(factor: 2 * size) / Settled(factor: size);
        return growth is > 0.8 and < 1.2;
    }

    /// <summary>Another average of the same kind is added to it and needs no correction: this one is left to fill slowly on purpose.</summary>
    private bool HasCorrectedCompanion(int position)
    {
        for (var other = 0; other < response.Averages.Length; other++)
        {
            if (other != position && (missing & (1 << other)) == 0 && IsNumerator(other) && Math.Abs(Settled(new(position, 0))) > Tolerances.Measured * Math.Abs(Settled()))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Something that accumulates without settling shares in the step (a sum of squares, an adapted step size): then there is no
    /// settled step to compare with.
    /// </summary>
    private bool HasGrowingScale()
    {
        var update = context.Model.Final(context.Model.Parameter)!;
        var reads = context.Dependence.Reads(update);
        return context.Model.States.Any(state =>
            reads.Contains(state) && context.Dependence.IsDriven(state)
            && response.Averages.All(average => !average.State.Equals(state)) && !Settles(state));
    }

    /// <summary>Reaches its settled value in one step from zero, as a maximum does.</summary>
    private bool Settles(StateSymbol state)
    {
        var other = context.Recurrences.FirstOrDefault(recurrence => recurrence.State.Equals(state));
        if (other is { SettledDecay: >= 1 } || context.InitialValue(state) is not (null or 0))
            return false;
        if (FollowsAverage(state))
            return true;
        var run = context.Experiments.Start([1], context.Typical);
        run.Step([1]);
        var once = run.State(state.Index)[0];
        for (var age = 1; age <= 1000; age++)
            run.Step([1]);
        return Math.Abs(run.State(state.Index)[0]) <= 1.01 * Math.Abs(once);
    }

    private bool FollowsAverage(StateSymbol state) =>
        context.Model.Final(state) is { } final && response.Averages.Any(average => Reaches.Definition(final.Value, average.Final));

    private double Settled(AverageResponse.Tweak tweak = default, double factor = 1) =>
        response.Step(response.Ages[response.Ages.Length - 1], gradient * factor, missing, tweak);

    private void Warn(int position)
    {
        var average = response.Averages[position];
        var (first, largest, at) = Transient();
        var place = Reaches.NewReads(context.Model, average.Final).FirstOrDefault();
        var size = largest > 1.05 * Math.Max(first, 1)
            ? $"{First(first)}, the largest {Numbers.Short(largest, "0.####")} times at {context.StepAt(at)}"
            : First(first);
        context.Report(
            LintIds.MissingBiasCorrection, place?.Span ?? average.Final.TargetSpan,
            $"{average.State.Name} is a zero-initialised average ({Decay(average)}) used uncorrected: with a constant gradient {size}",
            [.. CorrectionFixes.Mend(context, response), .. CorrectionFixes.Insert(context, average)]);
    }

    private void Note(int position)
    {
        var average = response.Averages[position];
        var place = Reaches.NewReads(context.Model, average.Final).FirstOrDefault();
        var first = Transient().First;
        var size = first is > Tolerances.Fit and < 1e3 ? $": with a constant gradient {First(first)}" : "";
        context.Report(
            LintIds.UncorrectedByConvention, place?.Span ?? average.Final.TargetSpan,
            $"{average.State.Name} is a zero-initialised average ({Decay(average)}) used uncorrected, as is the convention here{size}");
    }

    private static string First(double ratio) => Math.Abs(ratio - 1) < Tolerances.Visible
        ? "the first step is as long as the settled one" : $"the first step is {Numbers.Short(ratio, "0.####")} times the settled one";

    private string Decay(Recurrence average) =>
        average.DecayHypers.Count == 1
            ? $"{context.Model.Hypers[average.DecayHypers[0]].Name} = {Numbers.Short(context.Typical[average.DecayHypers[0]], "0.####")}"
            : $"decay {Numbers.Factor(average.SettledDecay)}";

    /// <summary>The first and the largest step in units of the settled one.</summary>
    private (double First, double Largest, int At) Transient()
    {
        var settled = Settled();
        var first = Math.Abs(response.Step(1, gradient, 0) / settled);
        var (largest, at) = (first, 1);
        for (var age = 2; age <= 40; age++)
        {
            var size = Math.Abs(response.Step(response.Ages.Contains(age) || response.Ages[response.Ages.Length - 1] > 300 ? age : 1, gradient, 0) / settled);
            if (size > largest)
                (largest, at) = (size, age);
        }

        return (first, largest, at);
    }
}
