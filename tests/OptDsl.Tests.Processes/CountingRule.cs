namespace OptDsl.Tests.Processes;

/// <summary>s = s + g; W = -(s + 3t): whole numbers, so that weights and state at a step are known without running it.</summary>
internal sealed class CountingRule : IUpdateRule<float>
{
    public RuleDescription Description { get; } = new()
    {
        Name = nameof(CountingRule),
        Formulas = "s = s + g\nW = -(s + 3t)",
        Hash = "counting-rule",
        States = [new StateDescription("s", "0", Per.Element, Output: false)],
        Hypers = [],
        Passes = [new PassDescription(["W", "g", "s"], ["s", "W"], [])],
        ScalarCount = 1,
    };

    public double HyperAt(int index, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(index));

    public void BeginStep(RuleStep step, Span<double> scalars) => scalars[0] = step.Count;

    public void BeforePass(int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
    {
    }

    public double InitialTensorState(int state, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(state));

    public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination) => destination.Clear();

    public void RunPass(int pass, in PassSlice<float> slice)
    {
        var sums = slice.State(0);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += slice.Gradient[i];
            slice.Parameter[i] = -(sums[i] + (3 * (float)slice.Scalars[0]));
        }
    }
}
