using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>
/// A condition that is the same for every element, as a type argument of a generated pass: the just-in-time compiler makes one
/// loop for each side of it, without a test inside. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISwitch
{
    /// <summary>True when the condition holds.</summary>
    static abstract bool IsOn { get; }
}

/// <summary>A condition that holds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct On : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => true;
}

/// <summary>A condition that does not hold.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Off : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => false;
}
