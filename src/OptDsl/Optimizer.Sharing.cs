using System.Globalization;
using System.Runtime.ExceptionServices;
using OptDsl.Checkpoints;
using OptDsl.Execution;

namespace OptDsl;

/// <content>Several processes that share the states and the steps.</content>
public partial class Optimizer<T>
{
    private readonly IPeers<T>? _peers;
    private ShareMap<T>? _shares;
    private int _agreedParameters;

    /// <summary>An optimizer that shares its states and steps with those of other processes.</summary>
    internal Optimizer(IPeers<T> peers)
        : this() => _peers = peers;

    /// <summary>The number of elements whose states are in this process.</summary>
    internal long SharedElements => _slots.Values.Sum(slot => (long)slot.Share.Length);

    /// <summary>Gives all ranks the weights of the first.</summary>
    internal void SpreadFirstWeights()
    {
        _peers!.Agree("BroadcastWeights", null, DescribeParameters());
        _peers.Complete(_slots.Values.Select(slot => new SharedTensor<T>(slot.Parameter.Value, default, [.. Enumerable.Repeat(slot.Parameter.Length, _peers.Size)])).ToArray());
    }

    /// <summary>A state of which this process may have a part, complete. Every rank has to ask for it.</summary>
    private ReadOnlyMemory<T> Complete(Slot<T> slot, StateMemory<T> states, int state, string what) =>
        states.Shaped(state) is { } shaped ? CompleteShaped(slot, shaped, state, what) : Complete(slot, states.Values(state), what);

    /// <summary>Values of which this process may have a part, complete. Every rank has to ask for them.</summary>
    internal ReadOnlyMemory<T> Complete(Slot<T> slot, Memory<T> share, string what)
    {
        if (_peers is null)
            return share;
        _peers.Agree(what);
        var whole = new T[slot.Parameter.Length];
        share.Span.CopyTo(whole.AsSpan(slot.Share.Start));
        _peers.Complete(whole.AsSpan(), _shares!.EndsOf(slot));
        return whole;
    }

    /// <summary>A state that one rank has, the one that steps the tensor. Every rank has to ask for it.</summary>
    private ReadOnlyMemory<T> CompleteShaped(Slot<T> slot, AlignedArray<T> own, int state, string what)
    {
        if (_peers is null)
            return own.Row(0);
        _peers.Agree(what);
        var whole = new T[Extents.Of(slot.Group.Shape.ElementStates[state]).Length(slot.Parameter.MatrixShape)];
        own.RowSpan(0).CopyTo(whole);
        _peers.Complete(whole.AsSpan(), [.. _shares!.EndsOf(slot).Select(end => end == 0 ? 0 : whole.Length)]);
        return whole;
    }

    /// <summary>Gives all ranks the weights that each has in its share.</summary>
    /// <param name="what">Why.</param>
    /// <param name="change">Changes the weights of the share.</param>
    internal void ChangeWeights(string what, Action change)
    {
        _peers?.Agree(what);
        change();
        _peers?.Complete(_slots.Values.Select(slot => new SharedTensor<T>(slot.Parameter.Value, default, _shares!.EndsOf(slot))).ToArray());
    }

    private StepPlan<T> NewPlan()
    {
        var shares = _peers is null ? null : NewShares();
        return new StepPlan<T>(new PlanInputs<T>(_groups, _averages, Clipping, ZeroGradients, shares?.ChunkLength ?? ChunkLength, _scratch, shares, _peers));
    }

    private ShareMap<T> NewShares()
    {
        // A share is a run of elements; rows, columns and square states would be cut.
        if (_groups.Find(group => group.Shape.SeesRows) is { } ofMatrices)
            throw new NotSupportedException($"The rule {ofMatrices.Rule.Description.Name} of {ofMatrices.Title} sees rows and columns, and tensors are divided among the ranks by elements: give its parameters to an optimizer of their own on every rank, after the gradients have been averaged.");
        return NewShareMap();
    }

    private ShareMap<T> NewShareMap() => new(_groups, _peers!.Size, ChunkLength, Clipping, sharesResting: _averages.Count > 0);

