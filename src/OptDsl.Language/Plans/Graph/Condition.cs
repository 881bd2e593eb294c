using OptDsl.Language.Operations;

namespace OptDsl.Language.Plans.Graph;

/// <summary>A condition that is the same for all elements, and the side of it.</summary>
internal readonly record struct Condition(Node Node, bool IsOn)
{
    /// <summary>The condition that a value is not 0.</summary>
    public static Condition Of(Node node, bool isOn = true) => node.Op == Op.Not ? Of(node.Operands[0], !isOn) : new Condition(node, isOn);
}
