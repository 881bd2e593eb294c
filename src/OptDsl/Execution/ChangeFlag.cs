namespace OptDsl.Execution;

/// <summary>Set by parameters where their memory or their limits are set: while it is not, a step has nothing to follow.</summary>
internal sealed class ChangeFlag
{
    public bool IsSet { get; set; } = true;
}
