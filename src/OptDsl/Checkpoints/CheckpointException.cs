namespace OptDsl.Checkpoints;

/// <summary>A file cannot be loaded. The optimizer and its parameters are as they were.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>A file cannot be loaded.</summary>
    /// <param name="fault">Why, for programs.</param>
    /// <param name="message">Why, and what to do, for people.</param>
    /// <param name="innerException">What was noticed first.</param>
    public CheckpointException(CheckpointFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Why the file cannot be loaded.</summary>
    public CheckpointFault Fault { get; }
}
