using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>One tensor in the steps of a plan: runs its passes, over the whole tensor or chunk by chunk.</summary>
internal sealed class TensorStep<T>
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

    public TensorStep(
        Slot<T> slot, TensorGroup<T> group, Cohort<T>? cohort, GradientClipping clipping, int clippingDomain, int chunkLength, Epilogue<T> epilogue)
    {
        Slot = slot;
        Cohort = cohort;
        Clipping = clipping;
        ClippingDomain = clippingDomain;
        Units = Units.Of(slot.Parameter.Shape, slot.Parameter.Length, clipping, chunkLength);
        ChunkCount = (int)(((long)Length + Units.ChunkLength - 1) / Units.ChunkLength);
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

    /// <summary>Equal for all tensors whose norms count together.</summary>
    public int ClippingDomain { get; }

    public Units Units { get; }

    public int Length => Slot.Parameter.Length;

    public int ChunkCount { get; }

    /// <summary>The largest number of passes that a step makes.</summary>
    public int MostPasses => Cohort is null ? 1 : _shape.PassCount;

    /// <summary>The number of passes that this step makes. All of them where it is measured: the first sees the gradients.</summary>
    public int PassCount => Cohort is null ? 1 : Probe.IsOn ? _shape.PassCount : Cohort.PassCount;

    /// <summary>True where the next pass cannot begin before others have ended this one: chunks, or the tensors of a group.</summary>
    public bool WaitsBetweenPasses => ChunkCount > 1 || (Cohort is not null && _shape.ReducesGroups);

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

    /// <summary>Runs all passes over the whole tensor.</summary>
    public void RunWhole()
    {
        for (var turn = 0; turn < PassCount; turn++)
        {
            BeginPass(turn);
            var pass = PassOf(turn);
            RunSlice(pass, 0, Length, TotalsOf(pass), chunk: 0);
        }

        EndStep();
    }

    /// <summary>Computes the values that are one a tensor or a group and that a pass needs.</summary>
    /// <param name="turn">The pass's position among those that the step makes.</param>
    public void BeginPass(int turn)
    {
        if (Cohort is null || !Cohort.HasTensorScalars)
            return;
        if (turn == 0)
        {
            Cohort.Scalars.CopyTo(_ownScalars, 0);
            _group.States.CopyTo(_groupStates);
        }

        // Where passes before this one were left out, so was what precedes them.
        for (var pass = turn == 0 ? 0 : PassOf(turn - 1) + 1; pass <= PassOf(turn); pass++)
            BeforePass(pass);
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
        if (Cohort is null || ChunkCount == 1)
            return;
        var pass = PassOf(turn);
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

    /// <summary>The values of the step and of the tensor; where the tensor has none of its own, they are the cohort's.</summary>
    private double[] Scalars => Cohort is { HasTensorScalars: false } ? Cohort.Scalars : _ownScalars;

    private int PassOf(int turn) => Cohort is null || Probe.IsOn ? turn : Cohort.Passes[turn];

    private void BeforePass(int pass) =>
        _rule.BeforePass(pass, Length, _group.Count, _totals.AsSpan(0, _shape.FirstReduction(pass)), _ownScalars, Slot.TensorStates, _groupStates);

    private Span<double> TotalsOf(int pass) => _totals.AsSpan(_shape.FirstReduction(pass), _shape.KindsOf(pass).Length);

    private void RunSlice(int pass, int start, int length, Span<double> partials, int chunk)
    {
        if (Cohort is null)
        {
            if (Transform.Zero && Slot.Parameter.HasGradient)
                Slot.Parameter.Gradient.Span.Slice(start, length).Clear();
        }
        else if (Probe.IsOn)
        {
            RunMeasured(pass, start, length, partials, chunk);
        }
        else if (UnitScales is null)
        {
            RunPiece(pass, start, length, Transform, partials);
        }
        else
        {
            RunUnits(pass, start, length, partials);
        }

        if (pass == MostPasses - 1)
            _epilogue.Run(Slot, start, length);
    }

    [SkipLocalsInit]
    private void RunUnits(int pass, int start, int length, Span<double> partials)
    {
        var kinds = _shape.KindsOf(pass);
        Span<PartialTree> trees = stackalloc PartialTree[kinds.Length];
        trees.Clear();
        for (var end = start + length; start < end; start += Units.Length)
        {
            RunPiece(pass, start, Units.Length, TransformAt(start), partials);
            PartialTree.AddAll(trees, partials, kinds);
        }

        PartialTree.Results(trees, kinds, partials);
    }

    // As above, in pieces small enough that the weights before the pass fit on the stack; what is measured of each piece is
    // combined like the reductions of the rule.
    [SkipLocalsInit]
    private void RunMeasured(int pass, int start, int length, Span<double> partials, int chunk)
    {
        var kinds = _shape.KindsOf(pass);
        Span<PartialTree> trees = stackalloc PartialTree[kinds.Length];
        Span<PartialTree> unitTrees = stackalloc PartialTree[kinds.Length];
        Span<T> before = stackalloc T[Probe.PieceLength];
        var (measured, measuredOfUnit) = (default(ProbeTrees), default(ProbeTrees));
        trees.Clear();
        var unitLength = UnitScales is null ? length : Units.Length;
        for (var end = start + length; start < end;)
        {
            unitTrees.Clear();
            measuredOfUnit = default;
            for (var unitEnd = start + unitLength; start < unitEnd;)
            {
                var piece = Math.Min(Probe.PieceLength, unitEnd - start);
                measuredOfUnit.Add(RunMeasuredPiece(pass, start, piece, partials, before[..piece]));
                PartialTree.AddAll(unitTrees, partials, kinds);
                start += piece;
            }

            measured.Add(measuredOfUnit.Results);
            PartialTree.Results(unitTrees, kinds, partials);
            PartialTree.AddAll(trees, partials, kinds);
        }

        PartialTree.Results(trees, kinds, partials);
        Probe.Store(chunk, measured.Results, ofFirstPass: pass == 0, ofWritePass: pass == _shape.WritePass);
    }

    private ProbeMeasures RunMeasuredPiece(int pass, int start, int length, Span<double> partials, Span<T> before)
    {
        var value = Slot.Parameter.Value.Span.Slice(start, length);
        value.CopyTo(before);
        var gradient = pass == 0 ? Norms.SumOfSquares<T>(Slot.Parameter.Gradient.Span.Slice(start, length)) : default;
        RunPiece(pass, start, length, TransformAt(start), partials);
        return pass == _shape.WritePass
            ? new ProbeMeasures(gradient, Norms.SumOfSquaredDifferences<T>(value, before), Norms.SumOfSquares<T>(value))
            : new ProbeMeasures(gradient, default, default);
    }

    private GradientTransform TransformAt(int start) =>
        UnitScales is null ? Transform : Transform with { Scale = UnitScales[start / Units.Length] };

    private void RunPiece(int pass, int start, int length, GradientTransform transform, Span<double> partials)
    {
        var value = Slot.Parameter.Value.Span.Slice(start, length);
        var gradient = Slot.Parameter.Gradient.Span.Slice(start, length);
        var states = Slot.States;
        ref var firstState = ref states is null ? ref MemoryMarshal.GetReference(value) : ref states[start];
        var slice = new PassSlice<T>(value, gradient, ref firstState, states?.Stride ?? 0, Scalars, partials, transform, Slot.Layout.Rows);
        _rule.RunPass(pass, slice);
    }
}
