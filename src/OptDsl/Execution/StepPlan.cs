using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>
/// The work of a step, cut into items for the threads: small tensors in batches, large ones in chunks. Made when parameters
/// are added, frozen or unfrozen, or when gradients come or go, and used by every step until then.
/// </summary>
internal sealed class StepPlan<T>
    where T : unmanaged
{
    private readonly UpdateWorkload<T>[] _phases;
    private readonly TensorStep<T>[] _all;
    private readonly TensorGroup<T>[] _groups;
    private readonly List<Memory<T>> _ownedMemory = [];
    private readonly TensorStep<T>[] _ofRows;
    private readonly TensorStep<T>[] _withRows;
    private readonly IPeers<T>? _peers;
    private readonly ScratchPool<T> _scratch;
    private readonly TensorStep<T>[] _needScratchOfThread;
    private readonly TensorStep<T>[] _keepScratch;
    private readonly bool _zeroes;
    private readonly TensorBatch<T>[] _batches;
    private int _threads;
    private bool _statesAreReady;
    private bool _clocksAreShared;
    private (double Scale, bool Zero)? _transformed;

    public StepPlan(PlanInputs<T> inputs)
    {
        var groups = inputs.Groups.Select(group => new TensorGroup<T>(group)).ToArray();
        var cohorts = new List<Cohort<T>>();
        var active = new List<TensorStep<T>>();
        var resting = new List<TensorStep<T>>();
        Epilogue = new Epilogue<T>(inputs.Averages);
        _peers = inputs.Peers;
        Shares = inputs.Shares;
        _zeroes = inputs.ZeroesGradients;
        for (var i = 0; i < inputs.Groups.Count; i++)
        {
            var group = inputs.Groups[i];
            var clipping = group.Clipping ?? inputs.Clipping;
            var domain = group.Clipping is null ? 0 : i + 1;
            var ofSteps = new Dictionary<(long StepsTaken, TensorShape Shape), Cohort<T>>();

            // What all tensors of a group share cannot depend on how often each has stepped.
            long? stepsTaken = group.Shape.GroupStates.Length > 0 ? groups[i].StepsTaken : null;
            foreach (var slot in group.Slots)
            {
                var cohort = slot.TakesPart ? CohortOf(group, (stepsTaken ?? slot.StepsTaken, group.Shape.UsesShape ? slot.Parameter.MatrixShape : default), ofSteps, cohorts) : null;
                var tensor = new TensorStep<T>(slot, groups[i], cohort, clipping, domain, inputs.ChunkLength, Epilogue, inputs.Shares?.EndsOf(slot), _peers?.Rank ?? 0);
                (slot.TakesPart ? active : resting).Add(tensor);
                if (slot.TakesPart)
                    groups[i].Add(tensor);
            }
        }

        Cohorts = [.. cohorts];
        Active = [.. active];
        _ofRows = [.. active.Where(tensor => tensor.Rows is not null)];
        _all = inputs.ZeroesGradients || Epilogue.ConcernsResting ? [.. active, .. resting] : Active;
        _withRows = [.. _all.Where(tensor => tensor.Slot.Parameter.HasRowGradient)];
        FindOwnedMemory();
        ElementCount = _all.Sum(tensor => (long)tensor.Share.Length);
        Scan = new GradientScan<T>(Active, inputs.ChunkLength, _peers);
        NeedsNorms = Active.Any(tensor => tensor.Clipping is NormClipping or AdaptiveClipping);
        _groups = [.. groups.Where((_, i) => inputs.Groups[i].Shape.GroupStates.Length > 0)];
        _scratch = inputs.Scratch;
        _needScratchOfThread = [.. active.Where(tensor => tensor.NeedsScratchOfThread)];
        TensorStep<T>[] alone = [.. active.Where(tensor => tensor.StepsAlone)];
        _keepScratch = [.. active.Where(tensor => tensor.SeesRows && !tensor.NeedsScratchOfThread)];
        foreach (var tensor in _keepScratch)
            tensor.TakeScratch(tensor.StepsAlone ? _scratch.Sequential : new ScratchSet<T>());
        TensorStep<T>[] together = alone.Length == 0 ? _all : [.. _all.Except(alone)];
        var phaseCount = together.Where(tensor => tensor.WaitsBetweenPasses).Select(tensor => tensor.MostPasses).Append(1).Max();
        _phases =
        [
            .. Enumerable.Range(0, phaseCount).Select(phase => new UpdateWorkload<T>(
                together, groups.Where((_, i) => inputs.Groups[i].Shape.GroupReductionsOf(phase).Length > 0), inputs.ChunkLength, phase, _scratch, _peers)),
            .. alone.SelectMany(tensor => Enumerable.Range(0, tensor.MostPasses).Select(phase => new UpdateWorkload<T>([tensor], [], inputs.ChunkLength, phase, _scratch, _peers))),
        ];
        _batches = [.. _phases.SelectMany(phase => phase.Batches)];
    }

    /// <summary>Which part of each tensor each rank has; null where one process has them all.</summary>
    public ShareMap<T>? Shares { get; }

    /// <summary>A digest of all that the plan was made of, once it has been asked for.</summary>
    public ulong? DescriptionDigest { get; set; }

    /// <summary>The cohorts that are updated.</summary>
    public Cohort<T>[] Cohorts { get; }

    /// <summary>The tensors that are updated.</summary>
    public TensorStep<T>[] Active { get; }

    /// <summary>What follows the update of a slice.</summary>
    public Epilogue<T> Epilogue { get; }

    /// <summary>What precedes the update.</summary>
    public GradientScan<T> Scan { get; }

    /// <summary>True where clipping needs the scan.</summary>
    public bool NeedsNorms { get; }

    /// <summary>The number of elements of all tensors, as far as this process steps them.</summary>
    public long ElementCount { get; }

    /// <summary>True to measure the steps.</summary>
    public bool Measures
    {
        get;
        set
        {
            if (field == value)
                return;
            field = value;
            foreach (var tensor in Active)
                tensor.Probe.IsOn = value;
        }
    }

    /// <summary>Decides what happens to each gradient on its way in.</summary>
    /// <param name="scale">The factor on all gradients, before clipping.</param>
    /// <param name="zero">True to zero the gradients after use.</param>
    public void SetTransforms(double scale, bool zero)
    {
        // What ranks have combined is in the place of the gradients, which are zeroed after the step.
        zero &= _peers is null;
        if (!NeedsNorms && _transformed == (scale, zero))
            return;
        _transformed = (scale, zero);
        for (var i = 0; i < Active.Length; i++)
        {
            var tensor = Active[i];
            var factor = tensor.Clipping switch
            {
                NormClipping { EachTensor: true } norm => norm.Factor(scale, Scan.SquaresOf(i)),
                NormClipping norm => norm.Factor(scale, Scan.SquaresOfDomain(i)),
                AdaptiveClipping adaptive when tensor.UnitScales is null => adaptive.Factor(scale, SquaresOfWeights(tensor), Scan.SquaresOf(i)),
                _ => scale,
            };
            tensor.Transform = new GradientTransform(
                factor, tensor.Clipping is ValueClipping value ? value.Limit : double.PositiveInfinity, zero);
        }

        for (var i = Active.Length; i < _all.Length; i++)
            _all[i].Transform = GradientTransform.None with { Zero = zero };
    }

    /// <summary>
    /// Makes room for the states of tensors at their first step, and where an option changed which states there are, then
    /// initializes them, and prepares what follows.
    /// </summary>
    public void Prepare(long step, Lookahead? lookahead)
    {
        Epilogue.Prepare(step, lookahead, _all);
        foreach (var cohort in Cohorts)
            _statesAreReady &= !cohort.UpdateLayout();
        if (_statesAreReady)
            return;
        foreach (var tensor in Active)
            tensor.Slot.AllocateStates(tensor.Cohort!.Layout, tensor.Slot.Group.StepAt(1, step));
        foreach (var tensor in Active)
        {
            if (tensor.Slot.StepsTaken == 0)
                tensor.Slot.InitializeStates(tensor.Slot.Group.StepAt(1, step));
        }

        foreach (var group in _groups)
            group.InitializeStates(step);

        _statesAreReady = true;
        LocateBatches();
    }

    /// <summary>Makes of the gradients of all ranks the one that is stepped by.</summary>
    public void CombineGradients()
    {
        if (_peers is null)
            return;
        foreach (var tensor in _ofRows)
            tensor.Rows!.Combine(_peers);
        if (_peers.Size > 1)
            _peers.Combine(Active.Where(tensor => tensor.Combined is not null).Select(tensor => new SharedTensor<T>(tensor.Slot.Parameter.Gradient, tensor.Combined!.Row(0), tensor.Ends!)).ToArray());
    }

    /// <summary>Gives every rank what the others have made of the weights.</summary>
    /// <param name="deed">The step.</param>
    public void SpreadWeights(string deed)
    {
        _peers!.Agree(deed, Array.Find(_phases, phase => phase.Failure is not null)?.Failure);
        if (_peers.Size == 1)
            return;
        foreach (var tensor in _ofRows.Where(tensor => !ChangesAllRows(tensor)))
            tensor.Rows!.Spread(tensor.Ends!, _peers);
        _peers.Complete(Active.Where(tensor => tensor.Rows is null || ChangesAllRows(tensor)).Select(tensor => new SharedTensor<T>(tensor.Slot.Parameter.Value, default, tensor.Ends!)).ToArray());
    }

    /// <summary>True where rows without a gradient change too.</summary>
    private bool ChangesAllRows(TensorStep<T> tensor) => Epilogue.ReplacesWeights || !tensor.Slot.Parameter.Lower.IsEmpty || !tensor.Slot.Parameter.Upper.IsEmpty;

    /// <summary>Updates all tensors.</summary>
    public void Run(Crew crew, int degree)
    {
        foreach (var tensor in _keepScratch)
            tensor.Scratch.Engage(crew, degree);
        if (degree > _threads)
        {
            _scratch.MakeRoom(_needScratchOfThread, degree);
            _threads = degree;
        }

        foreach (var phase in _phases)
            phase.Run(crew, degree);
    }

    /// <summary>Zeroes all gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var tensor in _all)
            tensor.Slot.Parameter.GradientMemory.Span.Clear();
    }

    /// <summary>Adds up the gradients of rows that were given several times, in the order of the rows.</summary>
    /// <exception cref="InvalidOperationException">A rule or a clipping needs all rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void GatherRows()
    {
        foreach (var tensor in _ofRows)
            tensor.GatherRows();
    }

    /// <summary>Counts the step that was made.</summary>
    public void Commit()
    {
        foreach (var cohort in Cohorts)
            cohort.Clock.Steps++;
        for (var i = 0; i < Active.Length && !_clocksAreShared; i++)
            Active[i].Slot.Follow(Active[i].Cohort!.Clock);
        _clocksAreShared = true;
        foreach (var group in _groups)
            group.Commit();
        Epilogue.Commit(_all);
        foreach (var tensor in _withRows)
        {
            if (tensor.Transform.Zero)
                tensor.Slot.Parameter.GradientMemory.Span.Clear();
        }

        if (_peers is not null && _zeroes)
            ZeroGradients();
    }

    /// <summary>Finds memory again where gradients may have moved.</summary>
    public void FollowMemory()
    {
        FindOwnedMemory();
        if (_statesAreReady)
            LocateBatches();
    }

    /// <summary>Touches memory that has an owner, so that one that was disposed of throws before anything is written.</summary>
    public void TouchMemory()
    {
        foreach (var memory in _ownedMemory)
            _ = memory.Span;
    }

    /// <summary>What was measured of the step that was made.</summary>
    public StepRecord Measured(long step, double scale, TimeSpan duration)
    {
        if (_peers is { Size: > 1 })
            PartialExchange<T>.CompleteMeasures(Active, _peers);
        var trees = default(ProbeTrees);
        for (var i = 0; i < Active.Length;)
        {
            var group = Active[i].Slot.Group;
            var ofGroup = default(ProbeTrees);
            for (; i < Active.Length && Active[i].Slot.Group == group; i++)
            {
                var measures = Active[i].Probe.Total;
                trees.Add(measures);
                ofGroup.Add(measures);
            }

            var (ofGradient, ofUpdate, ofWeights) = ofGroup.Results;
            group.LastStep = new GroupRecord(step, group.LastRate(step), scale * ofGradient.Root, ofUpdate.Root, ofWeights.Root);
        }

        var (gradient, update, weights) = trees.Results;
        return new StepRecord(step, scale * gradient.Root, update.Root, weights.Root, duration);
    }

    private void LocateBatches()
    {
        foreach (var batch in _batches)
            batch.Locate();
    }

    /// <summary>Finds the memory that has an owner.</summary>
    private void FindOwnedMemory()
    {
        _ownedMemory.Clear();
        foreach (var tensor in _all)
        {
            if (!MemoryMarshal.TryGetArray<T>(tensor.Slot.Parameter.Value, out _))
                _ownedMemory.Add(tensor.Slot.Parameter.Value);
            if (!MemoryMarshal.TryGetArray<T>(tensor.Slot.Parameter.GradientMemory, out _))
                _ownedMemory.Add(tensor.Slot.Parameter.GradientMemory);
        }
    }

    private static Cohort<T> CohortOf(
        ParameterGroup<T> group, (long StepsTaken, TensorShape Shape) key, Dictionary<(long StepsTaken, TensorShape Shape), Cohort<T>> ofSteps, List<Cohort<T>> cohorts)
    {
        if (ofSteps.TryGetValue(key, out var cohort))
            return cohort;
        cohort = new Cohort<T>(group, key.StepsTaken, key.Shape);
        ofSteps.Add(key, cohort);
        cohorts.Add(cohort);
        return cohort;
    }

    private static WideSum SquaresOfWeights(TensorStep<T> tensor) => Norms.SumOfSquares<T>(tensor.Slot.Parameter.Value.Span);
}
