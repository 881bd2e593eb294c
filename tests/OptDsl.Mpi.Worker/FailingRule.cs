namespace OptDsl.Mpi.Worker;

/// <summary>W = W - g / 100, with a mistake in the middle of a step.</summary>
/// <param name="failingStep">The step; 0 for none.</param>
internal sealed class FailingRule(long failingStep) : IUpdateRule<float>
{
    public RuleDescription Description { get; } = new()
    {
        Name = nameof(FailingRule),
        Formulas = "W = W - g / 100",
        Hash = "failing-rule",
        States = [],
        Hypers = [],
        Passes = [new PassDescription(["W", "g"], ["W"], [])],
        ScalarCount = 1,
    };

    public double HyperAt(int index, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(index));

    public void BeginStep(RuleStep step, Span<double> scalars) => scalars[0] = step.Count;

    public void RunPass(int pass, in PassSlice<float> slice)
    {
        if (slice.Scalars[0] == failingStep)
            throw new InvalidOperationException("A mistake in a pass.");
        for (var i = 0; i < slice.Parameter.Length; i++)
            slice.Parameter[i] -= slice.Gradient[i] / 100;
    }
}
