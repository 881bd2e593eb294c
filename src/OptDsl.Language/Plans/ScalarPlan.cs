using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans;

/// <summary>A value that is the same for all elements of a tensor and that passes or conditions read; in double.</summary>
/// <param name="Index">Its position among the scalars.</param>
/// <param name="Value">What it is: <see cref="Node.Cardinality"/> tells whether of the step, the group or the tensor.</param>
/// <param name="Name">What to call it: as the formulas do, where they do. No two scalars have the same.</param>
/// <param name="Level">The number of passes that must have run before it is known.</param>
internal sealed record ScalarPlan(int Index, Node Value, string Name, int Level)
{
    /// <summary>True where its name says all that it is, as <c>oneMinusβ1</c> does.</summary>
    public bool TellsValue { get; init; }

    /// <summary>True for one value a step, whatever the tensor or, where its shape decides, for tensors of one shape.</summary>
    public bool IsOfStep => Value.IsOfStep;
}
