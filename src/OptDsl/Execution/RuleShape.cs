namespace OptDsl.Execution;

/// <summary>The numbers of a <see cref="RuleDescription"/> that every step needs, read once.</summary>
internal sealed class RuleShape
{
    private readonly int[] _firstReduction;
    private readonly ReductionKind[] _kinds;

    public RuleShape(RuleDescription description)
    {
        PassCount = description.Passes.Count;
        ScalarCount = description.ScalarCount;
        ElementStates = [.. description.States.Where(state => !state.PerTensor)];
        TensorStates = [.. description.States.Where(state => state.PerTensor)];
        _kinds = [.. description.Reductions.Select(reduction => reduction.Kind)];
        _firstReduction = new int[PassCount + 1];
        for (var pass = 0; pass < PassCount; pass++)
            _firstReduction[pass + 1] = _firstReduction[pass] + description.Passes[pass].Reductions.Count;
    }

    public int PassCount { get; }

    public int ScalarCount { get; }

    public StateDescription[] ElementStates { get; }

    public StateDescription[] TensorStates { get; }

    public int ReductionCount => _kinds.Length;

    /// <summary>The largest number of reductions of one pass.</summary>
    public int MaxReductionsOfAPass => PassCount == 0 ? 0 : Enumerable.Range(0, PassCount).Max(pass => KindsOf(pass).Length);

    /// <summary>The position of a pass's first reduction among those of all passes.</summary>
    public int FirstReduction(int pass) => _firstReduction[pass];

    public ReadOnlySpan<ReductionKind> KindsOf(int pass) =>
        _kinds.AsSpan(_firstReduction[pass], _firstReduction[pass + 1] - _firstReduction[pass]);
}
