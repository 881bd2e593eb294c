using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>One tensor in the steps of a plan: runs its passes, over the whole tensor or chunk by chunk.</summary>
internal sealed partial class TensorStep<T>
    where T : unmanaged
{
    private readonly IUpdateRule<T> _rule;
    private readonly RuleShape _shape;
    private readonly TensorGroup<T> _group;
    private readonly Epilogue<T> _epilogue;
    private readonly double[] _ownScalars;
    private readonly double[] _totals;
    private readonly double[] _groupStates;
    private readonly double[] _partials;
    private readonly MatrixFrame<T>? _frame;

    public TensorStep(
        Slot<T> slot, TensorGroup<T> group, Cohort<T>? cohort, GradientClipping clipping, int clippingDomain, int chunkLength, Epilogue<T> epilogue, int[]? ends, int rank)
    {
        Slot = slot;
        Cohort = cohort;
        Clipping = clipping;
        ClippingDomain = clippingDomain;
        Rows = cohort is not null && slot.Parameter.HasRowGradient ? new RowGradient<T>(slot.Parameter) : null;
        _frame = cohort is not null && Rows is null && slot.Group.Shape.SeesRows ? new MatrixFrame<T>(slot.Group.Shape, slot.Parameter.MatrixShape) : null;
        Units = _frame is not null ? Units.OfBlocks(_frame.Shape, clipping)
            : Rows is null ? Units.Of(slot.Parameter.Shape, slot.Parameter.Length, clipping, chunkLength, slot.Group.StoresBlocks ? BlockFrame.Length : 1) : new Units(Length, 1, Length);
        ChunkCount = (int)(((long)Length + Units.ChunkLength - 1) / Units.ChunkLength);
        Ends = ends;
        Share = ends is null ? Share.Whole(Length) : new Share(rank == 0 ? 0 : ends[rank - 1], ends[rank]);
        if (ends is { Length: > 1 } && cohort is not null && Rows is null)
            Combined = new AlignedArray<T>(1, Share.Length);

        // Rows are few, and every rank knows them all.
        Chunks = Rows is not null ? new ChunkRange(0, 1, 1)
            : ends is null ? new ChunkRange(0, ChunkCount, ChunkCount)
            : new ChunkRange(rank == 0 ? 0 : ChunksBefore(rank), ChunksBefore(rank + 1), ChunkCount);
        UnitScales = Units.Count > 1 ? new double[Units.Count] : null;
        _rule = slot.Group.Rule;
        _shape = slot.Group.Shape;
        _group = group;
        _epilogue = epilogue;
        _ownScalars = new double[_shape.ScalarCount];
        _totals = new double[_shape.ReductionCount];
        _groupStates = new double[_shape.GroupStates.Length];
        _partials = ChunkCount == 1 ? [] : new double[ChunkCount * _shape.MaxReductionsOfAPass];
        Probe = new Probe(ChunkCount);
    }

    public Slot<T> Slot { get; }

    /// <summary>The parameters that step with this one; null for one that rests, frozen or without gradient, which only averages and zeroing concern.</summary>
    public Cohort<T>? Cohort { get; }

    public GradientClipping Clipping { get; }

    /// <summary>The part that this process steps.</summary>
    public Share Share { get; }

    /// <summary>Where the part of each rank ends; null where one process steps all.</summary>
    public int[]? Ends { get; }

    /// <summary>What the ranks have made of their gradients, for the share; null where the parameter's own is stepped by.</summary>
    public AlignedArray<T>? Combined { get; }

    /// <summary>The chunks of the share.</summary>
    public ChunkRange Chunks { get; }

    /// <summary>The gradient of the share as the step reads it: of all its elements, or of some rows of the tensor one after the other.</summary>
    public Span<T> Gradient => Rows is null ? GradientOf(Share.Start, Share.Length) : Rows.Elements;

    /// <summary>Equal for all tensors whose norms count together.</summary>
    public int ClippingDomain { get; }

    public Units Units { get; }

    public int Length => Slot.Parameter.Length;

    public int ChunkCount { get; }

    /// <summary>The largest number of passes that a step makes.</summary>
    public int MostPasses => Cohort is null ? 1 : _shape.PassCount;

    /// <summary>The number of passes that this step makes. All of them where it is measured, as the first sees the gradients; but products and roots are too dear for that.</summary>
    public int PassCount => Cohort is null ? 1 : MakesAllPasses ? _shape.PassCount : Cohort.PassCount;

    /// <summary>True where the next pass cannot begin before others have ended this one: chunks, the tensors of a group, or ranks that all know the values of the tensor.</summary>
    public bool WaitsBetweenPasses => ChunkCount > 1 || (Cohort is not null && (_shape.ReducesGroups || (Ends is not null && Rows is null && _shape.HasTensorValues)));

    /// <summary>True for a tensor that a thread steps as a whole, without looking at rows or at other memory than the parameter's.</summary>
    public bool IsUndivided =>
        Cohort is not null && Rows is null && _frame is null && Ends is null && ChunkCount == 1 && UnitScales is null && !WaitsBetweenPasses;

    /// <summary>True where something follows the update in this step.</summary>
    public bool HasEpilogue => !_epilogue.IsIdle;

    /// <summary>The reductions of all passes so far; of those over the group first the part of this tensor, then the whole.</summary>
    public Span<double> Totals => _totals;

    /// <summary>The per-group states, after the last pass as the step leaves them.</summary>
    public ReadOnlySpan<double> GroupStates => _groupStates;

    /// <summary>What happens to the gradient in this step; the scale of each unit is in <see cref="UnitScales"/>.</summary>
    public GradientTransform Transform { get; set; } = GradientTransform.None;

    /// <summary>The scale of each unit; null where there is only one.</summary>
    public double[]? UnitScales { get; }

    /// <summary>What the step measures.</summary>
    public Probe Probe { get; }

    private void RunWhole()
    {
        if (Rows is not null)
        {
            RunRows(Rows);
            return;
        }

        for (var turn = 0; turn < PassCount; turn++)
        {
            BeginPass(turn);
            var pass = PassOf(turn);
            if (IsWhole(turn))
            {
                RunAtOnce(turn);
                continue;
            }

            _frame?.BeginColumns(pass, 0, 1);
            RunSlice(pass, 0, Length, TotalsOf(pass), chunk: 0);
            _frame?.CombineColumns(pass);
        }

        EndStep();
    }

    /// <summary>Computes the values that are one a tensor or a group and that a pass needs.</summary>
    /// <param name="turn">The pass's position among those that the step makes.</param>
    public void BeginPass(int turn)
    {
        if (Cohort is not null)
            BeginPass(turn == 0 ? -1 : PassOf(turn - 1), PassOf(turn));
    }

    private void BeginPass(int before, int pass)
    {
        if (!Cohort!.HasTensorScalars)
            return;
        if (before < 0)
        {
            Cohort.Scalars.CopyTo(_ownScalars, 0);
            _group.States.CopyTo(_groupStates);
        }

        // Where passes before this one were left out, so was what precedes them.
        for (var next = before + 1; next <= pass; next++)
            BeforePass(next);
    }

    /// <summary>Computes the states that are one a tensor or a group: after the last pass nothing else is left to compute.</summary>
    public void EndStep()
    {
        if (Cohort is { HasTensorScalars: true } && (Slot.TensorStates.Length > 0 || _groupStates.Length > 0))
            BeforePass(_shape.PassCount);
    }

    /// <summary>Runs one pass over neighbouring chunks; at once where nothing is kept of each, as memory is fastest in long runs.</summary>
    /// <param name="turn">The pass's position among those that the step makes.</param>
    /// <param name="first">The first chunk.</param>
    /// <param name="count">The number of chunks.</param>
    public void RunChunks(int turn, int first, int count)
    {
        var pass = PassOf(turn);
        var reductions = _shape.KindsOf(pass).Length;
        _frame?.BeginColumns(pass, first, count);
        if (reductions == 0 && !Probe.IsOn && UnitScales is null && _epilogue.IsIdle)
        {
            var (start, (lastStart, lastLength)) = (Chunk(first).Start, Chunk(first + count - 1));
            RunSlice(pass, start, lastStart - start + lastLength, [], first);
            return;
        }

        for (var chunk = first; chunk < first + count; chunk++)
        {
            var (start, length) = Chunk(chunk);
            RunSlice(pass, start, length, ChunkCount == 1 ? TotalsOf(pass) : _partials.AsSpan(chunk * reductions, reductions), chunk);
        }
    }

    /// <summary>Where a chunk starts, and how many elements it has.</summary>
    public (int Start, int Length) Chunk(int chunk)
    {
        var start = chunk * Units.ChunkLength;
        return (start, Math.Min(Units.ChunkLength, Length - start));
    }

    /// <summary>Combines the reductions of a pass over all chunks.</summary>
    public void CombineChunks(int turn)
    {
        if (Cohort is null || IsWhole(turn))
            return;
        var pass = PassOf(turn);
        if (Share.Length > 0)
            _frame?.CombineColumns(pass);
        if (ChunkCount == 1)
            return;
        var kinds = _shape.KindsOf(pass);
        var totals = TotalsOf(pass);
        for (var reduction = 0; reduction < kinds.Length; reduction++)
        {
            var tree = default(PartialTree);
            for (var chunk = 0; chunk < ChunkCount; chunk++)
                tree.Add(_partials[(chunk * kinds.Length) + reduction], kinds[reduction]);
            totals[reduction] = tree.Result(kinds[reduction]);
        }
    }

    /// <summary>What a pass has reduced over each chunk.</summary>
    /// <param name="turn">The pass's position among those that the step makes.</param>
    public Span<double> PartialsOf(int turn)
    {
        if (Cohort is null)
            return [];
        var pass = PassOf(turn);
        return ChunkCount == 1 ? TotalsOf(pass) : _partials.AsSpan(0, ChunkCount * _shape.KindsOf(pass).Length);
    }

    /// <summary>How many chunks the ranks before one have.</summary>
    public int ChunksBefore(int rank) => rank == 0 ? 0 : (int)(((long)Ends![rank - 1] + Units.ChunkLength - 1) / Units.ChunkLength);

    /// <summary>The gradient of some elements of the share.</summary>
    public Span<T> GradientOf(int start, int length) =>
        Combined is null ? Slot.Parameter.Gradient.Span.Slice(start, length) : Combined.RowSpan(0).Slice(start - Share.Start, length);

    /// <summary>The values of the step and of the tensor; where the tensor has none of its own, they are the cohort's.</summary>
    private double[] Scalars => Cohort is { HasTensorScalars: false } ? Cohort.Scalars : _ownScalars;

    private bool MakesAllPasses => Probe.IsOn && _frame is null;

    private int PassOf(int turn) => Cohort is null || MakesAllPasses ? turn : Cohort.Passes[turn];

    private void BeforePass(int pass) =>
        _rule.BeforePass(pass, Length, _group.Count, _totals.AsSpan(0, _shape.FirstReduction(pass)), _ownScalars, Slot.TensorStates, _groupStates);

    private Span<double> TotalsOf(int pass) => _totals.AsSpan(_shape.FirstReduction(pass), _shape.KindsOf(pass).Length);
}
