using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>One tensor in the steps of a plan: runs its passes, over the whole tensor or chunk by chunk.</summary>
internal sealed class TensorStep<T>
    where T : unmanaged
{
    private readonly IUpdateRule<T> _rule;
    private readonly RuleShape _shape;
    private readonly double[] _scalars;
    private readonly double[] _totals;
    private readonly double[] _partials;

    public TensorStep(Slot<T> slot, Cohort<T> cohort, int chunkLength)
    {
        Slot = slot;
        Cohort = cohort;
        Length = slot.Parameter.Length;
        ChunkLength = chunkLength;
        ChunkCount = (int)(((long)Length + chunkLength - 1) / chunkLength);
        _rule = slot.Group.Rule;
        _shape = slot.Group.Shape;
        _scalars = new double[_shape.ScalarCount];
        _totals = new double[_shape.ReductionCount];
        _partials = ChunkCount == 1 ? [] : new double[ChunkCount * _shape.MaxReductionsOfAPass];
    }

    public Slot<T> Slot { get; }

    public Cohort<T> Cohort { get; }

    public int Length { get; }

    public int ChunkLength { get; }

    public int ChunkCount { get; }

    public int PassCount => _shape.PassCount;

    /// <summary>What happens to the gradient in this step.</summary>
    public GradientTransform Transform { get; set; } = GradientTransform.None;

    /// <summary>Runs all passes over the whole tensor.</summary>
    public void RunWhole()
    {
        for (var pass = 0; pass < PassCount; pass++)
        {
            BeginPass(pass);
            RunSlice(pass, 0, Length, TotalsOf(pass));
        }

        BeginPass(PassCount);
    }

    /// <summary>Computes the values that are one a tensor and that a pass needs; with the number of passes, ends the step.</summary>
    public void BeginPass(int pass)
    {
        if (pass == 0)
            Cohort.Scalars.CopyTo(_scalars, 0);
        _rule.BeforePass(pass, Length, _totals.AsSpan(0, _shape.FirstReduction(pass)), _scalars, Slot.TensorStates);
    }

    /// <summary>Runs one pass over one chunk.</summary>
    public void RunChunk(int pass, int chunk)
    {
        var reductions = _shape.KindsOf(pass).Length;
        var start = chunk * ChunkLength;
        RunSlice(pass, start, Math.Min(ChunkLength, Length - start), _partials.AsSpan(chunk * reductions, reductions));
    }

    /// <summary>Combines the reductions of a pass over all chunks.</summary>
    public void CombineChunks(int pass)
    {
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

    private Span<double> TotalsOf(int pass) => _totals.AsSpan(_shape.FirstReduction(pass), _shape.KindsOf(pass).Length);

    private void RunSlice(int pass, int start, int length, Span<double> partials)
    {
        var value = Slot.Parameter.Value.Span.Slice(start, length);
        var gradient = Slot.Parameter.Gradient.Span.Slice(start, length);
        var states = Slot.States;
        ref var firstState = ref states is null ? ref MemoryMarshal.GetReference(value) : ref states[start];
        _rule.RunPass(pass, new PassSlice<T>(value, gradient, ref firstState, states?.Stride ?? 0, _scalars, partials, Transform));
    }
}