    /// <summary>Does what may fail on some ranks alone: then all throw, and nothing has changed on any.</summary>
    private TResult Together<TResult>(string deed, Func<TResult> act, Func<TResult, Terms>? terms = null)
    {
        if (_peers is null)
            return act();
        var result = default(TResult);
        ExceptionDispatchInfo? failure = null;
        try
        {
            result = act();
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        _peers.Agree(deed, failure?.SourceException, failure is null && terms is not null ? terms(result!) : default);
        failure?.Throw();
        return result!;
    }

    /// <summary>Divides the tensors among the ranks, before something that is read or written by shares.</summary>
    private void ShareOut(string deed)
    {
        if (_peers is null)
            return;
        _peers.Agree(deed, null, DescribeParameters());
        TakeShares(_plan?.Shares ?? NewShares());
    }

    private void TakeShares(ShareMap<T> shares)
    {
        if (_shares == shares)
            return;
        shares.Apply(_shares, _averages, _peers!);
        _shares = shares;
    }

    /// <summary>Begins a step on every rank, or on none.</summary>
    private StepPlan<T> BeginStepTogether(out long started)
    {
        var begun = 0L;
        StepPlan<T>? plan = null;
        Exception? failure = null;
        try
        {
            plan = BeginStep(out begun);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        plan = _peers!.Agree(Deed, failure, plan is null ? default : TermsOf(plan), plan is { Measures: true }) ? Measured(plan!) : plan!;
        started = begun;
        _agreedParameters = _slots.Count;
        TakeShares(plan.Shares!);
        plan.CombineGradients();
        return plan;

        static StepPlan<T> Measured(StepPlan<T> plan)
        {
            plan.Measures = true;
            return plan;
        }
    }

    private string Deed => string.Create(CultureInfo.InvariantCulture, $"Step {StepCount + 1}");

    private Terms TermsOf(StepPlan<T> plan)
    {
        var digest = new Fingerprint();
        var withWeights = _agreedParameters != _slots.Count;
        plan.DescriptionDigest ??= DigestOf(DescribeGroups(withWeights));
        digest.Add(plan.DescriptionDigest.Value);
        digest.Add(StepCount);
        digest.Add(SkippedSteps);
        digest.Add(LossScaler?.Scale ?? 0);
        foreach (var setting in Settings)
            digest.Add<char>(setting.Text);
        foreach (var cohort in plan.Cohorts)
        {
            digest.Add(cohort.StepsTaken);
            digest.Add<double>(cohort.Scalars);
        }

        return new Terms(digest.Value, () =>
        [
            new("the steps made", string.Create(CultureInfo.InvariantCulture, $"{StepCount}, and {SkippedSteps} skipped")),
            .. Settings.Select(setting => new KeyValuePair<string, string>(setting.Name, setting.Text)),
            new("the loss scale", (LossScaler?.Scale ?? 1).ToString(CultureInfo.InvariantCulture)),
            .. DescribeGroups(withWeights),
            .. plan.Cohorts.Select((cohort, i) => new KeyValuePair<string, string>(
                $"what {cohort.Group.Rule.Description.Name} computes for {cohort.Group.Title} before step {cohort.StepsTaken + 1}", $"a set of values with the digest {DigestOf(cohort.Scalars):x16}")),
        ]);
    }

    private Terms DescribeParameters() =>
        new(DigestOf(_groups.SelectMany(group => group.Slots).Select(Describe)), () => [.. _groups.SelectMany(group => group.Slots).Select(Describe)]);

    private IEnumerable<KeyValuePair<string, string>> DescribeGroups(bool withWeights)
    {
        yield return new("the elements", typeof(T).Name);
        foreach (var (index, group) in _groups.Index())
        {
            foreach (var slot in group.Slots)
            {
                var state = slot.Frozen ? "frozen" : !slot.Parameter.HasGradient ? "without a gradient" : slot.Parameter.HasRowGradient ? "with a gradient of some rows" : "with a gradient";
                yield return new(Describe(slot).Key, $"{Describe(slot).Value}, {state}, in group {index}{Limits(slot.Parameter)}");
            }

            var rule = group.Rule.Description;
            yield return new($"the rule of group {index}", rule.Name);
            yield return new($"what the formulas of group {index} are", $"{rule.Formulas.Trim().Replace("\n", "; ", StringComparison.Ordinal)} ({rule.Hash})");
            var step = group.StepAt(group.MostSteps + 1, StepCount + 1);
            for (var i = 0; i < rule.Hypers.Count; i++)
            {
                var schedule = CheckpointFormat.ScheduleOf(group.Rule, i);
                yield return new($"{rule.Hypers[i].Property} of group {index}", string.Create(CultureInfo.InvariantCulture, $"{CheckpointFormat.ValueAt(group.Rule, i, step)}{(schedule is null ? "" : $" by {schedule}")}"));
            }

            foreach (var setting in group.Settings)
                yield return new($"{setting.Name} of group {index}", setting.Text);
        }

        if (!withWeights)
            yield break;
        foreach (var slot in _groups.SelectMany(group => group.Slots))
            yield return new($"the digest of the first weights of parameter '{slot.Parameter.Name}'", $"{DigestOf<T>(slot.Parameter.Value.Span):x16}");
    }

    private static KeyValuePair<string, string> Describe(Slot<T> slot) => new($"parameter '{slot.Parameter.Name}'", $"[{string.Join(" × ", slot.Parameter.Shape)}]");

    private static string Limits(Parameter<T> parameter) => parameter.Lower.IsEmpty && parameter.Upper.IsEmpty
        ? ""
        : $", with limits of the digest {DigestOf<T>(parameter.Lower.Span) ^ DigestOf<T>(parameter.Upper.Span):x16}";

    private static ulong DigestOf<TValue>(ReadOnlySpan<TValue> values)
        where TValue : unmanaged
    {
        var digest = new Fingerprint();
        digest.Add(values);
        return digest.Value;
    }

    private static ulong DigestOf(double[] values) => DigestOf<double>(values);

    private static ulong DigestOf(IEnumerable<KeyValuePair<string, string>> description)
    {
        var digest = new Fingerprint();
        foreach (var (name, text) in description)
        {
            digest.Add<char>(name);
            digest.Add<char>(text);
        }

        return digest.Value;
    }
}
