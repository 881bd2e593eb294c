using System.Diagnostics;
using OptDsl.Execution;

namespace OptDsl;

/// <content>The step.</content>
public partial class Optimizer<T>
{
    private readonly Crew _crew = new();
    private readonly ScratchPool<T> _scratch = new();
    private readonly ChangeFlag _parametersChanged = new();
    private StepPlan<T>? _plan;
    private bool _gradientsHaveMoved;
    private int _stepping;

    /// <summary>How many steps have been made.</summary>
    public long StepCount { get; private set; }

    /// <summary>
    /// True to measure every step: see <see cref="LastStep"/>. Steps are measured too while someone listens to the
    /// instruments of the meter <c>OptDsl</c>. Measuring happens inside the passes, and costs nothing when off.
    /// </summary>
    public bool MeasuresSteps { get; set; }

    /// <summary>The measurements of the last step that was measured; those of each group are at <see cref="ParameterGroup{T}.LastStep"/>.</summary>
    public StepRecord? LastStep { get; private set; }

    /// <summary>Updates all parameters that are not frozen by the gradients they have now, and leaves out those that have none.</summary>
    /// <returns>What was done.</returns>
    /// <remarks>
    /// In this order: the gradients are scaled and clipped as the kernels read them, the rules update the parameters,
    /// <see cref="Lookahead"/> follows, then the <see cref="Averages"/>. The first step is step 1, and <c>t</c> in the rules and
    /// schedules counts the steps of each parameter.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A hyper-parameter is out of its range or NaN, a learning rate is infinite, or larger than the elements can be, or the settings of a
    /// schedule make no sense. Nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentException">A gradient that was set overlaps other memory of the parameters. Nothing has been written.</exception>
    /// <exception cref="NonFiniteGradientException">
    /// A gradient is infinite or NaN, and <see cref="NonFiniteGradients"/> says to throw. Nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Another thread is in a step of this optimizer, or a rule needs the gradients of all rows where only some were given, or an average is in the place of the weights. Nothing has been written.
    /// </exception>
    public StepOutcome Step()
    {
        if (Interlocked.Exchange(ref _stepping, 1) != 0)
            throw new InvalidOperationException("Another thread is in a step of this optimizer.");
        try
        {
            if (_averages.Count > 0 && SwappedAverage is { } average)
                throw new InvalidOperationException($"The average '{average.Name}' is in the place of the weights; swap it back before the next step.");
            if (PendingAccumulations + 1 < AccumulationSteps)
            {
                PendingAccumulations++;
                return StepOutcome.Accumulated;
            }

            return StepNow();
        }
        finally
        {
            Volatile.Write(ref _stepping, 0);
        }
    }

    internal void Replan() => _plan = null;

    /// <summary>Gradients may have moved, come or gone since the step before.</summary>
    private void FollowGradients()
    {
        if (!_parametersChanged.IsSet)
            return;
        foreach (var slot in _slots.Values)
        {
            var (moved, cameOrWent) = slot.FollowGradient();
            _gradientsHaveMoved |= moved;
            if (cameOrWent)
                Replan();
        }

        if (_gradientsHaveMoved)
            _buffers.Check();
        _plan?.FollowMemory();
        (_gradientsHaveMoved, _parametersChanged.IsSet) = (false, false);
    }

    private StepOutcome StepNow()
    {
        var plan = _peers is null ? BeginStep(out var started) : BeginStepTogether(out started);
        var degree = plan.ElementCount < ParallelThreshold ? 1 : MaxDegreeOfParallelism;
        var scale = GradientScale / AccumulationSteps / (LossScaler?.Scale ?? 1);

        var checks = NonFiniteGradients != NonFinitePolicy.LetThrough || LossScaler is not null;
        if (checks || plan.NeedsNorms)
            plan.Scan.Run(_crew, degree, scale, checks);
        if (checks && plan.Scan.FindNonFinite() is { } found)
            return Refuse(plan, found.Tensor.Slot.Parameter.Name, found.Index, found.Value, scale);

        plan.SetTransforms(scale, ZeroGradients);
        plan.Prepare(StepCount + 1, Lookahead);
        plan.Run(_crew, degree);
        if (_peers is not null)
            plan.SpreadWeights(Deed);

        plan.Commit();
        StepCount++;
        PendingAccumulations = 0;
        LossScaler?.Update(finite: true);
        if (plan.Measures)
            Record(plan.Measured(StepCount, scale, Stopwatch.GetElapsedTime(started)));
        return StepOutcome.Stepped;
    }

    /// <summary>Does of a step all that may be refused.</summary>
    private StepPlan<T> BeginStep(out long started)
    {
        FollowGradients();
        var plan = _plan ??= NewPlan();
        plan.Measures = MeasuresSteps || StepMeter.IsEnabled;
        started = plan.Measures || _peers is not null ? Stopwatch.GetTimestamp() : 0;
        foreach (var cohort in plan.Cohorts)
            cohort.BeginStep(StepCount + 1);
        plan.TouchMemory();
        plan.GatherRows();
        return plan;
    }

    private void Record(StepRecord record)
    {
        LastStep = StepMeter.Record(Name, record);
        if (!StepMeter.IsEnabled)
            return;
        foreach (var group in _groups)
        {
            if (group.LastStep is { } ofGroup && ofGroup.Step == record.Step)
                StepMeter.Record(Name, group.Name ?? group.Slots[0].Parameter.Name, ofGroup);
        }
    }

    private StepOutcome Refuse(StepPlan<T> plan, string parameter, int index, double value, double scale)
    {
        var hopeless = LossScaler is null || LossScaler.Scale == LossScaler.MinScale;
        if (NonFiniteGradients == NonFinitePolicy.Throw && hopeless)
            throw new NonFiniteGradientException(parameter, index, value, scale);

        if (ZeroGradients)
            plan.ZeroGradients();
        PendingAccumulations = 0;
        SkippedSteps++;
        LossScaler?.Update(finite: false);
        StepMeter.CountSkipped(Name);
        return StepOutcome.Skipped;
    }
}
