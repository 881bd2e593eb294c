using OptDsl.Kernels;

namespace OptDsl;

/// <summary>
/// The part of a compiled update rule that does not depend on the element type. Classes annotated with
/// <see cref="UpdateRuleAttribute"/> implement it; <see cref="Optimizer{T}"/> drives it.
/// </summary>
/// <remarks>
/// <para>
/// One step of one tensor: <see cref="BeginStep"/> once a step, then for each pass <see cref="BeforePass"/> and, where
/// <see cref="HasPass"/>, <see cref="IUpdateRule{T}.RunPass"/> over all slices of the tensor, then <see cref="BeforePass"/> once more with the number
/// of passes as its first argument, which stores the per-tensor and per-group states.
/// </para>
/// <para>
/// Reductions whose <see cref="ReductionDescription.Per"/> is <see cref="Per.Group"/> are taken over all tensors of a group: a pass that has some
/// runs over all of them before the next begins for any. Per-group states are computed for each tensor, to the same values.
/// </para>
/// </remarks>
public interface IUpdateRule
{
    /// <summary>What the rule is and what it costs.</summary>
    RuleDescription Description { get; }

    /// <summary>The value of a hyper-parameter at a step, unchecked.</summary>
    /// <param name="index">Its position in <see cref="RuleDescription.Hypers"/>.</param>
    /// <param name="step">The step.</param>
    double HyperAt(int index, RuleStep step);

    /// <summary>The schedule of a hyper-parameter; null for one whose property holds a number.</summary>
    /// <param name="index">Its position in <see cref="RuleDescription.Hypers"/>.</param>
    Schedule? ScheduleOf(int index) => null;

    /// <summary>Sets the property of a hyper-parameter; a schedule becomes constant.</summary>
    /// <param name="index">Its position in <see cref="RuleDescription.Hypers"/>.</param>
    /// <param name="value">The value; 0 for false, any other for true.</param>
    /// <exception cref="NotSupportedException">The property can be set only while the rule is made.</exception>
    void SetHyper(int index, double value) => throw new NotSupportedException($"The hyper-parameters of {Description.Name} cannot be set.");

    /// <summary>Checks the hyper-parameters and computes, in double, everything that is the same for all tensors.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Receives the values; at least <see cref="RuleDescription.ScalarCount"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The step is below 1, or a hyper-parameter is out of its range or NaN, or a schedule's value infinite.
    /// </exception>
    void BeginStep(RuleStep step, Span<double> scalars);

    /// <summary>Computes the values that are one a tensor or a group, as far as the passes before <paramref name="pass"/> allow.</summary>
    /// <param name="pass">The pass about to run, from 0; the number of passes after the last one.</param>
    /// <param name="count">The number of elements of the tensor.</param>
    /// <param name="groupCount">The number of elements of all tensors of the group that take part in the step.</param>
    /// <param name="totals">The reductions of all passes so far, in the order of <see cref="RuleDescription.Reductions"/>.</param>
    /// <param name="scalars">A copy, for this tensor, of what <see cref="BeginStep"/> computed; extended in place.</param>
    /// <param name="tensorStates">The per-tensor states; written after the last pass only.</param>
    /// <param name="groupStates">A copy, for this tensor, of the per-group states; written after the last pass only.</param>
    void BeforePass(
        int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
    {
    }

    /// <summary>
    /// True when a state that is a tensor exists in a step: a <see cref="StateAttribute"/> with <see cref="StateAttribute.When"/>
    /// exists only while the condition holds, and is neither read nor written otherwise.
    /// </summary>
    /// <param name="state">Its position among the states that are tensors: all but those per tensor and per group.</param>
    /// <param name="scalars">What <see cref="BeginStep"/> computed for the step.</param>
    bool HasState(int state, ReadOnlySpan<double> scalars) => true;

    /// <summary>
    /// True when <see cref="BeforePass"/> has anything to compute in a step; where it has not, it may be left out, and tensors may
    /// share what <see cref="BeginStep"/> computed.
    /// </summary>
    /// <param name="scalars">What <see cref="BeginStep"/> computed for the step.</param>
    bool HasTensorScalars(ReadOnlySpan<double> scalars) => Description.HasTensorScalars;

    /// <summary>
    /// True when a pass has anything to do in a step. A pass whose reductions are needed only while a condition holds does
    /// nothing else, and may be left out in the other steps; its reductions then have no meaning.
    /// </summary>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="scalars">What <see cref="BeginStep"/> computed for the step.</param>
    bool HasPass(int pass, ReadOnlySpan<double> scalars) => true;

    /// <summary>The value of a per-tensor state before the first step.</summary>
    /// <param name="state">Its position among the per-tensor states.</param>
    /// <param name="step">The first step.</param>
    double InitialTensorState(int state, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(state));

    /// <summary>The value of a per-group state before the first step.</summary>
    /// <param name="state">Its position among the per-group states.</param>
    /// <param name="step">The first step.</param>
    double InitialGroupState(int state, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(state));
}

/// <summary>A compiled update rule over tensors of <typeparamref name="T"/>, pass by pass.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IUpdateRule<T> : IUpdateRule
    where T : unmanaged
{
    /// <summary>Fills a state that is a tensor with its value before the first step: 0, unless the rule says otherwise.</summary>
    /// <param name="state">Its position among the states that are tensors.</param>
    /// <param name="step">The first step.</param>
    /// <param name="parameter">The parameter as it is before the first step.</param>
    /// <param name="destination">The state: as long as the parameter, where it is element-wise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rule has no such state.</exception>
    /// <exception cref="ArgumentException">The state is element-wise, and not as long as the parameter.</exception>
    void Initialize(int state, RuleStep step, ReadOnlySpan<T> parameter, Span<T> destination)
    {
        RuleChecks.Initial(Description, state, parameter.Length, destination.Length);
        destination.Clear();
    }

    /// <summary>Runs one pass over a slice of one tensor.</summary>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="slice">The slice and the values that the pass needs.</param>
    void RunPass(int pass, in PassSlice<T> slice);

    /// <summary>Runs one pass, which reduces nothing, over whole tensors.</summary>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="batch">The tensors.</param>
    void RunBatch(int pass, in PassBatch<T> batch)
    {
        for (var i = 0; i < batch.Count; i++)
            RunPass(pass, batch[i]);
    }
}
