namespace OptDsl.Execution;

/// <summary>
/// Neighbouring tensors of one cohort, each of which one thread steps as a whole. Where a step has nothing to compute, to measure or to do
/// after it for each of them alone, the rule updates all in one call.
/// </summary>
/// <param name="tensors">The tensors, at least one.</param>
internal sealed class TensorBatch<T>(TensorStep<T>[] tensors)
    where T : unmanaged
{
    private readonly BatchTensor<T>[] _memory = new BatchTensor<T>[tensors.Length];
    private readonly Cohort<T> _cohort = tensors[0].Cohort!;

    // Of what clips each tensor by its own norm.
    private readonly bool _transformsDiffer = tensors[0].Clipping is NormClipping { EachTensor: true } or AdaptiveClipping;
    private bool _isPlain;

    /// <summary>The number of tensors.</summary>
    public int Count => tensors.Length;

    /// <summary>True where two tensors can be updated in one call.</summary>
    public static bool CanHold(TensorStep<T> tensor, TensorStep<T> next) => tensor.Cohort == next.Cohort && tensor.Clipping == next.Clipping;

    /// <summary>Finds the memory of the tensors; again where it has moved.</summary>
    public void Locate()
    {
        _isPlain = _cohort.Layout.Block8Count == 0;
        for (var i = 0; i < tensors.Length; i++)
        {
            var (slot, parameter) = (tensors[i].Slot, tensors[i].Slot.Parameter);
            var elements = slot.States?.Elements;
            _memory[i] = new BatchTensor<T>(
                parameter.Value, parameter.Gradient, elements?.Array, elements?.Offset ?? 0, elements?.Stride ?? 0, slot.States?.Halves, slot.RoundingSeed);
            _isPlain &= !parameter.HasLimits;
        }
    }

    /// <summary>Runs all passes over all tensors, if the step allows to do so at once.</summary>
    public bool TryRun()
    {
        var first = tensors[0];
        if (!_isPlain || _cohort.HasTensorScalars || first.Probe.IsOn || first.HasEpilogue)
            return false;
        foreach (var pass in _cohort.Passes.AsSpan(0, _cohort.PassCount))
        {
            for (var (start, end) = (0, 0); start < tensors.Length; start = end)
            {
                end = EndOfEqual(start);
                _cohort.Group.Rule.RunBatch(pass, new PassBatch<T>(_memory.AsSpan(start, end - start), _cohort, tensors[start].Transform));
            }
        }

        return true;
    }

    /// <summary>The end of the tensors, from one on, to whose gradients the same happens.</summary>
    private int EndOfEqual(int start)
    {
        if (!_transformsDiffer)
            return tensors.Length;
        var end = start + 1;
        while (end < tensors.Length && tensors[end].Transform == tensors[start].Transform)
            end++;
        return end;
    }
}
