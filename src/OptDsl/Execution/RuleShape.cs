using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>The numbers of a <see cref="RuleDescription"/> that every step needs, read once.</summary>
internal sealed class RuleShape
{
    private readonly int[] _firstReduction;
    private readonly ReductionKind[] _kinds;
    private readonly int[][] _groupReductions;
    private readonly ColumnReductionDescription[][] _columnReductions;
    private readonly bool[] _isWhole;
    private readonly ulong[] _reads;
    private readonly ulong[] _writes;

    public RuleShape(RuleDescription description)
    {
        PassCount = description.Passes.Count;
        ScalarCount = description.ScalarCount;
        ElementStates = [.. description.States.Where(state => !state.IsScalar)];
        UsesShape = description.UsesShape;
        TensorStates = [.. description.States.Where(state => state.Per == Per.Tensor)];
        GroupStates = [.. description.States.Where(state => state.Per == Per.Group)];
        AllStates = StateLayout.Of(ElementStates, _ => true);
        ConditionalStates = [.. Enumerable.Range(0, ElementStates.Length).Where(state => ElementStates[state].When != "" || ElementStates[state].DependsOnShape)];
        LearningRate = description.Hypers.Index().FirstOrDefault(hyper => hyper.Item.IsLearningRate, (Index: -1, Item: null!)).Index;
        _kinds = [.. description.Reductions.Select(reduction => reduction.Kind)];
        _firstReduction = new int[PassCount + 1];
        for (var pass = 0; pass < PassCount; pass++)
            _firstReduction[pass + 1] = _firstReduction[pass] + description.Passes[pass].Reductions.Count;

        ReductionDescription[] reductions = [.. description.Reductions];
        _groupReductions = [.. Enumerable.Range(0, PassCount).Select(pass =>
            Enumerable.Range(_firstReduction[pass], description.Passes[pass].Reductions.Count).Where(reduction => reductions[reduction].Per == Per.Group).ToArray())];
        ReducesGroups = Array.Exists(_groupReductions, ofPass => ofPass.Length > 0);
        LeavesPassesOut = !ReducesGroups && description.Passes.Any(pass => pass.When != "");

        Scratch = [.. description.Scratch.Select(Extents.Parse)];
        _columnReductions = [.. description.Passes.Select(pass => pass.ColumnReductions.ToArray())];
        MostColumnReductions = _columnReductions.Select(reductions => reductions.Length).DefaultIfEmpty(0).Max();
        _isWhole = [.. description.Passes.Select(pass => pass.IsWhole)];
        LastElementPass = Array.FindLastIndex(_isWhole, isWhole => !isWhole);
        SeesRows = description.Passes.Any(pass => pass.IsWhole || pass.IsByRows) || Array.Exists(ElementStates, state => !state.IsOfElements);

        _reads = [.. description.Passes.Select(pass => BitsOf(pass.Reads))];
        _writes = [.. description.Passes.Select(pass => BitsOf(pass.Writes))];

        // A pass writes nothing but states and the parameter.
        var states = ElementStates.Select(state => state.Symbol).ToHashSet();
        var writing = Enumerable.Range(0, PassCount).Where(pass => description.Passes[pass].Writes.Any(symbol => !states.Contains(symbol))).ToList();
        WritePass = writing.Count == 1 ? writing[0] : null;
    }

    public int PassCount { get; }

    /// <summary>True for a rule that sees rows and columns: its tensors are cut between rows, and their passes need memory for what is computed on the way.</summary>
    public bool SeesRows { get; }

    /// <summary>The dimensions of what is computed on the way.</summary>
    public Extents[] Scratch { get; }

    /// <summary>The largest number of reductions by columns of one pass.</summary>
    public int MostColumnReductions { get; }

    /// <summary>What a pass sums up down the columns.</summary>
    public ReadOnlySpan<ColumnReductionDescription> ColumnReductionsOf(int pass) => _columnReductions[pass];

    /// <summary>The last pass over elements, which every step makes.</summary>
    public int LastElementPass { get; }

    /// <summary>True for a pass that is made at once, whatever the chunks of the tensor.</summary>
    public bool IsWhole(int pass) => _isWhole[pass];

    /// <summary>A bit for each state that is a tensor: set for one that a pass reads.</summary>
    public ulong ReadsOf(int pass) => _reads[pass];

    /// <summary>A bit for each state that is a tensor: set for one that a pass writes.</summary>
    public ulong WritesOf(int pass) => _writes[pass];

    public int ScalarCount { get; }

    /// <summary>The position of the learning rate among the hyper-parameters; -1 where there is none.</summary>
    public int LearningRate { get; }

    /// <summary>True where some steps leave passes out; never where tensors wait for one another, and make all passes together.</summary>
    public bool LeavesPassesOut { get; }

    /// <summary>The states that are tensors: one value an element, a row, a column, or a pair of them.</summary>
    public StateDescription[] ElementStates { get; }

    /// <summary>True for a rule that sees its parameters as matrices, and so needs their shapes.</summary>
    public bool UsesShape { get; }

    public StateDescription[] TensorStates { get; }

    public StateDescription[] GroupStates { get; }

    /// <summary>True for a rule whose tensors wait for one another after a pass.</summary>
    public bool ReducesGroups { get; }

    /// <summary>True for a rule with values that are one a tensor or a group and that depend on the elements, or on the steps before.</summary>
    public bool HasTensorValues => ReductionCount > 0 || TensorStates.Length > 0 || GroupStates.Length > 0;

    /// <summary>The layout with every element-wise state.</summary>
    public StateLayout AllStates { get; }

    /// <summary>The positions of the states that exist only while a condition holds, or of some tensors.</summary>
    public int[] ConditionalStates { get; }

    public int ReductionCount => _kinds.Length;

    /// <summary>The largest number of reductions of one pass.</summary>
    public int MaxReductionsOfAPass => PassCount == 0 ? 0 : Enumerable.Range(0, PassCount).Max(pass => KindsOf(pass).Length);

    /// <summary>The position of a pass's first reduction among those of all passes.</summary>
    public int FirstReduction(int pass) => _firstReduction[pass];

    /// <summary>The positions, among the reductions of all passes, of those of a pass that are taken over the group.</summary>
    public int[] GroupReductionsOf(int pass) => pass < PassCount ? _groupReductions[pass] : [];

    /// <summary>How a reduction combines.</summary>
    public ReductionKind KindOf(int reduction) => _kinds[reduction];

    /// <summary>The pass that writes the parameter; null where it is not one alone.</summary>
    public int? WritePass { get; }

    /// <summary>How the reductions of a pass combine.</summary>
    public ReadOnlySpan<ReductionKind> KindsOf(int pass) =>
        _kinds.AsSpan(_firstReduction[pass], _firstReduction[pass + 1] - _firstReduction[pass]);

    private ulong BitsOf(IReadOnlyList<string> symbols) =>
        Enumerable.Range(0, Math.Min(ElementStates.Length, StatePacking.MostStates)).Where(state => symbols.Contains(ElementStates[state].Symbol)).Aggregate(0UL, (bits, state) => bits | (1UL << state));
}
